"""The table of outcomes: each policy's change with its interval, or that none can be told."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import jinja2

import cleanpark as cp
from cleanpark.analysis.escaping import in_html
from cleanpark.analysis.words.numbers import level as level_words
from cleanpark.page import answer, engine
from cleanpark.page.texts import say

SHOWN = (
    "pollution_equivalents",
    "carbon_dioxide",
    "energy",
    "water",
    "compliance_true",
    "audit_coverage",
    "audit_genuine",
    "technology_level",
    "enterprise_cost",
    "treasury_net",
    "society_cost",
    "external_damage",
    "output",
)
"""The outcomes that the table begins with; the rest on request."""

TEMPLATE = """
<table class="cp-table">
<caption class="cp-note" style="text-align: left; padding-bottom: 6px">{{ caption }}</caption>
<thead><tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody>{% for row in rows %}<tr><th scope="row">{{ row.title }}</th>
{% for cell in row.cells %}<td data-label="{{ heads[loop.index] }}">
{% if cell.same %}<span class="cp-same">{{ cell.text }}</span>{% else %}{{ cell.text }}{% endif %}
{% if cell.small %}<small>{{ cell.small }}</small>{% endif %}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>
"""


@dataclass(frozen=True)
class Cell:
    """What a cell says, what stands small below, and whether nothing can be told."""

    text: str
    small: str = ""
    same: bool = False


@functools.cache
def _template() -> jinja2.Template:
    return jinja2.Environment(autoescape=True, finalize=in_html).from_string(TEMPLATE)


def outcomes(all_of_them: bool) -> list[str]:
    """The outcomes that are shown."""
    known = engine.outcome_table()
    first = [name for name in SHOWN if name in known]
    return first + ([name for name in known if name not in first] if all_of_them else [])


def html(of_year: cp.Comparison, year: int, language: str, all_of_them: bool = False) -> str:
    """The table as HTML, everything escaped that comes from a user."""
    others = [k for k in range(len(of_year.names)) if k != of_year.reference_place]
    titles = [answer.title(of_year, k, language) for k in range(len(of_year.names))]
    heads = [say("Outcome", language), titles[of_year.reference_place], *(titles[k] for k in
                                                                          others)]  # fmt: skip
    rows = [
        {"title": answer.outcome_title(name, language),
         "cells": _cells(of_year, name, others, language)}
        for name in outcomes(all_of_them)
    ]  # fmt: skip
    caption = say(
        "Outcomes in {year}: the first policy’s level; for the others the change against it "
        "with its 95 % interval, {count} seeds", language,
        year=year, count=len(of_year.ensemble.seeds),
    )  # fmt: skip
    return _template().render(caption=caption, heads=heads, rows=rows)


def _cells(of_year: cp.Comparison, name: str, others: Sequence[int], language: str) -> list[Cell]:
    unit = engine.outcome_table()[name].unit
    reference = of_year.row(of_year.reference, name)
    cells = [Cell(level(float(reference["mean"]), unit, language))]
    return cells + [_change(of_year.row(of_year.names[k], name), language) for k in others]


def level(value: float, unit: str, language: str) -> str:
    """A level with its unit."""
    return level_words(value, unit, language)


def _change(row: Any, language: str) -> Cell:
    if not math.isfinite(row["difference"]):
        return Cell(say("undefined", language), same=True)
    if row["difference"] == 0 and not row["low"] < row["high"]:
        return Cell(say("no change", language), same=True)
    size, low, high = answer.change(row, language)
    if not math.isfinite(row["low"]):
        return Cell(size)
    unit = say("points", language)
    span = say("{low} to {high}", language, low=low.removesuffix(unit).rstrip(), high=high)
    bare = span if size.endswith("%") else span.removesuffix(unit).rstrip()
    if not row["distinguishable"]:
        told = say("{bounds}; not distinguishable", language, bounds=bare)
        return Cell(size, told, same=True)
    return Cell(size, bare)
