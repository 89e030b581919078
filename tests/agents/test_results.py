"""What a result is worth, and the cheapest bundle that reaches a level."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import results as r
from cleanpark.agents.investment import annuity
from cleanpark.agents.levels import LIMITING
from cleanpark.agents.state import N_FLOWS, N_INDICATORS
from cleanpark.agents.technology import refresh_technology
from tests.agents import makers

ENERGY_ONLY = np.zeros((64, N_FLOWS))
ENERGY_ONLY[:3, 0] = (0.1, 0.2, 0.2)
"""Savings of three options: energy alone."""


def three_options(prices: tuple[float, float, float] = (0.01, 0.01, 0.02)) -> Any:
    """A sector of three options that save energy, 10, 20 and 20 %, and nothing else; level I asks
    for 15 % less energy, all other references are met by anyone."""
    reference = np.full((N_INDICATORS, 3), 1.0)
    reference[0] = (0.85, 0.95, 1.0)
    return makers.sector(
        options=3, saving=ENERGY_ONLY, material_saving=[0.0] * 64, running_cost=[0.0] * 64,
        investment=[*prices, *[0.0] * 61], life=[10.0] * 64, available=[0.0] * 64,
        low_cost=[0] * 64, option_kind=[1] * 64, reference=reference,
        option_weight=[0.0] * 64, technique_weight=[0.0] * 64,
    )  # fmt: skip


def given_firm(sector: Any, **changes: Any) -> Any:
    """An enterprise that knows all three options and has none."""
    return makers.enterprise(sector, **{"identified": 7, "cash": 1e6, **changes})


SURE: dict[str, Any] = {"standardization": 1.0, "on_site_verification": 1.0, "energy_price": 300.0}
"""Levers under which readings are exact."""


def bought(award: float, sector: Any, budget: float = 1e9, **changes: Any) -> int:
    """Bit set of what the enterprise buys for an award, readings being exact."""
    policy = makers.policy(level_award=award, **SURE)
    behaviour = makers.behaviour(suitability_range=0.0)
    firm = given_firm(sector, **changes)
    park = makers.park(energy_price=[0.0] * 32)
    return int(r.options_for_level(firm, sector, policy, behaviour, park, budget))


def test_the_cheapest_option_that_reaches_the_level_is_bought_at_its_price_and_not_below() -> None:
    """Saving nothing, an option falls short by its price: 0.01 of 4,000 is 40; the chance at the
    margin of a level reached is certain where readings are exact."""
    sector = three_options()
    assert bought(80.0, sector) == 0b010
    assert bought(40.1, sector) == 0b010
    assert bought(39.9, sector) == 0
    assert bought(0.0, sector) == 0


def test_a_level_out_of_reach_or_of_budget_is_left_alone() -> None:
    sector = three_options()
    assert bought(80.0, sector, identified=1) == 0
    assert bought(80.0, sector, budget=39.0) == 0
    assert bought(80.0, sector, ratio=[1.2, 0.5, 0.5]) == 0


def test_reckoning_leaves_the_enterprise_as_it_was() -> None:
    sector = three_options()
    policy, behaviour = makers.policy(level_award=80.0, **SURE), makers.behaviour()
    firm = given_firm(sector, implemented=1)
    refresh_technology(firm, sector, behaviour)
    before = (int(firm.implemented), list(firm.intensity), firm.technology, firm.renewal)
    r.options_for_level(firm, sector, policy, behaviour, makers.park(), 1e9)
    assert (int(firm.implemented), list(firm.intensity), firm.technology, firm.renewal) == before


@given(award=st.floats(0.0, 50.0), penalty=st.floats(0.0, 50.0), more=st.floats(0.0, 50.0))
def test_a_higher_award_never_buys_less(award: float, penalty: float, more: float) -> None:
    sector = three_options((0.002, 0.01, 0.02))
    park, behaviour = makers.park(energy_price=[0.0] * 32), makers.behaviour(suitability_range=0.0)
    spent = []
    for level_award in (award, award + more):
        policy = makers.policy(level_award=level_award, poor_audit_penalty=penalty, **SURE)
        chosen = int(r.options_for_level(given_firm(sector), sector, policy, behaviour, park, 1e9))
        spent.append(sum(sector.investment[k] for k in range(3) if chosen >> k & 1))
    assert spent[0] <= spent[1] + 1e-12


def test_nothing_is_at_stake_without_consequences() -> None:
    policy = makers.policy()
    assert not r.at_stake(policy)
    firm = makers.enterprise(makers.sector())
    for level in (1, 2, 3, 4):
        assert r.worth_of_level(firm, policy, makers.behaviour(), makers.park(), level) == 0.0


def test_a_level_is_worth_its_award_and_its_relief_while_it_stands() -> None:
    """At a hurdle of h, five years of relief at the annuity; level II half, III nothing."""
    sector, park = makers.sector(), makers.park()
    behaviour = makers.behaviour(hurdle_knowledge=0.0)
    policy = makers.policy(
        level_award=20.0, income_tax_reduction=0.4, energy_tax=100.0, energy_tax_relief=0.9,
        poor_audit_penalty=7.0, audit_interval=20.0,
    )  # fmt: skip
    firm = makers.enterprise(sector, hurdle=0.5, profit=100.0)
    yearly = 0.4 * 0.25 * 400.0 + 0.9 * 0.01 * 4000.0 * firm.intensity[0]
    worth = 20.0 + annuity(0.5, 5.0) * yearly
    found = [r.worth_of_level(firm, policy, behaviour, park, level) for level in (1, 2, 3, 4)]
    assert found == pytest.approx([worth, 0.5 * worth, 0.0, -7.0])


def test_published_results_weigh_both_ways() -> None:
    policy = makers.policy(results_published=0.5)
    behaviour = makers.behaviour(result_reputation=0.002)
    firm = makers.enterprise(makers.sector())
    found = [r.reputation(firm, policy, behaviour, level) for level in (1, 2, 3, 4)]
    assert found == pytest.approx([4.0, 2.0, 0.0, -4.0])


@given(margin=st.floats(-1.0, 1.0), spread=st.floats(0.0, 0.5))
def test_the_chance_of_a_level_is_a_probability_that_exact_readings_make_sure(
    margin: float, spread: float
) -> None:
    chance = r.chance_of(margin, spread)
    assert 0.0 <= chance <= 1.0
    assert r.chance_of(margin, 0.0) == (1.0 if margin >= 0.0 else 0.0)
    assert r.chance_of(0.0, spread) == (1.0 if spread <= 1e-9 else 0.5)
    assert r.chance_of(margin + 0.1, spread) >= chance


def test_weights_decide_which_medium_is_cleaned() -> None:
    """A group weighted more is worth more score for the same share of its gap."""
    sector, behaviour, park = makers.sector(), makers.behaviour(), makers.park(kind=0)
    firm = makers.enterprise(sector)
    place = 2  # air, which weighs more in a heavy park
    assert not LIMITING[place]
    readings = np.array([float(sector.reference[k, 0]) for k in range(N_INDICATORS)])
    readings[place] *= 1.3
    option = int(np.argmax(sector.saving[:24, 2]))
    gains = [
        r.score_gained(
            firm, sector, makers.policy(indicator_weights=weights), behaviour, park, readings, 1,
            option,
        )
        for weights in ("park-type", "unified")
    ]  # fmt: skip
    assert gains[0] > gains[1] > 0.0
