"""A lesson's numbers in words: what was found with its interval, and how a guess stands to it."""

# ruff: noqa: E501 - a sentence is easier to mend on one line

from __future__ import annotations

import math

from cleanpark.page.lessons import Lesson
from cleanpark.page.measures import Gap
from cleanpark.page.texts import say
from cleanpark.scenarios.errors import N_

INSIDE = N_(
    "Your guess of {guess} lies within what chance leaves open: the model finds {value} "
    "(95 % interval {low} to {high})."
)
SMALLER_FALL = N_(
    "You guessed {guess}; in the model the fall is smaller: {value} (95 % interval {low} to {high})."
)
LARGER_FALL = N_(
    "You guessed {guess}; in the model the fall is larger: {value} (95 % interval {low} to {high})."
)
HIGHER = N_(
    "You guessed {guess}; the model’s number is higher: {value} (95 % interval {low} to {high})."
)
LOWER = N_(
    "You guessed {guess}; the model’s number is lower: {value} (95 % interval {low} to {high})."
)
UNDEFINED = N_("You guessed {guess}; in the model it is undefined here.")
UNBOUNDED = N_(
    "You guessed {guess}; the model finds {value}, with no interval: chance is too large."
)
NOTHING = N_("You guessed {guess}; in the model nothing changes.")


def number(one: Lesson, value: float, language: str) -> str:
    """A number in the lesson's unit."""
    text = f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:.1f}"
    text = text.replace("-", "−")
    if one.unit == "points":
        return f"{text} {say('points', language)}"
    if one.unit == "CNY":
        return say("CNY {amount}", language, amount=text)
    return f"{text}%" if language == "zh" else f"{text} %"


def result(one: Lesson, found: Gap, language: str) -> str:
    """What was found with its interval; in words where there is none."""
    if not found.defined:
        return say("undefined", language)
    if _same(found):
        return say("no change", language)
    if not _bounded(found):
        value = number(one, found.value, language)
        return say("{value} (no interval: chance is too large)", language, value=value)
    return say("{value} ({low} to {high})", language, **_bounds(one, found, language))


def judged(one: Lesson, guess: float, found: Gap, language: str) -> str:
    """How a guess stands to what was found, in a sentence."""
    fields = {"guess": number(one, guess, language)}
    if not found.defined:
        return say(UNDEFINED, language, **fields)
    if _same(found):
        return say(NOTHING, language, **fields)
    if not _bounded(found):
        return say(UNBOUNDED, language, value=number(one, found.value, language), **fields)
    return say(_stands(guess, found), language, **_bounds(one, found, language), **fields)


def _stands(guess: float, found: Gap) -> str:
    """The template for a guess beside an interval."""
    if found.low <= guess <= found.high:
        return INSIDE
    if guess < 0 and found.high < 0:  # "more" of a fall would be read either way
        return SMALLER_FALL if guess < found.low else LARGER_FALL
    return LOWER if guess > found.high else HIGHER


def _bounds(one: Lesson, found: Gap, language: str) -> dict[str, str]:
    """A number with its interval, whose unit is said once."""
    low = number(one, found.low, language)
    if one.unit == "points":
        low = low.partition(" ")[0]
    value, high = (number(one, which, language) for which in (found.value, found.high))
    return {"value": value, "low": low, "high": high}


def _bounded(found: Gap) -> bool:
    return math.isfinite(found.low) and math.isfinite(found.high)


def _same(found: Gap) -> bool:
    """Whether the runs are the same, seed by seed, as where the lever stands where it stood."""
    return found.value == 0 and not found.low < found.high
