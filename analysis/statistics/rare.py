"""What few seeds, skewed differences and rare events leave open."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.statistics.paired import Values

COCHRAN = 25.0
"""Cochran (Sampling Techniques, 3rd ed. 1977, section 2.15): an interval by the normal or by
Student's t at 95 % misses at most 6 % of the time from 25 times the squared skewness on."""
CLEAR = 2.0
"""Standard errors from which a sample's skewness is not taken for chance."""
LEAST_DIFFERING = 10
"""Pairs that should differ at all before their interval is believed: of rarer events most samples
hold too few (as the success-failure rule of a proportion's interval asks)."""

MEASURED_MEAN, MEASURED_LOWEST = 90, 54
"""Coverage in percent of intervals of 95 % from 3 to 30 seeds, as benchmarks/intervals.py measured
it: of all policies and headline outcomes, and the lowest (docs/statistics.md)."""


def at_most(seeds: Any) -> Any:
    """Upper 95 % bound of the share of seeds in which something happens that none of these showed.

    ``1 - 0.05 ** (1 / seeds)``, which the rule of three (3 / seeds) approaches (Hanley and
    Lippman-Hand 1983, JAMA 249(13), 1743-1745); NaN without seeds.

    >>> round(float(at_most(20)), 3), round(float(at_most(3)), 3)
    (0.139, 0.632)
    """
    count = np.asarray(seeds, dtype=float)
    return np.where(count > 0, 1.0 - 0.05 ** (1.0 / np.maximum(count, 1.0)), np.nan)


def skewness(gaps: Values) -> Values:
    """Skewness of each column of (seed, outcome) by the adjusted Fisher-Pearson coefficient; NaN
    with fewer than three values or without spread."""
    defined = np.isfinite(gaps)
    count = defined.sum(axis=0)
    mean = np.where(defined, gaps, 0.0).sum(axis=0) / np.maximum(count, 1)
    rest = np.where(defined, gaps - mean, 0.0)
    second = (rest**2).sum(axis=0) / np.maximum(count, 1)
    third = (rest**3).sum(axis=0) / np.maximum(count, 1)
    usable = (count > 2) & (second > (1e-12 * np.abs(mean)) ** 2)
    plain = np.divide(third, second**1.5, out=np.full(mean.shape, np.nan), where=usable)
    return np.asarray(plain * np.sqrt(count * (count - 1.0)) / np.maximum(count - 2.0, 1.0))


def skewness_error(seeds: Any) -> Any:
    """Standard error of that coefficient for a normal distribution; infinite below three values."""
    n = np.asarray(seeds, dtype=float)
    known = np.maximum(n, 3.0)
    error = np.sqrt(6.0 * known * (known - 1.0) / ((known - 2.0) * (known + 1.0) * (known + 3.0)))
    return np.where(n > 2, error, np.inf)


def seeds_needed(gaps: Values) -> NDArray[np.int64]:
    """Seeds from which an interval of these paired differences, (seed, outcome), can be believed.

    The larger of Cochran's number for their skewness, where that is no chance, and of the number
    in which ten pairs would differ, where some do and some do not. 0 where the seeds at hand do,
    and where nothing varies.
    """
    defined = np.isfinite(gaps)
    count = defined.sum(axis=0)
    differing = (defined & (gaps != 0.0)).sum(axis=0)
    skew = np.nan_to_num(skewness(gaps))
    clear = np.abs(skew) > CLEAR * skewness_error(count)
    of_skew = np.where(clear, np.ceil(COCHRAN * skew**2), 0.0)
    rare = (differing > 0) & (differing < np.minimum(LEAST_DIFFERING, count))
    of_rare = np.where(rare, np.ceil(LEAST_DIFFERING * count / np.maximum(differing, 1)), 0.0)
    needed = np.maximum(of_skew, of_rare)
    return np.where(needed > count, needed, 0.0).astype(np.int64)


def share_of_one(gaps: Values) -> tuple[Values, NDArray[np.int64]]:
    """Largest part of one seed in the sum of absolute differences, and that seed's place.

    NaN where nothing differs.
    """
    size = np.abs(np.nan_to_num(gaps))
    total = size.sum(axis=0)
    place = size.argmax(axis=0)
    largest = np.take_along_axis(size, place[None], axis=0)[0]
    share = np.divide(largest, total, out=np.full(total.shape, np.nan), where=total > 0.0)
    return share, place
