"""Both drivers give the same bits; a run is determined by scenario, park and seed alone."""

from __future__ import annotations

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.scene import Links
from cleanpark.model.simulate import advance, empty_totals, simulate_seed
from cleanpark.model.streams import quarter_draws
from cleanpark.model.world import build_world, policy_records

EVERYTHING = {
    "audit_mode": "mandatory-all",
    "standardization": 0.6,
    "audit_capacity": 8.0,
    "auditor_payment": "pool",
    "back_check_rate": 0.2,
    "audit_threshold_mode": "adaptive",
    "inspection_targeting": "record",
    "monitoring_coverage": 0.5,
    "option_subsidy": 0.3,
    "level_award": 20.0,
    "carbon_price": 50.0,
    "disclosure": 0.5,
    "production_restriction": 0.3,
    "restriction_after": 1.0,
    "closure_after": 3.0,
    "daily_fine": 10.0,
    "training_reach": 0.3,
    "voc_tax_rate": 15.0,
}


@pytest.mark.parametrize(
    ("name", "levers", "parks"),
    [
        ("voluntary", {}, ["mixed"]),
        ("voluntary", EVERYTHING, ["mixed"]),
        ("full-mix", {"inspection_targeting": "risk"}, ["heavy", "high-tech"]),
        ("no-policy", {"inspection_targeting": "archive", "inspection_rate": 0.2}, ["heavy"]),
    ],
)
def test_both_engines_give_equal_bits_after_every_quarter(
    name: str, levers: dict[str, object], parks: list[str]
) -> None:
    places = [cp.park(park, enterprises=30) for park in parks]
    policy = cp.scenario(name, **levers)
    models = [
        cp.ParkModel(policy, places, rng=3, engine=engine, quarters=9)
        for engine in ("agents", "compiled")
    ]
    for quarter in range(9):
        for model in models:
            model.step()
        for part in ("enterprises", "teams", "parks"):
            one, other = (getattr(model.world, part) for model in models)
            for column in one.dtype.names:
                assert np.array_equal(one[column], other[column]), (quarter, part, column)
        assert np.array_equal(models[0].cells, models[1].cells)
        assert np.array_equal(models[0].park_sums, models[1].park_sums)


def test_splitting_a_run_in_two_changes_nothing() -> None:
    parks = [cp.park("mixed", enterprises=80)]
    policy = policy_records(cp.scenario("full-mix"), parks, 12)
    results = []
    for pieces in ([12], [5, 7]):
        world = build_world(parks, 11, 60)
        cells, sums = empty_totals(12, 1, len(world.sectors))
        first = 0
        for quarters in pieces:
            advance(world, policy, first, quarter_draws(11, first, quarters, 80), cells, sums)
            first += quarters
        results.append((world.enterprises.copy(), cells, sums))
    assert np.array_equal(results[0][0], results[1][0])
    assert np.array_equal(results[0][1], results[1][1])


def test_one_more_enterprise_leaves_the_others_draws_alone() -> None:
    few = quarter_draws(5, 3, 2, 20)
    many = quarter_draws(5, 3, 2, 21)
    assert np.array_equal(few, many[:, :20])
    small, large = (build_world([cp.park("mixed", enterprises=n)], 5, 3) for n in (40, 41))
    for column in ("output", "attitude", "implemented", "sector"):
        assert np.array_equal(small.enterprises[column], large.enterprises[column][:40])


def test_permuting_enterprises_permutes_results() -> None:
    """Permute state, draws and links together; only the order of sums differs."""
    parks = [cp.park("mixed", enterprises=60)]
    policy = policy_records(cp.scenario("voluntary"), parks, 8)
    draws = quarter_draws(2, 0, 8, 60)
    order = np.random.default_rng(1).permutation(60)
    place = np.argsort(order)
    worlds = []
    for permute in (False, True):
        world = build_world(parks, 2, 6)
        table = draws
        if permute:
            offsets, linked = world.links
            rows = linked.reshape(60, -1)
            world.enterprises = world.enterprises[order]
            world.links = Links(offsets, place[rows[order]].astype(np.int32).reshape(-1))
            table = np.ascontiguousarray(draws[:, order])
        cells, sums = empty_totals(8, 1, len(world.sectors))
        advance(world, policy, 0, table, cells, sums)
        worlds.append(world)
    plain, permuted = worlds[0].enterprises[order], worlds[1].enterprises
    for column in ("output", "cash", "belief", "technology", "attitude"):
        assert permuted[column] == pytest.approx(plain[column], rel=1e-9)
    for column in ("implemented", "identified", "level", "violating", "record"):
        assert np.array_equal(permuted[column], plain[column])


def test_seeds_differ_and_repeat() -> None:
    parks = [cp.park("mixed", enterprises=30)]
    policy = [cp.scenario("voluntary")]
    one, again, other = (simulate_seed(policy, parks, seed, 6).quarterly for seed in (0, 0, 1))
    assert np.array_equal(one, again, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)


def test_scenarios_of_one_seed_do_not_touch_each_other() -> None:
    parks = [cp.park("mixed", enterprises=30)]
    together = [cp.scenario(name) for name in ("full-mix", "voluntary")]
    alone = simulate_seed(together[1:], parks, 4, 6).quarterly[0]
    beside = simulate_seed(together, parks, 4, 6).quarterly[1]
    assert np.array_equal(alone, beside, equal_nan=True)
