"""Moment-independent indices (Borgonovo's delta), and first order from classes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.sensitivity.intervals import DUMMIES, bounds, given_data, no_influence
from cleanpark.analysis.sensitivity.method import DUMMY, Found, Index, Method, Values
from cleanpark.analysis.sensitivity.methods.shared import FIRST
from cleanpark.scenarios.errors import N_

MOST_ALIKE = 0.05
"""Share of samples with one and the same outcome above which there is no density to compare."""


def delta_estimates(
    unit: Values, y: Values, names: Sequence[str], resamples: int, seed: int
) -> list[Found]:
    """Delta (Borgonovo 2007, DOI 10.1016/j.ress.2006.04.015) and first order from classes.

    Undefined where many outcomes are equal: there is no density to compare. The estimates are
    SALib's; their bias is taken off by equation 30 of Plischke, Borgonovo and Smith 2013 (DOI
    10.1016/j.ejor.2012.11.047), which SALib 1.6 applies to a resample instead of the sample.
    """
    from SALib.analyze.delta import sobol_first

    labels = [*names, *[DUMMY] * DUMMIES]
    random = np.random.default_rng([seed, len(y)])
    columns = np.column_stack([unit, random.random((len(y), DUMMIES))])
    edges, grid = delta_classes(len(y)), np.linspace(y.min(), y.max(), 100)
    draws = random.integers(0, len(y), (resamples, len(y)))
    found = []
    for index, measure in (
        ("delta", lambda out, one: delta_distance(out, one, edges, grid)),
        ("first", lambda out, one: sobol_first(out, one, edges)),
    ):
        if index == "delta" and has_atoms(y):
            found += [(name, index, np.nan, np.nan, np.nan) for name in [*names, DUMMY]]
            continue
        values = [reduced(measure, y, one, draws) for one in columns.T]
        found += [(name, index, *bounds(one)) for name, one in zip(names, values)]
        idle = [one[0] for name, one in zip(labels, values) if name == DUMMY]
        found.append(no_influence(index, np.array(idle)))
    return found


def delta_classes(rows: int) -> Values:
    """Bounds, in ranks, of the classes into which a parameter's values are put, as in SALib."""
    exponent = 2.0 / (7.0 + math.tanh((1500.0 - rows) / 500.0))
    return np.linspace(0, rows, round(min(math.ceil(rows**exponent), 48)) + 1)


def density(y: Values, grid: Values) -> Values:
    """Kernel estimate of a density, Gaussian with Silverman's width, as scipy's gaussian_kde."""
    width = y.std(ddof=1) * (0.75 * len(y)) ** -0.2
    heights = np.exp(-0.5 * ((grid[:, None] - y) / width) ** 2)
    return np.asarray(heights.sum(axis=1) / (len(y) * width * math.sqrt(2.0 * math.pi)))


def delta_distance(y: Values, column: Values, edges: Values, grid: Values) -> float:
    """Half the area between the outcome's density and that in each class of a parameter, averaged
    over classes (Plischke et al. 2013, equation 26)."""
    ordered = y[np.argsort(column, kind="stable")]
    whole, found = density(y, grid), 0.0
    for first, end in itertools.pairwise(np.floor(edges).astype(int)):
        part = ordered[first:end]
        if len(part) > 1 and np.ptp(part) > 0.0:
            gap = np.abs(whole - density(part, grid))
            found += len(part) / (2.0 * len(y)) * float(np.trapezoid(gap, grid))
    return found


def has_atoms(y: Values) -> bool:
    """Whether too many outcomes are one and the same."""
    return bool(np.unique(y, return_counts=True)[1].max() > MOST_ALIKE * len(y))


def reduced(
    measure: Callable[[Values, Values], float], y: Values, column: Values, draws: NDArray[np.int64]
) -> Values:
    """A measure less its bias by bootstrap, and the same for each resample."""
    value = measure(y, column)
    resampled = np.array([measure(y[rows], column[rows]) for rows in draws])
    return np.concatenate([[2.0 * value - resampled.mean()], 2.0 * value - resampled])


DELTA = Method(
    "delta",
    N_("Density-based sensitivity (delta)"),
    "Density-based, moment-independent indices; any number of samples.",
    given_data(delta_estimates),
    (
        Index(
            "delta",
            N_("delta index (δ)"),
            N_("delta indices (δ)"),
        ),
        FIRST,
    ),
    ("delta", "first"),
    least=128,  # fewer rows do not fill the classes' densities
    slow=True,
)
