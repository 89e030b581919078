"""Lines of a comparison over time: which stand out, their style, their bands, their unit."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D

from cleanpark.analysis.figures import fonts
from cleanpark.analysis.figures.canvas import finished
from cleanpark.analysis.statistics.paired import mean_defined
from cleanpark.analysis.words.numbers import scale
from cleanpark.analysis.words.wording import say
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cleanpark.analysis.comparison.comparison import Comparison

# Okabe and Ito's colours, which the colour-blind can tell apart; lines also differ in dash.
COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
MOST_LINES = 7
"""Lines, the reference's with them, where no policy was asked for by name; and colours."""
GREY = "#8C8C8C"
PALE = "#C4C4C4"
"""Colour of lines that only give the background."""


def styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draw under the settings of the language, or in English where its font is missing."""

    @functools.wraps(draw)
    def drawn(comparison: Comparison, language: str = "en") -> Figure:
        shown = fonts.language_that_shows(language)
        return finished(draw(comparison, shown))

    return drawn


def years(comparison: Comparison) -> Any:
    """Time axis in years."""
    return 2026 + np.arange(comparison.ensemble.quarters) / 4


def series(comparison: Comparison, scenario: int, name: str) -> Any:
    """An outcome by (seed, quarter) over all parks."""
    return comparison.series(scenario, name)


def band(values: Any) -> tuple[Any, Any]:
    """Mean and half width of its 95 % interval over seeds, where defined."""
    from scipy.stats import t as student

    defined = np.isfinite(values)
    mean = mean_defined(values, defined)
    count = defined.sum(axis=0)
    gap = np.where(defined, values - np.where(np.isfinite(mean), mean, 0.0), 0.0)
    error = np.sqrt((gap**2).sum(axis=0) / np.maximum(count - 1, 1) / np.maximum(count, 1))
    half = np.where(count > 1, student.ppf(0.975, np.maximum(count - 1, 1)) * error, 0.0)
    return mean, half


def highlighted(comparison: Comparison) -> list[int]:
    """Scenarios that get a line of their own: the reference, then the largest reductions.

    Of all packaged policies the first few; policies that were asked for by name have one each,
    whichever they are.
    """
    place = OUTCOME_NAMES.index("pollution_equivalents")
    mean = comparison.totals[:, :, place].mean(axis=1)
    order = [int(k) for k in np.argsort(mean, kind="stable") if k != comparison.reference_place]
    most = len(order) if comparison.named else MOST_LINES - 1
    return [comparison.reference_place, *order[:most]]


def line_style(order: int) -> tuple[str, Any]:
    """Colour and dash of the so-manieth line, the reference's being 0: no two are the same.

    >>> line_style(1), line_style(7)
    (('#D55E00', '--'), ('#D55E00', '-.'))
    """
    if order == 0:
        return COLOURS[0], DASHES[0]
    again, place = divmod(order - 1, len(COLOURS) - 1)
    return COLOURS[place + 1], DASHES[(place + 1 + again) % len(DASHES)]


def gap(comparison: Comparison, scenario: int, name: str) -> tuple[Any, Any]:
    """Mean paired difference of an outcome to the reference by quarter, and its half width."""
    reference = series(comparison, comparison.reference_place, name)
    return band(series(comparison, scenario, name) - reference)


def axis_unit(values: Any, name: str, language: str) -> tuple[float, str]:
    """Divisor of an axis, so that its numbers stay short, and its unit; totals are by quarter."""
    declared = outcome(name)
    largest = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 1.0
    divisor, named = scale(largest, declared.unit, language)
    if declared.kind == "total":
        return divisor, say("quarter_unit", language, unit=named)
    return divisor, named


def hollow_keys(comparison: Comparison, colour: str, language: str) -> list[Line2D]:
    """What full and hollow marks mean; nothing where no interval exists."""
    if len(comparison.ensemble.seeds) < 2 or len(comparison.names) < 2:
        return []
    return [
        Line2D([], [], linestyle="", marker="o", color=colour, markersize=6,
               markerfacecolor=face, label=say(key, language))
        for key, face in (("told", colour), ("unclear", "white"))
    ]  # fmt: skip
