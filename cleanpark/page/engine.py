"""The one module of the page that asks the layers below: parks, policies, runs, outcomes.

Everything else in this package stands on the names here, and this stands on ``import cleanpark``
wherever it can.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

import cleanpark as cp
from cleanpark.analysis.words.language import Language, languages
from cleanpark.page import limits
from cleanpark.page.uploads import FILE, file_of, uploads
from cleanpark.scenarios.dates import FIRST_YEAR, quarter_label
from cleanpark.scenarios.errors import InputError, nearest
from cleanpark.scenarios.law import statutes
from cleanpark.scenarios.levers import Parameter, levers, statutory_figure, statutory_range
from cleanpark.scenarios.park import park_names
from cleanpark.scenarios.scenario import packaged_names

if TYPE_CHECKING:
    from cleanpark.page.question import Question

Single = Any
"""One policy under one seed, as :func:`single` gives it."""
KNOWN_FROM = "2018-01-01"
"""The first day of which the law is told."""


@functools.cache
def first_quarter() -> str:
    """Label of the first quarter of every run."""
    return quarter_label(0)


def label(quarter: int) -> str:
    """Label of a quarter by its number."""
    return quarter_label(quarter)


def years(quarters: int) -> list[int]:
    """The whole calendar years that so many quarters reach."""
    return [FIRST_YEAR + number for number in range(quarters // 4)]


def quarters_of(year: int) -> slice:
    """The numbers of a year's quarters."""
    begin = 4 * (year - FIRST_YEAR)
    return slice(begin, begin + 4)


def policy(base: str, settings: Mapping[str, Any]) -> cp.Scenario:
    """A packaged policy with changes; a name that is not packaged is refused, a path as well."""
    if base not in packaged_names():
        hint = nearest(base, packaged_names())
        raise InputError("unknown policy '{base}'{hint}", base=base, hint=hint)
    return cp.scenario(base, **settings)


@functools.cache
def policy_names() -> tuple[str, ...]:
    """The packaged policies, today's first."""
    return tuple(packaged_names())


def policy_title(base: str, language: str) -> str:
    """A packaged policy's title."""
    return Language(language).of(cp.scenario(base).title)


def policy_description(base: str, language: str) -> str:
    """What a packaged policy is, in a sentence."""
    return Language(language).of(cp.scenario(base).description)


def lever_table() -> Mapping[str, Parameter]:
    """Every lever by name, as declared."""
    return levers()


def lever_now(base: str, lever: str, quarter: int = 0) -> Any:
    """A lever's value in a packaged policy."""
    return cp.scenario(base).at(quarter)[lever]


@functools.cache
def lever_over_time(base: str, lever: str) -> Any:
    """A lever in a packaged policy: a value, or dates with values."""
    return cp.scenario(base).values()[lever]


def statutory(name: str, quarter: str) -> tuple[float, float, Mapping[str, str]] | None:
    """The range that the law of a quarter gives a lever, with its source by language."""
    found = statutory_range(levers()[name], quarter or first_quarter())
    return None if found is None else (found.low, found.high, found.source)


def law_of(name: str, language: str) -> list[tuple[str, str | None, str, Any]]:
    """What the law says about a lever through time: the first day, the day it ends (None where
    it holds on), the text with its article, and the low and high bound or None."""
    found = []
    one = levers()[name]
    for figure in one.law:
        for period in statutory_figure(figure, name).period:
            begin = max(str(period.from_), KNOWN_FROM)
            if period.until is not None and str(period.until) < begin:
                continue
            band = None if one.choices else statutory(name, begin)
            until = None if period.until is None else str(period.until)
            found.append((begin, until, statutes().source(period, language),
                          None if band is None else band[:2]))  # fmt: skip
    return sorted(dict.fromkeys(found), key=lambda one: one[0])


def outcome_table() -> Mapping[str, Any]:
    """Every outcome by name, as declared."""
    return {one.name: one for one in cp.OUTCOMES}


def check_outcome(name: str) -> None:
    """Refuse an outcome that is none."""
    known = outcome_table()
    if name not in known:
        raise InputError("unknown outcome '{name}'{hint}", name=name, hint=nearest(name, known))


def check_park(name: str) -> None:
    """Refuse a park that is neither packaged nor here; a path is neither."""
    if name.startswith(FILE):
        uploads.get(name)
    elif name not in park_names():
        hint = nearest(name, park_names())
        raise InputError("unknown park '{name}'{hint}", name=name, hint=hint)


def parks() -> tuple[str, ...]:
    """The packaged parks."""
    return tuple(park_names())


def park_of(name: str, enterprises: int) -> cp.Park:
    """The park of a question; a file of enterprises keeps its own number."""
    check_park(name)
    if not name.startswith(FILE):
        return cp.park(name, enterprises)
    found = uploads.get(name)
    return found if found.table is not None else cp.park(found, enterprises)


def park_title(name: str, language: str) -> str:
    """A park's title; a file's name for one's own."""
    return file_of(name) if name.startswith(FILE) else Language(language).of(cp.park(name).title)


def account_of(name: str, language: str) -> list[str]:
    """What was read of a file, filled in and converted, line by line in a language."""
    told = uploads.account(name) if name.startswith(FILE) else []
    return [Language(language).say(one) for one in told]


@dataclass(frozen=True)
class Plan:
    """What a question asks to be run: checked policies on a park, so many quarters."""

    policies: tuple[cp.Scenario, ...]
    park: cp.Park
    quarters: int

    def key(self, place: int, seed: int) -> tuple[str, str, int, int]:
        """What one run depends on."""
        return self.policies[place].digest, self.park.digest, self.quarters, seed


def plan(question: Question) -> Plan:
    """The runs of a question; refuses what is more work than the page does."""
    from cleanpark.page.asked import titles
    from cleanpark.page.question import settings_of

    question.checked()
    park = park_of(question.park, question.enterprises)
    work = park.enterprises * question.quarters * len(question.policies) * question.seeds
    if work > limits.WORK_LIMIT:
        raise InputError(
            "{enterprises} enterprises, {quarters} quarters, {policies} policies and {seeds} seeds "
            "together are more than the page runs: fewer seeds or enterprises, or the command line",
            enterprises=park.enterprises, quarters=question.quarters,
            policies=len(question.policies), seeds=question.seeds,
        )  # fmt: skip
    chosen = []
    told = {tongue: titles(question, tongue) for tongue in languages()}
    for place, (one, name) in enumerate(zip(question.policies, question.names, strict=True)):
        own = {tongue: all_of_them[place] for tongue, all_of_them in told.items()}
        chosen.append(policy(one.base, settings_of(one)).renamed(name, own))
    return Plan(tuple(chosen), park, question.quarters)


def single(todo: Plan, place: int, seed: int) -> Single:
    """Run one policy under one seed; the same numbers as in a comparison of all together."""
    chosen = todo.policies[place]
    return cp.compare(
        [chosen], todo.park, seeds=[seed], quarters=todo.quarters, reference=chosen
    ).ensemble


def together(todo: Plan, runs: Sequence[Sequence[Single]], seeds: Sequence[int]) -> cp.Comparison:
    """One comparison from its runs, given by policy and seed; the first policy is the reference."""
    parts: dict[str, Any] = {}
    for name in ("quarterly", "horizon", "groups"):
        rows = [np.concatenate([getattr(one, name) for one in row], axis=1) for row in runs]
        parts[name] = np.concatenate(rows)
    whole = replace(runs[0][0], scenarios=todo.policies, seeds=tuple(seeds), **parts)
    return cp.Comparison(whole, todo.policies[0].name)


def place_of(outcome: str) -> int:
    """Position of an outcome among all."""
    return [one.name for one in cp.OUTCOMES].index(outcome)


def version() -> str:
    """The version of cleanpark that runs."""
    return str(cp.__version__)


def paired(values: Any, reference: Any) -> Any:
    """Paired differences by seed with 95 % intervals; arrays are (seed, what is compared)."""
    from cleanpark.analysis.statistics.paired import paired as compare_pairs

    return compare_pairs(values, reference)


def ratio_interval(over: Any, under: Any) -> tuple[Any, Any]:
    """95 % interval of a ratio of means over seeds; arrays are (seed, what is compared)."""
    from cleanpark.analysis.statistics.ratios import ratio_interval as by_fieller

    return by_fieller(over, under)


def number(value: float, unit: str, language: str) -> str:
    """A number in its unit as all texts of cleanpark give it."""
    from cleanpark.analysis.words.numbers import number as worded

    return worded(value, unit, language)


def scale(largest: float, unit: str, language: str) -> tuple[float, str]:
    """A divisor that keeps an axis' numbers short, and the unit that then stands there."""
    from cleanpark.analysis.words.numbers import scale as scaled

    return scaled(largest, unit, language)


def choice_words(name: str, language: str) -> str:
    """A choice of a lever in words."""
    from cleanpark.analysis.words.discovery import choice_name
    from cleanpark.page.texts import CHOICES

    found = choice_name(name, language)
    return CHOICES.get(found, found)


def signed(value: float, unit: str, language: str) -> str:
    """A difference with its sign in its own unit."""
    from cleanpark.analysis.words.comparison import signed as worded

    return worded(value, unit, language).replace("-", "−")


def unit_words(unit: str, language: str) -> str:
    """A unit of a lever or an outcome in words."""
    from cleanpark.analysis.words.numbers import unit as of_outcome
    from cleanpark.analysis.words.studies import unit_words as of_lever

    found = of_lever(unit, language)
    return of_outcome(unit, language) if found == unit else found


def certainty_words(certainty: str, language: str) -> str:
    """How certain a value is, in words."""
    from cleanpark.analysis.words.studies import kind_words

    return kind_words(certainty, language)


@functools.cache
def group_names() -> list[str]:
    """Names of the groups of enterprises, in the order of a comparison's groups."""
    from cleanpark.model.outcomes import group_names as of_sectors
    from cleanpark.scenarios.sectors import sectors

    return list(of_sectors([one.name for one in sectors()]))


def sector_titles(language: str) -> dict[str, str]:
    """Every sector's title by its name."""
    from cleanpark.scenarios.sectors import sectors

    return {one.name: Language(language).of(one.title) for one in sectors()}


@dataclass(frozen=True)
class Story:
    """Why an enterprise chose as it did, in sentences, and what it decided, line by line."""

    reasons: list[str]
    lines: list[str]


def story(todo: Plan, place: int, seed: int, enterprise: str, quarter: int, language: str) -> Story:
    """What one enterprise decided in a quarter, and why.

    The model runs with agents up to that quarter, which gives the same bits as the compiled one.
    """
    from cleanpark.analysis.words.story import story_lines
    from cleanpark.model.given import identities
    from cleanpark.model.trace import trace
    from cleanpark.page import why

    seen = why.Watch()
    watched = why.watching(identities([todo.park]).index(enterprise), quarter, seen)
    quarters = trace(todo.policies[place], todo.park, enterprise, seed, quarter + 1, watched)
    lines = [line.strip() for line in story_lines(quarters[-1:], language)]
    return Story(why.reasons(quarters[-1], seen, language), lines)
