"""How sure: whether the order of two policies turns over the assumptions, and which move it."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from cleanpark.analysis.policies.order import Order, order_of
from cleanpark.analysis.words.studies import parameter_title
from cleanpark.page import answer, asked, engine, limits
from cleanpark.page.chart_parts import (
    COLOURS,
    NARROW_NAMES,
    base,
    category_axis,
    finite,
    fitted,
    value_axis,
)
from cleanpark.page.on_request import Follow, OnRequest
from cleanpark.page.question import Question
from cleanpark.page.texts import say
from cleanpark.scenarios.errors import N_

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
    return asked.titles(question, question.language)[place]


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
    option["yAxis"]["axisLabel"] = {"width": 300, "overflow": "break", "interval": 0}
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
    return fitted(option, yAxis=NARROW_NAMES)


class HowSure(OnRequest):
    """Screens the assumptions for the last policy against the first."""

    button_text = N_("Does the order turn?")
    note = N_(
        "Runs the last policy and the first in futures drawn over the ranges of all assumptions; "
        "half a minute."
    )

    def run(self, question: Question, follow: Follow) -> Order:
        """Run both policies in all futures."""
        return screened(question, len(question.policies) - 1, follow)

    def show(self, result: Order, question: Question) -> None:
        """The sentences and the strongest assumptions."""
        for text in sentences(result, question, len(question.policies) - 1):
            ui.label(text).classes("cp-finding")
        option = movers_option(result, question)
        chart = ui.echart(option).classes("cp-chart cp-bars")
        chart.style(f"--bars: {len(option['yAxis']['data'])}")
        chart.props("role=img data-chart=movers")
        chart.props["aria-label"] = option["aria"]["label"]["description"]
