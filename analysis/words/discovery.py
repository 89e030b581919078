"""Boxes and criteria in words: amounts with their units, and the sides that are restricted."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cleanpark.analysis.studies.space import Factor
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import amount, beside, is_han
from cleanpark.analysis.words.titles import inside
from cleanpark.scenarios.errors import N_, NN_, Counted

MOST_NAMED = 3
"""Parameters left out that are named; more are counted."""
CHOICES = (
    N_("none"),
    N_("list"),
    N_("largest"),
    N_("voluntary"),
    N_("mandatory-listed"),
    N_("mandatory-all"),
    N_("fixed"),
    N_("adaptive"),
    N_("park-type"),
    N_("unified"),
    N_("enterprise"),
    N_("pool"),
    N_("authority"),
    N_("random"),
    N_("record"),
    N_("risk"),
    N_("archive"),
    N_("catalogue"),
)
"""Choices of levers, whose names speak for themselves in English."""
TEXT: dict[str, str] = {
    "is": N_("{title} is{names}"),
    "above": N_(" exceeds{value}"),
    "below": N_(" is below{value}"),
    "least": N_(" is at least{value}"),
    "most": N_(" is at most{value}"),
    "and": N_(" and"),
    "or": N_(" or "),
    "limits": N_("{limits} and {limit}"),
    "names": N_(", "),
    "whole": N_("Fails in {share:.0f} % of futures"),
    "titled": N_("“{title}” fails ({rule}) in {share:.0f} % of futures"),
    "none": N_("{whole}."),
    "many": N_("{whole}: too many to set some apart from the rest."),
    "nowhere": N_("{whole}; no parameter stands out."),
    "where": N_(
        "{whole}; {coverage:.0f} % of these lie where {where}; there {density:.0f} % of "
        "futures fail, by the futures that it was found from."
    ),
    "dropped": N_(" Limits that may be chance are left out ({names})."),
    "dropped_many": N_(" Limits of {count} other parameters may be chance and are left out."),
    "beyond_more": N_("{title} above {value}"),
    "beyond_less": N_("{title} below {value}"),
    "beyond_more_reference": N_("{title} above the reference"),
    "beyond_less_reference": N_("{title} below the reference"),
    "quoted": N_("“{name}”"),
    "together": N_(" and "),
    "then": N_("; then "),
    "tie": N_(" (not distinguishable)"),
    "at_least": N_("at least {value}"),
    "at_most": N_("at most {value}"),
    "more_than": N_("above {value}"),
    "less_than": N_("below {value}"),
    "futures_met": N_("Futures in which “{title}” is {target}: {ranking}."),
    "regret_ranked": N_(
        "Mean distance to the best policy in the same future, “{title}”: {ranking}."
    ),
    "mean_ranked": N_("Mean over futures, “{title}”: {ranking}."),
}

COUNTED: dict[str, tuple[str, str]] = {
    "few": NN_(
        "{whole}: {count} run is too few to say where.",
        "{whole}: {count} runs are too few to say where.",
    ),
    "undefined": NN_(
        " {count:,} undefined future is not counted.",
        " {count:,} undefined futures are not counted.",
    ),
}
"""Texts that depend on a number of things."""


def say(key: str, language: str, **values: object) -> str:
    """A text in a language; where it depends on a number of things, that is ``count``."""
    if key in COUNTED:
        count = int(str(values.pop("count")))
        return Language(language).say(Counted(*COUNTED[key], count, **values))
    return Language(language).say(TEXT[key], **values)


def dropped_words(titles: Sequence[str], language: str) -> str:
    """That limits which may be chance are left out: by name where they are few."""
    if not titles:
        return ""
    if len(titles) > MOST_NAMED:
        return say("dropped_many", language, count=len(titles))
    return say("dropped", language, names=say("names", language).join(titles))


def choice_name(name: str, language: str) -> str:
    """A choice of a lever in words."""
    return Language(language).gettext(name)


def choice_names(names: Iterable[str], language: str) -> str:
    """Choices of a lever in a row."""
    told = (choice_name(one, language) for one in names)
    return Language(language).gettext(", ").join(told)


def short_title(title: str) -> str:
    """A title without what explains it after a semicolon or in brackets.

    >>> short_title("Award for level I (half for level II)"), short_title("水价（含污水费）")
    ('Award for level I', '水价')
    """
    return re.split(r"; | \(|（|；", title)[0]


def of_what(factor: Factor, language: str) -> tuple[str, str, str]:
    """A parameter's title, its unit, and what its shares are of.

    Where the title says of what the parameter is a share, the unit must not say it again.
    """
    title = inside(factor.titled(language), language)
    if not factor.unit.startswith("share of "):
        return title, factor.unit, ""
    before, found, whole = title.partition(", share of ")
    if found:
        return before, "share", f" of {whole}"
    return title, "share" if "占" in title else factor.unit, ""


def limit_words(factor: Factor, row: Mapping[Any, Any], language: str) -> str:
    """One restricted parameter in words, by the sides that are restricted.

    ``row`` has ``low`` and ``high``, of which an open side equals the factor's bound, and
    ``choices`` separated by commas.
    """
    title, unit, whole = of_what(factor, language)
    if factor.scale == "choice":
        told = [choice_name(one, language) for one in str(row["choices"]).split(", ")]
        return say("is", language, title=title, names=spaced(one_of(told, language)))
    over, under = ("least", "most") if factor.scale == "integer" else ("above", "below")
    parts = []
    if row["low"] > factor.low:
        value = amount(row["low"], unit, language) + whole
        parts.append(say(over, language, value=spaced(value)))
    if row["high"] < factor.high:
        value = amount(row["high"], unit, language) + whole
        parts.append(say(under, language, value=spaced(value)))
    return title + say("and", language).join(parts)


def one_of(names: Sequence[str], language: str) -> str:
    """Names of which one holds.

    >>> one_of(["none", "pool"], "en"), one_of(["无", "统筹资金"], "zh")
    ('none or pool', '无或统筹资金')
    """
    word = say("or", language).strip()
    return functools.reduce(lambda told, one: beside(beside(told, word), one), names)


def spaced(value: str) -> str:
    """What follows a word; between two Chinese words stands no space."""
    return value if is_han(value[0]) else f" {value}"
