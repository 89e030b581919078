"""Columns of a part of the year, such as 上半年 and 下半年: together they are the year's amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cleanpark.scenarios.park_files.cells import PARTS, is_nothing, is_unknown, plain, read_number
from cleanpark.scenarios.park_files.headers import Header


class Joined(NamedTuple):
    """Headers with one for the year instead of its parts, and the parts that are not all there."""

    headers: list[Header]
    incomplete: list[Header]


def joined(headers: Sequence[Header]) -> Joined:
    """Halves, quarters or months of one column as one header, where all of them are there.

    A column of the whole year goes before its parts.
    """
    whole = [one for one in headers if one.period is None]
    given = {one.name for one in whole}
    groups: dict[tuple[str, int], dict[int, Header]] = {}
    for one in headers:
        if one.period is not None:
            groups.setdefault((one.name, one.period.of), {}).setdefault(one.period.number, one)
    incomplete: list[Header] = []
    for (name, of), parts in groups.items():
        if name in given or len(parts) < of:
            incomplete.extend(() if name in given else parts.values())
            continue
        given.add(name)
        whole.append(_year([parts[number] for number in sorted(parts)]))
    return Joined(whole, incomplete)


def _year(parts: Sequence[Header]) -> Header:
    """The header of the year; without a unit where its parts differ in it."""
    first = parts[0]
    alike = all(one.unit and first.unit and one.unit.factor == first.unit.factor for one in parts)
    return replace(
        first,
        written=" + ".join(one.written for one in parts),
        unit=first.unit if alike else None,
        period=None,
        parts=tuple(one.place for one in parts),
    )


def added(cells: Sequence[str]) -> str:
    """The cells of the parts as the cell of the year: their sum; joined by a mark where one of
    them is no number, so that the year's amount is refused."""
    texts = [plain(cell) for cell in cells]
    if len(set(texts)) == 1 and (is_unknown(texts[0]) or is_nothing(texts[0])):
        return texts[0]
    try:
        return f"{sum(map(read_number, texts)):.15g}"
    except ValueError:
        return f" {PARTS} ".join(text or "?" for text in texts)
