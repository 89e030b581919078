"""What a sector's products sell for: limits of pass-through and of demand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import market as m
from cleanpark.agents.state import CARBON_DIOXIDE
from tests.agents import makers


def priced(quarters: int, levers: dict[str, float], **parameters: float) -> tuple[float, float]:
    """Price and sales of one sector after so many quarters under these levers."""
    sector = makers.sector(demand_elasticity=0.8)
    policy = makers.policy(**levers)
    park = makers.park()
    sold = 1.0
    for _ in range(quarters):
        m.set_prices(park, policy, makers.behaviour(**parameters), [sector])
        sold *= park.demand[0]
    return park.price[0], sold


def test_at_the_prices_at_which_margins_were_set_nothing_moves() -> None:
    assert priced(8, {}) == (pytest.approx(1.0), pytest.approx(1.0))


def test_a_sector_pays_for_its_own_mix_of_fuel_and_electricity() -> None:
    policy, park = makers.policy(energy_price=1000.0), makers.park()
    mixes = (0.0, 0.5, 1.0)
    catalogue = [makers.sector(electricity=share) for share in mixes]
    m.set_prices(park, policy, makers.behaviour(electricity_price_ratio=5.3), catalogue)
    assert park.energy_price[:3] == pytest.approx([0.1, 0.315, 0.53])
    m.set_prices(park, makers.policy(energy_price=2000.0), makers.behaviour(), catalogue)
    assert park.energy_price[:3] == pytest.approx([0.2, 0.63, 1.06])


def test_dearer_fuel_costs_a_sector_on_electricity_more_unless_electricity_costs_the_same() -> None:
    dear = makers.policy(energy_price=1100.0)
    fuel = m.fuel_price(dear, 0)
    burns, plugs = makers.sector(electricity=0.0), makers.sector(electricity=1.0)
    alike = makers.behaviour(electricity_price_ratio=1.0)
    assert m.common_cost(plugs, dear, alike, fuel) == m.common_cost(burns, dear, alike, fuel) > 0.0
    usual = makers.behaviour(electricity_price_ratio=5.3)
    of_fuel, of_power = (m.common_cost(one, dear, usual, fuel) for one in (burns, plugs))
    assert of_power == pytest.approx(5.3 * of_fuel)


def test_energy_gets_dearer_by_its_growth_a_year() -> None:
    policy = makers.policy(energy_price_growth=0.1)
    assert m.fuel_price(policy, 4) == pytest.approx(1.1 * m.fuel_price(policy, 0))


def test_seven_tenths_of_a_common_cost_pass_at_once_and_all_in_the_long_run() -> None:
    sector, policy = makers.sector(), makers.policy(carbon_price=100.0)
    rise = m.common_cost(sector, policy, makers.behaviour(), m.fuel_price(policy, 0))
    assert rise == pytest.approx(0.85 * sector.worst[CARBON_DIOXIDE] * 0.01)
    fast = priced(1, {"carbon_price": 100.0}, entry_speed=0.0)[0]
    assert fast == pytest.approx(1.0 + 0.7 * rise)
    slow = priced(400, {"carbon_price": 100.0})[0]
    assert slow == pytest.approx(1.0 + rise)


def test_with_all_allowances_free_a_carbon_price_is_no_common_cost() -> None:
    levers = {"carbon_price": 100.0, "free_allowances": 1.0}
    assert priced(20, levers) == (pytest.approx(1.0), pytest.approx(1.0))


def test_who_knows_of_a_dearer_fuel_invests_by_it_and_others_by_what_they_pay() -> None:
    sector, behaviour = makers.sector(electricity=0.0), makers.behaviour()
    park = makers.park()
    now, ahead = makers.policy(), makers.policy(energy_price=1500.0, notice=4.0)
    m.set_prices(park, now, behaviour, [sector])
    assert m.believed_energy_price(sector, now, behaviour, park, 0) == park.energy_price[0]
    known = m.believed_energy_price(sector, ahead, behaviour, park, 0)
    assert known == pytest.approx(1.5 * park.energy_price[0])


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
