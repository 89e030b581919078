"""What is run when somebody asks for it: a button, its progress, giving up, what it found."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from abc import abstractmethod
from collections.abc import Callable
from typing import Any

from nicegui import background_tasks, ui

import cleanpark as cp
from cleanpark.page.jobs import Cancelled
from cleanpark.page.question import Question
from cleanpark.page.texts import say
from cleanpark.page.wording import told_error
from cleanpark.page.work import LATER, Worker
from cleanpark.scenarios.errors import InputError

Follow = Callable[[Any], None]
GLANCE = 0.4
"""Seconds between two looks at how far it is."""


class OnRequest:
    """A job of one visitor about the question shown; another question gives it up."""

    button_text = ""
    note = ""
    least_policies = 2

    def __init__(self, worker: Worker, question: Question) -> None:
        """Lay it out where the caller stands."""
        self.worker, self.question = worker, question
        self.found: cp.Comparison | None = None
        self.client = ui.context.client
        self.given_up = threading.Event()
        self.task: asyncio.Task[None] | None = None
        with ui.element("div").classes("cp-column cp-noprint").style("margin-top: 14px"):
            with ui.element("div").classes("cp-row"):
                self.button = ui.button(self.say(self.button_text), on_click=self.start)
                self.button.props("outline no-caps color=primary")
                self.button.props(f"data-ask={type(self).__name__.lower()}")
                self.status = ui.label(self.say(self.note)).classes("cp-note cp-grow")
            self.place = ui.element("div").props("aria-live=polite").style("width: 100%")
        self.client.on_disconnect(self.stop)

    def say(self, english: str, **fields: object) -> str:
        """A text in the visitor's language."""
        return say(english, self.question.language, **fields)

    def ask_for(self, question: Question) -> None:
        """Another question: what was found belongs to the one before."""
        if question != self.question:
            self.stop()
            self.question = question
            self.place.clear()
        self.button.set_enabled(len(question.policies) >= self.least_policies)

    def start(self) -> None:
        """Begin, or give up what is under way."""
        if self.task is not None and not self.task.done():
            self.stop()
            return
        self.given_up = threading.Event()
        self.button.set_text(self.say("Cancel"))
        self.status.set_text(self.say("Waiting for its turn …"))
        self.task = background_tasks.create(self._follow(), name="on request")

    def stop(self) -> None:
        """Give up what is under way; it ends with its next run."""
        self.given_up.set()

    @abstractmethod
    def run(self, question: Question, follow: Follow) -> Any:
        """Do it, in a thread; ``follow`` is told of progress and raises where it is given up."""

    @abstractmethod
    def show(self, result: Any, question: Question) -> None:
        """Show what was found, where the caller stands."""

    async def _follow(self) -> None:
        question, given_up = self.question, self.given_up
        clocks: list[Any] = []

        def follow(clock: Any) -> None:
            clocks[:] = [clock]
            if given_up.is_set():
                raise Cancelled

        def begin() -> Any:
            if given_up.is_set():
                raise Cancelled
            return self.run(question, follow)

        asked = asyncio.wrap_future(self.worker.studies.submit(LATER, begin))
        with self.client:
            while not asked.done():
                await asyncio.wait([asked], timeout=GLANCE)
                for clock in clocks:
                    self.status.set_text(self.say("{done} of {total} runs done", done=clock.done,
                                                  total=clock.total))  # fmt: skip
            self.status.set_text("")
            self.button.set_text(self.say(self.button_text))
            with contextlib.suppress(Cancelled):
                self._end(asked, question)

    def _end(self, asked: asyncio.Future[Any], question: Question) -> None:
        try:
            result = asked.result()
        except InputError as problem:
            self.status.set_text(told_error(problem, question.language))
            return
        if question == self.question and not self.given_up.is_set():
            self.place.clear()
            with self.place:
                self.show(result, question)
