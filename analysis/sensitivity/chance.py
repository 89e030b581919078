"""What of the variance is chance, and what was undefined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.sensitivity.indices import defined_blocks
from cleanpark.analysis.sensitivity.intervals import jackknife
from cleanpark.analysis.sensitivity.method import Design, Method, Values
from cleanpark.analysis.sensitivity.methods import method_named
from cleanpark.analysis.statistics.means import mean_over_seeds

if TYPE_CHECKING:
    import pandas as pd

LEAST_BLOCKS = 8
"""Rows below which the share of chance has no interval, and parts of its jackknife."""


def variance_parts(y: Values) -> Values:
    """Variance of single runs from parameters, common to all rows of a seed, and the rest.

    By analysis of variance: under common random numbers samples and seeds cross. Unbiased;
    negative parts are taken as zero. Paired comparisons are rid of the common part alone.
    """
    rows, seeds = y.shape
    by_row, by_seed = y.mean(axis=1), y.mean(axis=0)
    rest = y - by_row[:, None] - by_seed[None, :] + y.mean()
    residual = float((rest**2).sum()) / ((rows - 1) * (seeds - 1))
    parameters = max(0.0, float(by_row.var(ddof=1)) - residual / seeds)
    common = max(0.0, float(by_seed.var(ddof=1)) - residual / rows)
    return np.array([parameters, common, residual])


def complete_rows(y: Values) -> Values:
    """The rows of which every seed is defined, (rows, seeds)."""
    table = y if y.ndim > 1 else y[:, None]
    return table[np.isfinite(table).all(axis=1)]


def chance_share(y: Values) -> tuple[float, float]:
    """Variance of a single run, and the share of it that is chance (common and the rest).

    Undefined (NaN) with one seed. Samples with an undefined run are left out.
    """
    table = complete_rows(y)
    if min(table.shape) < 2:
        return np.nan, np.nan
    parts = variance_parts(table)
    whole = float(parts.sum())
    return whole, float(parts[1:].sum()) / whole if whole > 0 else np.nan


def chance_table(y: Values, outcome: str, method: str | Method | None = None) -> pd.DataFrame:
    """chance.csv of one outcome: variance, shares of parameters and of chance with an interval.

    ``chance`` is ``common`` to all rows of a seed plus ``residual``. The interval is by jackknife
    over seeds (three at least) and rows. Undefined where the design has a variance of its own, as
    Morris' grid has.
    """
    import pandas as pd

    table = complete_rows(y)
    row: dict[str, Any] = {"outcome": outcome, "quarter": ""}
    names = ("variance", "parameters", "common", "residual", "chance", "low", "high")
    row |= dict.fromkeys(names, np.nan)
    row["seeds"] = table.shape[1]
    variance, share = chance_share(table)
    own = method is not None and method_named(method).own_variance
    if np.isfinite(share) and not own:
        parts = variance_parts(table) / variance
        half = chance_half_width(table)
        row |= dict(zip(names, [variance, *parts, share], strict=False))
        row |= {"low": max(0.0, share - half), "high": min(1.0, share + half)}
    return pd.DataFrame([row])


def chance_half_width(table: Values) -> float:
    """Half width of the interval of the share that is chance; NaN with fewer than three seeds."""
    rows, seeds = table.shape
    if seeds < 3 or rows < LEAST_BLOCKS:
        return np.nan
    by_seed = [chance_share(np.delete(table, one, axis=1))[1] for one in range(seeds)]
    part = np.arange(rows) % LEAST_BLOCKS
    by_part = [chance_share(table[part != one])[1] for one in range(LEAST_BLOCKS)]
    return float(np.sqrt(jackknife(np.array(by_seed)) + jackknife(np.array(by_part))))


def undefined_table(design: Design, y: Values, outcome: str) -> pd.DataFrame:
    """undefined.csv of one outcome: samples, undefined ones, those left out by the rule, and runs
    that are undefined."""
    import pandas as pd

    mean = mean_over_seeds(y)
    _, kept = defined_blocks(mean, design.rows)
    row = {"outcome": outcome, "quarter": "", "samples": len(mean),
           "undefined": int((~np.isfinite(mean)).sum()),
           "dropped": int((~kept).sum()) * design.rows,
           "runs_undefined": int((~np.isfinite(y)).sum()),
           "rule": design.method.undefined}  # fmt: skip
    return pd.DataFrame([row])
