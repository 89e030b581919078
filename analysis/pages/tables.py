"""A study's tables in words, for its page: the files themselves keep names and all digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.policies.attribution import ALL
from cleanpark.analysis.sensitivity.estimators import DUMMY
from cleanpark.analysis.studies.folder import BARS, StudyFolder
from cleanpark.analysis.words.discovery import choice_name
from cleanpark.analysis.words.rows import value_words, with_unit
from cleanpark.analysis.words.studies import SEPARATOR, say, title_of, unit_words
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 40
"""Rows of a table on the page; divided between the outcomes where it has them."""
LEAST_ROWS = 10
"""Rows of each outcome on the page at least."""
TITLES: dict[str, dict[str, str]] = {
    "indices": {"en": "Sensitivity indices", "zh": "敏感性指数"},
    "convergence": {"en": "Indices by number of samples", "zh": "不同样本量下的指数"},
    "chance": {"en": "Parameters and chance", "zh": "参数与随机性"},
    "undefined": {"en": "Undefined samples", "zh": "无定义的样本"},
    "rows": {"en": "Rows of the design", "zh": "设计各行"},
    "attribution": {"en": "Contributions", "zh": "贡献"},
    "synergy": {"en": "Synergy of pairs", "zh": "两两协同"},
    "boxes": {"en": "Boxes of failures", "zh": "失效区域"},
    "limits": {"en": "Limits of the box", "zh": "失效区域的界限"},
    "robustness": {"en": "Robustness by policy", "zh": "各政策的稳健性"},
    "trajectory": {"en": "Peeling step by step", "zh": "逐步收缩过程"},
    "tree": {"en": "Leaves of the tree", "zh": "决策树的叶"},
    "pareto": {"en": "The best mixes", "zh": "最优组合"},
    "budget": {"en": "The best mix by budget", "zh": "不同预算下的最优组合"},
}
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
    "label_en": {"en": "Mix in words", "zh": "组合说明"},
    "label_zh": {"en": "Mix in words", "zh": "组合说明"},
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
LIMITS: dict[str, dict[str, str]] = {
    "low": {"en": "Lower limit", "zh": "下界"},
    "high": {"en": "Upper limit", "zh": "上界"},
}
"""Columns that mean something else in limits.csv."""
WITH_UNIT = {
    "rows": ("value", "low", "high", "difference", "difference_low", "difference_high"),
    "attribution": ("value", "low", "high", "alone", "last"),
    "synergy": ("value", "low", "high"),
}
"""Columns in the unit of the row's outcome, by table."""
OTHER = {"en": "zh", "zh": "en"}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
STEPS = {
    "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
    "zh": ((1e12, " 万亿"), (1e8, " 亿"), (1e5, " 万")),
}


def tables(study: StudyFolder, language: str) -> list[dict[str, Any]]:
    """The tables that say something: name, columns, rows and note."""
    return [
        table_in_words(study, name, language)
        for name in study.tables
        if not says_nothing(study, name)
    ]


def remarks(study: StudyFolder, language: str) -> list[str]:
    """What the tables that were left out would have said."""
    return [say(f"nothing_{name}", language) for name in study.tables if says_nothing(study, name)]


def says_nothing(study: StudyFolder, name: str) -> bool:
    """Whether a sentence says as much as the table."""
    table = study.tables[name]
    if name == "undefined":
        return not table[["undefined", "dropped", "runs_undefined"]].to_numpy().any()
    if name == "chance":
        return not table["chance"].notna().any()
    return name == "convergence" and table["runs"].nunique() <= 1


def table_in_words(study: StudyFolder, name: str, language: str) -> dict[str, Any]:
    """The leading rows of a table as text, and where the others are."""
    whole = study.tables[name]
    table = whole.drop(columns=[f"label_{OTHER[language]}"], errors="ignore")
    file = f"{name}.csv"
    notes = []
    if "quarter" in table:
        table = table[table["quarter"] == ""].drop(columns="quarter")
        if len(table) < len(whole):
            notes.append(say("horizon_shown", language, file=file))
    shown = leading_rows(study, table, name)
    if len(shown) < len(table):
        notes.insert(0, say("rows_shown", language, count=f"{len(shown):,}", of=f"{len(table):,}",
                            file=file))  # fmt: skip
    if name == "rows":
        notes.append(say("design_note", language))
    told = f"{TITLES[name][language]} ({file})" if name in TITLES else file
    return {
        "name": told.replace(" (", "（").replace(")", "）") if language == "zh" else told,
        "columns": [column_title(study, name, str(one), language) for one in shown.columns],
        "rows": [row_words(study, name, row, language) for row in shown.to_dict("records")],
        "note": " ".join(notes),
    }


def leading_rows(study: StudyFolder, table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The first rows of each outcome; of indices the largest, the main index first."""
    if "outcome" not in table:
        return table.head(MOST_ROWS)
    if name in ("indices", "convergence"):
        place = {one: number for number, one in enumerate(BARS.get(study.kind, []))}
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


def column_title(study: StudyFolder, table: str, name: str, language: str) -> str:
    """Title of a column: a known one, an outcome or its bounds, or a parameter."""
    if table == "limits" and name in LIMITS:
        return LIMITS[name][language]
    if name in OUTCOME_NAMES:
        return outcome_title(name, language)
    stem, _, part = name.rpartition("_")
    if stem in OUTCOME_NAMES and part in PARTS:
        return PARTS[part][language].format(title=outcome_title(stem, language))
    return COLUMNS[name][language] if name in COLUMNS else title_of(study, name, language)


def row_words(study: StudyFolder, name: str, row: dict[Any, Any], language: str) -> list[str]:
    """One row as text."""
    return [cell(study, name, str(key), row, language) for key in row]


def cell(study: StudyFolder, name: str, column: str, row: dict[Any, Any], language: str) -> str:
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
    measured = outcome_of(name, column, row)
    if measured:
        return with_unit(float(value), measured, language)
    return number(float(value), language)


def outcome_of(name: str, column: str, row: dict[Any, Any]) -> str:
    """The outcome whose unit a column has; none where it has another one."""
    if column in WITH_UNIT.get(name, ()):
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
        titles = {one["name"]: one["title"][language] for one in study.about.get("scenarios", [])}
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
