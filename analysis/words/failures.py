"""Where a policy fails, in words: the box of failures, the criterion, and how policies hold up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleanpark.analysis.policies.criterion import Criterion
from cleanpark.analysis.policies.failures import LEAST_FAILURES, Failures, read_failures
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.space import Space
from cleanpark.analysis.words.discovery import dropped_words, limit_words, say
from cleanpark.analysis.words.numbers import amount
from cleanpark.analysis.words.robustness import robustness_sentences
from cleanpark.analysis.words.titles import in_language, outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome

if TYPE_CHECKING:
    from cleanpark.analysis.policies.discovery import Discovery


def joined(limits: Sequence[str], language: str) -> str:
    """Limits that hold together."""
    text = limits[0]
    for limit in limits[1:]:
        text = say("limits", language, limits=text, limit=limit)
    return text


def discovery_lines(study: StudyFolder, language: str) -> list[str]:
    """Where the first policy of a finished study fails, and how all of them hold up."""
    found = read_failures(study)
    titles = {one["name"]: in_language(one["title"], language) for one in study.about["scenarios"]}
    space = Space.read(study.about["parameters"])
    first = box_sentence(found, space, language, next(iter(titles.values())))
    held = study.table("robustness")
    return [first, *robustness_sentences(held, found.rule, titles, language)]


def box_sentence(found: Discovery | Failures, space: Space, language: str, title: str = "") -> str:
    """The box in words; with a scenario's ``title``, the criterion in words too."""
    share = 100 * found.failures / max(1, found.runs)
    whole = say("whole", language, share=share)
    if title and found.rule is not None:
        rule = criterion_words(found.rule, found.bound, language)
        whole = say("titled", language, title=title, rule=rule, share=share)
    text = where_words(found, space, whole, language)
    if found.undefined:
        text += say("undefined", language, count=found.undefined)
    return text


def where_words(found: Discovery | Failures, space: Space, whole: str, language: str) -> str:
    """Where failures lie, or why that cannot be said."""
    if not found.failures:
        return say("none", language, whole=whole)
    if not len(found.boxes):
        key = "few" if found.failures < LEAST_FAILURES else "many"
        return say(key, language, whole=whole, count=found.failures)
    rows = found.limits.to_dict("records")
    told = [limit_words(space.factor(one["parameter"]), one, language)
            for one in rows if one["kept"]]  # fmt: skip
    if not told:
        return say("nowhere", language, whole=whole)
    box = found.boxes.iloc[0]
    text = say("where", language, whole=whole, where=joined(told, language),
               coverage=100 * box["coverage"], density=100 * box["density"])  # fmt: skip
    left = [space.factor(one["parameter"]).titled(language) for one in rows if not one["kept"]]
    return text + dropped_words(left, language)


def criterion_words(rule: Criterion, bound: float, language: str) -> str:
    """A criterion inside a sentence, such as '“Pollution equivalents” above 1.2 million'."""
    title = say("quoted", language, name=outcome_title(rule.outcome, language))
    key = "beyond_more" if rule.operator.startswith(">") else "beyond_less"
    if rule.reference:
        return say(f"{key}_reference", language, title=title)
    unit = outcome(rule.outcome).unit if rule.outcome in OUTCOME_NAMES else ""
    return say(key, language, title=title, value=amount(bound, unit, language))
