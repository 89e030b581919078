"""Designs in the unit cube for each sensitivity method.

Every design is prefix-stable: that of 2N samples begins with that of N, so samples can be added
to a finished study without losing what was there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleanpark.scenarios.errors import InputError

Unit = NDArray[np.float64]
STRUCTURED = ("sobol", "morris")
GIVEN_DATA = ("pawn", "delta", "fast", "regional")
LEVELS = 4
"""Levels of Morris's grid; a step is two thirds of the range (Morris 1991)."""
STEP = LEVELS / (2.0 * (LEVELS - 1))


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
        raise InputError(f"samples = {samples}: at least 4 are needed")
    if method == "sobol" and samples & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        raise InputError(
            f"samples = {samples}: a Sobol sequence is balanced at powers of two; choose {below} "
            f"or {2 * below}"
        )


def sequence(dimensions: int, samples: int, seed: int) -> Unit:
    """A scrambled Sobol sequence; the first rows do not depend on how many are asked for."""
    from scipy.stats import qmc

    source = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng([seed, dimensions]))
    exponent = int(np.ceil(np.log2(max(1, samples))))
    table: Unit = source.random_base2(exponent)[:samples]
    return table


def unit_design(
    method: str,
    factors: int,
    samples: int,
    seed: int = 0,
    second_order: bool = False,
    groups: Sequence[str] | None = None,
) -> Unit:
    """The design of a method, shape (rows, factors), numbers in [0, 1].

    ``samples`` counts base points (sobol), trajectories (morris) or rows; ``groups`` names the
    group of each factor where groups are moved as one. Raises InputError.
    """
    check_samples(method, samples)
    if groups is not None and method not in STRUCTURED:
        raise InputError(f"groups are analysed by {' and '.join(STRUCTURED)}, not by {method}")
    moved = membership_of(factors, groups)
    if method == "sobol":
        return _saltelli(factors, samples, seed, second_order, moved)
    if method == "morris":
        return np.concatenate([_trajectory(factors, seed, k, moved) for k in range(samples)])
    return sequence(factors, samples, seed)


def _saltelli(
    factors: int, samples: int, seed: int, second_order: bool, moved: list[list[int]]
) -> Unit:
    """Rows by base point: A, A with each B column, (B with each A column,) B."""
    base = sequence(2 * factors, samples, seed)
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


def _trajectory(factors: int, seed: int, number: int, moved: list[list[int]]) -> Unit:
    """A walk over the grid that moves each group once, in an order of its own."""
    random = np.random.default_rng([seed, number])
    point = random.integers(0, LEVELS, factors) / (LEVELS - 1)
    rows = [point]
    for group in random.permutation(len(moved)):
        point = point.copy()
        columns = moved[group]
        up = point[columns] + STEP <= 1.0 + 1e-9
        point[columns] = np.where(up, point[columns] + STEP, point[columns] - STEP)
        rows.append(point)
    return np.clip(np.array(rows), 0.0, 1.0)
