"""Figures of a comparison: for print and screen, in two languages, without colour alone."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from cleanpark.analysis import fonts
from cleanpark.analysis.statistics import mean_defined
from cleanpark.analysis.wording import say, unit
from cleanpark.model.outcomes import OUTCOME_NAMES, group_names, outcome
from cleanpark.scenarios.sectors import sectors

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cleanpark.analysis.comparison import Comparison

# Okabe and Ito's colours, which the colour-blind can tell apart; lines also differ in dash.
COLOURS = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
MOST_LINES = 7
SHOWN = ("pollution_equivalents", "carbon_dioxide", "water", "compliance_true",
         "technology_level", "enterprise_cost")  # fmt: skip
GREY = "#8C8C8C"


def styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draw under the settings of the language, or in English where its font is missing."""

    @functools.wraps(draw)
    def drawn(comparison: Comparison, language: str = "en") -> Figure:
        shown = fonts.language_that_shows(language)
        with mpl.rc_context(fonts.settings(shown)):  # type: ignore[arg-type]
            figure = draw(comparison, shown)
            figure.canvas.draw()
            return figure

    return drawn


def svg_text(figure: Figure) -> str:
    """A figure as SVG, the same to the byte each time it is made."""
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "cleanpark"}):  # else names inside are new each time
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    return buffer.getvalue()


def years(comparison: Comparison) -> Any:
    """Time axis in years."""
    return 2026 + np.arange(comparison.ensemble.quarters) / 4


def series(comparison: Comparison, scenario: int, name: str) -> Any:
    """An outcome by (seed, quarter) over all parks: totals added, levels averaged."""
    place = OUTCOME_NAMES.index(name)
    values = comparison.ensemble.quarterly[scenario, :, :, :, place]
    if outcome(name).kind == "total":
        return values.sum(axis=2)
    weights = np.array([park.enterprises for park in comparison.ensemble.parks], dtype=float)
    return values @ (weights / weights.sum())


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
    """Scenarios that get a line of their own: the reference, then the largest reductions."""
    place = OUTCOME_NAMES.index("pollution_equivalents")
    mean = comparison.totals[:, :, place].mean(axis=1)
    order = [number for number in np.argsort(mean) if number != comparison.reference_place]
    if len(order) + 1 <= MOST_LINES:
        chosen = sorted(order)
    else:
        spread = np.linspace(0, len(order) - 1, MOST_LINES - 1).round().astype(int)
        chosen = sorted(order[k] for k in spread)
    return [comparison.reference_place, *(int(number) for number in chosen)]


def scale_of(name: str, values: Any, language: str) -> tuple[float, str]:
    """Divisor and label of an axis, so that its numbers stay short."""
    declared = outcome(name)
    text = unit(declared.unit, language)
    if declared.unit == "CNY":
        return 1e6, say("million", language)
    largest = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 1.0
    if largest >= 1e6:
        return 1e6, f"{'百万' if language == 'zh' else 'million '}{text}"
    if largest >= 1e4:
        return 1e3, f"{'千' if language == 'zh' else 'thousand '}{text}"
    return 1.0, text


def draw_series(axes: Axes, comparison: Comparison, name: str, language: str) -> None:
    """One panel: an outcome over time, main scenarios in colour with bands, others grey."""
    time = years(comparison)
    main = highlighted(comparison)
    reference = series(comparison, comparison.reference_place, name)
    divisor, label = scale_of(name, reference, language)
    for number in range(len(comparison.names)):
        if number not in main:
            mean, _ = band(series(comparison, number, name))
            axes.plot(time, mean / divisor, color="#CFCFCF", linewidth=0.8, zorder=1)
    for order, number in enumerate(main):
        mean, half = band(series(comparison, number, name))
        title = comparison.title(comparison.names[number], language)
        axes.plot(time, mean / divisor, color=COLOURS[order], linestyle=DASHES[order],
                  linewidth=1.5, label=title, zorder=3)  # fmt: skip
        axes.fill_between(time, (mean - half) / divisor, (mean + half) / divisor,
                          color=COLOURS[order], alpha=0.15, linewidth=0, zorder=2)  # fmt: skip
    axes.set_title(outcome(name).title[language], loc="left")
    axes.set_ylabel(
        say("quarter_unit", language, unit=label) if outcome(name).kind == "total" else label
    )
    axes.margins(x=0.01)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))


@styled
def trajectories(comparison: Comparison, language: str) -> Figure:
    """Six main outcomes over time with 95 % bands; further scenarios in light grey."""
    figure, panels = plt.subplots(2, 3, figsize=(11.5, 7.2), layout="constrained")
    for axes, name in zip(panels.flat, SHOWN, strict=True):
        draw_series(axes, comparison, name, language)
    for axes in panels[1]:
        axes.set_xlabel(say("year", language))
    handles, labels = panels.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False)
    figure.suptitle(say("trajectories", language), x=0.01, ha="left", fontweight="bold")
    return figure


def gaps(comparison: Comparison, name: str) -> Any:
    """Mean difference of a horizon total from the reference, by scenario."""
    place = OUTCOME_NAMES.index(name)
    base = comparison.totals[comparison.reference_place, :, place]
    return (comparison.totals[:, :, place] - base).mean(axis=1)


def spread_labels(axes: Axes, points: list[tuple[float, float, str]]) -> None:
    """Label points so that no two labels overlap: moved up or down along the right margin."""
    figure = axes.figure
    figure.canvas.draw()
    height = axes.get_window_extent().height
    low, high = axes.get_ylim()
    step = (high - low) * 15.0 / height
    order = sorted(range(len(points)), key=lambda k: points[k][1])
    heights = [points[k][1] for k in order]
    for _ in range(200):
        for one in range(len(heights) - 1):
            missing = step - (heights[one + 1] - heights[one])
            if missing > 0:
                heights[one] -= missing / 2
                heights[one + 1] += missing / 2
        shift = max(0.0, heights[-1] - (high - step / 2)) if heights else 0.0
        heights = [value - shift for value in heights]
    for place, k in enumerate(order):
        x, y, text = points[k]
        axes.annotate(
            text,
            xy=(x, y),
            xytext=(1.02, heights[place]),
            textcoords=axes.get_yaxis_transform(),
            va="center",
            fontsize=8,
            arrowprops={"arrowstyle": "-", "color": "#BBBBBB", "linewidth": 0.6},
            annotation_clip=False,
        )


@styled
def cost_reduction(comparison: Comparison, language: str) -> Figure:
    """Extra cost to society against pollution avoided; colour is the treasury's cost."""
    base = comparison.title(comparison.reference, language)
    place = OUTCOME_NAMES.index("pollution_equivalents")
    total = comparison.totals[comparison.reference_place, :, place].mean()
    avoided = -100.0 * gaps(comparison, "pollution_equivalents") / total
    society = gaps(comparison, "society_cost") / 1e6
    treasury = -gaps(comparison, "treasury_net") / 1e6
    others = [k for k in range(len(avoided)) if k != comparison.reference_place]
    reach = max(1e-9, float(np.abs(treasury[others]).max())) if others else 1.0
    figure, axes = plt.subplots(figsize=(9.5, 6.2), layout="constrained")
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.axvline(0, color=GREY, linewidth=0.8)
    drawn = axes.scatter(avoided[others], society[others], c=treasury[others], cmap="PuOr_r",
                         vmin=-reach, vmax=reach, s=80, edgecolors="black", zorder=3)  # fmt: skip
    axes.scatter([0], [0], marker="s", s=60, color="black", zorder=4)
    axes.margins(0.08)
    points = [
        (float(avoided[k]), float(society[k]), comparison.title(comparison.names[k], language))
        for k in range(len(avoided))
    ]
    axes.set_xlabel(say("avoided", language, reference=base))
    axes.set_ylabel(say("society", language))
    axes.set_title(say("cost_reduction", language), loc="left", fontweight="bold")
    bar = figure.colorbar(drawn, ax=axes, location="bottom", shrink=0.6, aspect=40)
    bar.set_label(say("treasury", language))
    spread_labels(axes, points)
    return figure


@styled
def who_pays(comparison: Comparison, language: str) -> Figure:
    """Change of enterprises' environmental cost per output, by size and by attitude."""
    groups = group_names([sector.name for sector in sectors()])
    shown = [name for name in groups if name.startswith(("size:", "attitude:"))]
    cost = OUTCOME_NAMES.index("enterprise_cost")
    output = OUTCOME_NAMES.index("output")
    values = comparison.ensemble.groups
    places = [groups.index(name) for name in shown]
    burden = 1e4 * values[:, :, places, cost] / values[:, :, places, output]
    change = burden - burden[comparison.reference_place]
    mean, half = band(np.moveaxis(change, 1, 0))
    others = [k for k in range(len(comparison.names)) if k != comparison.reference_place]
    others.sort(key=lambda k: mean[k].mean())
    figure, panels = plt.subplots(1, 2, figsize=(11.0, 0.42 * len(others) + 2.2), sharey=True,
                                  layout="constrained")  # fmt: skip
    markers = ("o", "s", "D")
    rows = np.arange(len(others))
    for axes, first in zip(panels, (0, 3), strict=True):
        axes.axvline(0, color=GREY, linewidth=0.8)
        for order in range(3):
            label = say(shown[first + order].split(":")[1], language)
            axes.errorbar(mean[others, first + order], rows + (order - 1) * 0.22,
                          xerr=half[others, first + order], fmt=markers[order],
                          color=COLOURS[order], markersize=5, capsize=2, label=label)  # fmt: skip
        axes.set_xlabel(say("cost_change", language))
        axes.legend(frameon=False, loc="lower right")
        axes.grid(axis="x", color="#EEEEEE")
    titles = [comparison.title(comparison.names[k], language) for k in others]
    panels[0].set_yticks(rows, titles)
    figure.suptitle(say("who_pays", language), x=0.01, ha="left", fontweight="bold")
    return figure


def panel_grid(count: int, height: float) -> tuple[Figure, list[Any]]:
    """Small multiples: a panel for each scenario."""
    columns = min(5, max(1, count))
    rows = -(-count // columns)
    figure, panels = plt.subplots(rows, columns, figsize=(2.4 * columns + 0.6, height * rows + 0.8),
                                  sharex=True, sharey=True, squeeze=False,
                                  layout="constrained")  # fmt: skip
    flat = list(panels.flat)
    for axes in flat[count:]:
        axes.set_visible(False)
    return figure, flat[:count]


@styled
def levels(comparison: Comparison, language: str) -> Figure:
    """Shares of enterprises by the level of their last audit, a panel for each scenario."""
    figure, panels = panel_grid(len(comparison.names), 1.9)
    time = years(comparison)
    shades = ("#0072B2", "#56B4E9", "#CFE8F7")
    hatches = ("", "//", "")
    for number, axes in enumerate(panels):
        shares = [
            np.nan_to_num(band(series(comparison, number, name))[0])
            for name in ("level_one", "level_two", "level_three")
        ]
        stacks = axes.stackplot(time, shares, colors=shades)
        for stack, hatch in zip(stacks, hatches, strict=True):
            stack.set_hatch(hatch)
            stack.set_edgecolor("white")
        axes.set_title(comparison.title(comparison.names[number], language), fontsize=8.5)
        axes.set_ylim(0, 1)
    names = [say(f"level{k}", language) for k in (1, 2, 3)]
    figure.legend(stacks, names, loc="outside lower center", ncols=3, frameon=False)
    figure.supylabel(say("share", language), fontsize=9)
    figure.suptitle(say("levels", language), x=0.01, ha="left", fontweight="bold")
    return figure


@styled
def compliance(comparison: Comparison, language: str) -> Figure:
    """True against apparent compliance over time, a panel for each scenario."""
    figure, panels = panel_grid(len(comparison.names), 1.9)
    time = years(comparison)
    styles = {"compliance_true": ("#0072B2", "-"), "compliance_apparent": ("#D55E00", "--")}
    for number, axes in enumerate(panels):
        for name, (colour, dash) in styles.items():
            mean, half = band(series(comparison, number, name))
            axes.plot(time, mean, color=colour, linestyle=dash)
            axes.fill_between(time, mean - half, mean + half, color=colour, alpha=0.2, linewidth=0)
        axes.set_title(comparison.title(comparison.names[number], language), fontsize=8.5)
        axes.set_ylim(0, 1)
    labels = [say("true", language), say("apparent", language)]
    figure.legend(panels[0].get_lines()[:2], labels, loc="outside lower center", ncols=2,
                  frameon=False)  # fmt: skip
    figure.supylabel(say("share", language), fontsize=9)
    figure.suptitle(say("compliance", language), x=0.01, ha="left", fontweight="bold")
    return figure
