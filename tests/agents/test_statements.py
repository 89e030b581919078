"""Statements add up what is declared to belong to them, and nothing else."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import payments as p
from cleanpark.agents import statements as s

AMOUNTS = st.fixed_dictionaries({one.name: st.floats(-1e6, 1e6) for one in p.PAYMENTS})


def paid(**amounts: float) -> Any:
    return SimpleNamespace(**{**{one.name: 0.0 for one in p.PAYMENTS}, **amounts})


@pytest.mark.parametrize("payment", p.PAYMENTS, ids=lambda one: one.name)
def test_one_payment_counts_where_its_declaration_says(payment: p.Payment) -> None:
    alone = paid(**{payment.name: 1.0})
    support = payment.payer == p.TREASURY
    assert s.deductible_costs(alone) == bool(payment.deductible)
    assert s.environmental_costs(alone) == bool(payment.environmental)
    assert s.unit_costs(alone) == payment.current - support
    assert s.support(alone) == support
    assert s.receipts(alone) == (payment.payee == p.ENTERPRISES)
    assert s.turnover(alone) == 1.0
    assert s.with_revenue(5.0, alone) == 5.0 + (payment.payee == p.TREASURY)
    assert s.after_tax(0.0, alone) == support - (payment.name in p.NOT_DEDUCTIBLE)


@given(amounts=AMOUNTS)
def test_adding_and_clearing_leave_nothing_out(amounts: dict[str, float]) -> None:
    sums, one = paid(), paid(**amounts)
    s.add(sums, one)
    s.add(sums, one)
    assert vars(sums) == {name: amount * 2 for name, amount in amounts.items()}
    s.clear(one)
    assert set(vars(one).values()) == {0.0}


def test_what_a_park_spends_and_receives() -> None:
    for payment in p.PARK_PAYMENTS:
        one = SimpleNamespace(**{other.name: 0.0 for other in p.PARK_PAYMENTS})
        setattr(one, payment.name, 1.0)
        assert s.park_revenue(one) == (payment.payee == p.TREASURY)
        assert s.park_outlays(one) == (payment.payer == p.TREASURY)
        kept = SimpleNamespace()
        s.keep_park(kept, one)
        assert vars(kept) == vars(one)
        s.clear_park(one)
        assert s.park_revenue(one) == s.park_outlays(one) == 0.0
