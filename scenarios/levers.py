"""Levers and behavioural parameters as their files declare them."""

from __future__ import annotations

import functools
import math
import numbers
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import model_validator

from cleanpark.scenarios.errors import InputError, ScenarioError, nearest, shown
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
            raise ValueError(f"range {self.range} must rise inside {self.low:g} to {self.high:g}")
        if self.scale == "log" and self.range[0] <= 0.0:
            raise ValueError(f"range {self.range} on a log scale must lie above 0")
        peaked = self.distribution == "triangular"
        if peaked and not self.range[0] <= self.code(self.default) <= self.range[1]:
            raise ValueError("a triangular distribution needs its default inside the range")
        return self

    @property
    def allowed(self) -> str:
        """What may be given, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return f"a number from {self.low:g} to {self.high:g} ({self.unit})"

    def code(self, value: Any) -> float:
        """The value as the model reads it: a number, or the position of a choice.

        Raises ValueError that says what is allowed.
        """
        if self.choices:
            if not isinstance(value, str) or value not in self.choices:
                raise self._refusal("{value} is not possible: {allowed}{hint}", value,
                                    hint=nearest(value, self.choices))  # fmt: skip
            return float(self.choices.index(value))
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise self._refusal("{value} is not a number: {allowed}", value)
        try:
            number = float(value)
        except OverflowError:  # a whole number of more than 308 digits
            number = math.inf
        if not self.low <= number <= self.high:
            raise self._refusal("{value} is out of range: {allowed}", value)
        if self.scale == "integer" and not number.is_integer():
            raise self._refusal("{value} is not a whole number: {allowed}", value)
        return number

    def _refusal(self, template: str, value: Any, **fields: object) -> InputError:
        return InputError(template, value=shown(value), allowed=self.allowed, **fields)


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


def behaviour_value(where: str, name: str, value: Any) -> float:
    """A behavioural parameter's value, checked; ScenarioError that begins with ``where``."""
    declared = behaviour_parameters()
    if name not in declared:
        raise ScenarioError(f"{where}: unknown behavioural parameter{nearest(name, declared)}")
    try:
        return declared[name].code(value)
    except ValueError as cause:
        raise ScenarioError(f"{where}: {cause}") from cause
