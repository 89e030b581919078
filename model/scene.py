"""What a quarter runs on, under one name: the arguments of the quarter's lines.

A named tuple travels through compiled code as it does through Python, so both drivers read the
same fields. The types of the fields differ: arrays of records under the compiled driver, lists of
agents and plain objects under the agents'.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Links(NamedTuple):
    """Who is linked with whom, as compressed sparse rows."""

    offsets: NDArray[np.int64]
    """(enterprises + 1): where each enterprise's links begin"""
    linked: NDArray[np.int32]
    """numbers of the linked enterprises"""


class Seen(NamedTuple):
    """What linked enterprises see of each other: copies, so that order does not matter."""

    sector: NDArray[np.int32]
    implemented: NDArray[np.uint64]
    attitude: NDArray[np.float64]
    inspected: NDArray[np.int32]
    caught: NDArray[np.int32]


class Scene(NamedTuple):
    """What one quarter reads and writes.

    Policies are by park, draws by enterprise, ``totals`` records of SUMS by park and cell,
    ``park_totals`` records of PARK_SUMS by park. Both totals are added to or set in place.
    """

    enterprises: Any
    teams: Any
    parks: Any
    sectors: Any
    policies: Any
    behaviour: Any
    draws: Any
    links: Any
    seen: Any
    totals: Any
    park_totals: Any


class Starts(NamedTuple):
    """What every run of a batch begins from: records to copy, and what transforms them."""

    enterprises: Any
    teams: Any
    parks: Any
    sites: Any
    draws: Any
