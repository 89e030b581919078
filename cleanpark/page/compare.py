"""Compare: what is changed on the left, what comes of it on the right."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nicegui import background_tasks, ui
from starlette.requests import Request

from cleanpark.page import address
from cleanpark.page.cards import Cards
from cleanpark.page.frame import language_of, open_page
from cleanpark.page.question import Question
from cleanpark.page.results import Results
from cleanpark.page.texts import say
from cleanpark.page.wording import told_error
from cleanpark.page.work import Worker
from cleanpark.scenarios.errors import N_, InputError

PATIENCE = 0.06
"""Seconds that a moving lever may rest before runs begin."""

WENT = """
<script>addEventListener('popstate', () => emitEvent('address',
  {query: location.search, step: Number(history.state?.step) || 0}))</script>
"""
"""Tells where the visitor went back or forward to, and how many steps from the beginning."""


class Steps:
    """Undo and redo: the browser's own back and forward, within the steps of this page."""

    def __init__(self, language: str) -> None:
        """Lay both buttons out, with nothing to undo yet."""
        self.now, self.last = 0, 0
        with ui.element("div").classes("cp-row cp-tight cp-steps"):
            self.buttons = [
                ui.button(say(text, language), icon=icon).props(f"flat dense no-caps data-{icon}=1")
                for text, icon in ((N_("Undo"), "undo"), (N_("Redo"), "redo"))
            ]
        for button, act in zip(self.buttons, ("back", "forward"), strict=True):
            button.on("click", js_handler=f"() => history.{act}()")
        self._show()

    def taken(self) -> int:
        """A step forward, which ends those that were undone; its number."""
        self.now += 1
        self.last = self.now
        self._show()
        return self.now

    def gone(self, told: Any, go_to: Callable[[str], None]) -> None:
        """The visitor went to another step."""
        told = told if isinstance(told, dict) else {}
        step = told.get("step")
        self.now = step if isinstance(step, int) and 0 <= step <= self.last else 0
        self._show()
        go_to(str(told.get("query", "")))

    def _show(self) -> None:
        undo, redo = self.buttons
        undo.set_enabled(self.now > 0)
        redo.set_enabled(self.now < self.last)


class Compare:
    """One visitor's page: the question of the moment and the task that answers it."""

    def __init__(self, worker: Worker, question: Question, problem: str) -> None:
        """Lay the page out and ask the question."""
        self.worker, self.question = worker, question
        self.client = ui.context.client
        self.task: asyncio.Task[None] | None = None
        drawer = ui.left_drawer(value=False, bordered=True)
        with drawer.props("show-if-above width=370 breakpoint=900"):
            self.steps = Steps(question.language)
            self.cards = Cards(question, self.ask)
        text = say("Park, policies and levers", question.language)
        button = ui.button(text, icon="tune", on_click=drawer.toggle)
        button.props("flat no-caps color=primary").classes("cp-noprint cp-narrow").style(
            "margin: 6px"
        )
        self.results = Results(question, self.ask_and_show, worker)
        self.client.on_disconnect(self.stop)
        ui.on("address", lambda event: self.steps.gone(event.args, self.go_to))
        ui.add_head_html(WENT)
        self.results.ask_for(question)
        if problem:
            self.results.refuse(problem)
        self.start()

    def ask(self, question: Question) -> None:
        """Take a new question from the cards: into the address, and to the worker."""
        if question == self.question:
            return
        self.question = question
        query = json.dumps(f"?{address.to_query(question)}")
        with self.client:  # what was clicked may be gone, as an entry of a closed list is
            step = self.steps.taken()
            self.client.run_javascript(f'history.pushState({{step: {step}}}, "", {query})')
            self.results.ask_for(question)
            self.start()

    def ask_and_show(self, question: Question) -> None:
        """Take a new question from the results: the cards know of it as well."""
        if question.policies == self.question.policies:
            self.cards.question = question
        else:
            self.cards.show(question)
        if self.results.found is not None and _same_runs(question, self.question):
            self.results.question = question
            self.results.redraw()
        self.ask(question)

    def go_to(self, query: str) -> None:
        """Show the question of an address that the visitor went back or forward to."""
        try:
            question = address.from_query(query)
        except InputError as problem:
            self.results.refuse(told_error(problem, self.question.language))
            return
        self.question = replace(question, language=self.question.language)
        self.cards.show(self.question)
        self.results.ask_for(self.question)
        self.start()

    def start(self) -> None:
        """Answer the question of the moment; what was under way is given up."""
        self.stop()
        self.task = background_tasks.create(self._follow(self.question), name="answer")

    def stop(self) -> None:
        """Give up what is under way."""
        if self.task is not None:
            self.task.cancel()

    async def _follow(self, question: Question) -> None:
        await asyncio.sleep(PATIENCE)
        try:
            with self.client:
                tell = self.results.status.set_text
                await self.worker.prepared(lambda text: tell(self.results.say(text)))
                async with contextlib.aclosing(self.worker.answer(question)) as states:
                    async for state in states:
                        self.results.progress(state.done, state.total)
                        if state.found is not None:
                            self.results.show(state.found, state.rough, state.stopped)
        except InputError as problem:
            with self.client:
                self.results.refuse(told_error(problem, question.language))


def _same_runs(one: Question, other: Question) -> bool:
    """Whether two questions differ only in what is looked at, so that no run is needed."""
    looked_at: dict[str, Any] = {"outcome": "", "year": 0, "target": None, "language": ""}
    return replace(one, **looked_at) == replace(other, **looked_at)


def asked(request: Request) -> tuple[Question, str]:
    """The question in an address; a new one with a sentence where the address cannot be meant."""
    language = language_of(request)
    try:
        found = address.from_query(request.url.query)
        return replace(found, language=language), ""
    except InputError as problem:
        return Question(language=language), told_error(problem, language)


def register(worker: Worker) -> None:
    """Serve Compare at the root."""

    @ui.page("/")
    def page(request: Request) -> None:
        question, problem = asked(request)
        if open_page(request, "/", question.language):
            Compare(worker, question, problem)
