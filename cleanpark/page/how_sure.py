"""How sure: whether the order of two policies turns over the assumptions, and which move it."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import Any

from nicegui import background_tasks, ui

from cleanpark.analysis.policies.order import Order, order_of
from cleanpark.analysis.words.studies import parameter_title
from cleanpark.page import answer, engine, limits
from cleanpark.page.chart_parts import COLOURS, base, category_axis, finite, value_axis
from cleanpark.page.jobs import Cancelled
from cleanpark.page.question import Question
from cleanpark.page.texts import say
from cleanpark.page.wording import told_error
from cleanpark.page.work import LATER, Worker
from cleanpark.scenarios.errors import InputError

FUTURES, LEAST_FUTURES, SEEDS = 128, 32, 2
SHOWN = 10


def screened(question: Question, place: int, follow: Any) -> Order:
    """The policy at a place against the first one, in futures over the assumptions' ranges."""
    todo = engine.plan(question)
    each = todo.park.enterprises * engine.quarters_of(question.year).stop * 2 * SEEDS
    futures = max(LEAST_FUTURES, min(FUTURES, limits.WORK_LIMIT // max(1, each)))
    return order_of(
        todo.policies[place], todo.policies[0], todo.park, question.outcome, question.year,
        futures, SEEDS, progress=follow,
    )  # fmt: skip


def titled(question: Question, place: int) -> str:
    """A policy's title as the reader knows it."""
    one = question.policies[place]
    return one.name or engine.policy_title(one.base, question.language)


def sentences(found: Order, question: Question, place: int) -> list[str]:
    """Whether the order turns, and what moves the difference."""
    language = question.language
    told = {
        "futures": len(found.gaps), "below": found.below, "above": found.above,
        "outcome": answer.outcome_title(found.outcome, language, inside=True), "year": found.year,
        "policy": titled(question, place), "reference": titled(question, 0),
    }  # fmt: skip
    if found.turns:
        first = (
            "In {futures} futures drawn over the assumptions’ ranges, {outcome} in {year} is lower "
            "under “{policy}” than under “{reference}” in {below} and higher in {above}: the order "
            "turns."
        )
    else:
        first = (
            "In {futures} futures drawn over the assumptions’ ranges, {outcome} in {year} is lower "
            "under “{policy}” than under “{reference}” in {below} and higher in {above}: the order "
            "does not turn."
        )
    movers = found.movers[found.movers["told"]]
    if movers.empty:
        second = say("No single assumption moves the difference distinguishably.", language)
    else:
        names = [parameter_title(one, language) for one in movers["parameter"].head(3)]
        joint = "、" if language == "zh" else "; "
        second = say("What moves the difference most: {names}.", language, names=joint.join(names))
    return [say(first, language, **told), second]


def movers_option(found: Order, question: Question) -> dict[str, Any]:
    """The strongest assumptions: rank correlation with the difference, filled where told."""
    language = question.language
    rows = found.movers.head(SHOWN).iloc[::-1]
    option = base(
        say("Which assumptions move the difference?", language),
        say("rank correlation of the assumption with the difference, −1 to 1; pale: not "
            "distinguishable from none", language),
        language,
    )  # fmt: skip
    option["legend"]["show"] = False
    option["tooltip"]["axisPointer"] = {"type": "shadow"}
    option["yAxis"] = category_axis([parameter_title(one, language) for one in rows["parameter"]])
    option["yAxis"]["axisLabel"] = {"width": 170, "overflow": "truncate", "interval": 0}
    option["xAxis"] = {**value_axis(zero=True), "min": -1, "max": 1}
    option["series"] = [
        {
            "type": "bar", "name": say("rank correlation", language), "barMaxWidth": 18,
            "data": [
                {"value": finite(rho), "itemStyle": {"color": COLOURS[2] if told else "#B9CBD8"}}
                for rho, told in zip(rows["correlation"], rows["told"], strict=True)
            ],
        }
    ]  # fmt: skip
    return option


class HowSure:
    """The button that begins the screening, its progress, and what it found."""

    def __init__(self, worker: Worker, question: Question) -> None:
        """Lay it out where the caller stands."""
        self.worker, self.question = worker, question
        self.client = ui.context.client
        self.given_up = threading.Event()
        self.task: asyncio.Task[None] | None = None
        with ui.element("div").classes("cp-column").style("margin-top: 14px"):
            with ui.element("div").classes("cp-row"):
                self.button = ui.button(self.say("Does the order turn?"), on_click=self.start)
                self.button.props("outline no-caps color=primary data-screen=1")
                text = ("Runs both policies in futures drawn over the ranges of all assumptions; "
                        "half a minute.")  # fmt: skip
                self.status = ui.label(self.say(text)).classes("cp-note cp-grow")
            self.lines = ui.element("div").props("aria-live=polite data-order=1")
            self.chart = ui.echart({"series": []}).classes("cp-chart cp-small")
            self.chart.props("role=img data-chart=movers")
            self.chart.props["aria-label"] = self.say("Which assumptions move the difference?")
            self.chart.set_visibility(False)
        self.client.on_disconnect(self.stop)

    def say(self, english: str, **fields: object) -> str:
        """A text in the visitor's language."""
        return say(english, self.question.language, **fields)

    def ask_for(self, question: Question) -> None:
        """Another question: what was found belongs to the one before."""
        if question != self.question:
            self.stop()
            self.question = question
            self.lines.clear()
            self.chart.set_visibility(False)
        self.button.set_enabled(len(question.policies) > 1)

    def start(self) -> None:
        """Begin, or give up what is under way."""
        if self.task is not None and not self.task.done():
            self.stop()
            return
        self.given_up = threading.Event()
        self.button.set_text(self.say("Cancel"))
        self.task = background_tasks.create(self._follow(), name="screening")

    def stop(self) -> None:
        """Give up what is under way; it ends with its next run."""
        self.given_up.set()

    async def _follow(self) -> None:
        question, place, given_up = self.question, len(self.question.policies) - 1, self.given_up
        clocks: list[Any] = []

        def follow(clock: Any) -> None:
            clocks[:] = [clock]
            if given_up.is_set():
                raise Cancelled

        waiting = self.worker.studies.submit(LATER, lambda: screened(question, place, follow))
        asked = asyncio.wrap_future(waiting)
        with self.client:
            while not asked.done():
                await asyncio.wait([asked], timeout=0.4)
                for clock in clocks:
                    self.status.set_text(self.say("{done} of {total} runs done", done=clock.done,
                                                  total=clock.total))  # fmt: skip
            self.status.set_text("")
            self.button.set_text(self.say("Does the order turn?"))
            with contextlib.suppress(Cancelled):
                try:
                    self._show(asked.result(), question, place)
                except InputError as problem:
                    self.status.set_text(told_error(problem, question.language))

    def _show(self, found: Order, question: Question, place: int) -> None:
        if question != self.question:
            return
        self.lines.clear()
        with self.lines:
            for text in sentences(found, question, place):
                ui.label(text).classes("cp-finding")
        option = movers_option(found, question)
        self.chart.props["options"] = option
        self.chart.props["aria-label"] = option["aria"]["label"]["description"]
        self.chart.set_visibility(True)
        self.chart.update()
