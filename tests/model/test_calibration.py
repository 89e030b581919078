"""The first year of a user's park comes out as its file says, by the rule that is stated."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.agents.state import CARBON_DIOXIDE, ENERGY
from cleanpark.model.calibration import (
    CLOSE,
    TREATED,
    calibration,
    columns_fitted,
    correct,
    seeds_for,
    targets,
)
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.simulate import simulate_seed
from cleanpark.model.world import build_world
from cleanpark.scenarios.flows import FLOWS
from cleanpark.scenarios.sectors import sectors

AMOUNTS = FLOWS[:9]
"""Flows that the file below gives: all but carbon dioxide."""


def written(path: Path, enterprises: int, seed: int) -> Path:
    """A file in which every enterprise has every amount, around what is typical of its sector."""
    random = np.random.default_rng(seed)
    catalogue = [one for one in sectors() if one.name != "other"]
    units = {"energy": "tce", "water": "m3", "solid_waste": "t", "hazardous_waste": "t"}
    heads = [f"{name} ({units.get(name, 'kg')})" for name in AMOUNTS]
    lines = [",".join(["id", "sector", "output (10,000 CNY)".replace(",", ""), *heads])]
    lines[0] = lines[0].replace("output (10000 CNY)", "产值（万元）")
    for number in range(enterprises):
        sector = catalogue[random.integers(len(catalogue))]
        output = 4 * sector.economy.output_median.value * random.lognormal(0.0, 0.5)
        cells = [f"e{number}", sector.name, f"{output:.2f}"]
        for name in AMOUNTS:
            load = 0.75 * sector.worst[name].value * output * random.lognormal(0.0, 0.4)
            treated = FLOWS.index(name) in TREATED
            left = 1 - 0.89 * sector.removal[name].value if treated else 1.0
            cells.append(f"{load * left:.6g}")
        lines.append(",".join(cells))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> cp.Park:
    return cp.park(written(tmp_path_factory.mktemp("park") / "mine.csv", 120, 5))


def first_year(park: cp.Park, seeds: range) -> dict[str, float]:
    """Every outcome of the first year under the reference, mean over seeds."""
    runs = [simulate_seed([cp.scenario("voluntary")], [park], one, 4).horizon for one in seeds]
    return dict(zip(OUTCOME_NAMES, np.mean(runs, axis=0)[0, 0]))


def test_the_parks_own_numbers_come_out_within_one_percent(park: cp.Park) -> None:
    assert park.table is not None
    found = first_year(park, range(20))
    for name in ("energy", "water", *(f"reported_{FLOWS[flow]}" for flow in TREATED)):
        wanted = park.table[name.removeprefix("reported_")].sum()
        assert found[name] == pytest.approx(wanted, rel=0.01), name


def test_what_is_told_is_what_runs_do(park: cp.Park) -> None:
    fit = calibration(park)
    assert fit is not None
    found = first_year(park, range(fit.seeds))
    for one in fit.fitted:
        if FLOWS.index(one.column) in TREATED:
            # what a leaving tenant reports in its last quarter is not seen: as the one before
            assert found[f"reported_{one.column}"] == pytest.approx(one.model, rel=3e-3)
    assert {one.column for one in fit.fitted} == set(AMOUNTS)
    assert all(one.enterprises == 120 for one in fit.fitted)


def test_seeds_that_were_not_fitted_to_come_as_close_as_shocks_allow(park: cp.Park) -> None:
    fit = calibration(park)
    assert fit is not None
    found = first_year(park, range(100, 120))
    for one in fit.fitted:
        if one.column in ("energy", "water"):
            assert found[one.column] == pytest.approx(one.file, rel=0.01)
        elif FLOWS.index(one.column) in TREATED:
            chance = 4.0 * one.spread / np.sqrt(20)
            assert abs(found[f"reported_{one.column}"] - one.file) < chance + 0.15 * one.file


def test_a_file_of_energy_alone_sets_carbon_dioxide_too(tmp_path: Path) -> None:
    path = tmp_path / "energy.csv"
    path.write_text(
        "id,sector,产值（万元）,energy (tce)\na,metals,9000,2500\nb,chemicals,8000,900\n", "utf-8"
    )
    park = cp.park(path)
    rows = build_world([park], 3, 1).enterprises
    sector = {one.name: one for one in sectors()}
    for row, name in zip(rows, ("metals", "chemicals")):
        factor = sector[name].worst["carbon_dioxide"].value / sector[name].worst["energy"].value
        carbon, energy = row["base"][CARBON_DIOXIDE], row["base"][ENERGY]
        assert carbon / energy == pytest.approx(factor)
    assert [FLOWS[flow] for flow in columns_fitted(park)] == ["energy"]


def test_only_loads_and_removal_are_touched(park: cp.Park) -> None:
    before = build_world([park], 7, 2, calibrated=False)
    after = build_world([park], 7, 2)
    assert before.sectors.tobytes() == after.sectors.tobytes()
    assert before.behaviour.tobytes() == after.behaviour.tobytes()
    assert before.parks.tobytes() == after.parks.tobytes()
    changed = {
        name
        for name in before.enterprises.dtype.names
        if not np.array_equal(before.enterprises[name], after.enterprises[name])
    }
    assert changed <= {"base", "intensity", "shortfall"}


def test_the_same_file_has_the_same_corrections(tmp_path: Path, park: cp.Park) -> None:
    again = cp.park(written(tmp_path / "mine.csv", 120, 5))
    first, second = calibration(park), calibration(again)
    assert first is not None
    assert second is not None
    assert np.array_equal(first.corrections, second.corrections)


def test_a_discharge_that_is_none_stays_none(tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("id,sector,产值（万元）,cod (kg)\na,chemicals,9000,0\nb,food,8000,0\n", "utf-8")
    found = first_year(cp.park(path), range(3))
    assert found["reported_cod"] < 1e-3


def test_corrections_of_one_change_nothing(park: cp.Park) -> None:
    world = build_world([park], 2, 1, calibrated=False)
    before = world.enterprises.copy()
    same = np.ones((2, park.enterprises, len(FLOWS)))
    correct(world.enterprises, park, world.sectors, same)
    for name in ("base", "intensity", "shortfall"):
        assert world.enterprises[name] == pytest.approx(before[name])


def test_packaged_parks_are_not_fitted() -> None:
    assert calibration(cp.park("mixed", 20)) is None
    assert columns_fitted(cp.park("mixed", 20)) == []


def test_targets_are_discharges_and_else_what_is_generated(tmp_path: Path) -> None:
    path = tmp_path / "both.csv"
    path.write_text(
        "id,sector,产值（万元）,cod (kg),COD产生量(kg)\na,chemicals,9000,900,20000\n"
        "b,chemicals,9000,,15000\n",
        "utf-8",
    )
    cod = FLOWS.index("cod")
    assert targets(cp.park(path))[:, cod].tolist() == [900.0, 15000.0]


def test_large_parks_need_fewer_seeds() -> None:
    assert seeds_for(1) == seeds_for(200) == 20
    assert 4 <= seeds_for(10_000) < 20
    assert CLOSE < 0.01
