"""Designs in the unit cube, and how large they may be.

Every design is prefix-stable: that of 2N samples begins with that of N, so samples can be added
to a finished study without losing what was there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleanpark.analysis.sensitivity.method import Method, Plan, Values, membership_of
from cleanpark.analysis.sensitivity.methods import method_named
from cleanpark.scenarios.errors import InputError

MOST_CELLS = 400_000_000
"""Cells of a design, rows times parameters: about 3 GB."""


def check_size(rows: int, factors: int) -> None:
    """Refuse designs that memory cannot hold, before they are made."""
    if rows * factors > MOST_CELLS:
        raise InputError(
            "samples: make {rows:,} rows of {factors:,} parameters, more than memory "
            "holds ({most:,} cells); ask for fewer samples or parameters",
            rows=rows,
            factors=factors,
            most=MOST_CELLS,
        )


def unit_design(
    method: str | Method,
    factors: int,
    samples: int,
    seed: int = 0,
    second_order: bool = False,
    groups: Sequence[str] | None = None,
    choices: Sequence[int] | None = None,
) -> Values:
    """The design of a method, shape (rows, factors), numbers in [0, 1].

    ``samples`` counts base points (sobol), trajectories (morris) or rows; ``groups`` names the
    group of each factor where groups are moved as one; ``choices`` counts what each factor
    chooses from, 0 where it is a number. Raises InputError.
    """
    declared = method_named(method)
    declared.check(samples, groups is not None, second_order)
    counts = np.zeros(factors, dtype=int) if choices is None else np.asarray(choices)
    moved = membership_of(factors, groups)
    return declared.design(Plan(factors, samples, seed, second_order, moved, counts))
