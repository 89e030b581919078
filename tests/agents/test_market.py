"""What a sector's products sell for: limits of pass-through and of demand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import market as m
from cleanpark.agents.authority import energy_price
from tests.agents import makers


def priced(quarters: int, levers: dict[str, float], **parameters: float) -> tuple[float, float]:
    """Price and sales of one sector after so many quarters under these levers."""
    sector = makers.sector(demand_elasticity=0.8)
    policy = makers.policy(**levers)
    park = makers.park(energy_price=energy_price(policy, 0))
    sold = 1.0
    for _ in range(quarters):
        m.set_prices(park, policy, makers.behaviour(**parameters), [sector])
        sold *= park.demand[0]
    return park.price[0], sold


def test_at_the_prices_at_which_margins_were_set_nothing_moves() -> None:
    assert priced(8, {}) == (pytest.approx(1.0), pytest.approx(1.0))


def test_seven_tenths_of_a_common_cost_pass_at_once_and_all_in_the_long_run() -> None:
    sector, policy = makers.sector(), makers.policy(carbon_price=100.0)
    park = makers.park(energy_price=energy_price(policy, 0))
    rise = m.common_cost(sector, policy, makers.behaviour(), park)
    assert rise == pytest.approx(0.85 * sector.worst[m.CARBON_DIOXIDE] * 0.01)
    fast = priced(1, {"carbon_price": 100.0}, entry_speed=0.0)[0]
    assert fast == pytest.approx(1.0 + 0.7 * rise)
    slow = priced(400, {"carbon_price": 100.0})[0]
    assert slow == pytest.approx(1.0 + rise)


@given(price=st.floats(0.0, 1000.0))
def test_without_passing_on_prices_stay_and_with_it_sales_follow_the_elasticity(
    price: float,
) -> None:
    levers = {"carbon_price": price}
    stuck = priced(20, levers, pass_through=0.0, entry_speed=0.0)
    assert stuck == (pytest.approx(1.0), pytest.approx(1.0))
    new, sold = priced(20, levers)
    assert sold == pytest.approx(new**-0.8)
    assert sold <= 1.0 + 1e-12
