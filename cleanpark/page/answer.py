"""The answer in a sentence or two, from the paired table of a comparison."""

from __future__ import annotations

import math
import re
from typing import Any

import cleanpark as cp
from cleanpark.analysis.comparison.targets import met
from cleanpark.analysis.comparison.years import of_year
from cleanpark.analysis.words.answer import target_line
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import in_percent
from cleanpark.analysis.words.titles import in_a_row
from cleanpark.analysis.words.titles import inside as small_inside
from cleanpark.page import engine, measures
from cleanpark.page.question import Question
from cleanpark.page.texts import say

SMALL = 0.5
"""Percent or points below which a change and its bounds are told with more than one decimal."""


def sentences(found: cp.Comparison, question: Question) -> list[str]:
    """A paragraph for each policy compared with the first, then one for each on the target."""
    return [in_a_row(list(pair), question.language) for pair in paragraphs(found, question)]


def paragraphs(found: cp.Comparison, question: Question) -> list[tuple[str, str]]:
    """Paragraphs of the answer, each as the sentence that it begins with and what follows."""
    that_year = of_year(found, question.year)
    others = [number for number in range(len(found.names)) if number != found.reference_place]
    lines = [
        (_outcome(that_year, question, number), _payers(found, that_year, question, number))
        for number in others
    ]
    if question.target is not None:
        wanted = measures.target_of(question)
        standing = met(found, wanted)
        lines += [("", minus(target_line(found, standing[number], wanted, question.language)))
                  for number in others or [0]]  # fmt: skip
    alone = say("One policy alone: add a second one to compare it with.", question.language)
    return lines or [(alone, "")]


def _outcome(that_year: cp.Comparison, question: Question, number: int) -> str:
    """What happens to the outcome looked at, in the year looked at."""
    language = question.language
    row = that_year.row(that_year.names[number], question.outcome)
    common = {
        "year": question.year,
        "policy": title(that_year, number, language),
        "reference": title(that_year, that_year.reference_place, language),
        "outcome": outcome_title(question.outcome, language, inside=True),
    }
    if not math.isfinite(row["difference"]):
        template = "“{policy}” in {year}: {outcome} is not defined."
        return say(template, language, **common)
    if row["difference"] == 0 and not row["low"] < row["high"]:
        template = "“{policy}” in {year}: {outcome} the same as under “{reference}”."
        return say(template, language, **common)
    size, low, high = change(row, language)
    low = low.removesuffix(say("points", language)).rstrip()
    span = {"low": low, "high": high}
    if math.isfinite(row["low"]) and not row["distinguishable"]:
        template = (
            "“{policy}” in {year}: {outcome} not distinguishable from “{reference}” "
            "(estimate {size}, 95 % interval {low} to {high})."
        )
        return say(template, language, **common, **span, size=size)
    more = row["difference"] > 0
    template = (
        "“{policy}” in {year}: {outcome} {size} higher than under “{reference}” "
        "(95 % interval {low} to {high})."
        if more
        else "“{policy}” in {year}: {outcome} {size} lower than under “{reference}” "
        "(95 % interval {low} to {high})."
    )
    if not more:
        span = {"low": high.removesuffix(say("points", language)).rstrip(),
                "high": change(row, language)[1]}  # fmt: skip
    bare = {key: text.lstrip("+-−") for key, text in span.items()}
    return say(template, language, **common, **bare, size=size.lstrip("+-−"))


def change(row: Any, language: str) -> tuple[str, str, str]:
    """A difference and its bounds in one unit: points of a share, percent where defined, else
    the outcome's own."""
    keys = ("difference", "low", "high")
    if str(row["unit"]).startswith("share"):
        shown = _rounded([100 * float(row[key]) for key in keys])
        return _told(shown, say("points", language))
    if math.isfinite(row["percent_low"]):
        percent = ("percent", "percent_low", "percent_high")
        shown = _rounded([float(row[key]) for key in percent])
        found = [in_percent(one.replace("-", "−"), language) for one in shown]
        return found[0], found[1], found[2]
    whole = [engine.signed(float(row[key]), str(row["unit"]), language) for key in keys]
    return whole[0], whole[1], whole[2]


def _rounded(values: list[float]) -> list[str]:
    """A number and its bounds with one decimal; with up to three where they are so small that
    one would leave nothing of them.

    >>> _rounded([-44.41, -49.9, -37.5]), _rounded([0.012, 0.004, 0.02]), _rounded([0.04, -0.1, 3])
    (['-44.4', '-49.9', '-37.5'], ['+0.012', '+0.004', '+0.020'], ['+0.0', '-0.1', '+3.0'])
    """
    small = all(abs(one) < SMALL for one in values)
    least = min((abs(one) for one in values if one), default=1.0)
    places = next((k for k in (1, 2) if least >= 0.5 * 10**-k), 3) if small else 1
    return [f"{one:+z.{places}f}" for one in values]


def _told(shown: list[str], unit: str) -> tuple[str, str, str]:
    found = [f"{one.replace('-', '−')} {unit}" for one in shown]
    return found[0], found[1], found[2]


def _payers(found: cp.Comparison, that_year: cp.Comparison, question: Question, number: int) -> str:
    """What it costs enterprises, which of them most, and what the treasury gets."""
    language = question.language
    cost = measures.burden_gap(found, number, question.year)
    if not cost.defined:
        return ""
    if not cost.told:
        paid = say("Enterprises' cost: no distinguishable change", language)
    else:
        more = "Enterprises pay CNY {amount} more per 10,000 CNY of output"
        less = "Enterprises pay CNY {amount} less per 10,000 CNY of output"
        amount = f"{abs(cost.value):,.0f}" if abs(cost.value) >= 10 else f"{abs(cost.value):.1f}"
        paid = say(more if cost.value > 0 else less, language, amount=amount)
        paid += _hit_most(found, number, cost, language)
    row = that_year.row(that_year.names[number], "treasury_net")
    if not row["distinguishable"]:
        state = say("the treasury's balance: no distinguishable change", language)
    else:
        gains = "the treasury gains {amount} in that year"
        loses = "the treasury loses {amount} in that year"
        amount = engine.number(abs(float(row["difference"])), "CNY", language)
        state = say(gains if row["difference"] > 0 else loses, language, amount=amount)
    return say("{paid}; {state}.", language, paid=paid, state=state)


def _hit_most(found: cp.Comparison, number: int, cost: measures.Gap, language: str) -> str:
    """The size of enterprises whose burden changes most that way, where it can be told."""
    sizes = measures.group_burdens(found, number, measures.SIZES)
    sign = 1.0 if cost.value > 0 else -1.0
    clear = [k for k, one in enumerate(sizes) if one.told and one.value * sign > 0]
    if not clear:
        return ""
    most = max(clear, key=lambda k: sizes[k].value * sign)
    return say((", small ones most", ", medium ones most", ", large ones most")[most], language)


def goal(question: Question) -> str:
    """A target's change in its unit, with its sign."""
    amount = f"{question.target:+g}".replace("-", "−")
    if str(engine.outcome_table()[question.outcome].unit).startswith("share"):
        return f"{amount} {say('points', question.language)}"
    return in_percent(amount, question.language)


def minus(text: str) -> str:
    """A sentence whose numbers in brackets have a minus sign, not a hyphen.

    >>> minus("met (-3.1 %; mix-2)")
    'met (−3.1 %; mix-2)'
    """
    return re.sub(r"(?<=[(（])-(?=\d)", "−", text)


def title(found: cp.Comparison, number: int, language: str) -> str:
    """A policy's title as the reader knows it."""
    return str(found.title(found.names[number], language))


def outcome_title(name: str, language: str, inside: bool = False) -> str:
    """An outcome's title; inside an English sentence it begins with a small letter."""
    found = str(Language(language).of(engine.outcome_table()[name].title))
    return small_inside(found, language) if inside else found
