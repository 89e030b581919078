"""Audits: what a reading, a score and a finding must be by the rules."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import auditing as a
from cleanpark.agents.findings import finding_probability
from tests.agents import makers


def team(skill: float = 0.0, temperament: float = 0.0) -> SimpleNamespace:
    return SimpleNamespace(skill=skill, temperament=temperament)


def written(
    firm: Any, sector: Any, policy: Any, behaviour: Any, park: Any, by: Any, uniform: float
) -> list[float]:
    """The seven indicators as a team writes them down under one draw of noise and leniency."""
    row = makers.draws(reading=uniform, leniency=uniform)
    measured, readings = [0.0] * 7, [0.0] * 7
    a.measure(firm, sector, policy, behaviour, row, measured)
    a.take_readings(firm, sector, policy, behaviour, park, by, row, measured, readings)
    return readings


def test_pass_rate_of_a_noisy_reading_is_the_normal_integral() -> None:
    """One team without bias: P(reading below the threshold) = Phi(-distance / spread)."""
    sector = makers.sector()
    policy = makers.policy(standardization=0.0, on_site_verification=0.0, team_expertise=1.0)
    behaviour = makers.behaviour(leniency=0.0, procedure_noise=0.2, data_noise=0.0)
    park = makers.park()
    firm = makers.enterprise(sector, technology=0.2)
    true = a.true_indicator(firm, sector, 0)
    threshold = sector.reference[0, 2]
    rng = np.random.default_rng(4)
    passed = 0
    trials = 4000
    for uniform in rng.random(trials).tolist():
        passed += written(firm, sector, policy, behaviour, park, team(), uniform)[0] <= threshold
    distance = math.log(true / threshold) / 0.2
    expected = 0.5 * math.erfc(distance / math.sqrt(2.0))
    error = 4 * math.sqrt(expected * (1 - expected) / trials)
    assert passed / trials == pytest.approx(expected, abs=error)


@given(skill=st.floats(-3, 3), temperament=st.floats(-3, 3), uniform=st.floats(0.001, 0.999))
def test_full_standardization_leaves_no_difference_between_teams(
    skill: float, temperament: float, uniform: float
) -> None:
    sector = makers.sector()
    policy = makers.policy(standardization=1.0)
    behaviour = makers.behaviour()
    firm = makers.enterprise(sector, genuine=0)
    park = makers.park()
    one = written(firm, sector, policy, behaviour, park, team(), uniform)
    other = written(firm, sector, policy, behaviour, park, team(skill, temperament), uniform)
    assert one == other


def test_levels_follow_the_composite_index() -> None:
    sector = makers.sector()
    policy, behaviour, park = makers.policy(), makers.behaviour(), makers.park()
    best = [sector.reference[k, 0] for k in range(7)]
    basic = [sector.reference[k, 2] for k in range(7)]
    bad = [2.0 * value for value in basic]
    of_best = a.composites(sector, policy, park, best)
    of_bad = a.composites(sector, policy, park, bad)
    assert a.level_of(of_best, behaviour, True) == 1
    assert a.level_of(a.composites(sector, policy, park, basic), behaviour, True) == 3
    assert a.level_of(of_bad, behaviour, True) == 4
    assert a.level_of(of_best, behaviour, False) == 4
    assert of_best == pytest.approx((100.0, 100.0, 100.0))
    assert a.score_of(of_bad) == 0.0


@pytest.mark.parametrize("row", a.WEIGHTS)
def test_weights_sum_to_one(row: Any) -> None:
    assert sum(row) == pytest.approx(1.0)


def test_leniency_falls_by_four_fifths_with_a_pool_and_back_checks() -> None:
    """Duflo et al. 2013: about 80 % fewer false 'compliant' reports; allow 60 to 90 %."""
    behaviour = makers.behaviour()
    before = a.leniency(makers.policy(), behaviour)
    after = a.leniency(makers.policy(auditor_payment="pool", back_check_rate=0.2), behaviour)
    assert 0.6 <= 1.0 - after / before <= 0.9


@given(quality=st.floats(0, 1), support=st.floats(0, 1), tailoring=st.floats(0, 1))
def test_finding_is_a_probability_and_going_through_the_motions_finds_less(
    quality: float, support: float, tailoring: float
) -> None:
    sector = makers.sector()
    policy = makers.policy(technical_support=support, tailoring=tailoring)
    behaviour = makers.behaviour()
    chances = []
    for genuine in (0, 1):
        firm = makers.enterprise(sector, genuine=genuine, data_quality=quality)
        chances.append(finding_probability(firm, policy, behaviour, team()))
    assert 0.0 <= chances[0] <= chances[1] <= 1.0


def test_duty_falls_on_the_listed_and_on_violators_or_on_all() -> None:
    """Cleaner Production Promotion Law, Article 27."""
    sector = makers.sector()
    park = makers.park(quarter=4)
    listed = makers.policy(audit_mode="mandatory-listed")
    everyone = makers.policy(audit_mode="mandatory-all")
    plain = makers.enterprise(sector)
    assert not a.under_duty(plain, makers.policy(), park)
    assert not a.under_duty(plain, listed, park)
    assert a.under_duty(makers.enterprise(sector, listed=1), listed, park)
    assert a.under_duty(makers.enterprise(sector, record=1), listed, park)
    assert a.under_duty(plain, everyone, park)
    assert not a.under_duty(makers.enterprise(sector, last_audit=0), everyone, park)


def test_a_refusal_is_ordered_first_and_fined_when_the_order_is_disobeyed() -> None:
    # Ecological and Environmental Code, Article 1221.
    law = makers.policy("mandatory", audit_refusal_fine=20.0)
    refuser = makers.enterprise(makers.sector(), duty=1)
    believes = makers.behaviour()
    assert a.refusal_stake(refuser, law, believes) == 0.0
    assert a.pursue_refusal(refuser, law) == 0.0
    assert refuser.ordered == 1
    assert a.refusal_stake(refuser, law, believes) == 20.0 * believes.refusal_detection
    assert a.pursue_refusal(refuser, law) == 20.0
