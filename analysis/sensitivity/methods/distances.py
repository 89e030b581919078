"""Methods that compare distributions by their Kolmogorov-Smirnov distance: PAWN and regional
analysis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from cleanpark.analysis.sensitivity.intervals import DUMMIES, bounds, given_data, no_influence
from cleanpark.analysis.sensitivity.method import Found, Index, Method, Values
from cleanpark.scenarios.errors import N_

SLICES = 10
"""Intervals into which PAWN cuts a parameter's range."""
TAIL = 0.1
"""Share of samples that regional analysis takes as the worst tail."""


def distance_between(inside: Values, everyone: Values) -> float:
    """Kolmogorov-Smirnov distance of two samples; ``everyone`` is sorted."""
    inside = np.sort(inside)
    points = np.concatenate([inside, everyone])
    one = np.searchsorted(inside, points, side="right") / len(inside)
    other = np.searchsorted(everyone, points, side="right") / len(everyone)
    return float(np.abs(one - other).max())


def pawn_distances(unit: Values, y: Values) -> Values:
    """PAWN (Pianosi and Wagener 2015, DOI 10.1016/j.envsoft.2015.01.004): the median over slices
    of a parameter's range of the distance between the outcome's distributions there and overall."""
    everyone = np.sort(y)
    slices = np.minimum((unit * SLICES).astype(int), SLICES - 1)
    found = []
    for column in slices.T:
        parts = [y[column == k] for k in range(SLICES)]
        found.append(np.median([distance_between(one, everyone) for one in parts if len(one)]))
    return np.array(found)


def tail_distances(unit: Values, y: Values) -> Values:
    """Distance of each parameter's distribution in the outcome's upper tail from the rest (Spear
    and Hornberger 1980, DOI 10.1016/0043-1354(80)90040-8)."""
    bound = np.quantile(y, 1.0 - TAIL)
    tail = y >= bound
    if tail.mean() > 2.0 * TAIL:  # many share the bound, such as a share of 0
        tail = y > bound
    if not tail.any() or tail.all():
        return np.full(unit.shape[1], np.nan)
    return np.array([distance_between(one[tail], np.sort(one[~tail])) for one in unit.T])


def distance_estimates(
    index: str,
    distance: Callable[[Values, Values], Values],
    unit: Values,
    y: Values,
    names: Sequence[str],
    resamples: int,
    seed: int,
) -> list[Found]:
    """Distances with bootstrap intervals, and the dummy's."""
    random = np.random.default_rng([seed, len(y)])
    dummies = random.random((len(y), DUMMIES))
    draws = [np.arange(len(y))]
    draws += [random.integers(0, len(y), len(y)) for _ in range(resamples)]
    values = np.array([distance(unit[rows], y[rows]) for rows in draws])
    found = [(name, index, *bounds(values[:, k])) for k, name in enumerate(names)]
    return [*found, no_influence(index, distance(dummies, y))]


PAWN = Method(
    "pawn",
    N_("Density-based sensitivity (PAWN)"),
    "Density-based indices from distribution functions; any number of samples.",
    given_data(partial(distance_estimates, "pawn", pawn_distances)),
    (
        Index(
            "pawn",
            N_("PAWN (median KS distance)"),
            N_("PAWN indices"),
        ),
    ),
    ("pawn",),
)
REGIONAL = Method(
    "regional",
    N_("Regional sensitivity"),
    "Which parameters set the worst outcomes apart from the rest (Monte Carlo filtering).",
    given_data(partial(distance_estimates, "regional", tail_distances), tail=True),
    (
        Index(
            "regional",
            N_("distance of the upper tail"),
            N_("distances of the upper tail"),
        ),
    ),
    ("regional",),
)
