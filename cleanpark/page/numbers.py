"""The numbers of a chart as a table to read, in the reader's words; as CSV they keep all digits."""

from __future__ import annotations

import functools
import math
from typing import Any

import jinja2

import cleanpark as cp
from cleanpark.analysis.escaping import in_html
from cleanpark.page import answer, engine
from cleanpark.page.charts import Chart
from cleanpark.page.texts import say
from cleanpark.scenarios.errors import N_

WORDS = {
    "policy": N_("Policy"),
    "quarter": N_("Quarter"),
    "year": N_("Year"),
    "outcome": N_("Outcome"),
    "unit": N_("Unit"),
    "group": N_("Group"),
    "seed": N_("Seed"),
    "mean": N_("Mean"),
    "share": N_("Share"),
    "difference": N_("Difference"),
    "low": N_("Lower bound"),
    "high": N_("Upper bound"),
    "avoided_percent": N_("Pollution equivalents avoided, %"),
    "avoided_low": N_("Lower bound, %"),
    "avoided_high": N_("Upper bound, %"),
    "society_cost_cny": N_("Extra cost to society, CNY"),
    "cost_low": N_("Lower bound, CNY"),
    "cost_high": N_("Upper bound, CNY"),
    "difference_cny_per_10000": N_("Difference, CNY per 10,000 CNY of output"),
    "level_I": N_("Level I"),
    "level_II": N_("Level II"),
    "level_III": N_("Level III"),
    "below_or_never": N_("below level III, or never audited"),
}
"""What the columns of the charts' numbers are called."""
PLAIN = ("year", "seed")
"""Whole numbers that are written as they are."""

TEMPLATE = """
<table class="cp-table cp-numbers">
<thead><tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}<tr>{% for cell in row %}<td data-label="{{ heads[loop.index0] }}">
{{- cell }}</td>{% endfor %}</tr>{% endfor %}</tbody></table>
"""


@functools.cache
def _template() -> jinja2.Template:
    return jinja2.Environment(autoescape=True, finalize=in_html).from_string(TEMPLATE)


def html(chart: Chart, found: cp.Comparison, language: str) -> str:
    """A chart's numbers as HTML, everything escaped that comes from a user."""
    heads = [say(WORDS[name], language) for name in chart.columns]
    rows = [
        [cell(name, value, found, language) for name, value in zip(chart.columns, row, strict=True)]
        for row in chart.rows
    ]
    return _template().render(heads=heads, rows=rows)


def cell(column: str, value: Any, found: cp.Comparison, language: str) -> str:
    """A value as one reads it: titles for names, four digits that count for numbers."""
    if column == "policy":
        return str(found.title(value, language))
    if column == "outcome":
        return answer.outcome_title(value, language)
    if column == "unit":
        return engine.unit_words(value, language)
    if isinstance(value, str):
        return say(value, language)
    return str(value) if column in PLAIN else number(float(value))


def number(value: float) -> str:
    """A number with four digits that count and thousands set apart; a dash where undefined.

    >>> number(1234567.8), number(-0.012345), number(float("nan")), number(0.0)
    ('1,235,000', '−0.01235', '–', '0')
    """
    if not math.isfinite(value):
        return "–"
    rounded = float(f"{value:.4g}")
    text = f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:.4g}"
    return text.replace("-", "−")
