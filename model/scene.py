"""What a quarter runs on, under one name: the arguments of the quarter's lines.

A named tuple travels through compiled code as it does through Python, so both drivers read the
same fields. The types of the fields differ: arrays of records under the compiled driver, lists of
agents and plain objects under the agents'.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import (
    Draws,
    EnterpriseState,
    ParkState,
    ParkSums,
    SectorData,
    TeamState,
)


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
    """What one quarter reads and writes."""

    enterprises: Sequence[EnterpriseState]
    teams: Sequence[TeamState]
    parks: Sequence[ParkState]
    sectors: Sequence[SectorData]
    policies: Sequence[PolicyLevers]
    """by park; behind these, by regime, of enterprises that a scenario's targets single out"""
    behaviour: BehaviourParameters
    draws: Sequence[Draws]
    """by enterprise"""
    links: Links
    seen: Seen
    totals: Any
    """CellSums by park and cell, added to in place"""
    park_totals: Sequence[ParkSums]
    """by park, set in place"""


class Run(NamedTuple):
    """Arrays of a scene for many quarters, or for many runs of them.

    Policies, behaviour, draws and totals have the axes of quarters, or of runs and quarters,
    before those of the scene.
    """

    enterprises: Any
    teams: Any
    parks: Any
    sectors: Any
    policies: Any
    behaviour: Any
    draws: Any
    links: Links
    seen: Seen
    totals: Any
    park_totals: Any


class Starts(NamedTuple):
    """What every run of a batch begins from: records to copy, and what transforms them."""

    enterprises: Any
    teams: Any
    parks: Any
    sites: Any
    draws: Any
