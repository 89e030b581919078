"""A design of one's own, row by row: means with intervals, and differences to the first row."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.plots import COLOURS, GREY
from cleanpark.analysis.policy_plots import row_of_panels, scaled
from cleanpark.analysis.results import write_table
from cleanpark.analysis.sensitivity import outcome_title
from cleanpark.analysis.statistics import paired
from cleanpark.analysis.study import Study
from cleanpark.analysis.study_folder import StudyFolder
from cleanpark.analysis.study_wording import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MOST_SHOWN = 20
MOST_OUTCOMES = 4


def rows_table(study: Study) -> pd.DataFrame:
    """sample, outcome, mean over seeds with a 95 % interval, and the paired difference to sample 0.

    Runs that are undefined or failed are left out pair by pair; ``seeds`` counts the others.
    """
    import pandas as pd

    parts = []
    for name in study.runs.outcomes:
        values = study.results.values(name).T  # (seeds, samples)
        alone = paired(values, np.zeros_like(values))
        against = paired(values, np.repeat(values[:, :1], values.shape[1], axis=1))
        parts.append(pd.DataFrame({
            "sample": np.arange(values.shape[1]),
            "outcome": name,
            "value": alone.mean,
            "low": alone.low,
            "high": alone.high,
            "difference": against.difference,
            "difference_low": against.low,
            "difference_high": against.high,
            "distinguishable": against.distinguishable,
            "seeds": alone.seeds,
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def told_rows(study: Study) -> pd.DataFrame:
    """Write rows.csv into the study's folder, and what was found into its record."""
    assert study.folder is not None
    table = rows_table(study)
    write_table(table, study.folder / "rows.csv")
    study.settings["sentences"] = {tongue: sentences(table, tongue) for tongue in ("en", "zh")}
    study.write_record()
    return table


def sentences(table: pd.DataFrame, language: str) -> list[str]:
    """How many rows differ from the first beyond chance, by outcome."""
    others = table[table["sample"] > 0]
    lines = []
    for name, part in others.groupby("outcome", sort=False):
        lines.append(say("rows_differ", language, outcome=outcome_title(str(name), language),
                         sure=int(part["distinguishable"].sum()), count=len(part)))  # fmt: skip
    return lines


def row_titles(study: StudyFolder, samples: Any, language: str) -> list[str]:
    """What sets a row apart from the first, or its number where that is too much to say."""
    import pandas as pd

    design = pd.read_parquet(study.folder / "design.parquet").set_index("sample")
    first = design.iloc[0]
    titles = []
    for sample in samples:
        cells = [(name, value) for name, value in design.loc[sample].items()
                 if value != first[name] and value == value]  # fmt: skip
        text = ", ".join(f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
                         for name, value in cells)  # fmt: skip
        titles.append(text if cells and len(text) <= 72 else f"{say('row', language)} {sample}")
    return titles


def differences(study: StudyFolder, language: str) -> Figure:
    """Each row's paired difference to the first; hollow where it may be chance."""
    table = study.table("rows")
    names = list(study.about["outcomes"])[:MOST_OUTCOMES]
    samples = sorted(set(table["sample"]) - {0})[:MOST_SHOWN]
    titles = [textwrap.fill(one, 24) for one in row_titles(study, samples, language)]
    figure, axes = row_of_panels(len(names), 6.0, 1.2 + 0.3 * len(samples))
    for panel, name in zip(axes, names, strict=True):
        divisor, told = scaled(name, language)
        rows = table[table["outcome"] == name].set_index("sample").loc[samples]
        for place, row in enumerate(rows.to_dict("records")):
            value = row["difference"] / divisor
            sure = bool(row["distinguishable"])
            spread = np.nan_to_num([[value - row["difference_low"] / divisor],
                                    [row["difference_high"] / divisor - value]])  # fmt: skip
            panel.errorbar(value, place, xerr=np.maximum(0.0, spread), fmt="o", capsize=3,
                           color=COLOURS[2] if sure else GREY,
                           markerfacecolor=COLOURS[2] if sure else "white")  # fmt: skip
        panel.axvline(0.0, color="#333333", linewidth=0.7)
        panel.set_yticks(range(len(samples)), titles, fontsize=7)
        panel.set_ylim(len(samples) - 0.5, -0.5)
        panel.set_title(outcome_title(name, language), loc="left")
        panel.set_xlabel(", ".join(part for part in (say("against_first", language), told) if part))
    return figure
