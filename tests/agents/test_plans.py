"""Plans of treatment: what they are priced by, and that the one run is the cheapest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import abatement, plans
from cleanpark.agents.treatment import fixed_cost
from tests.agents import makers

MEDIA = st.sampled_from([0, 1, 2])


@given(belief=st.floats(0.0, 1.0), rate=st.floats(0.0, 10.0), medium=MEDIA)
def test_no_plan_that_a_reader_is_shown_is_cheaper_than_the_one_chosen(
    belief: float, rate: float, medium: int
) -> None:
    sector, park, mind = makers.sector(), makers.park(), makers.behaviour()
    policy = makers.policy(air_tax_rate=rate)
    firm = makers.prepared(makers.enterprise(sector, belief=belief), sector, mind, park)
    shown = plans.candidate_plans(firm, sector, policy, mind, park, medium)
    plant = plans.plant_of(firm, sector, mind, medium)
    charge = plans.charge_of(firm, policy, mind, medium)
    running, bypass = plans.stakes_of(firm, sector, policy, mind, park, medium)
    effort = plans.choose_treatment(firm, sector, policy, mind, park, medium)
    stake = bypass if effort == 0.0 else running
    cost = abatement.plan_cost(plant, charge, stake, effort)
    cheapest = min(cost for _, cost in shown.values())
    assert cost <= cheapest * (1.0 + 1e-6) + 1e-9


def test_reductions_of_the_tax_are_only_for_who_can_claim_them() -> None:
    sector, park, mind = makers.sector(), makers.park(), makers.behaviour()
    policy = makers.policy(tax_reduction_30=0.25, tax_reduction_50=0.5)
    claims = []
    for data_quality in (1.0, 0.0):
        firm = makers.enterprise(sector, data_quality=data_quality, monitored=0)
        makers.prepared(firm, sector, mind, park)
        claims.append(plans.charge_of(firm, policy, mind, 0))
    assert claims[0][1:] == (0.25, 0.5)
    assert claims[1][1:] == (0.0, 0.0)


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, False),
        ({"production_restriction": 0.2}, True),
        ({"closure_after": 3.0}, True),
        ({"daily_fine": 10.0}, True),
        ({"inspection_targeting": "record"}, True),
    ],
)
def test_a_record_counts_where_something_follows_from_it(
    changes: dict[str, object], counts: bool
) -> None:
    levers = {
        "production_restriction": 0.0,
        "closure_after": 0.0,
        "daily_fine": 0.0,
        "inspection_targeting": "random",
    }
    assert plans.record_counts(makers.policy(**{**levers, **changes})) == counts


def test_treatment_costs_what_stands_and_what_runs() -> None:
    """Bypassed it costs its fixed part alone, and discharges what was generated."""
    sector, park = makers.sector(), makers.park()
    mind = makers.behaviour(operation_spread=0.0, moral_cost=0.0)
    free = makers.policy(fine=0.0, bypass_fine=0.0, water_tax_rate=0.0, monitoring_enforcement=0.0)
    firm = makers.prepared(makers.enterprise(sector, belief=0.0), sector, mind, park)
    cost = plans.treat(firm, sector, free, mind, park, makers.draws(), 1)
    assert firm.effort[1] == 0.0
    assert cost == pytest.approx(fixed_cost(firm, sector, 1))
    assert firm.ratio[1] == pytest.approx(firm.generated[1] / firm.allowed[1])
    assert firm.bypassing == 1
