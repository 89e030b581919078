"""What figures of policies share: panels, units of axes, and text that fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cleanpark.analysis.figures.panels import panels
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import large_unit, unit
from cleanpark.analysis.words.studies import say
from cleanpark.analysis.words.titles import in_language
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import ArrayLike, NDArray

_PIECES = re.compile(r"[\u2e80-\uffff][，。；、：）]*|[^\s\u2e80-\uffff]+\s*|\s+")
"""Where a line may end: between English words, and after each Chinese character."""

LARGE = ("equivalents", "m3", "kg", "t", "tce")
"""Units of totals that a park has by the million."""


def scaled(name: str, language: str) -> tuple[float, str]:
    """Divisor of an outcome's axis and the unit that is left."""
    if name not in OUTCOME_NAMES:
        return 1.0, ""
    told = outcome(name).unit
    if told == "CNY" or (outcome(name).kind == "total" and told in LARGE):
        return large_unit(told, language)
    return 1.0, unit(told, language)


def scaled_change(name: str, language: str) -> tuple[float, str]:
    """The same for differences: those of shares are in percentage points."""
    if name in OUTCOME_NAMES and outcome(name).unit.startswith("share"):
        return 0.01, Language(language).say("percentage points")
    return scaled(name, language)


def row_of_panels(
    language: str, count: int, width: float, height: float
) -> tuple[Figure, list[Axes]]:
    """Panels, two in a row."""
    figure, axes, _ = panels(language, count, width, height)
    return figure, axes


def wide(text: str) -> int:
    """Width of a text in Latin letters; a Chinese character takes two."""
    return sum(2 if ord(one) >= 0x2E80 else 1 for one in text)


def wrapped(text: str, most_wide: int, most_lines: int = 2, indent: str = "") -> str:
    r"""A text in lines of a width, cut off where it takes more lines than allowed.

    >>> wrapped("Inspections and penalties", 14)
    'Inspections\nand penalties'
    """
    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and wide(lines[-1] + piece.rstrip()) > most_wide:
            lines.append(indent)
        lines[-1] += piece
    lines = [one.rstrip() for one in lines]
    if len(lines) > most_lines:
        last = lines[most_lines - 1]
        lines = [*lines[: most_lines - 1], f"{last[: -1 - len(last) // 20]}…"]
    return "\n".join(lines)


def reference_title(study: StudyFolder, language: str) -> str:
    """Title of the scenario that differences are to: the last of the study's record."""
    return str(in_language(study.about["scenarios"][-1]["title"], language))


def change_label(study: StudyFolder, name: str, language: str) -> str:
    """Label of an axis of differences: against what, and in which unit."""
    told = scaled_change(name, language)[1]
    text = say("change_against", language, reference=reference_title(study, language), unit=told)
    return wrapped(text, 66)


def better_arrow(name: str, language: str) -> str:
    """Which way along an axis is better; the arrow of a vertical axis turns with its label."""
    return say("better_low" if outcome(name).better == "low" else "better_high", language)


def spread(value: ArrayLike, low: ArrayLike, high: ArrayLike
           ) -> NDArray[np.float64]:  # fmt: skip
    """Lengths of error bars below and above; none where an interval is undefined."""
    found = np.array([np.subtract(value, low), np.subtract(high, value)], dtype=float)
    return np.asarray(np.maximum(0.0, np.nan_to_num(found)))
