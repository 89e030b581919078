"""Sums of a cell are records over plain numbers: the same memory, every name once."""

from __future__ import annotations

import numpy as np

from cleanpark.model import measures as m


def test_records_share_memory_with_the_numbers() -> None:
    cells = np.zeros((2, 3, m.N_MEASURES))
    m.cell_records(cells)["exits"][1, 2] = 4.0
    assert cells[1, 2, m.PLACE["exits"]] == cells.sum() == 4.0
    parks = np.zeros((2, m.N_PARK_MEASURES))
    m.park_records(parks)["paid"]["training"][1] = 3.0
    assert parks[1, m.PARK_PAID_PLACE["training"]] == parks.sum() == 3.0


def test_cells_are_sectors_by_sizes_by_attitudes() -> None:
    assert m.n_cells(5) == 5 * m.N_SIZES * m.N_ATTITUDES
