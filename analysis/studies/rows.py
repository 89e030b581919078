"""A design of one's own, row by row: means with intervals, and differences to the first row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.statistics.paired import paired
from cleanpark.analysis.studies.study import Study

if TYPE_CHECKING:
    import pandas as pd


def rows_table(study: Study) -> pd.DataFrame:
    """sample, outcome, mean over seeds with a 95 % interval, and the paired difference to sample 0.

    Runs that are undefined or failed are left out pair by pair; ``seeds`` counts the others.
    """
    import pandas as pd

    parts = []
    for name in study.runs.outcomes:
        values = study.results.values(name).T  # (seeds, samples)
        alone = paired(values, np.zeros_like(values))
        against = paired(values, np.repeat(values[:, :1], values.shape[1], axis=1))
        parts.append(pd.DataFrame({
            "sample": np.arange(values.shape[1]),
            "outcome": name,
            "value": alone.mean,
            "low": alone.low,
            "high": alone.high,
            "difference": against.difference,
            "difference_low": against.low,
            "difference_high": against.high,
            "distinguishable": against.distinguishable,
            "seeds": alone.seeds,
        }))  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def told_rows(study: Study) -> pd.DataFrame:
    """Write rows.csv into the study's folder."""
    table = rows_table(study)
    study.write_tables({"rows": table})
    study.write_record()
    return table


def varied(design: pd.DataFrame) -> list[str]:
    """Columns in which the rows differ; all of them where they do not."""
    found = [str(one) for one in design.columns if design[one].nunique(dropna=False) > 1]
    return found or [str(one) for one in design.columns]


def same(one: Any, other: Any) -> bool:
    """Whether two cells of a design say the same; empty ones do."""
    return bool(one == other) or bool(is_empty(one) and is_empty(other))


def is_empty(value: Any) -> bool:
    """Whether a cell of a design keeps the scenario's value."""
    return value is None or bool(value != value)
