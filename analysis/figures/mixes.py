"""Figures of a search: the best mixes, and what each budget allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.figures.canvas import new_figure, one_panel
from cleanpark.analysis.figures.drawing import StudyFigure
from cleanpark.analysis.figures.lines import COLOURS, GREY
from cleanpark.analysis.figures.policy_axes import (
    better_arrow,
    change_label,
    scaled_change,
    spread,
    wide,
    wrapped,
)
from cleanpark.analysis.policies.mixes import best_row
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.mixes import mix_labels
from cleanpark.analysis.words.numbers import large_unit, money
from cleanpark.analysis.words.studies import say
from cleanpark.analysis.words.titles import outcome_title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

MOST_PANELS = 3
LABEL_WIDTH = 100
"""Letters in a line of the list of mixes, of which two stand side by side."""
LABEL_LINES = 4
STYLES: dict[str, dict[str, Any]] = {
    "mix_held": {"marker": "o", "facecolors": COLOURS[2], "edgecolors": COLOURS[2]},
    "mix_beaten": {"marker": "o", "facecolors": "white", "edgecolors": "#555555"},
    "mix_over": {"marker": "X", "facecolors": COLOURS[1], "edgecolors": COLOURS[1]},
}
"""How a mix is drawn that holds, that another mix beats, and that exceeds the budget."""
BEHIND = {"boxstyle": "square,pad=0.05", "facecolor": "white", "alpha": 0.6, "linewidth": 0}
"""White behind a number, so that it can be read on a line."""
AROUND = tuple((radius * np.cos(turn), radius * np.sin(turn)) for radius in (12, 18, 25, 33)
               for turn in np.radians((40, 140, 320, 220, 0, 180, 90, 270)))  # fmt: skip
"""Where a number may stand beside its point, in points of print; the first free place is taken."""


def pareto(study: StudyFolder, language: str) -> Figure:
    """The first objective against each other one, as changes against the reference; below, what
    each mix sets."""
    table = study.table("pareto")
    names = study.about["settings"]["objectives"]
    others = names[1 : 1 + MOST_PANELS] or names[:1]
    lines = [wrapped(one, LABEL_WIDTH, LABEL_LINES, "     ") for one in mix_labels(study, language)]
    rows = -(-len(others) // 2)
    text = list_height(lines)
    figure = new_figure(language, (12.0, 4.3 * rows + text), "constrained")
    grid = figure.add_gridspec(rows + 1, 2, height_ratios=[4.3] * rows + [text])
    places = [(k // 2, k % 2) for k in range(len(others))]
    if len(others) == 1:
        places = [(0, slice(None))]  # type: ignore[list-item]
    panels = [figure.add_subplot(grid[place]) for place in places]
    for panel, other in zip(panels, others, strict=True):
        draw_mixes(panel, study, names[0], other, language)
    handles, titles = panels[0].get_legend_handles_labels()
    if len(others) == MOST_PANELS:
        spare = figure.add_subplot(grid[1, 1])
        spare.set_axis_off()
        spare.legend(handles, titles, loc="center", frameon=False, labelspacing=1.2)
    else:
        figure.legend(handles, titles, loc="outside upper left", ncols=3, frameon=False)
    write_list(figure.add_subplot(grid[rows, :]), lines)
    figure.canvas.draw()
    for panel, other in zip(panels, others, strict=True):
        number_points(panel, points(table, names[0], language), points(table, other, language))
    return figure


def points(table: pd.DataFrame, name: str, language: str) -> NDArray[np.float64]:
    """An objective of all mixes in the unit of its axis."""
    return table[name].to_numpy(dtype=float) / scaled_change(name, language)[0]


def bars(table: pd.DataFrame, name: str, language: str) -> NDArray[np.float64]:
    """Lengths of the error bars of an objective in the unit of its axis."""
    by = scaled_change(name, language)[0]
    value = points(table, name, language)
    return spread(value, table[f"{name}_low"] / by, table[f"{name}_high"] / by)


def states(table: pd.DataFrame) -> list[str]:
    """How each mix is drawn; exceeding the budget says more than being beaten."""
    return [
        "mix_over" if not within else "mix_held" if held else "mix_beaten"
        for held, within in zip(table["efficient"], table["within_budget"], strict=True)
    ]


def draw_mixes(panel: Axes, study: StudyFolder, first: str, other: str, language: str) -> None:
    """One panel: all mixes with intervals, the best one ringed, and the reference at zero."""
    table = study.table("pareto")
    x, y = points(table, first, language), points(table, other, language)
    panel.axhline(0.0, color="#BBBBBB", linewidth=0.8, zorder=0)
    panel.axvline(0.0, color="#BBBBBB", linewidth=0.8, zorder=0)
    panel.errorbar(x, y, xerr=bars(table, first, language), yerr=bars(table, other, language),
                   fmt="none", ecolor="#D0D0D0", elinewidth=0.9, zorder=1,
                   label=say("interval_bar", language))  # fmt: skip
    here = np.array(states(table))
    for state, style in STYLES.items():
        if (here == state).any():
            panel.scatter(x[here == state], y[here == state], s=42, zorder=3, linewidths=1.1,
                          label=say(state, language), **style)  # fmt: skip
    best = best_row(table, first)
    if best is not None:
        panel.scatter(x[[best]], y[[best]], s=150, facecolors="none", edgecolors="#111111",
                      linewidths=1.4, zorder=4,
                      label=say("mix_best", language, title=outcome_title(first, language)),
                      )  # fmt: skip
    label_axes(panel, study, first, other, language)


def label_axes(axes: Axes, study: StudyFolder, across: str, up: str, language: str) -> None:
    """What both axes show, in small letters, since there is much to say."""
    axes.set_xlabel(axis_text(study, across, language), fontsize=8.5, linespacing=1.4)
    axes.set_ylabel(axis_text(study, up, language), fontsize=8.5, linespacing=1.4)


def axis_text(study: StudyFolder, name: str, language: str) -> str:
    """An objective, that it is a change, its unit, and which way is better."""
    title = outcome_title(name, language)
    return f"{title}  {better_arrow(name, language)}\n{change_label(study, name, language)}"


def number_points(panel: Axes, x: NDArray[np.float64], y: NDArray[np.float64],
                  text: Callable[[int], str] = str) -> None:  # fmt: skip
    """Number points from 1 so that no number covers a point or another number.

    Call it once the figure was drawn: places are those of print.
    """
    dots = panel.transData.transform(np.column_stack([x, y])) * 72 / panel.figure.dpi
    taken: list[NDArray[np.float64]] = []
    for number, dot in enumerate(dots):
        half = np.array([2.2 * wide(text(number + 1)) + 1.0, 4.5])
        free = [crowded(dot + offset, half, dots, taken) for offset in AROUND]
        offset = AROUND[int(np.argmin(free))]
        taken.append(np.array([*(dot + offset), *half]))
        line = {"arrowstyle": "-", "color": GREY, "linewidth": 0.5, "shrinkA": 4, "shrinkB": 3}
        found = panel.annotate(
            text(number + 1), (x[number], y[number]), xytext=offset, textcoords="offset points",
            fontsize=7.5, ha="center", va="center", zorder=6,
            bbox=BEHIND, arrowprops=line if np.hypot(*offset) > 13 else None,
        )  # fmt: skip
        found.set_in_layout(False)


def crowded(
    middle: NDArray[np.float64], half: NDArray[np.float64], dots: NDArray[np.float64],
    taken: Sequence[NDArray[np.float64]],
) -> int:  # fmt: skip
    """How many points and numbers a number here would cover."""
    gaps = np.abs(dots - middle) - half
    found = int((gaps < 6.0).all(axis=1).sum())
    return found + sum(bool((np.abs(one[:2] - middle) < half + one[2:]).all()) for one in taken)


def list_height(lines: Sequence[str]) -> float:
    """Inches that the longer of the two columns of the list takes."""
    half = -(-len(lines) // 2)
    longest = max(sum(one.count("\n") + 1 for one in part) for part in (lines[:half], lines[half:]))
    return 0.3 + 0.128 * longest


def write_list(axes: Axes, lines: Sequence[str]) -> None:
    """What each mix sets, in two columns."""
    axes.set_axis_off()
    half = -(-len(lines) // 2)
    for across, part in ((0.0, lines[:half]), (0.5, lines[half:])):
        axes.text(across, 1.0, "\n".join(part), va="top", fontsize=6.5, linespacing=1.3,
                  transform=axes.transAxes).set_in_layout(False)  # fmt: skip


def budget(study: StudyFolder, language: str) -> Figure:
    """The best first objective against what it does to the treasury: a step per mix, each the best
    for all budgets down to the next one."""
    mixes = study.table("pareto").set_index("mix")
    allowed = study.table("budget").drop_duplicates("mix")
    table = mixes.loc[allowed["mix"]].reset_index()
    first = study.about["settings"]["objectives"][0]
    figure, axes = one_panel(language, (7.6, 4.8))
    x, y = points(table, "treasury_net", language), points(table, first, language)
    across = bars(table, "treasury_net", language) if "treasury_net_low" in table else None
    axes.errorbar(x, y, xerr=across, yerr=bars(table, first, language), fmt="o", capsize=3,
                  color=COLOURS[2], ecolor="#8FB8D6", label=say("mix_interval", language),
                  zorder=3)  # fmt: skip
    limit = mark_amounts(axes, study, x, language)
    end = min([limit, *x]) if limit is not None else x.min()
    axes.step([*x, end], [*y, y[-1]], where="post", color=COLOURS[2], linewidth=1.4, zorder=4)
    label_axes(axes, study, "treasury_net", first, language)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=8)
    figure.canvas.draw()
    told = [str(int(one.removeprefix("mix-"))) for one in table["mix"]]
    number_points(axes, x, y, lambda k: say("mix_number", language, number=told[k - 1]))
    return figure


def mark_amounts(
    axes: Axes, study: StudyFolder, x: NDArray[np.float64], language: str
) -> float | None:
    """Lines where the treasury neither gains nor loses, and at the budget; returns the latter
    unless there is none, or it is so large that it would squeeze all else."""
    axes.axvline(0.0, color="#333333", linewidth=0.9, label=say("no_change", language))
    given, divisor = study.about["settings"]["budget"], large_unit("CNY", language)[0]
    if given is None or given / divisor > 3 * max(1e6 / divisor, float(np.abs(x).max())):
        return None
    axes.axvline(-given / divisor, color=COLOURS[1], linestyle="--", linewidth=1.2,
                 label=say("the_budget", language, amount=money(given, language)))  # fmt: skip
    return float(-given / divisor)


PARETO = StudyFigure("pareto", pareto)
BUDGET = StudyFigure("budget", budget, lambda study: len(study.table("budget")) > 0)
