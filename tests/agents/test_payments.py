"""Every payment is somebody's, and what it counts as is consistent."""

from __future__ import annotations

from cleanpark.agents import payments as p


def test_names_are_unique_and_each_payment_goes_from_one_account_to_another() -> None:
    for table in (p.PAYMENTS, p.PARK_PAYMENTS):
        names = [one.name for one in table]
        assert len(set(names)) == len(names)
        assert all(one.payer and one.payee and one.payer != one.payee for one in table)


def test_every_payment_of_an_enterprise_is_its_receipt_or_its_expense() -> None:
    for one in p.PAYMENTS:
        assert p.ENTERPRISES in (one.payer, one.payee), one.name
    for one in p.PARK_PAYMENTS:
        assert p.ENTERPRISES not in (one.payer, one.payee), one.name


def test_only_expenses_are_costs_and_only_the_treasury_taxes() -> None:
    for one in p.PAYMENTS:
        if one.deductible or one.environmental or one.current or one.social:
            assert one.payer == p.ENTERPRISES, one.name
        if one.deductible:
            assert one.current, one.name
        if one.tax:
            assert one.payee == p.TREASURY, one.name
            assert one.environmental, one.name


def test_what_goes_to_the_treasury_is_no_social_cost() -> None:
    """A transfer uses up nothing."""
    every = (*p.PAYMENTS, *p.PARK_PAYMENTS)
    assert not [one.name for one in every if one.social and one.payee == p.TREASURY]


def test_fines_are_not_deductible() -> None:
    assert "fines" in p.NOT_DEDUCTIBLE


def test_the_treasury_gets_taxes_and_other_revenue_and_nothing_twice() -> None:
    assert sorted(p.TAXES + p.PUBLIC_REVENUE) == sorted(p.TO_TREASURY)
    assert sorted(p.PARK_TAXES + p.PARK_REVENUE) == sorted(p.PARK_TO_TREASURY)


def test_costs_of_the_quarter_are_environmental_or_ordinary() -> None:
    current = {one.name for one in p.PAYMENTS if one.current}
    environmental = set(p.ENVIRONMENTAL_COSTS) - set(p.INVESTMENT)
    assert current == environmental | set(p.ORDINARY_COSTS)
    assert not environmental & set(p.ORDINARY_COSTS)


def test_lines_of_a_statement_hold_each_of_its_payments_once() -> None:
    for statement in ("deductible", "environmental"):
        held = [name for line in p.lines(statement) for name in line]
        wanted = [one.name for one in p.PAYMENTS if getattr(one, statement)]
        assert sorted(held) == sorted(wanted)
