"""Titles of what the model and its studies tell of."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from cleanpark.analysis.words.language import PSEUDO, Language
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.scenarios.errors import N_


def outcome_title(name: str, language: str) -> str:
    """An outcome's title; its name where it is not the model's."""
    return in_language(outcome(name).title, language) if name in OUTCOME_NAMES else name


PAIR = N_("{first} {then}")
Title = str | Mapping[str, str]
"""A message of the catalogs, or a table of languages where data declares it."""


def in_language(title: Title, language: str) -> str:
    """A declared title in a language; in English where it has none in that one."""
    return (
        Language(language).gettext(title)
        if isinstance(title, str)
        else title.get(language, title["en"])
    )


def in_a_row(sentences: Sequence[str], language: str) -> str:
    """Sentences that follow each other, those left empty not counted.

    >>> in_a_row(["One.", "", "Two."], "en"), in_a_row(["一。", "二。"], "zh")
    ('One. Two.', '一。二。')
    """
    words = Language(language)
    said = [one for one in sentences if one]
    return functools.reduce(lambda told, one: words.say(PAIR, first=told, then=one), said)


def capital(title: str) -> str:
    """A title at the beginning of a row.

    >>> capital("small enterprises"), capital("小型企业")
    ('Small enterprises', '小型企业')
    """
    return title[:1].upper() + title[1:]


def inside(title: str, language: str) -> str:
    """A title inside a sentence: in English its first letter small, unless all are large.

    >>> inside("Moral cost of a violation", "en"), inside("CO2 price", "en")
    ('moral cost of a violation', 'CO2 price')
    """
    small = language in ("en", PSEUDO) and title[1:2].islower()
    if not small:
        return title
    article = "the " if title.startswith("Number of ") else ""
    return article + title[:1].lower() + title[1:]
