"""The figure of a design of one's own: differences of its rows to the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.figures.drawing import StudyFigure
from cleanpark.analysis.figures.lines import COLOURS, GREY
from cleanpark.analysis.figures.panels import in_lines, joined, legend, panels
from cleanpark.analysis.figures.policy_axes import scaled, wide
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.rows import same
from cleanpark.analysis.words.rows import column_title, row_number, unbroken
from cleanpark.analysis.words.studies import say
from cleanpark.analysis.words.titles import outcome_title

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

MOST_SHOWN = 20
MOST_OUTCOMES = 4
MOST_LABEL = 200
"""Latin letters, as wide as a label that says all values of a row; else it is its number."""


def row_titles(study: StudyFolder, samples: Any, language: str) -> list[str]:
    """What sets a row apart from the first, or its number where that is too much to say."""
    design = study.design()
    first = design.iloc[0].to_dict()
    titles = []
    for sample in samples:
        number = row_number(int(sample), language)
        cells = [f"{column_title(str(name), language)} {unbroken(str(name), value, language)}"
                 for name, value in design.loc[int(sample)].items()
                 if not same(value, first[name])]  # fmt: skip
        text = say("said_of", language, what=number, text=say("parted", language).join(cells))
        titles.append(in_lines(text, 46, 4) if cells and wide(text) <= MOST_LABEL else number)
    return titles


def differences(study: StudyFolder, language: str) -> Figure:
    """Each row's paired difference to the first; hollow where it may be chance."""
    from matplotlib.lines import Line2D

    table = study.table("rows")
    names = list(study.about["outcomes"])[:MOST_OUTCOMES]
    samples = sorted(set(table["sample"]) - {0})[:MOST_SHOWN]
    titles = row_titles(study, samples, language)
    lines = max(one.count("\n") + 1 for one in titles)
    height = 1.2 + (0.16 + 0.14 * lines) * len(samples)
    figure, axes, spare = panels(language, len(names), 4.4, height, shared_rows=True)
    for panel, name in zip(axes, names, strict=True):
        draw_differences(panel, table[table["outcome"] == name], samples, name, language)
        panel.set_yticks(range(len(samples)), titles, fontsize=7, linespacing=1.3)
        panel.set_ylim(len(samples) - 0.5, -0.5)
    looks: dict[str, dict[str, Any]] = {
        "sure_row": {"color": COLOURS[2]},
        "chance_row": {"color": GREY, "markerfacecolor": "white"},
    }
    handles: list[Artist] = [
        Line2D([], [], marker="o", linestyle="none", label=say(key, language), **look)
        for key, look in looks.items()
    ]
    handles.append(Line2D([], [], color="#555555", label=say("interval_95", language)))
    legend(figure, spare, handles)
    return figure


def draw_differences(
    panel: Any, table: pd.DataFrame, samples: list[int], name: str, language: str
) -> None:
    """One outcome's differences."""
    divisor, told = scaled(name, language)
    rows = table.set_index("sample").loc[samples]
    for place, row in enumerate(rows.to_dict("records")):
        value = row["difference"] / divisor
        sure = bool(row["distinguishable"])
        spread = np.nan_to_num([[value - row["difference_low"] / divisor],
                                [row["difference_high"] / divisor - value]])  # fmt: skip
        panel.errorbar(value, place, xerr=np.maximum(0.0, spread), fmt="o", capsize=3,
                       color=COLOURS[2] if sure else GREY,
                       markerfacecolor=COLOURS[2] if sure else "white")  # fmt: skip
    panel.axvline(0.0, color="#333333", linewidth=0.7)
    panel.set_title(outcome_title(name, language), loc="left")
    panel.set_xlabel(joined(say("against_first", language), told))


def has_others(study: StudyFolder) -> bool:
    """Whether there are rows beside the first."""
    return bool((study.table("rows")["sample"] > 0).any())


DIFFERENCES = StudyFigure("differences", differences, has_others)
