"""Levers over time: dates that are one quarter, whole numbers on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.scenarios import timeline
from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.levers import levers
from cleanpark.scenarios.scenario import scenario


def whole_number_levers() -> list[str]:
    return [name for name, lever in levers().items() if lever.scale == "integer"]


def test_a_quarter_given_twice_is_refused() -> None:
    with pytest.raises(cp.ScenarioError, match=r"2028-Q1 is given twice"):
        cp.scenario("voluntary", fine={"2028-Q1": 50, "2028Q1": 0})


@pytest.mark.parametrize("name", whole_number_levers())
def test_a_whole_number_is_phased_in_by_whole_numbers(name: str) -> None:
    lever = levers()[name]
    phase = {"from": "2027-Q1", "to": "2030-Q4", "start": lever.low, "end": lever.high}
    series = timeline.apply(timeline.constant(lever, lever.low), lever, phase)
    assert np.array_equal(series, np.round(series))
    assert series[4] == lever.low
    assert series[19] == lever.high
    assert np.all(np.diff(series) >= 0)


def test_numbers_and_columns_of_numpy_and_pandas_are_what_they_hold() -> None:
    wrapped = scenario("voluntary", fine=np.array(12.0))
    assert wrapped.digest == scenario("voluntary", fine=12.0).digest
    dates = {"2026-Q1": 12.0, "2028-Q1": 20.0}
    column = scenario("voluntary", fine=pd.Series(dates))
    assert column.digest == scenario("voluntary", fine=dates).digest


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"60", "b'60' is not a number"),
        (pd.Series([12.0]), "0 +12.0 dtype: float64 is not a number"),
        ([10, 20], "10 is no phase-in: a list holds .* by date write"),
    ],
)
def test_what_is_no_value_is_refused_as_what_it_is(given: Any, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        scenario("voluntary", fine=given)
