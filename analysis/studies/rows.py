"""A design of one's own, row by row: means with intervals, and differences to the first row.

Rows are numbered from 1 for readers; the files number samples from 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.figures.comparison import COLOURS, GREY
from cleanpark.analysis.figures.panels import in_lines, joined, legend, panels
from cleanpark.analysis.figures.policies import scaled
from cleanpark.analysis.sensitivity.sensitivity import outcome_title
from cleanpark.analysis.statistics.paired import paired
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.results import write_table
from cleanpark.analysis.studies.runs import SCENARIO
from cleanpark.analysis.studies.space import declared
from cleanpark.analysis.studies.study import Study
from cleanpark.analysis.words.discovery import amount, change, choice_name, figures
from cleanpark.analysis.words.studies import agreed, listed, parameter_title, say
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.scenarios.levers import behaviour_parameters, levers

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

MOST_SHOWN = 20
MOST_OUTCOMES = 4
MOST_LABEL = 200
"""Letters of a label that says all values of a row; a longer one is only its number."""


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
    """Write rows.csv into the study's folder."""
    assert study.folder is not None
    table = rows_table(study)
    write_table(table, study.folder / "rows.csv")
    return table


def question(study: StudyFolder, outcomes: str, language: str) -> str:
    """What the rows of the design are to say about the outcomes."""
    design = study.design()
    if len(design) == 1:
        return say("question_row", language, outcomes=outcomes)
    titles = [column_title(one, language) for one in varied(design)]
    return say("question_own", language, levers=listed(titles, language), outcomes=outcomes)


def varied(design: pd.DataFrame) -> list[str]:
    """Columns in which the rows differ; all of them where they do not."""
    found = [str(one) for one in design.columns if design[one].nunique(dropna=False) > 1]
    return found or [str(one) for one in design.columns]


def column_title(name: str, language: str) -> str:
    """Title of a column of a design: a parameter, or the scenario of the row."""
    return say("scenario", language) if name == SCENARIO else parameter_title(name, language)


def value_words(name: str, value: Any, language: str) -> str:
    """One value of a design with its unit; nothing said where the cell is empty."""
    if is_empty(value):
        return say("as_scenario", language)
    known = name in levers() or name in behaviour_parameters()
    if isinstance(value, str) or (known and declared(name)[0].choices):
        return choice_name(str(value), language)
    unit = declared(name)[0].unit if known else ""
    return amount(float(value), unit, language)


def sentences(table: pd.DataFrame, language: str) -> list[str]:
    """By outcome, how many rows differ from the first beyond chance, which most and by how much."""
    return [
        outcome_sentence(str(name), part, language)
        for name, part in table.groupby("outcome", sort=False)
    ]


def outcome_sentence(name: str, part: pd.DataFrame, language: str) -> str:
    """What the rows say about one outcome."""
    title = outcome_title(name, language)
    if len(part) == 1:
        row = part.iloc[0]
        if not np.isfinite(row["low"]):
            value = with_unit(row["value"], name, language)
            return say("row_once", language, outcome=title, value=value)
        told = {key: with_unit(row[key], name, language) for key in ("value", "low", "high")}
        return say("row_alone", language, outcome=title, **told)
    others = part[(part["sample"] > 0) & part["difference"].notna()]
    if not len(others):
        return say("rows_undefined", language, outcome=title)
    sure = others[others["distinguishable"].astype(bool)]
    among = sure if len(sure) else others
    most = among.iloc[int(among["difference"].abs().to_numpy().argmax())]
    told = {"outcome": title, "row": str(int(most["sample"]) + 1),
            **{key: difference_words(most[column], name, language)
               for key, column in (("change", "difference"), ("low", "difference_low"),
                                   ("high", "difference_high"))}}  # fmt: skip
    if not np.isfinite(most["difference_low"]):
        return say("rows_unsure", language, **told)
    if not len(sure):
        return say("rows_same", language, **told)
    verb = agreed(len(sure), "differs", "differ")
    return say("rows_differ", language, count=len(sure), of=len(part) - 1, verb=verb, **told)


def with_unit(value: float, name: str, language: str) -> str:
    """An outcome's value with its unit."""
    if not np.isfinite(value):
        return say("undefined", language)
    return amount(value, outcome(name).unit if name in OUTCOME_NAMES else "", language)


def difference_words(value: float, name: str, language: str) -> str:
    """A difference of an outcome with its sign and unit."""
    if not np.isfinite(value):
        return say("undefined", language)
    if name in OUTCOME_NAMES:
        return change(value, outcome(name).unit, language)
    return f"{'-' if value < 0 else '+'}{figures(abs(value))}"


def row_number(sample: int, language: str) -> str:
    """The name of a row for readers."""
    return say("row_number", language, row=sample + 1)


def same(one: Any, other: Any) -> bool:
    """Whether two cells of a design say the same; empty ones do."""
    return bool(one == other) or bool(is_empty(one) and is_empty(other))


def is_empty(value: Any) -> bool:
    """Whether a cell of a design keeps the scenario's value."""
    return value is None or bool(value != value)


def unbroken(name: str, value: Any, language: str) -> str:
    """A value that stays on one line of a label."""
    return value_words(name, value, language).replace(" ", "\N{NO-BREAK SPACE}")


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
        told = f"{number}{'：' if language == 'zh' else ': '}"
        text = told + ("；" if language == "zh" else "; ").join(cells)
        most = MOST_LABEL // 2 if language == "zh" else MOST_LABEL
        titles.append(in_lines(text, 46, 4) if cells and len(text) <= most else number)
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
    figure, axes, spare = panels(len(names), 4.4, height, shared_rows=True)
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
