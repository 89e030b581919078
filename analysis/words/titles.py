"""Titles of what the model and its studies tell of."""

from __future__ import annotations

from collections.abc import Mapping

from cleanpark.analysis.words.language import Language
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome


def outcome_title(name: str, language: str) -> str:
    """An outcome's title; its name where it is not the model's."""
    return in_language(outcome(name).title, language) if name in OUTCOME_NAMES else name


Title = str | Mapping[str, str]
"""A message of the catalogs, or a table of languages where data declares it."""


def in_language(title: Title, language: str) -> str:
    """A declared title in a language; in English where it has none in that one."""
    return (
        Language(language).gettext(title)
        if isinstance(title, str)
        else title.get(language, title["en"])
    )
