"""Indicator groups of an audit: names, what limits a level, weights by type of park."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from cleanpark.scenarios.errors import InputError, Listed, ScenarioError
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Certainty, Finite, Record, Title

INDICATORS = (
    "energy",
    "water",
    "air",
    "water_pollutants",
    "waste",
    "process",
    "management",
    "innovation",
    "facilities",
)
"""Names of the indicator groups; their position is the index of a group everywhere."""
WEIGHTED_FOR = ("heavy", "high-tech", "mixed", "unified")
"""Types of park that have weights of their own, and the one unified set."""
FILE = Path(__file__).with_name("indicators.toml")
Levels = tuple[Finite, Finite, Finite]


class Indicator(Record):
    """A group of indicators; lower is better.

    ``limiting``: a level needs the group at that level itself, whatever the composite index.
    ``reference``: ratios at levels I, II, III for sectors that state none.
    """

    title: Title
    measure: str
    limiting: bool
    weights: dict[str, Finite]
    reference: Levels | None = None

    @model_validator(mode="after")
    def _weights_for_all(self) -> Self:
        if tuple(self.weights) != WEIGHTED_FOR:
            raise InputError("weights must be for {parks}", parks=Listed(WEIGHTED_FOR))
        return self


class IndicatorFile(Record):
    """The groups by name and where they come from."""

    groups: dict[str, Indicator]
    source: str = Field(min_length=1)
    certainty: Certainty

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if tuple(self.groups) != INDICATORS:
            raise InputError(
                "must declare exactly {names}, in this order", names=Listed(INDICATORS)
            )
        for park in WEIGHTED_FOR:
            total = sum(group.weights[park] for group in self.groups.values())
            if abs(total - 1.0) > 1e-9:
                raise InputError(
                    "weights for '{park}' sum to {total:g}: must be 1", park=park, total=total
                )
        return self


def read_indicators(path: Path = FILE) -> IndicatorFile:
    """The groups in a file."""
    data: dict[str, Any] = read_toml(path, ScenarioError)
    origin = data.pop("origin", {})
    return checked(IndicatorFile, {"groups": data, **origin}, path, ScenarioError)


@functools.cache
def indicators() -> Mapping[str, Indicator]:
    """Every packaged group by name, in the order of ``INDICATORS``."""
    return read_indicators().groups


def usual_reference(name: str) -> Levels:
    """Reference values of a group for sectors that state none."""
    found = indicators()[name].reference
    if found is None:
        raise KeyError(name)
    return found
