"""Many runs of one seed: scenarios that meet the same shocks, reduced to outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.draws import QUARTER_DRAWS
from cleanpark.model import measures as m
from cleanpark.model.chunks import CHUNK
from cleanpark.model.outcomes import group_sums, outcome_values
from cleanpark.model.regimes import assign
from cleanpark.model.streams import columns, quarter_draws
from cleanpark.model.world import Records, World, build_world, most_teams, policy_records
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from cleanpark.model.history import History

DRAWS_AT_ONCE = 4_000_000
"""Draws kept in memory together: all quarters of a small park, one quarter of a large one."""


@dataclass(frozen=True)
class SeedResult:
    """Outcomes of several scenarios under one seed; NaN where undefined.

    ``quarterly`` has shape (scenario, quarter, park, outcome), ``horizon`` (scenario, park,
    outcome), ``groups`` (scenario, group, outcome): horizon values over all parks.
    """

    quarterly: NDArray[np.float64]
    horizon: NDArray[np.float64]
    groups: NDArray[np.float64]


def draw_blocks(
    seed: int, enterprises: int, quarters: int, start: int = 0
) -> Iterator[tuple[int, NDArray[np.void]]]:
    """Draws of the quarters from ``start`` up to the horizon ``quarters``, as many together as
    memory should hold."""
    at_once = max(1, min(quarters, DRAWS_AT_ONCE // max(1, enterprises * columns(QUARTER_DRAWS))))
    for first in range(start, quarters, at_once):
        count = min(at_once, quarters - first)
        yield first, quarter_draws(seed, first, count, enterprises)


def empty_totals(
    quarters: int, parks: int, sectors: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Zeros for the sums by (quarter, park, cell, measure) and (quarter, park, park measure)."""
    cells = np.zeros((quarters, parks, m.n_cells(sectors), m.N_MEASURES))
    return cells, np.zeros((quarters, parks, m.N_PARK_MEASURES))


def advance(
    world: World,
    policies: Records,
    first: int,
    draws: NDArray[np.void],
    cells: NDArray[np.float64],
    park_sums: NDArray[np.float64],
) -> None:
    """Run the quarters that ``draws`` covers with the compiled driver, in place."""
    from cleanpark.model.compiled import run_of_size

    last = first + len(draws)
    run = world.run(policies, draws, cells[first:last], park_sums[first:last])
    run_of_size(len(world.enterprises))(first, run)


def reduce_run(
    cells: NDArray[np.float64], park_sums: NDArray[np.float64], sectors: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Outcomes of one run by quarter and park, over the horizon by park, and by group."""
    over_cells = cells.sum(axis=2)
    quarterly = outcome_values(over_cells, park_sums)
    horizon = outcome_values(over_cells.sum(axis=0), park_sums.sum(axis=0))
    groups = group_sums(cells.sum(axis=(0, 1)), sectors)
    group_parks = np.zeros((len(groups), park_sums.shape[-1]))
    group_parks[0] = park_sums.sum(axis=(0, 1))
    return quarterly, horizon, outcome_values(groups, group_parks)


def simulate_seed(
    scenarios: Sequence[Scenario],
    parks: Sequence[Park],
    seed: int,
    quarters: int,
    engine: str = "auto",
    history: History | None = None,
) -> SeedResult:
    """Run every scenario on the parks under one seed, all going on from ``history`` if given.

    The start and the draws are made once and shared: common random numbers cost nothing.
    """
    if history is not None:
        history.check(parks, seed, quarters)
    if engine == "agents":
        return simulate_with_agents(scenarios, parks, seed, quarters, history)
    policies = [policy_records(scenario, parks, quarters) for scenario in scenarios]
    results = []
    starts: dict[tuple[object, ...], World] = {}
    teams = max(most_teams(policy, parks) for policy in policies)
    enterprises = sum(park.enterprises for park in parks)
    start = history.quarters if history is not None else 0
    shared = enterprises <= CHUNK
    blocks = list(draw_blocks(seed, enterprises, quarters, start)) if shared else None
    for scenario, policy in zip(scenarios, policies, strict=True):
        values = scenario.behaviour_values()
        key = tuple(sorted(values.items()))
        if history is not None:
            world = history.world_for(policy, values)
            cells, park_sums = history.totals(quarters)
        else:
            if key not in starts:
                starts[key] = build_world(parks, seed, teams, values)
            alone = len(scenarios) == 1
            world = starts[key] if alone else starts[key].copy()
            cells, park_sums = empty_totals(quarters, len(parks), len(world.sectors))
        assign(world.enterprises, scenario, parks)
        for first, draws in blocks or draw_blocks(seed, enterprises, quarters, start):
            advance(world, policy, first, draws, cells, park_sums)
            del draws  # or two quarters of a million enterprises would be in memory at once
        results.append(reduce_run(cells, park_sums, len(world.sectors)))
    return pack(results)


def pack(
    results: Sequence[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]],
) -> SeedResult:
    """Stack the runs of one seed."""
    quarterly, horizon, groups = zip(*results, strict=True)
    return SeedResult(np.stack(quarterly), np.stack(horizon), np.stack(groups))


def simulate_with_agents(
    scenarios: Sequence[Scenario],
    parks: Sequence[Park],
    seed: int,
    quarters: int,
    history: History | None = None,
) -> SeedResult:
    """The same runs with Mesa agents."""
    from cleanpark.model.park_model import ParkModel

    results = []
    for scenario in scenarios:
        model = ParkModel(scenario, parks, rng=seed, engine="agents", quarters=quarters,
                          history=history)  # fmt: skip
        model.run()
        results.append(reduce_run(model.cells, model.park_sums, len(model.world.sectors)))
    return pack(results)
