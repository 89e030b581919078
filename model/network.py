"""Who knows whom: links between enterprises of a park, stronger within the sector."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.state import MAX_SECTORS
from cleanpark.model.scene import Links

DEGREE = 6
"""Links of each enterprise: two in each of three rings."""


def ring(groups: NDArray[np.int64], order: NDArray[np.float64]) -> NDArray[np.int32]:
    """Two neighbours of each enterprise on a ring of its group, in a random order.

    Rings of independent order make a graph through which news travels fast, of equal degree,
    and the links of the others hardly change when one enterprise is added.
    """
    sequence = np.lexsort((order, groups))
    sorted_groups = groups[sequence]
    first = np.flatnonzero(np.r_[True, sorted_groups[1:] != sorted_groups[:-1]])
    last = np.r_[first[1:], len(groups)] - 1
    after = np.r_[sequence[1:], sequence[:1]]
    before = np.r_[sequence[-1:], sequence[:-1]]
    after[last] = sequence[first]
    before[first] = sequence[last]
    neighbours = np.empty((len(groups), 2), dtype=np.int32)
    neighbours[sequence, 0] = after
    neighbours[sequence, 1] = before
    return neighbours


def links(park: NDArray[np.int32], sector: NDArray[np.int32], order: NDArray[np.float64]) -> Links:
    """Four links within the sector of the park and two in the park at large.

    ``order`` (enterprises, 3) holds the draws that order the three rings.
    """
    sectors = park.astype(np.int64) * MAX_SECTORS + sector
    parks = park.astype(np.int64)
    linked = np.concatenate(
        [ring(sectors, order[:, 0]), ring(sectors, order[:, 1]), ring(parks, order[:, 2])], axis=1
    )
    offsets = np.arange(len(park) + 1, dtype=np.int64) * DEGREE
    return Links(offsets, linked.reshape(-1))


def complete(enterprises: int) -> Links:
    """Everybody linked with everybody: for small parks and for theory."""
    others = [[j for j in range(enterprises) if j != i] for i in range(enterprises)]
    offsets = np.arange(enterprises + 1, dtype=np.int64) * (enterprises - 1)
    return Links(offsets, np.array(others, dtype=np.int32).reshape(-1))
