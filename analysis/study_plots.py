"""Figures of studies: for print and screen, in two languages, without colour alone.

To add one, write a function of (:class:`StudyFolder`, language) and name it in ``FIGURES``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np

from cleanpark.analysis import fonts, policy_plots, study_rows
from cleanpark.analysis.plots import COLOURS, DASHES, GREY
from cleanpark.analysis.sensitivity import outcome_title
from cleanpark.analysis.study_folder import StudyFolder
from cleanpark.analysis.study_wording import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 15
MOST_LINES = 6
MOST_OUTCOMES = 4


def label(study: StudyFolder, name: str, language: str, width: int = 34) -> str:
    """A parameter's title in two lines at most; a pair as both titles."""
    parts = [study.title(part, language) for part in name.split(" × ")]
    text = " × ".join(parts)
    wide = width // 2 if language == "zh" else width
    lines = textwrap.wrap(text, wide) if language == "en" else chunks(text, wide)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: wide - 1] + "…"]
    return "\n".join(lines)


def chunks(text: str, width: int) -> list[str]:
    """Text without spaces in lines of a width."""
    return [text[k : k + width] for k in range(0, len(text), width)]


def horizon(study: StudyFolder, name: str, index: str) -> pd.DataFrame:
    """Rows of one index of one outcome over the horizon, largest first."""
    table = study.table("indices")
    rows = table[(table["outcome"] == name) & (table["index"] == index) & (table["quarter"] == "")]
    return rows.sort_values("value", ascending=False, kind="stable")


def shown_outcomes(study: StudyFolder) -> list[str]:
    """The outcomes that get a panel."""
    return list(study.about["outcomes"])[:MOST_OUTCOMES]


def panels(study: StudyFolder, height: float) -> tuple[Figure, list[Axes]]:
    """A panel per outcome, two in a row."""
    count = len(shown_outcomes(study))
    columns = min(2, count)
    rows = -(-count // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(6.2 * columns, height * rows), layout="constrained", squeeze=False
    )
    for spare in axes.flat[count:]:
        spare.set_axis_off()
    return figure, list(axes.flat[:count])


def sensitivity_bars(study: StudyFolder, language: str) -> Figure:
    """The method's indices with intervals, largest first; pale where not converged."""
    indices = study.bar_indices()
    figure, axes = panels(study, 0.9 + 0.33 * min(MOST_BARS, len(study.names())))
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        draw_bars(panel, study, name, indices, language)
    if len(indices) > 1:
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    return figure


def draw_bars(axes: Axes, study: StudyFolder, name: str, indices: list[str], language: str) -> None:
    """One outcome's bars."""
    order = [one for one in horizon(study, name, indices[0])["parameter"] if one != "(dummy)"]
    shown = order[:MOST_BARS]
    places = np.arange(len(shown))
    height = 0.8 / len(indices)
    for number, index in enumerate(indices):
        rows = horizon(study, name, index).set_index("parameter").reindex(shown)
        value = rows["value"].to_numpy(dtype=float)
        sure = rows["converged"].fillna(False).astype(bool).to_numpy()
        offset = (number - (len(indices) - 1) / 2) * height
        bars = axes.barh(places + offset, value, height * 0.9, color=COLOURS[2 - number],
                         label=say(index, language), zorder=2)  # fmt: skip
        for bar, converged in zip(bars, sure, strict=True):
            bar.set_alpha(1.0 if converged else 0.45)
            bar.set_hatch("" if converged else "//")
        low, high = value - rows["low"], rows["high"] - value
        spread = np.nan_to_num(np.maximum(0.0, np.array([low, high], dtype=float)))
        axes.errorbar(np.nan_to_num(value), places + offset, xerr=spread, fmt="none",
                      ecolor="#333333", elinewidth=0.9, capsize=2, zorder=3)  # fmt: skip
    dummy = horizon(study, name, indices[0])
    dummy = dummy[dummy["parameter"] == "(dummy)"]
    if len(dummy):
        axes.axvline(float(dummy["high"].iloc[0]), color=GREY, linestyle="--", linewidth=1)
        axes.text(float(dummy["high"].iloc[0]), len(shown) - 0.45, say("dummy", language),
                  color="#555555", fontsize=7, ha="left", va="bottom")  # fmt: skip
    axes.set_yticks(places, [label(study, one, language) for one in shown], fontsize=7)
    axes.invert_yaxis()
    axes.axvline(0.0, color="#333333", linewidth=0.6)
    axes.set_title(outcome_title(name, language), loc="left")
    left_out = len(order) - len(shown)
    note = say("left_out", language, count=left_out) if left_out else ""
    axes.set_xlabel("; ".join(part for part in (say("index", language), note) if part))


def convergence(study: StudyFolder, language: str) -> Figure:
    """The main index of the leading parameters against the number of runs."""
    figure, axes = panels(study, 3.6)
    table = study.table("convergence")
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        rows = table[(table["outcome"] == name) & (table["parameter"] != "(dummy)")]
        rows = rows[rows["value"].notna()]
        if not len(rows):
            panel.set_title(outcome_title(name, language), loc="left")
            panel.text(0.5, 0.5, say("undefined", language), ha="center")
            continue
        last = rows[rows["runs"] == rows["runs"].max()]
        leading = last.sort_values("value", ascending=False)["parameter"].head(MOST_LINES)
        for number, one in enumerate(leading):
            line = rows[rows["parameter"] == one]
            panel.plot(line["runs"], line["value"], color=COLOURS[number], marker="o",
                       markersize=3, linestyle=DASHES[number],
                       label=label(study, one, language, 30))  # fmt: skip
            panel.fill_between(line["runs"].to_numpy(), line["low"].to_numpy(dtype=float),
                               line["high"].to_numpy(dtype=float), color=COLOURS[number],
                               alpha=0.12, linewidth=0)  # fmt: skip
        panel.set_xscale("log", base=2)
        panel.xaxis.set_major_locator(mpl.ticker.FixedLocator(sorted(set(rows["runs"]))))
        panel.xaxis.set_major_formatter(mpl.ticker.FuncFormatter(lambda value, _: f"{value:,.0f}"))
        panel.set_title(outcome_title(name, language), loc="left")
        panel.set_xlabel(say("runs_axis", language))
        panel.set_ylabel(say(str(last["index"].iloc[0]) if len(last) else "index", language))
        panel.legend(fontsize=6.5, frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def over_time(study: StudyFolder, language: str) -> Figure:
    """The main index of each parameter in every quarter, as a heat map."""
    figure, axes = panels(study, 0.9 + 0.28 * min(MOST_BARS, len(study.names())))
    table = study.table("indices")
    main = study.bar_indices()[0]
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        rows = table[(table["outcome"] == name) & (table["index"] == main)]
        rows = rows[(rows["quarter"] != "") & (rows["parameter"] != "(dummy)")]
        wide = rows.pivot(index="parameter", columns="quarter", values="value")
        order = wide.mean(axis=1).sort_values(ascending=False).index[:MOST_BARS]
        wide = wide.loc[order]
        image = panel.imshow(wide.to_numpy(dtype=float), aspect="auto", cmap="cividis",
                             vmin=0.0, interpolation="nearest")  # fmt: skip
        panel.set_yticks(range(len(order)), [label(study, one, language) for one in order],
                         fontsize=7)  # fmt: skip
        every = max(1, len(wide.columns) // 6)
        panel.set_xticks(
            range(0, len(wide.columns), every), list(wide.columns[::every]), fontsize=7
        )
        panel.set_title(outcome_title(name, language), loc="left")
        figure.colorbar(image, ax=panel, label=say(main, language), shrink=0.9)
    return figure


def interactions(study: StudyFolder, language: str) -> Figure:
    """Second-order indices as a matrix."""
    figure, axes = panels(study, 4.6)
    names = study.names()
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        rows = horizon(study, name, "second")
        matrix = np.full((len(names), len(names)), np.nan)
        for pair, value in zip(rows["parameter"], rows["value"], strict=True):
            j, k = (names.index(part) for part in pair.split(" × "))
            matrix[k, j] = value
        most = max(0.01, float(np.nanmax(np.abs(matrix))) if len(rows) else 0.01)
        image = panel.imshow(matrix, cmap="PuOr", vmin=-most, vmax=most)
        titles = [label(study, one, language, 26) for one in names]
        panel.set_xticks(range(len(names)), titles, rotation=90, fontsize=6)
        panel.set_yticks(range(len(names)), titles, fontsize=6)
        panel.set_title(outcome_title(name, language), loc="left")
        figure.colorbar(image, ax=panel, label=say("second", language), shrink=0.8)
    return figure


def morris_plane(study: StudyFolder, language: str) -> Figure:
    """Mean absolute effect against its spread: what matters, and what matters unevenly."""
    figure, axes = panels(study, 4.4)
    for panel, name in zip(axes, shown_outcomes(study), strict=True):
        star = horizon(study, name, "mu_star").set_index("parameter")
        sigma = horizon(study, name, "sigma").set_index("parameter").reindex(star.index)
        divisor, told = policy_plots.scaled(name, language)
        x = star["value"].to_numpy(dtype=float) / divisor
        y = sigma["value"].to_numpy(dtype=float) / divisor
        bounds = [x - star["low"] / divisor, star["high"] / divisor - x]
        spread = np.nan_to_num(np.array(bounds, dtype=float))
        panel.errorbar(x, y, xerr=np.maximum(0.0, spread), fmt="o", color=COLOURS[2],
                       ecolor="#AAAAAA", markersize=4, elinewidth=0.8)  # fmt: skip
        most = float(np.nanmax([*x, *y, 1e-12])) * 1.1
        panel.plot([0, most], [0, most], color=GREY, linewidth=0.8, linestyle=":")
        leading = list(zip(star.index, x, y, strict=True))[:8]
        for number, (_, across, up) in enumerate(leading, start=1):
            panel.annotate(str(number), (across, up), xytext=(4, 4), fontsize=8,
                           textcoords="offset points", fontweight="bold")  # fmt: skip
        titles = [f"{number}. {label(study, one, language, 60)}"
                  for number, (one, _, _) in enumerate(leading, start=1)]  # fmt: skip
        panel.text(0.02, 0.98, "\n".join(titles), transform=panel.transAxes, va="top", fontsize=6.5)
        panel.set_xlim(0, most * 1.05)
        panel.set_title(outcome_title(name, language), loc="left")
        panel.set_xlabel(", ".join(part for part in (say("mu_star", language), told) if part))
        panel.set_ylabel(", ".join(part for part in (say("sigma", language), told) if part))
    return figure


def chance(study: StudyFolder, language: str) -> Figure:
    """Share of the variance of single runs that parameters and chance explain."""
    rows = study.table("chance")
    figure, axes = plt.subplots(figsize=(7.5, 1.4 + 0.45 * len(rows)), layout="constrained")
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


Draw = Callable[[StudyFolder, str], Any]
_COMMON: dict[str, Draw] = {
    "sensitivity_bars": sensitivity_bars,
    "convergence": convergence,
    "over_time": over_time,
    "chance": chance,
}
FIGURES: dict[str, dict[str, Draw]] = {
    "sobol": {**_COMMON, "interactions": interactions},
    "morris": {"morris_plane": morris_plane, **_COMMON},
    "pawn": _COMMON,
    "delta": _COMMON,
    "fast": _COMMON,
    "regional": _COMMON,
    "own": {"differences": study_rows.differences},
    **policy_plots.FIGURES,
}


def applies(study: StudyFolder, name: str) -> bool:
    """Whether the study has what the figure shows."""
    if name == "differences":
        return bool((study.table("rows")["sample"] > 0).any())
    if name == "over_time":
        return bool((study.table("indices")["quarter"] != "").any())
    if name == "interactions":
        return bool((study.table("indices")["index"] == "second").any())
    if name == "chance":
        return bool(study.table("chance")["chance"].notna().any())
    return study.kind not in policy_plots.FIGURES or policy_plots.applies(study, name)


def draw(study: StudyFolder, name: str, language: str) -> Figure:
    """One figure under the settings of the language, in English where its font is missing."""
    shown = fonts.language_that_shows(language)
    with mpl.rc_context(fonts.settings(shown)):  # type: ignore[arg-type]
        figure = FIGURES[study.kind][name](study, shown)
        figure.canvas.draw()
        return figure


def draw_all(study: StudyFolder, language: str = "en") -> dict[str, Figure]:
    """Every figure of the study by name."""
    names = FIGURES.get(study.kind, {})
    return {name: draw(study, name, language) for name in names if applies(study, name)}
