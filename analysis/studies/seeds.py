"""Seeds, and the other numbers that say how much is run, checked before the first run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np

from cleanpark.analysis.studies.runner import Place
from cleanpark.model.given import quarters_of
from cleanpark.model.park_model import ENGINES
from cleanpark.scenarios.errors import InputError, Listed
from cleanpark.scenarios.whole import whole

MOST_SEEDS = 1_000_000


def seeds_of(seeds: int | Sequence[int]) -> list[int]:
    """Seed numbers: a count makes 0, 1, 2, ...; a sequence is taken as it is."""
    given: Any = seeds.tolist() if isinstance(seeds, np.ndarray) else seeds
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        count = whole(given)
        if count is None or not 1 <= count <= MOST_SEEDS:
            raise InputError(
                "seeds = {given!r} (--seeds): a count from 1 to {most:,}, or a list of seeds",
                given=given,
                most=MOST_SEEDS,
            )
        return list(range(count))
    found = [_seed_number(seed) for seed in islice(given, MOST_SEEDS + 1)]
    if len(found) > MOST_SEEDS:
        raise InputError("seeds: a list of at most {most:,} seeds", most=MOST_SEEDS)
    if not found or len(set(found)) != len(found):
        raise InputError("seeds = {given!r}: at least one, and none twice", given=given)
    return found


def _seed_number(seed: Any) -> int:
    """A seed of the random streams, which also fits into a table's column of whole numbers."""
    number = whole(seed)
    if number is None or not 0 <= number <= np.iinfo(np.int64).max:
        raise InputError("seeds, {seed!r}: a seed is a whole number from 0 to 2**63 - 1", seed=seed)
    return number


def check_settings(quarters: int, engine: str, workers: int) -> None:
    """Refuse numbers that cannot be meant."""
    quarters_of(quarters)
    if engine not in ENGINES:
        raise InputError(
            "engine = {engine!r}: choose one of {engines}", engine=engine, engines=Listed(ENGINES)
        )
    Place(workers)
