"""One seed of a pattern: scenarios, parks and runs as a set-up asks for them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.park_model import ParkModel
from cleanpark.model.world import Records
from cleanpark.scenarios.park import Park, park
from cleanpark.scenarios.scenario import Scenario, scenario

Series = dict[str, NDArray[np.float64]]
"""Outcomes quarter by quarter, by name."""
FEWEST = 10
"""Enterprises of a park, however small the scale."""


@functools.cache
def _packaged(name: str) -> Park:
    return park(name)


@dataclass(frozen=True)
class Trial:
    """A seed under which a pattern is set up.

    ``scale`` shrinks parks, for a quick look; ``behaviour`` holds parameters that differ from
    their defaults, so that the same patterns can judge another parameter set.
    """

    seed: int
    scale: float = 1.0
    behaviour: Mapping[str, float] = field(default_factory=dict)

    def scenario(self, name: str = "voluntary", /, **levers: Any) -> Scenario:
        """A packaged scenario with levers changed, under the trial's behaviour."""
        found = scenario(name).with_levers(**levers) if levers else scenario(name)
        return found.with_behaviour(**self.behaviour) if self.behaviour else found

    def park(self, enterprises: int, name: str = "mixed", /, **changes: Any) -> Park:
        """A packaged park of so many enterprises, with some of its numbers changed."""
        base = _packaged(name)
        kept = {key: getattr(base, key) for key in Park.model_fields}
        count = max(FEWEST, round(enterprises * self.scale))
        return Park(**{**kept, "enterprises": count, **changes})

    def model(self, policy: Scenario, place: Park, quarters: int, seed: int = 0) -> ParkModel:
        """A model to be run; ``seed`` is added to the trial's, for sites of one trial."""
        return ParkModel(policy, place, rng=self.seed + seed, quarters=quarters)

    def run(self, policy: Scenario, place: Park, quarters: int) -> tuple[ParkModel, Series]:
        """A finished run, and its outcomes quarter by quarter."""
        model = self.model(policy, place, quarters).run()
        return model, series(model)

    def series(self, policy: Scenario, place: Park, quarters: int) -> Series:
        """Outcomes quarter by quarter of a run."""
        return self.run(policy, place, quarters)[1]


def series(model: ParkModel) -> Series:
    """Outcomes quarter by quarter of a finished run; flows are at the outlet."""
    values = model.outcomes_of(range(model.quarters))
    return dict(zip(OUTCOME_NAMES, values.T, strict=True))


def steps(model: ParkModel) -> Iterator[tuple[Records, Records]]:
    """Run quarter by quarter: the enterprises' records before and after each.

    The records after are the model's own, so that they change with the next quarter.
    """
    while model.running:
        before = model.world.enterprises.copy()
        model.step()
        yield before, model.world.enterprises


def relative(new: Any, old: Any) -> float:
    """Relative change of a sum."""
    return float(np.sum(new) / np.sum(old) - 1.0)


def share(part: Any, whole: Any) -> float:
    """A sum over another; NaN where the latter is zero."""
    total = float(np.sum(whole))
    return float(np.sum(part)) / total if total else float("nan")
