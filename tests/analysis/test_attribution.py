"""Shapley values: known games, and instruments of real scenarios."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import cleanpark as cp
from cleanpark.analysis.attribution import (
    attribute,
    instruments,
    shapley,
    shapley_by_seed,
    subset_scenarios,
    synergy,
)
from cleanpark.scenarios.errors import InputError


def game(function, count=3, seeds=4):
    values = [function([k >> place & 1 for place in range(count)]) for k in range(2**count)]
    return np.repeat(np.array(values, dtype=float)[:, None], seeds, axis=1)


def test_an_additive_game_gives_each_its_own():
    table = shapley(game(lambda on: 1 * on[0] + 2 * on[1] + 4 * on[2] + 9), list("abc"))
    assert table["value"].to_list() == pytest.approx([1, 2, 4, 7])
    assert table["share"].to_list() == pytest.approx([1 / 7, 2 / 7, 4 / 7, 1])
    assert synergy(game(lambda on: sum(on)), list("abc"))["value"].abs().max() < 1e-12


def test_a_planted_synergy_is_found():
    values = game(lambda on: 10 * on[0] * on[1])
    table = shapley(values, list("abc")).set_index("instrument")
    assert table.loc["a", "value"] == pytest.approx(5)
    assert table.loc["b", "value"] == pytest.approx(5)
    assert table.loc["c", "value"] == pytest.approx(0)
    assert table.loc["a", "alone"] == 0
    assert table.loc["a", "last"] == 10
    pairs = synergy(values, list("abc")).set_index(["first", "second"])
    assert pairs.loc[("a", "b"), "value"] == pytest.approx(10)
    assert pairs.loc[("a", "c"), "value"] == pytest.approx(0)
    assert pairs.loc[("a", "b"), "distinguishable"]


@settings(max_examples=30, deadline=None)
@given(arrays(float, (16, 3), elements=st.floats(-1e6, 1e6)))
def test_contributions_sum_to_the_whole(values):
    gains = shapley_by_seed(values).sum(axis=0)
    assert gains == pytest.approx(values[-1] - values[0], abs=1e-5)


def test_an_effect_that_is_chance_has_no_shares_and_undefined_seeds_are_left_out():
    random = np.random.default_rng(0)
    values = random.normal(size=(4, 10))
    values[2, 3] = np.nan
    table = shapley(values, ["a", "b"])
    assert table["share"].isna().all()
    assert (table["seeds"] == 9).all()


def test_subsets_run_from_the_reference_to_the_scenario():
    mix, base = cp.scenario("full-mix"), cp.scenario("voluntary")
    parts = instruments(mix, base)
    subsets = subset_scenarios(mix, base, parts)
    assert len(subsets) == 2 ** len(parts)
    assert subsets[0].values() == base.values()
    assert subsets[-1].values() == mix.values()
    with pytest.raises(InputError, match="do not differ"):
        instruments(base, base)
    with pytest.raises(InputError, match="group them"):
        instruments(mix, base, by="lever")


def test_contributions_of_a_packaged_mix():
    found = attribute(
        "reward-and-punish", outcomes=["audits", "fines"], seeds=3,
        park=cp.park("mixed", enterprises=20), quarters=8,
    )  # fmt: skip
    for _, rows in found.contributions.groupby("outcome"):
        whole = rows[rows["instrument"] == "(all)"]["value"].iloc[0]
        assert rows[rows["instrument"] != "(all)"]["value"].sum() == pytest.approx(whole, abs=1e-6)
    assert found.study.settings["sentences"]["zh"]
