"""Volatile organic compounds in whole runs: what a pilot changes, and what nothing changes."""

from __future__ import annotations

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.agents.state import VOC
from cleanpark.model import measures as m
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.simulate import simulate_seed

PARK = cp.park("mixed", enterprises=60)
OWN = ("voc", "reported_voc", "external_damage")


def horizon(policy, quarters=16, seed=3):
    values = simulate_seed([policy], [PARK], seed, quarters).horizon[0, 0]
    return dict(zip(OUTCOME_NAMES, values.tolist(), strict=True))


def test_without_a_pilot_they_count_in_no_tax_and_no_equivalents():
    """Twice as many of them change their own amounts and their damage, and nothing else."""
    plain = horizon(cp.scenario("voluntary"))
    double = horizon(cp.scenario("voluntary").with_behaviour(voc_effort=0.0))
    assert double["voc"] > 1.5 * plain["voc"] > 0.0
    for name, value in plain.items():
        if name not in OWN and not np.isnan(value):
            assert double[name] == value, name


def test_a_pilot_lowers_them_and_is_paid_for():
    plain = horizon(cp.scenario("voluntary"))
    taxed = horizon(cp.scenario("voluntary", voc_tax_rate=16.0))
    assert taxed["voc"] < 0.95 * plain["voc"]
    assert taxed["taxes"] > plain["taxes"]
    assert taxed["treatment_cost"] > plain["treatment_cost"]
    assert taxed["reported_voc"] <= taxed["voc"]


def test_a_pilot_begins_in_its_quarter():
    dated = cp.scenario("voluntary", voc_tax_rate={"2027-Q1": 19.0})
    runs = [cp.ParkModel(one, PARK, rng=2, quarters=8).run() for one in ("voluntary", dated)]
    amounts = [m.cell_records(run.cells)["flow"][..., VOC].sum(axis=(1, 2)) for run in runs]
    assert np.array_equal(amounts[0][:4], amounts[1][:4])
    assert np.all(amounts[1][4:] < amounts[0][4:])


def test_what_is_generated_is_discharged_or_removed():
    model = cp.ParkModel(cp.scenario("voluntary", voc_tax_rate=15.0), PARK, rng=5, quarters=1)
    before = model.world.enterprises.copy()
    model.run()
    records = model.world.enterprises
    assert np.all((records["voc_effort"] >= 0.7) & (records["voc_effort"] <= 1.0))
    removal = model.world.sectors["removal"][records["sector"], VOC]
    made = before["output"] * records["intensity"][:, VOC]
    left = made * (1.0 - removal * records["voc_effort"])
    told = m.cell_records(model.cells)["flow"][0, ..., VOC].sum()
    assert told == pytest.approx(left.sum(), rel=1e-12)


def test_a_park_s_own_amounts_come_out_at_the_start(tmp_path):
    file = tmp_path / "park.csv"
    file.write_text(
        "id,sector,output (10^4 CNY),voc (kg)\nA,chemicals,12000,9000\nB,machinery,8000,\n"
    )
    park = cp.park(file)
    model = cp.ParkModel("voluntary", park, rng=1, quarters=1)
    records = model.world.enterprises
    removal = model.world.sectors["removal"][records["sector"], VOC]
    left = 4.0 * records["output"] * records["intensity"][:, VOC] * (1.0 - 0.7 * removal)
    assert left[0] == pytest.approx(9000.0, rel=0.02)  # the mean of the first year is fitted
    assert left[1] > 0.0
