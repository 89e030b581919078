"""Large parks in chunks: the same bits on any number of cores and on either driver."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model import chunks
from cleanpark.model.chunks import bounds, each_chunk, leaves
from cleanpark.model.cores import CORES

LEVERS = {
    "audit_mode": "mandatory-all",
    "audit_capacity": 8.0,
    "auditor_payment": "pool",
    "back_check_rate": 0.5,
    "audit_threshold_mode": "adaptive",
    "inspection_targeting": "record",
    "inspection_rate": 0.3,
}


def model(engine: str, quarters: int = 5, enterprises: int = 20) -> cp.ParkModel:
    """Two small parks under a policy that moves most of what parks add up."""
    places = [cp.park(name, enterprises=enterprises) for name in ("heavy", "mixed")]
    policy = cp.scenario("mandatory", **LEVERS)
    return cp.ParkModel(policy, places, rng=3, engine=engine, quarters=quarters)


def assert_equal(one: Any, other: Any) -> None:
    """Both models hold the same bits everywhere."""
    for part in ("enterprises", "teams", "parks"):
        first, second = getattr(one.world, part), getattr(other.world, part)
        for column in first.dtype.names:
            assert np.array_equal(first[column], second[column]), (part, column)
    assert np.array_equal(one.cells, other.cells)
    assert np.array_equal(one.park_sums, other.park_sums)


def test_chunks_cover_every_enterprise_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 7)
    assert bounds(20) == [(0, 7), (7, 14), (14, 20)]
    met: list[int] = []
    each_chunk(lambda _, first, end: met.extend(range(first, end)), 20, threads=2)
    assert sorted(met) == list(range(20))


def test_both_drivers_and_any_number_of_cores_give_equal_bits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chunks, "CHUNK", 7)
    agents = model("agents").run()
    for number in ("1", "3"):
        monkeypatch.setenv(CORES, number)
        assert_equal(agents, model("compiled").run())


def test_a_park_of_one_chunk_is_as_if_there_were_none(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = model("compiled").run()
    monkeypatch.setattr(chunks, "CHUNK", 40)
    assert_equal(whole, model("compiled").run())


def test_chunks_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever enterprises add to arrives: after a quarter each sum is that of a run in one piece,
    but for the order of additions. That teams learn within a quarter is seen by a chunk alone."""
    whole = model("compiled", quarters=1).run()
    monkeypatch.setattr(chunks, "CHUNK", 7)
    parts = model("compiled", quarters=1).run()
    for one, other in zip(leaves(whole.world.parks), leaves(parts.world.parks), strict=True):
        assert np.allclose(one, other, rtol=1e-9, atol=1e-12)
    assert np.array_equal(whole.world.teams["audits"], parts.world.teams["audits"])
    assert whole.world.teams["audits"].sum() > 0
    assert np.allclose(whole.cells, parts.cells, rtol=1e-6, atol=1e-9)
