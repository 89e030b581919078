"""Levels: the statutory rule on indicators, and where the packaged references stand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import levels as a
from cleanpark.agents.state import N_INDICATORS
from cleanpark.agents.technology import refresh_technology
from cleanpark.model.world import technique_records
from cleanpark.scenarios.sectors import sectors
from tests.agents import makers
from tools import references


def indices_of(readings: Any, **spread: float) -> a.Indices:
    sector = makers.sector()
    return a.composites(
        sector, makers.policy(), makers.behaviour(**spread), makers.park(), readings
    )


def at(level: int) -> list[float]:
    sector = makers.sector()
    return [float(sector.reference[k, level - 1]) for k in range(N_INDICATORS)]


def test_levels_follow_the_composite_index() -> None:
    behaviour = makers.behaviour()
    of_best, of_bad = indices_of(at(1)), indices_of([2.0 * value for value in at(3)])
    assert of_best[:3] == pytest.approx((100.0, 100.0, 100.0))
    assert [a.level_of(indices_of(at(level)), behaviour, True) for level in (1, 2, 3)] == [1, 2, 3]
    assert a.level_of(of_bad, behaviour, True) == 4
    assert a.level_of(of_best, behaviour, False) == 4
    assert a.score_of(of_bad) == 0.0


@pytest.mark.parametrize("indicator", [k for k in range(N_INDICATORS) if a.LIMITING[k]])
def test_a_limiting_indicator_must_reach_the_level_itself(indicator: int) -> None:
    """All else at level I, one limiting indicator at II: level II, whatever the index."""
    readings = at(1)
    readings[indicator] = at(2)[indicator]
    indices = indices_of(readings, indicator_spread=0.5)
    assert indices.limiting == 2
    behaviour = makers.behaviour(level_index=50.0)
    assert indices.one >= behaviour.level_index
    assert a.level_of(indices, behaviour, True) == 2


def test_other_indicators_can_be_made_up_for() -> None:
    """One that does not limit may miss the level as far as the index stays at 85."""
    readings = at(1)
    place = a.LIMITING.index(False)
    readings[place] = 10.0
    indices = indices_of(readings)
    weighs = a.WEIGHTS[2, place]
    assert indices.one == pytest.approx(100.0 * (1.0 - weighs))
    assert a.level_of(indices, makers.behaviour(), True) == (1 if weighs <= 0.15 else 2)


@given(seen=st.floats(0.0, 5.0), reference=st.floats(0.01, 2.0), spread=st.floats(0.0, 1.0))
def test_a_groups_indicators_reach_a_level_one_after_another(
    seen: float, reference: float, spread: float
) -> None:
    share = a.reached_share(seen, reference, spread)
    assert 0.0 <= share <= 1.0
    assert (share == 1.0) == (seen <= reference) or spread > 0.0
    assert a.reached_share(seen, reference, 0.0) == (1.0 if seen <= reference else 0.0)
    assert a.reached_share(0.5 * seen, reference, spread) >= share


@pytest.mark.parametrize("row", a.WEIGHTS)
def test_weights_sum_to_one(row: Any) -> None:
    assert sum(row) == pytest.approx(1.0)


def test_worst_practice_with_nothing_realised_stands_at_one() -> None:
    sector = makers.sector()
    readings = np.zeros(N_INDICATORS)
    a.true_indicators(makers.enterprise(sector), sector, readings)
    assert readings == pytest.approx(np.ones(N_INDICATORS))


def test_options_knowledge_and_facilities_lower_the_indicators() -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    before, after = np.zeros(N_INDICATORS), np.zeros(N_INDICATORS)
    firm = makers.enterprise(sector)
    a.true_indicators(firm, sector, before)
    firm.implemented, firm.knowledge = 2**24 - 1, 0.8
    firm.effort, firm.monitored = [0.9] * 3, 1
    refresh_technology(firm, sector, behaviour)
    a.true_indicators(firm, sector, after)
    assert (after < before).all()


@pytest.mark.parametrize("place", range(len(sectors())))
def test_references_of_the_packaged_sectors_follow_from_their_catalogues(place: int) -> None:
    record = technique_records(tuple(sectors()))[place]
    for group in references.SPANS:
        stated = getattr(sectors()[place].reference, group)
        assert stated == pytest.approx(references.reference_by_rule(record, group), abs=1e-3)


def test_level_one_is_within_reach_and_not_common() -> None:
    """By the rules the best of a sector reach level I: all can attain it, few stand there."""
    levels, _ = references.measured("chemicals", 60, 0.7)
    today, _, well_run = levels
    assert (today <= 1).mean() <= 0.05
    assert 0.02 <= (today <= 2).mean() <= 0.3
    assert (well_run <= 1).mean() >= 0.5
