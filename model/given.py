"""What a model is given, as the objects it runs: scenarios, parks and seeds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from cleanpark.scenarios.errors import InputError, ParkError
from cleanpark.scenarios.park import Park, park
from cleanpark.scenarios.scenario import Scenario, scenario


def as_scenario(given: Scenario | str | Path) -> Scenario:
    """A checked scenario from its name, its file, or itself."""
    return given if isinstance(given, Scenario) else scenario(given)


def as_parks(given: Park | str | Path | Sequence[Park | str | Path]) -> list[Park]:
    """Checked parks from names, files, or themselves; ParkError where two share a name."""
    if isinstance(given, (Park, str, Path)):
        given = [given]
    parks = [one if isinstance(one, Park) else park(one) for one in given]
    if not parks:
        raise ParkError("park: none is given; name at least one")
    names = [one.name for one in parks]
    for name in names:
        if names.count(name) > 1:
            raise ParkError(
                "two parks are named '{name}', so their results could not be told apart: "
                "give one another name",
                name=name,
            )
    return parks


def seed_of(rng: Any) -> int:
    """A seed from what Mesa calls ``rng``: a number as it is, a generator's next, or fresh."""
    if isinstance(rng, (int, np.integer)) and not isinstance(rng, bool):
        if not 0 <= int(rng) < 2**63:
            raise InputError("rng = {rng}: a seed is a whole number from 0 to 2**63 - 1", rng=rng)
        return int(rng)
    return int(np.random.default_rng(rng).integers(2**63 - 1))
