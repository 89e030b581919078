"""The logarithm of the draws is the same number wherever it is taken."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents.elementary import logarithm
from cleanpark.model.streams import QUARTER_DRAWS, compiled_log_odds, quarter_draws, to_log_odds


@given(st.floats(2.0**-1000, 2.0**1000))
def test_it_is_the_logarithm_to_the_last_place_but_one(x: float) -> None:
    assert abs(logarithm(x) - math.log(x)) <= math.ulp(math.log(x))


def test_single_values_to_the_last_bit() -> None:
    assert logarithm(1.0) == 0.0
    assert logarithm(2.0) == math.log(2.0)
    # Written down once: no library and no processor may give another last bit.
    kept = ["-0x1.2b708872320e2p+5", "0x1.193ea7aad030ap+0", "-0x1.62e42fefa39efp-1"]
    assert [logarithm(x).hex() for x in (2.0**-54, 3.0, 0.5)] == kept


def test_compiled_and_python_draws_are_equal_to_the_last_bit() -> None:
    plain = np.random.default_rng(1).random((3, 50, 8))
    fast = plain.copy()
    to_log_odds(plain, 2, 5)
    compiled_log_odds()(fast, 2, 5)
    assert np.array_equal(plain, fast)


def test_shocks_are_log_odds() -> None:
    shocks = quarter_draws(7, 0, 3, 2000)["shock"].reshape(-1, QUARTER_DRAWS["shock"].shape[0])
    assert np.isfinite(shocks).all()
    # The logistic distribution: mean 0, variance pi squared over 3.
    assert abs(shocks.mean()) < 0.06
    assert abs(shocks.var() / (math.pi**2 / 3.0) - 1.0) < 0.06
