"""Ratios of means over seeds, with intervals that hold for few seeds as well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.statistics.paired import SAME, Values, gaps_of, mean_defined


def ratio_interval(over: Values, under: Values) -> tuple[Values, Values]:
    """95 % interval of the ratio of two means over seeds, by Fieller's theorem.

    Arrays are (seed, outcome), paired by seed; pairs in which either is undefined are left out.
    The interval is the set of ratios r for which ``over - r * under`` is not distinguishable
    from zero by Student's t (seeds - 1). It therefore includes zero exactly where ``over`` is not
    distinguishable from zero by the paired test. Where ``under`` is not distinguishable from zero
    no bounds exist, with fewer than two pairs none either, and where ``over`` is the same under
    all seeds none are told: NaN.
    """
    from scipy.stats import t as student

    defined = np.isfinite(over) & np.isfinite(under)
    count = defined.sum(axis=0)
    freedom = np.maximum(count - 1, 1)
    spread = student.ppf(0.975, freedom) ** 2 / freedom / np.maximum(count, 1)
    above, below = (mean_defined(values, defined) for values in (over, under))
    gaps = [np.where(defined, values - mean, 0.0) for values, mean in ((over, above),
                                                                       (under, below))]  # fmt: skip
    square = below**2 - spread * (gaps[1] ** 2).sum(axis=0)
    mixed = above * below - spread * (gaps[0] * gaps[1]).sum(axis=0)
    free = above**2 - spread * (gaps[0] ** 2).sum(axis=0)
    spread_over = np.abs(gaps[0]).max(axis=0, initial=0.0)
    bounded = (count > 1) & (square > 0) & (spread_over > SAME * np.abs(above))
    return _roots(square, mixed, free, bounded)


def _roots(
    square: Values, mixed: Values, free: Values, real: NDArray[np.bool_]
) -> tuple[Values, Values]:
    """Both solutions of ``square r² - 2 mixed r + free = 0`` where they are real, else NaN."""
    root = np.sqrt(np.maximum(mixed**2 - square * free, 0.0))
    blank = np.full(root.shape, np.nan)
    low = np.divide(mixed - root, square, out=blank.copy(), where=real)
    high = np.divide(mixed + root, square, out=blank.copy(), where=real)
    return low, high


def percent_interval(here: Values, base: Values) -> tuple[Values, Values]:
    """95 % interval of the change of a mean in percent of the reference's mean.

    Defined for what is positive under every seed, in the scenario and in the reference: such a
    quantity cannot fall by more than 100 %, and the interval does not either. It is Fieller's of
    the ratio of the paired difference to the reference, so that the reference's own spread counts
    and zero is included exactly where the paired difference is not distinguishable. Elsewhere
    (values of zero, changes of sign, a reference too spread for its seeds, a single seed) it is
    NaN, and the difference in the outcome's own unit is what can be told.
    """
    defined = np.isfinite(here) & np.isfinite(base)
    positive = np.where(defined, (here > 0) & (base > 0), True).all(axis=0)
    low, high = ratio_interval(gaps_of(here, base), base)
    low, high = (100.0 * np.where(positive, bound, np.nan) for bound in (low, high))
    return np.maximum(low, -100.0), high


def percent_change(here: Values, base: Values) -> Values:
    """Change of the mean in percent of the reference's mean, over the pairs that are defined.

    Undefined (NaN) unless the reference is positive under every seed: of what is negative, zero or
    of either sign, such as the treasury's net receipts, a percentage says nothing.
    """
    gap = gaps_of(here, base)
    defined = np.isfinite(gap)
    positive = np.where(defined, base > 0, True).all(axis=0)
    change, level = mean_defined(gap, defined), mean_defined(base, defined)
    found = np.full(np.shape(level), np.nan)
    np.divide(100.0 * change, level, out=found, where=positive & (level > 0))
    return found
