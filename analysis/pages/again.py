"""Running a saved comparison again: everything it was made from is kept with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cleanpark.analysis.comparison.comparison import Comparison, compare
from cleanpark.analysis.pages.reproduce import INPUTS
from cleanpark.analysis.studies.inputs import park_from, scenario_from
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path

if TYPE_CHECKING:
    import pandas as pd


def again(folder: str | Path, workers: int = 1) -> Comparison:
    """Run a saved comparison again, from what its folder holds alone.

    The numbers are the very same with the same version of the program. A common history is read
    from where it was. Raises InputError where the folder holds no comparison, or an input was
    changed.
    """
    place = user_path(folder).resolve()
    file = place / INPUTS
    if not file.is_file():
        raise InputError(
            "{folder}: holds no comparison with its inputs (no {file} there)",
            folder=place, file=INPUTS,
        )  # fmt: skip
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        chosen = [scenario_from(one) for one in kept["scenarios"]]
        places = [park_from(one) for one in kept["parks"]]
        seeds, quarters, history = kept["seeds"], kept["quarters"], kept["history"]
        base = next(one for one in chosen if one.name == kept["reference"])
    except InputError:
        raise
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as cause:
        raise InputError("{file}: is damaged; run it again", file=file) from cause
    return compare(chosen, places, seeds, quarters, base, workers=workers, history=history)


def differing(kept: pd.DataFrame, found: Comparison) -> tuple[int, int]:
    """How many values of the tidy tables differ in any bit, and how many there are."""
    here, there = kept["value"].to_numpy(), found.outcomes["value"].to_numpy()
    if len(here) != len(there):
        return max(len(here), len(there)), max(len(here), len(there))
    same = (here == there) | (np.isnan(here) & np.isnan(there))
    return int((~same).sum()), len(here)
