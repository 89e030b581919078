"""Designs in the unit cube for each sensitivity method.

Every design is prefix-stable: that of 2N samples begins with that of N, so samples can be added
to a finished study without losing what was there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleanpark.scenarios.errors import InputError, Listed

Unit = NDArray[np.float64]
STRUCTURED = ("sobol", "morris")
GIVEN_DATA = ("pawn", "delta", "fast", "regional")
LEVELS = 4
"""Levels of Morris's grid; a step is two thirds of the range (Morris 1991)."""
STEP = LEVELS / (2.0 * (LEVELS - 1))
SCRAMBLES = 8
"""Independent scramblings of the Sobol sequence among which base points take turns: how much their
estimates differ is an honest interval (Owen 1997, DOI 10.1137/S0036142994277468)."""


def membership_of(factors: int, groups: Sequence[str] | None) -> list[list[int]]:
    """Columns that move together: one list per group, or per factor without groups."""
    if groups is None:
        return [[column] for column in range(factors)]
    names = list(dict.fromkeys(groups))
    return [[k for k, one in enumerate(groups) if one == name] for name in names]


def block_rows(method: str, moved: int, second_order: bool = False) -> int:
    """Rows that one base sample takes; ``moved`` counts groups, or factors without groups."""
    if method == "sobol":
        return 2 * moved + 2 if second_order else moved + 2
    return moved + 1 if method == "morris" else 1


def rows_of(method: str, moved: int, samples: int, second_order: bool = False) -> int:
    """Rows of a design, known before it is made."""
    return samples * block_rows(method, moved, second_order)


def check_samples(method: str, samples: int) -> None:
    """Refuse numbers of samples that the method cannot use."""
    if samples < 4:
        raise InputError("samples = {samples}: at least 4 are needed", samples=samples)
    if method == "sobol" and samples & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        raise InputError(
            "samples = {samples}: a Sobol sequence is balanced at powers of two; "
            "choose {below} or {above}",
            samples=samples,
            below=below,
            above=2 * below,
        )


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


def sequence(dimensions: int, samples: int, seed: int, number: int = 0) -> Unit:
    """A scrambled Sobol sequence; the first rows do not depend on how many are asked for."""
    from scipy.stats import qmc

    random = np.random.default_rng([seed, dimensions, number])
    source = qmc.Sobol(dimensions, scramble=True, rng=random)
    exponent = int(np.ceil(np.log2(max(1, samples))))
    table: Unit = source.random_base2(exponent)[:samples]
    return table


def taking_turns(dimensions: int, samples: int, seed: int) -> Unit:
    """Points of eight independently scrambled Sobol sequences in turn."""
    each = -(-samples // SCRAMBLES)
    parts = [sequence(dimensions, each, seed, number) for number in range(SCRAMBLES)]
    return np.stack(parts, axis=1).reshape(-1, dimensions)[:samples]


def random_rows(dimensions: int, samples: int, seed: int) -> Unit:
    """Independent uniform rows; the first do not depend on how many are asked for.

    Methods that read any data take these: in many dimensions a short Sobol sequence has columns
    that are correlated with each other (0.8 among 86 at 64 rows), which such a method takes for
    influence, and its regularity misleads random balance designs.
    """
    return np.random.default_rng([seed, dimensions]).random((samples, dimensions))


def unit_design(
    method: str,
    factors: int,
    samples: int,
    seed: int = 0,
    second_order: bool = False,
    groups: Sequence[str] | None = None,
    choices: Sequence[int] | None = None,
) -> Unit:
    """The design of a method, shape (rows, factors), numbers in [0, 1].

    ``samples`` counts base points (sobol), trajectories (morris) or rows; ``groups`` names the
    group of each factor where groups are moved as one; ``choices`` counts what each factor
    chooses from, 0 where it is a number. Raises InputError.
    """
    check_samples(method, samples)
    if groups is not None and method not in STRUCTURED:
        raise InputError(
            "groups are analysed by {methods}, not by {method}",
            methods=Listed(STRUCTURED, " and "),
            method=method,
        )
    moved = membership_of(factors, groups)
    if method == "sobol":
        return _saltelli(factors, samples, seed, second_order, moved)
    if method == "morris":
        levels = np.zeros(factors, dtype=int) if choices is None else np.asarray(choices)
        return np.concatenate([_trajectory(levels, seed, k, moved) for k in range(samples)])
    return random_rows(factors, samples, seed)


def _saltelli(
    factors: int, samples: int, seed: int, second_order: bool, moved: list[list[int]]
) -> Unit:
    """Rows by base point: A, A with each B column, (B with each A column,) B."""
    base = taking_turns(2 * factors, samples, seed)
    first, second = base[:, :factors], base[:, factors:]
    blocks = [first, *[_with(first, second, columns) for columns in moved]]
    if second_order:
        blocks += [_with(second, first, columns) for columns in moved]
    blocks.append(second)
    return np.stack(blocks, axis=1).reshape(-1, factors)


def _with(table: Unit, other: Unit, columns: list[int]) -> Unit:
    changed = table.copy()
    changed[:, columns] = other[:, columns]
    return changed


def _trajectory(choices: NDArray[np.int64], seed: int, number: int, moved: list[list[int]]) -> Unit:
    """A walk over the grid that moves each group once, in an order of its own.

    ``choices`` counts what each factor chooses from, 0 where it is a number: a choice moves from
    any of them to any other.
    """
    random = np.random.default_rng([seed, number])
    point = random.integers(0, LEVELS, len(choices)) / (LEVELS - 1)
    some = np.flatnonzero(choices)
    point[some] = (random.integers(0, choices[some]) + 0.5) / choices[some]
    rows = [point]
    for group in random.permutation(len(moved)):
        point = point.copy()
        columns = np.asarray(moved[group])
        up = point[columns] + STEP <= 1.0 + 1e-9
        stepped = np.where(up, point[columns] + STEP, point[columns] - STEP)
        count = choices[columns]
        other = random.integers(1, np.maximum(2, count)) / np.maximum(1, count)
        point[columns] = np.where(count > 0, (point[columns] + other) % 1.0, stepped)
        rows.append(point)
    return np.clip(np.array(rows), 0.0, 1.0)
