"""What a comparison's figures show, in sentences for those who cannot see them.

Each tells of the reference, where the figure has it, and of the policies that do most.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from cleanpark.agents.state import ATTITUDES, SIZES
from cleanpark.analysis.comparison.affected import affected_groups
from cleanpark.analysis.words import numbers
from cleanpark.analysis.words.accounts import group_title
from cleanpark.analysis.words.answer import MOST, best_first, cell
from cleanpark.analysis.words.comparison import key_findings
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.scenarios.errors import Listed

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

LEVELS = ("level_one", "level_two", "level_three")
COMPLIANCE = ("compliance_true", "compliance_apparent")
CROSSED = ("pollution_equivalents", "society_cost")


def told(name: str, found: Comparison, language: str) -> str:
    """What the figure of this name shows; empty where it is a figure of one's own."""
    sentences = TOLD[name](found, Language(language)) if name in TOLD else ()
    return " ".join(sentences)


def _chosen(found: Comparison) -> list[str]:
    """The policies that do most, the best first."""
    return best_first(found, [name for name in found.names if name != found.reference])[:MOST]


def _of(policy: str, told: Any, found: Comparison, language: Language) -> str:
    title = found.title(policy, language)
    return language.say("“{policy}”: {told}.", policy=title, told=told)


def _trajectories(found: Comparison, language: Language) -> Iterator[str]:
    yield from key_findings(found, language)[:MOST]


def _crossing(found: Comparison, language: Language) -> Iterator[str]:
    for name in _chosen(found):
        parts = [
            language.say(
                "{outcome} {change}",
                outcome=outcome_title(key, language),
                change=cell(found.row(name, key), language),
            )
            for key in CROSSED
        ]
        yield _of(name, Listed(parts, "; "), found, language)


def _payers(found: Comparison, language: Language) -> Iterator[str]:
    table = affected_groups(found).set_index(["scenario", "group"])["burden"]
    groups = [f"size:{one}" for one in SIZES] + [f"attitude:{one}" for one in ATTITUDES]
    for name in _chosen(found):
        parts = [
            language.say(
                "{group} {amount}",
                group=group_title(group, found.ensemble.parks, language),
                amount=f"{table[name, group]:+,.1f}",
            )
            for group in groups
            if (name, group) in table.index and math.isfinite(table[name, group])
        ]
        moved = language.say("CNY per CNY 10,000 of output: {parts}", parts=Listed(parts, "; "))
        yield _of(name, moved, found, language)


def _shares(*outcomes: str) -> Callable[[Comparison, Language], Iterator[str]]:
    """Sentences of the mean shares over the horizon."""

    def sentences(found: Comparison, language: Language) -> Iterator[str]:
        for name in (found.reference, *_chosen(found)):
            rows = [found.row(name, key) for key in outcomes]
            parts = [
                language.say(
                    "{outcome} {value}",
                    outcome=outcome_title(row["outcome"], language),
                    value=numbers.number(float(row["mean"]), row["unit"], language),
                )
                for row in rows
            ]
            yield _of(name, Listed(parts, "; "), found, language)

    return sentences


TOLD: dict[str, Callable[[Comparison, Language], Iterator[str]]] = {
    "trajectories": _trajectories,
    "cost_reduction": _crossing,
    "who_pays": _payers,
    "levels": _shares(*LEVELS),
    "compliance": _shares(*COMPLIANCE),
}
"""What each figure of :data:`cleanpark.analysis.figures.comparison.FIGURES` shows."""
