"""Views of records: plain numbers out, shared memory in, records within records."""

from __future__ import annotations

import numpy as np
import pytest

from cleanpark.agents import views as v

INNER = np.dtype([("fines", "f8"), ("awards", "f8")], align=True)
OUTER = np.dtype(
    [("cash", "f8"), ("level", "i1"), ("effort", "f8", (2,)), ("paid", INNER)], align=True
)
View = v.view_class("View", OUTER)


def test_rows_share_memory_with_the_records() -> None:
    records = np.zeros((2, 3), dtype=OUTER)
    rows = v.Rows(View, records)
    rows[1, 2].cash += 2.0
    rows[1][2].paid.fines += 3.0
    rows[1, 2].effort[1] = 0.5
    assert records[1, 2]["cash"] == 2.0
    assert records[1, 2]["paid"]["fines"] == 3.0
    assert records[1, 2]["effort"].tolist() == [0.0, 0.5]
    assert records["cash"].sum() == 2.0
    assert len(rows) == 2
    assert type(rows[0, 0].level) is int


def test_unknown_names_are_refused() -> None:
    row = v.Rows(View, np.zeros(1, dtype=OUTER))[0]
    with pytest.raises(AttributeError):
        _ = row.csah


def test_a_namespace_is_a_copy_with_records_within() -> None:
    records = np.zeros(1, dtype=OUTER)
    plain = v.namespace(records[0])
    plain.paid.fines = 4.0
    plain.effort[0] = 1.0
    assert records["paid"]["fines"][0] == 0.0
    assert records["effort"].sum() == 0.0
