"""Audits over quarters: when they are evaluated, what they pay, what follows from the result."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import cleanpark as cp

ALL = {"audit_mode": "mandatory-all", "audit_capacity": 25.0, "audit_interval": 8.0}


def quarters_of(quarters: int = 14, **levers: Any) -> list[Any]:
    """The enterprises' records after each quarter of a small park where all are audited."""
    model = cp.ParkModel(
        "voluntary", cp.park("mixed", enterprises=60), rng=2, quarters=quarters, **ALL, **levers
    )
    kept = []
    while model.running:
        model.step()
        kept.append(model.world.enterprises.copy())
    return kept


@pytest.fixture(scope="module", params=[1, 4])
def audited(request: pytest.FixtureRequest) -> tuple[int, list[Any]]:
    return request.param, quarters_of(audit_duration=float(request.param))


def test_an_audit_is_evaluated_when_its_quarters_are_over(audited: tuple[int, list[Any]]) -> None:
    duration, records = audited
    begun = np.array([each["audited"] for each in records])
    done = np.array([each["evaluated"] for each in records])
    stays = records[-1]["founded"] == records[0]["founded"]
    assert begun[:, stays].sum() > 30
    later = duration - 1
    assert (done[later:, stays] == begun[: len(begun) - later, stays]).all()
    assert not done[:later].any()


def test_levels_change_at_evaluations_alone(audited: tuple[int, list[Any]]) -> None:
    _, records = audited
    for before, after in itertools.pairwise(records):
        same = (before["founded"] == after["founded"]) & (after["evaluated"] == 0)
        assert (before["level"][same] == after["level"][same]).all()


def test_awards_and_penalties_are_those_of_the_results() -> None:
    records = quarters_of(level_award=20.0, poor_audit_penalty=5.0, acceptance_share=0.0)
    for record in records:
        done = record["evaluated"] > 0
        award = np.select([record["level"] == 1, record["level"] == 2], [20.0, 10.0], 0.0)
        assert record["paid"]["awards"] == pytest.approx(np.where(done, award, 0.0))


def test_who_fails_acceptance_is_audited_again_at_once() -> None:
    records = quarters_of(24, acceptance_share=1.0, acceptance_penalty=0.0, audit_duration=1.0)
    failed = [np.flatnonzero((each["evaluated"] > 0) & (each["accepted"] == 0)) for each in records]
    again = 0
    for quarter, rows in enumerate(failed[:-4]):
        following = records[quarter + 1 : quarter + 5]
        again += sum(any(each["audited"][row] for each in following) for row in rows)
    total = sum(map(len, failed[:-4]))
    assert total > 5
    assert again >= 0.6 * total


def test_without_acceptance_or_reward_nothing_is_bought_for_the_result() -> None:
    """With neither, duration alone is left: the same options are bought whatever is asked."""
    plain = quarters_of(acceptance_share=0.0)[-1]["implemented"]
    asked = quarters_of(acceptance_share=0.8)[-1]["implemented"]
    count = [int(np.bitwise_count(each).sum()) for each in (plain, asked)]
    assert count[1] > count[0]


def test_rewards_by_result_move_technology() -> None:
    """The paper's thesis: audits work when results have consequences."""
    levers = {"standardization": 0.9, "on_site_verification": 0.6, "acceptance_share": 0.0}
    plain = quarters_of(24, **levers)[-1]["technology"]
    paid = quarters_of(24, level_award=100.0, income_tax_reduction=1.0, **levers)[-1]["technology"]
    gain = paid - plain
    assert gain.mean() > 2.0 * gain.std() / np.sqrt(len(gain))
