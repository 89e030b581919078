"""What a study found, in plain sentences of both languages."""

from __future__ import annotations

from typing import Any

import pandas as pd

from cleanpark.analysis.indices import ranking, warning_lines
from cleanpark.analysis.sensitivity import METHODS, outcome_title
from cleanpark.analysis.study_folder import StudyFolder
from cleanpark.analysis.study_wording import say

IMPORTANT = 0.05
"""Share of the variance, or of the largest effect, from which a parameter is called important."""
SEPARATOR = {"en": ", ", "zh": "、"}


def question(study: StudyFolder, language: str) -> str:
    """The study's question in a sentence."""
    if study.kind in METHODS:
        titles = [outcome_title(name, language) for name in study.about["outcomes"]]
        outcomes = SEPARATOR[language].join(titles)
        return say("question_sensitivity", language, count=len(study.names()), outcomes=outcomes)
    scenarios = study.about.get("scenarios", [])
    title = scenarios[0]["title"][language] if scenarios else ""
    return say(f"question_{study.kind}", language, scenario=title)


def findings(study: StudyFolder, language: str) -> list[str]:
    """What was found, sentence by sentence, with what a reader must beware of."""
    lines = list(study.about.get("settings", {}).get("sentences", {}).get(language, []))
    if study.kind in METHODS:
        lines += sensitivity_lines(study, language)
        lines += warning_lines(study.table("indices"), language)
        lines += undefined_lines(study, language)
    if study.about.get("failed"):
        lines.append(say("failed_line", language, failed=f"{study.about['failed']:,}"))
    return lines


def sensitivity_lines(study: StudyFolder, language: str) -> list[str]:
    """What matters most, by outcome; the share of chance; what to measure first."""
    lines = []
    ranked = ranking(study.table("indices"))
    for name in study.about["outcomes"]:
        rows = ranked[(ranked["outcome"] == name) & ranked["value"].notna()]
        lines.append(leading_line(study, name, rows, language))
    shares = study.table("chance")
    for row in shares[shares["chance"].notna()].to_dict("records"):
        title = outcome_title(row["outcome"], language)
        lines.append(say("chance_line", language, outcome=title, share=100 * row["chance"]))
    first = [study.title(name, language) for name in measure_first(study, ranked)]
    if first:
        lines.append(say("measure_first", language, names=SEPARATOR[language].join(first)))
    return lines


def leading_line(study: StudyFolder, name: str, rows: Any, language: str) -> str:
    """The leading parameters of one outcome."""
    title = outcome_title(name, language)
    if not len(rows):
        return say("no_index", language, outcome=title)
    lead = rows.iloc[0]
    others = rows.iloc[1:4]
    others = others[others["value"] >= IMPORTANT * max(1e-300, float(lead["value"]))]
    names = SEPARATOR[language].join(study.title(one, language) for one in others["parameter"])
    rest = say("matter_rest", language, names=names) if names else ""
    return say(
        "matter",
        language,
        outcome=title,
        first=study.title(lead["parameter"], language),
        index=say(lead["index"], language),
        value=lead["value"],
        low=lead["low"],
        high=lead["high"],
        rest=rest,
    )


def measure_first(study: StudyFolder, ranked: pd.DataFrame) -> list[str]:
    """Assumed parameters with an important index of any outcome, the most important first."""
    assumed = {
        row["name"] for row in study.about["parameters"] if row.get("certainty") == "assumed"
    }
    largest = ranked.groupby("outcome")["value"].transform("max")
    share = ranked["value"] if study.kind == "sobol" else ranked["value"] / largest
    important = ranked[(share >= IMPORTANT) & ranked["parameter"].isin(assumed)].copy()
    important["share"] = share
    order = important.groupby("parameter")["share"].max().sort_values(ascending=False)
    return [str(name) for name in order.index[:8]]


def undefined_lines(study: StudyFolder, language: str) -> list[str]:
    """How many samples had no defined outcome, where any had none."""
    rows = study.table("undefined")
    return [
        say(
            "undefined_line",
            language,
            outcome=outcome_title(row["outcome"], language),
            count=row["undefined"],
            dropped=row["dropped"],
        )
        for row in rows[rows["undefined"] > 0].to_dict("records")
    ]
