"""Many runs under one seed, without a return to Python between them.

All samples of a study's parameters meet the same draws: they are made once for a seed, and the
initial park is transformed by each sample's behaviour inside compiled code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.beginnings import begin
from cleanpark.model import measures as m
from cleanpark.model.compiled import compile_cached
from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES, Sums
from cleanpark.model.quarter import run_quarter
from cleanpark.model.simulate import advance, draw_blocks
from cleanpark.model.streams import initial_draws, quarter_draws
from cleanpark.model.world import (
    World,
    build_world,
    most_teams,
    park_records,
    site_records,
    team_records,
)
from cleanpark.scenarios.park import Park

RUNS_AT_ONCE = 32
"""Runs whose sums are in memory together."""
MOST_SHARED = 20_000
"""Enterprises up to which all draws of a seed are kept in memory."""


@dataclass(frozen=True)
class BatchResult:
    """Outcomes of many runs under one seed, over all parks; NaN where undefined.

    ``values`` (runs, outcomes) over the horizon; ``series`` (runs, outcomes, quarters) or None.
    """

    values: NDArray[np.float64]
    series: NDArray[np.float64] | None


def run_runs(
    template: Any,
    enterprises: Any,
    first_teams: Any,
    teams: Any,
    first_parks: Any,
    parks: Any,
    sectors: Any,
    sites: Any,
    policies: Any,
    behaviours: Any,
    initial: Any,
    draws: Any,
    links: Any,
    before: Any,
    totals: Any,
    park_totals: Any,
) -> None:
    """Each run from its own start through all quarters; sums by (run, quarter, park, measure)."""
    for run in range(len(behaviours)):
        behaviour = behaviours[run]
        for i in range(len(template)):
            enterprises[i] = template[i]
            enterprise = enterprises[i]
            site = sites[enterprise.park]
            begin(enterprise, sectors[enterprise.sector], behaviour, site, initial[i])
        for i in range(len(first_teams)):
            teams[i] = first_teams[i]
        for i in range(len(first_parks)):
            parks[i] = first_parks[i]
            parks[i].works_limit = behaviour.works_limit
        for quarter in range(len(draws)):
            run_quarter(
                quarter,
                enterprises,
                teams,
                parks,
                sectors,
                policies[run, quarter],
                behaviour,
                draws[quarter],
                links,
                before,
                totals[run, quarter],
                park_totals[run, quarter],
            )


@functools.cache
def compiled_runs() -> Callable[..., Any]:
    """The compiled loop over runs."""
    return compile_cached(run_runs)


def reduce_runs(
    cells: NDArray[np.float64],
    park_sums: NDArray[np.float64],
    outcomes: Sequence[str],
    over_time: bool,
) -> BatchResult:
    """Outcomes from sums by (run, quarter, park, cell, measure) and (run, quarter, park, item)."""
    by_quarter = Sums(cells.sum(axis=(2, 3)), park_sums.sum(axis=2))
    whole = Sums(by_quarter.cells.sum(axis=1), by_quarter.parks.sum(axis=1))
    chosen = [OUTCOMES[OUTCOME_NAMES.index(name)] for name in outcomes]
    values = np.stack([one.value(whole) for one in chosen], axis=-1)
    series = None
    if over_time:
        series = np.stack([one.value(by_quarter) for one in chosen], axis=1)
    return BatchResult(values, series)


def joined(parts: Sequence[BatchResult]) -> BatchResult:
    """Parts of a batch as one."""
    series = [part.series for part in parts if part.series is not None]
    return BatchResult(
        np.concatenate([part.values for part in parts]), np.concatenate(series) if series else None
    )


def simulate_batch(
    policies: Any,
    behaviours: Any,
    parks: Sequence[Park],
    seed: int,
    outcomes: Sequence[str],
    over_time: bool = False,
) -> BatchResult:
    """Run each row of levers and behaviour on the parks under one seed.

    ``policies`` are records of dtype POLICY, shape (runs, quarters, parks); ``behaviours`` of
    dtype BEHAVIOUR, shape (runs,). A run's result does not depend on the others of the batch.
    """
    count = sum(park.enterprises for park in parks)
    if count > MOST_SHARED or any(park.table is not None for park in parks):
        return _one_by_one(policies, behaviours, parks, seed, outcomes, over_time)
    quarters = policies.shape[1]
    teams = most_teams(policies, parks)
    world = build_world(parks, seed, teams)
    initial = np.concatenate([table for _, table in initial_draws(seed, count)])
    draws = quarter_draws(seed, 0, quarters, count)
    start = park_records(parks, world.behaviour, teams)
    sites = site_records(parks)
    # What begin() does not set must be as in a fresh record.
    template = np.zeros_like(world.enterprises)
    for name in ("park", "sector"):
        template[name] = world.enterprises[name]
    parts = []
    for first in range(0, len(behaviours), RUNS_AT_ONCE):
        here = slice(first, first + RUNS_AT_ONCE)
        runs = len(behaviours[here])
        cells = np.zeros((runs, quarters, len(parks), 1, m.N_MEASURES))
        park_sums = np.zeros((runs, quarters, len(parks), m.N_PARK_MEASURES))
        compiled_runs()(
            template, world.enterprises, team_records(seed, len(parks), teams), world.teams,
            start, world.parks, world.sectors, sites, policies[here], behaviours[here],
            initial, draws, world.links, world.before, cells, park_sums,
        )  # fmt: skip
        parts.append(reduce_runs(cells, park_sums, outcomes, over_time))
    return joined(parts)


def _one_by_one(
    policies: Any,
    behaviours: Any,
    parks: Sequence[Park],
    seed: int,
    outcomes: Sequence[str],
    over_time: bool,
) -> BatchResult:
    """The same for large parks and users' tables: a run at a time, its draws in blocks."""
    parts = []
    count = sum(park.enterprises for park in parks)
    quarters = policies.shape[1]
    for policy, behaviour in zip(policies, behaviours, strict=True):
        world = world_of(behaviour, parks, seed, most_teams(policies, parks))
        cells = np.zeros((quarters, len(parks), 1, m.N_MEASURES))
        park_sums = np.zeros((quarters, len(parks), m.N_PARK_MEASURES))
        for first, draws in draw_blocks(seed, count, quarters):
            advance(world, policy, first, draws, cells, park_sums)
            del draws
        parts.append(reduce_runs(cells[None], park_sums[None], outcomes, over_time))
    return joined(parts)


def world_of(behaviour: Any, parks: Sequence[Park], seed: int, teams: int) -> World:
    """The start of a run of this behaviour."""
    values = {name: float(behaviour[name]) for name in behaviour.dtype.names}
    return build_world(parks, seed, teams, values)


def simulate_batch_with_agents(
    policies: Any,
    behaviours: Any,
    parks: Sequence[Park],
    seed: int,
    outcomes: Sequence[str],
    over_time: bool = False,
) -> BatchResult:
    """The same runs with Mesa agents: slow, and equal to the last bit."""
    from cleanpark.model.park_model import ParkModel

    parts = []
    for policy, behaviour in zip(policies, behaviours, strict=True):
        model = ParkModel("voluntary", parks, rng=seed, quarters=policies.shape[1])
        world = world_of(behaviour, parks, seed, most_teams(policies, parks))
        model.take_over(world, policy)
        model.run()
        parts.append(reduce_runs(model.cells[None], model.park_sums[None], outcomes, over_time))
    return joined(parts)
