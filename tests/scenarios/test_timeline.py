"""Levers over time: dates that are one quarter, whole numbers on the way."""

from __future__ import annotations

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.scenarios import timeline
from cleanpark.scenarios.levers import levers


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
