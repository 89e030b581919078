"""Main outcomes of a comparison over time: in one panel each, or a panel for each policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from cleanpark.analysis.figures.canvas import new_figure
from cleanpark.analysis.figures.labels import Labelled, label_lines, wrapped
from cleanpark.analysis.figures.lines import (
    COLOURS,
    GREY,
    MOST_LINES,
    PALE,
    axis_unit,
    band,
    gap,
    highlighted,
    hollow_keys,
    line_style,
    series,
    styled,
    years,
)
from cleanpark.analysis.words.titles import in_language
from cleanpark.analysis.words.wording import say
from cleanpark.model.outcomes import outcome

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cleanpark.analysis.comparison.comparison import Comparison

SHOWN = ("pollution_equivalents", "carbon_dioxide", "water", "compliance_true",
         "technology_level", "enterprise_cost")  # fmt: skip

BEYOND = 4.0
"""A policy that reaches so many times as far as the middle one has a scale of its own."""


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
            draw_end(axes, comparison, number, name, (time[-1], mean[-1], colour))
            ends.append(Labelled(time[-1], mean[-1], title, colour, dash))
    axes.set_ylabel(wrapped(say("gap", language, unit=named), 34), fontsize=7.5)
    return ends


def draw_end(
    axes: Axes, comparison: Comparison, number: int, name: str, end: tuple[float, float, str]
) -> None:
    """The mark at the end of a line (x, y, colour), hollow where no difference is told."""
    x, y, colour = end
    told = comparison.row(comparison.names[number], name)["distinguishable"]
    axes.plot(x, y, marker="o", markersize=5, color=colour, zorder=5,
              markerfacecolor=colour if told else "white", clip_on=False)  # fmt: skip


@styled
def trajectories(comparison: Comparison, language: str) -> Figure:
    """Six main outcomes over time: the reference's level, below it the paired differences.

    The lines with 95 % bands are the policies asked for; where none was named, those that cut
    pollution most, with the others grey. More than six that were named have a row of panels each.
    A filled or hollow mark at the end of a line: over the whole horizon the difference is, or is
    not, distinguishable from none.
    """
    if len(highlighted(comparison)) > MOST_LINES:
        return by_policy(comparison, language)
    return together(comparison, language)


def together(comparison: Comparison, language: str) -> Figure:
    """All policies in one panel for each outcome, labelled at their lines."""
    figure = new_figure(language, (11.0, 11.5))
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


def by_policy(comparison: Comparison, language: str) -> Figure:
    """A column for each outcome: above the reference's level, below a panel for each policy."""
    main = highlighted(comparison)[1:]
    figure = new_figure(language, (13.5, 0.95 * len(main) + 2.6))
    inches = figure.get_figheight()
    heights = [1.0, 0.1, *(1.0 for _ in main)]  # below the level is room for a unit
    cells = figure.add_gridspec(len(heights), len(SHOWN), left=0.135, right=0.985,
                                height_ratios=heights, top=1.0 - 0.75 / inches,
                                bottom=0.95 / inches, hspace=0.22, wspace=0.34)  # fmt: skip
    for column, name in enumerate(SHOWN):
        above = figure.add_subplot(cells[0, column])
        draw_level(above, comparison, name, language)
        unit = above.get_ylabel().replace("\n", "" if language == "zh" else " ")
        title = f"{wrapped(above.get_title(loc='left'), 24)}\n{wrapped(unit, 30)}"
        above.set_title(title, loc="left", fontsize=8.5)
        above.set_ylabel("")
        rows = [figure.add_subplot(cells[row, column], sharex=above)
                for row in range(2, len(heights))]  # fmt: skip
        draw_rows(rows, comparison, name, language)
        rows[-1].tick_params(labelbottom=True)
        rows[-1].set_xlabel(say("year", language), fontsize=8)
        if column == 0:
            titles = [comparison.title(comparison.names[number], language) for number in main]
            for axes, title in zip([above, *rows], ["", *titles], strict=True):
                axes.text(-0.36, 0.5, wrapped(title, 18), transform=axes.transAxes, ha="right",
                          va="center", fontsize=8.5)  # fmt: skip
    keys = hollow_keys(comparison, COLOURS[2], language)
    keys += [Line2D([], [], color=PALE, label=say("others", language))]
    figure.legend(handles=keys, loc="lower center", ncols=3, frameon=False)
    return figure


def draw_rows(rows: list[Axes], comparison: Comparison, name: str, language: str) -> None:
    """One outcome's paired differences, a panel for each policy before all the others, pale.

    All have one scale, but for a policy that reaches so far beyond the rest that they would
    look flat: it has its own, which its panel says.
    """
    main = highlighted(comparison)[1:]
    found = {number: gap(comparison, number, name) for number in main}
    divisor, named = axis_unit(np.array([mean for mean, _ in found.values()]), name, language)
    named = say("points", language, value="").strip() if named == "%" else named
    found = {number: (mean / divisor, half / divisor) for number, (mean, half) in found.items()}
    shared, time = shared_reach(found), years(comparison)
    for axes, number in zip(rows, main, strict=True):
        mean, half = found[number]
        axes.axhline(0, color=COLOURS[0], linewidth=0.8, zorder=2)
        for other in main:
            if other != number:
                axes.plot(time, found[other][0], color=PALE, linewidth=0.7, zorder=1)
        axes.plot(time, mean, color=COLOURS[2], linewidth=1.5, zorder=4)
        axes.fill_between(time, mean - half, mean + half, color=COLOURS[2], alpha=0.2,
                          linewidth=0, zorder=3)  # fmt: skip
        draw_end(axes, comparison, number, name, (time[-1], mean[-1], COLOURS[2]))
        set_reach(axes, reach_of(mean, half), shared, language)
        axes.margins(x=0.02)
        axes.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        axes.yaxis.set_major_locator(MaxNLocator(3))
        axes.tick_params(axis="x", labelsize=7, labelbottom=False)
        axes.tick_params(axis="y", labelsize=7)
    unit = wrapped(say("gap", language, unit=named), 34)
    rows[0].set_title(unit, loc="left", fontsize=7, pad=2.5)


def reach_of(mean: Any, half: Any) -> tuple[float, float]:
    """Lowest and highest of a line with its band; zero is always among them."""
    low, high = mean - half, mean + half
    low, high = low[np.isfinite(low)], high[np.isfinite(high)]
    return float(low.min(initial=0.0)), float(high.max(initial=0.0))


def shared_reach(found: Mapping[int, tuple[Any, Any]]) -> tuple[float, float]:
    """The scale of those policies that reach less than so many times what the middle one does."""
    ends = np.array([reach_of(*one) for one in found.values()])
    sizes = np.ptp(ends, axis=1)
    kept = ends[sizes <= BEYOND * np.median(sizes)]
    return float(kept[:, 0].min()), float(kept[:, 1].max())


def set_reach(
    axes: Axes, ends: tuple[float, float], shared: tuple[float, float], language: str
) -> None:
    """Give a panel the shared scale, or its own where its line would leave that, and say so."""
    own = ends[0] < shared[0] or ends[1] > shared[1]
    low, high = ends if own else shared
    room = 0.06 * (high - low) or 1.0
    axes.set_ylim(low - room, high + room)
    if own:
        axes.text(0.97, 0.95, say("own_scale", language), transform=axes.transAxes, va="top",
                  ha="right", fontsize=7, color=COLOURS[1])  # fmt: skip
        axes.tick_params(axis="y", labelcolor=COLOURS[1])
