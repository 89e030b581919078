"""What must hold in every quarter of every run: money, options, shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.agents.payments import PARK_PAYMENTS, PAYMENTS
from cleanpark.agents.state import UNTREATED_FLOWS
from cleanpark.model import measures as m
from cleanpark.model.outcomes import OUTCOMES, outcome_values

PACKAGED = [str(name) for name in cp.scenarios()["name"]]


def account_balances(model: cp.ParkModel) -> dict[str, float]:
    """Net receipts of every account over the run, 10,000 CNY."""
    balances: dict[str, float] = {}
    paid = m.cell_records(model.cells)["paid"]
    park_paid = m.park_records(model.park_sums)["paid"]
    for one, booked in [*((p, paid) for p in PAYMENTS), *((p, park_paid) for p in PARK_PAYMENTS)]:
        amount = float(booked[one.name].sum())
        balances[one.payer] = balances.get(one.payer, 0.0) - amount
        balances[one.payee] = balances.get(one.payee, 0.0) + amount
    return balances


@pytest.mark.parametrize("name", PACKAGED)
def test_money_is_conserved(name: str) -> None:
    """Cash on hand changed by exactly what was booked; the treasury likewise; all sum to zero."""
    model = cp.ParkModel(name, cp.park("mixed", enterprises=50), rng=5, quarters=24)
    before = model.world.enterprises["cash"].sum()
    model.run()
    balances = account_balances(model)
    change = model.world.enterprises["cash"].sum() - before
    scale = sum(abs(value) for value in balances.values())
    assert balances["enterprises"] == pytest.approx(change, abs=1e-9 * scale)
    treasury = model.world.parks["treasury"].sum()
    assert balances["treasury"] == pytest.approx(treasury, abs=1e-9 * scale)
    assert sum(balances.values()) == pytest.approx(0.0, abs=1e-9 * scale)


def check_state(model: cp.ParkModel) -> None:
    """Options, shares and amounts are what they may be."""
    records = model.world.enterprises
    assert not np.any(records["implemented"] & ~records["identified"])
    for column in ("attitude", "knowledge", "belief", "technology", "data_quality", "restriction"):
        assert np.all((records[column] >= 0) & (records[column] <= 1)), column
    for column in ("effort", "reported_share"):
        assert np.all((records[column] >= 0) & (records[column] <= 1)), column
    assert np.all(records["output"] > 0)
    assert np.all(records["intensity"] >= 0)
    assert np.all(records["reported_ratio"] <= records["ratio"] + 1e-12)
    for payment in PAYMENTS:
        if payment.name != "option_running":
            assert np.all(records["paid"][payment.name] >= 0), payment.name


def check_outcomes(model: cp.ParkModel) -> None:
    """Shares lie in [0, 1]; what reaches the environment is finite and never negative."""
    number = model.steps - 1
    values = outcome_values(model.cells[number].sum(axis=1), model.park_sums[number])
    for place, declared in enumerate(OUTCOMES):
        value = values[..., place]
        if declared.unit in ("share", "share per quarter"):
            assert np.all(np.isnan(value) | ((value >= 0) & (value <= 1 + 1e-12))), declared.name
    assert np.all(values[..., :10] >= 0)
    cells = model.cells[number]
    sums = m.cell_records(cells)
    assert np.all(sums["compliant"] <= sums["enterprises"])


LEVERS = st.fixed_dictionaries(
    {
        "audit_mode": st.sampled_from(["none", "voluntary", "mandatory-listed", "mandatory-all"]),
        "standardization": st.floats(0, 1),
        "audit_capacity": st.floats(0, 20),
        "auditor_payment": st.sampled_from(["enterprise", "pool"]),
        "back_check_rate": st.floats(0, 1),
        "audit_threshold_mode": st.sampled_from(["fixed", "adaptive"]),
        "inspection_rate": st.floats(0, 1),
        "inspection_targeting": st.sampled_from(["random", "record", "risk", "archive"]),
        "fine": st.floats(0, 100),
        "air_tax_rate": st.floats(0, 12),
        "water_tax_rate": st.floats(0, 14),
        "option_subsidy": st.floats(0, 0.8),
        "monitoring_coverage": st.floats(0, 1),
        "closure_after": st.sampled_from([0.0, 1.0, 3.0]),
        "energy_tax": st.floats(0, 1000),
        "technical_support": st.floats(0, 1),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(levers=LEVERS, seed=st.integers(0, 2**40))
def test_every_quarter_of_any_policy_is_sound(levers: dict[str, object], seed: int) -> None:
    park = cp.park("mixed", enterprises=25)
    model = cp.ParkModel(cp.scenario("voluntary", **levers), park, rng=seed, quarters=8)
    while model.running:
        model.step()
        check_state(model)
        check_outcomes(model)
    balances = account_balances(model)
    scale = sum(abs(value) for value in balances.values())
    assert sum(balances.values()) == pytest.approx(0.0, abs=1e-9 * scale)


def test_without_policy_options_or_learning_flows_stay_output_times_intensity() -> None:
    """No policy, no options, no learning: resource use is output times intensity, exactly."""
    policy = cp.scenario("no-policy", new_options="none", output_growth=0.0)
    still = {
        "review_rate": 0.0,
        "peer_contact": 0.0,
        "lapse_hazard": 0.0,
        "cost_elasticity": 0.0,
        "turnover": 0.0,
        "pass_through": 0.0,
        "entry_speed": 0.0,
        "patience": 40.0,
        "initial_cash": 1.0,
    }
    model = cp.ParkModel(policy.with_behaviour(**still), cp.park("mixed", enterprises=40), rng=2)
    start = model.world.enterprises.copy()
    model.run()
    growth = model.world.sectors["growth"][start["sector"]]
    settled = model.world.enterprises["founded"] == 0
    last = model.quarters - 1
    grown = start["output"] * (1 + growth / 4) ** last
    for flow in UNTREATED_FLOWS:
        expected = (grown * start["intensity"][:, flow])[settled].sum()
        assert settled.all()
        total = m.cell_records(model.cells[last])["flow"][..., flow].sum()
        assert total == pytest.approx(expected, rel=1e-12)
