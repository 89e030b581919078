"""The right of Compare: sentence, chart, table, tabs, and what one takes away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import ui

import cleanpark as cp
from cleanpark.analysis.comparison.years import of_year
from cleanpark.analysis.words.numbers import horizon
from cleanpark.page import (
    address,
    answer,
    asked,
    charts,
    engine,
    numbers,
    reproduce,
    table,
    take_along,
)
from cleanpark.page.behind import Evidence
from cleanpark.page.find_mix import FindMix
from cleanpark.page.how_sure import HowSure
from cleanpark.page.number_box import NumberBox
from cleanpark.page.on_request import OnRequest
from cleanpark.page.question import Question
from cleanpark.page.take_along import csv_of, picture_code
from cleanpark.page.texts import say
from cleanpark.page.who_pays import WhoPays
from cleanpark.page.work import LATER, Worker
from cleanpark.scenarios.errors import N_

TABS = (
    ("cost", "Cost against reduction"),
    ("payers", "Who pays"),
    ("levels", "Audits"),
    ("compliance", "True against reported"),
    ("seeds", "How sure"),
)
ON_REQUEST: dict[str, type[OnRequest]] = {"payers": WhoPays, "seeds": HowSure}
"""What is run under a chart when somebody asks for it."""
COPY = """
const text = {what};
try {{
  await navigator.clipboard.writeText(text);
  return true;
}} catch {{  // no clipboard without TLS, unless on this machine
  const box = document.createElement("textarea");
  const before = document.activeElement;
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus();
  return done;
}}
"""
"""JavaScript that puts a text on the clipboard and says whether the browser let it."""
HOW = {
    "trajectories": "Each policy runs under the same seeds, so that they meet the same chance. "
    "Line: mean over seeds; band: 95 % interval of that mean (Student’s t), cut where the quantity "
    "cannot be.",
    "cost": "Differences to the first policy, paired by seed, over all quarters. Cost to society: "
    "resources, control and audits, whoever pays; taxes and fines are transfers and left out.",
    "payers": "Change of the net environmental cost (treatment, options, taxes, fines, audits, "
    "less support) against the first policy, by the group’s output under that, paired by seed.",
    "levels": "Shares of enterprises by the level that their last audit gave them, mean over "
    "seeds. An audit can be wrong: see the share of wrong levels in the table.",
    "compliance": "True: discharge within the limit. Reported: what enterprises declare. The gap "
    "is what hidden exceedances and wrong data make.",
    "seeds": "Each point is one future under its own chance. If points lie on both sides of zero, "
    "chance alone can turn the order of the policies.",
}


class Results:
    """What was found; filled in by :meth:`show` each time there is more."""

    def __init__(
        self,
        question: Question,
        ask: Callable[[Question], None],
        worker: Worker | None = None,
    ) -> None:
        """Lay out the places where the caller stands, still empty.

        Without a ``worker`` the comparison was run elsewhere: it has no target, and no address
        that makes it again.
        """
        self.question, self._ask, self.worker = question, ask, worker
        self.on_request: list[OnRequest] = []
        self.evidence: Evidence | None = None
        self.found: cp.Comparison | None = None
        self.difference = False
        self.all_outcomes = False
        self.drawn: dict[str, charts.Chart] = {}
        self.elements: dict[str, Any] = {}
        self.numbers: dict[str, tuple[Any, Any]] = {}
        with ui.element("main").classes("cp-main").props("id=main"):
            self._sentence()
            self.asked = ui.element("section").classes("cp-printed cp-note")
            self._chart()
            self._table()
            self._tabs()
            if worker is not None:
                self._find(worker)
                self._take_away()

    def say(self, english: str, **fields: object) -> str:
        """A text in the question's language."""
        return say(english, self.question.language, **fields)

    def _sentence(self) -> None:
        with ui.element("section").classes("cp-card"):
            title = ui.element("h1").classes("cp-head")
            with title:
                ui.label(self.say("The answer"))
            self.lines = ui.element("div").classes("cp-answer").props("aria-live=polite")
            with self.lines:
                ui.label(self.say("Running the first seeds …"))
            with ui.element("div").classes("cp-row").style("margin-top: 8px"):
                self.status = ui.label().classes("cp-note")
                self.bar = ui.linear_progress(0.0, show_value=False, size="6px").style(
                    "width: 160px"
                )
                self.bar.props(f'aria-label="{self.say("Share of the runs done")}"')
            self.problem = ui.label().classes("cp-error").props("role=alert")
            self.problem.set_visibility(False)

    def _chart(self) -> None:
        question, language = self.question, self.question.language
        titles = {name: answer.outcome_title(name, language) for name in table.outcomes(True)}
        with ui.element("section").classes("cp-card"):
            row = ui.element("div").classes("cp-row cp-noprint").style("align-items: flex-start")
            with row:
                self.outcome = ui.select(
                    titles, value=question.outcome, label=self.say("Outcome"), with_input=False,
                    on_change=lambda event: self._change(outcome=event.value),
                ).props("dense").style("min-width: 220px")  # fmt: skip
                self.year = ui.select(
                    question.years, value=question.year, label=self.say("Year"),
                    on_change=lambda event: self._change(year=event.value),
                ).props("dense").style("min-width: 90px")  # fmt: skip
                self.target = NumberBox(
                    self._target_words(question), question.target, (-100, 100), language,
                    whole=False, optional=True, act=self._aim,
                ).props("dense clearable debounce=500").style("width: 210px")  # fmt: skip
                self.target.set_visibility(self.worker is not None)
                ui.element("span").classes("cp-grow")
                ui.toggle({False: self.say("Level"), True: self.say("Difference")}, value=False,
                          on_change=lambda event: self._differ(event.value)).props(
                    "no-caps dense unelevated padding='4px 12px'")  # fmt: skip
            self._place("trajectories", "cp-chart")

    def _target_words(self, question: Question) -> str:
        """What the number of a target is: points of a share, else percent."""
        if str(engine.outcome_table()[question.outcome].unit).startswith("share"):
            return self.say("Target: points against 2026")
        return self.say("Target: % against 2026")

    def _place(self, name: str, size: str) -> None:
        """A chart with what belongs under it."""
        chart = ui.echart({"series": []}).classes(size).mark(f"chart-{name}")
        chart.props(f'role=img data-chart={name} aria-label="{self.say("Chart")}"')
        self.elements[name] = chart
        with ui.element("div").classes("cp-row cp-tight cp-noprint"):
            for kind in ("CSV", "PNG", "SVG"):
                label = self.say("{kind} of this chart", kind=kind)
                button = ui.button(kind, icon="download").props(
                    f'flat dense no-caps color=primary aria-label="{label}"'
                )
                button.on_click(lambda kind=kind: self._take(name, kind))
        with ui.expansion(
            self.say("The numbers"), on_value_change=lambda: self._fill_numbers(name)
        ) as box:
            box.props(f"dense data-numbers={name}").classes("cp-note cp-list cp-noprint")
            rows = ui.html("", sanitize=False).classes("cp-scroll")
            rows.props(f'role=region tabindex=0 aria-label="{self.say("The numbers")}"')
        self.numbers[name] = (box, rows)
        with ui.expansion(self.say("How is this computed?")).props("dense") as how:
            how.classes("cp-note cp-list")
            ui.label(self.say(HOW[name])).classes("cp-note")

    def _table(self) -> None:
        with ui.element("section").classes("cp-card"):
            self.rows = ui.html("", sanitize=False)
            with ui.element("div").classes("cp-row cp-tight cp-noprint").style("margin-top: 6px"):
                self.more = ui.button(self.say("All outcomes"), on_click=self._more)
                self.more.props("flat dense no-caps color=primary")
                ui.button("CSV", icon="download", on_click=self._take_table).props(
                    f'flat dense no-caps color=primary aria-label="{self.say("CSV of the table")}"'
                )

    def _tabs(self) -> None:
        with ui.element("section").classes("cp-card"):
            with ui.tabs().props("dense no-caps align=left outside-arrows mobile-arrows") as tabs:
                for name, title in TABS:
                    ui.tab(name, self.say(title)).props(f"data-tab={name}")
            with ui.tab_panels(tabs, value="cost", animated=False).style("width: 100%"):
                for name, _ in TABS:
                    with ui.tab_panel(name).style("padding: 8px 0"):
                        self._place(name, "cp-chart cp-small")
                        if name in ON_REQUEST and self.worker is not None:
                            asked = ON_REQUEST[name](self.worker, self.question)
                            self.on_request.append(asked)
                        if name == "seeds" and self.worker is not None:
                            self.evidence = Evidence(self.question)

    def _find(self, worker: Worker) -> None:
        with ui.element("section").classes("cp-card cp-noprint"):
            with ui.element("h2").classes("cp-head"):
                ui.label(self.say("Find a mix"))
            text = N_(
                "Looks for mixes of levers that meet the target set above at the least cost; "
                "without a target, for those that do most for what they cost."
            )
            ui.label(self.say(text)).classes("cp-note")
            self.on_request.append(FindMix(worker, self.question, self._ask))

    def _take_away(self) -> None:
        with ui.element("section").classes("cp-card cp-noprint"):
            title = ui.element("h2").classes("cp-head")
            with title:
                ui.label(self.say("Take it along"))
            ui.label(
                self.say("The address of this page holds the whole question: send it, or keep it.")
            ).classes("cp-note")
            with ui.element("div").classes("cp-row cp-tight"):
                self._button("Copy the address", "link", self._copy_address)
                self._button("TOML", "download", lambda: self._save(address.to_toml, "toml"))
                self._button("Parquet", "download", self._take_parquet)
                self._button("Report", "download", self._take_report)
                self._button("Print", "print", lambda: ui.run_javascript("window.print()"))
            for title_text, make, ending in (
                ("Reproduce in Python", reproduce.to_python, "py"),
                ("Reproduce on the command line", reproduce.to_command, "sh"),
            ):
                with ui.expansion(self.say(title_text)).props("dense"):
                    code = ui.label().classes("cp-code").mark(f"code-{ending}")
                    self.elements[ending] = (code, make)
                    self._button("Copy", "content_copy", partial(self._copy, code))
                    self._button("Save", "download", partial(self._save, make, ending))

    def _button(self, text: str, icon: str, act: Callable[[], Any]) -> None:
        ui.button(self.say(text), icon=icon, on_click=act).props("flat dense no-caps color=primary")

    # What comes in

    def ask_for(self, question: Question) -> None:
        """A new question is under way: say so, keep what is shown until there is an answer."""
        self.question = question
        self._tell("asked")
        self.problem.set_visibility(False)
        self.outcome.value = question.outcome
        self.year.set_options(question.years, value=question.year)
        self.target.props["label"] = self._target_words(question)
        self.target.value = question.target
        for one in self.on_request:
            one.ask_for(question)
        if self.evidence is not None:
            self.evidence.ask_for(question)
        self.asked.clear()
        with self.asked:
            for text in asked.lines(question) if self.worker is not None else ():
                ui.label(text)
        for ending in ("py", "sh") if self.worker is not None else ():
            code, make = self.elements[ending]
            code.set_text(make(question))

    def refuse(self, text: str) -> None:
        """Say why a question cannot be answered."""
        self.problem.set_text(text)
        self.problem.set_visibility(True)
        self._tell("refused")
        self.status.set_text("")
        self.bar.set_visibility(False)

    def _tell(self, state: str, seeds: int = 0) -> None:
        """Mark on the page how far the answer is, whatever the language."""
        self.status.props(f"data-answer={state} data-seeds={seeds}")

    def progress(self, done: int, total: int) -> None:
        """How many runs are done."""
        self.bar.set_visibility(done < total)
        self.bar.set_value(done / total)
        if done < total:
            self.status.set_text(self.say("{done} of {total} runs done", done=done, total=total))

    def show(self, found: cp.Comparison, rough: bool, stopped: bool) -> None:
        """Show an answer."""
        self.found = found
        for one in self.on_request:
            one.found = found
        self.bar.set_visibility(rough)
        self.redraw()
        count = len(found.ensemble.seeds)
        self._tell("rough" if rough else "final", count)
        if rough:
            text = self.say("Rough: {count} of {all} seeds so far", count=count,
                            all=self.question.seeds)  # fmt: skip
        elif stopped:
            text = self.say("Stopped after the time allowed: {count} of {all} seeds", count=count,
                            all=self.question.seeds)  # fmt: skip
        else:
            text = self.say("{count} seeds, {enterprises} enterprises, {horizon}",
                            count=count, enterprises=found.ensemble.parks[0].enterprises,
                            horizon=horizon(found.ensemble.quarters,
                                            self.question.language))  # fmt: skip
        self.status.set_text(text)
        self.status.classes(add="cp-rough" if rough or stopped else "", remove="cp-rough"
                            if not (rough or stopped) else "")  # fmt: skip

    def redraw(self) -> None:
        """Draw everything from what was found."""
        if self.found is None:
            return
        self.lines.clear()
        with self.lines:
            gap = "" if self.question.language == "zh" else " "
            for first, rest in answer.paragraphs(self.found, self.question):
                with ui.element("p"):
                    for text, shown in ((first, "cp-first"), (rest, "cp-rest")):
                        if text:
                            ui.label(text + gap).classes(shown)
        for name in charts.NAMES:
            self._draw(name)
        self._fill_table()

    def _draw(self, name: str) -> None:
        assert self.found is not None
        chart = charts.draw(name, self.found, self.question, self.difference)
        self.drawn[name] = chart
        element = self.elements[name]
        element.props["options"] = chart.option
        element.props["aria-label"] = chart.option["aria"]["label"]["description"]
        element.update()
        self._fill_numbers(name)

    def _fill_numbers(self, name: str) -> None:
        """A chart's numbers, where one looks at them."""
        box, rows = self.numbers[name]
        if box.value and self.found is not None:
            language = self.question.language
            rows.set_content(numbers.html(self.drawn[name], self.found, language))

    def _fill_table(self) -> None:
        assert self.found is not None
        that_year = of_year(self.found, self.question.year)
        self.rows.set_content(
            table.html(that_year, self.question.year, self.question.language, self.all_outcomes)
        )

    # What is chosen here

    def _change(self, **fields: Any) -> None:
        new = replace(self.question, **fields)
        if new != self.question:
            self._ask(new)

    def _aim(self, value: Any) -> None:
        self._change(target=None if value is None else float(value))

    def _differ(self, difference: bool) -> None:
        self.difference = difference
        if self.found is not None:
            self._draw("trajectories")

    def _more(self) -> None:
        self.all_outcomes = not self.all_outcomes
        self.more.set_text(self.say("Fewer outcomes" if self.all_outcomes else "All outcomes"))
        if self.found is not None:
            self._fill_table()

    # What is taken along

    def _take(self, name: str, kind: str) -> None:
        chart = self.drawn.get(name)
        if chart is None:
            ui.notify(self.say("There is nothing to take along yet."))
        elif kind == "CSV":
            content = csv_of(chart.columns, chart.rows)
            ui.download.content(content, f"cleanpark-{name}.csv", "text/csv")
        else:
            ui.run_javascript(picture_code(self.elements[name].id, kind.lower(), name))

    def _take_table(self) -> None:
        if self.found is None:
            return
        frame = of_year(self.found, self.question.year).table
        frame.insert(0, "year", self.question.year)
        rows = list(frame.itertuples(index=False))
        ui.download.content(csv_of(tuple(frame.columns), rows), "cleanpark-outcomes.csv",
                            "text/csv")  # fmt: skip

    async def _take_parquet(self) -> None:
        await self._take_whole(take_along.parquet_of, "cleanpark-outcomes.parquet")

    async def _take_report(self) -> None:
        language = self.question.language
        await self._take_whole(
            lambda found: take_along.report_of(found, language), "cleanpark-report.html"
        )

    async def _take_whole(self, make: Callable[[cp.Comparison], bytes], name: str) -> None:
        """Hand over a file that takes a while to make, made off the server's loop."""
        if self.found is None or self.worker is None:
            ui.notify(self.say("There is nothing to take along yet."))
            return
        found = self.found
        ui.notify(self.say("It is being made; the download follows."))
        making = self.worker.studies.submit(LATER, lambda: make(found))
        ui.download.content(await asyncio.wrap_future(making), name)

    def _save(self, make: Callable[[Question], str], ending: str) -> None:
        ui.download.content(make(self.question), f"cleanpark-question.{ending}", "text/plain")

    async def _copy_address(self) -> None:
        await self._copied("location.href", "The address is copied.")

    async def _copy(self, code: Any) -> None:
        await self._copied(json.dumps(code.text), "Copied.")

    async def _copied(self, what: str, done: str) -> None:
        """Put something on the clipboard, and say whether the browser let it."""
        let = await ui.run_javascript(COPY.format(what=what), timeout=5.0)
        failed = "The browser does not let the page copy: mark the text and copy it."
        ui.notify(self.say(done if let else failed))
