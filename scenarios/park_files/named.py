"""Columns, units and sectors as messages: each is said by its title in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cleanpark.scenarios.errors import Message, Translations
from cleanpark.scenarios.park_files.dictionary import dictionary

UNITS: Mapping[str, str] = {
    "10,000 CNY": "万元",
    "tce": "吨标准煤",
    "m3": "立方米",
    "kg": "千克",
    "t": "吨",
    "share": "0-1",
    "persons": "人",
}
"""How a Chinese text writes each unit."""


class Titled(Message):
    """Something that has a title in every language, said by it; in English by its name."""

    def __init__(self, name: str, titles: Mapping[str, str]) -> None:
        """Keep the titles."""
        super().__init__(name)
        self.titles = titles

    def said(self, translations: Translations) -> str:
        """The title in a language."""
        chosen: Any = getattr(translations, "of", None)
        return str(chosen({**self.titles, "en": self.template})) if chosen else self.template

    def __reduce__(self) -> tuple[type[Titled], tuple[str, Mapping[str, str]]]:
        """By name and titles."""
        return Titled, (self.template, self.titles)


def column_named(name: str) -> Titled:
    """A column, said by its title."""
    title = dictionary()[name].title
    return Titled(title["en"], {code: one for code, one in title.items() if code != "en"})


def unit_named(unit: str) -> Titled:
    """A unit."""
    return Titled(unit, {"zh": UNITS[unit]} if unit in UNITS else {})
