"""Inspection plans and penalties against what theory and statute say."""

from __future__ import annotations

import numpy as np
import pytest

from cleanpark.agents import inspection as n
from tests.agents import makers


def test_two_group_targeting_reaches_the_markov_chains_shares() -> None:
    """Harrington: violators move to the watched group when caught, and leave it when they pass."""
    sector = makers.sector()
    behaviour = makers.behaviour(targeting_ratio=5.0)
    policy = makers.policy(inspection_rate=0.1, inspection_targeting="record", detection=1.0)
    violates = 0.3
    rng = np.random.default_rng(2)
    firms = [makers.enterprise(sector) for _ in range(600)]
    park = makers.park(watched_share=0.0)
    shares = []
    for quarter in range(160):
        for firm in firms:
            ratio = 2.0 if rng.random() < violates else 0.5
            firm.ratio = firm.reported_ratio = [0.5, ratio, 0.5]
            row = makers.draws(inspection=float(rng.random()))
            n.inspect(firm, sector, policy, behaviour, park, row)
        park.watched_share = sum(firm.watched for firm in firms) / len(firms)
        if quarter >= 40:
            shares.append(park.watched_share)
    # Each inspection resets the group: watched with probability `violates`. The plan's
    # probabilities p and 5 p depend on the share s: s 5p (1 - v) = (1 - s) p v.
    expected = violates / (violates + 5.0 * (1.0 - violates))
    assert np.mean(shares) == pytest.approx(expected, abs=0.015)


@pytest.mark.parametrize("targeting", ["random", "record", "archive"])
def test_every_plan_costs_the_same_number_of_inspections(targeting: str) -> None:
    sector = makers.sector()
    policy = makers.policy(inspection_rate=0.06, inspection_targeting=targeting)
    behaviour = makers.behaviour()
    firms = [
        makers.enterprise(sector, watched=k % 4 == 0, level=4 * (k % 4 != 0)) for k in range(40)
    ]
    share = sum(n.is_watched(firm, policy) for firm in firms) / len(firms)
    park = makers.park(watched_share=share)
    mean = np.mean([n.inspection_probability(f, policy, behaviour, park) for f in firms])
    assert mean == pytest.approx(0.06)


def test_risk_targeting_keeps_the_mean_rate() -> None:
    sector = makers.sector()
    policy = makers.policy(inspection_rate=0.06, inspection_targeting="risk")
    firms = [makers.enterprise(sector, record=k % 3) for k in range(30)]
    park = makers.park(mean_risk=float(np.mean([n.risk(firm) for firm in firms])))
    chances = [n.inspection_probability(f, policy, makers.behaviour(), park) for f in firms]
    assert np.mean(chances) == pytest.approx(0.06)
    assert chances[2] > chances[0]


def test_fines_escalate_with_repetition_and_stay_in_the_statutory_band() -> None:
    sector = makers.sector()
    policy = makers.policy(fine=10.0, fine_escalation=2.0)
    behaviour = makers.behaviour(severity_slope=0.0)
    fines = [
        n.fine_for(makers.enterprise(sector, record=record), policy, behaviour, 2.0)
        for record in range(6)
    ]
    assert fines == [10.0, 20.0, 40.0, 80.0, 100.0, 100.0]


def test_the_daily_fine_needs_a_violation_that_was_not_corrected() -> None:
    """Environmental Protection Law, Article 59."""
    sector = makers.sector()
    policy = makers.policy(fine=10.0, daily_fine=30.0)
    behaviour = makers.behaviour(severity_slope=0.0)
    first = makers.enterprise(sector, ratio=[0.5, 2.0, 0.5])
    again = makers.enterprise(sector, ratio=[0.5, 2.0, 0.5], caught=1)
    assert n.penalty(first, sector, policy, behaviour) == pytest.approx(10.0)
    assert n.penalty(again, sector, policy, behaviour) == pytest.approx(310.0)
