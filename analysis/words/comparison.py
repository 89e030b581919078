"""What a comparison found, in plain sentences of both languages."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.findings import HEADLINES as HEADLINES
from cleanpark.analysis.words.changes import change_span
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import beside, in_percent, money, number, percent, span, unit
from cleanpark.analysis.words.titles import in_language, inside
from cleanpark.analysis.words.wording import say
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import N_

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

TOLD = ("pollution_equivalents", "carbon_dioxide", "compliance_true", "enterprise_cost")
"""Outcomes of which each scenario's sentence tells, in this order."""


COUNTED = "enterprises"
"""Unit of outcomes that are numbers of enterprises, such as exits."""


def is_share(row: Any) -> bool:
    """Whether an outcome is a share, whose changes are in percentage points."""
    return str(row["unit"]).startswith("share")


def told_in_percent(row: Any) -> bool:
    """Whether a change is told in percent: it has bounds in percent, or no bounds at all.

    Where the difference has bounds and the percentage none, the difference is told instead, so
    that a change and its interval always have one unit. So are numbers of enterprises, which are
    small and mean more than their percentage.
    """
    bounded = math.isfinite(row["percent_low"])
    if is_share(row) or row["unit"] == COUNTED:
        return False
    return bounded or (row["reference"] > 0 and row["seeds"] < 2)


def signed(value: float, of: str, language: str) -> str:
    """A difference with its sign, in its own unit."""
    if of == "CNY":
        return money(value, language, "+")
    text = number(abs(value), of, language)
    return f"{'-' if value < 0 else '+'}{beside(text, unit(of, language))}"


def change(row: Any, language: str) -> str:
    """A difference: of shares in points, in percent where it is told so, else as it is."""
    if not math.isfinite(row["difference"]):
        return say("undefined", language)
    if is_share(row):
        return say("points", language, value=f"{100 * row['difference']:+z.1f}")
    if told_in_percent(row):
        return percent(row["percent"], language)
    return signed(row["difference"], row["unit"], language)


def interval(row: Any, language: str) -> str:
    """The 95 % interval in the unit of :func:`change`; empty where there is none."""
    if not math.isfinite(row["low"]):
        return ""
    if is_share(row):
        ends = [f"{100 * row[side]:+z.1f}" for side in ("low", "high")]
        return say("points", language, value=span(ends[0], ends[1], language))
    if told_in_percent(row):
        ends = [f"{row[side]:+z.1f}" for side in ("percent_low", "percent_high")]
        return in_percent(span(ends[0], ends[1], language), language)
    return change_span(row["low"], row["high"], row["unit"], language)


CELL = {
    True: N_("{change} ({bounds})"),
    False: N_("{change} ({bounds}; not distinguishable)"),
}
"""A change with its interval, and where it cannot be distinguished from none that it cannot."""


def clause(row: Any, language: str) -> str:
    """What happened to one outcome: its change with the interval; where that holds zero the
    estimate still stands, marked as not distinguishable."""
    title = inside(in_language(outcome(row["outcome"]).title, language), language)
    bounds = interval(row, language)
    within_brackets = say("bracket", language, text=bounds) if bounds else ""
    if bounds and not row["distinguishable"]:
        told = Language(language).say(CELL[False], change=change(row, language), bounds=bounds)
        return f"{title} {told}"
    if is_share(row):
        levels = (number(row[side], row["unit"], language) for side in ("reference", "mean"))
        return f"{title} {' → '.join(levels)}{within_brackets}"
    return f"{title} {change(row, language)}{within_brackets}{_money_moved(row, language)}"


def _money_moved(row: Any, language: str) -> str:
    """The sum of money behind a change in percent."""
    if row["unit"] != "CNY" or not told_in_percent(row):
        return ""
    way = "more" if row["difference"] >= 0 else "less"
    return say(way, language, money=number(abs(row["difference"]), "CNY", language))


def sentence(comparison: Comparison, scenario: str, language: str) -> str:
    """One sentence about one scenario against the reference: what changed, what cannot be told."""
    clauses = [clause(comparison.row(scenario, key), language) for key in TOLD]
    if len(comparison.ensemble.seeds) < 2:
        clauses.append(say("one_seed", language))
    text = say("clauses", language).join(clauses)
    return say("sentence", language, title=comparison.title(scenario, language), text=text)


def key_findings(comparison: Comparison, language: str) -> list[str]:
    """A sentence for each scenario, the largest reduction first."""
    others = [name for name in comparison.names if name != comparison.reference]
    others.sort(key=lambda name: comparison.row(name, "pollution_equivalents")["mean"])
    return [sentence(comparison, name, language) for name in others]
