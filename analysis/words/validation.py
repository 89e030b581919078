"""Results of patterns in words: numbers with their units, verdicts, sentences of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cleanpark.analysis.validation.pattern import CERTAINTY, Pattern
from cleanpark.analysis.validation.reasons import reason_for
from cleanpark.analysis.validation.verdict import (
    VERDICTS,
    PartResult,
    PatternResult,
    count,
)
from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.errors import N_, Message

PERCENT = "%"
UNITS = {
    "share": PERCENT,
    "percent": PERCENT,
    "ratio": "",
    "elasticity": "",
    "ln": N_("ln"),
    "points": N_("percentage points"),
    "CNY": N_("CNY"),
    "years": N_("years"),
    "share per year": N_("% a year"),
    "standard deviations": N_("standard deviations"),
    "options": N_("options"),
    "tce": N_("tce"),
    "m3": N_("m³"),
    "t": N_("t"),
}
"""How a part's unit is shown; shares are shown in percent."""
HUNDREDFOLD = ("share", "share per year")


def unit_of(part_unit: str, language: Language) -> str:
    """The unit in which a part's numbers are shown."""
    shown = UNITS[part_unit]
    return shown if shown in ("", PERCENT) else language.say(shown)


def number_of(value: float, unit: str, language: Language) -> str:
    """A value in the unit shown, with three significant digits.

    >>> number_of(-0.2414, "share", Language("en")), number_of(1_846_000.0, "CNY", Language("en"))
    ('−24.1', '1,850,000')
    """
    if not math.isfinite(value):
        return language.say("undefined")
    shown = 100.0 * value if unit in HUNDREDFOLD else value
    digits = 2 - math.floor(math.log10(abs(shown))) if shown else 0
    rounded = round(shown, digits)
    text = f"{abs(rounded):,.{min(max(digits, 0), 4)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"\N{MINUS SIGN}{text}" if rounded < 0 and text != "0" else text


def band_of(part: PartResult, language: Language) -> str:
    """The published band; one that is open at an end says so."""
    low, high = part.part.band
    told = [number_of(one, part.part.unit, language) if math.isfinite(one) else ""
            for one in (low, high)]  # fmt: skip
    if not told[0]:
        return language.say("at most {high}", high=told[1])
    if not told[1]:
        return language.say("at least {low}", low=told[0])
    return language.say("{low} to {high}", low=told[0], high=told[1])


def interval_of(part: PartResult, language: Language) -> str:
    """The 95 % interval; empty where there is none."""
    found, unit = part.found, part.part.unit
    if not math.isfinite(found.low):
        return ""
    low, high = (number_of(one, unit, language) for one in (found.low, found.high))
    return language.say("{low} to {high}", low=low, high=high)


def lies(part: PartResult, language: Language) -> str:
    """Whether the effect lies in the band, and whether chance may have decided."""
    if not math.isfinite(part.found.effect):
        return language.say("undefined")
    if part.inside:
        return language.say("in, straddles") if part.straddles else language.say("in")
    return language.say("outside, straddles") if part.straddles else language.say("outside")


def verdict_of(result: PatternResult, language: Language) -> str:
    """The verdict on a pattern."""
    return language.say(VERDICTS[result.verdict])


def parts_inside(result: PatternResult, language: Language) -> str:
    """How many parts of how many lie in their band."""
    if not result.parts:
        return ""
    inside = sum(one.inside for one in result.parts)
    return language.say("{inside} of {parts}", inside=inside, parts=len(result.parts))


def why_out(result: PatternResult, part: PartResult, language: Language) -> str:
    """Why a part fails, where that is known."""
    told = reason_for(result.pattern.name, part.part.name)
    return "" if part.inside or told is None else language.say(told)


def cited(pattern: Pattern, language: Language) -> str:
    """The sources with their addresses, and how sure their figures are."""
    told = [
        language.say("[{source}]({address}) ({certainty})", source=one.text, address=one.address,
                     certainty=Message(CERTAINTY[one.certainty]))
        for one in pattern.sources
    ]  # fmt: skip
    return language.say("; ").join(told)


def summed_up(results: Sequence[PatternResult], language: Language) -> str:
    """How many patterns and parts the model meets."""
    by = count(results)
    parts = [one for result in results for one in result.parts]
    return language.say(
        "Of {patterns} patterns {passed} pass in all parts, {partly} in some, {failed} in none, "
        "and {cannot} cannot be set up; {inside} of {parts} parts lie in their published band. In "
        "{straddles} the interval straddles a bound, so that more seeds could turn them.",
        patterns=len(results), passed=by["pass"], partly=by["partly"], failed=by["fail"],
        cannot=by["cannot"], inside=sum(one.inside for one in parts), parts=len(parts),
        straddles=sum(one.straddles for one in parts),
    )  # fmt: skip
