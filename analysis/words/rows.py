"""A design of one's own in words: its question, its rows, and how they differ from the first.

Rows are numbered from 1 for readers; the files number samples from 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.rows import is_empty, varied
from cleanpark.analysis.studies.runs import SCENARIO
from cleanpark.analysis.studies.space import declared
from cleanpark.analysis.words.changes import change
from cleanpark.analysis.words.discovery import choice_name
from cleanpark.analysis.words.numbers import amount, figures
from cleanpark.analysis.words.studies import listed, parameter_title, say
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.scenarios.levers import behaviour_parameters, levers

if TYPE_CHECKING:
    import pandas as pd


def question(study: StudyFolder, outcomes: str, language: str) -> str:
    """What the rows of the design are to say about the outcomes."""
    design = study.design()
    if len(design) == 1:
        return say("question_row", language, outcomes=outcomes)
    titles = [column_title(one, language) for one in varied(design)]
    return say("question_own", language, levers=listed(titles, language), outcomes=outcomes)


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


def row_lines(study: StudyFolder, language: str) -> list[str]:
    """The same of a finished study's folder."""
    return sentences(study.table("rows"), language)


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
        key = "rows_alike" if most["seeds"] > 1 else "rows_unsure"
        return say(key, language, runs=int(most["seeds"]), **told)
    if not len(sure):
        return say("rows_same", language, **told)
    return say("rows_differ", language, count=len(sure), of=len(part) - 1, **told)


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


def unbroken(name: str, value: Any, language: str) -> str:
    """A value that stays on one line of a label."""
    return value_words(name, value, language).replace(" ", "\N{NO-BREAK SPACE}")
