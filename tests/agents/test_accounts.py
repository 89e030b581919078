"""Money: cash moves by what is booked, taxes follow profit, good levels are worth something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import accounts as a
from cleanpark.agents.payments import PAYMENTS
from tests.agents import makers


def settled(
    cash: float = 1000.0, other_cost: float = 0.8, **levers: object
) -> tuple[object, float]:
    sector, behaviour, policy = makers.sector(), makers.behaviour(), makers.policy(**levers)
    park = makers.park(cost_sum=[0.0] * 32, cost_count=[0.0] * 32, works_load=[0.0] * 10)
    firm = makers.enterprise(sector, cash=cash, other_cost=other_cost)
    a.settle(firm, sector, policy, behaviour, park)
    return firm, firm.cash - cash


@given(cash=st.floats(-1e4, 1e4))
def test_cash_changes_by_receipts_less_expenses(cash: float) -> None:
    firm, change = settled(cash)
    booked = sum(
        getattr(firm.paid, one.name) * (1 if one.payee == "enterprises" else -1)  # type: ignore[attr-defined]
        for one in PAYMENTS
    )
    assert change == pytest.approx(booked, abs=1e-8)


def test_income_tax_is_the_rate_on_profit_and_never_negative() -> None:
    firm, _ = settled(income_tax_rate=0.25)
    profit = a.profit_before_tax(firm)  # type: ignore[arg-type]
    assert firm.paid.income_tax == pytest.approx(max(0.0, profit) * 0.25)  # type: ignore[attr-defined]
    dear, _ = settled(other_cost=2.0)
    assert a.profit_before_tax(dear) < 0.0  # type: ignore[arg-type]
    assert dear.paid.income_tax == 0.0  # type: ignore[attr-defined]


def test_owners_draw_nothing_from_debt_and_debt_bears_interest() -> None:
    firm, _ = settled(cash=-1e5)
    assert firm.paid.dividends == 0.0  # type: ignore[attr-defined]
    assert firm.paid.interest > 0.0  # type: ignore[attr-defined]
    rich, _ = settled(cash=1e5)
    assert rich.paid.interest == 0.0  # type: ignore[attr-defined]


def test_support_lowers_the_burden_and_treatment_raises_it() -> None:
    firm = makers.enterprise(makers.sector())
    firm.paid.sales = 100.0
    assert a.burden(firm) == 0.0
    firm.paid.treatment = 2.0
    assert a.burden(firm) == pytest.approx(0.02)
    firm.paid.subsidies = 5.0
    assert a.burden(firm) < 0.0


@given(level=st.floats(0.0, 0.9), draw=st.floats(0.0, 0.999))
def test_options_are_adopted_up_to_a_level_and_count_as_known(level: float, draw: float) -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    firm = makers.enterprise(sector)
    a.adopt_to_level(firm, sector, behaviour, level, 0, draw)
    assert firm.identified == firm.implemented
    assert firm.technology <= level + 0.5 * max(sector.option_weight) + 1e-12


def test_other_costs_leave_the_margin_of_the_sector() -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    firm = makers.enterprise(sector)
    assert 0.05 <= a.other_cost(firm, sector, behaviour) < 1.0 - sector.margin
