"""Titles and notes that data declare by language."""

from __future__ import annotations

from collections.abc import Mapping

from cleanpark.scenarios.errors import Counted


def in_language[T](texts: Mapping[str, T], language: str) -> T:
    """The text of a language; the English one where the data have none in it.

    >>> in_language({"en": "Air", "zh": "大气"}, "zh"), in_language({"en": "Air"}, "fr")
    ('大气', 'Air')
    """
    return texts[language] if language in texts else texts["en"]


def enterprises_counted(count: int) -> Counted:
    """So many enterprises, still to be said.

    >>> str(enterprises_counted(1)), str(enterprises_counted(1200))
    ('1 enterprise', '1,200 enterprises')
    """
    return Counted("{count:,} enterprise", "{count:,} enterprises", count)
