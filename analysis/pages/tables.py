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
from cleanpark.analysis.words.mixes import mix_labels
from cleanpark.analysis.words.rows import value_words, with_unit
from cleanpark.analysis.words.studies import SEPARATOR, say, title_of, unit_words
from cleanpark.analysis.words.titles import in_language, outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 40
"""Rows of a table on the page; divided between the outcomes where it has them."""
LEAST_ROWS = 10
"""Rows of each outcome on the page at least."""
COLUMNS: dict[str, dict[str, str]] = {
    "alone": {"en": "Alone", "zh": "单独实施"},
    "box": {"en": "Box", "zh": "区域"},
    "budget": {"en": "Budget, CNY", "zh": "预算（元）"},
    "chance": {"en": "Share of chance", "zh": "随机性占比"},
    "choices": {"en": "Choices", "zh": "选项"},
    "chosen": {"en": "Step chosen", "zh": "所选步"},
    "common": {"en": "Of it common to all rows", "zh": "其中各行共有"},
    "converged": {"en": "Converged", "zh": "已收敛"},
    "coverage": {"en": "Coverage", "zh": "覆盖率"},
    "density": {"en": "Density", "zh": "密度"},
    "difference": {"en": "Difference to the first row", "zh": "与首行之差"},
    "difference_high": {"en": "Difference, upper bound (95 %)", "zh": "差异上限（95%）"},
    "difference_low": {"en": "Difference, lower bound (95 %)", "zh": "差异下限（95%）"},
    "distinguishable": {"en": "Beyond chance", "zh": "超出随机性"},
    "dropped": {"en": "Left out", "zh": "不计入"},
    "efficient": {"en": "Holds on fresh seeds", "zh": "新种子下仍成立"},
    "failures": {"en": "Failures", "zh": "失效次数"},
    "first": {"en": "First", "zh": "其一"},
    "futures": {"en": "Futures", "zh": "情形数"},
    "gain_high": {"en": "Gain, upper bound (95 %)", "zh": "增益上限（95%）"},
    "gain_low": {"en": "Gain, lower bound (95 %)", "zh": "增益下限（95%）"},
    "gain_per_cny": {"en": "Gain per further CNY", "zh": "每多一元的增益"},
    "high": {"en": "Upper bound (95 %)", "zh": "上限（95%）"},
    "index": {"en": "Index", "zh": "指数"},
    "instrument": {"en": "Instrument", "zh": "措施"},
    "kept": {"en": "Kept", "zh": "保留"},
    "label": {"en": "Mix in words", "zh": "组合说明"},
    "last": {"en": "Added to all others", "zh": "最后加入"},
    "leaf": {"en": "Leaf", "zh": "叶"},
    "low": {"en": "Lower bound (95 %)", "zh": "下限（95%）"},
    "mass": {"en": "Share of all runs", "zh": "占全部运行"},
    "measure": {"en": "Measure", "zh": "度量"},
    "mix": {"en": "Mix", "zh": "组合"},
    "outcome": {"en": "Outcome", "zh": "指标"},
    "p": {"en": "Chance of such a limit (p)", "zh": "偶然概率（p）"},
    "parameter": {"en": "Parameter", "zh": "参数"},
    "parameters": {"en": "Share of parameters", "zh": "参数占比"},
    "rank": {"en": "Rank", "zh": "名次"},
    "residual": {"en": "Of it single runs' own", "zh": "其中单次运行特有"},
    "restricted": {"en": "Parameters restricted", "zh": "受限参数个数"},
    "rule": {"en": "Rule", "zh": "规则"},
    "runs": {"en": "Runs", "zh": "运行次数"},
    "runs_undefined": {"en": "Runs undefined", "zh": "无定义的运行"},
    "sample": {"en": "Row", "zh": "行"},
    "samples": {"en": "Samples", "zh": "样本数"},
    "scenario": {"en": "Policy", "zh": "政策"},
    "second": {"en": "Second", "zh": "其二"},
    "seeds": {"en": "Seeds", "zh": "种子数"},
    "share": {"en": "Share of the whole", "zh": "占总变化"},
    "step": {"en": "Step", "zh": "步"},
    "target": {"en": "Target", "zh": "目标"},
    "undefined": {"en": "Undefined", "zh": "无定义"},
    "unit": {"en": "Unit", "zh": "单位"},
    "value": {"en": "Value", "zh": "值"},
    "variance": {"en": "Variance of single runs", "zh": "单次运行方差"},
    "within_budget": {"en": "Within the budget", "zh": "在预算内"},
}
PARTS: dict[str, dict[str, str]] = {
    "low": {"en": "{title}: lower bound (95 %)", "zh": "{title}：下限（95%）"},
    "high": {"en": "{title}: upper bound (95 %)", "zh": "{title}：上限（95%）"},
    "search": {"en": "{title}: in the search", "zh": "{title}：搜索时"},
}
MEASURES: dict[str, dict[str, str]] = {
    "mean": {"en": "Mean", "zh": "均值"},
    "regret_mean": {"en": "Mean regret", "zh": "平均后悔值"},
    "regret_p90": {"en": "Regret in the worst tenth", "zh": "最差十分之一情形的后悔值"},
    "regret_max": {"en": "Greatest regret", "zh": "最大后悔值"},
    "satisficing": {"en": "Share of futures that meet the target", "zh": "达到目标的情形占比"},
    "signal_to_noise": {"en": "Signal to noise", "zh": "信噪比"},
}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
STEPS = {
    "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
    "zh": ((1e12, " 万亿"), (1e8, " 亿"), (1e5, " 万")),
}


@dataclass(frozen=True)
class Table:
    """A table (CSV) of a kind of study as it is told.

    ``with_unit`` are its columns in the unit of the row's outcome, ``columns`` titles of columns
    that mean something else here or nowhere else; where ``says_nothing`` of the table, the
    sentence ``instead`` (a key of the words of studies) stands for it.
    """

    name: str
    title: Mapping[str, str]
    with_unit: tuple[str, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    says_nothing: Callable[[pd.DataFrame], bool] = lambda table: False
    instead: str = ""
    note: str = ""

    def heading(self, language: str) -> str:
        """The table's title with its file."""
        told = f"{in_language(self.title, language)} ({self.name}.csv)"
        return told.replace(" (", "（").replace(")", "）") if language == "zh" else told


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
        return PARTS[part][language].format(title=outcome_title(stem, language))
    return COLUMNS[name][language] if name in COLUMNS else title_of(study, name, language)


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
    return number(float(value), language)


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
        return MEASURES[value][language] if value in MEASURES else value
    if column == "unit":
        return unit_words(value, language)
    if column == "scenario":
        titles = {one["name"]: in_language(one["title"], language)
                  for one in study.about.get("scenarios", [])}  # fmt: skip
        return str(titles.get(value, value))
    if column == "choices":
        return SEPARATOR[language].join(choice_name(one, language) for one in value.split(", "))
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
    rule = rule.replace("<=", "≤").replace(">=", "≥")
    return rule.replace(" and ", " 且 ") if language == "zh" else rule


def number(value: float, language: str) -> str:
    """A number with four significant digits, large ones in words, extreme ones as powers of ten.

    >>> number(194369645.2, "en"), number(194369645.2, "zh"), number(1.7517e19, "en")
    ('194.4 million', '1.944 亿', '1.752×10¹⁹')
    >>> number(0.00001234, "en"), number(640.0, "en"), number(0.12345, "zh")
    ('1.234×10⁻⁵', '640', '0.1235')
    """
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        digits, _, power = f"{value:.3e}".partition("e")
        return f"{digits}×10{str(int(power)).translate(RAISED)}"
    for step, word in STEPS[language]:
        if size >= step:
            return f"{digits_of(value / (1e4 if word == ' 万' else step))}{word}"
    return digits_of(value)


def digits_of(value: float) -> str:
    """Four significant digits, whole numbers in full."""
    if value == int(value) or abs(value) >= 1e4:
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 1e3 else f"{value:.4g}"
