"""Effects from quantities by seed, with 95 % intervals.

A part is a function of means over seeds, such as a ratio of two. Its interval is the jackknife's:
each seed left out in turn, with Student's t. For a mean it is exactly that of the mean.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.validation.pattern import Part

Table = dict[str, NDArray[np.float64]]
"""Values of each quantity by seed."""


@dataclass(frozen=True)
class Estimate:
    """An effect with its interval; ``seeds`` counts those in which it is defined."""

    effect: float
    low: float
    high: float
    seeds: int


def estimate(part: Part, table: Table) -> Estimate:
    """A part's effect over the seeds; those in which a quantity it needs is undefined are left
    out."""
    used = _used(part, table)
    rows = np.column_stack([table[name] for name in used])
    rows = rows[np.isfinite(rows).all(axis=1)]
    count = len(rows)
    if not count:
        return Estimate(math.nan, math.nan, math.nan, 0)
    effect = part.of(dict(zip(used, rows.mean(axis=0).tolist(), strict=True)))
    half = _half_width(part, used, rows) if count > 1 else math.nan
    return Estimate(effect, effect - half, effect + half, count)


def _half_width(part: Part, used: tuple[str, ...], rows: NDArray[np.float64]) -> float:
    from scipy.stats import t as student

    count = len(rows)
    others = (rows.sum(axis=0) - rows) / (count - 1)
    left_out = np.array([part.of(dict(zip(used, one, strict=True))) for one in others.tolist()])
    square = ((left_out - left_out.mean()) ** 2).sum() * (count - 1) / count
    return float(student.ppf(0.975, count - 1) * np.sqrt(square))


class _Noted(dict[str, float]):
    """Means that note which of them were asked for."""

    def __init__(self, names: Table) -> None:
        super().__init__(dict.fromkeys(names, 1.0))
        self.asked: list[str] = []

    def __getitem__(self, name: str) -> float:
        self.asked.append(name)
        return super().__getitem__(name)


def _used(part: Part, table: Table) -> tuple[str, ...]:
    """The quantities that a part is made of."""
    noted = _Noted(table)
    part.of(noted)
    return tuple(dict.fromkeys(noted.asked))
