"""Audits: who is due and obliged, who takes part, what a refusal brings."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import auditing as a
from cleanpark.agents.findings import finding_probability
from cleanpark.agents.results import best_improvement
from tests.agents import makers
from tests.agents.test_results import SURE, given_firm, three_options


def team(skill: float = 0.0, temperament: float = 0.0) -> SimpleNamespace:
    return SimpleNamespace(skill=skill, temperament=temperament)


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


def test_an_audit_that_failed_its_acceptance_is_due_at_once() -> None:
    policy, park = makers.policy("mandatory", audit_mode="mandatory-all"), makers.park(quarter=4)
    passed = makers.enterprise(makers.sector(), last_audit=3)
    failed = makers.enterprise(makers.sector(), last_audit=3, accepted=0)
    assert not a.under_duty(passed, policy, park)
    assert a.under_duty(failed, policy, park)


def test_a_reward_draws_those_in_that_would_earn_it() -> None:
    """Belief in relief follows from the level at which one stands, not from the mean."""
    sector, behaviour, park = makers.sector(), makers.behaviour(), makers.park()
    rewarded = makers.policy(level_award=20.0, poor_audit_penalty=5.0)
    poor = makers.enterprise(sector)
    good = makers.enterprise(
        sector, intensity=[0.3 * value for value in sector.worst], technology=0.9, renewal=0.9,
        knowledge=0.9, data_quality=0.9, effort=[1.0] * 3,
    )  # fmt: skip
    assert a.believed_relief(good, sector, rewarded, behaviour, park) == 20.0
    assert a.believed_relief(poor, sector, rewarded, behaviour, park) == -5.0
    assert a.believed_relief(poor, sector, makers.policy(), behaviour, park) == 0.0


def test_a_reward_within_reach_draws_in_by_what_is_left_of_it_after_its_cost() -> None:
    """What brings a level counts, less what it falls short of paying for itself."""
    sector = three_options()
    behaviour, park = makers.behaviour(suitability_range=0.0), makers.park(energy_price=[0.0] * 32)
    firm = given_firm(sector)
    for award in (0.0, 39.9, 80.0):
        policy = makers.policy(level_award=award, **SURE)
        gain = best_improvement(firm, sector, policy, behaviour, park, 5000.0).gain
        assert a.within_reach(firm, sector, policy, behaviour, park) == gain
        assert (gain > 0.0) == (award > 40.0)


@given(draw=st.floats(0.0, 1.0), attitude=st.floats(0.0, 1.0), award=st.floats(0.0, 100.0))
def test_whose_draw_no_benefit_would_reach_stays_out_as_by_the_whole_reckoning(
    draw: float, attitude: float, award: float
) -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    park, policy = makers.park(quarter=30), makers.policy(level_award=award)
    firm = makers.enterprise(sector, attitude=attitude, last_audit=-1000)
    fee = a.audit_fee(firm, behaviour)
    benefit = a.believed_benefit(firm, sector, policy, behaviour, park, fee)
    benefit += a.within_reach(firm, sector, policy, behaviour, park)
    joins = a.joins_audit(firm, sector, policy, behaviour, park, makers.draws(join_audit=draw))
    assert joins == (draw < a.joining(firm, behaviour, benefit / fee))
