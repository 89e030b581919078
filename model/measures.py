"""The sums that a quarter's close adds up, by park and by cell of enterprises.

A cell is one sector, one size class and one attitude group, so each enterprise is added once
and every grouping follows from sums of cells.
"""

from __future__ import annotations

import numpy as np

from cleanpark.agents.state import N_FLOWS, N_PARK_PAYMENTS, N_PAYMENTS

N_SIZES = 3
N_ATTITUDES = 3
CELLS_PER_SECTOR = N_SIZES * N_ATTITUDES

FLOW = 0  # ten flows that reach the environment, in the flow's unit
REPORTED = N_FLOWS
PAID = 2 * N_FLOWS
(
    COUNT,
    OUTPUT,
    COMPLIANT,
    APPARENT,
    COVERED,
    AUDITS,
    GENUINE,
    MISCLASSIFIED,
    SPREAD,
    LEVEL_ONE,
    LEVEL_TWO,
    LEVEL_THREE,
    IDENTIFIED,
    IMPLEMENTED,
    FOUND,
    TOLD,
    ADOPTED,
    TECHNOLOGY,
    TECHNOLOGY_SQUARE,
    ATTITUDE,
    KNOWLEDGE,
    BELIEF,
    EXITS,
    INSPECTED,
    CAUGHT,
    MONITORED,
    DAMAGE,
    EQUIVALENTS,
    SCORE,
    BURDEN,
    BURDEN_SQUARE,
) = range(PAID + N_PAYMENTS, PAID + N_PAYMENTS + 31)
N_MEASURES = PAID + N_PAYMENTS + 31


SUMS = np.dtype([("sums", "f8", (N_MEASURES,))])
"""The sums of one cell as a record: compiled code reaches a record without counting references,
which a row of an array costs at every use."""


def n_cells(sectors: int) -> int:
    """Number of cells for so many sectors."""
    return sectors * CELLS_PER_SECTOR


N_PARK_MEASURES = N_PARK_PAYMENTS + 2
"""Per park and quarter: the park's own payments, then treasury and reference scale."""
