"""Treatment of pollution: closed forms that theory gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleanpark.agents import abatement, plans
from cleanpark.agents import treatment as t
from tests.agents import makers

CERTAIN = makers.behaviour(
    operation_spread=0.0, moral_cost=0.0, severity_slope=0.0, personal_liability=0.0
)
WATER = 1


@given(rate=st.floats(0.0, 8.0), factor=st.floats(0.5, 3.0))
def test_uniform_tax_makes_marginal_cost_equal_tax(rate: float, factor: float) -> None:
    """With a tax on true discharge alone e = T / c, from the minimum load on; below it treatment
    runs as long as the tax that it saves pays for it, T >= c e0 / 2."""
    sector = makers.sector()
    policy = makers.policy(
        air_tax_rate=rate, tax_reduction_30=0.0, tax_reduction_50=0.0, fine=0.0, bypass_fine=0.0
    )
    park = makers.park()
    firm = makers.prepared(makers.enterprise(sector, cost_factor=factor), sector, CERTAIN, park)
    effort = plans.choose_treatment(firm, sector, policy, CERTAIN, park, 0)
    wanted = rate / (sector.treatment_slope[0] * factor)
    least = CERTAIN.minimum_load_air
    if wanted >= least:
        assert effort == pytest.approx(min(1.0, wanted))
    elif abs(wanted - least / 2.0) > 1e-9:
        assert effort == (least if wanted > least / 2.0 else 0.0)


@given(belief=st.floats(0.0, 1.0), fine=st.floats(0.0, 100.0))
def test_violates_exactly_when_complying_costs_more_than_expected_fine(
    belief: float, fine: float
) -> None:
    """Becker: no tax, no morals, a certain shock: the cheapest of complying, least operation
    under the believed fine, and bypass under its likelier one."""
    sector = makers.sector()
    policy = makers.policy(water_tax_rate=0.0, fine=fine, fine_escalation=1.0, sanctioned_share=1.0)
    park = makers.park()
    firm = makers.prepared(makers.enterprise(sector, belief=belief), sector, CERTAIN, park)
    plant = plans.plant_of(firm, sector, CERTAIN, WATER)
    needed = (firm.generated[WATER] - firm.allowed[WATER]) / firm.removable[WATER]
    least = CERTAIN.minimum_load_water
    assert least < needed < 1.0
    seen = min(1.0, belief * CERTAIN.bypass_visibility)
    costs = {
        0.0: seen * max(fine, policy.bypass_fine),
        least: belief * fine + abatement.variable_cost(plant, least),
        needed: abatement.variable_cost(plant, needed),
    }
    first, second = sorted(costs.values())[:2]
    assume(second - first > 1e-6)
    effort = plans.choose_treatment(firm, sector, policy, CERTAIN, park, WATER)
    assert effort == pytest.approx(min(costs, key=lambda one: costs[one]))


def test_what_another_mediums_plan_risks_anyway_is_not_feared_again() -> None:
    """One inspection, one fine: with air in certain violation, water has conscience alone."""
    sector, park = makers.sector(), makers.park()
    policy = makers.policy(water_tax_rate=0.0, fine=100.0)
    efforts = []
    for exceeds in ([0.0] * 3, [1.0, 0.0, 0.0]):
        firm = makers.enterprise(sector, belief=1.0, exceeds=exceeds)
        makers.prepared(firm, sector, CERTAIN, park)
        efforts.append(plans.choose_treatment(firm, sector, policy, CERTAIN, park, WATER))
    assert efforts[0] > CERTAIN.minimum_load_water
    assert efforts[1] == 0.0


@pytest.mark.parametrize(
    "changes",
    [
        {"daily_fine": 30.0},
        {"fine_gain_share": 3.0},
        {"production_restriction": 0.5, "restriction_after": 1.0},
        {"closure_after": 1.0},
        {"inspection_targeting": "record"},
        {"fine": 30.0},
    ],
)
def test_every_sanction_that_the_levers_threaten_is_anticipated(changes: dict[str, Any]) -> None:
    """Each raises what exceeding is believed to cost who is watched and goes on violating."""
    sector, park, behaviour = makers.sector(), makers.park(), makers.behaviour()
    found = []
    for levers in ({}, changes):
        policy = makers.policy(**levers)
        firm = makers.enterprise(sector, belief=0.2, watched=1)
        makers.prepared(firm, sector, behaviour, park)
        stake, _ = plans.stakes_of(firm, sector, policy, behaviour, park, WATER)
        plant = plans.plant_of(firm, sector, behaviour, WATER)
        cost = abatement.sanction_at(plant, stake, plant.floor, 2.0) + stake.again
        found.append(cost)
    assert found[1] > found[0]


def test_fixed_cost_is_paid_whatever_is_treated() -> None:
    sector = makers.sector(treatment_fixed=[2.0, 2.0, 0.0])
    firm = makers.enterprise(sector)
    fixed = t.fixed_cost(firm, sector, 0)
    firm.effort = [1.0] * 3
    firm.intensity = [0.0] * 10
    assert t.fixed_cost(firm, sector, 0) == fixed > 0.0
    assert t.fixed_cost(firm, sector, 2) == 0.0


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
