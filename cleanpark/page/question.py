"""What somebody asks of Compare, as one frozen value.

Everything that the page shows follows from a question; the address, a TOML file, Python code and a
command line are other ways to write the same one (:mod:`cleanpark.page.address`,
:mod:`cleanpark.page.reproduce`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from cleanpark.analysis.words.language import languages
from cleanpark.page import engine, limits
from cleanpark.scenarios.errors import InputError

Value = float | str
"""A lever's value: a number, or one of its choices."""
START = ""
"""The date of a change that holds from the first quarter."""
LANGUAGES = languages()
MOST_NAME = 80


@dataclass(frozen=True)
class Change:
    """A lever set to values from dates on; the date ``""`` is the first quarter.

    Without a value at the first quarter the policy's own stays until the first date.
    """

    lever: str
    values: tuple[tuple[str, Value], ...]

    @property
    def setting(self) -> Any:
        """As :func:`cleanpark.scenario` takes it: a value, or dates with values."""
        if len(self.values) == 1 and self.values[0][0] == START:
            return self.values[0][1]
        return {date or engine.first_quarter(): value for date, value in self.values}


@dataclass(frozen=True)
class Policy:
    """A packaged policy and what is changed of it; ``name`` is the user's, ``""`` for none."""

    base: str
    changes: tuple[Change, ...] = ()
    name: str = ""

    def with_change(self, change: Change) -> Policy:
        """The policy with this lever changed so, in the place it had."""
        names = [one.lever for one in self.changes]
        if change.lever not in names:
            return replace(self, changes=(*self.changes, change))
        kept = tuple(change if one.lever == change.lever else one for one in self.changes)
        return replace(self, changes=kept)

    def without(self, lever: str) -> Policy:
        """The policy with this lever as its packaged policy has it."""
        return replace(self, changes=tuple(one for one in self.changes if one.lever != lever))


@dataclass(frozen=True)
class Question:
    """A comparison: policies on a park, the outcome looked at, a target, seeds, language.

    The first policy is the one that the others are compared with. ``park`` is a packaged park's
    name, or ``file:NAME#DIGEST`` for a file that was dropped in. ``target`` is the change in
    percent wanted in ``year`` against the first policy's level in the first year; None for none.
    """

    park: str = "mixed"
    enterprises: int = 200
    quarters: int = 60
    policies: tuple[Policy, ...] = field(
        default_factory=lambda: (Policy("voluntary"), Policy("full-mix"))
    )
    outcome: str = "pollution_equivalents"
    year: int = 2030
    target: float | None = None
    seeds: int = 20
    language: str = "en"

    def with_policy(self, place: int, policy: Policy) -> Question:
        """The question with one policy in another's place, or added at the end."""
        kept = list(self.policies)
        kept[place : place + 1] = [policy]
        return replace(self, policies=tuple(kept))

    def without_policy(self, place: int) -> Question:
        """The question without one policy."""
        kept = [one for number, one in enumerate(self.policies) if number != place]
        return replace(self, policies=tuple(kept))

    @property
    def names(self) -> tuple[str, ...]:
        """A name for each policy that no other has: the user's, or the packaged one's."""
        found: list[str] = []
        for policy in self.policies:
            wanted = policy.name or (f"{policy.base}-changed" if policy.changes else policy.base)
            name, number = wanted, 2
            while name in found:
                name, number = f"{wanted}-{number}", number + 1
            found.append(name)
        return tuple(found)

    @property
    def years(self) -> list[int]:
        """The whole years that the quarters reach."""
        return engine.years(self.quarters)

    def checked(self) -> Question:
        """The question itself; InputError that says what cannot be meant, and what is allowed."""
        _check_numbers(self)
        if not 1 <= len(self.policies) <= limits.POLICIES:
            raise InputError("policies: one to {most}", most=limits.POLICIES)
        for policy in self.policies:
            if len(policy.name) > MOST_NAME:
                raise InputError("a policy's name has at most {most} characters", most=MOST_NAME)
            engine.policy(policy.base, settings_of(policy))
        engine.check_park(self.park)
        engine.check_outcome(self.outcome)
        return self


def settings_of(policy: Policy) -> dict[str, Any]:
    """A policy's changes as keyword arguments of :func:`cleanpark.scenario`."""
    return {one.lever: one.setting for one in policy.changes}


def _check_numbers(question: Question) -> None:
    bounds = {
        "enterprises": (1, limits.ENTERPRISES),
        "quarters": (4, limits.QUARTERS),
        "seeds": (2, limits.SEEDS),
    }
    for key, (low, high) in bounds.items():
        value = getattr(question, key)
        if not low <= value <= high:
            raise InputError(
                "{key} = {value}: the page allows {low} to {high}",
                key=key, value=value, low=low, high=high,
            )  # fmt: skip
    if question.year not in question.years:
        raise InputError(
            "year = {value}: the {quarters} quarters reach {first} to {last}",
            value=question.year, quarters=question.quarters,
            first=question.years[0], last=question.years[-1],
        )  # fmt: skip
    if question.target is not None and not -100 <= question.target <= 100:
        raise InputError("target = {value}: a change of -100 to 100 percent", value=question.target)
    if question.language not in LANGUAGES:
        raise InputError("language = {value}: en or zh", value=question.language)
