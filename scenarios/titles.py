"""Titles and notes that data declare by language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from cleanpark.scenarios.errors import Counted

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that a name cannot hold: two names that look alike would differ."""


def in_language[T](texts: Mapping[str, T], language: str) -> T:
    """The text of a language; the English one where the data have none in it.

    >>> in_language({"en": "Air", "zh": "大气"}, "zh"), in_language({"en": "Air"}, "fr")
    ('大气', 'Air')
    """
    return texts[language] if language in texts else texts["en"]


def clean_name(given: Any) -> str | None:
    r"""A name as it is compared: in composed characters, without blanks around; None where it is
    no text, or holds what cannot be seen.

    >>> clean_name(" 政策 "), clean_name("a\u200bb")
    ('政策', None)
    """
    if not isinstance(given, str) or any(unicodedata.category(one) in UNSEEN for one in given):
        return None
    return unicodedata.normalize("NFC", given).strip() or None


def enterprises_counted(count: int) -> Counted:
    """So many enterprises, still to be said.

    >>> str(enterprises_counted(1)), str(enterprises_counted(1200))
    ('1 enterprise', '1,200 enterprises')
    """
    return Counted("{count:,} enterprise", "{count:,} enterprises", count)
