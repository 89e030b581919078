"""Treatment of pollution: closed forms that theory gives."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import treatment as t
from tests.agents import makers

CERTAIN = makers.behaviour(operation_spread=0.0, moral_cost=0.0, severity_slope=0.0)
WATER = 1


@given(rate=st.floats(0.0, 8.0), factor=st.floats(0.5, 3.0))
def test_uniform_tax_makes_marginal_cost_equal_tax(rate: float, factor: float) -> None:
    """With a tax on true discharge alone, e = T / c and the marginal cost is the tax."""
    sector = makers.sector()
    policy = makers.policy(air_tax_rate=rate, tax_reduction_30=0.0, tax_reduction_50=0.0, fine=0.0)
    park = makers.park()
    firm = makers.prepared(makers.enterprise(sector, cost_factor=factor), sector, CERTAIN, park)
    effort = t.choose_treatment(firm, sector, policy, CERTAIN, park, 0)
    slope = sector.treatment_slope[0] * factor
    assert effort == pytest.approx(min(1.0, rate / slope))


@given(belief=st.floats(0.0, 1.0), fine=st.floats(0.0, 100.0))
def test_violates_exactly_when_complying_costs_more_than_expected_fine(
    belief: float, fine: float
) -> None:
    """Becker: no tax, no morals, a certain shock: violate iff cost > probability x fine."""
    sector = makers.sector()
    policy = makers.policy(water_tax_rate=0.0, fine=fine, fine_escalation=1.0)
    park = makers.park()
    firm = makers.prepared(makers.enterprise(sector, belief=belief), sector, CERTAIN, park)
    removable = firm.removable[WATER]
    needed = (firm.generated[WATER] - firm.allowed[WATER]) / removable
    assert 0.0 < needed < 1.0
    complying = t.running_cost(t.treatment_slope(firm, sector, WATER), removable, needed)
    effort = t.choose_treatment(firm, sector, policy, CERTAIN, park, WATER)
    if complying > belief * fine:
        assert effort == 0.0
    else:
        assert effort == pytest.approx(needed)


@pytest.mark.parametrize(("notch", "slope"), [(0.7, 2.5), (0.5, 1.6)])
def test_where_treatment_is_cheap_an_enterprise_goes_down_to_a_notch_of_the_tax(
    notch: float, slope: float
) -> None:
    sector = makers.sector(treatment_slope=[1.0, slope, 1.0])
    policy = makers.policy(water_tax_rate=1.4, fine=100.0)
    firm = makers.enterprise(sector, belief=1.0, monitored=1)
    firm.intensity = [0.7 * value for value in firm.intensity]
    park = makers.park()
    makers.prepared(firm, sector, CERTAIN, park)
    effort = t.choose_treatment(firm, sector, policy, CERTAIN, park, WATER)
    planned = firm.generated[WATER] - firm.removable[WATER] * effort
    assert planned / firm.allowed[WATER] == pytest.approx(notch)
    assert effort > 1.4 / slope


@given(ratio=st.floats(0.05, 20.0), scale=st.floats(0.01, 0.5))
def test_exceedance_probability_is_that_of_the_shock(ratio: float, scale: float) -> None:
    """P(ratio x shock > 1) by the shock's own quantiles."""
    probability = t.exceedance_probability(ratio, scale)
    assert 0.0 <= probability <= 1.0
    if 1e-6 < probability < 1 - 1e-6:
        log_odds = math.log((1 - probability) / probability)
        assert ratio * t.operation_shock(log_odds, scale) == pytest.approx(1.0, rel=1e-6)


def test_spreads_below_the_limit_have_the_stated_probabilities() -> None:
    for spreads, stated in enumerate(t.EXCEEDS_AT_SPREADS):
        scale = 0.2 * t.LOGISTIC_SCALE
        ratio = math.exp(-0.2 * spreads)
        assert t.exceedance_probability(ratio, scale) == pytest.approx(stated)


@given(
    effort=st.floats(0.0, 1.0),
    other=st.floats(0.0, 1.0),
)
def test_more_effort_never_discharges_more(effort: float, other: float) -> None:
    sector = makers.sector()
    low, high = sorted((effort, other))
    amounts = []
    for level in (low, high):
        firm = makers.enterprise(sector, effort=[level] * 3)
        amounts.append([t.discharge(firm, sector, flow, t.WATER) for flow in (5, 6)])
    assert all(more >= less - 1e-9 for more, less in zip(*amounts, strict=True))


def test_what_goes_to_the_works_bears_no_water_tax() -> None:
    """Environmental Protection Tax Law, Article 4."""
    sector = makers.sector()
    policy = makers.policy(water_tax_rate=14.0)
    assert t.tax_rate(makers.enterprise(sector, connected=1), policy, WATER) == 0.0
    assert t.tax_rate(makers.enterprise(sector), policy, WATER) == pytest.approx(14e-4)


@given(
    data=st.floats(0.0, 1.0),
    attitude=st.floats(0.0, 1.0),
    belief=st.floats(0.0, 1.0),
    factor=st.floats(0.2, 3.0),
    medium=st.integers(0, 2),
    monitored=st.integers(0, 1),
)
def test_no_candidate_plan_is_cheaper_than_the_chosen_one(
    data: float, attitude: float, belief: float, factor: float, medium: int, monitored: int
) -> None:
    """Passing over plans early must never lose the cheapest."""
    sector, park = makers.sector(), makers.park()
    behaviour = makers.behaviour()
    policy = makers.policy(water_tax_rate=2.8)
    firm = makers.enterprise(
        sector, data_quality=data, attitude=attitude, belief=belief, cost_factor=factor,
        monitored=monitored,
    )  # fmt: skip
    makers.prepared(firm, sector, behaviour, park)
    chosen = t.choose_treatment(firm, sector, policy, behaviour, park, medium)
    prices = t.treatment_prices(firm, sector, policy, behaviour, medium)
    costs = {}
    for candidate in range(t.count_candidates(prices)):
        effort = t.candidate_effort(firm, prices, medium, candidate)
        plan = t.Plan(effort, t.planned_ratio(firm, medium, candidate, effort))
        exceeds = t.candidate_exceeds(firm, candidate, plan)
        cost = t.planned_cost(firm, policy, behaviour, prices, medium, plan, exceeds)
        costs[effort] = min(cost, costs.get(effort, math.inf))
    assert costs[chosen] == pytest.approx(min(costs.values()), rel=1e-9)
