"""The sums that a quarter's close adds up, by park and by cell of enterprises, each by name.

A cell is one sector, one size class and one attitude group, so each enterprise is added once
and every grouping follows from sums of cells. To keep one more sum, name it in ``COUNTED`` and
add to it in :mod:`cleanpark.model.close`: ``row.NAME += ...``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cleanpark.agents.payments import PAID, PARK_PAID
from cleanpark.agents.state import ATTITUDES, N_FLOWS, SIZES

N_SIZES = len(SIZES)
N_ATTITUDES = len(ATTITUDES)
CELLS_PER_SECTOR = N_SIZES * N_ATTITUDES

COUNTED = (
    "enterprises",
    "output",  # 10,000 CNY
    "compliant",
    "apparently_compliant",
    "covered",  # audited within the last five years
    "audits",
    "evaluations",
    "accepted",
    "genuine",
    "misclassified",
    "spread",  # of the score between teams, points
    "level_one",
    "level_two",
    "level_three",
    "identified",
    "implemented",
    "told",  # options learned from peers
    "technology",
    "technology_square",
    "attitude",
    "knowledge",
    "belief",
    "exits",
    "inspected",
    "caught",
    "monitored",
    "damage",  # 10,000 CNY
    "equivalents",
    "burden",
    "burden_square",
)
"""Sums over a cell's enterprises in a quarter."""

SUMS = np.dtype(
    [
        ("flow", "f8", (N_FLOWS,)),  # what reaches the environment, in the flow's unit
        ("reported", "f8", (N_FLOWS,)),
        ("paid", PAID),
        *((name, "f8") for name in COUNTED),
    ]
)
"""The sums of one cell as a record: compiled code reaches a record without counting references,
which a row of an array costs at every use."""

PARK_SUMS = np.dtype([("paid", PARK_PAID), ("treasury", "f8"), ("reference_scale", "f8")])
"""Per park and quarter: the park's own payments, its treasury and the scale of references."""


def places(record: np.dtype[np.void]) -> dict[str, int]:
    """Place of each named number in a row of numbers; for a table of flows that of the first."""
    return {name: record.fields[name][1] // 8 for name in record.names or ()}  # type: ignore[index]


N_MEASURES = SUMS.itemsize // 8
N_PARK_MEASURES = PARK_SUMS.itemsize // 8
PLACE, PARK_PLACE = places(SUMS), places(PARK_SUMS)
PAID_PLACE = {name: PLACE["paid"] + place for name, place in places(PAID).items()}
PARK_PAID_PLACE = {name: PARK_PLACE["paid"] + place for name, place in places(PARK_PAID).items()}


def n_cells(sectors: int) -> int:
    """Number of cells for so many sectors."""
    return sectors * CELLS_PER_SECTOR


def cell_records(cells: Any) -> Any:
    """The last axis of numbers as records of SUMS, sharing memory."""
    return cells.view(SUMS)[..., 0]


def park_records(sums: Any) -> Any:
    """The last axis of numbers as records of PARK_SUMS, sharing memory."""
    return sums.view(PARK_SUMS)[..., 0]
