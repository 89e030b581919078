"""Growth: cheaper than the sector grows faster; leaving needs a reason."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import growth as g
from tests.agents import makers


@given(gap=st.floats(0.0, 2.0))
def test_lower_cost_than_the_sector_never_grows_slower(gap: float) -> None:
    sector, policy, behaviour = makers.sector(), makers.policy(), makers.behaviour()
    outputs = []
    for log_cost in (-gap, 0.0, gap):
        firm = makers.enterprise(sector, log_cost=log_cost)
        g.grow(firm, sector, policy, behaviour, 0.0, 1.0)
        outputs.append(firm.output)
    assert outputs[0] >= outputs[1] >= outputs[2]


def test_at_the_sectors_mean_output_follows_the_sector() -> None:
    sector, policy, behaviour = makers.sector(), makers.policy(), makers.behaviour()
    firm = makers.enterprise(sector, log_cost=math.log(0.9))
    g.grow(firm, sector, policy, behaviour, math.log(0.9), 1.0)
    assert firm.output == pytest.approx(1000 * (1 + (sector.growth + policy.output_growth) / 4))


def test_unit_cost_counts_costs_of_the_quarter_less_support() -> None:
    firm = makers.enterprise(makers.sector(), output=10.0)
    firm.paid.sales, firm.paid.materials, firm.paid.dividends = 100.0, 5.0, 50.0
    firm.paid.option_investment, firm.paid.fines, firm.paid.awards = 70.0, 2.0, 1.0
    assert g.unit_cost(firm) == pytest.approx(0.6)


def test_hard_times_are_counted_in_a_row_and_end_in_leaving() -> None:
    sector, policy = makers.sector(), makers.policy()
    behaviour, park = makers.behaviour(), makers.park()
    firm = makers.enterprise(sector, cash=-1e9, hard_times=0)
    quarters = 0
    while not g.leaves(firm, policy, behaviour, park):
        g.count_hard_times(firm, behaviour)
        quarters += 1
    assert quarters == int(behaviour.patience) + 1
    firm.cash = 1.0
    g.count_hard_times(firm, behaviour)
    assert firm.hard_times == 0


def test_as_many_leave_for_reasons_of_their_own_as_the_turnover_says() -> None:
    behaviour = makers.behaviour(turnover=0.2)
    left = [
        g.gives_up(behaviour, makers.draws(chance=float(chance)))
        for chance in np.random.default_rng(2).random(4000)
    ]
    assert np.mean(left) == pytest.approx(0.05, abs=0.01)


def test_what_buyers_take_less_is_not_made() -> None:
    sector, policy, behaviour = makers.sector(), makers.policy(), makers.behaviour()
    firms = [makers.enterprise(sector, log_cost=0.0) for _ in range(2)]
    for firm, demand in zip(firms, (1.0, 0.9), strict=True):
        g.grow(firm, sector, policy, behaviour, 0.0, demand)
    assert firms[1].output == pytest.approx(0.9 * firms[0].output)
