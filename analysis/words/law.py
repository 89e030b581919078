"""What holds by law over a horizon, and where a scenario leaves it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import in_language
from cleanpark.scenarios.errors import N_, Message
from cleanpark.scenarios.law import statutes
from cleanpark.scenarios.law.dated import Band, Period
from cleanpark.scenarios.law.page import amount_of, number_of, unit_in_words
from cleanpark.scenarios.lawful import (
    LOOKED_AT,
    OutsideLaw,
    holds_by_law,
    last_day,
    outside_law,
    taxes_on_trial,
)
from cleanpark.scenarios.levers import levers, statutory_range

if TYPE_CHECKING:
    from cleanpark.scenarios.scenario import Scenario

COLUMNS = {
    "from": N_("From"),
    "until": N_("Until"),
    "figure": N_("Figure of the law"),
    "amount": N_("Statutory amount"),
    "unit": N_("Unit"),
    "text": N_("Text and article"),
    "certainty": N_("Certainty"),
}
"""Columns of the table of what holds by law, and their headers."""
UNITS = {
    "CNY per case": N_("CNY per case"),
    "CNY per pollution equivalent": N_("CNY per pollution equivalent"),
    "CNY/t": N_("CNY/t"),
    "kg": N_("kg"),
    "of the tax": N_("of the tax"),
    "times the original fine per day": N_("times the original fine per day"),
}
CERTAINTY = {
    "law": N_("law"),
    "measured": N_("measured"),
    "estimated": N_("estimated"),
    "assumed": N_("assumed"),
}


def law_headers(language: str) -> list[str]:
    """Headers of the table of what holds by law."""
    return [Language(language).say(header) for header in COLUMNS.values()]


def law_rows(quarters: int, language: str) -> list[list[str]]:
    """A row for each figure of the law behind the levers and each time for which it holds."""
    spoken = Language(language)
    return [
        [
            one.first,
            one.last,
            spoken.of(one.figure.title),
            amount_words(one.period, spoken),
            spoken.say(UNITS.get(unit := unit_in_words(one.figure, one.period, "en"), unit)),
            statutes().source(one.period, language),
            spoken.say(CERTAINTY[one.period.certainty]),
        ]
        for one in holds_by_law(quarters)
    ]


def amount_words(period: Period, spoken: Language) -> str:
    """The figures of a period; empty where it has none."""
    if not isinstance(period, Band) or period.low == period.high:
        return amount_of(period, "en")
    return spoken.say("{low} to {high}", low=number_of(period.low), high=number_of(period.high))


def outside_words(one: OutsideLaw, spoken: Language) -> str:
    """A lever outside its statutory range, in a sentence."""
    return spoken.say(
        "{lever} = {value}, {first} to {last}: outside the statutory {low} to {high} {unit} "
        "({text})",
        lever=one.lever,
        value=f"{one.value:g}",
        first=one.first,
        last=one.last,
        low=f"{one.low:g}",
        high=f"{one.high:g}",
        unit=Message(levers()[one.lever].unit),
        text=spoken.of(one.source),
    )


def beside_the_law(found: Scenario, language: str, quarters: int = LOOKED_AT) -> list[str]:
    """Where a scenario leaves the law of its quarters, or goes beyond what it settles."""
    spoken = Language(language)
    told = [outside_words(one, spoken) for one in outside_law(found, quarters)]
    if taxes_on_trial(found, quarters):
        told.append(
            spoken.say(
                "voc_tax_rate: the law allows a pilot on volatile organic compounds, but its rules "
                "are not known; rate and equivalent are assumed"
            )
        )
    return told


def scenarios_beside_the_law(
    found: Iterable[Scenario], language: str, quarters: int
) -> list[dict[str, Any]]:
    """Title and sentences of the scenarios that leave the law."""
    told = [(one, beside_the_law(one, language, quarters)) for one in found]
    return [
        {"title": in_language(one.title, language), "told": lines} for one, lines in told if lines
    ]


def ranges_beside_the_law(
    parameters: Iterable[Mapping[str, Any]], quarters: int, language: str
) -> Iterator[str]:
    """Parameters of a study whose range reaches outside what the law lets a lever be."""
    for row in parameters:
        lever = levers().get(str(row["name"]))
        if lever is None or lever.choices:
            continue
        bounds = [statutory_range(lever, last_day(quarter)) for quarter in (0, quarters - 1)]
        for one in dict.fromkeys(
            (bound.low, bound.high, in_language(bound.source, language))
            for bound in bounds
            if bound
        ):
            if row["low"] < one[0] - 1e-9 or row["high"] > one[1] + 1e-9:
                yield Language(language).say(
                    Message(
                        "{lever}: its range {from_} to {to} reaches outside the statutory {low} "
                        "to {high} {unit} ({text})",
                        lever=lever.name,
                        from_=f"{row['low']:g}",
                        to=f"{row['high']:g}",
                        low=f"{one[0]:g}",
                        high=f"{one[1]:g}",
                        unit=Message(lever.unit),
                        text=one[2],
                    )
                )
