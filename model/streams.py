"""Random numbers addressed by (seed, purpose, quarter, enterprise), never by order of calls.

NumPy's Philox is counter-based: a block for one seed and quarter is a table of enterprises by
purposes, so scenarios with one seed meet the same shocks (common random numbers), and one more
enterprise or purpose leaves all other draws as they were.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.draws import N_INITIAL_DRAWS, N_QUARTER_DRAWS

INITIAL, QUARTER, TEAMS = 1, 2, 3
"""Domains of a seed's numbers."""

DRAWS_PER_COUNT = 4
"""Numbers of 64 bits that Philox makes for each step of its counter."""

SMALLEST = 2.0**-54


def block(
    seed: int, domain: int, number: int, rows: int, columns: int, first: int = 0
) -> NDArray[np.float64]:
    """Uniforms on (0, 1) of rows ``first`` to ``first + rows`` of one table.

    ``columns`` must be a multiple of four, so that a row begins at a step of the counter.
    """
    key = np.array([seed, (domain << 32) | number], dtype=np.uint64)
    counter = first * columns // DRAWS_PER_COUNT
    generator = np.random.Generator(np.random.Philox(key=key, counter=counter))
    return np.maximum(generator.random((rows, columns)), SMALLEST)


def quarter_draws(seed: int, quarter: int, enterprises: int) -> NDArray[np.float64]:
    """Uniforms of one quarter, shape (enterprises, N_QUARTER_DRAWS)."""
    return block(seed, QUARTER, quarter, enterprises, N_QUARTER_DRAWS)


def initial_draws(
    seed: int, enterprises: int, chunk: int = 50_000
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Uniforms of the initial differences in chunks of rows: (first row, table)."""
    for first in range(0, enterprises, chunk):
        rows = min(chunk, enterprises - first)
        yield first, block(seed, INITIAL, 0, rows, N_INITIAL_DRAWS, first)


def team_draws(seed: int, teams: int) -> NDArray[np.float64]:
    """Uniforms of skill and temperament of the teams, shape (teams, 4)."""
    return block(seed, TEAMS, 0, teams, 4)
