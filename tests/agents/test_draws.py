"""Random numbers as behaviours read them: standard normal, and further uniforms of one."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import draws as d


@given(uniform=st.floats(1e-12, 1 - 1e-12))
def test_the_quantile_is_the_normals_and_symmetric(uniform: float) -> None:
    assert d.normal(uniform) == pytest.approx(NormalDist().inv_cdf(uniform), rel=1e-9, abs=1e-9)


def test_further_draws_are_uniform_and_uncorrelated() -> None:
    uniforms = np.random.default_rng(1).random(20_000)
    first = np.array([d.another_draw(u, 3) for u in uniforms.tolist()])
    second = np.array([d.another_draw(u, 4) for u in uniforms.tolist()])
    for one in (first, second):
        assert 0.0 <= one.min() < 0.001
        assert one.mean() == pytest.approx(0.5, abs=0.01)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03
    assert abs(np.corrcoef(uniforms, first)[0, 1]) < 0.03


@pytest.mark.parametrize("dtype", [d.QUARTER_DRAWS, d.INITIAL_DRAWS])
def test_a_row_begins_at_a_step_of_the_generators_counter(dtype: np.dtype[np.void]) -> None:
    assert dtype.itemsize // 8 % 4 == 0
