"""Paired differences under common random numbers, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Paired:
    """Mean of a scenario, of the reference, and their difference with a 95 % interval.

    All arrays have one value per outcome. ``seeds`` counts the pairs in which both are defined;
    pairs in which either is undefined are left out, never counted as zero.
    """

    mean: Values
    reference: Values
    difference: Values
    low: Values
    high: Values
    seeds: NDArray[np.int64]

    @property
    def distinguishable(self) -> NDArray[np.bool_]:
        """Whether the interval lies on one side of zero."""
        with np.errstate(invalid="ignore"):
            return (self.low > 0) | (self.high < 0)


def mean_defined(values: Values, defined: NDArray[np.bool_]) -> Values:
    """Mean over seeds (first axis) of what is defined; NaN where nothing is."""
    count = defined.sum(axis=0)
    total = np.where(defined, values, 0.0).sum(axis=0)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def paired(values: Values, reference: Values) -> Paired:
    """Compare a scenario with the reference, seed by seed; arrays are (seed, outcome).

    The interval is Student's t of the mean difference at 95 %; with fewer than two pairs it is
    undefined. Identical values give an interval of zero width at zero.
    """
    from scipy.stats import t as student

    defined = np.isfinite(values) & np.isfinite(reference)
    count = defined.sum(axis=0)
    gap = np.where(defined, values - np.where(defined, reference, 0.0), np.nan)
    difference = mean_defined(gap, defined)
    square = np.where(defined, (gap - difference) ** 2, 0.0).sum(axis=0)
    freedom = np.maximum(count - 1, 1)
    error = np.sqrt(square / freedom / np.maximum(count, 1))
    half = np.where(count > 1, student.ppf(0.975, freedom) * error, np.nan)
    return Paired(
        mean_defined(values, defined),
        mean_defined(reference, defined),
        difference,
        difference - half,
        difference + half,
        count,
    )
