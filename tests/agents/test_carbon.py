"""Carbon dioxide of energy at the grid's factor: limits with known answers."""

from __future__ import annotations

import pytest

from cleanpark.agents import carbon as c
from cleanpark.agents.state import CARBON_DIOXIDE, ENERGY
from tests.agents import makers


def test_at_the_factor_of_the_sector_files_nothing_changes() -> None:
    sector = makers.sector(electricity=0.4)
    firm = makers.enterprise(sector)
    policy = makers.policy(grid_factor=c.FACTOR_OF_FILES)
    assert c.carbon_intensity(firm, sector, policy) == firm.intensity[CARBON_DIOXIDE]


def test_a_megawatt_hour_brings_what_the_grid_emits() -> None:
    sector = makers.sector(electricity=1.0)
    firm = makers.enterprise(sector)
    used = firm.intensity[ENERGY] / 0.1229  # MWh per 10,000 CNY
    dirty, clean = (
        c.carbon_intensity(firm, sector, makers.policy(grid_factor=factor)) for factor in (0.6, 0.5)
    )
    assert dirty - clean == pytest.approx(used * 0.1)


def test_without_electricity_the_grid_is_not_felt_and_nobody_emits_less_than_nothing() -> None:
    without = makers.sector(electricity=0.0)
    firm = makers.enterprise(without)
    found = c.carbon_intensity(firm, without, makers.policy(grid_factor=0.1))
    assert found == firm.intensity[CARBON_DIOXIDE]
    sector = makers.sector(electricity=1.0)
    fuel_only = makers.enterprise(sector)
    fuel_only.intensity[CARBON_DIOXIDE] = 0.0
    assert c.carbon_intensity(fuel_only, sector, makers.policy(grid_factor=0.0)) == 0.0


def test_an_ordinary_enterprise_with_all_allowances_free_pays_nothing_and_a_better_one_sells() -> (
    None
):
    sector = makers.sector(electricity=0.4)
    ordinary, better = makers.enterprise(sector), makers.enterprise(sector)
    for firm, share in ((ordinary, c.ORDINARY), (better, 0.5)):
        firm.intensity[CARBON_DIOXIDE] = share * sector.worst[CARBON_DIOXIDE]
    policy = makers.policy(free_allowances=1.0)
    left = [
        c.carbon_intensity(firm, sector, policy) - c.allowance(firm, sector, policy)
        for firm in (ordinary, better)
    ]
    assert left[0] == pytest.approx(0.0)
    assert left[1] == pytest.approx((0.5 - c.ORDINARY) * sector.worst[CARBON_DIOXIDE])
    assert c.allowance(ordinary, sector, makers.policy()) == 0.0


def test_allowances_follow_the_product_mix_and_not_what_is_emitted() -> None:
    sector, policy = makers.sector(), makers.policy(free_allowances=0.5)
    firm, heavy = makers.enterprise(sector), makers.enterprise(sector, mix=1.5)
    assert c.allowance(heavy, sector, policy) == pytest.approx(
        1.5 * c.allowance(firm, sector, policy)
    )
    before = c.allowance(firm, sector, policy)
    firm.intensity[CARBON_DIOXIDE] *= 0.2
    assert c.allowance(firm, sector, policy) == before
