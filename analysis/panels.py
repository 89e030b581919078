"""Panels of a figure, one per outcome, their legend, and labels in lines of equal length."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import matplotlib.pyplot as plt

from cleanpark.analysis.study_wording import without_unit

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_LABEL_LINES = 3
NEVER_FIRST = "，。、；：）”》"
"""Characters that begin no line of Chinese."""
JOINING = ("的", "与", "和", "对", "及", "后", "时", "占", "、", "，", "；", "）")
"""What a line of Chinese had better end with, so that no word is torn."""
LOOSE = 3
"""Characters by which lines of Chinese may be wider for that."""


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters, which are twice as wide and break anywhere."""
    return any(one > "\u3000" for one in text)


def in_lines(text: str, width: int, most: int = MOST_LABEL_LINES) -> str:
    r"""A label in as few lines as fit, at most so many, all about as long; nothing is cut off.

    ``width`` counts Latin letters. A unit after the last comma is left out where it makes the
    label too long; what is longer still gets wider lines.

    >>> in_lines("Decay of belief a quarter towards what links show", 34)
    'Decay of belief a quarter\ntowards what links show'
    >>> in_lines("审核组数据质量门槛", 16)
    '审核组数据\n质量门槛'
    """
    break_up = _broken_anywhere if is_chinese(text) else _broken_at_spaces
    width = width // 2 if is_chinese(text) else width
    if len(break_up(text, width)) > most:
        text = without_unit(text)
    count = min(most, len(break_up(text, width)))
    return "\n".join(_balanced(text, count, break_up))


def _balanced(text: str, count: int, break_up: Callable[[str, int], list[str]]) -> list[str]:
    """The narrowest lines of which there are no more than ``count``.

    In Chinese, somewhat wider ones where each then ends after a word that joins.
    """
    width = max(1, math.ceil(len(text) / count))
    while len(lines := break_up(text, width)) > count:
        width += 1
    if is_chinese(text):
        for more in range(LOOSE + 1):
            looser = break_up(text, width + more)
            if all(one.endswith(JOINING) for one in looser[:-1]):
                return looser
    return lines


def _broken_at_spaces(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _broken_anywhere(text: str, width: int) -> list[str]:
    """Lines of a width; words in Latin letters stay whole, and no line begins with a stop."""
    lines = [""]
    for part in _unbreakable(text):
        fits = len(lines[-1]) + len(part) <= width
        if fits or not lines[-1] or part in NEVER_FIRST:
            lines[-1] += part
        else:
            lines.append(part.lstrip())
    return [one.rstrip() for one in lines]


def _unbreakable(text: str) -> list[str]:
    """Characters, but numbers and words in Latin letters as one."""
    parts: list[str] = []
    for one in text:
        joins = parts and one < "\u3000" and one != " " and parts[-1][-1] < "\u3000"
        if joins and parts[-1] != " ":
            parts[-1] += one
        else:
            parts.append(one)
    return parts


def panels(
    count: int, width: float, height: float, shared_rows: bool = False
) -> tuple[Figure, list[Axes], Axes | None]:
    """So many panels, and the empty place beside three of them, for a legend.

    With ``shared_rows`` all panels have the same vertical axis, labelled once, up to three in a
    row.
    """
    columns = min(3, count) if shared_rows and count != 4 else min(2, count)
    rows = -(-count // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(width * columns, height * rows), layout="constrained",
        squeeze=False, sharey=shared_rows,
    )  # fmt: skip
    spare = list(axes.flat[count:])
    for one in spare:
        one.set_axis_off()
    return figure, list(axes.flat[:count]), spare[0] if spare else None


def legend(figure: Figure, spare: Axes | None, handles: Sequence[Artist], columns: int = 3) -> None:
    """One legend for all panels: in the empty place, or below them."""
    if not handles:
        return
    if spare is None:
        figure.legend(handles=list(handles), loc="outside lower center", ncols=columns,
                      frameon=False)  # fmt: skip
    else:
        spare.legend(handles=list(handles), loc="center left", frameon=False, fontsize=9,
                     labelspacing=0.8)  # fmt: skip
