"""Levers and behavioural parameters as their files declare them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import model_validator

from cleanpark.scenarios.errors import InputError, Listed, Message, ScenarioError, nearest
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Certainty, Record, Title

LEVER_FILE = Path(__file__).with_name("levers.toml")
BEHAVIOUR_FILE = Path(__file__).with_name("behaviour.toml")


class Parameter(Record):
    """One lever or behavioural parameter: meaning, unit, bounds, plausible range, origin.

    ``distribution`` says how studies draw from the range, on the parameter's scale: ``uniform``
    where nothing is known but the range, ``triangular`` with its mode at the default where the
    default was estimated or measured.
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
            if value not in self.choices:
                hint = nearest(value, self.choices)
                raise InputError(
                    "{value!r} is not possible: {allowed}{hint}",
                    value=value,
                    allowed=self.allowed,
                    hint=hint,
                )
            return float(self.choices.index(value))
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(
                "{value!r} is not a number: {allowed}", value=value, allowed=self.allowed
            )
        if not self.low <= value <= self.high:
            raise InputError(
                "{value!r} is out of range: {allowed}", value=value, allowed=self.allowed
            )
        if self.scale == "integer" and value != int(value):
            raise InputError(
                "{value!r} is not a whole number: {allowed}", value=value, allowed=self.allowed
            )
        return float(value)


def _read(path: Path) -> Mapping[str, Parameter]:
    tables = read_toml(path, ScenarioError)
    return {
        name: checked(Parameter, {"name": name, **table}, f"{path}, [{name}]", ScenarioError)
        for name, table in tables.items()
    }


@functools.cache
def levers() -> Mapping[str, Parameter]:
    """All levers by name, in the order of their file."""
    return _read(LEVER_FILE)


@functools.cache
def behaviour_parameters() -> Mapping[str, Parameter]:
    """All behavioural parameters by name, in the order of their file."""
    return _read(BEHAVIOUR_FILE)


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
