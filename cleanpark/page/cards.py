"""The left of Compare: the park, and a card of changes for each policy."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from nicegui import ui

from cleanpark.analysis.words.language import Language
from cleanpark.page import behind, engine, levers, limits
from cleanpark.page.bring import Bring
from cleanpark.page.chart_parts import COLOURS
from cleanpark.page.number_box import NumberBox
from cleanpark.page.question import Change, Policy, Question
from cleanpark.page.texts import say
from cleanpark.page.uploads import FILE

Asked = Callable[[Question], None]


class Cards:
    """What is asked, to be changed; tells ``ask`` of each new question."""

    def __init__(self, question: Question, ask: Asked) -> None:
        """Lay the cards out where the caller stands."""
        self.question, self._ask = question, ask
        self.place = ui.element("div").classes("cp-side")
        self.lay()

    def show(self, question: Question) -> None:
        """Show another question, asked elsewhere (back, a link, a file)."""
        self.question = question
        self.lay()

    def ask(self, question: Question, again: bool = False) -> None:
        """Ask anew; ``again`` lays the cards out anew as well."""
        self.question = question
        if again:
            self.lay()
        self._ask(question)

    def say(self, english: str, **fields: object) -> str:
        """A text in the question's language."""
        return say(english, self.question.language, **fields)

    def lay(self) -> None:
        """Lay everything out."""
        self.place.clear()
        with self.place:
            self._park()
            for number in range(len(self.question.policies)):
                self._policy(number)
            if len(self.question.policies) < limits.POLICIES:
                ui.button(self.say("Add a policy"), icon="add", on_click=self._add).props(
                    "outline no-caps color=primary data-add=1"
                ).style("width: 100%")
            self._size()

    def _park(self) -> None:
        question = self.question
        titles = {name: engine.park_title(name, question.language) for name in engine.parks()}
        if question.park not in titles:
            titles[question.park] = engine.park_title(question.park, question.language)
        with ui.element("section").classes("cp-card"):
            select = ui.select(
                titles,
                label=self.say("Park"),
                value=question.park,
                on_change=lambda event: self._take_park(event.value),
            )
            select.style("width: 100%").props("dense")
            self._account(engine.account_of(question.park, question.language))
            self.bring = Bring(lambda: self.question, lambda new: self.ask(new, again=True))

    def _account(self, lines: list[str]) -> None:
        """What was made of a file: what it holds, and all that was read and done behind a click."""
        for text in lines[:1]:
            ui.label(text).classes("cp-note")
        if len(lines) > 1:
            title = self.say("Read, converted, filled in, left out: {count} notes",
                             count=len(lines) - 1)  # fmt: skip
            with ui.expansion(title).props("dense data-account=1").classes("cp-list"):
                for text in lines[1:]:
                    ui.label(text).classes("cp-note")

    def _focus(self, wanted: str) -> None:
        """Move the keyboard's focus to what was laid out anew, which has lost it."""
        place = json.dumps(f"{wanted} [tabindex='0'], {wanted}[tabindex='0'], {wanted} input")
        self.place.client.run_javascript(
            f"setTimeout(() => document.querySelector({place})?.focus(), 100)"
        )

    def _take_park(self, park: str) -> None:
        self.ask(replace(self.question, park=park), again=True)

    def _policy(self, number: int) -> None:
        policy = self.question.policies[number]
        language = self.question.language
        titles = {name: engine.policy_title(name, language) for name in engine.policy_names()}
        card = ui.element("section").classes("cp-card cp-policy").props(f"data-policy={number}")
        card.style(f"--mark: {COLOURS[number]}")
        with card:
            role = "Compared with" if number == 0 else "Policy {number}"
            with ui.element("div").classes("cp-row").style("flex-wrap: nowrap"):
                ui.label(self.say(role, number=number)).classes("cp-head cp-grow")
                if number > 0:
                    label = self.say("Take this policy out")
                    ui.button(icon="delete_outline", on_click=lambda: self._drop(number)).props(
                        f'flat dense round size=sm color=grey-8 aria-label="{label}"'
                    )
            select = ui.select(titles, value=policy.base, with_input=False,
                               on_change=lambda event: self._base(number, event.value))  # fmt: skip
            select.props(f'dense aria-label="{self.say("Packaged policy")}"').style("width: 100%")
            ui.label(engine.policy_description(policy.base, language)).classes("cp-note")
            for change in policy.changes:
                self._lever(number, change)
            with ui.element("div").classes("cp-row").style("margin-top: 8px"):
                ui.button(self.say("Change a lever"), icon="tune",
                          on_click=lambda: self._choose(number)).props(
                    "flat dense no-caps color=primary data-choose=1")  # fmt: skip
            if policy.changes:
                name = ui.input(
                    self.say("Name of your policy"),
                    value=policy.name,
                    on_change=lambda event: self._rename(number, event.value),
                )
                name.props("dense maxlength=80 debounce=500").style("width: 100%")

    def _lever(self, number: int, change: Change) -> None:
        dates = [engine.label(k) for k in range(4, self.question.quarters, 4)]

        def changed(new: Change) -> None:
            policy = self.question.policies[number].with_change(new)
            self.ask(self.question.with_policy(number, policy))

        def removed() -> None:
            policy = self.question.policies[number].without(change.lever)
            self.ask(self.question.with_policy(number, policy), again=True)
            self._focus(f"[data-policy='{number}'] [data-choose]")

        base = self.question.policies[number].base
        about = partial(behind.open_page, change.lever, self.question.language)
        levers.LeverCard(base, change, dates, self.question.language,
                         levers.Acts(changed, removed, about))  # fmt: skip

    def _base(self, number: int, base: str) -> None:
        policy = replace(self.question.policies[number], base=base)
        self.ask(self.question.with_policy(number, policy), again=True)

    def _rename(self, number: int, name: str) -> None:
        policy = replace(self.question.policies[number], name=(name or "").strip()[:80])
        self.ask(self.question.with_policy(number, policy))

    def _drop(self, number: int) -> None:
        self.ask(self.question.without_policy(number), again=True)
        self._focus("[data-add]")

    def _add(self) -> None:
        used = {one.base for one in self.question.policies}
        free = [name for name in engine.policy_names() if name not in used]
        number = len(self.question.policies)
        self.ask(self.question.with_policy(number, Policy((free or ["voluntary"])[0])), again=True)
        self._focus(f"[data-policy='{number}']")

    def _choose(self, number: int) -> None:
        """The list of levers, searched and by group."""
        language = self.question.language
        taken = {one.lever for one in self.question.policies[number].changes}
        with ui.dialog() as dialog, ui.card().style("width: 620px; max-width: 94vw"):
            search = ui.input(self.say("Search a lever"), on_change=lambda event: fill(event.value))
            search.props("autofocus dense clearable debounce=150").style("width: 100%")
            found = ui.element("div").style("width: 100%; max-height: 62vh; overflow-y: auto")

            def fill(wanted: str | None) -> None:
                found.clear()
                with found:
                    _lever_list(wanted or "", taken, language, pick)

            def pick(name: str) -> None:
                dialog.close()
                policy = self.question.policies[number]
                new = policy.with_change(levers.begun(policy.base, name))
                self.ask(self.question.with_policy(number, new), again=True)
                self._focus(f"[data-policy='{number}'] [data-lever={name}]")

            fill("")
            ui.button(self.say("Close"), on_click=dialog.close).props("flat no-caps")
        dialog.on("hide", dialog.delete)
        dialog.open()

    def _size(self) -> None:
        """How much is simulated."""
        with ui.expansion(self.say("Size of the simulation")).props("dense").style("width: 100%"):
            own = self.question.park.startswith(FILE)
            for key, text, low, high in (
                ("enterprises", "Enterprises", 1, limits.ENTERPRISES),
                ("quarters", "Quarters from 2026", 20, limits.QUARTERS),
                ("seeds", "Seeds (repetitions under other chance)", 2, limits.SEEDS),
            ):
                if key == "enterprises" and own:
                    continue
                box = NumberBox(self.say(text), getattr(self.question, key), (low, high),
                                self.question.language, act=partial(self._sized, key))  # fmt: skip
                box.props("dense debounce=600").style("width: 100%")

    def _sized(self, key: str, number: int) -> None:
        sized: dict[str, Any] = {key: number}
        new = replace(self.question, **sized)
        years = new.years
        self.ask(replace(new, year=min(max(new.year, years[0]), years[-1])))


def _lever_list(wanted: str, taken: set[str], language: str, pick: Callable[[str], None]) -> None:
    shown: set[str] = set()
    for group, names in levers.ordered():
        fits = [name for name in names if name not in shown]
        fits = [name for name in fits if levers.matches(name, wanted, language)]
        if not fits:
            continue
        ui.label(say(f"group {group}", language)).classes("cp-head").style("margin-top: 10px")
        with ui.list().props("dense separator").style("width: 100%"):
            for name in fits:
                shown.add(name)
                _lever_item(name, name in taken, language, pick)
    if not shown:
        ui.label(say("No lever is called so. Try another word.", language)).classes("cp-note")


def _lever_item(name: str, taken: bool, language: str, pick: Callable[[str], None]) -> None:
    one = engine.lever_table()[name]
    item = ui.item(on_click=lambda: pick(name)) if not taken else ui.item().props("disable")
    item.props(f"data-pick={name}")
    with item, ui.item_section():
        ui.item_label(Language(language).of(one.title))
        now = say("today: {value}", language, value=levers.told(name, one.default, language))
        note = f"{now} · {levers.facts(name, language)}"
        ui.item_label(note).props("caption")
