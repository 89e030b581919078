"""The authority: capacity is never exceeded, thresholds move by bounded steps, sums close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import authority as a
from cleanpark.agents.state import ARCHIVE_BINS, QUEUE_LENGTH
from tests.agents import makers


@given(queue=st.lists(st.integers(0, 20), min_size=1, max_size=QUEUE_LENGTH - 1),
       capacity=st.floats(0.0, 20.0))  # fmt: skip
def test_those_served_are_as_many_as_capacity_or_as_wait(queue: list[int], capacity: float) -> None:
    waiting = [0.0, *map(float, queue), *[0.0] * QUEUE_LENGTH][:QUEUE_LENGTH]
    park = makers.park(queue=waiting)
    a.allot_capacity(park, makers.policy(audit_capacity=capacity))
    served = sum(waiting[park.serve_from + 1 :]) if park.serve_from else sum(waiting[1:])
    if park.serve_from:
        served += waiting[park.serve_from] * park.serve_share
    assert served == pytest.approx(min(capacity, sum(waiting)), abs=1e-9)


def test_thresholds_stay_until_the_archive_holds_ten_audits_and_move_by_steps() -> None:
    behaviour, policy = makers.behaviour(), makers.policy()
    park = makers.park(archive=[0.0] * ARCHIVE_BINS)
    park.archive[5] = 9.0
    a.review_archive(park, policy, behaviour)
    assert park.reference_scale == 1.0
    park.archive[5] = 20.0
    a.review_archive(park, policy, behaviour)
    assert park.reference_scale == pytest.approx(1.0 - behaviour.threshold_step)
    for _ in range(100):
        a.review_archive(park, policy, behaviour)
    assert park.reference_scale >= behaviour.threshold_floor - 1e-12


@given(weights=st.lists(st.floats(1.0, 9.0), min_size=ARCHIVE_BINS, max_size=ARCHIVE_BINS),
       low=st.floats(0.0, 1.0), high=st.floats(0.0, 1.0))  # fmt: skip
def test_percentiles_of_the_archive_rise(weights: list[float], low: float, high: float) -> None:
    park = makers.park(archive=weights)
    first, second = sorted((low, high))
    assert a.archive_percentile(park, first) <= a.archive_percentile(park, second)


def test_mean_cost_of_a_sector_without_enterprises_is_neutral() -> None:
    park = makers.park(cost_sum=[3.0, 0.0], cost_count=[2.0, 0.0])
    assert a.mean_log_cost(park, 0) == 1.5
    assert a.mean_log_cost(park, 1) == 0.0
