"""Explore: the park as a picture, quarter by quarter, and the story of an enterprise."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from nicegui import background_tasks, ui
from nicegui.element import Element
from starlette.requests import Request

from cleanpark.page import address, engine
from cleanpark.page.chart_parts import base, category_axis, fitted, line, value_axis
from cleanpark.page.compare import asked
from cleanpark.page.film import Film, film
from cleanpark.page.frame import open_page
from cleanpark.page.number_box import NumberBox
from cleanpark.page.question import Policy, Question
from cleanpark.page.texts import say
from cleanpark.page.wording import told_error
from cleanpark.page.work import FIRST, Worker
from cleanpark.scenarios.errors import N_, InputError

COLOURS = {
    "technology": "Technology level",
    "attitude": "Attitude to compliance",
    "compliance": "Compliance",
    "level": "Audit level",
    "belief": "Perceived probability of being caught",
}
LAYOUTS = {"sectors": N_("by sector"), "ring": N_("on a ring, with links")}
LINKED = N_(
    "A line joins two enterprises that know each other: each learns from its neighbours what "
    "options are worth and who was inspected and caught."
)
LEVEL_KEYS = (
    ("#0b5d4b", "Level I"), ("#3fa58a", "Level II"), ("#a9dacb", "Level III"),
    ("#e6b8a2", "below level III"), ("#c9ced3", "never audited"),
)  # fmt: skip
COMPLIANCE_KEYS = (("#009e73", "within the limits"), ("#d55e00", "over a limit"))
ONE_RUN = N_("{count} enterprises, {quarters} quarters, seed {seed}")
BOTH_RUN = N_(
    "{count} enterprises, {quarters} quarters, seed {seed}: both parks meet the same chance"
)
MOST_PARKS = 2
BARS = ("#1F2933", "#D55E00")
SUMMARY = (
    "{label}: {inside} of {count} within their limits; {audited} audited, {inspected} inspected, "
    "{caught} caught"
)
"""Filled in by the browser, quarter by quarter."""


class ParkPicture(Element, component="park.js"):
    """The canvas and its controls; emits ``quarter`` when it rests and ``pick`` on a click."""

    def __init__(self, words: dict[str, str], labels: list[str], sectors: list[str]) -> None:
        """An empty picture."""
        super().__init__()
        self.props["films"] = []
        self.props["labels"] = labels
        self.props["sectors"] = sectors
        self.props["colour"] = "technology"
        self.props["layout"] = "sectors"
        self.props["words"] = words

    def show(self, films: list[dict[str, Any]]) -> None:
        """Show other films."""
        self.props["films"] = films
        self.update()


class Explore:
    """One visitor's page: up to two policies under one seed."""

    def __init__(self, worker: Worker, question: Question, problem: str) -> None:
        """Lay the page out and make the films."""
        self.worker, self.question, self.seed = worker, question, 0
        self.client = ui.context.client
        self.films: list[Film] = []
        self.quarter = 0
        self.picked: tuple[int, int] | None = None
        self.sectors = list(engine.sector_titles(question.language))
        self.task: asyncio.Task[None] | None = None
        self.story_task: asyncio.Task[None] | None = None
        with ui.element("main").classes("cp-main").props("id=main"):
            self._choices()
            self._picture()
            self._below()
        if problem:
            self._refuse(problem)
        self.client.on_disconnect(self.stop)
        self.start()

    def say(self, english: str, **fields: object) -> str:
        """A text in the visitor's language."""
        return say(english, self.question.language, **fields)

    def _choices(self) -> None:
        titles = {one: engine.policy_title(one, self.question.language)
                  for one in engine.policy_names()}  # fmt: skip
        with ui.element("section").classes("cp-card"):
            with ui.element("h1").classes("cp-head"):
                ui.label(self.say("The park, quarter by quarter"))
            with ui.element("div").classes("cp-row").style("align-items: flex-start"):
                for place, word in enumerate(("Policy", "Beside it")):
                    options = titles if place == 0 else {"": self.say("nothing"), **titles}
                    chosen = self.question.policies[place : place + 1]
                    value = chosen[0].base if chosen else ""
                    select = ui.select(options, value=value, label=self.say(word),
                                       on_change=lambda event, place=place: self._policy(
                                           place, event.value))  # fmt: skip
                    select.props("dense").style("min-width: 200px")
                seed = NumberBox(self.say("Seed"), 0, (0, 9999), self.question.language,
                                 act=self._reseed)  # fmt: skip
                seed.props("dense debounce=500").style("width: 90px")
                words = {name: self.say(text) for name, text in COLOURS.items()}
                colour = ui.select(words, value="technology", label=self.say("Colour"),
                                   on_change=lambda event: self._colour(event.value))  # fmt: skip
                colour.props("dense").style("min-width: 190px")
                layouts = {name: self.say(text) for name, text in LAYOUTS.items()}
                layout = ui.select(layouts, value="sectors", label=self.say("Arranged"),
                                   on_change=lambda event: self._arrange(event.value))  # fmt: skip
                layout.props("dense data-layout=1").style("min-width: 170px")
            self.status = ui.label().classes("cp-note").props("aria-live=polite")
            self.problem = ui.label().classes("cp-error").props("role=alert")
            self.problem.set_visibility(False)

    def _picture(self) -> None:
        words = {
            "controls": self.say("Time"), "back": self.say("One quarter back"),
            "next": self.say("One quarter on"), "play": self.say("Play"),
            "pause": self.say("Pause"), "quarter": self.say("Quarter"),
            "speed": self.say("Speed"), "rate": self.say("{count} quarters a second"),
            "summary": self.say(SUMMARY),
        }  # fmt: skip
        labels = [engine.label(k) for k in range(self.question.quarters)]
        titles = list(engine.sector_titles(self.question.language).values())
        with ui.element("section").classes("cp-card"):
            self.picture = ParkPicture(words, labels, titles)
            self.picture.on("quarter", lambda event: self._at(event.args))
            self.picture.on("pass", lambda event: self._passing(event.args))
            self.picture.on("pick", lambda event: self._pick(event.args))
            self.key = ui.element("div").classes("cp-row cp-note").style("margin-top: 8px")
            self._lay_key("technology")
            self.linked = ui.label(self.say(LINKED)).classes("cp-note")
            self.linked.set_visibility(False)

    def _lay_key(self, colour: str) -> None:
        self.key.clear()
        keys = {"level": LEVEL_KEYS, "compliance": COMPLIANCE_KEYS}.get(colour)
        with self.key:
            if keys is None:
                ui.label(self.say("low"))
                ui.element("span").classes("cp-ramp")
                ui.label(self.say("high")).style("margin-right: 14px")
            for shade, text in keys or ():
                self._key_of(f"background: {shade}", text)
            self._key_of("border: 2px dashed #0072b2", "audited this quarter")
            self._key_of("border: 2px solid #1f2933", "inspected")
            self._key_of("border: 3px solid #b3261e", "caught and fined")
            ui.label(self.say("Area: output. Click a mark for its story."))

    def _key_of(self, style: str, text: str) -> None:
        with ui.element("span").classes("cp-key"):
            ui.element("span").classes("cp-dot").style(style)
            ui.label(self.say(text))

    def _below(self) -> None:
        with ui.element("section").classes("cp-card"):
            with ui.element("h2").classes("cp-head"):
                self.who = ui.label(self.say("An enterprise’s story"))
            self.named = ui.input(self.say("Enterprise by its name"))
            self.named.props("dense clearable data-named=1").style("max-width: 260px")
            self.named.on("keydown.enter", lambda: self._name(str(self.named.value or "")))
            self.story = ui.element("div").props("aria-live=polite")
            with self.story:
                text = (
                    "Click a mark in the picture: here you read what that enterprise decided in "
                    "the quarter shown, and why."
                )
                ui.label(self.say(text)).classes("cp-note")
            self.own = ui.echart({"series": []}).classes("cp-chart cp-small").props("role=img")
            self.own.props["aria-label"] = self.say("Its own course")
            self.own.set_visibility(False)
        with ui.element("section").classes("cp-card"):
            self.spread = ui.echart({"series": []}).classes("cp-chart cp-small").props("role=img")
            self.spread.props["aria-label"] = self.say("Chart")

    # What is chosen

    def _policy(self, place: int, base_name: str) -> None:
        kept = list(self.question.policies[:MOST_PARKS])
        if not base_name:
            kept = kept[:place]
        else:
            kept[place : place + 1] = [Policy(base_name)]
        self.question = replace(self.question, policies=tuple(kept))
        with self.client:
            ui.navigate.history.push(f"/explore?{address.to_query(self.question)}")
        self.start()

    def _reseed(self, seed: int) -> None:
        self.seed = seed
        self.start()

    def _colour(self, colour: str) -> None:
        self.picture.props["colour"] = colour
        self.picture.update()
        self._lay_key(colour)
        self._draw_spread()

    def _arrange(self, layout: str) -> None:
        self.picture.props["layout"] = layout
        self.picture.update()
        self.linked.set_visibility(layout == "ring")

    # Films

    def start(self) -> None:
        """Make the films of what is chosen; what was under way is given up."""
        self.stop()
        self.task = background_tasks.create(self._films(), name="films")

    def stop(self) -> None:
        """Give up what is under way."""
        for task in (self.task, self.story_task):
            if task is not None:
                task.cancel()

    async def _films(self) -> None:
        shown = replace(self.question, policies=self.question.policies[:MOST_PARKS])
        try:
            with self.client:
                self.status.set_text(self.say("Running the park quarter by quarter …"))
                self.problem.set_visibility(False)
                todo = engine.plan(replace(shown, seeds=2))
                waiting = [
                    self.worker.pool.submit(
                        FIRST, partial(film, todo, place, self.seed, self._title(todo, place))
                    )
                    for place in range(len(todo.policies))
                ]
                self.films = [await asyncio.wrap_future(one) for one in waiting]
                self.todo = todo
                self.picture.show([one.packed(self.sectors) for one in self.films])
                count = len(self.films[0].names)
                text = BOTH_RUN if len(self.films) > 1 else ONE_RUN
                self.status.set_text(
                    self.say(text, count=count, quarters=todo.quarters, seed=self.seed)
                )
                self._draw_spread()
        except InputError as problem:
            with self.client:
                self._refuse(told_error(problem, self.question.language))

    def _title(self, todo: engine.Plan, place: int) -> str:
        return str(todo.policies[place].title[self.question.language])

    def _refuse(self, text: str) -> None:
        self.problem.set_text(text)
        self.problem.set_visibility(True)

    def _passing(self, quarter: Any) -> None:
        self.quarter = min(max(0, number_of(quarter)), self.question.quarters - 1)
        self._draw_spread()

    def _at(self, quarter: Any) -> None:
        self._passing(quarter)
        if self.picked is not None:
            self._tell()

    def _draw_spread(self) -> None:
        """How enterprises are spread now against the start."""
        colour = str(self.picture.props["colour"])
        name = colour if colour in ("technology", "attitude", "belief") else "technology"
        option = base(
            self.say(COLOURS[name]),
            self.say("number of enterprises by tenths of the scale, {quarter} against the start",
                     quarter=engine.label(self.quarter)),
            self.question.language,
        )  # fmt: skip
        edges = np.linspace(0.0, 1.0, 11)
        option["xAxis"] = category_axis([f"{low:.1f}" for low in edges[:-1]])
        option["yAxis"] = value_axis(zero=True)
        for place, one in enumerate(self.films):
            now = np.histogram(np.clip(one.lines[name][self.quarter], 0, 1), edges)[0]
            bar = {"type": "bar", "name": one.title, "data": now.tolist()}
            option["series"].append(bar | {"itemStyle": {"color": BARS[place]}})
        if self.films:
            start = np.histogram(np.clip(self.films[0].lines[name][0], 0, 1), edges)[0]
            drawn = line(self.say("at the start"), start, 2)
            drawn["step"] = "middle"
            option["series"].append(drawn)
        self.spread.props["options"] = fitted(option)
        self.spread.props["aria-label"] = option["aria"]["label"]["description"]
        self.spread.update()

    # An enterprise's story

    def _pick(self, chosen: Any) -> None:
        told = chosen if isinstance(chosen, dict) else {}
        place, enterprise = number_of(told.get("film")), number_of(told.get("enterprise"))
        if 0 <= place < len(self.films) and 0 <= enterprise < len(self.films[place].names):
            self.picked = (place, enterprise)
            self._at(told.get("quarter"))

    def _name(self, wanted: str) -> None:
        """Tell of the enterprise of a name, in the park picked last: what a click on its mark does,
        for who uses no mouse."""
        place = self.picked[0] if self.picked is not None else 0
        names = self.films[place].names if place < len(self.films) else ()
        found = [k for k, one in enumerate(names) if one.casefold() == wanted.strip().casefold()]
        if found:
            self._pick({"film": place, "enterprise": found[0], "quarter": self.quarter})
        elif names:
            self._lines([self.say("No enterprise is called “{name}”; they are called {first} to "
                                  "{last}.", name=wanted, first=names[0],
                                  last=names[-1])])  # fmt: skip

    def _tell(self) -> None:
        if self.story_task is not None:
            self.story_task.cancel()
        self.story_task = background_tasks.create(self._story(), name="story")

    async def _story(self) -> None:
        assert self.picked is not None
        place, number = self.picked
        shown, quarter = self.films[place], self.quarter
        with self.client:
            sector = engine.sector_titles(self.question.language)[shown.sectors[number]]
            self.who.set_text(
                self.say("Enterprise {name} ({sector}) under “{policy}”", name=shown.names[number],
                         sector=sector, policy=shown.title)
            )  # fmt: skip
            self._draw_own(shown, number)
            self._lines([self.say("Reading its decisions up to {quarter} …",
                                  quarter=engine.label(quarter))])  # fmt: skip
            todo, language = self.todo, self.question.language
            name = shown.names[number]
            told = self.worker.pool.submit(
                FIRST,
                lambda: engine.story(todo, place, self.seed, name, quarter, language),
            )  # fmt: skip
            found = await asyncio.wrap_future(told)
            self._lines(found.reasons, found.lines)

    def _lines(self, reasons: list[str], lines: Sequence[str] = ()) -> None:
        """The reasons first; behind them all that was decided, paid and received."""
        self.story.clear()
        with self.story:
            for text in reasons:
                ui.label(text).classes("cp-story")
            if lines:
                everything = ui.expansion(
                    self.say("Everything it decided in the quarter"), value=True
                )
                with everything.props("dense").classes("cp-list").style("width: 100%"):
                    for text in lines:
                        ui.label(text).classes("cp-story cp-note")

    def _draw_own(self, shown: Film, number: int) -> None:
        option = base(
            self.say("Its own course"),
            self.say("technology, attitude and perceived probability of being caught, 0 to 1; "
                     "discharge to water as a multiple of the limit"),
            self.question.language,
        )  # fmt: skip
        labels = [engine.label(k) for k in range(len(shown.lines["output"]))]
        option["xAxis"] = category_axis(labels, labels)
        option["yAxis"] = value_axis(zero=True)
        words = ("Technology level", "Attitude to compliance",
                 "Perceived probability of being caught", "Discharge to water / limit")  # fmt: skip
        names = ("technology", "attitude", "belief", "limit_ratio_water")
        for place, (name, word) in enumerate(zip(names, words, strict=True)):
            option["series"].append(line(self.say(word), shown.lines[name][:, number], place))
        self.own.props["options"] = fitted(option)
        self.own.set_visibility(True)
        self.own.update()


def number_of(sent: Any) -> int:
    """A whole number that a browser sent; -1 for anything else, which a script could send too.

    >>> number_of(3), number_of("x"), number_of(None), number_of(1e400)
    (3, -1, -1, -1)
    """
    return int(sent) if isinstance(sent, int | float) and abs(sent) < 1e9 else -1


def register(worker: Worker) -> None:
    """Serve Explore."""

    @ui.page("/explore")
    def page(request: Request) -> None:
        question, problem = asked(request)
        if open_page(request, "/explore", question.language):
            Explore(worker, question, problem)
