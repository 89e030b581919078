"""What a user's table says of real enterprises is what the run starts from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.world import build_world
from cleanpark.scenarios.flows import FLOWS

COLUMNS = (
    "id,sector,产值（万元）,energy (tce),water (m3),cod (kg),removal_water,technology,attitude,"
    "last_audit,monitored\n"
)
TABLE = f"""{COLUMNS}a,chemicals,9000,5000,70000,3200,0.8,0.5,0.9,2024-06-30,yes
b,textile_dyeing,5000,,120000,,,,,,
c,electronics,20000,900,,,,0.2,0.1,,no
"""


@pytest.fixture
def park(tmp_path: Path) -> cp.Park:
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    return cp.park(path)


def test_known_values_replace_what_was_drawn(park: cp.Park) -> None:
    records = build_world([park], 1, 1, calibrated=False).enterprises
    assert 4 * records["output"] == pytest.approx([9000, 5000, 20000])
    yearly = 4 * records["output"][:, None] * records["intensity"]
    energy, water, cod = (FLOWS.index(name) for name in ("energy", "water", "cod"))
    assert yearly[0, energy] == pytest.approx(5000)
    assert yearly[:2, water] == pytest.approx([70000, 120000])
    assert yearly[2, energy] == pytest.approx(900)
    passed = 1.0 - park.works_removal if records["connected"][0] else 1.0
    assert yearly[0, cod] * (1 - 0.8) * passed == pytest.approx(3200)
    assert records["attitude"][[0, 2]] == pytest.approx([0.9, 0.1])
    assert records["technology"][0] == pytest.approx(0.5, abs=0.1)
    assert records["technology"][2] == pytest.approx(0.2, abs=0.1)
    assert records["last_audit"][0] == -7
    assert records["monitoring_rank"][0] < 0 <= records["monitoring_rank"][2]


def test_unknown_values_are_drawn_and_differ_between_seeds(park: cp.Park) -> None:
    first, second = (build_world([park], seed, 1).enterprises for seed in (1, 2))
    energy = FLOWS.index("energy")
    assert first["intensity"][1, energy] != second["intensity"][1, energy]
    assert np.array_equal(first["output"], second["output"])


def test_a_users_park_runs_on_both_engines_alike(park: cp.Park) -> None:
    runs = [
        cp.ParkModel("mandatory", park, rng=4, engine=engine, quarters=6).run()
        for engine in ("agents", "compiled")
    ]
    assert np.array_equal(runs[0].cells, runs[1].cells)
    assert runs[0].enterprises()["id"].tolist() == ["a", "b", "c"]
