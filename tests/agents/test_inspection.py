"""Inspection plans and penalties against what theory and statute say."""

from __future__ import annotations

import numpy as np
import pytest

from cleanpark.agents import inspection as n
from cleanpark.agents.treatment import fine_for
from tests.agents import makers
from tests.agents.test_targeting import plan


@pytest.mark.parametrize("leaves", [1.0, 0.4])
def test_two_group_targeting_reaches_the_markov_chains_shares(leaves: float) -> None:
    """Harrington: violators move to the watched group when caught, and leave it when they pass,
    with some probability."""
    sector = makers.sector()
    behaviour = makers.behaviour(targeting_ratio=5.0, watched_exit=leaves)
    policy = makers.policy(inspection_rate=0.1, inspection_targeting="record", detection=1.0)
    violates = 0.3
    rng = np.random.default_rng(2)
    firms = [makers.enterprise(sector) for _ in range(600)]
    park = makers.park(count=len(firms))
    shares = []
    for quarter in range(160):
        plan(firms, policy, behaviour, park)
        for firm in firms:
            ratio = 2.0 if rng.random() < violates else 0.5
            firm.ratio = firm.reported_ratio = [0.5, ratio, 0.5]
            row = makers.draws(inspection=float(rng.random()), sanction=float(rng.random()))
            n.inspect(firm, sector, policy, behaviour, park, row)
        if quarter >= 40:
            shares.append(sum(firm.watched for firm in firms) / len(firms))
    # The plan's probabilities p and 5 p depend on the share s: s 5p (1 - v) u = (1 - s) p v.
    expected = violates / (violates + 5.0 * (1.0 - violates) * leaves)
    assert np.mean(shares) == pytest.approx(expected, abs=0.015)


def test_fines_escalate_with_repetition_and_stay_in_the_statutory_band() -> None:
    sector = makers.sector()
    policy = makers.policy(fine=10.0, fine_escalation=2.0)
    behaviour = makers.behaviour(severity_slope=0.0)
    fines = [
        fine_for(makers.enterprise(sector, record=record), policy, behaviour, policy.fine, 2.0)
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


def test_a_bypass_is_looked_into_more_often_and_bears_the_higher_fine() -> None:
    """Code, Articles 1055 and 1108."""
    sector, park = makers.sector(), makers.park()
    policy = makers.policy(inspection_rate=0.06, fine=10.0, bypass_fine=40.0)
    behaviour = makers.behaviour(severity_slope=0.0, bypass_visibility=5.0)
    firms = [makers.enterprise(sector, ratio=[2.0, 0.5, 0.5], bypassing=one) for one in (0, 1)]
    chances = [n.visit_probability(firm, policy, behaviour, park) for firm in firms]
    assert chances == pytest.approx([0.06, 0.3])
    fines = [n.penalty(firm, sector, policy, behaviour) for firm in firms]
    assert fines == pytest.approx([10.0, 40.0])


def test_what_goes_unpunished_is_watched_but_neither_fined_nor_on_record() -> None:
    sector, park, behaviour = makers.sector(), makers.park(), makers.behaviour()
    policy = makers.policy(inspection_rate=1.0, detection=1.0, sanctioned_share=0.3)
    for draw, fined in ((0.2, True), (0.4, False)):
        firm = makers.enterprise(sector, ratio=[2.0, 0.5, 0.5])
        due = n.inspect(firm, sector, policy, behaviour, park, makers.draws(sanction=draw))
        assert (due > 0.0) == fined
        assert firm.record == (1 if fined else 0)
        assert firm.watched == 1


def test_an_accident_saved_nothing_and_a_violation_meant_what_it_cost_to_comply() -> None:
    sector = makers.sector()
    firm = makers.enterprise(
        sector, generated=[10.0, 0.0, 0.0], removable=[9.0, 0.0, 0.0], allowed=[4.0, 1.0, 1.0],
        ratio=[1.2, 0.5, 0.5], effort=[0.8, 0.0, 0.0],
    )  # fmt: skip
    assert n.gain_from_violating(firm, sector) == 0.0
    firm.effort[0] = 0.0
    needed = 6.0 / 9.0
    slope = sector.treatment_slope[0] * 1e-4
    assert n.gain_from_violating(firm, sector) == pytest.approx(0.5 * slope * 9.0 * needed**2)
