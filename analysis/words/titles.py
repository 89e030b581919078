"""Titles of what the model and its studies tell of."""

from __future__ import annotations

from collections.abc import Mapping

from cleanpark.model.outcomes import OUTCOME_NAMES, outcome


def outcome_title(name: str, language: str) -> str:
    """An outcome's title; its name where it is not the model's."""
    return in_language(outcome(name).title, language) if name in OUTCOME_NAMES else name


def in_language(title: Mapping[str, str], language: str) -> str:
    """A declared title in a language; in English where it has none in that one."""
    return title.get(language, title["en"])
