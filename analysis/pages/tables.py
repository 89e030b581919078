"""A study's tables in words, for its page: the files themselves keep names and all digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.policies.shapley import ALL
from cleanpark.analysis.sensitivity.method import DUMMY
from cleanpark.analysis.sensitivity.methods import method_named
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.discovery import choice_name
from cleanpark.analysis.words.failures import joined
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.mixes import mix_labels
from cleanpark.analysis.words.numbers import four_digits
from cleanpark.analysis.words.rows import value_words, with_unit
from cleanpark.analysis.words.studies import SEPARATOR, say, title_of, unit_words
from cleanpark.analysis.words.titles import Title, in_language, outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.scenarios.errors import N_

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 40
"""Rows of a table on the page; divided between the outcomes where it has them."""
LEAST_ROWS = 10
"""Rows of each outcome on the page at least."""
COLUMNS: dict[str, str] = {
    "alone": N_("Alone"),
    "box": N_("Box"),
    "budget": N_("Budget, CNY"),
    "chance": N_("Share of chance"),
    "choices": N_("Choices"),
    "chosen": N_("Step chosen"),
    "common": N_("Of it common to all rows"),
    "converged": N_("Converged"),
    "coverage": N_("Coverage"),
    "density": N_("Density"),
    "difference": N_("Difference to the first row"),
    "difference_high": N_("Difference, upper bound (95 %)"),
    "difference_low": N_("Difference, lower bound (95 %)"),
    "distinguishable": N_("Beyond chance"),
    "dropped": N_("Left out"),
    "efficient": N_("Holds on fresh seeds"),
    "failures": N_("Failures"),
    "first": N_("First"),
    "futures": N_("Futures"),
    "gain_high": N_("Gain, upper bound (95 %)"),
    "gain_low": N_("Gain, lower bound (95 %)"),
    "gain_per_cny": N_("Gain per further CNY"),
    "high": N_("Upper bound (95 %)"),
    "index": N_("Index"),
    "instrument": N_("Instrument"),
    "kept": N_("Kept"),
    "label": N_("Mix in words"),
    "last": N_("Added to all others"),
    "leaf": N_("Leaf"),
    "low": N_("Lower bound (95 %)"),
    "mass": N_("Share of all runs"),
    "measure": N_("Measure"),
    "mix": N_("Mix"),
    "outcome": N_("Outcome"),
    "p": N_("Chance of such a limit (p)"),
    "parameter": N_("Parameter"),
    "parameters": N_("Share of parameters"),
    "rank": N_("Rank"),
    "residual": N_("Of it single runs' own"),
    "restricted": N_("Parameters restricted"),
    "rule": N_("Rule"),
    "runs": N_("Runs"),
    "runs_undefined": N_("Runs undefined"),
    "sample": N_("Row"),
    "samples": N_("Samples"),
    "scenario": N_("Policy"),
    "second": N_("Second"),
    "seeds": N_("Seeds"),
    "share": N_("Share of the whole"),
    "step": N_("Step"),
    "target": N_("Target"),
    "undefined": N_("Undefined"),
    "unit": N_("Unit"),
    "value": N_("Value"),
    "variance": N_("Variance of single runs"),
    "within_budget": N_("Within the budget"),
}
PARTS: dict[str, str] = {
    "low": N_("{title}: lower bound (95 %)"),
    "high": N_("{title}: upper bound (95 %)"),
    "search": N_("{title}: in the search"),
}
MEASURES: dict[str, str] = {
    "mean": N_("Mean"),
    "regret_mean": N_("Mean regret"),
    "regret_p90": N_("Regret in the worst tenth"),
    "regret_max": N_("Greatest regret"),
    "satisficing": N_("Share of futures that meet the target"),
    "signal_to_noise": N_("Signal to noise"),
}


@dataclass(frozen=True)
class Table:
    """A table (CSV) of a kind of study as it is told.

    ``with_unit`` are its columns in the unit of the row's outcome, ``columns`` titles of columns
    that mean something else here or nowhere else; where ``says_nothing`` of the table, the
    sentence ``instead`` (a key of the words of studies) stands for it.
    """

    name: str
    title: Title
    with_unit: tuple[str, ...] = ()
    columns: Mapping[str, Title] = field(default_factory=dict)
    says_nothing: Callable[[pd.DataFrame], bool] = lambda table: False
    instead: str = ""
    note: str = ""

    def heading(self, language: str) -> str:
        """The table's title with its file."""
        title = in_language(self.title, language)
        return Language(language).say("{title} ({name})", title=title, name=f"{self.name}.csv")


def tables(study: StudyFolder, declared: Sequence[Table], language: str) -> list[dict[str, Any]]:
    """The tables that say something, in order of their names: name, columns, rows and note."""
    return [table_in_words(study, one, language) for one in present(study, declared)
            if not one.says_nothing(study.tables[one.name])]  # fmt: skip


def present(study: StudyFolder, declared: Sequence[Table]) -> list[Table]:
    """The tables that the study's folder has."""
    return sorted((one for one in declared if one.name in study.tables), key=lambda one: one.name)


def remarks(study: StudyFolder, declared: Sequence[Table], language: str) -> list[str]:
    """What the tables that were left out would have said."""
    return [say(one.instead, language) for one in present(study, declared)
            if one.instead and one.says_nothing(study.tables[one.name])]  # fmt: skip


def table_in_words(study: StudyFolder, declared: Table, language: str) -> dict[str, Any]:
    """The leading rows of a table as text, and where the others are."""
    file, notes = f"{declared.name}.csv", []
    whole = labelled(study, study.tables[declared.name], language)
    table = whole
    if "quarter" in table:
        table = table[table["quarter"] == ""].drop(columns="quarter")
        if len(table) < len(whole):
            notes.append(say("horizon_shown", language, file=file))
    shown = leading_rows(study, table, declared.name)
    if len(shown) < len(table):
        notes.insert(0, say("rows_shown", language, count=f"{len(shown):,}", of=f"{len(table):,}",
                            file=file))  # fmt: skip
    if declared.note:
        notes.append(say(declared.note, language))
    return {
        "name": declared.heading(language),
        "columns": [column_title(study, declared, str(one), language) for one in shown.columns],
        "rows": [row_words(study, declared, row, language) for row in shown.to_dict("records")],
        "note": " ".join(notes),
    }


def labelled(study: StudyFolder, table: pd.DataFrame, language: str) -> pd.DataFrame:
    """A table of mixes with its labels in one language alone; any other one as it is."""
    known = [one for one in table.columns if str(one).startswith("label_")]
    if not known:
        return table
    place = list(table.columns).index(known[0])
    table = table.drop(columns=known)
    table.insert(place, "label", mix_labels(study, language))
    return table


def leading_rows(study: StudyFolder, table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The first rows of each outcome; of indices the largest, the main index first."""
    if "outcome" not in table:
        return table.head(MOST_ROWS)
    if name in ("indices", "convergence"):
        place = {one: number for number, one in enumerate(method_named(study.kind).bars)}
        order = table["index"].map(place).fillna(len(place))
        keys = {"outcome": table["outcome"].map(study.about["outcomes"].index), "order": order}
        table = table.assign(**keys, shown=table["outcome"])
        by = ["outcome", "order", "value"] if name == "indices" else ["outcome", "order", "runs",
                                                                     "value"]  # fmt: skip
        table = table.sort_values(by, ascending=[True, True, False, False][: len(by)],
                                  kind="stable")  # fmt: skip
        table = table.assign(outcome=table["shown"]).drop(columns=["order", "shown"])
    each = max(LEAST_ROWS, MOST_ROWS // max(1, table["outcome"].nunique()))
    return table.groupby("outcome", sort=False).head(each)


def column_title(study: StudyFolder, table: Table, name: str, language: str) -> str:
    """Title of a column: a known one, an outcome or its bounds, or a parameter."""
    if name in table.columns:
        return in_language(table.columns[name], language)
    if name in OUTCOME_NAMES:
        return outcome_title(name, language)
    stem, _, part = name.rpartition("_")
    if stem in OUTCOME_NAMES and part in PARTS:
        return Language(language).say(PARTS[part], title=outcome_title(stem, language))
    return (
        in_language(COLUMNS[name], language) if name in COLUMNS else title_of(study, name, language)
    )


def row_words(study: StudyFolder, table: Table, row: dict[Any, Any], language: str) -> list[str]:
    """One row as text."""
    return [cell(study, table, str(key), row, language) for key in row]


def cell(study: StudyFolder, table: Table, column: str, row: dict[Any, Any], language: str) -> str:
    """One value as a reader wants it."""
    value = row[column]
    if isinstance(value, str):
        return text_words(study, column, value, language)
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return say("yes" if value else "no", language)
    if column == "sample":
        return str(int(value) + 1)
    if value is None or value != value:
        return "–"
    if column in study.names():
        return value_words(column, value, language)
    measured = outcome_of(table, column, row)
    if measured:
        return with_unit(float(value), measured, language)
    return four_digits(float(value), language)


def outcome_of(table: Table, column: str, row: dict[Any, Any]) -> str:
    """The outcome whose unit a column has; none where it has another one."""
    if column in table.with_unit:
        return str(row["outcome"])
    stem, _, part = column.rpartition("_")
    if part in PARTS and stem in OUTCOME_NAMES:
        return stem
    return column if column in OUTCOME_NAMES else ""


def text_words(study: StudyFolder, column: str, value: str, language: str) -> str:
    """A name in a table as its title."""
    if column == "outcome":
        return outcome_title(value, language)
    if column == "index":
        return say(value, language)
    if column == "measure":
        return in_language(MEASURES[value], language) if value in MEASURES else value
    if column == "unit":
        return unit_words(value, language)
    if column == "scenario":
        titles = {one["name"]: in_language(one["title"], language)
                  for one in study.about.get("scenarios", [])}  # fmt: skip
        return str(titles.get(value, value))
    if column == "choices":
        return (
            Language(language)
            .gettext(SEPARATOR)
            .join(choice_name(one, language) for one in value.split(", "))
        )
    if column == "rule":
        return rule_words(study, value, language)
    if value == ALL:
        return say("all", language)
    if column in ("parameter", "instrument", "first", "second") or value == DUMMY:
        return title_of(study, value, language)
    return choice_name(value, language)


def rule_words(study: StudyFolder, rule: str, language: str) -> str:
    """A rule of the tree with parameters' titles."""
    for one in sorted(study.names(), key=len, reverse=True):
        rule = re.sub(rf"\b{re.escape(one)}\b", title_of(study, one, language), rule)
    return joined(rule.replace("<=", "≤").replace(">=", "≥").split(" and "), language)
