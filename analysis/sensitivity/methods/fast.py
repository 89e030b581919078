"""First-order indices by random balance designs (RBD-FAST, Tarantola et al. 2006, DOI
10.1016/j.ress.2005.06.003)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cleanpark.analysis.sensitivity.intervals import DUMMIES, given_data, no_influence
from cleanpark.analysis.sensitivity.method import Found, Method, Values
from cleanpark.analysis.sensitivity.methods.shared import FIRST
from cleanpark.scenarios.errors import N_


def fast_estimates(
    unit: Values, y: Values, names: Sequence[str], resamples: int, seed: int
) -> list[Found]:
    """First order by random balance designs (RBD-FAST), as SALib computes it."""
    from SALib.analyze import rbd_fast

    random = np.random.default_rng([seed, len(y)])
    columns = np.column_stack([unit, random.random((len(y), DUMMIES))])
    labels = [f"x{k}" for k in range(columns.shape[1])]  # SALib refuses some names
    problem = {"num_vars": len(labels), "names": labels, "bounds": [[0.0, 1.0]] * len(labels)}
    with np.errstate(all="ignore"):
        got = rbd_fast.analyze(problem, columns, y, num_resamples=resamples, seed=seed + 1)
    value = np.array(got["S1"])
    half = np.array(got["S1_conf"]) * math.sqrt(0.5)  # SALib's resamples have half of the rows
    found: list[Found] = [
        (name, "first", float(value[k]), float(value[k] - half[k]), float(value[k] + half[k]))
        for k, name in enumerate(names)
    ]
    return [*found, no_influence("first", value[len(names) :])]


FAST = Method(
    "fast",
    N_("Variance-based sensitivity (RBD-FAST)"),
    "First-order indices by random balance designs (RBD-FAST).",
    given_data(fast_estimates),
    (FIRST,),
    ("first",),
    least=128,  # SALib's estimator fails or is certain of noise below 44
)
