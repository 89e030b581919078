"""Running many scenarios under many seeds: one task is one seed with all its scenarios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.enterprise import Enterprise
from cleanpark.analysis.comparison.own_class import run_class
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.runner import Place, execute
from cleanpark.model.calibration import calibrate_first
from cleanpark.model.simulate import SeedResult, simulate_seed
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario

HERE = Place()
"""This process."""
Progress = Callable[[int, int], None]
"""Called after each seed with the number done and the number in all."""


@dataclass(frozen=True)
class Ensemble:
    """Outcomes of scenarios under seeds; NaN where an outcome is undefined.

    ``quarterly`` (scenario, seed, quarter, park, outcome), ``horizon`` (scenario, seed, park,
    outcome), ``groups`` (scenario, seed, group, outcome: horizon values over all parks).
    ``kinds`` are the enterprises' classes by scenario, None for the default; empty for all default.
    """

    scenarios: tuple[Scenario, ...]
    parks: tuple[Park, ...]
    seeds: tuple[int, ...]
    quarters: int
    quarterly: NDArray[np.float64]
    horizon: NDArray[np.float64]
    groups: NDArray[np.float64]
    kinds: tuple[type[Enterprise] | None, ...] = ()

    def kind(self, scenario: str) -> type[Enterprise] | None:
        """The class of a scenario's enterprises; None for the default."""
        place = [one.name for one in self.scenarios].index(scenario)
        return self.kinds[place] if self.kinds else None


def run_ensemble(
    scenarios: Sequence[Scenario],
    parks: Sequence[Park],
    seeds: Sequence[int],
    quarters: int,
    engine: str = "auto",
    where: Place = HERE,
    progress: Progress | None = None,
    history: Histories | None = None,
    kinds: Sequence[type[Enterprise] | None] = (),
) -> Ensemble:
    """Run every scenario under every seed; results do not depend on where they are run.

    ``kinds`` are classes of enterprises by scenario, None for the default, which all are without.
    """
    if history is not None:
        history.check(seeds, parks, quarters)
    if where != HERE:
        calibrate_first(parks)
    kinds = tuple(kinds)
    work = partial(run_seed, tuple(scenarios), tuple(parks), quarters, engine, kinds, history)
    by_place: dict[int, SeedResult] = {}
    for place, result in execute(work, list(seeds), where):
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
        kinds,
    )


def run_seed(
    scenarios: Sequence[Scenario],
    parks: Sequence[Park],
    quarters: int,
    engine: str,
    kinds: Sequence[type[Enterprise] | None],
    history: Histories | None,
    seed: int,
) -> SeedResult:
    """One task: every scenario under one seed, each with its class of enterprises."""
    if not any(kinds):
        begun = history.of(seed, parks) if history is not None else None
        return simulate_seed(scenarios, parks, seed, quarters, engine, begun)
    found = [
        run_seed([one], parks, quarters, engine, (), history, seed)
        if kind is None
        else run_class(one, kind, parks, quarters, history, seed)
        for one, kind in zip(scenarios, kinds, strict=True)
    ]
    return SeedResult(
        np.concatenate([one.quarterly for one in found]),
        np.concatenate([one.horizon for one in found]),
        np.concatenate([one.groups for one in found]),
    )
