"""Intervals of indices: by the jackknife, by resamples, and what is found without influence.

The jackknife (Efron and Stein 1981, DOI 10.1214/aos/1176345462) goes over the independent parts of
a design and, from three seeds on, over seeds.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence

import numpy as np

from cleanpark.analysis.sensitivity.method import DUMMY, Found, Observed, Values

DUMMIES = 10
GivenData = Callable[[Values, Values, Sequence[str], int, int], list[Found]]
"""Rows from (unit cube, standardised outcome, names, resamples, seed)."""


def student(freedom: int) -> float:
    """Quantile of Student's t for a two-sided 95 % interval."""
    from scipy.stats import t

    return float(t.ppf(0.975, freedom))


def jackknife(deleted: Values) -> Values:
    """Squared half width of the 95 % interval from estimates with one part left out each.

    Shape (parts, ...) to (...).
    """
    parts = len(deleted)
    spread = ((deleted - deleted.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(student(parts - 1) ** 2 * (parts - 1) / parts * spread)


def bounds(values: Values) -> tuple[float, float, float]:
    """Value, low and high from the sample's value and those of its resamples."""
    if not np.isfinite(values[0]):
        return np.nan, np.nan, np.nan
    if len(values) < 3:
        return float(values[0]), np.nan, np.nan
    half = 1.959963984540054 * float(np.nanstd(values[1:], ddof=1))
    return float(values[0]), float(values[0] - half), float(values[0] + half)


def tables(labels: Sequence[tuple[str, str]], value: Values, square: Values) -> list[list[Found]]:
    """Rows of each series; ``value`` and squared half widths have shape (labels, series)."""
    half = np.sqrt(square)
    return [
        [
            (name, index, float(value[k, s]), float(value[k, s] - half[k, s]),
             float(value[k, s] + half[k, s]))
            for k, (name, index) in enumerate(labels)
        ]
        for s in range(value.shape[1])
    ]  # fmt: skip


def no_influence(index: str, values: Values) -> Found:
    """The dummy's row: what the index is for inputs without influence, mean and 95 % of it."""
    return (DUMMY, index, *bounds(np.concatenate([[values.mean()], values])))


def given_data(estimate: GivenData, tail: bool = False) -> Callable[[Observed], list[list[Found]]]:
    """The estimator of a method that reads any data: of the standardised mean over seeds.

    With ``tail`` the outcome is turned so that its unwelcome side is the upper one.
    """

    def estimated(seen: Observed) -> list[list[Found]]:
        (mean,) = seen.by_seed
        unit = seen.design.unit[seen.kept]
        sign = -1.0 if tail and seen.worst == "low" else 1.0
        found = []
        for y in sign * mean[:, 0].T:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                scaled = (y - y.mean()) / y.std()
                found.append(estimate(unit, scaled, seen.design.names, seen.resamples, seen.seed))
        return found

    return estimated
