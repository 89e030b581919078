"""Find a mix: searches levers for mixes that meet the target, or do most, within limits."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
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


def taken(question: Question, found: Found, place: int) -> Question:
    """The question with a mix as one more policy; as the last one where there is no room."""
    number = place + 1
    name = say("Mix {number}", question.language, number=number)
    mix: Any = found.table.iloc[place]
    policy = with_mix(question.policies[-1], mix, found.levers, found.start, name)
    room = len(question.policies) < limits.POLICIES
    return question.with_policy(len(question.policies) - (0 if room else 1), policy)


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
        heads = [N_("What it changes"), *(self._title(one) for one in objectives(question))]
        if question.target is not None:
            heads.insert(1, N_("Target met"))
        with ui.element("table").classes("cp-table").props("data-mixes=1"):
            with ui.element("thead"), ui.element("tr"):
                for head in (*heads, ""):
                    with ui.element("th").props("scope=col"):
                        ui.label(self.say(head) if head else "")
            with ui.element("tbody"):
                for place in range(min(SHOWN, len(result.table))):
                    self._row(result, place, heads, question)

    def _title(self, name: str) -> str:
        return str(engine.outcome_table()[name].title[self.question.language])

    def _row(self, found: Found, place: int, heads: list[str], question: Question) -> None:
        mix: Any = found.table.iloc[place]
        joint = "；" if question.language == "zh" else "; "
        left = len(found.levers) - len(found.told[place])
        more = [self.say("and {count} others", count=left)] if left else []
        cells = [joint.join([*found.told[place], *more])]
        if question.target is not None:
            cells.append(in_percent(f"{100 * mix['target_met']:.0f}", question.language))
        for name in objectives(question):
            unit = str(engine.outcome_table()[name].unit)
            cells.append(engine.signed(float(mix[name]), unit, question.language))
        with ui.element("tr"):
            for head, text in zip(heads, cells, strict=True):
                with ui.element("td") as cell:
                    ui.label(text)
                cell.props["data-label"] = self.say(head)
            with ui.element("td").style("white-space: nowrap"):
                act = partial(self._take, found, place, question)
                button = ui.button(self.say("Take over"), icon="add", on_click=act)
                button.props("flat dense no-caps color=primary")

    def _take(self, found: Found, place: int, question: Question) -> None:
        self.take(taken(question, found, place))


def _budget(value: Any) -> float:
    return float("inf") if value is None else TEN_THOUSAND * float(value)
