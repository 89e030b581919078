"""Money by account, group and enterprise: the parts add up to the whole."""

from __future__ import annotations

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison.affected import affected_enterprises, affected_groups
from cleanpark.analysis.comparison.ledger import LINES, ledger, line_values


@pytest.fixture(scope="module")
def found() -> cp.Comparison:
    park = cp.park("mixed", enterprises=30)
    return cp.compare(["tax-only", "full-mix"], park, seeds=3, quarters=12)


def test_society_s_account_is_control_and_damage(found: cp.Comparison) -> None:
    table = ledger(found).set_index(["scenario", "line"])["difference"]
    for name in found.names:
        parts = table[name, "control_cost"] + table[name, "external_damage"]
        assert table[name, "society_total"] == pytest.approx(parts)


def test_the_treasury_s_account_differs_by_income_tax(found: cp.Comparison) -> None:
    table = ledger(found).set_index(["scenario", "line"])["difference"]
    income_tax = found.row("full-mix", "income_tax")["difference"]
    gap = table["full-mix", "treasury_net"] - table["full-mix", "treasury_without_income_tax"]
    assert gap == pytest.approx(income_tax)


def test_sums_are_related_to_enterprises_years_and_output(found: cp.Comparison) -> None:
    row = ledger(found).set_index(["scenario", "line"]).loc[("tax-only", "environmental_cost")]
    assert row["per_enterprise_and_year"] == pytest.approx(row["difference"] / 30 / 3)
    output = found.row("voluntary", "output")["mean"]
    assert row["per_output"] == pytest.approx(1e4 * row["difference"] / output)


def test_every_line_is_made_of_outcomes_in_money(found: cp.Comparison) -> None:
    units = {one.name: one.unit for one in cp.OUTCOMES}
    for line in LINES:
        assert {units[name] for name in line.parts} == {"CNY"}
        assert line_values(found, 0, line).shape == (3,)


@pytest.mark.parametrize("kind", ["size", "attitude", "sector"])
def test_groups_add_up_to_all_enterprises(found: cp.Comparison, kind: str) -> None:
    table = affected_groups(found)
    rows = table[(table["scenario"] == "full-mix") & table["group"].str.startswith(kind)]
    whole = found.row("full-mix", "enterprise_cost")["difference"]
    assert rows["cost"].sum() == pytest.approx(whole)


def test_enterprises_add_up_to_the_change_of_all(found: cp.Comparison) -> None:
    table = affected_enterprises(found, "full-mix", seeds=3)
    assert table["cost"].sum() == pytest.approx(
        found.row("full-mix", "enterprise_cost")["difference"]
    )
    assert table["profit"].sum() == pytest.approx(found.row("full-mix", "profit")["difference"])
    assert table["cost"].is_monotonic_decreasing
    assert len(table) == 30
    exits = found.ensemble.quarterly[found.names.index("full-mix"), :, :, :, _place("exits")]
    assert (table["exits"].sum() > 0) == (exits.sum() > 0)


def test_exits_by_order_and_by_lack_of_cash_are_told_apart() -> None:
    strict = cp.scenario("voluntary", inspection_rate=1.0, closure_after=1, fine=1.0)
    found = cp.compare([strict], cp.park("mixed", enterprises=40), seeds=2, quarters=16)
    name = next(one for one in found.names if one != "voluntary")
    table = affected_enterprises(found, name, seeds=2)
    left = table[table["exits"] > 0]
    assert len(left)
    assert set(left["cause"]) <= {"ordered to close", "lack of cash", "turnover"}
    assert "ordered to close" in set(left["cause"])
    assert np.isfinite(table["burden"]).all()


def _place(name: str) -> int:
    return [one.name for one in cp.OUTCOMES].index(name)
