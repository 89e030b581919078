"""Logarithm and exponential are the same numbers wherever they are taken."""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import elementary
from cleanpark.agents.elementary import exponential, exponentials, logarithm, logarithms
from cleanpark.model import streams
from cleanpark.model.streams import QUARTER_DRAWS, compiled_log_odds, quarter_draws, to_log_odds


@given(st.floats(2.0**-1000, 2.0**1000))
def test_it_is_the_logarithm_to_the_two_last_places(x: float) -> None:
    assert abs(logarithm(x) - math.log(x)) <= 2.0 * math.ulp(math.log(x))


def test_single_values_to_the_last_bit() -> None:
    assert logarithm(1.0) == 0.0
    assert logarithm(2.0) == math.log(2.0)
    # Written down once: no library and no processor may give another last bit.
    kept = ["-0x1.2b708872320e2p+5", "0x1.193ea7aad030bp+0", "-0x1.62e42fefa39efp-1"]
    assert [logarithm(x).hex() for x in (2.0**-54, 3.0, 0.5)] == kept


@given(st.floats(-708.0, 709.0))
def test_it_is_the_exponential_to_the_two_last_places(x: float) -> None:
    assert abs(exponential(x) - math.exp(x)) <= 2.0 * math.ulp(math.exp(x))


def test_single_exponentials_to_the_last_bit() -> None:
    assert exponential(0.0) == 1.0
    assert exponential(1e-300) == 1.0
    # Written down once, as above.
    kept = ["0x1.5bf0a8b145769p+1", "0x1.78b56362cef37p-2"]
    assert [exponential(x).hex() for x in (1.0, -1.0)] == kept
    assert (exponential(1e3), exponential(-1e3)) == (math.inf, 0.0)


def test_arrays_keep_their_shape() -> None:
    given_here = np.array([[1.0, 2.0], [3.0, 0.5]])
    assert np.array_equal(logarithms(given_here)[1], [logarithm(3.0), logarithm(0.5)])
    assert np.array_equal(exponentials(given_here)[0], [exponential(1.0), exponential(2.0)])
    assert np.isnan(exponentials(np.nan))
    assert np.isnan(logarithms([1.0, np.nan])[1])
    assert logarithms([]).shape == (0,)


def test_behaviour_reads_no_library_of_the_machine() -> None:
    """What a run reads is made of operations that every processor rounds alike."""
    wanted = re.compile(r"math\.(exp|log|pow|sin|cos|tanh|erf)|np\.(exp|log|power)|[a-z)\]] \*\* ")
    folders = [Path(elementary.__file__).parent, Path(streams.__file__).parent]
    found = [
        f"{path.name}: {line.strip()}"
        for folder in folders
        for path in sorted(folder.glob("*.py"))
        if path.name != "elementary.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if wanted.search(line)
    ]
    assert found == []


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
