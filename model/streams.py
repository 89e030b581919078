"""Random numbers addressed by (seed, purpose, quarter, enterprise), never by order of calls.

NumPy's Philox is counter-based: a block for one seed and quarter is a table of enterprises by
purposes, so scenarios with one seed meet the same shocks (common random numbers), and one more
enterprise or purpose leaves all other draws as they were.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.draws import INITIAL_DRAWS, QUARTER_DRAWS
from cleanpark.agents.elementary import logarithm
from cleanpark.model.chunks import each_chunk
from cleanpark.model.compiled import compile_cached
from cleanpark.model.cores import cores

INITIAL, QUARTER, TEAMS = 1, 2, 3
"""Domains of a seed's numbers."""

DRAWS_PER_COUNT = 4
"""Numbers of 64 bits that Philox makes for each step of its counter."""

SMALLEST = 2.0**-54


class Stream:
    """All numbers of one seed and domain, read from any place of its counter."""

    def __init__(self, seed: int, domain: int) -> None:
        """Key the generator by seed and domain."""
        self.bits = np.random.Philox(key=np.array([seed, domain], dtype=np.uint64))
        self.generator = np.random.Generator(self.bits)
        self.state = self.bits.state

    def fill(self, number: int, first: int, table: NDArray[np.float64]) -> None:
        """Write uniforms on (0, 1) of rows from ``first`` on of table ``number``.

        The table's columns must be a multiple of four, so that a row begins at a step of the
        counter; the table's number is the counter's second word.
        """
        step = first * table.shape[1] // DRAWS_PER_COUNT
        self.state["state"]["counter"] = np.array([step, number, 0, 0], dtype=np.uint64)
        self.bits.state = self.state
        self.generator.random(out=table)
        np.maximum(table, SMALLEST, out=table)


def columns(dtype: np.dtype[np.void]) -> int:
    """How many numbers a row of draws holds."""
    return dtype.itemsize // 8


def quarter_draws(seed: int, first: int, quarters: int, enterprises: int) -> NDArray[np.void]:
    """Draws of consecutive quarters: rows of QUARTER_DRAWS, shape (quarters, enterprises)."""
    table = np.empty((quarters, enterprises, columns(QUARTER_DRAWS)))
    place, shape = QUARTER_DRAWS.fields["shock"][1] // 8, QUARTER_DRAWS["shock"].shape  # type: ignore[index]

    def fill(_: int, begin: int, end: int) -> None:
        stream, part = Stream(seed, QUARTER), table[:, begin:end]
        for step in range(quarters):
            stream.fill(first + step, begin, part[step])
        compiled_log_odds()(part, place, place + shape[0])

    each_chunk(fill, enterprises, cores())
    draws: NDArray[np.void] = table.view(QUARTER_DRAWS)[..., 0]
    return draws


def to_log_odds(table: Any, first: int, end: int) -> None:
    """Make log-odds of the uniforms in columns ``first`` up to ``end`` of tables of draws."""
    for step in range(table.shape[0]):
        for row in range(table.shape[1]):
            for column in range(first, end):
                uniform = table[step, row, column]
                table[step, row, column] = logarithm(uniform / (1.0 - uniform))


@functools.cache
def compiled_log_odds() -> Callable[..., Any]:
    """The compiled loop over draws."""
    return compile_cached(to_log_odds, to_log_odds)


def initial_draws(
    seed: int, enterprises: int, chunk: int = 50_000
) -> Iterator[tuple[int, NDArray[np.void]]]:
    """Rows of INITIAL_DRAWS in chunks: (first enterprise, rows)."""
    stream = Stream(seed, INITIAL)
    for first in range(0, enterprises, chunk):
        table = np.empty((min(chunk, enterprises - first), columns(INITIAL_DRAWS)))
        stream.fill(0, first, table)
        yield first, table.view(INITIAL_DRAWS)[:, 0]


def team_draws(seed: int, park: int, teams: int) -> NDArray[np.float64]:
    """Uniforms of skill and temperament of a park's teams, shape (teams, 4).

    Addressed by park, so that a park's teams do not depend on how many another has.
    """
    table = np.empty((teams, 4))
    Stream(seed, TEAMS).fill(park, 0, table)
    return table
