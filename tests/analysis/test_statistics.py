"""What few seeds, equal pairs and many tests leave open."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cleanpark.analysis.statistics.paired import gaps_of, paired
from cleanpark.analysis.statistics.rare import (
    MEASURED_LOWEST,
    MEASURED_MEAN,
    at_most,
    seeds_needed,
    share_of_one,
    skewness,
)
from cleanpark.analysis.statistics.ratios import percent_change, percent_interval
from cleanpark.analysis.statistics.several import by_chance, holm

DOCS = Path(__file__).resolve().parents[2] / "docs" / "statistics.md"


@pytest.mark.parametrize("gap", [0.0, 1.0])
def test_pairs_that_differ_alike_under_all_seeds_have_no_interval(gap: float) -> None:
    base = np.array([[3.0], [5.0], [9.0]])
    found = paired(base + gap, base)
    assert found.difference[0] == gap
    assert np.isnan([found.low[0], found.high[0], found.p[0]]).all()
    assert not found.distinguishable[0]
    assert found.differing[0] == (3 if gap else 0)
    assert np.isnan(percent_interval(base + gap, base)[0][0])


def test_a_difference_that_is_rounding_is_none() -> None:
    base = np.array([[0.1 + 0.2], [1e9], [7.0]])
    here = np.array([[0.3], [1e9], [7.0]])
    assert paired(here, base).differing[0] == 0
    assert (gaps_of(here, base) == 0.0).all()


def test_what_no_seed_shows_may_happen_in_as_many_as_the_rule_of_three_says() -> None:
    for seeds in (3, 20, 300):
        share = float(at_most(seeds))
        assert (1.0 - share) ** seeds == pytest.approx(0.05)
    assert float(at_most(300)) == pytest.approx(3 / 300, rel=0.01)
    assert np.isnan(at_most(0))


@given(st.lists(st.floats(-10, 10), min_size=4, max_size=30))
def test_skewness_and_p_are_those_of_scipy(values: list[float]) -> None:
    column = np.array(values)[:, None]
    if np.ptp(column) <= 1e-3:
        return
    assert skewness(column)[0] == pytest.approx(stats.skew(values, bias=False), abs=1e-6)
    found = paired(column, np.zeros_like(column))
    assert found.p[0] == pytest.approx(stats.ttest_1samp(values, 0.0).pvalue, abs=1e-9)


def test_skewed_differences_ask_for_more_seeds_and_even_ones_do_not() -> None:
    even = np.array([[-2.0], [-1.0], [0.5], [1.0], [2.0]] * 4)
    skewed = np.array([[0.1], [0.2], [0.15], [0.12], [0.3], [0.2], [0.25], [0.1], [0.2], [40.0]])
    assert seeds_needed(even)[0] == 0
    needed = seeds_needed(skewed)[0]
    assert needed == int(np.ceil(25 * stats.skew(skewed[:, 0], bias=False) ** 2))
    assert needed > 200


def test_a_rare_event_asks_for_the_seeds_in_which_ten_would_differ() -> None:
    gaps = np.zeros((40, 1))
    gaps[[3, 17]] = [[1.0], [-1.0]]
    assert seeds_needed(gaps)[0] == 200
    assert seeds_needed(np.zeros((40, 1)))[0] == 0


def test_the_seed_with_the_largest_part_is_named() -> None:
    gaps = np.array([[1.0, 0.0], [-8.0, 0.0], [1.0, np.nan]])
    share, place = share_of_one(gaps)
    assert (share[0], place[0]) == (0.8, 1)
    assert np.isnan(share[1])


P = st.lists(st.floats(0, 1), min_size=1, max_size=20)


@given(P)
def test_holm_refuses_what_stepping_down_refuses(p: list[float]) -> None:
    adjusted = holm(np.array(p))
    order = np.argsort(p, kind="stable")
    refused = set()
    for step, place in enumerate(order):
        if p[place] * (len(p) - step) > 0.05:
            break
        refused.add(int(place))
    assert refused == set(np.flatnonzero(adjusted <= 0.05).tolist())
    assert (adjusted >= np.array(p)).all()


def test_undefined_tests_are_not_counted_by_holm() -> None:
    assert holm(np.array([0.02, np.nan, 0.03])).tolist()[::2] == pytest.approx([0.04, 0.04])
    assert np.isnan(holm(np.array([0.02, np.nan]))[1])
    assert by_chance(40) == pytest.approx(2.0)


def test_a_percentage_of_what_is_negative_or_of_either_sign_is_empty() -> None:
    here, base = np.array([[3.0], [5.0]]), np.array([[2.0], [4.0]])
    assert percent_change(here, base)[0] == pytest.approx(100 / 3)
    assert np.isnan(percent_change(here, -base)[0])
    assert np.isnan(percent_change(here, np.array([[-1.0], [4.0]]))[0])


def test_the_docs_hold_what_is_told_of_coverage() -> None:
    text = DOCS.read_text(encoding="utf-8")
    told = re.search(r"All intervals: (\d+) %. The lowest: (\d+) %.", text)
    assert told is not None
    assert (int(told[1]), int(told[2])) == (MEASURED_MEAN, MEASURED_LOWEST)
