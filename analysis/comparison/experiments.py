"""Running many scenarios under many seeds: one task is one seed with all its scenarios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.runner import Place, execute
from cleanpark.model.calibration import calibrate_first
from cleanpark.model.simulate import SeedResult, simulate_seed
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario

Progress = Callable[[int, int], None]
"""Called after each seed with the number done and the number in all."""


@dataclass(frozen=True)
class Ensemble:
    """Outcomes of scenarios under seeds; NaN where an outcome is undefined.

    ``quarterly`` (scenario, seed, quarter, park, outcome), ``horizon`` (scenario, seed, park,
    outcome), ``groups`` (scenario, seed, group, outcome: horizon values over all parks).
    """

    scenarios: tuple[Scenario, ...]
    parks: tuple[Park, ...]
    seeds: tuple[int, ...]
    quarters: int
    quarterly: NDArray[np.float64]
    horizon: NDArray[np.float64]
    groups: NDArray[np.float64]


def run_ensemble(
    scenarios: Sequence[Scenario],
    parks: Sequence[Park],
    seeds: Sequence[int],
    quarters: int,
    engine: str = "auto",
    workers: int = 1,
    progress: Progress | None = None,
    cluster: str | None = None,
    history: Histories | None = None,
) -> Ensemble:
    """Run every scenario under every seed; results do not depend on workers or cluster."""
    if history is not None:
        history.check(seeds, parks, quarters)
    if workers != 1 or cluster is not None:
        calibrate_first(parks)
    work = partial(run_seed, tuple(scenarios), tuple(parks), quarters, engine, history)
    by_place: dict[int, SeedResult] = {}
    for place, result in execute(work, list(seeds), Place(workers, cluster)):
        by_place[place] = result
        if progress is not None:
            progress(len(by_place), len(seeds))
    found = [by_place[place] for place in range(len(seeds))]
    return Ensemble(
        tuple(scenarios),
        tuple(parks),
        tuple(seeds),
        quarters,
        np.stack([one.quarterly for one in found], axis=1),
        np.stack([one.horizon for one in found], axis=1),
        np.stack([one.groups for one in found], axis=1),
    )


def run_seed(
    scenarios: Sequence[Scenario],
    parks: Sequence[Park],
    quarters: int,
    engine: str,
    history: Histories | None,
    seed: int,
) -> SeedResult:
    """One task: every scenario under one seed."""
    begun = history.of(seed, parks) if history is not None else None
    return simulate_seed(scenarios, parks, seed, quarters, engine, begun)
