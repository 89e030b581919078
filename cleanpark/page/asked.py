"""What is asked, in words: a printed page has no cards and no address."""

from __future__ import annotations

from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import inside
from cleanpark.page import engine, levers
from cleanpark.page.question import START, Change, Policy, Question
from cleanpark.page.texts import say


def titles(question: Question, language: str) -> list[str]:
    """A title for each policy that no other has: the user's, or the packaged one's with what is
    changed of it."""
    found: list[str] = []
    for policy in question.policies:
        wanted = policy.name or _title(policy, language)
        title, number = wanted, 2
        while title in found:
            title, number = f"{wanted} {number}", number + 1
        found.append(title)
    return found


def _title(policy: Policy, language: str) -> str:
    base = engine.policy_title(policy.base, language)
    if not policy.changes:
        return base
    if len(policy.changes) > 1:
        return say("{base} ({count} levers changed)", language, base=base,
                   count=len(policy.changes))  # fmt: skip
    lever = Language(language).of(engine.lever_table()[policy.changes[0].lever].title)
    return say("{base} (changed: {lever})", language, base=base,
               lever=inside(lever, language))  # fmt: skip


def lines(question: Question) -> list[str]:
    """The park, then each policy with what is changed of the packaged one."""
    language = question.language
    park = say("Park: {park}", language, park=engine.park_title(question.park, language))
    return [park, *(_policy(one, language) for one in question.policies)]


def _policy(policy: Policy, language: str) -> str:
    base = engine.policy_title(policy.base, language)
    if not policy.changes:
        return policy.name or base
    joint = "；" if language == "zh" else "; "
    changes = joint.join(_change(one, language) for one in policy.changes)
    if not policy.name:
        return say("{base}, changed: {changes}", language, base=base, changes=changes)
    return say("{name}: {base}, changed: {changes}", language, name=policy.name, base=base,
               changes=changes)  # fmt: skip


def _change(change: Change, language: str) -> str:
    title = Language(language).of(engine.lever_table()[change.lever].title)
    joint = "、" if language == "zh" else ", "
    return f"{title} " + joint.join(
        levers.told(change.lever, value, language) if date == START
        else say("{value} from {date}", language, date=date,
                 value=levers.told(change.lever, value, language))
        for date, value in change.values
    )  # fmt: skip
