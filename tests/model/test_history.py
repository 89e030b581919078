"""A future that goes on from a history is the run that changed its levers at that date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.batch import simulate_batch, simulate_batch_with_agents
from cleanpark.model.history import run_history
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.simulate import simulate_seed
from cleanpark.scenarios.records import behaviour_record

CHANGE = {
    "fine": 40.0,
    "audit_mode": "mandatory-all",
    "audit_teams": 10.0,
    "monitoring_coverage": 0.5,
}
WHOLE = cp.scenario("voluntary", **{name: {"2027-Q2": value} for name, value in CHANGE.items()})
LATER = cp.scenario("voluntary", **CHANGE)
DONE, QUARTERS = 5, 11


def places(*names: str) -> list[Any]:
    return [cp.park(name, enterprises=30) for name in names]


@pytest.mark.parametrize("names", [("mixed",), ("heavy", "high-tech")])
@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_going_on_is_the_run_that_changed_at_the_date(
    names: tuple[str, ...], engine: str, tmp_path: Path
) -> None:
    parks = places(*names)
    history = run_history(cp.scenario("voluntary"), parks, DONE, 4)
    history = cp.load_history(history.save(tmp_path / "history.npz"), parks)
    whole = cp.ParkModel(WHOLE, parks, rng=4, quarters=QUARTERS).run()
    later = cp.ParkModel(LATER, parks, rng=4, quarters=QUARTERS, engine=engine, history=history)
    later.run()
    for column in whole.world.enterprises.dtype.names:
        assert np.array_equal(whole.world.enterprises[column], later.world.enterprises[column]), (
            column
        )
    assert np.array_equal(whole.cells, later.cells)
    assert np.array_equal(whole.park_sums, later.park_sums)
    assert whole.outcomes().equals(later.outcomes())


def test_many_futures_go_on_from_one_history_unharmed() -> None:
    parks = places("mixed")
    history = run_history(cp.scenario("voluntary"), parks, DONE, 4)
    futures = [LATER, cp.scenario("voluntary"), cp.scenario("full-mix")]
    together = simulate_seed(futures, parks, 4, QUARTERS, history=history)
    whole = simulate_seed([WHOLE, cp.scenario("voluntary")], parks, 4, QUARTERS)
    assert np.array_equal(together.quarterly[:2], whole.quarterly, equal_nan=True)
    alone = simulate_seed(futures[2:], parks, 4, QUARTERS, history=history)
    assert np.array_equal(together.quarterly[2], alone.quarterly[0], equal_nan=True)


@pytest.mark.parametrize("simulate", [simulate_batch, simulate_batch_with_agents])
def test_rows_of_a_study_go_on_from_a_history(simulate: Any) -> None:
    parks = places("mixed")
    history = run_history(cp.scenario("voluntary"), parks, DONE, 4)
    behaviours = np.array([behaviour_record({})[0]] * 2)
    later = np.stack(
        [one.schedule(QUARTERS, ["mixed"]) for one in (LATER, cp.scenario("mandatory"))]
    )
    found = simulate(later, behaviours, parks, 4, OUTCOME_NAMES, False, history)
    policies = np.stack([WHOLE.schedule(QUARTERS, ["mixed"])])
    whole = simulate_batch(policies, behaviours[:1], parks, 4, OUTCOME_NAMES)
    assert found.values[0] == pytest.approx(whole.values[0], rel=1e-11, nan_ok=True)
    assert not np.array_equal(found.values[0], found.values[1], equal_nan=True)


def test_a_model_gives_its_history() -> None:
    model = cp.ParkModel("voluntary", places("mixed"), rng=4, quarters=QUARTERS)
    for _ in range(DONE):
        model.step()
    later = cp.ParkModel(LATER, places("mixed"), rng=4, quarters=QUARTERS, history=model.history())
    whole = cp.ParkModel(WHOLE, places("mixed"), rng=4, quarters=QUARTERS).run()
    assert later.run().outcomes().equals(whole.outcomes())
    model.run()  # the model itself goes on as if nothing had been kept
    assert model.outcomes().equals(
        cp.ParkModel("voluntary", places("mixed"), rng=4, quarters=QUARTERS).run().outcomes()
    )


def test_what_a_history_cannot_be_gone_on_with_is_said(tmp_path: Path) -> None:
    parks = places("mixed")
    history = run_history(cp.scenario("voluntary"), parks, DONE, 4)
    with pytest.raises(cp.InputError, match="seed 4, not 5"):
        cp.ParkModel(LATER, parks, rng=5, quarters=QUARTERS, history=history)
    with pytest.raises(cp.InputError, match="has 5 already, up to 2027-Q1"):
        cp.ParkModel(LATER, parks, rng=4, quarters=5, history=history)
    with pytest.raises(cp.InputError, match="other parks"):
        cp.ParkModel(LATER, places("heavy"), rng=4, quarters=QUARTERS, history=history)
    file = history.save(tmp_path / "history.npz")
    with pytest.raises(cp.InputError, match="other parks"):
        cp.load_history(file, places("heavy"))
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(cp.InputError, match="damaged"):
        cp.load_history(file, parks)
    with pytest.raises(cp.InputError, match="no such file"):
        cp.load_history(tmp_path / "none.npz", parks)
