"""Many tests at once: what chance alone would find, and what is found beyond it."""

from __future__ import annotations

import numpy as np

from cleanpark.analysis.statistics.paired import Values

LEVEL = 0.05
"""Level of a test whose interval holds 95 %."""


def holm(p: Values) -> Values:
    """p-values adjusted by Holm's step-down procedure, which keeps the chance of any false finding
    among all at the level asked for (Holm 1979, Scandinavian Journal of Statistics 6, 65-70).

    Undefined ones (NaN) are no tests: they stay undefined and are not counted.

    >>> [round(float(one), 4) for one in holm(np.array([0.01, 0.04, 0.03, 0.005]))]
    [0.03, 0.06, 0.06, 0.02]
    """
    found = np.full(np.shape(p), np.nan)
    tested = np.flatnonzero(np.isfinite(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    times = np.arange(len(order), 0, -1)
    found[order] = np.minimum(1.0, np.maximum.accumulate(times * p[order]))
    return found


def by_chance(tests: int) -> float:
    """How many of so many differences intervals of 95 % would call distinguishable if none were."""
    return LEVEL * tests
