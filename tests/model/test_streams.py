"""Random numbers have addresses: one more enterprise or an earlier start changes no other."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents.draws import QUARTER_DRAWS
from cleanpark.model import streams as s


@given(seed=st.integers(0, 2**62), first=st.integers(0, 20), more=st.integers(1, 5))
def test_draws_depend_on_their_address_alone(seed: int, first: int, more: int) -> None:
    few = s.quarter_draws(seed, first, 2, 3)
    many = s.quarter_draws(seed, 0, first + 2, 3 + more)[first:, :3]
    np.testing.assert_array_equal(few, many)


def test_seeds_and_quarters_are_independent() -> None:
    one, other = s.quarter_draws(1, 0, 2, 500), s.quarter_draws(2, 0, 2, 500)
    for name in ("join_audit", "inspection"):
        assert abs(np.corrcoef(one[name][0], other[name][0])[0, 1]) < 0.15
        assert abs(np.corrcoef(one[name][0], one[name][1])[0, 1]) < 0.15


def test_chunks_make_no_difference() -> None:
    whole = np.concatenate([rows for _, rows in s.initial_draws(5, 10)])
    parts = np.concatenate([rows for _, rows in s.initial_draws(5, 10, chunk=3)])
    np.testing.assert_array_equal(whole, parts)
    assert QUARTER_DRAWS.itemsize == 8 * s.columns(QUARTER_DRAWS)
