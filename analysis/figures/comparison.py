"""Figures of a comparison: for print and screen, in two languages, without colour alone.

To add one, write a function of (comparison, language) under :func:`styled`, and declare it in
``FIGURES``: it is saved, and stands in the report.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from cleanpark.analysis.figures.canvas import new_figure, one_panel
from cleanpark.analysis.figures.canvas import svg_text as svg_text
from cleanpark.analysis.figures.labels import Labelled, label_points, wrapped
from cleanpark.analysis.figures.lines import (
    COLOURS,
    GREY,
    band,
    hollow_keys,
    series,
    styled,
    years,
)
from cleanpark.analysis.figures.trajectories import trajectories as trajectories
from cleanpark.analysis.words.numbers import scale
from cleanpark.analysis.words.titles import in_language
from cleanpark.analysis.words.wording import say
from cleanpark.model.outcomes import OUTCOME_NAMES, group_names
from cleanpark.scenarios.park import catalogue_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cleanpark.analysis.comparison.comparison import Comparison


def crossing(comparison: Comparison, name: str) -> tuple[float, float, float]:
    """Extra cost to society of a scenario in CNY with its 95 % interval."""
    row = comparison.row(name, "society_cost")
    return row["difference"], row["low"], row["high"]


def arms(value: float, low: float, high: float) -> list[list[float]]:
    """Lengths of an error bar's arms; none where there are no bounds."""
    if not np.isfinite(low):
        return [[0.0], [0.0]]
    return [[max(0.0, value - low)], [max(0.0, high - value)]]


def draw_crossing(axes: Axes, comparison: Comparison, name: str, divisor: float) -> Labelled:
    """One scenario as a marker with its intervals: hollow where no change of pollution is told."""
    row = comparison.row(name, "pollution_equivalents")
    avoided = [-row[side] for side in ("percent", "percent_high", "percent_low")]
    cost = [value / divisor for value in crossing(comparison, name)]
    axes.errorbar(
        avoided[0], cost[0], xerr=arms(*avoided), yerr=arms(*cost), fmt="o", markersize=7,
        color=COLOURS[2], markerfacecolor=COLOURS[2] if row["distinguishable"] else "white",
        ecolor="#9CC3DC", elinewidth=1.0, zorder=3,
    )  # fmt: skip
    ends = [(min(values), max(values)) for values in (avoided, cost)]
    return Labelled(avoided[0], cost[0], name, reach=(ends[0], ends[1]))


@styled
def cost_reduction(comparison: Comparison, language: str) -> Figure:
    """Extra cost to society against pollution avoided, each with its 95 % interval."""
    others = [name for name in comparison.names if name != comparison.reference]
    costs = [abs(crossing(comparison, name)[0]) for name in others]
    divisor, named = scale(max(costs, default=1e6), "CNY", language)
    figure, axes = one_panel(language, (9.5, 6.4))
    axes.axhline(0, color=GREY, linewidth=0.8, zorder=1)
    axes.axvline(0, color=GREY, linewidth=0.8, zorder=1)
    marks = [draw_crossing(axes, comparison, name, divisor) for name in others]
    axes.plot([0], [0], marker="s", markersize=7, color="black", zorder=4)
    axes.margins(0.06)
    lines = (axes.get_xlim(), axes.get_ylim())
    marks.append(Labelled(0.0, 0.0, comparison.reference, reach=lines))
    base = comparison.title(comparison.reference, language)
    axes.set_xlabel(say("avoided", language, reference=base))
    axes.set_ylabel(say("society", language, unit=named))
    keys = [
        Line2D([], [], linestyle="", marker="o", color=COLOURS[2], markersize=7,
                   markerfacecolor=colour, label=say(key, language))
        for key, colour in (("clear", COLOURS[2]), ("unclear", "white"))
    ]  # fmt: skip
    figure.legend(handles=keys, loc="outside lower center", ncols=2, frameon=False)
    label_points(axes, [dataclasses.replace(one, text=comparison.title(one.text, language))
                        for one in marks])  # fmt: skip
    return figure


@styled
def who_pays(comparison: Comparison, language: str) -> Figure:
    """Change of enterprises' environmental cost per output, by size and by attitude."""
    groups = group_names([sector.name for sector in catalogue_of(comparison.ensemble.parks)])
    shown = [name for name in groups if name.startswith(("size:", "attitude:"))]
    cost = OUTCOME_NAMES.index("enterprise_cost")
    output = OUTCOME_NAMES.index("output")
    values = comparison.ensemble.groups
    places = [groups.index(name) for name in shown]
    produced = values[:, :, places, output]
    burden = np.full(produced.shape, np.nan)  # a group without enterprises has none
    np.divide(1e4 * values[:, :, places, cost], produced, out=burden, where=produced > 0.0)
    change = burden - burden[comparison.reference_place]
    mean, half = band(np.moveaxis(change, 1, 0))
    others = [k for k in range(len(comparison.names)) if k != comparison.reference_place]
    others.sort(key=lambda k: -float(np.nansum(mean[k])))
    figure = new_figure(language, (11.0, 0.42 * len(others) + 2.2), "constrained")
    panels = figure.subplots(1, 2, sharey=True, sharex=True)
    markers = ("o", "s", "D")
    rows = np.arange(len(others))
    for axes, first, title in zip(panels, (0, 3), ("by_size", "by_attitude"), strict=True):
        axes.axvline(0, color=GREY, linewidth=0.8)
        for order in range(3):
            label = say(shown[first + order].split(":")[1], language)
            bars = (mean[others, first + order], half[others, first + order])
            heights = rows + (order - 1) * 0.22
            draw_bars(axes, *bars, heights, markers[order], COLOURS[order])
            axes.plot([], [], linestyle="", marker=markers[order], color=COLOURS[order],
                      markersize=5, label=label)  # fmt: skip
        axes.set_title(say(title, language), loc="left")
        axes.legend(frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.06), ncols=3,
                    columnspacing=1.2, handletextpad=0.4)  # fmt: skip
        axes.grid(axis="x", color="#EEEEEE")
    titles = [comparison.title(comparison.names[k], language) for k in others]
    panels[0].set_yticks(rows, titles)
    panels[0].invert_yaxis()  # the first of each three above the others, as in the legend
    figure.supxlabel(say("cost_change", language), fontsize=9)
    if keys := hollow_keys(comparison, GREY, language):
        figure.legend(handles=keys, loc="outside upper center", ncols=2, frameon=False)
    return figure


def draw_bars(axes: Axes, mean: Any, half: Any, heights: Any, marker: str, colour: str) -> None:
    """Marks with intervals along a row; hollow and pale where the interval holds zero."""
    for value, reach, height in zip(mean, half, heights, strict=True):
        unclear = 0.0 < abs(value) <= reach
        axes.errorbar(value, height, xerr=reach, fmt=marker, color=colour, markersize=5, capsize=2,
                      markerfacecolor="white" if unclear else colour,
                      alpha=0.55 if unclear else 1.0)  # fmt: skip


def panel_grid(comparison: Comparison, language: str) -> tuple[Figure, list[Any]]:
    """Small multiples of shares over time: a titled panel for each scenario, years below all."""
    count = len(comparison.names)
    columns = min(5, count)
    rows = -(-count // columns)
    figure = new_figure(language, (2.4 * columns + 0.6, 2.0 * rows + 1.0), "constrained")
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    flat = list(panels.flat)
    for axes, name in zip(flat, comparison.names):
        axes.set_title(wrapped(comparison.title(name, language)), fontsize=8.5)
    for axes in flat[count:]:
        axes.set_visible(False)
    for axes in flat[max(0, count - columns) : count]:
        axes.tick_params(labelbottom=True)
        axes.set_xlabel(say("year", language))
    flat[0].set_ylim(0, 1.01)
    flat[0].yaxis.set_major_formatter(PercentFormatter(1.0, symbol=""))
    flat[0].xaxis.set_major_locator(MaxNLocator(4, integer=True))
    figure.supylabel(say("share", language), fontsize=9)
    return figure, flat[:count]


def has_audits(comparison: Comparison, scenario: int) -> bool:
    """Whether any enterprise is audited over the horizon."""
    return bool(comparison.totals[scenario, :, OUTCOME_NAMES.index("audits")].any())


@styled
def levels(comparison: Comparison, language: str) -> Figure:
    """Shares of enterprises by the level of their last audit, a panel for each scenario."""
    figure, panels = panel_grid(comparison, language)
    time = years(comparison)
    shades = ("#0072B2", "#56B4E9", "#CFE8F7", "#F0F0F0")
    hatches = ("", "//", "", "")
    for number, axes in enumerate(panels):
        shares = [
            np.nan_to_num(band(series(comparison, number, name))[0])
            for name in ("level_one", "level_two", "level_three")
        ]
        stacks = axes.stackplot(time, [*shares, 1.0 - sum(shares)], colors=shades)
        for stack, hatch in zip(stacks, hatches, strict=True):
            stack.set_hatch(hatch)
            stack.set_edgecolor("white")
        if not has_audits(comparison, number):
            axes.text(0.5, 0.5, say("no_audits", language), transform=axes.transAxes, ha="center",
                      va="center", fontsize=8.5)  # fmt: skip
    names = [say(f"level{k}", language) for k in (1, 2, 3, 0)]
    figure.legend(stacks, names, loc="outside lower center", ncols=4, frameon=False)
    return figure


@styled
def compliance(comparison: Comparison, language: str) -> Figure:
    """True against apparent compliance over time, a panel for each scenario."""
    figure, panels = panel_grid(comparison, language)
    time = years(comparison)
    styles = {"compliance_true": ("#0072B2", "-"), "compliance_apparent": ("#D55E00", "--")}
    for number, axes in enumerate(panels):
        for name, (colour, dash) in styles.items():
            mean, half = band(series(comparison, number, name))
            axes.plot(time, mean, color=colour, linestyle=dash)
            axes.fill_between(time, mean - half, mean + half, color=colour, alpha=0.2, linewidth=0)
    labels = [say("true", language), say("apparent", language)]
    figure.legend(panels[0].get_lines()[:2], labels, loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    return figure


@dataclass(frozen=True)
class ComparisonFigure:
    """A figure that is saved with a comparison and stands in its report: ``draw`` makes it of a
    comparison in a language; without a ``title`` its name is looked up among the words."""

    name: str
    draw: Callable[..., Figure]
    title: Mapping[str, str] = field(default_factory=dict)

    def titled(self, language: str) -> str:
        """The title above the figure."""
        return in_language(self.title, language) if self.title else say(self.name, language)


FIGURES = (
    ComparisonFigure("trajectories", trajectories),
    ComparisonFigure("cost_reduction", cost_reduction),
    ComparisonFigure("who_pays", who_pays),
    ComparisonFigure("levels", levels),
    ComparisonFigure("compliance", compliance),
)
"""Figures of every comparison."""


def all_figures() -> tuple[ComparisonFigure, ...]:
    """The figures that are declared."""
    return FIGURES
