"""Robustness of policies: a table done by hand, what must hold of any table, and the rules."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cleanpark.analysis.policies.robustness import MEASURES, regret, robustness, robustness_of_runs
from cleanpark.scenarios.errors import InputError

# Three policies in three futures; low is better.
BY_HAND = np.array([[1.0, 5.0, 3.0], [2.0, 2.0, 4.0], [3.0, 8.0, 1.0]])
TABLES = arrays(float, (3, 5), elements=st.floats(-1e6, 1e6))


def values_of(table, measure):
    return table[table["measure"] == measure].set_index("scenario")["value"].to_dict()


def ranks_of(table, measure):
    return table[table["measure"] == measure].set_index("scenario")["rank"].to_dict()


def test_a_table_done_by_hand():
    # Best per future: 1, 2, 1. Regret: a 0 3 2; b 1 0 3; c 2 6 0.
    table = robustness(list("abc"), {"y": BY_HAND}, {"y": "low"}, {"y": ("<=", 2.5)})
    assert values_of(table, "regret_max") == {"a": 3, "b": 3, "c": 6}
    assert values_of(table, "regret_mean") == pytest.approx({"a": 5 / 3, "b": 4 / 3, "c": 8 / 3})
    assert values_of(table, "regret_p90") == pytest.approx({"a": 2.8, "b": 2.6, "c": 5.2})
    assert values_of(table, "mean") == pytest.approx({"a": 3, "b": 8 / 3, "c": 4})
    assert values_of(table, "satisficing") == pytest.approx({"a": 1 / 3, "b": 2 / 3, "c": 1 / 3})
    assert values_of(table, "signal_to_noise")["a"] == pytest.approx(-3 * np.std([1, 5, 3]))


def test_more_is_better_turns_every_measure_round():
    table = robustness(list("abc"), {"y": BY_HAND}, {"y": "high"}, {"y": (">", 3.0)})
    # Best per future: 3, 8, 4. Regret: a 2 3 1; b 1 6 0; c 0 0 3.
    assert values_of(table, "regret_mean") == pytest.approx({"a": 2, "b": 7 / 3, "c": 1})
    assert values_of(table, "satisficing") == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert values_of(table, "signal_to_noise")["a"] == pytest.approx(3 / np.std([1, 5, 3]))


def test_without_a_target_the_median_of_the_first_policy_is_to_be_met():
    table = robustness(list("abc"), {"y": BY_HAND}, {"y": "low"})
    assert (table["target"] == 3).all()
    assert values_of(table, "satisficing") == pytest.approx({"a": 2 / 3, "b": 2 / 3, "c": 2 / 3})


def test_the_operator_of_a_target_counts():
    for side, share in (("<", 1 / 3), ("<=", 2 / 3), (">=", 2 / 3), (">", 1 / 3)):
        table = robustness(["a"], {"y": BY_HAND[:1]}, {"y": "low"}, {"y": (side, 3.0)})
        assert values_of(table, "satisficing")["a"] == pytest.approx(share)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.sampled_from(["low", "high"]))
def test_regret_is_never_negative_and_some_policy_has_none_in_each_future(values, better):
    lost = regret(values, better)
    assert (lost >= 0).all()
    assert (lost.min(axis=0) == 0).all()


@settings(max_examples=15, deadline=None)
@given(TABLES, st.sampled_from(["low", "high"]))
def test_the_best_policy_in_every_future_has_no_regret_and_the_first_rank(values, better):
    best = values.min(axis=0) - 1 if better == "low" else values.max(axis=0) + 1
    table = robustness(list("abcd"), {"y": np.vstack([values, best])}, {"y": better})
    for measure in ("regret_max", "regret_mean", "regret_p90"):
        assert values_of(table, measure)["d"] == 0
        assert ranks_of(table, measure)["d"] == 1


@settings(max_examples=15, deadline=None)
@given(TABLES)
def test_intervals_stay_where_their_measure_can_be(values):
    table = robustness(list("abc"), {"y": values}, {"y": "low"})
    share = table[table["measure"] == "satisficing"]
    assert ((share["low"] >= 0) & (share["high"] <= 1)).all()
    lost = table[table["measure"].isin(["regret_mean", "regret_p90"])]
    assert (lost["low"] >= 0).all()


def test_the_largest_regret_has_no_interval_that_a_bootstrap_cannot_give():
    table = robustness(list("abc"), {"y": BY_HAND}, {"y": "low"})
    largest = table[table["measure"] == "regret_max"]
    assert largest[["low", "high"]].isna().all(axis=None)
    assert largest["value"].notna().all()
    assert largest["rank"].notna().all()


def test_policies_that_are_not_distinguishable_share_a_rank():
    random = np.random.default_rng(3)
    common = 10 * random.random(200)
    same = common + random.normal(0, 1, (2, 200)) + 100
    table = robustness(list("abc"), {"y": np.vstack([same, common + 105])}, {"y": "low"})
    assert ranks_of(table, "mean") == {"a": 1, "b": 1, "c": 3}


def test_a_paired_difference_ranks_policies_whose_own_intervals_overlap():
    common = 1000 * np.random.default_rng(4).random(60)
    table = robustness(["a", "b"], {"y": np.vstack([common + 1, common])}, {"y": "low"})
    rows = table[table["measure"] == "mean"].set_index("scenario")
    assert rows.loc["a", "low"] < rows.loc["b", "high"]
    assert ranks_of(table, "mean") == {"a": 2, "b": 1}


def test_a_future_counts_only_where_every_policy_is_defined():
    values = BY_HAND.copy()
    values[2, 1] = np.nan
    table = robustness(list("abc"), {"y": values}, {"y": "low"})
    kept = robustness(list("abc"), {"y": BY_HAND[:, [0, 2]]}, {"y": "low"})
    pd.testing.assert_frame_equal(table, kept)
    assert (table["futures"] == 2).all()


def test_nothing_defined_is_undefined_not_a_crash():
    values = np.array([[1.0, np.nan], [np.nan, 2.0]])
    table = robustness(["a", "b"], {"y": values}, {"y": "low"})
    assert len(table) == 2 * len(MEASURES)
    assert table[["value", "low", "high", "rank"]].isna().all(axis=None)


def test_a_single_future_has_no_interval():
    table = robustness(["a", "b"], {"y": np.array([[1.0], [2.0]])}, {"y": "low"})
    assert values_of(table, "regret_max") == {"a": 0, "b": 1}
    assert table[["low", "high"]].isna().all(axis=None)


def test_signal_to_noise_says_nothing_of_values_that_change_sign():
    table = robustness(["a"], {"y": np.array([[-1.0, 2.0, 3.0]])}, {"y": "high"})
    assert np.isnan(values_of(table, "signal_to_noise")["a"])
    assert values_of(table, "mean")["a"] == pytest.approx(4 / 3)


def test_the_seed_decides_the_intervals():
    values = np.random.default_rng(0).random((2, 50))
    one, two, other = (robustness(["a", "b"], {"y": values}, {"y": "low"}, seed=seed)
                       for seed in (0, 0, 1))  # fmt: skip
    pd.testing.assert_frame_equal(one, two)
    assert not one["low"].equals(other["low"])


def test_from_single_runs_seeds_are_averaged_first():
    rows = [
        {"scenario": name, "sample": sample, "seed": seed, "y": value + 10 * seed}
        for name, row in zip("abc", BY_HAND)
        for sample, value in enumerate(row)
        for seed in (0, 1)
    ]
    table = robustness_of_runs(pd.DataFrame(rows), {"y": "low"}, {"y": ("<=", 7.5)})
    assert values_of(table, "regret_mean") == pytest.approx({"a": 5 / 3, "b": 4 / 3, "c": 8 / 3})
    assert values_of(table, "satisficing") == pytest.approx({"a": 1 / 3, "b": 2 / 3, "c": 1 / 3})
    turned = robustness_of_runs(pd.DataFrame(rows), {"y": "low"}, reference="b")
    assert turned["scenario"].iloc[0] == "b"
    assert turned["target"].iloc[0] == 7


def test_wrong_input_is_explained():
    runs = pd.DataFrame({"scenario": ["a"], "sample": [0], "seed": [0], "y": [1.0]})
    with pytest.raises(InputError, match="better"):
        robustness(["a"], {"y": BY_HAND[:1]}, {"y": ""})
    with pytest.raises(InputError, match="2 policies"):
        robustness(["a", "b"], {"y": BY_HAND}, {"y": "low"})
    with pytest.raises(InputError, match="operator '='"):
        robustness(["a"], {"y": BY_HAND[:1]}, {"y": "low"}, {"y": ("=", 1.0)})
    with pytest.raises(InputError, match="no column 'z'"):
        robustness_of_runs(runs, {"z": "low"})
    with pytest.raises(InputError, match="twice"):
        robustness_of_runs(pd.concat([runs, runs]), {"y": "low"})
    with pytest.raises(InputError, match="was not run"):
        robustness_of_runs(runs, {"y": "low"}, reference="b")
