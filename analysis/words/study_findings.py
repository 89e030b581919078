"""What a study found, in plain sentences of both languages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from cleanpark.analysis.sensitivity.indices import ranking
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words import rows as row_words
from cleanpark.analysis.words.convergence import undefined_told, warning_lines
from cleanpark.analysis.words.numbers import amount, figures
from cleanpark.analysis.words.studies import index_words, listed, say, title_of
from cleanpark.analysis.words.titles import in_language, outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome

IMPORTANT = 0.05
"""Share of the variance, or of the largest effect, from which a parameter is called important."""
NAMED = 3
"""Parameters named after the leading one, and pairs named of those that interact."""
BY_CHANCE = 0.025
"""Share of pairs without interaction whose 95 % interval lies above zero all the same."""


def sensitivity_findings(study: StudyFolder, language: str) -> list[str]:
    """What matters most, what has not converged, and what was undefined."""
    warned = warning_lines(study.table("indices"), language, partial(title_of, study))
    return [*sensitivity_lines(study, language), *warned, *undefined_lines(study, language)]


def outcomes_listed(study: StudyFolder, language: str) -> str:
    """The study's outcomes in a row."""
    return listed([outcome_title(one, language) for one in study.about["outcomes"]], language)


def sensitivity_question(study: StudyFolder, language: str) -> str:
    """Which of so many parameters drive the outcomes."""
    key = "of_groups" if study.grouped else "of_parameters"
    what = say(key, language, count=len(study.names()))
    return say("question_sensitivity", language, what=what,
               outcomes=outcomes_listed(study, language))  # fmt: skip


def rows_question(study: StudyFolder, language: str) -> str:
    """What the rows of a design of one's own are to say."""
    return row_words.question(study, outcomes_listed(study, language), language)


def policy_question(key: str) -> Callable[[StudyFolder, str], str]:
    """A question about the first scenario of the study."""

    def asked(study: StudyFolder, language: str) -> str:
        scenarios = study.about.get("scenarios", [])
        title = in_language(scenarios[0]["title"], language) if scenarios else ""
        return say(key, language, scenario=title)

    return asked


def sensitivity_lines(study: StudyFolder, language: str) -> list[str]:
    """What matters most, by outcome; pairs; the share of chance; what to measure first."""
    lines = []
    ranked = ranking(study.table("indices"), study.kind)
    for name in study.about["outcomes"]:
        rows = ranked[(ranked["outcome"] == name) & ranked["value"].notna()]
        lines.append(leading_line(study, name, rows, language))
    lines += pair_lines(study, language)
    shares = study.table("chance")
    for row in shares[shares["chance"].notna()].to_dict("records"):
        title = outcome_title(row["outcome"], language)
        known = row["low"] == row["low"]
        span = say("span", language, low=100 * row["low"], high=100 * row["high"]) if known else ""
        lines.append(say("chance_line", language, outcome=title, share=100 * row["chance"],
                         common=100 * row["common"], span=span))  # fmt: skip
    first = [title_of(study, name, language) for name in measure_first(study, ranked)]
    if first:
        lines.append(say("measure_first", language, names=listed(first, language)))
    return lines


def leading_line(study: StudyFolder, name: str, rows: Any, language: str) -> str:
    """The leading parameters of one outcome, as far as they stand out from no influence."""
    title = outcome_title(name, language)
    if not len(rows):
        return say("no_index", language, outcome=title)
    lead = rows.iloc[0]
    told = {"outcome": title, "index": index_words(lead["index"], language),
            **{key: in_words(lead["index"], lead[key], name, language)
               for key in ("value", "low", "high")}}  # fmt: skip
    first = listed([title_of(study, lead["parameter"], language)], language)
    if not lead["stands_out"]:
        return say("none_matters", language, first=first, **told)
    return say("matter", language, first=first, rest=rest_of(study, rows, language), **told)


def rest_of(study: StudyFolder, rows: Any, language: str) -> str:
    """What follows the leading parameter: the next ones, or that there are none."""
    others = rows.iloc[1:]
    others = others[others["stands_out"]]
    if len(rows) == 1:
        return ""
    if not len(others):
        return say("matter_alone", language)
    great = others[others["value"] >= IMPORTANT * float(rows.iloc[0]["value"])].head(NAMED)
    if not len(great):
        return say("matter_others", language, share=100 * IMPORTANT)
    titles = [title_of(study, one, language) for one in great["parameter"]]
    return say("matter_rest", language, names=listed(titles, language))


def in_words(index: str, value: float, name: str, language: str) -> str:
    """An index with three digits; an effect in the outcome's unit."""
    if index == "mu_star" and name in OUTCOME_NAMES:
        return amount(value, outcome(name).unit, language)
    return figures(value)


def pair_lines(study: StudyFolder, language: str) -> list[str]:
    """Which pairs interact beyond doubt, by outcome, where second-order indices are there."""
    table = study.table("indices")
    pairs = table[(table["index"] == "second") & (table["quarter"] == "") & table["value"].notna()]
    lines = []
    for name, part in pairs.groupby("outcome", sort=False):
        sure = part[part["low"] > 0].sort_values("value", ascending=False, kind="stable")
        title = outcome_title(str(name), language)
        if not len(sure):
            lines.append(say("no_pair", language, outcome=title, count=len(part)))
            continue
        names = [title_of(study, one, language) for one in sure["parameter"].head(NAMED)]
        lines.append(say("pairs", language, outcome=title, of=len(part), count=len(sure),
                         names=listed(names, language),
                         chance=BY_CHANCE * len(part)))  # fmt: skip
    return lines


def measure_first(study: StudyFolder, ranked: pd.DataFrame) -> list[str]:
    """Assumed parameters with an important index of any outcome, the most important first.

    Only those that stand out from no influence.
    """
    assumed = {
        row["name"] for row in study.about["parameters"] if row.get("certainty") == "assumed"
    }
    largest = ranked.groupby("outcome")["value"].transform("max")
    share = ranked["value"] / largest.where(ranked["index"] != "total", 1.0)
    sure = ranked["stands_out"] & ranked["parameter"].isin(assumed)
    important = ranked[(share >= IMPORTANT) & sure].copy()
    important["share"] = share
    order = important.groupby("parameter")["share"].max().sort_values(ascending=False)
    return [str(name) for name in order.index[:8]]


def undefined_lines(study: StudyFolder, language: str) -> list[str]:
    """How many samples had no defined outcome, where any had none."""
    return undefined_told(study.table("undefined"), language)
