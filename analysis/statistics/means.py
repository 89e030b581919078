"""Means over seeds where some runs are undefined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
ROUNDS = 100
"""Rounds at most of fitting rows and seeds together."""


def over_parks(values: Values, enterprises: Sequence[int], kind: str) -> Values:
    """An outcome over all parks, whose axis is the last: totals are added, levels averaged.

    A park counts in a level by its enterprises, since levels are of enterprises; parks in which it
    is undefined are left out, and it is undefined where it is in all.
    """
    if kind == "total":
        return np.asarray(values.sum(axis=-1))
    weights = np.where(np.isfinite(values), np.asarray(enterprises, dtype=float), 0.0)
    whole = weights.sum(axis=-1)
    added = (np.where(weights > 0.0, values, 0.0) * weights).sum(axis=-1)
    found = np.full(whole.shape, np.nan)
    np.divide(added, whole, out=found, where=whole > 0.0)
    return found


def first_lasting(holds: NDArray[np.bool_]) -> int | None:
    """First place from which on something holds up to the end; None where it never does.

    >>> first_lasting(np.array([True, False, True, True])), first_lasting(np.array([True, False]))
    (2, None)
    """
    lasting = np.flip(np.logical_and.accumulate(np.flip(holds)))
    return int(np.argmax(lasting)) if lasting.any() else None


def row_means(seed_values: Callable[[int], Values], seeds: int) -> Values:
    """Mean of each row over the seeds; ``seed_values`` gives those of a seed, (rows, ...).

    Where some are undefined, rows and seeds are fitted together by least squares (two-way layout
    with empty cells), so that a row is not moved by which of its seeds are defined. NaN where none
    is. Values that are missing because of what they would be still mislead.
    """
    effect: Any = [0.0] * seeds
    for _ in range(ROUNDS):
        total: Any = 0.0
        count: Any = 0
        for seed in range(seeds):
            values = seed_values(seed) - effect[seed]
            defined = np.isfinite(values)
            total, count = total + np.where(defined, values, 0.0), count + defined
        shape = np.shape(total)
        mean = np.divide(total, count, out=np.full(shape, np.nan), where=np.asarray(count) > 0)
        if np.isin(count, (0, seeds)).all():
            return mean
        rest = [_column_mean(seed_values(seed) - effect[seed] - mean) for seed in range(seeds)]
        change = np.stack(rest) - np.mean(rest, axis=0)
        effect = [one + more for one, more in zip(effect, change, strict=True)]
        if np.abs(change).max() <= 1e-10 * np.abs(np.stack(effect)).max():
            break
    return mean


def _column_mean(values: Values) -> Values:
    """Mean over rows of what is defined; 0 where nothing is."""
    defined = np.isfinite(values)
    total = np.where(defined, values, 0.0).sum(axis=0)
    return np.asarray(total / np.maximum(1, defined.sum(axis=0)))


def mean_over_seeds(y: Values) -> Values:
    """Mean of each sample over the seeds, (samples, seeds) to (samples,), by :func:`row_means`."""
    table = y[:, None] if y.ndim == 1 else y
    return row_means(lambda seed: table[:, seed], table.shape[1])


@dataclass(frozen=True)
class Quarters:
    """An outcome quarter by quarter: ``of`` gives a seed's values, (samples, quarters)."""

    of: Callable[[int], Values]
    seeds: int

    def mean(self) -> Values:
        """Means over seeds, (samples, quarters)."""
        return row_means(self.of, self.seeds)
