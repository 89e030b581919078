"""Sets of options: plain Python and compiled code must count alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numba import njit

from cleanpark.agents.bits import count_options, first_option
from cleanpark.agents.technology import all_options, has_option, with_option, without_first
from tests.agents import makers


@njit
def compiled(options: np.uint64) -> tuple[int, int]:
    return count_options(options), first_option(options)


@settings(deadline=None)  # the first example compiles
@given(held=st.sets(st.integers(0, 63), min_size=1))
@example(held=set(range(64)))
def test_a_set_is_counted_and_walked_alike_by_both_drivers(held: set[int]) -> None:
    options = np.uint64(0)
    for option in held:
        options = with_option(options, option)
    assert (count_options(options), first_option(options)) == (len(held), min(held))
    assert compiled(options) == (len(held), min(held))
    walked = []
    while options:
        walked.append(first_option(options))
        options = without_first(options)
    assert walked == sorted(held)


@pytest.mark.parametrize("number", [1, 24, 64])
def test_all_options_are_those_of_the_sector(number: int) -> None:
    options = all_options(makers.sector(options=number))
    assert count_options(options) == number
    assert has_option(options, number - 1)
