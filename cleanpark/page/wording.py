"""Errors in the reader's words."""

from __future__ import annotations

from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.errors import InputError


def told_error(problem: InputError, language: str) -> str:
    """An error in a language."""
    return Language(language).say(problem)
