"""What stands behind a lever: what the law says and since when, its value in each packaged policy,
the rules of the model that read it, and the published evidence that was tried on it."""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterable
from typing import Any

from nicegui import ui

import cleanpark.agents as agents
from cleanpark.analysis.validation.kept import KEPT_FILE, read_kept
from cleanpark.analysis.validation.pattern import Pattern
from cleanpark.analysis.validation.patterns import PATTERNS
from cleanpark.analysis.validation.verdict import PatternResult
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.validation import (
    band_of,
    lies,
    number_of,
    parts_inside,
    unit_of,
    verdict_of,
)
from cleanpark.page import engine, levers
from cleanpark.page.lessons import source_of
from cleanpark.page.question import Question
from cleanpark.page.texts import say, say_message
from cleanpark.page.wording import told_error
from cleanpark.scenarios.errors import N_, InputError


@functools.cache
def _readers() -> dict[str, tuple[str, ...]]:
    """By attribute of the policy, the behaviours that read it, as MODULE:FUNCTION."""
    found: dict[str, list[str]] = {}
    for one in pkgutil.iter_modules(agents.__path__):
        module = importlib.import_module(f"{agents.__name__}.{one.name}")
        for function in ast.parse(inspect.getsource(module)).body:
            if isinstance(function, ast.FunctionDef):
                for name in _read_of_policy(function):
                    found.setdefault(name, []).append(f"{one.name}:{function.name}")
    return {name: tuple(rules) for name, rules in found.items()}


def _read_of_policy(function: ast.FunctionDef) -> set[str]:
    return {
        node.attr for node in ast.walk(function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        and node.value.id == "policy"
    }  # fmt: skip


def rules_of(lever: str) -> tuple[str, ...]:
    """The behaviours that read a lever, as MODULE:FUNCTION."""
    return _readers().get(lever, ())


@functools.cache
def _varied() -> dict[str, frozenset[str]]:
    """By pattern, the levers that its set-up names."""
    known = set(engine.lever_table())
    return {
        one.name: frozenset(known & _named(inspect.getsource(sys.modules[one.measure.__module__])))
        for one in PATTERNS if one.measure is not None
    }  # fmt: skip


def _named(code: str) -> set[str]:
    """Keywords and texts in code: a set-up gives its levers as either."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.keyword) and node.arg:
            found.add(node.arg)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return found


def evidence_on(names: Iterable[str]) -> list[Pattern]:
    """The published patterns whose set-up names one of these levers, in the order of their page."""
    wanted = set(names)
    return [one for one in PATTERNS if wanted & _varied().get(one.name, frozenset())]


def differing(question: Question) -> list[str]:
    """The levers in which any policy of a question differs from the first, at any time."""
    first, *others = (one.values() for one in engine.plan(question).policies)
    return [name for name in engine.lever_table()
            if any(one[name] != first[name] for one in others)]  # fmt: skip


def lay_evidence(patterns: Iterable[Pattern], language: str) -> None:
    """Each pattern with its publications, where the caller stands."""
    for one in patterns:
        with ui.element("div").style("margin: 8px 0"):
            ui.label(say_message(one.title, language)).style("font-weight: 600")
            ui.label(say_message(one.reason, language)).classes("cp-note")
            _verdict(one, language)
            for source in one.sources:
                link = ui.link(source.text, source.address, new_tab=True).classes("cp-note")
                link.props('rel="noopener noreferrer"').style("display: block")
            ui.label(f"cleanpark validate {one.name}").classes("cp-note").style(
                "font-family: ui-monospace, monospace"
            )


@functools.cache
def _kept() -> dict[str, PatternResult]:
    """What the model gave for each pattern when the patterns were last run, by name."""
    return {one.pattern.name: one for one in read_kept(KEPT_FILE, PATTERNS).results}


def verdict_lines(pattern: Pattern, language: str) -> list[str]:
    """How near the model comes to a pattern: the verdict, then each figure against its band."""
    result, spoken = _kept()[pattern.name], Language(language)
    told = [say("The model: {verdict} ({inside} figures within the published range).", language,
                verdict=verdict_of(result, spoken),
                inside=parts_inside(result, spoken))] if result.parts else []  # fmt: skip
    for one in result.parts:
        unit = unit_of(one.part.unit, spoken)
        told.append(
            say("{figure}: {effect}{unit}; published {band}: {lies}.", language,
                figure=say_message(one.part.title, language), band=band_of(one, spoken),
                effect=number_of(one.found.effect, one.part.unit, spoken),
                unit=f" {unit}" if unit else "", lies=lies(one, spoken))
        )  # fmt: skip
    return told


def _verdict(pattern: Pattern, language: str) -> None:
    first, *figures = verdict_lines(pattern, language) or [""]
    ui.label(first).props(f"data-verdict={pattern.name}").style("font-weight: 600")
    for text in figures:
        ui.label(text).classes("cp-note")


class Evidence:
    """Under How sure: the published patterns on the levers in which the policies differ."""

    def __init__(self, question: Question) -> None:
        """Lay it out where the caller stands, closed."""
        self.question = question
        text = say("Which published evidence bears on this?", question.language)
        self.box = ui.expansion(text, on_value_change=lambda event: self._fill(event.value))
        self.box.props("dense data-evidence=1").classes("cp-noprint").style("width: 100%")

    def ask_for(self, question: Question) -> None:
        """Another question: what is shown belongs to the one before."""
        self.question = question
        self.box.value = False

    def _fill(self, opened: bool) -> None:
        if not opened:
            return
        language = self.question.language
        self.box.clear()
        with self.box:
            try:
                patterns = evidence_on(differing(self.question))
            except InputError as problem:
                ui.label(told_error(problem, language)).classes("cp-error")
                return
            text = (
                N_(
                    "Findings of others whose set-up moves a lever in which these policies differ, "
                    "and how near the model comes to each."
                )
                if patterns
                else "No published finding that the model is held against moves a lever in which "
                "these policies differ."
            )
            ui.label(say(text, language)).classes("cp-note")
            lay_evidence(patterns, language)


def open_page(lever: str, language: str) -> None:
    """Open the page behind a lever over the one that is shown."""
    one = engine.lever_table()[lever]
    with ui.dialog(value=True) as dialog, ui.card().style("width: 720px; max-width: 94vw") as card:
        card.props("data-behind=1")
        with ui.element("div").style("width: 100%; max-height: 74vh; overflow-y: auto"):
            with ui.element("h2").classes("cp-title"):
                ui.label(Language(language).of(one.title))
            ui.label(say(f"group {one.group}", language)).classes("cp-note")
            _law(lever, language)
            _values(lever, language)
            _rules(lever, language)
            if patterns := evidence_on([lever]):
                _head(say("Published evidence whose set-up moves it", language))
                lay_evidence(patterns, language)
        ui.button(say("Close", language), on_click=dialog.close).props("flat no-caps")
    dialog.on("hide", dialog.delete)


def _head(text: str) -> None:
    with ui.element("h3").classes("cp-head").style("margin-top: 14px"):
        ui.label(text)


def _law(lever: str, language: str) -> None:
    """Range, certainty and source; what the law says, and from when to when."""
    one = engine.lever_table()[lever]
    _head(say("Where its values come from", language))
    ui.label(levers.facts(lever, language))
    if not one.choices:
        low, high = (levers.told(lever, edge, language) for edge in (one.low, one.high))
        ui.label(say("Possible here: {low} to {high}", language, low=low, high=high))
    for begin, until, source, band in engine.law_of(lever, language):
        text = "From {begin} until {until}: {source}" if until else "From {begin}: {source}"
        told = say(text, language, begin=begin, until=until or "", source=source)
        if band is not None:
            low, high = (levers.told(lever, edge, language) for edge in band)
            told = say("{text}, {low} to {high}", language, text=told, low=low, high=high)
        ui.label(told).classes("cp-note")


def _values(lever: str, language: str) -> None:
    """The lever in each packaged policy, from each date on."""
    _head(say("In the packaged policies", language))
    with ui.element("table").classes("cp-table"), ui.element("tbody"):
        for base in engine.policy_names():
            with ui.element("tr"):
                with ui.element("th").props("scope=row"):
                    ui.label(engine.policy_title(base, language))
                with ui.element("td"):
                    ui.label(_over_time(lever, engine.lever_over_time(base, lever), language))


def _over_time(lever: str, value: Any, language: str) -> str:
    if not isinstance(value, dict):
        return levers.told(lever, value, language)
    joint = "、" if language == "zh" else ", "
    return joint.join(
        say("{value} from {date}", language, value=levers.told(lever, one, language), date=date)
        for date, one in value.items()
    )


def _rules(lever: str, language: str) -> None:
    """The code that reads it, as the model runs it."""
    rules = rules_of(lever)
    if not rules:
        return
    _head(say("How the model uses it", language))
    for rule in rules:
        where, code = source_of(rule)
        with ui.expansion(where).props("dense").style("width: 100%"):
            ui.label(code).classes("cp-code")
