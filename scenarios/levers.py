"""Levers and behavioural parameters as their files declare them."""

from __future__ import annotations

import datetime
import functools
import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import model_validator

from cleanpark.scenarios.errors import InputError, Listed, Message, ScenarioError, nearest, shown
from cleanpark.scenarios.law import law, statutes
from cleanpark.scenarios.law.dated import Band, Dated, Period, Reduction, WasteRate
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Certainty, Record, Title

LEVER_FILE = Path(__file__).with_name("levers.toml")
BEHAVIOUR_FILE = Path(__file__).with_name("behaviour.toml")


class Parameter(Record):
    """One lever or behavioural parameter: meaning, unit, bounds, plausible range, origin.

    ``distribution`` says how studies draw from the range, on the parameter's scale: ``uniform``
    where nothing is known but the range, ``triangular`` with its mode at the default where the
    default was estimated or measured. ``announced`` levers enter what an investment is worth with
    their later values where a scenario announces changes ahead (lever ``notice``). ``law`` names
    the statutory figures behind it, such as ``fines.air``; its ``source`` then begins with their
    texts and articles.
    """

    name: str
    group: str
    title: Title
    unit: str
    default: float | str
    low: float = 0.0
    high: float = 0.0
    range: tuple[float, float] = (0.0, 0.0)
    scale: Literal["linear", "log", "integer", "choice"]
    distribution: Literal["uniform", "triangular"]
    choices: tuple[str, ...] = ()
    source: str
    certainty: Certainty
    law: tuple[str, ...] = ()
    announced: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        self.code(self.default)
        inside = self.low <= self.range[0] <= self.range[1] <= self.high
        if self.scale != "choice" and not inside:
            raise InputError(
                "range {range} must rise inside {low:g} to {high:g}",
                range=self.range,
                low=self.low,
                high=self.high,
            )
        if self.scale == "log" and self.range[0] <= 0.0:
            raise InputError("range {range} on a log scale must lie above 0", range=self.range)
        peaked = self.distribution == "triangular"
        if peaked and not self.range[0] <= self.code(self.default) <= self.range[1]:
            raise InputError("a triangular distribution needs its default inside the range")
        return self

    @property
    def allowed(self) -> Message:
        """What may be given, in words."""
        if self.choices:
            return Message("one of {choices}", choices=Listed(self.choices))
        return Message(
            "a number from {low:g} to {high:g} ({unit})",
            low=self.low,
            high=self.high,
            unit=Message(self.unit),
        )

    def code(self, value: Any) -> float:
        """The value as the model reads it: a number, or the position of a choice.

        Raises ValueError that says what is allowed.
        """
        if self.choices:
            if not isinstance(value, str) or value not in self.choices:
                raise InputError(
                    "{value} is not possible: {allowed}{hint}",
                    value=shown(value),
                    allowed=self.allowed,
                    hint=nearest(value, self.choices),
                )
            return float(self.choices.index(value))
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise InputError(
                "{value} is not a number: {allowed}", value=shown(value), allowed=self.allowed
            )
        try:
            number = float(value)
        except OverflowError:  # a whole number of more than 308 digits
            number = math.inf
        if not self.low <= number <= self.high:
            raise InputError(
                "{value} is out of range: {allowed}", value=shown(value), allowed=self.allowed
            )
        if self.scale == "integer" and not number.is_integer():
            raise InputError(
                "{value} is not a whole number: {allowed}", value=shown(value), allowed=self.allowed
            )
        return number


def _read(path: Path) -> Mapping[str, Parameter]:
    tables = read_toml(path, ScenarioError)
    return {name: _parameter(name, table, f"{path}, [{name}]") for name, table in tables.items()}


def _parameter(name: str, table: Mapping[str, Any], place: str) -> Parameter:
    read = checked(Parameter, {"name": name, **table}, place, ScenarioError)
    if not read.law:
        return read
    return read.model_copy(update={"source": "; ".join(_sources(read, place))})


def _sources(parameter: Parameter, place: str) -> list[str]:
    """Texts and articles behind a parameter through time, then its own source."""
    said = []
    for name in parameter.law:
        figure = statutory_figure(name, place)
        for period in figure.period:
            until = f" until {period.until}" if period.until is not None else ""
            said.append(f"{statutes().source(period)} (from {period.from_}{until})")
    own = [parameter.source] if parameter.source else []
    return [*dict.fromkeys(said), *own]


def statutory_figure(name: str, place: str) -> Dated[Any]:
    """The figure of the law by subject and name, such as ``fines.air``."""
    found = {f"{subject}.{key}": figure for subject, key, figure in statutes().figures()}
    if name not in found:
        raise ScenarioError(
            "{place}: unknown figure of the law '{name}'{hint}",
            place=place,
            name=name,
            hint=nearest(name, found),
        )
    return found[name]


@dataclass(frozen=True)
class StatutoryRange:
    """What the law of a day lets a parameter be, in the parameter's unit, and by which text."""

    low: float
    high: float
    source: dict[str, str]


def statutory_range(
    parameter: Parameter, date: datetime.date | str | None = None
) -> StatutoryRange | None:
    """The statutory range of a parameter on a day; None where the law sets none.

    >>> statutory_range(levers()["falsification_fine"], "2026-Q2").low
    20.0
    >>> statutory_range(levers()["falsification_fine"], "2026-Q4").low
    10.0
    """
    day = law(date).day
    for name in parameter.law:
        period = statutory_figure(name, parameter.name).at(day)
        bounds = _bounds(period)
        if period is None or bounds is None:
            continue
        scale = 1e-4 if parameter.unit == "10,000 CNY" else 1.0
        source = {language: statutes().source(period, language) for language in ("en", "zh")}
        return StatutoryRange(bounds[0] * scale, bounds[1] * scale, source)
    return None


def _bounds(period: Period | None) -> tuple[float, float] | None:
    """Bounds of a band, or the one figure that a relief or a rate allows."""
    if isinstance(period, Band) and not period.low == period.high == 1.0:
        return period.low, period.high
    if isinstance(period, Reduction):
        return period.reduction, period.reduction
    return (period.rate, period.rate) if isinstance(period, WasteRate) else None


@functools.cache
def levers() -> Mapping[str, Parameter]:
    """All levers by name, in the order of their file."""
    return _read(LEVER_FILE)


@functools.cache
def behaviour_parameters() -> Mapping[str, Parameter]:
    """All behavioural parameters by name, in the order of their file."""
    return _read(BEHAVIOUR_FILE)


def choice(lever: str, name: str) -> int:
    """Code of a lever's choice in the records; ScenarioError for one that is not declared."""
    try:
        return int(levers()[lever].code(name))
    except ValueError as cause:
        raise ScenarioError("{lever}: {cause}", lever=lever, cause=cause) from cause


def behaviour_value(where: Message, name: str, value: Any) -> float:
    """A behavioural parameter's value, checked; ScenarioError that begins with ``where``."""
    declared = behaviour_parameters()
    if name not in declared:
        raise ScenarioError(
            "{where}: unknown behavioural parameter{hint}",
            where=where,
            hint=nearest(name, declared),
        )
    try:
        return declared[name].code(value)
    except ValueError as cause:
        raise ScenarioError("{where}: {cause}", where=where, cause=cause) from cause
