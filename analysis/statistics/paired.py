"""Paired differences under common random numbers, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


SAME = 1e-12
"""Part of the values up to which their differences are rounding: they are equal."""


@dataclass(frozen=True)
class Paired:
    """Mean of a scenario, of the reference, and their difference with a 95 % interval.

    All arrays have one value per outcome. ``seeds`` counts the pairs in which both are defined;
    pairs in which either is undefined are left out, never counted as zero. ``differing`` counts
    the pairs whose values are not the same, and ``p`` is the two-sided p-value of the t-test.
    """

    mean: Values
    reference: Values
    difference: Values
    low: Values
    high: Values
    seeds: NDArray[np.int64]
    differing: NDArray[np.int64]
    p: Values

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


def gaps_of(values: Values, reference: Values) -> Values:
    """Paired differences, (seed, outcome): NaN where either is undefined, 0 where both are equal
    but for rounding."""
    defined = np.isfinite(values) & np.isfinite(reference)
    here, there = np.where(defined, values, 0.0), np.where(defined, reference, 0.0)
    gap = here - there
    size = np.maximum(np.abs(here), np.abs(there)).max(axis=0, initial=0.0)
    return np.where(defined, np.where(np.abs(gap) <= SAME * size, 0.0, gap), np.nan)


def paired(values: Values, reference: Values) -> Paired:
    """Compare a scenario with the reference, seed by seed; arrays are (seed, outcome).

    The interval is Student's t of the mean difference at 95 %. With fewer than two pairs it is
    undefined, and where all differences are the same as well: that they never vary was seen in so
    many seeds, and does not say that they cannot (:func:`cleanpark.analysis.statistics.rare.
    at_most` says in how many they may).
    """
    from scipy.stats import t as student

    gap = gaps_of(values, reference)
    defined = np.isfinite(gap)
    count = defined.sum(axis=0)
    difference = mean_defined(gap, defined)
    square = np.where(defined, (gap - difference) ** 2, 0.0).sum(axis=0)
    freedom = np.maximum(count - 1, 1)
    error = np.sqrt(square / freedom / np.maximum(count, 1))
    varies = (count > 1) & (error > SAME * np.abs(difference))
    half = np.where(varies, student.ppf(0.975, freedom) * error, np.nan)
    ratio = np.divide(np.abs(difference), error, out=np.full(error.shape, np.nan), where=varies)
    return Paired(
        mean_defined(values, defined),
        mean_defined(reference, defined),
        difference,
        difference - half,
        difference + half,
        count,
        (defined & (gap != 0.0)).sum(axis=0),
        2.0 * student.sf(ratio, freedom),
    )
