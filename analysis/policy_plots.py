"""Figures of attribution, discovery and optimisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from cleanpark.analysis import mix_plots
from cleanpark.analysis.attribution import ALL, instrument_title
from cleanpark.analysis.discovery_wording import amount
from cleanpark.analysis.panels import row_of_panels as row_of_panels
from cleanpark.analysis.panels import scaled as scaled
from cleanpark.analysis.panels import wrapped
from cleanpark.analysis.plots import COLOURS
from cleanpark.analysis.sensitivity import outcome_title
from cleanpark.analysis.study_folder import StudyFolder
from cleanpark.analysis.study_wording import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def waterfall(study: StudyFolder, language: str) -> Figure:
    """From the reference to the mix, instrument by instrument, with intervals."""
    table = study.table("attribution")
    names = list(study.about["outcomes"])[:4]
    figure, axes = row_of_panels(len(names), 6.0, 1.2 + 0.4 * table["instrument"].nunique())
    for panel, name in zip(axes, names, strict=True):
        divisor, told = scaled(name, language)
        rows = table[table["outcome"] == name]
        whole = rows[rows["instrument"] == ALL]
        parts = rows[rows["instrument"] != ALL]
        parts = parts.reindex(parts["value"].abs().sort_values(ascending=False).index)
        reached = 0.0
        shown = [*parts.to_dict("records"), *whole.to_dict("records")]
        for place, row in enumerate(shown):
            value, last = row["value"] / divisor, row["instrument"] == ALL
            left = 0.0 if last else reached
            colour = "#555555" if last else COLOURS[2] if value < 0 else COLOURS[5]
            panel.barh(place, value, left=left, color=colour, hatch="" if value < 0 else "//",
                       height=0.6, zorder=2)  # fmt: skip
            spread = [
                [(row["value"] - row["low"]) / divisor],
                [(row["high"] - row["value"]) / divisor],
            ]
            panel.errorbar(left + value, place, xerr=np.nan_to_num(spread), fmt="none",
                           ecolor="#111111", capsize=3, zorder=3)  # fmt: skip
            reached = left + value
        titles = [say("all", language) if row["instrument"] == ALL
                  else instrument_title(row["instrument"], language) for row in shown]  # fmt: skip
        panel.set_yticks(range(len(shown)), titles)
        panel.invert_yaxis()
        panel.axvline(0, color="#333333", linewidth=0.7)
        panel.set_title(outcome_title(name, language), loc="left")
        panel.set_xlabel(told)
    return figure


def synergy_matrix(study: StudyFolder, language: str) -> Figure:
    """What pairs do together beyond each alone; a dot where it is distinguishable from zero."""
    table = study.table("synergy")
    names = list(study.about["outcomes"])[:4]
    parts = list(study.about["settings"]["instruments"])
    titles = [instrument_title(one, language) for one in parts]
    figure, axes = row_of_panels(len(names), 5.4, 3.8)
    for panel, name in zip(axes, names, strict=True):
        divisor, told = scaled(name, language)
        matrix = np.full((len(parts), len(parts)), np.nan)
        for row in table[table["outcome"] == name].to_dict("records"):
            j, k = parts.index(row["first"]), parts.index(row["second"])
            matrix[k, j] = row["value"] / divisor
            if row["distinguishable"]:
                panel.plot(j, k, "o", color="#111111", markersize=5)
        most = float(np.nanmax(np.abs(matrix))) if np.isfinite(matrix).any() else 1.0
        image = panel.imshow(matrix, cmap="PuOr", vmin=-(most or 1.0), vmax=most or 1.0)
        panel.set_xticks(range(len(parts)), titles, rotation=30, ha="right", fontsize=7)
        panel.set_yticks(range(len(parts)), titles, fontsize=7)
        panel.set_title(outcome_title(name, language), loc="left")
        figure.colorbar(image, ax=panel, label=told, shrink=0.8)
    return figure


def place_in_range(value: float, about: Mapping[str, Any]) -> float:
    """Where a value lies in a parameter's range, from 0 to 1, on the parameter's own scale."""
    scale = np.log if about["scale"] == "log" else float
    low, high = scale(about["low"]), scale(about["high"])
    return float((scale(value) - low) / (high - low))


def boxes(study: StudyFolder, language: str) -> Figure:
    """Limits of the box in which runs fail, as shares of the ranges studied."""
    rows = study.table("limits")
    rows = rows[rows["kept"].astype(bool)]
    figure, axes = plt.subplots(figsize=(8.5, 1.3 + 0.5 * max(1, len(rows))), layout="constrained")
    known = {row["name"]: row for row in study.about["parameters"]}
    for place, row in enumerate(rows.to_dict("records")):
        told = known[row["parameter"]]
        low, high = 0.0, 1.0
        text = str(row["choices"])
        if told["scale"] != "choice":
            low, high = (place_in_range(row[side], told) for side in ("low", "high"))
            text = " … ".join(amount(row[side], told["unit"], language) for side in ("low", "high"))
        axes.barh(place, 1.0, color="#EEEEEE", height=0.55)
        axes.barh(place, high - low, left=low, color=COLOURS[1], height=0.55)
        axes.text(1.02, place, f"{text}  (p = {row['p']:.2g})", va="center", fontsize=7.5)
    titles = [wrapped(study.title(one, language), 44) for one in rows["parameter"]]
    axes.set_yticks(range(len(rows)), titles, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel(say("range_studied", language))
    return figure


def peeling(study: StudyFolder, language: str) -> Figure:
    """Coverage against density along the peeling trajectory, and the box chosen."""
    rows, chosen = study.table("trajectory"), study.table("boxes")
    figure, axes = plt.subplots(figsize=(5.6, 4.4), layout="constrained")
    drawn = axes.scatter(rows["coverage"], rows["density"], c=rows["restricted"], cmap="cividis",
                         s=28)  # fmt: skip
    ring = {"markersize": 13, "markerfacecolor": "none", "markeredgecolor": COLOURS[1]}
    axes.plot(chosen["coverage"], chosen["density"], "o", label=say("chosen", language), **ring)
    axes.set(xlim=(0, 1.05), ylim=(0, 1.05))
    axes.set_xlabel(say("coverage", language))
    axes.set_ylabel(say("density", language))
    axes.legend(frameon=False, loc="lower left")
    figure.colorbar(drawn, ax=axes, label=say("restricted", language),
                    ticks=MaxNLocator(integer=True))  # fmt: skip
    return figure


def regret(study: StudyFolder, language: str) -> Figure:
    """Measures of robustness by policy, with intervals, for the first outcome."""
    table = study.table("robustness")
    name = str(study.about["outcomes"][0])
    divisor, told = scaled(name, language)
    figure, axes = plt.subplots(1, 3, figsize=(12.0, 1.6 + 0.35 * table["scenario"].nunique()),
                                layout="constrained", sharey=True)  # fmt: skip
    titles = {one["name"]: one["title"][language] for one in study.about["scenarios"]}
    for panel, measure in zip(axes, ("regret_mean", "regret_p90", "satisficing"), strict=True):
        rows = table[(table["outcome"] == name) & (table["measure"] == measure)]
        by = 1.0 if measure == "satisficing" else divisor
        value = rows["value"].to_numpy(float) / by
        spread = np.nan_to_num([value - rows["low"] / by, rows["high"] / by - value])
        panel.errorbar(value, range(len(rows)), xerr=np.maximum(0, spread), fmt="o",
                       color=COLOURS[2], ecolor="#888888", capsize=3)  # fmt: skip
        panel.set_yticks(range(len(rows)), [titles.get(one, one) for one in rows["scenario"]])
        panel.set_title(say(measure, language), loc="left")
        panel.set_xlabel(say("share_of_futures", language) if by == 1.0 and measure ==
                         "satisficing" else told)  # fmt: skip
    axes[0].invert_yaxis()
    figure.suptitle(outcome_title(name, language), x=0.01, ha="left")
    return figure


FIGURES: dict[str, dict[str, Any]] = {
    "attribute": {"waterfall": waterfall, "synergy": synergy_matrix},
    "discover": {"boxes": boxes, "peeling": peeling, "regret": regret},
    "optimize": {"pareto": mix_plots.pareto, "budget": mix_plots.budget},
}


def applies(study: StudyFolder, name: str) -> bool:
    """Whether the study has what the figure shows."""
    if name == "boxes":
        return bool(study.table("limits")["kept"].astype(bool).any())
    if name == "peeling":
        return len(study.table("boxes")) > 0
    if name == "regret":
        return study.table("robustness")["scenario"].nunique() > 1
    if name == "budget":
        return len(study.table("budget")) > 0
    return name != "synergy" or len(study.table("synergy")) > 0
