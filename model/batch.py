"""Many runs under one seed, without a return to Python between them.

All samples of a study's parameters meet the same draws: they are made once for a seed, and the
initial park is transformed by each sample's behaviour inside compiled code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.model import interpreted
from cleanpark.model import measures as m
from cleanpark.model.chunks import CHUNK
from cleanpark.model.compiled import compile_cached, run_quarter_of, start_run
from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES, Sums, compares_teams
from cleanpark.model.scene import Run, Starts
from cleanpark.model.simulate import advance, draw_blocks
from cleanpark.model.streams import initial_draws, quarter_draws
from cleanpark.model.world import (
    World,
    build_world,
    most_teams,
    site_records,
)
from cleanpark.scenarios.park import Park

if TYPE_CHECKING:
    from cleanpark.model.history import History

RUNS_AT_ONCE = 32
"""Runs whose sums are in memory together."""


@dataclass(frozen=True)
class BatchResult:
    """Outcomes of many runs under one seed, over all parks; NaN where undefined.

    ``values`` (runs, outcomes) over the horizon; ``series`` (runs, outcomes, quarters) or None.
    """

    values: NDArray[np.float64]
    series: NDArray[np.float64] | None


def run_runs(first: int, starts: Starts, runs: Run) -> None:
    """Each run from its own start through all quarters; sums by (run, quarter, park, measure).

    Policies and totals of ``runs`` are by run and quarter, its
    behaviour is by run, its draws by quarter from ``first`` on. From quarter 0 on each run's
    behaviour makes its own enterprises; from a later one on all begin with those of ``starts``.
    """
    for run in range(len(runs.behaviour)):
        behaviour = runs.behaviour[run]
        start_run(first, starts, runs, behaviour)
        for step in range(len(runs.draws)):
            quarter = first + step
            run_quarter_of(
                quarter,
                runs,
                behaviour,
                runs.policies[run, quarter],
                runs.draws[step],
                runs.totals[run, quarter],
                runs.park_totals[run, quarter],
            )


@functools.cache
def compiled_runs() -> Callable[..., Any]:
    """The compiled loop over runs."""
    return compile_cached(run_runs, interpreted.run_runs)


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
    history: History | None = None,
) -> BatchResult:
    """Run each row of levers and behaviour on the parks under one seed.

    ``policies`` are records of dtype POLICY, shape (runs, quarters, parks); ``behaviours`` of
    dtype BEHAVIOUR, shape (runs,). A run's result does not depend on the others of the batch.
    All go on from ``history`` where one is given.
    """
    quarters = policies.shape[1]
    if history is not None:
        history.check(parks, seed, quarters)
    count = sum(park.enterprises for park in parks)
    if count > CHUNK or any(park.table is not None for park in parks):
        return _one_by_one(policies, behaviours, parks, seed, outcomes, over_time, history)
    teams = most_teams(policies, parks)
    first = 0 if history is None else history.quarters
    world = start_of(behaviours[0], policies, parks, seed, teams, outcomes, history)
    template = world.enterprises.copy()
    if history is None:  # what begin() does not set must be as in a fresh record
        template = np.zeros_like(world.enterprises)
        for name in ("park", "sector", "regime"):
            template[name] = world.enterprises[name]
    initial = np.concatenate([table for _, table in initial_draws(seed, count)])
    starts = Starts(template, world.teams.copy(), world.parks.copy(), site_records(parks), initial)
    draws = quarter_draws(seed, first, quarters - first, count)
    parts = []
    for begun in range(0, len(behaviours), RUNS_AT_ONCE):
        here = slice(begun, begun + RUNS_AT_ONCE)
        cells, park_sums = batch_totals(len(behaviours[here]), quarters, parks, history)
        runs = world.run(policies[here], draws, cells, park_sums, behaviours[here])
        compiled_runs()(first, starts, runs)
        parts.append(reduce_runs(cells, park_sums, outcomes, over_time))
    return joined(parts)


def batch_totals(
    runs: int, quarters: int, parks: Sequence[Park], history: History | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sums of so many runs, over each park as a whole, with those of the history in place."""
    cells = np.zeros((runs, quarters, len(parks), 1, m.N_MEASURES))
    park_sums = np.zeros((runs, quarters, len(parks), m.N_PARK_MEASURES))
    if history is not None:
        cells[:, : history.quarters] = history.cells.sum(axis=2, keepdims=True)
        park_sums[:, : history.quarters] = history.park_sums
    return cells, park_sums


def _one_by_one(
    policies: Any,
    behaviours: Any,
    parks: Sequence[Park],
    seed: int,
    outcomes: Sequence[str],
    over_time: bool,
    history: History | None,
) -> BatchResult:
    """The same for large parks and users' tables: a run at a time, its draws in blocks."""
    parts = []
    count = sum(park.enterprises for park in parks)
    quarters = policies.shape[1]
    start = 0 if history is None else history.quarters
    teams = most_teams(policies, parks)
    for policy, behaviour in zip(policies, behaviours, strict=True):
        world = start_of(behaviour, policy[None], parks, seed, teams, outcomes, history)
        cells, park_sums = batch_totals(1, quarters, parks, history)
        for first, draws in draw_blocks(seed, count, quarters, start):
            advance(world, policy, first, draws, cells[0], park_sums[0])
            del draws
        parts.append(reduce_runs(cells, park_sums, outcomes, over_time))
    return joined(parts)


def start_of(
    behaviour: Any,
    policies: Any,
    parks: Sequence[Park],
    seed: int,
    teams: int,
    outcomes: Sequence[str],
    history: History | None,
) -> World:
    """The start of a run of this behaviour, or where its history got to; what none of the
    outcomes needs is not going to be computed."""
    values = {name: float(behaviour[name]) for name in behaviour.dtype.names}
    if history is None:
        world = build_world(parks, seed, teams, values)
    else:
        world = history.world_for(policies, values)
    world.parks["compares_teams"] = compares_teams(outcomes)
    return world


def simulate_batch_with_agents(
    policies: Any,
    behaviours: Any,
    parks: Sequence[Park],
    seed: int,
    outcomes: Sequence[str],
    over_time: bool = False,
    history: History | None = None,
) -> BatchResult:
    """The same runs with Mesa agents: slow, and equal to the last bit."""
    from cleanpark.model.park_model import ParkModel

    parts = []
    quarters = policies.shape[1]
    teams = most_teams(policies, parks)
    for policy, behaviour in zip(policies, behaviours, strict=True):
        model = ParkModel("voluntary", parks, rng=seed, quarters=quarters, history=history)
        world = start_of(behaviour, policies, parks, seed, teams, outcomes, history)
        cells, park_sums = batch_totals(1, quarters, parks, history)
        model.take_over(world, policy, cells[0], park_sums[0])
        model.run()
        parts.append(reduce_runs(model.cells[None], model.park_sums[None], outcomes, over_time))
    return joined(parts)
