"""Figures of attribution, discovery and optimisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from cleanpark.analysis.figures.canvas import new_figure, one_panel
from cleanpark.analysis.figures.drawing import StudyFigure
from cleanpark.analysis.figures.lines import COLOURS
from cleanpark.analysis.figures.policy_axes import change_label, scaled_change, spread, wrapped
from cleanpark.analysis.figures.policy_axes import row_of_panels as row_of_panels
from cleanpark.analysis.figures.policy_axes import scaled as scaled
from cleanpark.analysis.policies.criterion import criterion, side_of
from cleanpark.analysis.policies.shapley import ALL
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.attribution import instrument_title
from cleanpark.analysis.words.discovery import choice_name
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import amount, amount_span, signed
from cleanpark.analysis.words.robustness import target_words
from cleanpark.analysis.words.studies import say
from cleanpark.analysis.words.titles import in_language, outcome_title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray


MOST_OUTCOMES = 4
ROBUST = ("satisficing", "regret_mean", "regret_p90")
"""Measures of robustness that are drawn."""
MOST_STEPS = 12
"""Steps of a waterfall; the smaller ones are one step."""
STEPS = {"step_less": (COLOURS[2], ""), "step_more": (COLOURS[5], "//"),
         "step_whole": ("#555555", "")}  # fmt: skip
"""Colour and hatch of a step down, a step up, and the whole."""


def waterfall(study: StudyFolder, language: str) -> Figure:
    """From the reference to the mix, instrument by instrument, with intervals."""
    table = study.table("attribution")
    names = list(study.about["outcomes"])[:MOST_OUTCOMES]
    steps = min(table["instrument"].nunique(), MOST_STEPS + 2)
    figure, axes = row_of_panels(language, len(names), 7.0, 1.5 + 0.42 * steps)
    for panel, name in zip(axes, names, strict=True):
        rows = steps_of(table[table["outcome"] == name], language)
        draw_steps(panel, rows, scaled_change(name, language)[0])
        panel.set_title(wrapped(outcome_title(name, language), 48), loc="left")
        panel.set_xlabel(change_label(study, name, language), fontsize=8.5)
    keys = [Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=say(key, language))
            for key, (colour, hatch) in STEPS.items()]  # fmt: skip
    whisker = Line2D([], [], color="#111111", marker="|", label=say("whiskers", language))
    figure.legend(handles=[*keys, whisker], loc="outside upper left", ncols=4, frameon=False,
                  fontsize=8.5)  # fmt: skip
    return figure


def steps_of(rows: pd.DataFrame, language: str) -> list[dict[str, Any]]:
    """The steps of a waterfall, the largest first, small ones together, the whole last."""
    whole, parts = rows[rows["instrument"] == ALL], rows[rows["instrument"] != ALL]
    parts = parts.reindex(parts["value"].abs().sort_values(ascending=False).index)
    shown: list[dict[Any, Any]] = parts.head(MOST_STEPS).to_dict("records")
    found = [{**one, "title": instrument_title(one["instrument"], language)} for one in shown]
    left = parts.iloc[MOST_STEPS:]
    if len(left):
        title = say("others_together", language, count=len(left))
        found.append({"title": title, "value": left["value"].sum(), "low": np.nan, "high": np.nan})
    last: dict[Any, Any] = whole.to_dict("records")[0]
    return [*found, {**last, "title": say("all", language), "whole": True}]


def draw_steps(panel: Axes, rows: list[dict[str, Any]], divisor: float) -> None:
    """One panel: each step begins where the one before ended."""
    reached = 0.0
    for place, row in enumerate(rows):
        value, whole = row["value"] / divisor, "whole" in row
        left = 0.0 if whole else reached
        colour, hatch = STEPS["step_whole" if whole else "step_less" if value < 0 else "step_more"]
        panel.barh(place, value, left=left, color=colour, hatch=hatch, edgecolor="white",
                   height=0.6, zorder=2)  # fmt: skip
        if np.isfinite(row["low"]):
            lengths = spread([row["value"]], [row["low"]], [row["high"]]) / divisor
            panel.errorbar(left + value, place, xerr=lengths, fmt="none", ecolor="#111111",
                           capsize=3, zorder=3)  # fmt: skip
        reached = left + value
        if not whole:
            panel.plot([reached, reached], [place, place + 1], color="#777777", linewidth=0.8,
                       zorder=1)  # fmt: skip
    panel.set_yticks(range(len(rows)), [wrapped(row["title"], 38) for row in rows], fontsize=8)
    panel.invert_yaxis()
    panel.axvline(0, color="#333333", linewidth=0.7)


def synergy_matrix(study: StudyFolder, language: str) -> Figure:
    """What pairs do together beyond each alone, turned so that positive reinforces the mix's whole
    effect; a star where it is distinguishable from zero."""
    names = list(study.about["outcomes"])[:MOST_OUTCOMES]
    count = len(study.about["settings"]["instruments"]) - 1
    figure, axes = row_of_panels(language, len(names), 4.2 + 0.62 * count, 2.6 + 0.5 * count)
    for panel, name in zip(axes, names, strict=True):
        draw_synergy(figure, panel, study, name, language)
    figure.suptitle(say("synergy_note", language), x=0.01, ha="left", fontsize=9)
    return figure


def draw_synergy(figure: Figure, panel: Axes, study: StudyFolder, name: str, language: str) -> None:
    """One outcome: the later of two instruments down, the earlier across."""
    matrix, sure, clear = synergy_values(study, name, language)
    most = float(np.nanmax(np.abs(matrix))) if np.isfinite(matrix).any() else 1.0
    image = panel.imshow(matrix, cmap="PuOr", vmin=-(most or 1.0), vmax=most or 1.0)
    for place in np.argwhere(np.isfinite(matrix)):
        value, mark = float(matrix[tuple(place)]), " *" if sure[tuple(place)] else ""
        panel.text(place[1], place[0], f"{signed(value)}{mark}", ha="center", va="center",
                   fontsize=7.5, color="white" if abs(value) > 0.6 * most else "#111111",
                   )  # fmt: skip
    parts = list(study.about["settings"]["instruments"])
    titles = [wrapped(instrument_title(one, language), 28, 3) for one in parts]
    panel.set_xticks(range(len(parts) - 1), titles[:-1], rotation=40, ha="right",
                     rotation_mode="anchor", fontsize=7.5)  # fmt: skip
    panel.set_yticks(range(len(parts) - 1), titles[1:], fontsize=7.5)
    title = outcome_title(name, language) + ("" if clear else say("not_turned", language))
    panel.set_title(wrapped(title, 20 + 6 * len(parts), 3), loc="left")
    bar = figure.colorbar(image, ax=panel, shrink=0.8)
    bar.set_label(scaled_change(name, language)[1], fontsize=8.5)


def synergy_values(
    study: StudyFolder, name: str, language: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_], bool]:
    """Synergies of one outcome as a matrix without its empty row and column, which of them are
    distinguishable, and whether they could be turned to the mix's whole effect."""
    parts = list(study.about["settings"]["instruments"])
    told = study.table("attribution")
    whole = told[(told["outcome"] == name) & (told["instrument"] == ALL)].iloc[0]
    clear = bool(whole["low"] > 0 or whole["high"] < 0)
    turn = -1.0 if clear and whole["value"] < 0 else 1.0
    by = turn / scaled_change(name, language)[0]
    matrix = np.full((len(parts) - 1, len(parts) - 1), np.nan)
    sure = np.zeros(matrix.shape, dtype=bool)
    table = study.table("synergy")
    for row in table[table["outcome"] == name].to_dict("records"):
        place = (parts.index(row["second"]) - 1, parts.index(row["first"]))
        matrix[place], sure[place] = row["value"] * by, row["distinguishable"]
    return matrix, sure, clear


def place_in_range(value: float, about: Mapping[str, Any]) -> float:
    """Where a value lies in a parameter's range, from 0 to 1, on the parameter's own scale."""
    scale = np.log if about["scale"] == "log" else float
    low, high = scale(about["low"]), scale(about["high"])
    return float((scale(value) - low) / (high - low))


def boxes(study: StudyFolder, language: str) -> Figure:
    """Limits of the box in which runs fail, each in the range studied, whose ends are said."""
    rows = study.table("limits")
    rows = rows[rows["kept"].astype(bool)]
    figure, axes = one_panel(language, (9.5, 1.4 + 0.6 * len(rows)))
    known = {row["name"]: row for row in study.about["parameters"]}
    for place, row in enumerate(rows.to_dict("records")):
        draw_limit(axes, place, row, known[row["parameter"]], language)
    axes.set_yticks(range(len(rows)), [limit_title(known[one], language)
                                       for one in rows["parameter"]], fontsize=8)  # fmt: skip
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1)
    axes.set_xticks([])
    axes.set_xlabel(say("fails_inside", language))
    return figure


def limit_title(about: Mapping[str, Any], language: str) -> str:
    """A parameter's title, and that its axis is logarithmic where it is."""
    note = say("log_scale", language) if about["scale"] == "log" else ""
    return wrapped(in_language(about["title"], language), 46) + note


def draw_limit(
    axes: Axes, place: int, row: Mapping[Any, Any], about: Mapping[str, Any], language: str
) -> None:
    """One parameter: the range studied in grey, in colour where runs fail, and both in words."""
    axes.barh(place, 1.0, color="#E4E4E4", height=0.34)
    p = say("p_small", language) if row["p"] < 0.001 else f"p = {row['p']:.2g}"
    if about["scale"] == "choice":
        inside, every = str(row["choices"]).split(", "), list(about["choices"])
        for one in inside:
            axes.barh(place, 1 / len(every), left=every.index(one) / len(every), color=COLOURS[1],
                      height=0.34)  # fmt: skip
        ends = [choice_name(every[k], language) for k in (0, -1)]
        between = Language(language).say(", ")
        text = between.join(choice_name(one, language) for one in inside)
    else:
        low, high = (place_in_range(row[side], about) for side in ("low", "high"))
        axes.barh(place, high - low, left=low, color=COLOURS[1], height=0.34)
        ends = [amount(about[side], about["unit"], language) for side in ("low", "high")]
        text = amount_span(row["low"], row["high"], about["unit"], language)
    for across, end, side in zip((0.0, 1.0), ends, ("left", "right"), strict=True):
        axes.text(across, place + 0.2, end, ha=side, va="top", fontsize=6.5, color="#555555")
    axes.text(1.02, place, f"{text}\n({p})", va="center", fontsize=7.5)


def peeling(study: StudyFolder, language: str) -> Figure:
    """Coverage against density along the peeling trajectory, and the box chosen."""
    rows, chosen = study.table("trajectory"), study.table("boxes")
    figure, axes = one_panel(language, (5.6, 4.4))
    drawn = axes.scatter(rows["coverage"], rows["density"], c=rows["restricted"], cmap="cividis",
                         s=28)  # fmt: skip
    axes.plot(chosen["coverage"], chosen["density"], "o", label=say("chosen", language),
              markersize=13, markerfacecolor="none", markeredgecolor=COLOURS[1])  # fmt: skip
    axes.set(xlim=(0, 1.05), ylim=(0, 1.05))
    axes.set_xlabel(say("coverage", language))
    axes.set_ylabel(say("density", language))
    axes.legend(frameon=False, loc="lower left")
    figure.colorbar(drawn, ax=axes, label=say("restricted", language),
                    ticks=MaxNLocator(integer=True))  # fmt: skip
    return figure


def regret(study: StudyFolder, language: str) -> Figure:
    """Measures of robustness by policy, with intervals: a row of panels by outcome, the outcome
    that fails first."""
    table = study.table("robustness")
    names = list(dict.fromkeys(table["outcome"]))[:MOST_OUTCOMES]
    height = 1.1 + 0.32 * table["scenario"].nunique()
    figure = new_figure(language, (12.0, height * len(names)), "constrained")
    axes = figure.subplots(len(names), 3, sharey=True, squeeze=False)
    for panels, name in zip(axes, names, strict=True):
        for panel, measure in zip(panels, ROBUST, strict=True):
            rows = table[(table["outcome"] == name) & (table["measure"] == measure)]
            draw_measure(panel, study, rows, language)
    axes[0, 0].invert_yaxis()
    return figure


def draw_measure(panel: Axes, study: StudyFolder, rows: pd.DataFrame, language: str) -> None:
    """One measure of one outcome by policy; shares of futures reach from 0 to 1."""
    name, measure = str(rows["outcome"].iloc[0]), str(rows["measure"].iloc[0])
    share = measure == "satisficing"
    by, told = (1.0, say("share_of_futures", language)) if share else scaled_change(name, language)
    value = rows["value"].to_numpy(float) / by
    lengths = spread(value, rows["low"] / by, rows["high"] / by)
    panel.errorbar(value, range(len(rows)), xerr=lengths, fmt="o", color=COLOURS[2],
                   ecolor="#888888", capsize=3)  # fmt: skip
    titles = {one["name"]: in_language(one["title"], language) for one in study.about["scenarios"]}
    panel.set_yticks(range(len(rows)), [wrapped(titles.get(one, one), 30)
                                        for one in rows["scenario"]], fontsize=8)  # fmt: skip
    title = f"{outcome_title(name, language)}\n{say(measure, language)}"
    if share:
        panel.set_xlim(-0.03, 1.03)
        title = f"{title}\n{target_text(study, rows, language)}"
    panel.set_title(title, loc="left", fontsize=8.5)
    panel.set_xlabel(told, fontsize=8.5)


def target_text(study: StudyFolder, rows: pd.DataFrame, language: str) -> str:
    """The target of an outcome in words: that of the criterion, or the first policy's median."""
    rule = criterion(study.about["settings"]["criterion"], study.about["outcomes"])
    name, target = str(rows["outcome"].iloc[0]), float(rows["target"].iloc[0])
    words = target_words(name, side_of(name, rule), target, language)
    if name != rule.outcome or rule.reference:
        first = in_language(study.about["scenarios"][0]["title"], language)
        words += say("median_of", language, scenario=first)
    return wrapped(say("target", language, words=words), 50, 3)


def has_limits(study: StudyFolder) -> bool:
    """Whether the box has limits that are no chance."""
    return bool(study.table("limits")["kept"].astype(bool).any())


WATERFALL = StudyFigure("waterfall", waterfall)
SYNERGY = StudyFigure("synergy", synergy_matrix, lambda study: len(study.table("synergy")) > 0)
BOXES = StudyFigure("boxes", boxes, has_limits)
PEELING = StudyFigure("peeling", peeling, lambda study: len(study.table("boxes")) > 0)
REGRET = StudyFigure(
    "regret", regret, lambda study: study.table("robustness")["scenario"].nunique() > 1
)
