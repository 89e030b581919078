"""Figures of studies: for print and screen, in two languages, without colour alone.

To add one, write a function of (:class:`StudyFolder`, language), declare it as a
:class:`~cleanpark.analysis.figures.drawing.StudyFigure`, and name it in the kinds of study that
have it (``analysis/pages/kinds.py``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import PowerNorm
from matplotlib.ticker import FixedLocator, FuncFormatter

from cleanpark.analysis.figures.canvas import one_panel
from cleanpark.analysis.figures.drawing import StudyFigure
from cleanpark.analysis.figures.labels import number_points, stacked
from cleanpark.analysis.figures.lines import COLOURS, DASHES, GREY
from cleanpark.analysis.figures.panels import in_lines, joined, legend, panels
from cleanpark.analysis.figures.policy_axes import scaled
from cleanpark.analysis.sensitivity.method import DUMMY
from cleanpark.analysis.sensitivity.methods import method_named
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.studies import PAIR, index_words, say, title_of
from cleanpark.analysis.words.titles import outcome_title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 15
MOST_LINES = 6
MOST_OUTCOMES = 4
MOST_NUMBERED = 5
"""Parameters of each outcome that carry a number in the plane of Morris' effects."""
SEEN = (-0.1, 1.3)
"""Least and greatest index that the figure of convergence shows."""
PALE: dict[str, Any] = {"alpha": 0.45, "hatch": "//"}


def label(study: StudyFolder, name: str, language: str, width: int = 34) -> str:
    """A parameter's title in up to three lines."""
    return in_lines(title_of(study, name, language), width)


def horizon(study: StudyFolder, name: str, index: str) -> pd.DataFrame:
    """Rows of one index of one outcome over the horizon, largest first."""
    table = study.table("indices")
    rows = table[(table["outcome"] == name) & (table["index"] == index) & (table["quarter"] == "")]
    return rows.sort_values("value", ascending=False, kind="stable")


def shown_outcomes(study: StudyFolder) -> list[str]:
    """The outcomes that get a panel."""
    return list(study.about["outcomes"])[:MOST_OUTCOMES]


def scale(study: StudyFolder, name: str, language: str) -> tuple[float, str]:
    """Divisor and unit of an index: effects have the outcome's unit, the others none."""
    return scaled(name, language) if in_unit_of_outcome(study) else (1.0, "")


def sensitivity_bars(study: StudyFolder, language: str) -> Figure:
    """The method's indices with intervals, largest first; pale where not converged."""
    indices = list(method_named(study.kind).bars)
    count = min(MOST_BARS, len(study.names()))
    figure, axes, spare = panels(language, len(shown_outcomes(study)), 6.2, 1.2 + 0.4 * count)
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        draw_bars(panel, study, name, indices, language)
    legend(figure, spare, bar_handles(study, indices, language))
    return figure


def bar_handles(study: StudyFolder, indices: Sequence[str], language: str) -> list[Artist]:
    """What colours, paleness, whiskers and the dummy's line mean."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Artist] = [
        Patch(color=COLOURS[2 - number], label=index_words(index, language))
        for number, index in enumerate(indices)
    ]
    table = study.table("indices")
    shown = table[table["index"].isin(indices) & (table["quarter"] == "")]
    if not shown["converged"].astype(bool).all():
        handles.append(Patch(facecolor="#999999", label=say("not_converged", language), **PALE))
    handles.append(
        Line2D([], [], color="#333333", linewidth=0.9, label=say("interval_95", language))
    )
    if (shown["parameter"] == DUMMY).any():
        handles.append(Line2D([], [], color=GREY, linestyle="--", label=say("dummy", language)))
    return handles


def draw_bars(axes: Axes, study: StudyFolder, name: str, indices: list[str], language: str) -> None:
    """One outcome's bars."""
    order = [one for one in horizon(study, name, indices[0])["parameter"] if one != DUMMY]
    shown = order[:MOST_BARS]
    places = np.arange(len(shown))
    divisor, told = scale(study, name, language)
    height = 0.8 / len(indices)
    for number, index in enumerate(indices):
        rows = horizon(study, name, index).set_index("parameter").reindex(shown)
        offset = (number - (len(indices) - 1) / 2) * height
        draw_bar_row(axes, rows, divisor, places + offset, height * 0.9, COLOURS[2 - number])
    draw_dummy(axes, horizon(study, name, indices[0]), divisor)
    axes.set_yticks(
        places, [label(study, one, language) for one in shown], fontsize=7, linespacing=1.3
    )
    axes.set_ylim(len(shown) - 0.5, -0.5)
    axes.axvline(0.0, color="#333333", linewidth=0.6)
    axes.set_title(outcome_title(name, language), loc="left")
    left_out = len(order) - len(shown)
    note = say("left_out", language, count=left_out) if left_out else ""
    what = index_words(indices[0] if len(indices) == 1 else "index", language)
    axes.set_xlabel(joined(what, told, note))


def draw_bar_row(
    axes: Axes, rows: pd.DataFrame, divisor: float, places: Any, height: float, colour: str
) -> None:
    """Bars of one index with whiskers; pale and hatched where it has not converged."""
    value, low, high = (
        rows[key].to_numpy(dtype=float) / divisor for key in ("value", "low", "high")
    )
    sure = rows["converged"].fillna(False).astype(bool).to_numpy()
    bars = axes.barh(places, value, height, color=colour, zorder=2)
    for bar, converged in zip(bars, sure, strict=True):
        if not converged:
            bar.set(**PALE)
    spread = np.nan_to_num(np.maximum(0.0, np.array([value - low, high - value])))
    axes.errorbar(np.nan_to_num(value), places, xerr=spread, fmt="none", ecolor="#333333",
                  elinewidth=0.9, capsize=2, zorder=3)  # fmt: skip


def draw_dummy(axes: Axes, rows: pd.DataFrame, divisor: float) -> None:
    """The line up to which the method's estimates say nothing."""
    dummy = rows[rows["parameter"] == DUMMY]["high"].dropna()
    if len(dummy):
        axes.axvline(float(dummy.iloc[0]) / divisor, color=GREY, linestyle="--", linewidth=1,
                     zorder=4)  # fmt: skip


def convergence(study: StudyFolder, language: str) -> Figure:
    """The main index of the leading parameters against the number of runs."""
    from matplotlib.patches import Patch

    figure, axes, spare = panels(language, len(shown_outcomes(study)), 6.2, 3.6)
    clipped = False
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        table = study.table("convergence")
        rows = table[(table["outcome"] == name) & (table["parameter"] != DUMMY)]
        panel.set_title(outcome_title(name, language), loc="left")
        if rows["value"].notna().any():
            clipped |= draw_convergence(panel, study, rows[rows["value"].notna()], name, language)
        else:
            panel.text(0.5, 0.5, say("undefined", language), ha="center")
    handles: list[Artist] = [Patch(facecolor="#DDDDDD", label=say("band", language))]
    if clipped:
        told = say("clipped", language, low=SEEN[0], high=SEEN[1])
        handles.append(Patch(facecolor="none", label=told))
    legend(figure, spare, handles)
    return figure


def draw_convergence(
    panel: Axes, study: StudyFolder, rows: pd.DataFrame, name: str, language: str
) -> bool:
    """One outcome's lines, each labelled where it ends; whether some of it is out of sight."""
    divisor, told = scale(study, name, language)
    last = rows[rows["runs"] == rows["runs"].max()]
    leading = last.sort_values("value", ascending=False, kind="stable").head(MOST_LINES)
    for number, one in enumerate(leading["parameter"]):
        line = rows[rows["parameter"] == one]
        value, low, high = (line[key].to_numpy(dtype=float) / divisor
                            for key in ("value", "low", "high"))  # fmt: skip
        panel.plot(line["runs"], value, color=COLOURS[number], marker="o", markersize=3,
                   linestyle=DASHES[number])  # fmt: skip
        panel.fill_between(line["runs"].to_numpy(), low, high, color=COLOURS[number], alpha=0.12,
                           linewidth=0)  # fmt: skip
    panel.set_xscale("log", base=2)
    panel.xaxis.set_major_locator(FixedLocator(sorted(set(rows["runs"]))))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    panel.set_xlabel(say("runs_axis", language))
    panel.set_ylabel(joined(index_words(str(last["index"].iloc[0]), language), told))
    clipped = not in_unit_of_outcome(study) and clip(panel)
    titles = [label(study, one, language, 40) for one in leading["parameter"]]
    label_ends(panel, float(rows["runs"].max()), (leading["value"] / divisor).to_list(), titles)
    return clipped


def clip(panel: Axes) -> bool:
    """Keep to indices that can be; whether anything lies beyond."""
    low, high = panel.get_ylim()
    panel.set_ylim(max(low, SEEN[0]), min(high, SEEN[1]))
    return low < SEEN[0] or high > SEEN[1]


def label_ends(panel: Axes, right: float, ends: Sequence[float], titles: Sequence[str]) -> None:
    """Labels to the right of the lines' ends, the largest at the top, none over another."""
    low, high = panel.get_ylim()
    sizes = [0.028 + 0.038 * (one.count("\n") + 1) for one in titles]
    places = stacked([min(1.0, (end - low) / (high - low)) for end in ends], sizes)
    for number, (end, title, place) in enumerate(zip(ends, titles, places, strict=True)):
        panel.annotate(
            title, xy=(right, min(end, high)), xytext=(1.08, place), va="center", fontsize=6.5,
            textcoords="axes fraction", color=COLOURS[number], annotation_clip=False,
            linespacing=1.3,
            arrowprops={"arrowstyle": "-", "color": COLOURS[number], "linewidth": 0.6,
                        "relpos": (0, 0.5), "shrinkA": 1, "shrinkB": 3},
        )  # fmt: skip


def over_time(study: StudyFolder, language: str) -> Figure:
    """The main index of each parameter in every quarter, as a heat map on one scale."""
    count = min(MOST_BARS, len(study.names()))
    figure, axes, spare = panels(language, len(shown_outcomes(study)), 6.2, 1.1 + 0.34 * count)
    main = method_named(study.kind).main.name
    norm = PowerNorm(0.5, vmin=0.0, vmax=1.0)
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        draw_over_time(panel, study, name, main, norm, language)
    image = ScalarMappable(norm, "cividis")
    what = "share_of_largest" if in_unit_of_outcome(study) else main
    told = joined(index_words(what, language), say("root_scale", language))
    ticks = [0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0]
    if spare is None:
        bar = figure.colorbar(image, ax=axes, shrink=0.9, label=told, ticks=ticks)
    else:
        place = spare.inset_axes((0.1, 0.5, 0.8, 0.07))
        bar = figure.colorbar(image, cax=place, orientation="horizontal", label=told, ticks=ticks)
    bar.ax.tick_params(labelsize=7)
    bar.set_ticklabels([f"{one:g}" for one in ticks])
    return figure


def draw_over_time(
    panel: Axes, study: StudyFolder, name: str, main: str, norm: Any, language: str
) -> None:
    """One outcome's heat map; effects as shares of the largest, undefined quarters grey."""
    table = study.table("indices")
    rows = table[(table["outcome"] == name) & (table["index"] == main)]
    rows = rows[(rows["quarter"] != "") & (rows["parameter"] != DUMMY)]
    wide = rows.pivot(index="parameter", columns="quarter", values="value")
    wide = wide.loc[wide.mean(axis=1).sort_values(ascending=False, kind="stable").index[:MOST_BARS]]
    values = wide.to_numpy(dtype=float)
    if in_unit_of_outcome(study):
        values = values / max(1e-300, float(np.nanmax(values, initial=0.0)))
    colours = mpl.colormaps["cividis"].with_extremes(bad="#E4E4E4")
    panel.imshow(np.ma.masked_invalid(np.clip(values, 0.0, 1.0)), aspect="auto", cmap=colours,
                 norm=norm, interpolation="nearest")  # fmt: skip
    panel.set_yticks(range(len(wide)), [label(study, one, language) for one in wide.index],
                     fontsize=7, linespacing=1.3)  # fmt: skip
    places, years = year_ticks(list(wide.columns))
    panel.set_xticks(places, years, fontsize=7)
    panel.set_title(outcome_title(name, language), loc="left")


def year_ticks(quarters: Sequence[str], most: int = 8) -> tuple[list[int], list[str]]:
    """Places of first quarters, and their years; every quarter where there is no whole year.

    >>> year_ticks(["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"])
    ([2], ['2027'])
    """
    firsts = [place for place, one in enumerate(quarters) if one.endswith("Q1")]
    if not firsts:
        return list(range(len(quarters))), list(quarters)
    chosen = firsts[:: math.ceil(len(firsts) / most)]
    return chosen, [quarters[place].partition("-")[0] for place in chosen]


def interactions(study: StudyFolder, language: str) -> Figure:
    """Second-order indices as a matrix; hatched where they may be zero, else with a dot."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    figure, axes, spare = panels(
        language, len(shown_outcomes(study)), 6.2, 2.4 + 0.34 * len(study.names())
    )
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        draw_pairs(panel, study, name, language)
    noise = Patch(
        facecolor="#EEEEEE", edgecolor="#BBBBBB", hatch="///", label=say("noise", language)
    )
    dot = Line2D([], [], marker="o", linestyle="none", color="#111111",
                 label=say("sure_pair", language))  # fmt: skip
    legend(figure, spare, [noise, dot])
    return figure


def sure_pairs(study: StudyFolder) -> pd.DataFrame:
    """Pairs whose interaction lies above zero beyond doubt, of the outcomes shown."""
    table = study.table("indices")
    table = table[table["outcome"].isin(shown_outcomes(study))]
    return table[(table["index"] == "second") & (table["quarter"] == "") & (table["low"] > 0)]


def draw_pairs(panel: Axes, study: StudyFolder, name: str, language: str) -> None:
    """One outcome's matrix: coloured only what lies above zero beyond doubt."""
    from matplotlib.patches import Rectangle

    names = study.names()
    matrix = np.full((len(names), len(names)), np.nan)
    for row in horizon(study, name, "second").to_dict("records"):
        j, k = (names.index(part) for part in row["parameter"].split(PAIR))
        if row["low"] > 0:
            matrix[k, j] = row["value"]
            panel.plot(j, k, "o", color="#111111", markeredgecolor="white", markersize=5)
        else:
            panel.add_patch(Rectangle((j - 0.5, k - 0.5), 1, 1, facecolor="#EEEEEE",
                                      edgecolor="#BBBBBB", hatch="///", linewidth=0))  # fmt: skip
    titles = [label(study, one, language, 30) for one in names]
    if np.isfinite(matrix).any():
        image = panel.imshow(matrix, cmap="viridis_r", vmin=0.0, vmax=float(np.nanmax(matrix)))
        panel.figure.colorbar(image, ax=panel, label=index_words("second", language), shrink=0.8)
    panel.set(xlim=(-0.5, len(names) - 1.5), ylim=(len(names) - 0.5, 0.5), aspect="equal")
    panel.set_xticks(range(len(names) - 1), titles[:-1], rotation=90, fontsize=6, linespacing=1.3)
    panel.set_yticks(range(1, len(names)), titles[1:], fontsize=6, linespacing=1.3)
    panel.set_title(outcome_title(name, language), loc="left")


def morris_plane(study: StudyFolder, language: str) -> Figure:
    """Mean absolute effect against its spread: what matters, and what matters unevenly."""
    from matplotlib.lines import Line2D

    numbers = numbered(study)
    figure, axes, spare = panels(language, len(shown_outcomes(study)), 5.4, 4.2)
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        draw_plane(panel, study, name, numbers, language)
    width = 62 if spare is not None else 48
    handles: list[Artist] = [
        Line2D(
            [],
            [],
            linestyle="none",
            label=f"{number}  " + label(study, one, language, width).replace("\n", "\n     "),
        )
        for one, number in numbers.items()
    ]
    handles.append(Line2D([], [], color=GREY, linewidth=0.8, linestyle=":",
                          label=in_lines(say("even", language), width)))  # fmt: skip
    handles.append(
        Line2D([], [], color="#AAAAAA", linewidth=0.8, label=say("interval_95", language))
    )
    if spare is None:  # the list below the panels takes no height from them
        lines = sum(str(one.get_label()).count("\n") + 1.5 for one in handles)
        figure.set_figheight(figure.get_figheight() + 0.075 * lines)
    legend(figure, spare, handles, 2)
    return figure


def numbered(study: StudyFolder) -> dict[str, int]:
    """Numbers of the leading parameters, the same in every panel."""
    leading: dict[str, int] = {}
    for name in shown_outcomes(study):
        rows = horizon(study, name, "mu_star")
        rows = rows[rows["value"] > 0]
        for one in rows["parameter"].head(MOST_NUMBERED):
            leading.setdefault(str(one), len(leading) + 1)
    return leading


def draw_plane(
    panel: Axes, study: StudyFolder, name: str, numbers: dict[str, int], language: str
) -> None:
    """One outcome's effects; the leading ones carry their numbers."""
    star = horizon(study, name, "mu_star").set_index("parameter")
    sigma = horizon(study, name, "sigma").set_index("parameter").reindex(star.index)
    divisor, told = scale(study, name, language)
    x, low, high = (star[key].to_numpy(dtype=float) / divisor for key in ("value", "low", "high"))
    y = sigma["value"].to_numpy(dtype=float) / divisor
    spread = np.nan_to_num(np.array([x - low, high - x]))
    panel.errorbar(x, y, xerr=np.maximum(0.0, spread), fmt="o", color=COLOURS[2],
                   ecolor="#AAAAAA", markersize=4, elinewidth=0.8)  # fmt: skip
    most = float(np.nanmax([*x, *y, 1e-12])) * 1.1
    panel.plot([0, most], [0, most], color=GREY, linewidth=0.8, linestyle=":")
    right = max(most, float(np.nanmax([*high, 0.0])) * 1.03)
    panel.set(xlim=(0, right), ylim=(-0.03 * most, most))
    led = list(star.index[:MOST_NUMBERED])
    dots = list(zip(x / right, (y / most + 0.03) / 1.03, strict=True))
    texts = [str(numbers[one]) for one in led if one in numbers]
    number_points(panel, texts, dots)
    panel.set_title(outcome_title(name, language), loc="left")
    panel.set_xlabel(joined(index_words("mu_star", language), told))
    panel.set_ylabel(joined(index_words("sigma", language), told))


def chance(study: StudyFolder, language: str) -> Figure:
    """Share of the variance of single runs that parameters and chance explain."""
    rows = study.table("chance")
    figure, axes = one_panel(language, (7.5, 1.4 + 0.45 * len(rows)))
    places = np.arange(len(rows))
    parts, noise = rows["parameters"].to_numpy(float), rows["chance"].to_numpy(float)
    axes.barh(places, parts, color=COLOURS[2], label=say("from_parameters", language))
    axes.barh(places, noise, left=parts, color=COLOURS[5], hatch="//",
              label=say("from_chance", language))  # fmt: skip
    spread = np.nan_to_num([rows["high"] - noise, noise - rows["low"]])
    axes.errorbar(np.nan_to_num(parts), places, xerr=np.maximum(0.0, spread), fmt="none",
                  ecolor="#333333", capsize=3)  # fmt: skip
    axes.set_yticks(places, [outcome_title(one, language) for one in rows["outcome"]])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel(say("share_of_variance", language))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return figure


def has_convergence(study: StudyFolder) -> bool:
    """Whether indices were estimated from more than one number of runs."""
    return bool(study.table("convergence")["runs"].nunique() > 1)


def has_quarters(study: StudyFolder) -> bool:
    """Whether indices of single quarters are there."""
    return bool((study.table("indices")["quarter"] != "").any())


def has_pairs(study: StudyFolder) -> bool:
    """Whether any interaction lies above zero beyond doubt."""
    return len(sure_pairs(study)) > 0


def has_chance(study: StudyFolder) -> bool:
    """Whether the share of chance is known of any outcome."""
    return bool(study.table("chance")["chance"].notna().any())


def in_unit_of_outcome(study: StudyFolder) -> bool:
    """Whether the main index has its outcome's unit, as Morris' effects have."""
    return method_named(study.kind).main.in_unit


COMMON = (
    StudyFigure("sensitivity_bars", sensitivity_bars),
    StudyFigure("convergence", convergence, has_convergence),
    StudyFigure("over_time", over_time, has_quarters),
    StudyFigure("chance", chance, has_chance),
)
"""Figures of every method."""
INTERACTIONS = StudyFigure("interactions", interactions, has_pairs)
MORRIS_PLANE = StudyFigure("morris_plane", morris_plane)
OF_METHODS = {one.name: one for one in (*COMMON, INTERACTIONS, MORRIS_PLANE)}
"""Figures that a method can name among its own."""
