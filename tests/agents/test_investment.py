"""Options are bought at the hurdle that theory predicts, and at no other."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import investment as i
from cleanpark.agents.plans import choose_treatment
from cleanpark.agents.state import AIR
from cleanpark.agents.technology import has_option
from cleanpark.agents.treatment import prepare_treatment
from tests.agents import makers


def one_option_sector(payback: float, life: float) -> object:
    """A sector whose only option saves material worth 1 % of output a year."""
    saving = np.zeros((64, 10))
    return makers.sector(
        options=1,
        saving=saving,
        material_saving=[0.01] + [0.0] * 63,
        running_cost=[0.0] * 64,
        investment=[0.01 * payback] + [0.0] * 63,
        life=[life] + [1.0] * 63,
        available=[0.0] * 64,
        low_cost=[0] * 64,
        option_kind=[1] * 64,
    )


@given(hurdle=st.floats(0.06, 2.0), payback=st.floats(0.2, 8.0))
def test_an_option_of_known_cash_flow_is_bought_exactly_at_its_hurdle(
    hurdle: float, payback: float
) -> None:
    life = 10.0
    sector = one_option_sector(payback, life)
    behaviour = makers.behaviour(
        suitability_range=0.0, hurdle_knowledge=0.0, adoption_sensitivity=1e3
    )
    policy = makers.policy(option_subsidy=0.0, investment_credit=0.0)
    firm = makers.enterprise(sector, hurdle=hurdle, cash=1e9, identified=1)
    worth = (1 - math.exp(-life * math.log(1 + hurdle))) / hurdle
    weight = (0.01 * payback * 4.0 * firm.output / behaviour.reference_cost) ** 0.4
    if abs(worth - weight * payback) < 1e-6:
        return
    bought = has_option(i.choose_options(firm, sector, policy, behaviour, makers.park()), 0)
    assert bought == (worth > weight * payback)


def test_over_enterprises_adoption_is_a_logit_in_which_cost_weighs_1_4_times() -> None:
    """Anderson and Newell 2004: log-odds of adoption in the logarithms of cost and of saving."""
    behaviour = makers.behaviour(cost_salience=1.4, adoption_sensitivity=1.5, reference_cost=10.0)
    rng = np.random.default_rng(8)
    likes = [
        i.liking(makers.enterprise(makers.sector(), taste=float(taste)), option)
        for taste in rng.random(4000)
        for option in (0, 7, 23)
    ]

    def odds(saved: float, paid: float) -> float:
        share = np.mean([saved > i.felt_cost(paid, like, behaviour) for like in likes])
        return math.log(share / (1.0 - share))

    assert odds(10.0, 10.0) == pytest.approx(0.0, abs=0.06)
    by_saving = (odds(20.0, 10.0) - odds(5.0, 10.0)) / math.log(4.0)
    by_cost = (odds(10.0, 20.0) - odds(10.0, 5.0)) / math.log(4.0)
    assert by_saving == pytest.approx(1.5, abs=0.1)
    assert by_cost == pytest.approx(-1.4 * 1.5, abs=0.12)


def test_what_an_enterprise_declined_it_declines_again_while_nothing_changes() -> None:
    sector = makers.sector()
    firm = makers.enterprise(sector, identified=2**24 - 1, taste=0.37, cash=1e9)
    chosen = [
        i.choose_options(firm, sector, makers.policy(), makers.behaviour(), makers.park(quarter=q))
        for q in (0, 1)
    ]
    assert chosen[0] == chosen[1]


def test_without_cash_or_credit_nothing_is_bought() -> None:
    sector = one_option_sector(0.1, 10.0)
    behaviour = makers.behaviour(credit_share=0.0)
    firm = makers.enterprise(sector, cash=0.0, identified=1)
    assert i.choose_options(firm, sector, makers.policy(), behaviour, makers.park()) == 0


@given(
    savings=st.lists(st.floats(0.001, 0.03), min_size=1, max_size=6),
    paybacks=st.lists(st.floats(0.3, 6.0), min_size=6, max_size=6),
    share=st.floats(0.0, 1.3),
)
def test_money_goes_to_the_best_value_for_it_first(
    savings: list[float], paybacks: list[float], share: float
) -> None:
    """With a part of what all worthwhile options cost: in order of worth over price, each bought
    if what is left reaches."""
    count = len(savings)
    fill = [0.0] * (64 - count)
    prices = [saving * payback for saving, payback in zip(savings, paybacks, strict=False)]
    sector = makers.sector(
        options=count, saving=np.zeros((64, 10)), material_saving=[*savings, *fill],
        running_cost=[0.0] * 64, investment=[*prices, *fill], life=[10.0] * 64,
        available=[0.0] * 64, low_cost=[1] * 64, option_kind=[1] * 64,
    )  # fmt: skip
    behaviour = makers.behaviour(
        suitability_range=0.0, hurdle_knowledge=0.0, credit_share=0.0, cost_salience=1.0,
        adoption_sensitivity=1e3,
    )  # fmt: skip
    firm = makers.enterprise(sector, hurdle=0.3, identified=2**count - 1)
    worth = (1 - math.exp(-10.0 * math.log(1.3))) / 0.3
    ratios = [worth / payback for payback in paybacks[:count]]
    wanted = [k for k in range(count) if ratios[k] > 1.0]
    firm.cash = share * 4.0 * firm.output * sum(prices[k] for k in wanted)
    expected, left = 0, firm.cash
    for option in sorted(wanted, key=lambda k: -ratios[k]):
        price = prices[option] * 4.0 * firm.output
        if abs(price - left) < 1e-6 * firm.output:
            return  # on the edge, where rounding decides
        if price <= left:
            expected |= 1 << option
            left -= price
    clear = sorted(ratios)
    if any(b - a < 1e-6 for a, b in itertools.pairwise(clear)):
        return
    if min((abs(ratio - 1.0) for ratio in ratios), default=1.0) < 1e-2:  # liking may decide
        return
    assert i.choose_options(firm, sector, makers.policy(), behaviour, makers.park()) == expected


def test_a_subsidy_carries_its_share_of_a_high_cost_option_only() -> None:
    sector = makers.sector()
    policy = makers.policy(option_subsidy=0.3, investment_credit=0.1)
    for option in range(sector.options):
        share = i.support_share(sector, policy, option)
        if sector.low_cost[option]:
            assert share == 0.0
        else:
            listed = sector.option_kind[option] >= 2
            assert share == pytest.approx(0.4 if listed else 0.3)


@given(rate=st.floats(0.0, 1.0), years=st.floats(0.5, 40.0))
def test_annuity_lies_between_nothing_and_the_undiscounted_sum(rate: float, years: float) -> None:
    assert 0.0 < i.annuity(rate, years) <= years * (1 + 1e-9)


@given(knowledge=st.floats(0.0, 1.0), support=st.floats(0.0, 1.0))
def test_knowledge_and_support_never_raise_the_hurdle(knowledge: float, support: float) -> None:
    sector = makers.sector()
    behaviour = makers.behaviour()
    plain = i.hurdle_rate(
        makers.enterprise(sector), makers.policy(technical_support=0.0), behaviour
    )
    eased = i.hurdle_rate(
        makers.enterprise(sector, knowledge=knowledge),
        makers.policy(technical_support=support),
        behaviour,
    )
    assert eased <= plain


def test_the_hurdle_follows_the_interest_rate_from_the_usual_one_on() -> None:
    """At the usual rate it is the enterprise's own; a point more raises it as a point of
    discounted credit lowers it."""
    sector, behaviour = makers.sector(), makers.behaviour(credit_effect=2.0)
    firm = makers.enterprise(sector, hurdle=0.5, knowledge=0.0)

    def hurdle(interest: float, discount: float = 0.0) -> float:
        policy = makers.policy(
            interest_rate=interest, credit_discount=discount, technical_support=0.0
        )
        return float(i.hurdle_rate(firm, policy, behaviour))

    assert hurdle(i.USUAL_INTEREST) == 0.5
    assert hurdle(i.USUAL_INTEREST + 0.01) == pytest.approx(0.52)
    assert hurdle(i.USUAL_INTEREST + 0.01, 0.01) == pytest.approx(0.5)


def relief(firm: Any, sector: Any, **levers: float) -> Any:
    """What less load on the air is worth to an enterprise under these levers."""
    policy, behaviour = makers.policy(**levers), makers.behaviour()
    return i.relief_of(firm, sector, policy, behaviour, makers.park(), AIR)


def running(sector: Any, **levers: float) -> Any:
    """An enterprise with its treatment planned under these levers."""
    firm = makers.enterprise(sector)
    policy, behaviour, park = makers.policy(**levers), makers.behaviour(), makers.park()
    prepare_treatment(firm, sector, behaviour, park)
    choose_treatment(firm, sector, policy, behaviour, park, AIR)
    return firm


def test_an_announced_tax_counts_by_the_plan_that_it_will_bring() -> None:
    sector = makers.sector()
    firm = running(sector, air_tax_rate=1.2)
    now, later = (relief(firm, sector, notice=4.0, air_tax_rate=rate) for rate in (1.2, 12.0))
    assert now.generated < later.generated
    assert now.generated == pytest.approx(relief(firm, sector, air_tax_rate=1.2).generated)


def test_who_means_to_exceed_saves_the_tax_at_the_margin_and_the_sanctions_as_a_whole() -> None:
    sector = makers.sector()
    firm = running(sector)
    firm.effort[AIR], firm.exceeds[AIR] = 0.0, 0.99
    found = relief(firm, sector, air_tax_rate=2.0)
    assert found.excess > 0.0
    assert found.sanctions > 0.0
    told = firm.reported_share[AIR]
    assert found.generated == pytest.approx(2.0e-4 * told)


def test_energy_saved_spares_the_energy_tax_that_is_paid_and_no_more() -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    policy = makers.policy(energy_tax=500.0, energy_tax_relief=0.8)
    worth = [
        i.worth_of_savings(
            makers.enterprise(sector, level=level, rated=0), sector, policy, behaviour,
            makers.park(),
        ).energy
        for level in (4, 1)
    ]  # fmt: skip
    assert worth[0] - worth[1] == pytest.approx(0.8 * 0.05)
