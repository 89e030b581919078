"""Figures of a comparison: for print and screen, in two languages, without colour alone.

To add one, write a function of (comparison, language) under :func:`styled`, and declare it in
``FIGURES``: it is saved, and stands in the report.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

from cleanpark.analysis.figures import fonts
from cleanpark.analysis.figures.canvas import finished, new_figure, one_panel
from cleanpark.analysis.figures.canvas import svg_text as svg_text
from cleanpark.analysis.figures.labels import Labelled, label_lines, label_points, wrapped
from cleanpark.analysis.statistics.paired import mean_defined
from cleanpark.analysis.words.numbers import scale
from cleanpark.analysis.words.titles import in_language
from cleanpark.analysis.words.wording import say
from cleanpark.model.outcomes import OUTCOME_NAMES, group_names, outcome
from cleanpark.scenarios.park import catalogue_of
from cleanpark.scenarios.scenario import packaged_names

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cleanpark.analysis.comparison.comparison import Comparison

# Okabe and Ito's colours, which the colour-blind can tell apart; lines also differ in dash.
COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
MOST_LINES = 7
"""Lines, the reference's with them, where no policy was asked for by name; and colours."""
SHOWN = ("pollution_equivalents", "carbon_dioxide", "water", "compliance_true",
         "technology_level", "enterprise_cost")  # fmt: skip
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

    Of all packaged policies the first few; policies that were asked for by name have one each.
    """
    place = OUTCOME_NAMES.index("pollution_equivalents")
    mean = comparison.totals[:, :, place].mean(axis=1)
    order = [int(k) for k in np.argsort(mean, kind="stable") if k != comparison.reference_place]
    most = MOST_LINES - 1 if set(comparison.names) >= set(packaged_names()) else len(order)
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


def draw_level(axes: Axes, comparison: Comparison, name: str, language: str) -> None:
    """The reference's own level over time with its band, as a thin panel."""
    mean, half = band(series(comparison, comparison.reference_place, name))
    divisor, named = axis_unit(mean, name, language)
    time = years(comparison)
    axes.plot(time, mean / divisor, color=COLOURS[0], linewidth=1.2)
    axes.fill_between(time, (mean - half) / divisor, (mean + half) / divisor,
                      color=COLOURS[0], alpha=0.12, linewidth=0)  # fmt: skip
    axes.set_title(in_language(outcome(name).title, language), loc="left")
    axes.set_ylabel(wrapped(named, 16), fontsize=7.5)
    axes.yaxis.set_major_locator(MaxNLocator(3))
    axes.tick_params(labelbottom=False, labelsize=7.5)
    axes.text(0.02, 0.96, comparison.title(comparison.reference, language),
              transform=axes.transAxes, va="top", fontsize=7.5)  # fmt: skip


def draw_gaps(axes: Axes, comparison: Comparison, name: str, language: str) -> list[Labelled]:
    """Paired differences over time, the main scenarios with bands, the others grey.

    Returns the ends of the lines with the labels that belong to them.
    """
    main = highlighted(comparison)[1:]
    rest = [k for k in range(len(comparison.names)) if k not in highlighted(comparison)]
    found = {number: gap(comparison, number, name) for number in (*main, *rest)}
    means = [mean for mean, _ in found.values()]
    divisor, named = axis_unit(np.array(means or [0.0]), name, language)
    if named == "%":
        named = say("points", language, value="").strip()
    time = years(comparison)
    axes.axhline(0, color=COLOURS[0], linewidth=1.0, zorder=2)
    for number in rest:
        axes.plot(time, found[number][0] / divisor, color=PALE, linewidth=1.0, zorder=1)
    ends = []
    for order, number in enumerate(main, start=1):
        colour, dash = line_style(order)
        mean, half = (values / divisor for values in found[number])
        axes.plot(time, mean, color=colour, linestyle=dash, linewidth=1.4, zorder=3)
        axes.fill_between(time, mean - half, mean + half, color=colour, linewidth=0, zorder=2,
                          alpha=0.15 if len(main) < MOST_LINES else 0.07)  # fmt: skip
        title = wrapped(comparison.title(comparison.names[number], language), 18)
        if np.isfinite(mean[-1]):
            told = comparison.row(comparison.names[number], name)["distinguishable"]
            axes.plot(time[-1], mean[-1], marker="o", markersize=5, color=colour, zorder=4,
                      markerfacecolor=colour if told else "white", clip_on=False)  # fmt: skip
            ends.append(Labelled(time[-1], mean[-1], title, colour, dash))
    axes.set_ylabel(wrapped(say("gap", language, unit=named), 34), fontsize=7.5)
    return ends


@styled
def trajectories(comparison: Comparison, language: str) -> Figure:
    """Six main outcomes over time: the reference's level, below it the paired differences.

    The lines with 95 % bands are the policies asked for, of all packaged ones those that cut
    pollution most, with the others grey. A hollow mark at the end of a line: over the whole
    horizon the difference is not distinguishable from none.
    """
    height = 11.5 * max(1.0, len(highlighted(comparison)) / (MOST_LINES + 1))
    figure = new_figure(language, (11.0, height))
    cells = figure.add_gridspec(3, 2, left=0.075, right=0.855, top=0.975, bottom=0.075,
                                hspace=0.2, wspace=0.67)  # fmt: skip
    for place, name in enumerate(SHOWN):
        row, column = divmod(place, 2)
        inner = cells[row, column].subgridspec(2, 1, height_ratios=(1, 2.8), hspace=0.1)
        above = figure.add_subplot(inner[0])
        draw_level(above, comparison, name, language)
        below = figure.add_subplot(inner[1], sharex=above)
        ends = draw_gaps(below, comparison, name, language)
        below.margins(x=0.01)
        below.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        below.tick_params(labelsize=7.5)
        label_lines(below, ends)
        if row == 2:
            below.set_xlabel(say("year", language))
    keys = hollow_keys(comparison, GREY, language)
    if len(comparison.names) > len(highlighted(comparison)):
        keys.append(Line2D([], [], color=PALE, label=say("others", language)))
    if keys:
        figure.legend(handles=keys, loc="lower center", ncols=3, frameon=False)
    return figure


def hollow_keys(comparison: Comparison, colour: str, language: str) -> list[Line2D]:
    """What full and hollow marks mean; nothing where no interval exists."""
    if len(comparison.ensemble.seeds) < 2 or len(comparison.names) < 2:
        return []
    return [
        Line2D([], [], linestyle="", marker="o", color=colour, markersize=6,
               markerfacecolor=face, label=say(key, language))
        for key, face in (("told", colour), ("unclear", "white"))
    ]  # fmt: skip


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
