"""Learn: six lessons with a guess, one lever, what comes of it, and why."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import replace

from nicegui import background_tasks, ui
from starlette.requests import Request

import cleanpark as cp
from cleanpark.page import address, charts, engine, verdicts
from cleanpark.page.frame import language_of, open_page
from cleanpark.page.lessons import LESSONS, Lesson, lesson, source_of
from cleanpark.page.measures import Gap
from cleanpark.page.texts import say
from cleanpark.page.wording import told_error
from cleanpark.page.work import Worker
from cleanpark.scenarios.errors import InputError


class Learn:
    """One visitor's lesson: the guess, what was tried, what the model said."""

    def __init__(self, worker: Worker, shown: Lesson, language: str) -> None:
        """Lay the lesson out; a guess made before is found again in the browser."""
        self.worker, self.lesson, self.language = worker, shown, language
        self.client = ui.context.client
        self.guess: float | None = None
        self.tried: dict[float, Gap] = {}
        self.beside: dict[str, Gap] = {}
        self.task: asyncio.Task[None] | None = None
        with ui.element("main").classes("cp-main cp-learn").props("id=main"):
            self._list()
            with ui.element("div").classes("cp-lesson"):
                self._setting()
                self._ask()
                self._play()
                self._why()
        self._open_up(False)
        self.client.on_disconnect(self.stop)
        background_tasks.create(self._remember(), name="guess")

    def say(self, english: str, **fields: object) -> str:
        """A text in the learner's language."""
        return say(english, self.language, **fields)

    def _list(self) -> None:
        with ui.element("nav").classes("cp-card cp-lessons") as place:
            place.props["aria-label"] = self.say("Lessons")
            for number, one in enumerate(LESSONS, start=1):
                link = ui.link(target=f"/learn?lesson={one.name}&lang={self.language}")
                with link:
                    ui.label(f"{number}").classes("cp-number")
                    ui.label(self.say(one.title))
                if one is self.lesson:
                    link.classes("cp-here").props('aria-current="page"')

    def _setting(self) -> None:
        number = LESSONS.index(self.lesson) + 1
        with ui.element("section").classes("cp-card"):
            with ui.element("p").classes("cp-head"):
                ui.label(self.say("Lesson {number} of {count}", number=number, count=len(LESSONS)))
            with ui.element("h1").classes("cp-title").props("data-ready=1"):
                ui.label(self.say(self.lesson.title))
            with ui.element("p").classes("cp-text"):
                ui.label(self.say(self.lesson.setting))

    def _ask(self) -> None:
        one = self.lesson
        with ui.element("section").classes("cp-card"):
            with ui.element("h2").classes("cp-head"):
                ui.label(self.say("Your guess first"))
            with ui.element("p").classes("cp-answer"):
                ui.label(self.say(one.question))
            with ui.element("div").classes("cp-row").style("margin-top: 10px"):
                begin = max(one.low, min(0.0, one.high))  # no change: nothing is given away
                step = (one.high - one.low) / 50 if one.high - one.low < 50 else 1
                self.slider = ui.slider(min=one.low, max=one.high, step=step, value=begin)
                self.slider.props(f'label aria-label="{self.say("Your guess")}"')
                self.slider.classes("cp-grow").style("max-width: 420px; margin: 0 12px")
                shown = ui.label(self.told(begin)).style("font-weight: 650; min-width: 130px")
                self.slider.on_value_change(lambda event: shown.set_text(self.told(event.value)))
                self.sure = ui.button(self.say("That is my guess"), on_click=self._guessed)
                self.sure.props("unelevated no-caps color=primary data-guess=1")

    def _play(self) -> None:
        one = self.lesson
        with ui.element("section").classes("cp-card") as self.played:
            with ui.element("h2").classes("cp-head"):
                ui.label(self.say("Now move the lever"))
            title = (self.say("Year of the second step") if one.lever not in engine.lever_table()
                     else engine.lever_table()[one.lever].title[self.language])  # fmt: skip
            ui.label(title).classes("cp-lever-title").style("margin-top: 6px")
            options = {value: one.told(value, self.language) for value in one.values}
            self.lever = ui.toggle(options, on_change=lambda event: self.start(event.value))
            self.lever.props("no-caps unelevated padding='6px 14px' data-lever-of-lesson=1")
            self.status = ui.label().classes("cp-note").props("aria-live=polite")
            self.verdict = (
                ui.element("div").classes("cp-answer cp-verdict").props("aria-live=polite")
            )
            self.chart = ui.echart({"series": []}).classes("cp-chart cp-small")
            self.chart.props("role=img data-chart=lesson")
            self.table = ui.element("div")

    def _why(self) -> None:
        with ui.element("section").classes("cp-card") as self.why:
            with ui.element("h2").classes("cp-head"):
                ui.label(self.say("Why"))
            with ui.element("p").classes("cp-text"):
                ui.label(self.say(self.lesson.explanation))
            for rule in self.lesson.rules:
                where, code = source_of(rule)
                title = self.say("The rule as the model runs it: {where}", where=where)
                with ui.expansion(title).props("dense"):
                    ui.label(code).classes("cp-code")
            with ui.element("div").classes("cp-row").style("margin-top: 8px"):
                self.on = ui.link(self.say("Go on in Compare"), "/").classes("cp-go")
                self.park = ui.link(self.say("Watch both parks in Explore"), "/explore")
                self.park.classes("cp-go")
                place = LESSONS.index(self.lesson) + 1
                if place < len(LESSONS):
                    following = LESSONS[place]
                    text = self.say("Next lesson: {title}", title=self.say(following.title))
                    target = f"/learn?lesson={following.name}&lang={self.language}"
                    ui.link(text, target).classes("cp-go")

    def told(self, value: float) -> str:
        """A number in the lesson's unit."""
        return verdicts.number(self.lesson, value, self.language)

    # The guess

    async def _remember(self) -> None:
        """Take up a guess that was made before, which the browser keeps."""
        with self.client:
            await self.client.connected(timeout=60)
            kept = await ui.run_javascript(f"localStorage.getItem({self._key()})", timeout=60)
            with contextlib.suppress(TypeError, ValueError):
                self._take(float(kept))

    def _key(self) -> str:
        return json.dumps(f"cleanpark-guess-{self.lesson.name}")

    def _guessed(self) -> None:
        value = float(self.slider.value)
        ui.run_javascript(f"localStorage.setItem({self._key()}, {value})")
        self._take(value)

    def _take(self, value: float) -> None:
        if not self.lesson.low <= value <= self.lesson.high:
            return
        self.guess = value
        self.slider.set_value(value)
        self._open_up(True)
        self.lever.set_value(self.lesson.asked)

    def _open_up(self, guessed: bool) -> None:
        self.played.set_visibility(guessed)
        self.why.set_visibility(guessed and bool(self.tried))

    # The runs

    def start(self, value: float) -> None:
        """Run the lesson with its lever at a value; what was under way is given up."""
        self.stop()
        self.task = background_tasks.create(self._follow(float(value)), name="lesson")

    def stop(self) -> None:
        """Give up what is under way."""
        if self.task is not None:
            self.task.cancel()

    async def _follow(self, value: float) -> None:
        question = self.lesson.asks(value, self.language)
        try:
            with self.client:
                await self.worker.prepared(lambda text: self.status.set_text(self.say(text)))
                async with contextlib.aclosing(self.worker.answer(question)) as states:
                    async for state in states:
                        text = self.say("{done} of {total} runs done", done=state.done,
                                        total=state.total)  # fmt: skip
                        self.status.set_text(text)
                        if state.found is not None and not state.rough:
                            self.show(value, state.found)
        except InputError as problem:
            with self.client:
                self.status.set_text(told_error(problem, self.language))

    def show(self, value: float, found: cp.Comparison) -> None:
        """Show what came of a value of the lever."""
        question = self.lesson.asks(value, self.language)
        self.tried[value] = self.lesson.measure(found, len(found.names) - 1)
        for place, one in enumerate(self.lesson.beside, start=1):
            self.beside[self.say(one.name)] = self.lesson.measure(found, place)
        self.status.set_text(
            self.say("{count} seeds, {enterprises} enterprises, {quarters} quarters",
                     count=len(found.ensemble.seeds), quarters=found.ensemble.quarters,
                     enterprises=question.enterprises)
        )  # fmt: skip
        drawn = charts.draw(self.lesson.chart, found, question, self.lesson.difference)
        if self.lesson.all_years:
            for one in drawn.option["series"]:
                one.pop("markArea", None)
        self.chart.props["options"] = drawn.option
        self.chart.props["aria-label"] = drawn.option["aria"]["label"]["description"]
        self.chart.update()
        self._judge()
        self._tabulate()
        self._open_up(True)
        query = address.to_query(question)
        self.on.props(f'href="/?{query}"')
        two = replace(question, policies=(question.policies[0], question.policies[-1]))
        self.park.props(f'href="/explore?{address.to_query(two)}"')

    def _judge(self) -> None:
        """The guess beside what the model says of the value that was asked about."""
        self.verdict.clear()
        found = self.tried.get(self.lesson.asked)
        if found is None or self.guess is None:
            return
        with self.verdict, ui.element("p"):
            ui.label(verdicts.judged(self.lesson, self.guess, found, self.language))

    def _tabulate(self) -> None:
        """What was tried so far."""
        self.table.clear()
        title = self.say("What you have tried")
        head = self.say("The model’s number (95 % interval)")
        with self.table, ui.element("table").classes("cp-table"):
            with ui.element("thead"), ui.element("tr"):
                for text in (title, head):
                    with ui.element("th").props("scope=col"):
                        ui.label(text)
            with ui.element("tbody"):
                for value, found in sorted(self.tried.items()):
                    self._row(title, self.lesson.told(value, self.language), head, found)
                for name, found in self.beside.items():
                    self._row(title, name, head, found)

    def _row(self, title: str, lever: str, head: str, found: Gap) -> None:
        shown = verdicts.result(self.lesson, found, self.language)
        with ui.element("tr"):
            for label, text in ((title, lever), (head, shown)):
                with ui.element("td").props(f'data-label="{label}"'):
                    ui.label(text)


def register(worker: Worker) -> None:
    """Serve Learn; ``?lesson=NAME`` opens a lesson."""

    @ui.page("/learn")
    def page(request: Request) -> None:
        language = language_of(request)
        chosen = lesson(request.query_params.get("lesson", ""))
        if open_page(request, "/learn", language):
            Learn(worker, chosen, language)
