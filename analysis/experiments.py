"""Running many scenarios under many seeds: one task is one seed with all its scenarios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
) -> Ensemble:
    """Run every scenario under every seed; results do not depend on the number of workers."""
    found: list[SeedResult] = []
    for result in _results(scenarios, parks, seeds, quarters, engine, workers):
        found.append(result)
        if progress is not None:
            progress(len(found), len(seeds))
    return Ensemble(
        tuple(scenarios),
        tuple(parks),
        tuple(seeds),
        quarters,
        np.stack([one.quarterly for one in found], axis=1),
        np.stack([one.horizon for one in found], axis=1),
        np.stack([one.groups for one in found], axis=1),
    )


def _results(
    scenarios: Sequence[Scenario],
    parks: Sequence[Park],
    seeds: Sequence[int],
    quarters: int,
    engine: str,
    workers: int,
) -> Sequence[SeedResult]:
    if workers == 1 or len(seeds) == 1:
        return (  # type: ignore[return-value]
            simulate_seed(scenarios, parks, seed, quarters, engine) for seed in seeds
        )
    from joblib import Parallel, delayed

    tasks = (delayed(simulate_seed)(scenarios, parks, seed, quarters, engine) for seed in seeds)
    results: Sequence[SeedResult] = Parallel(n_jobs=workers, return_as="generator")(tasks)
    return results
