"""Panels of a figure, one per outcome, their legend, and labels in lines of equal length."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleanpark.analysis.figures.canvas import new_figure
from cleanpark.analysis.words.numbers import is_han
from cleanpark.analysis.words.studies import without_unit

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_LABEL_LINES = 3
NEVER_FIRST = "的，。、；：）”》 "
"""Characters that begin no line of Chinese."""
NEVER_LAST = "（“《"
"""Characters that end no line of Chinese."""
JOINING = "的与和对及后时占、，；）"
"""What a line of Chinese had better end with, so that no word is torn."""
WORTH = 3
"""Characters by which lines of Chinese may differ more for that."""


def is_chinese(text: str) -> bool:
    """Whether a text has Chinese characters, which are twice as wide and break anywhere."""
    return any(map(is_han, text))


def in_lines(text: str, width: int, most: int = MOST_LABEL_LINES) -> str:
    r"""A label in as few lines as fit, at most so many, all about as long; nothing is cut off.

    ``width`` counts Latin letters. A unit after the last comma is left out where it makes the
    label too long; what is longer still gets wider lines.

    >>> in_lines("Decay of belief a quarter towards what links show", 34)
    'Decay of belief a quarter\ntowards what links show'
    >>> in_lines("完全自觉企业违规的道德成本占季产值比例", 34)
    '完全自觉企业违规的\n道德成本占季产值比例'
    """
    if is_chinese(text):
        return "\n".join(_chinese_lines(text, min(most, math.ceil(2 * len(text) / width))))
    if len(textwrap.wrap(text, width)) > most:
        text = without_unit(text)
    count = min(most, len(textwrap.wrap(text, width)))
    width = max(1, math.ceil(len(text) / max(1, count)))
    while len(lines := _words_in_lines(text, width)) > count:
        width += 1
    return "\n".join(lines)


def _words_in_lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _chinese_lines(text: str, count: int) -> list[str]:
    """Equal parts, moved a little to where a line ends well; words in Latin letters stay whole."""
    lines, begin = [], 0
    for number in range(1, count):
        wanted = number * len(text) / count
        places = [one for one in range(begin + 1, len(text)) if _may_break(text, one)]
        if places:
            end = min(places, key=lambda one: _unease(text, one, wanted))
            lines.append(text[begin:end].strip())
            begin = end
    return [*lines, text[begin:].strip()]


def _may_break(text: str, place: int) -> bool:
    """Whether a line may end before this character: not inside a number or a Latin word."""
    before, after = text[place - 1], text[place]
    latin = all(one < "\u3000" and one != " " for one in (before, after))
    return not latin and after not in NEVER_FIRST and before not in NEVER_LAST


def _unease(text: str, place: int, wanted: float) -> float:
    """How ill a break suits: its distance from the wanted place, less where a line ends well."""
    return abs(place - wanted) - (WORTH if text[place - 1] in JOINING else 0)


def joined(*parts: str) -> str:
    """What there is to say on an axis, separated by commas of its language.

    >>> joined("index", "", "share"), joined("指数", "比例")
    ('index, share', '指数，比例')
    """
    found = [part for part in parts if part]
    return ("，" if any(map(is_chinese, found)) else ", ").join(found)


def panels(
    language: str, count: int, width: float, height: float, shared_rows: bool = False
) -> tuple[Figure, list[Axes], Axes | None]:
    """So many panels, and the empty place beside three of them, for a legend.

    With ``shared_rows`` all panels have the same vertical axis, labelled once, up to three in a
    row.
    """
    columns = min(3, count) if shared_rows and count != 4 else min(2, count)
    rows = -(-count // columns)
    figure = new_figure(language, (width * columns, height * rows), "constrained")
    axes = figure.subplots(rows, columns, squeeze=False, sharey=shared_rows)
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
