"""Find a mix: searches levers for mixes that meet the target, or do most, within limits."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from nicegui import ui

import cleanpark as cp
from cleanpark.analysis.policies.mixes import qualified
from cleanpark.analysis.words.answer import goal_words
from cleanpark.analysis.words.mixes import lever_words, told_changes
from cleanpark.analysis.words.numbers import in_percent
from cleanpark.page import engine, levers, limits, measures
from cleanpark.page.number_box import NumberBox
from cleanpark.page.on_request import Follow, OnRequest
from cleanpark.page.question import Change, Policy, Question
from cleanpark.page.texts import say
from cleanpark.page.work import Worker
from cleanpark.scenarios.errors import N_, InputError

MOST = "matter most"
GROUPS = (MOST, "audit", "information", "incentives", "penalties")
"""Groups of levers that a mix may change."""
USUAL = (MOST,)
COSTS = ("society_cost", "enterprise_cost", "treasury_net")
"""What is weighed beside the outcome, or against each other where a target is to be met."""
POPULATION, SEEDS, FRESH, SHARE = 16, 3, 10, 0.8
MOST_GENERATIONS, LEAST_GENERATIONS = 10, 3
RECHECKED = 20
SHOWN = 4
TEN_THOUSAND = 1e4


@dataclass(frozen=True)
class Limits:
    """What a mix may change, and what the treasury may lose against the first policy, CNY over
    all quarters."""

    groups: tuple[str, ...] = USUAL
    budget: float = float("inf")


@dataclass(frozen=True)
class Found:
    """Mixes by the first objective, the best first: only those that qualify on fresh seeds.

    ``table`` is as a search writes it, ``told`` what each mix sets in words, ``count`` how many
    were found in all, ``start`` the quarter from which on they hold.
    """

    table: pd.DataFrame
    told: list[list[str]]
    levers: tuple[str, ...]
    count: int
    start: int


def levers_of(groups: tuple[str, ...]) -> list[str]:
    """The levers of groups, each once; InputError where there is none."""
    known = dict(levers.ordered())
    found = dict.fromkeys(name for one in groups for name in known[one])
    if not found:
        raise InputError("name at least one group of levers that a mix may change")
    return list(found)


def objectives(question: Question) -> tuple[str, ...]:
    """What is weighed: with a target the costs alone, else the outcome first."""
    if question.target is not None:
        return COSTS
    return tuple(dict.fromkeys((question.outcome, *COSTS)))


def generations(question: Question, park: cp.Park) -> int:
    """As many generations as the page's work allows; InputError where they are too few."""
    each = park.enterprises * question.quarters
    left = limits.WORK_LIMIT - RECHECKED * FRESH * each
    found = min(MOST_GENERATIONS, left // (POPULATION * SEEDS * each))
    if found < LEAST_GENERATIONS:
        raise InputError(
            "{enterprises} enterprises over {quarters} quarters are too many to search on the "
            "page: take fewer, or `cleanpark optimize`",
            enterprises=park.enterprises, quarters=question.quarters,
        )  # fmt: skip
    return int(found)


def searched(question: Question, within: Limits, follow: Callable[[Any], None]) -> Found:
    """Search mixes of the last policy, compared with the first one."""
    chosen = levers_of(within.groups)
    todo = engine.plan(question)
    start = min(4, question.quarters - 1)
    wanted = None if question.target is None else measures.target_of(question)
    with tempfile.TemporaryDirectory(prefix="cleanpark-") as folder:
        best = cp.optimize(
            todo.policies[-1], ",".join(chosen), objectives(question),
            budget=within.budget, reference=todo.policies[0], park=todo.park,
            quarters=question.quarters, folder=Path(folder) / "search",
            generations=generations(question, todo.park), population=POPULATION, seeds=SEEDS,
            fresh_seeds=FRESH, start=start, target=wanted, target_share=SHARE, progress=follow,
        )  # fmt: skip
        return _ranked(best, objectives(question)[0], start, question.language)


def _ranked(best: cp.Optimum, first: str, start: int, language: str) -> Found:
    """The mixes that qualify, the best in the first objective first."""
    assert best.study.space is not None
    space, base = best.study.space, best.study.settings["base"]
    if len(space.factors) <= len(levers.FIRST):
        told = [[lever_words(one, mix[one.name], language) for one in space.factors]
                for mix in best.mixes.to_dict("records")]  # fmt: skip
    else:
        told = told_changes(best.mixes, space, base, language)
    rows = best.mixes[qualified(best.mixes)]
    upward = engine.outcome_table()[first].better == "high"
    rows = rows.sort_values(first, ascending=not upward, kind="stable")
    return Found(rows, [told[place] for place in rows.index], tuple(space.names),
                 len(best.mixes), start)  # fmt: skip


def with_mix(policy: Policy, mix: Mapping[str, Any], levers: tuple[str, ...], start: int,
             name: str) -> Policy:  # fmt: skip
    """The policy with a mix's levers from the quarter ``start`` on."""
    date = engine.label(start) if start else ""
    for lever in levers:
        value = mix[lever]
        kept = [one for change in policy.changes if change.lever == lever
                for one in change.values if one[0] < date]  # fmt: skip
        new = (date, value if isinstance(value, str) else float(value))
        policy = policy.with_change(Change(lever, (*kept, new)))
    return replace(policy, name=name)


def taken(question: Question, found: Found, place: int, base: Policy | None = None) -> Question:
    """The question with a mix as one more policy; as the last one where there is no room, in its
    own place where it is there already. ``base`` is what was varied, by default the last policy."""
    name = say("Mix {number}", question.language, number=place + 1)
    mix: Any = found.table.iloc[place]
    policy = with_mix(base or question.policies[-1], mix, found.levers, found.start, name)
    there = [number for number, one in enumerate(question.policies) if one.name == name]
    room = len(question.policies) < limits.POLICIES
    last = len(question.policies) - (0 if room else 1)
    return question.with_policy(there[0] if there else last, policy)


def headline(found: Found, question: Question) -> str:
    """How many mixes qualify, and what for."""
    fields = {"count": len(found.table), "all": found.count, "seeds": FRESH}
    if found.table.empty:
        text = N_(
            "None of the {all} mixes found holds in {seeds} further runs: ask for less, allow "
            "more, or take a larger park, in which chance does less."
        )
        return say(text, question.language, **fields)
    if question.target is None:
        text = N_(
            "{count} of {all} mixes found are beaten by no other one of them in {seeds} further "
            "runs, in what they cost and what they do."
        )
        return say(text, question.language, **fields)
    text = N_(
        "{count} of {all} mixes found meet the target {goal} in at least {share} of {seeds} "
        "further runs and are beaten by no other one in what they cost."
    )
    goal = goal_words(measures.target_of(question), question.language)
    share = in_percent(f"{100 * SHARE:.0f}", question.language)
    return say(text, question.language, **fields, goal=goal, share=share)


class FindMix(OnRequest):
    """Searches mixes for the question shown; each found one can be taken over as a policy."""

    button_text = N_("Find a mix")
    note = N_("Varies the levers of the last policy from 2027 on; about a minute.")
    least_policies = 1

    def __init__(
        self, worker: Worker, question: Question, take: Callable[[Question], None]
    ) -> None:
        """Lay the limits and the button out where the caller stands."""
        self.take = take
        self.within = Limits()
        with ui.element("div").classes("cp-row cp-noprint").style("margin-top: 8px"):
            groups = {one: say(f"group {one}", question.language) for one in GROUPS}
            chosen = ui.select(
                groups, value=list(USUAL), multiple=True,
                label=say("What a mix may change", question.language),
                on_change=lambda event: self._limit(groups=tuple(event.value)),
            )  # fmt: skip
            chosen.props("dense use-chips").style("min-width: 280px; max-width: 100%")
            budget = NumberBox(
                say("Treasury loss, at most, CNY 10,000", question.language), None, (0, None),
                question.language, whole=False, optional=True,
                act=lambda number: self._limit(budget=_budget(number)),
            )  # fmt: skip
            budget.props("dense clearable data-budget=1").style("width: 290px")
        super().__init__(worker, question)

    def _limit(self, **fields: Any) -> None:
        self.within = replace(self.within, **fields)

    def run(self, question: Question, follow: Follow) -> Found:
        """Search; given up at the next generation."""
        return searched(question, self.within, follow)

    def show(self, result: Found, question: Question) -> None:
        """The mixes that qualify, each to be taken over."""
        ui.label(headline(result, question)).classes("cp-finding")
        if not result.table.empty:
            self._table(result, question)

    def _table(self, result: Found, question: Question) -> None:
        """Mixes side by side: what each does, then what it sets."""
        reference = engine.plan(question).policies[0].title[question.language]
        text = self.say("Against “{reference}”, all quarters together.", reference=reference)
        ui.label(text).classes("cp-note")
        count = min(SHOWN, len(result.table))
        names = [self.say("Mix {number}", number=place + 1) for place in range(count)]
        with ui.element("table").classes("cp-table").props("data-mixes=1"):
            with ui.element("thead"), ui.element("tr"):
                for place, name in enumerate(["", *names]):
                    with ui.element("th").props("scope=col"):
                        ui.label(name)
                        if place:
                            self._button(result, place - 1, question, name)
            with ui.element("tbody"):
                for title, cells in rows(result, question, count):
                    self._row(title, cells, names)

    def _button(self, found: Found, place: int, question: Question, name: str) -> None:
        button = ui.button(
            self.say("Take over"), icon="add", on_click=partial(self._take, found, place, question)
        )
        text = self.say("Take over")
        button.props(f'flat dense no-caps color=primary aria-label="{text}: {name}"')

    def _row(self, title: str, cells: list[str], names: list[str]) -> None:
        with ui.element("tr"):
            with ui.element("th").props("scope=row"):
                ui.label(title)
            for name, text in zip(names, cells, strict=True):
                with ui.element("td") as cell:
                    ui.label(text)
                cell.props["data-label"] = name

    def _take(self, found: Found, place: int, searched_for: Question) -> None:
        """Take a mix over; the others stay, for one may want two of them."""
        base = searched_for.policies[-1]
        self.question = taken(self.question, found, place, base)
        self.take(self.question)


def rows(found: Found, question: Question, count: int) -> Iterator[tuple[str, list[str]]]:
    """Rows of the table of the first mixes: a title and a text for each mix."""
    language, table = question.language, found.table.iloc[:count]
    if question.target is not None:
        met = [in_percent(f"{100 * one:.0f}", language) for one in table["target_met"]]
        yield say("Target met", language), met
    for name in objectives(question):
        declared = engine.outcome_table()[name]
        texts = [engine.signed(float(one), str(declared.unit), language) for one in table[name]]
        yield str(declared.title[language]), texts
    if len(found.levers) > len(levers.FIRST):
        yield say("What it changes", language), [_changes(found, k, language) for k in range(count)]
        return
    for lever in found.levers:
        title = str(engine.lever_table()[lever].title[language])
        yield title, [_told(lever, one, language) for one in table[lever]]


def _told(lever: str, value: Any, language: str) -> str:
    """A lever's value in words, a number to three digits."""
    return levers.told(lever, value if isinstance(value, str) else float(f"{value:.3g}"), language)


def _changes(found: Found, place: int, language: str) -> str:
    """The levers that a mix moved most, where they are too many for a row each."""
    left = len(found.levers) - len(found.told[place])
    more = [say("and {count} others", language, count=left)] if left else []
    return ("；" if language == "zh" else "; ").join([*found.told[place], *more])


def _budget(value: Any) -> float:
    return float("inf") if value is None else TEN_THOUSAND * float(value)
