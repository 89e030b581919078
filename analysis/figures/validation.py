"""Effects of patterns against their published bands, all on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from cleanpark.analysis.figures.canvas import finished, new_figure
from cleanpark.analysis.figures.fonts import language_that_shows
from cleanpark.analysis.figures.labels import wrapped
from cleanpark.analysis.figures.lines import COLOURS, GREY
from cleanpark.analysis.validation.pattern import SUBJECTS
from cleanpark.analysis.validation.verdict import PartResult, PatternResult, standardised
from cleanpark.analysis.words.language import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

EDGE = 4.0
"""How far from the band's middle the figure reaches; what lies further is an arrow at its edge."""
ROW = 0.19
"""Height of a line of text, in inches."""
WIDTH = 9.0
LETTERS = 62
"""Letters of a label's line."""
BAND = "#DCE8DC"


def forest(results: Sequence[PatternResult], subject: str, language: str) -> Figure:
    """Every part of a subject's patterns: effect and interval on a scale of its band."""
    spoken = Language(language_that_shows(language))
    chosen = [one for one in results if one.pattern.subject == subject and one.parts]
    rows = [(one, part) for one in chosen for part in one.parts]
    labels = [wrapped(spoken.say(part.part.title), LETTERS) for _, part in rows]
    lines = sum(one.count("\n") + 1 for one in labels) + 2 * len(chosen)
    figure = new_figure(str(spoken), (WIDTH, 1.0 + ROW * lines), "constrained")
    panels = _panels(figure, chosen, labels)
    for panel, result in zip(panels, chosen, strict=True):
        texts, labels = labels[: len(result.parts)], labels[len(result.parts) :]
        _draw(panel, result, texts, spoken)
    panels[-1].set_xticks([-EDGE, -1.0, 0.0, 1.0, EDGE])
    panels[-1].tick_params(labelbottom=True)
    panels[-1].set_xlabel(
        spoken.say(
            "published band from −1 to 1; arrows: further than {edge:g}; hollow: the interval "
            "straddles a bound",
            edge=EDGE,
        )
    )
    figure.suptitle(spoken.say(SUBJECTS[subject]), fontfamily=figure.family, fontsize=11)
    return finished(figure)


def _panels(figure: Figure, chosen: Sequence[PatternResult], labels: Sequence[str]) -> list[Axes]:
    """One panel a pattern, as high as its labels need."""
    sizes, rest = [], list(labels)
    for result in chosen:
        mine, rest = rest[: len(result.parts)], rest[len(result.parts) :]
        sizes.append(sum(one.count("\n") + 1 for one in mine) + 0.5)
    grid = figure.add_gridspec(len(chosen), 1, height_ratios=sizes)
    return [figure.add_subplot(grid[place]) for place in range(len(chosen))]


def _draw(panel: Axes, result: PatternResult, labels: Sequence[str], language: Language) -> None:
    heights = np.array([one.count("\n") + 1.0 for one in labels])
    middle = np.cumsum(heights) - heights / 2.0
    for place, height, part in zip(middle, heights, result.parts, strict=True):
        _draw_part(panel, float(place), 0.42 * float(height), part)
        if not math.isfinite(part.found.effect):
            panel.text(0.0, place, language.say("undefined"), ha="center", va="center", fontsize=8)
    panel.set_yticks(middle, labels, fontsize=8, linespacing=1.1)
    panel.set_ylim(float(heights.sum()) + 0.1, -0.1)
    panel.set_xlim(-EDGE - 0.2, EDGE + 0.2)
    panel.set_xticks([-1.0, 0.0, 1.0])
    panel.tick_params(labelbottom=False, length=2)
    panel.set_title(language.say(result.pattern.title), loc="left", fontsize=9)


def _draw_part(panel: Axes, place: float, half: float, part: PartResult) -> None:
    low, high = part.part.band
    ends = (-1.0 if math.isfinite(low) else -EDGE, 1.0 if math.isfinite(high) else EDGE)
    panel.barh(place, ends[1] - ends[0], 2.0 * half, ends[0], color=BAND, zorder=1)
    effect, begin, end = standardised(part)
    if not math.isfinite(effect):
        return
    colour = COLOURS[2] if part.inside else COLOURS[1]
    shown = float(np.clip(effect, -EDGE, EDGE))
    marker = "o" if shown == effect else (">" if effect > 0 else "<")
    reach = [float(np.clip(one, -EDGE, EDGE)) for one in (begin, end) if math.isfinite(one)]
    if len(reach) == 2:
        panel.plot(reach, [place, place], color=GREY, linewidth=1.4, zorder=2)
    face = "white" if part.straddles else colour
    panel.plot([shown], [place], marker, color=colour, markerfacecolor=face, markersize=5.5,
               zorder=3, clip_on=False)  # fmt: skip
