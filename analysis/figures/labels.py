"""Labels of lines and points that do not overlap, each with a leader only where it was moved."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.words.numbers import is_han

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation
    from matplotlib.transforms import Bbox

LEADER = "#8C8C8C"
DIRECTIONS = 16
"""Directions around a point in which its label is tried."""
RINGS = (9, 18, 30, 44, 60, 80, 105, 135, 170)
"""Distances from a point, in points of type, at which its label is tried, nearest first."""
FAR = 2.0
"""Covered pixels that a point of type nearer is worth."""


@dataclass(frozen=True)
class Labelled:
    """A place in data coordinates with its label; ``colour`` and ``dash`` are its line's.

    ``reach`` are the ends of a point's error bars along x and along y.
    """

    x: float
    y: float
    text: str
    colour: str = LEADER
    dash: Any = "-"
    reach: tuple[tuple[float, float], tuple[float, float]] | None = None


def wrapped(text: str, letters: int = 26) -> str:
    """A title broken into lines of so many Latin letters; a Chinese character takes two."""
    return "\n".join(textwrap.wrap(text, letters // (2 if any(map(is_han, text)) else 1)))


def label_lines(axes: Axes, ends: Sequence[Labelled], size: float = 7.5) -> None:
    """Label lines at the right margin, spread so that none overlap, with leaders in their styles.

    Call when the axes have their place in the figure and all their lines.
    """
    pixels = axes.get_window_extent().height
    low, high = axes.get_ylim()
    line = (high - low) / pixels * size * axes.figure.dpi / 72.0 * 1.15
    order = sorted(range(len(ends)), key=lambda k: ends[k].y)
    room = [line * (1 + ends[k].text.count("\n")) for k in order]
    heights = spread([ends[k].y for k in order], room, low, high)
    for height, k in zip(heights, order, strict=True):
        end = ends[k]
        axes.annotate(
            end.text, xy=(end.x, end.y), xytext=(1.1, height), va="center", fontsize=size,
            textcoords=axes.get_yaxis_transform(), annotation_clip=False, linespacing=1.05,
            arrowprops={"arrowstyle": "-", "color": end.colour, "linestyle": end.dash,
                        "linewidth": 1.0, "shrinkA": 1, "shrinkB": 0, "relpos": (0, 0.5)},
        )  # fmt: skip


def spread(wanted: Sequence[float], room: Sequence[float], low: float, high: float) -> list[float]:
    """Heights near the wanted ones (ascending) that leave each label its room."""
    heights = list(wanted)
    for _ in range(300):
        for one in range(len(heights) - 1):
            missing = (room[one] + room[one + 1]) / 2 - (heights[one + 1] - heights[one])
            if missing > 0:
                heights[one] -= missing / 2
                heights[one + 1] += missing / 2
        if heights:
            above = max(0.0, heights[-1] + room[-1] / 2 - high)
            heights[-1] -= above
            heights[0] += max(0.0, low - (heights[0] - room[0] / 2))
    return heights


def label_points(axes: Axes, points: Sequence[Labelled], size: float = 8.0) -> None:
    """Label points beside their markers, each at the nearest place that is free.

    Labels keep clear of all markers, of error bars and of one another and stay inside the axes
    where they can.
    """
    axes.figure.canvas.draw()
    taken = [box for one in points for box in _boxes(axes, one)]
    for one in sorted(points, key=lambda one: (-one.x, one.y)):
        taken.append(_place(axes, one, taken, size))


def _boxes(axes: Axes, one: Labelled) -> list[Bbox]:
    """Boxes in pixels that a marker and its error bars take."""
    half = 6.0 * axes.figure.dpi / 72.0
    corners = [((one.x, one.y), (one.x, one.y), half)]
    if one.reach is not None:
        (left, right), (low, high) = one.reach
        corners += [((left, one.y), (right, one.y), 1.0), ((one.x, low), (one.x, high), 1.0)]
    return [_between(axes, first, last, margin) for first, last, margin in corners]


def _between(
    axes: Axes, first: tuple[float, float], last: tuple[float, float], margin: float
) -> Bbox:
    from matplotlib.transforms import Bbox

    (x0, y0), (x1, y1) = axes.transData.transform([first, last])
    return Bbox.from_extents(x0 - margin, y0 - margin, x1 + margin, y1 + margin)


def _place(axes: Axes, one: Labelled, taken: Sequence[Bbox], size: float) -> Bbox:
    """Draw one label where it covers least, near places first; returns the box that it takes."""
    label = axes.annotate(one.text, xy=(one.x, one.y), xytext=(0, 0), fontsize=size,
                          textcoords="offset points", annotation_clip=False, zorder=6)  # fmt: skip
    angles = [2.0 * np.pi * step / DIRECTIONS for step in range(DIRECTIONS)]
    places = [(ring * float(np.cos(angle)), ring * float(np.sin(angle)))
              for ring in RINGS for angle in angles]  # fmt: skip
    covered = [_covered(axes, _moved(label, place), taken) for place in places]
    far = [FAR * float(np.hypot(*place)) for place in places]
    best = int(np.argmin(np.add(covered, far)))
    if best >= DIRECTIONS:
        _leader(axes, one, places[best])
    return _moved(label, places[best])


def _moved(label: Annotation, place: tuple[float, float]) -> Bbox:
    """Put a label beside its point: to its right or left, above or below; returns its box."""
    x, y = place
    label.set_position(place)
    label.set_horizontalalignment("left" if x > 1 else "right" if x < -1 else "center")
    label.set_verticalalignment("bottom" if y > 5 else "top" if y < -5 else "center")
    return label.get_window_extent().padded(1.5)


def _covered(axes: Axes, box: Bbox, taken: Sequence[Bbox]) -> float:
    """Area of a box that others cover or that lies outside the axes, in pixels."""
    area = sum(_shared(box, other) for other in taken)
    return float(area + box.width * box.height - _shared(box, axes.get_window_extent()))


def _shared(one: Bbox, other: Bbox) -> float:
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(0.0, width) * max(0.0, height)


def _leader(axes: Axes, one: Labelled, place: tuple[float, float]) -> None:
    """A thin line from beside the marker to the label."""
    axes.annotate("", xy=(one.x, one.y), xytext=place, textcoords="offset points", zorder=2,
                  arrowprops={"arrowstyle": "-", "color": LEADER, "linewidth": 0.6,
                              "shrinkA": 0, "shrinkB": 5})  # fmt: skip


def stacked(wanted: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Heights as near to those wanted (falling) as sizes allow, from the bottom up, below 1.

    >>> [round(one, 2) for one in stacked([0.9, 0.1, 0.1], [0.2, 0.2, 0.2])]
    [0.9, 0.3, 0.1]
    """
    places: list[float] = []
    for want, size in zip(reversed(wanted), reversed(sizes), strict=True):
        least = places[-1] + size if places else want
        places.append(max(want, least))
    over = max(0.0, places[-1] - 1.0) if places else 0.0
    return [one - over for one in reversed(places)]


def number_points(panel: Axes, texts: Sequence[str], dots: Sequence[tuple[float, float]]) -> None:
    """Numbers for the first of the dots (shares of the axes), on leaders, over no other dot."""
    labels: list[tuple[float, float]] = []
    for text, dot in zip(texts, dots, strict=False):
        labels.append(free_place(dot, dots, labels))
        panel.annotate(
            text, xy=dot, xycoords="axes fraction", xytext=labels[-1], fontsize=8,
            textcoords="axes fraction", ha="center", va="center",
            arrowprops={"arrowstyle": "-", "color": "#666666", "linewidth": 0.5, "shrinkA": 0,
                        "shrinkB": 3},
        )  # fmt: skip


def free_place(
    dot: tuple[float, float],
    dots: Sequence[tuple[float, float]],
    labels: Sequence[tuple[float, float]],
) -> tuple[float, float]:
    """The nearest place around a dot that is clear of all dots and labels, inside the axes."""
    for radius in (0.06, 0.09, 0.13, 0.17, 0.22, 0.28, 0.35):
        for angle in (60, 30, 90, 120, 0, 150, -30):
            place = (dot[0] + radius * math.cos(math.radians(angle)),
                     dot[1] + radius * math.sin(math.radians(angle)))  # fmt: skip
            inside = all(0.03 <= one <= 0.97 for one in place)
            clear = all(math.dist(place, one) >= 0.035 for one in dots)
            if inside and clear and all(math.dist(place, one) >= 0.06 for one in labels):
                return place
    return dot[0], min(0.97, dot[1] + 0.06)
