"""A result as ECharts options, each with the data it shows; tested without a browser.

Every option carries its title, unit and source, so that a picture taken away says what it is.
Tooltips are drawn as text, never as HTML, since policies are named by users.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

import cleanpark as cp
from cleanpark.analysis.comparison.targets import met
from cleanpark.analysis.comparison.years import by_year
from cleanpark.page import answer, engine, measures
from cleanpark.page.chart_parts import (
    COLOURS,
    DASHES,
    GREY,
    INK,
    SYMBOLS,
    band,
    base,
    category_axis,
    finite,
    fitted,
    line,
    names_at_axis,
    value_axis,
)
from cleanpark.page.question import Question
from cleanpark.page.texts import say

Row = Sequence[Any]
NEARLY_ALL = 0.8
"""A share from which its axis ends at a hundred, since no share is more."""
SIGNED = (
    "profit", "income_tax", "treasury_net", "enterprise_cost", "society_cost", "burden",
)  # fmt: skip
"""Outcomes that can be less than nothing: what is earned, and costs less what is received."""
APART = (0, -18, 18, -9, 9, -27, 27)
"""Pixels by which one seed's point stands beside the other's, so that none hides another."""
NAMES = ("trajectories", "cost", "payers", "compliance", "levels", "seeds")


@dataclass(frozen=True)
class Chart:
    """An ECharts option, and the numbers that it shows as a table for whoever takes them along."""

    name: str
    option: dict[str, Any]
    columns: tuple[str, ...]
    rows: list[Row]


NARROW: dict[str, dict[str, Any]] = {
    "payers": {"xAxis": {"axisLabel": {"width": 50, "overflow": "break", "fontSize": 10}}}
}
"""What differs in a chart on a phone, beside the layout."""


def draw(name: str, found: cp.Comparison, question: Question, difference: bool = False) -> Chart:
    """A chart by its name; ``difference`` is of the trajectories alone."""
    makers: dict[str, Callable[[cp.Comparison, Question], Chart]] = {
        "trajectories": partial(trajectories, difference=difference),
        "cost": cost_reduction,
        "payers": who_pays,
        "compliance": compliance,
        "levels": levels,
        "seeds": seeds,
    }
    chart = makers[name](found, question)
    return replace(chart, option=fitted(chart.option, **NARROW.get(name, {})))


def trajectories(found: cp.Comparison, question: Question, difference: bool = False) -> Chart:
    """The outcome over time, each policy with its 95 % band: its level, or the paired difference
    to the first policy."""
    language, outcome = question.language, question.outcome
    numbers = range(len(found.names))
    if difference:
        numbers = range(1, len(found.names)) if len(found.names) > 1 else range(1)
    lines = [_over_time(found, number, outcome, difference) for number in numbers]
    largest = max((float(np.nanmax(np.abs(mean), initial=0.0)) for mean, _, _ in lines), default=1)
    declared = engine.outcome_table()[outcome]
    divisor, unit = engine.scale(largest, declared.unit, language)
    if difference and unit == "%":
        unit = say("percentage points", language)
    labels = [engine.label(number) for number in range(found.ensemble.quarters)]
    measured = unit if not measures.is_total(outcome) else say("{unit} per quarter", language,
                                                               unit=unit)  # fmt: skip
    kind = (
        say("difference to “{reference}”", language, reference=answer.title(found, 0, language))
        if difference
        else say("level", language)
    )
    option = base(
        answer.outcome_title(outcome, language),
        say("{measure}; {unit}; band: 95 % interval of the mean", language, measure=kind,
            unit=measured),
        language,
    )  # fmt: skip
    option["xAxis"] = category_axis(labels, [one.replace("-", " ") for one in labels])
    option["yAxis"] = value_axis(zero=not difference and declared.unit != "share")
    if not difference and unit == "%" and largest > NEARLY_ALL:
        option["yAxis"]["max"] = 100
    rows: list[Row] = []
    for number, (mean, low, high) in zip(numbers, lines, strict=True):
        name = answer.title(found, number, language)
        option["series"] += band(f"band-{number}", low / divisor, high / divisor, COLOURS[number])
        option["series"].append(line(name, mean / divisor, number))
        rows += [
            (found.names[number], label, outcome, declared.unit, mean[k], low[k], high[k])
            for k, label in enumerate(labels)
        ]
    _mark(option, found, question, difference, divisor, labels)
    columns = ("policy", "quarter", "outcome", "unit",
               "difference" if difference else "mean", "low", "high")  # fmt: skip
    return Chart("trajectories", option, columns, rows)


def _over_time(
    found: cp.Comparison, number: int, outcome: str, difference: bool
) -> tuple[Any, Any, Any]:
    """Mean by quarter with the bounds of its 95 % interval."""
    values = found.series(number, outcome)
    reference = found.series(found.reference_place, outcome)
    gaps = measures.gap(values, reference if difference else np.zeros_like(values))
    columns = np.array([(one.value, one.low, one.high) for one in gaps]).T
    if not difference:
        columns = np.clip(columns, *_possible(outcome))  # as the mean of such values is
    return columns[0], columns[1], columns[2]


def _possible(outcome: str) -> tuple[float, float]:
    """Between what an outcome can be at all."""
    if engine.outcome_table()[outcome].unit == "share":
        return 0.0, 1.0
    return (-np.inf if outcome in SIGNED else 0.0), np.inf


def _mark(
    option: dict[str, Any],
    found: cp.Comparison,
    question: Question,
    difference: bool,
    divisor: float,
    labels: list[str],
) -> None:
    """The year looked at as a shade, the target as a line, zero as a line of a difference."""
    language = question.language
    shown = engine.quarters_of(question.year)
    first = option["series"][-1] if option["series"] else None
    if first is None:
        return
    first["markArea"] = {
        "silent": True,
        "itemStyle": {"color": "rgba(90,100,110,0.10)"},
        "label": {"color": GREY, "position": "insideTop"},
        "data": [[{"xAxis": labels[shown.start], "name": str(question.year)},
                  {"xAxis": labels[shown.stop - 1]}]],
    }  # fmt: skip
    marks: list[dict[str, Any]] = []
    if difference:
        marks.append({"yAxis": 0, "label": {"show": False}, "lineStyle": {"color": INK}})
    elif question.target is not None:
        wanted = measures.target_of(question)
        goal = met(found, wanted)[found.reference_place].goal / divisor
        if measures.is_total(question.outcome):
            goal /= 4.0  # the target is of a year, the chart of quarters
        text = say("target {goal}", language, goal=answer.goal(question))
        marks.append(
            {
                "yAxis": finite(goal),
                "label": {"formatter": text, "position": "insideEndTop", "color": "#8A3B00"},
                "lineStyle": {"color": "#8A3B00", "type": "dashed", "width": 2},
            }
        )
    first["markLine"] = {"silent": True, "symbol": "none", "data": marks}


def cost_reduction(found: cp.Comparison, question: Question) -> Chart:
    """Extra cost to society against pollution avoided, over all quarters, each with its 95 %
    interval; hollow where the change of pollution cannot be told from none."""
    language = question.language
    reference = answer.title(found, found.reference_place, language)
    others = [number for number in range(len(found.names)) if number != found.reference_place]
    cost = {number: found.row(found.names[number], "society_cost") for number in others}
    largest = max((abs(float(row["difference"])) for row in cost.values()), default=1e6)
    divisor, unit = engine.scale(largest, "CNY", language)
    option = base(
        say("Cost against reduction", language),
        say("vertical: extra cost to society, {unit}; against “{reference}”, all quarters "
            "together; bars: 95 % intervals", language, reference=reference, unit=unit),
        language,
    )  # fmt: skip
    option["tooltip"]["trigger"] = "item"
    option["legend"]["itemWidth"] = 14
    option["xAxis"] = {**value_axis(say("pollution equivalents avoided, %", language)),
                       "nameLocation": "middle", "nameGap": 30}  # fmt: skip
    option["yAxis"] = value_axis()
    rows: list[Row] = []
    for number in others:
        dirt = found.row(found.names[number], "pollution_equivalents")
        avoided = [-float(dirt[key]) for key in ("percent", "percent_high", "percent_low")]
        price = [float(cost[number][key]) / divisor for key in ("difference", "low", "high")]
        option["series"] += _crossing(
            answer.title(found, number, language), number, avoided, price,
            bool(dirt["distinguishable"]),
        )  # fmt: skip
        rows.append((found.names[number], *avoided, *(value * divisor for value in price)))
    columns = ("policy", "avoided_percent", "avoided_low", "avoided_high", "society_cost_cny",
               "cost_low", "cost_high")  # fmt: skip
    return Chart("cost", option, columns, rows)


def _crossing(
    name: str, number: int, avoided: list[float], price: list[float], clear: bool
) -> list[dict[str, Any]]:
    """A point with a bar along each axis."""
    colour = COLOURS[number]
    point = [finite(avoided[0]), finite(price[0])]
    across = [[finite(avoided[1]), point[1]], [finite(avoided[2]), point[1]]]
    along = [[point[0], finite(price[1])], [point[0], finite(price[2])]]
    bars = [
        {
            "type": "line", "id": f"bar-{number}-{place}", "silent": True, "symbol": "none",
            "data": ends, "lineStyle": {"color": colour, "width": 1.5, "opacity": 0.6},
            "tooltip": {"show": False},
        }
        for place, ends in enumerate((across, along))
        if all(value is not None for end in ends for value in end)
    ]  # fmt: skip
    marker = {
        "type": "scatter", "name": name, "symbol": SYMBOLS[number], "symbolSize": 15,
        "data": [point] if None not in point else [],
        "itemStyle": {"color": colour if clear else "#FFFFFF", "borderColor": colour,
                      "borderWidth": 2},
    }  # fmt: skip
    return [*bars, marker]


def who_pays(found: cp.Comparison, question: Question) -> Chart:
    """Change of enterprises' burden by size and by commitment to compliance: boxes are 95 %
    intervals, the stroke in them the mean."""
    language = question.language
    groups = (*measures.SIZES, *measures.ATTITUDES)
    option = base(
        say("Who pays", language),
        say("change of net environmental cost against “{reference}”, CNY per 10,000 CNY of "
            "output, all quarters; boxes: 95 % intervals", language,
            reference=answer.title(found, found.reference_place, language)),
        language,
    )  # fmt: skip
    option["tooltip"]["trigger"] = "item"
    others = [number for number in range(len(found.names)) if number != found.reference_place]
    burdens = {number: measures.group_burdens(found, number, groups) for number in others}
    words = [
        say(group, language)
        if not burdens or any(one[k].defined for one in burdens.values())
        else say("{group}: none", language, group=say(group, language))
        for k, group in enumerate(groups)
    ]
    option["xAxis"] = category_axis(words) | names_at_axis(words)
    option["yAxis"] = value_axis(zero=True)
    rows: list[Row] = []
    for number, gaps in burdens.items():
        boxes = [
            [finite(one.low), finite(one.low), finite(one.value), finite(one.high),
             finite(one.high)] if math.isfinite(one.low) else "-"
            for one in gaps
        ]  # fmt: skip
        option["series"].append(
            {
                "type": "boxplot",
                "name": answer.title(found, number, language),
                "data": boxes,
                "itemStyle": {"color": COLOURS[number] + "40", "borderColor": COLOURS[number],
                              "borderWidth": 2},
                "boxWidth": [10, 36],
            }
        )  # fmt: skip
        rows += [(found.names[number], group, one.value, one.low, one.high)
                 for group, one in zip(groups, gaps, strict=True)]  # fmt: skip
    columns = ("policy", "group", "difference_cny_per_10000", "low", "high")
    return Chart("payers", option, columns, rows)


def compliance(found: cp.Comparison, question: Question) -> Chart:
    """Compliance as it is against what is reported, by year."""
    language = question.language
    option = base(
        say("True against reported compliance", language),
        say("share of enterprises within their limits, %; full line: true, dotted: as reported",
            language),
        language,
    )  # fmt: skip
    years = engine.years(found.ensemble.quarters)
    option["xAxis"] = category_axis([str(year) for year in years])
    option["yAxis"] = value_axis()
    option["yAxis"]["max"] = 100
    rows: list[Row] = []
    for number, policy in enumerate(found.names):
        name = answer.title(found, number, language)
        for outcome, dash in (("compliance_true", "solid"), ("compliance_apparent", "dotted")):
            mean = np.nanmean(by_year(found, number, outcome), axis=0)
            told = name if dash == "solid" else say("{policy}, as reported", language, policy=name)
            drawn = line(told, 100 * mean, number)
            drawn["lineStyle"]["type"] = dash
            option["series"].append(drawn)
            if dash == "solid":
                option["legend"].setdefault("data", []).append(told)
            rows += [(policy, outcome, year, mean[k]) for k, year in enumerate(years)]
    return Chart("compliance", option, ("policy", "outcome", "year", "share"), rows)


LEVELS = ("level_one", "level_two", "level_three")
SHADES = ("#0B5D4B", "#3FA58A", "#A9DACB", "#E3E6E8")


def levels(found: cp.Comparison, question: Question) -> Chart:
    """What the last audits found in the year looked at, and how many were taken seriously."""
    language = question.language
    place = question.year - engine.years(4)[0]
    option = base(
        say("Audit levels in {year}", language, year=question.year),
        say("share of enterprises by the level of their last audit, %", language),
        language,
    )
    titles = [answer.title(found, number, language) for number in range(len(found.names))]
    option["yAxis"] = category_axis(titles) | names_at_axis(titles)
    option["yAxis"]["inverse"] = True
    option["xAxis"] = value_axis()
    option["xAxis"]["max"] = 100
    option["tooltip"]["axisPointer"] = {"type": "shadow"}
    shares = np.array(
        [
            [np.nanmean(by_year(found, number, one)[:, place]) for one in LEVELS]
            for number in range(len(found.names))
        ]
    )
    parts = np.column_stack([shares, 1.0 - shares.sum(axis=1)])
    words = ("Level I", "Level II", "Level III", "below level III, or never audited")
    for k, word in enumerate(words):
        option["series"].append(
            {
                "type": "bar", "stack": "levels", "name": say(word, language), "barMaxWidth": 46,
                "data": [finite(100 * value) for value in parts[:, k]],
                "itemStyle": {"color": SHADES[k], "borderColor": "#FFFFFF", "borderWidth": 1},
            }
        )  # fmt: skip
    rows: list[Row] = [
        (policy, question.year, *parts[number]) for number, policy in enumerate(found.names)
    ]
    columns = ("policy", "year", "level_I", "level_II", "level_III", "below_or_never")
    return Chart("levels", option, columns, rows)


def seeds(found: cp.Comparison, question: Question) -> Chart:
    """The difference in the year looked at under every seed: what chance alone does."""
    language, outcome = question.language, question.outcome
    place = question.year - engine.years(4)[0]
    base_values = by_year(found, found.reference_place, outcome)[:, place]
    others = [number for number in range(len(found.names)) if number != found.reference_place]
    gaps = {number: by_year(found, number, outcome)[:, place] - base_values for number in others}
    largest = max((float(np.nanmax(np.abs(one), initial=0.0)) for one in gaps.values()), default=1)
    declared = engine.outcome_table()[outcome].unit
    divisor, unit = engine.scale(largest, declared, language)
    option = base(
        say("How much is chance?", language),
        say("{outcome} in {year}, difference to “{reference}”, {unit}; a point for each of {count} "
            "seeds", language, unit=unit if unit != "%" else say("percentage points", language),
            outcome=answer.outcome_title(outcome, language), year=question.year,
            reference=answer.title(found, found.reference_place, language),
            count=len(found.ensemble.seeds)),
        language,
    )  # fmt: skip
    option["tooltip"]["trigger"] = "item"
    option["legend"]["itemWidth"] = 14
    titles = [answer.title(found, number, language) for number in others]
    option["xAxis"] = category_axis(titles) | names_at_axis(titles)
    option["yAxis"] = value_axis()
    rows: list[Row] = []
    for order, number in enumerate(others):
        points = [(apart, finite(value / divisor))
                  for apart, value in zip(itertools.cycle(APART), gaps[number])]  # fmt: skip
        option["series"].append(
            {
                "type": "scatter", "name": answer.title(found, number, language),
                "symbol": SYMBOLS[number], "symbolSize": 11,
                "data": [{"value": [order, value], "symbolOffset": [apart, 0]}
                         for apart, value in points if value is not None],
                "itemStyle": {"color": COLOURS[number] + "99", "borderColor": COLOURS[number]},
                "markLine": {"silent": True, "symbol": "none", "data": [
                    {"yAxis": 0, "label": {"show": False}, "lineStyle": {"color": INK}}]},
            }
        )  # fmt: skip
        pairs = zip(found.ensemble.seeds, gaps[number], strict=True)
        rows += [(found.names[number], question.year, outcome, declared, *pair) for pair in pairs]
    columns = ("policy", "year", "outcome", "unit", "seed", "difference")
    return Chart("seeds", option, columns, rows)


__all__ = ["DASHES", "NAMES", "Chart", "draw"]
