"""Studies: results under one folder, opened and looked at; new ones begun, followed, cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from nicegui import ui
from starlette.requests import Request as Asked

import cleanpark as cp
from cleanpark.analysis.pages.kinds import all_kinds
from cleanpark.analysis.pages.loading import SavedComparison, SavedRun, load
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.titles import in_language
from cleanpark.page import engine, library
from cleanpark.page.frame import language_of, open_page
from cleanpark.page.jobs import BOUNDS, KINDS, RUNNING, WAITING, Job, Jobs, Request
from cleanpark.page.library import Entry, Library
from cleanpark.page.number_box import NumberBox
from cleanpark.page.question import Policy, Question
from cleanpark.page.results import Results
from cleanpark.page.run_view import RunView
from cleanpark.page.study_view import StudyView
from cleanpark.page.texts import say, say_message
from cleanpark.page.wording import told_error
from cleanpark.page.work import FIRST, Worker
from cleanpark.scenarios.errors import N_, InputError

EVERY = 0.7
"""Seconds between two looks at the studies under way."""
STATES = {
    "waiting": N_("waiting"), "running": N_("under way"), "done": N_("finished"),
    "cancelled": N_("cancelled: what was run is kept"), "failed": N_("failed"),
}  # fmt: skip
KIND_WORDS = {
    "comparison": N_("Comparison of policies"), "run": N_("Single run"),
    "histories": N_("Common histories"), "unfinished": N_("Unfinished study"),
    "screening": N_("Which assumptions matter? (screening)"),
    "search": N_("Which mixes are best? (search)"),
}  # fmt: skip
SIZES = {"screening": N_("Trajectories"), "search": N_("Generations")}


class Studies:
    """The list of results and the studies under way."""

    def __init__(self, shelf: Library, jobs: Jobs, language: str) -> None:
        """Lay the place out; jobs are looked at again and again while it is open."""
        self.shelf, self.jobs, self.language = shelf, jobs, language
        self.seen: dict[str, str] = {}
        self.shown: dict[str, tuple[ui.label, ui.linear_progress]] = {}
        with ui.element("main").classes("cp-main").props("id=main"):
            with ui.element("section").classes("cp-card"):
                with ui.element("h1").classes("cp-title").props("data-ready=1"):
                    ui.label(self.say("Studies"))
                ui.label(self.say("Results kept in the folder “{folder}” on the server.",
                                  folder=shelf.root.name)).classes("cp-note")  # fmt: skip
            self.problem = ui.label().classes("cp-error").props("role=alert")
            self.problem.set_visibility(False)
            self.under_way = ui.element("div").classes("cp-column")
            self.listed = ui.element("section").classes("cp-card")
            self._form()
        self._list()
        self._look()
        ui.timer(EVERY, self._look)

    def say(self, english: str, **fields: object) -> str:
        """A text in the visitor's language."""
        return say(english, self.language, **fields)

    def _list(self) -> None:
        self.listed.clear()
        entries = self.shelf.entries()
        with self.listed:
            with ui.element("h2").classes("cp-head"):
                ui.label(self.say("Results"))
            if not entries:
                text = ("Nothing yet. Begin a study below, or run one on the command line with "
                        "--output into this folder.")  # fmt: skip
                ui.label(self.say(text)).classes("cp-note")
            for one in entries:
                self._item(one)

    def _item(self, one: Entry) -> None:
        with ui.element("div").classes("cp-item"):
            with ui.element("div").classes("cp-grow"):
                title = one.title.get(self.language) or self._kind(one.kind)
                if one.kind == library.UNFINISHED:
                    title = self.say(KIND_WORDS[one.kind])
                ui.label(title).classes("cp-lever-title")
                ui.label(f"{one.name} · {one.when}").classes("cp-note")
            if one.kind == library.UNFINISHED:
                again = partial(self._do, self.jobs.go_on, one.name)
                button = ui.button(self.say("Go on"), icon="play_arrow", on_click=again)
                button.props("flat dense no-caps color=primary")
            elif one.kind != library.OTHER:
                target = f"/studies?open={one.key}&lang={self.language}"
                link = ui.link(self.say("Open"), target).classes("cp-go")
                link.props["aria-label"] = self.say("Open {name}", name=one.name)

    def _kind(self, kind: str) -> str:
        """What a result is, by the kind that its record names."""
        if kind in KIND_WORDS:
            return self.say(KIND_WORDS[kind])
        titles = {one.name: one.title for one in all_kinds()}
        return in_language(titles[kind], self.language) if kind in titles else kind

    def _look(self) -> None:
        """Bring the studies under way up to date, and the list where one has ended."""
        jobs = self.jobs.all()
        now = {one.name: one.state for one in jobs}
        if now != self.seen:
            ended = any(state not in (RUNNING, WAITING) and self.seen.get(name) != state
                        for name, state in now.items())  # fmt: skip
            self.seen = now
            self.under_way.clear()
            with self.under_way:
                self.shown = {job.name: self._job(job) for job in jobs}
            if ended:
                self._list()
        for job in jobs:  # in place, so that no button is taken away under a finger
            label, bar = self.shown[job.name]
            label.set_text(self._told(job))
            bar.set_visibility(job.total > 0)
            bar.set_value(job.done / max(1, job.total))

    def _job(self, job: Job) -> tuple[ui.label, ui.linear_progress]:
        """A study's card; returns what changes while it runs."""
        with ui.element("section").classes("cp-card").props(f"data-job={job.state}"):
            with ui.element("div").classes("cp-row"):
                ui.label(self.say(KIND_WORDS[job.request.kind])).classes("cp-lever-title")
                title = engine.policy_title(job.request.policy, self.language)
                ui.label(f"{title} · {job.name}").classes("cp-note cp-grow")
                if job.state in (RUNNING, WAITING):
                    cancel = partial(self.jobs.cancel, job.name)
                    button = ui.button(self.say("Cancel"), icon="close", on_click=cancel)
                    button.props("flat dense no-caps color=primary")
            bar = ui.linear_progress(0.0, show_value=False, size="6px")
            bar.props(f'aria-label="{self.say("Share of the runs done")}"')
            label = ui.label().classes("cp-note").props("aria-live=polite")
        return label, bar

    def _told(self, job: Job) -> str:
        """How far a study is, in words."""
        state = self.say(STATES[job.state])
        if job.total:
            state = self.say("{state}: {done} of {total} runs", state=state, done=job.done,
                             total=job.total)  # fmt: skip
        if job.problem is not None:
            state = f"{state}: {say_message(job.problem, self.language)}"
        return state

    def _do(self, act: Callable[..., Any], *given: Any) -> None:
        """Do what may be refused, and say so."""
        self.problem.set_visibility(False)
        try:
            act(*given)
        except InputError as problem:
            self.problem.set_text(told_error(problem, self.language))
            self.problem.set_visibility(True)
        self._look()

    def _form(self) -> None:
        language, asked = self.language, Request()
        with ui.element("section").classes("cp-card"):
            with ui.element("h2").classes("cp-head"):
                ui.label(self.say("Begin a study"))
            fields: dict[str, Any] = {}
            with ui.element("div").classes("cp-row").style("align-items: flex-start"):
                kinds = {one: self.say(KIND_WORDS[one]) for one in KINDS}
                fields["kind"] = ui.select(kinds, value=asked.kind, label=self.say("Question"))
                policies = {one: engine.policy_title(one, language) for one in
                            engine.policy_names()}  # fmt: skip
                fields["policy"] = ui.select(policies, value=asked.policy, label=self.say("Policy"))
                parks = {one: engine.park_title(one, language) for one in engine.parks()}
                fields["park"] = ui.select(parks, value=asked.park, label=self.say("Park"))
                words = {
                    "enterprises": self.say("Enterprises"),
                    "quarters": self.say("Quarters"),
                    "size": self.say(SIZES[asked.kind]),
                    "seeds": self.say("Seeds"),
                }
                for key, word in words.items():
                    box = NumberBox(word, getattr(asked, key), BOUNDS[key], language)
                    fields[key] = box.style("width: 130px")
                for key in ("kind", "policy", "park"):
                    fields[key].style("min-width: 210px")
                for one in fields.values():
                    one.props("dense")
                size = fields["size"]
                fields["kind"].on_value_change(
                    lambda event: size.props(f'label="{self.say(SIZES[event.value])}"')
                )
                button = ui.button(self.say("Begin"), on_click=lambda: self._begin(fields))
                button.props("unelevated no-caps color=primary data-begin=1")
            text = ("Larger ones: cleanpark study and cleanpark optimize with --output into "
                    "this folder; they are shown here.")  # fmt: skip
            ui.label(self.say(text)).classes("cp-note").style("margin-top: 8px")

    def _begin(self, fields: dict[str, Any]) -> None:
        def start() -> None:
            numbers = {key: fields[key].number() for key in BOUNDS}
            self.jobs.start(Request(**{key: one.value for key, one in fields.items()} | numbers))

        self._do(start)


class Opened:
    """One result, looked at."""

    def __init__(self, worker: Worker, entry: Entry, language: str) -> None:
        """Read it behind the page, then show it."""
        self.worker, self.entry, self.language = worker, entry, language
        self.place = ui.element("div").style("width: 100%")
        with self.place, ui.element("main").classes("cp-main").props("id=main"):
            ui.label(say("Reading the results …", language)).classes("cp-note")
        self.client = ui.context.client
        ui.timer(0.01, self._read, once=True)

    async def _read(self) -> None:
        folder = self.entry.folder
        try:
            found = await asyncio.wrap_future(self.worker.pool.submit(FIRST, lambda: _opened(
                folder, self.language)))  # fmt: skip
        except InputError as problem:
            text = told_error(problem, self.language)
            self._alone(text.replace(str(folder), self.entry.name))
            return
        self.place.clear()
        with self.place:
            show(found, self.entry, self.language)

    def _alone(self, text: str) -> None:
        self.place.clear()
        with self.place, ui.element("main").classes("cp-main").props("id=main"):
            ui.label(text).classes("cp-error").props("role=alert")
            _back(self.language)


def _opened(folder: Path, language: str) -> Any:
    """What a folder holds, ready to be shown: slow parts are done here, off the server's loop."""
    found = load(folder)
    if isinstance(found, SavedComparison):
        whole = library.restored(found)
        _ = whole.table
        return whole
    if isinstance(found, StudyFolder):
        return library.report_of(found, language)
    return found


def show(found: Any, entry: Entry, language: str) -> None:
    """Lay a result out where the caller stands."""
    if isinstance(found, cp.Comparison):
        with ui.element("div").classes("cp-main cp-above"):
            _back(language)
            ui.label(f"{entry.name} · {entry.when}").classes("cp-note")
        ComparisonView(found, language)
    elif isinstance(found, SavedRun):
        with ui.element("main").classes("cp-main").props("id=main"):
            _back(language)
            RunView(found, language)
    else:
        with ui.element("main").classes("cp-main").props("id=main"):
            _back(language)
            StudyView(found, entry.name, language)


def _back(language: str) -> None:
    ui.link("← " + say("All studies", language), f"/studies?lang={language}").classes("cp-go")


class ComparisonView:
    """A saved comparison with the charts of Compare; outcome and year are chosen here."""

    def __init__(self, found: cp.Comparison, language: str) -> None:
        """Draw it."""
        quarters = found.ensemble.quarters
        years = engine.years(quarters)
        year = min(2030, years[-1]) if years else engine.years(4)[0]
        policies = tuple(Policy(engine.policy_names()[0], (), one) for one in found.names)
        question = Question(quarters=quarters, policies=policies, year=year,
                            seeds=len(found.ensemble.seeds), language=language)  # fmt: skip
        self.results = Results(question, self.ask)
        self.results.show(found, rough=False, stopped=False)

    def ask(self, question: Question) -> None:
        """Look at another outcome or year."""
        self.results.ask_for(question)
        self.results.redraw()


def register(worker: Worker, root: Path | None) -> None:
    """Serve Studies: the results under ``root``, or how to name one."""
    shelf = Library(root) if root is not None else None
    jobs = Jobs(shelf.root) if shelf is not None else None

    @ui.page("/studies")
    def page(request: Asked) -> None:
        language = language_of(request)
        if not open_page(request, "/studies", language):
            return
        if shelf is None or jobs is None:
            _nothing(language)
            return
        key = request.query_params.get("open", "")
        if not key:
            Studies(shelf, jobs, language)
            return
        try:
            Opened(worker, shelf.find(key), language)
        except InputError as problem:
            with ui.element("main").classes("cp-main").props("id=main"):
                ui.label(told_error(problem, language)).classes("cp-error").props("role=alert")
                _back(language)


def _nothing(language: str) -> None:
    place = ui.element("main").classes("cp-main").props("id=main")
    with place, ui.element("section").classes("cp-card"):
        with ui.element("h1").classes("cp-title").props("data-ready=1"):
            ui.label(say("Studies", language))
        text = "Start the page with a folder of results, and they are listed and opened here:"
        ui.label(say(text, language)).classes("cp-text")
        ui.label("cleanpark serve --results RESULTS").classes("cp-code")
