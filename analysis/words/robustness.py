"""How policies hold up, in words: who meets the target, who regrets most, and what is a tie."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.policies.criterion import Criterion, side_of
from cleanpark.analysis.words.changes import distance
from cleanpark.analysis.words.discovery import say
from cleanpark.analysis.words.numbers import amount, whole_percent
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome

if TYPE_CHECKING:
    import pandas as pd

SAID = {">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than"}


def target_words(name: str, side: str, target: float, language: str) -> str:
    """A target in words: 'at least 70 %'."""
    unit = outcome(name).unit if name in OUTCOME_NAMES else ""
    return say(SAID[side], language, value=amount(target, unit, language))


def robustness_sentences(
    table: pd.DataFrame, rule: Criterion, titles: Mapping[str, str], language: str
) -> list[str]:
    """The policies by what they reach in the outcome that fails, best first; ties are said.

    ``table`` is robustness.csv; a single policy has nobody to be compared with.
    """
    name = rule.outcome
    rows = table[(table["outcome"] == name) & table["rank"].notna()]
    if len(titles) < 2 or not len(rows):
        return []
    unit = outcome(name).unit
    target = target_words(name, side_of(name, rule), float(rows["target"].iloc[0]), language)
    told: list[tuple[str, str, Callable[[float], str]]] = [
        ("mean", "mean_ranked", lambda value: amount(value, unit, language)),
        ("regret_mean", "regret_ranked", lambda value: distance(value, unit, language)),
    ]
    if not rule.reference:
        told.insert(0, ("satisficing", "futures_met", lambda one: whole_percent(one, language)))
    return [
        say(key, language, title=outcome_title(name, language), target=target,
            ranking=ranking(rows[rows["measure"] == measure], titles, words, language))
        for measure, key, words in told
    ]  # fmt: skip


def ranking(
    rows: pd.DataFrame, titles: Mapping[str, str], words: Callable[[float], str], language: str
) -> str:
    """Policies by rank with their values; those that share a rank cannot be distinguished."""
    order: list[dict[Any, Any]] = rows.sort_values("rank", kind="stable").to_dict("records")
    groups = []
    for _, same in itertools.groupby(order, key=lambda row: row["rank"]):
        told = [f"{say('quoted', language, name=titles[one['scenario']])} {words(one['value'])}"
                for one in same]  # fmt: skip
        tie = say("tie", language) if len(told) > 1 else ""
        groups.append(say("together", language).join(told) + tie)
    return say("then", language).join(groups)
