"""Shapley values: known games, and instruments of real scenarios."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import cleanpark as cp
from cleanpark.analysis.policies.attribution import attribute, instruments, subset_scenarios
from cleanpark.analysis.policies.permutations import (
    crossed_interval,
    gains,
    permutations,
    subset_name,
    subset_runs,
    subsets_needed,
)
from cleanpark.analysis.policies.shapley import (
    sampled_shapley,
    shapley,
    shapley_by_seed,
    synergy,
)
from cleanpark.analysis.sensitivity.sensitivity import model_runs
from cleanpark.scenarios.errors import InputError


def game(function, count=3, seeds=4):
    values = [function([k >> place & 1 for place in range(count)]) for k in range(2**count)]
    # The seeds differ a little: what never varies has no interval.
    return np.outer(values, np.linspace(0.99, 1.01, seeds))


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
        subset_scenarios(mix, base, instruments(mix, base, by="lever"))


def test_contributions_of_a_packaged_mix():
    found = attribute(
        "reward-and-punish", outcomes=["audits", "fines"], seeds=3,
        park=cp.park("mixed", enterprises=20), quarters=8,
    )  # fmt: skip
    for _, rows in found.contributions.groupby("outcome"):
        whole = rows[rows["instrument"] == "(all)"]["value"].iloc[0]
        assert rows[rows["instrument"] != "(all)"]["value"].sum() == pytest.approx(whole, abs=1e-6)
    assert found.sentences("zh")


def sampled(every, count, number):
    """Of the values of all subsets those that the permutations pass through."""
    return every[subsets_needed(count, number)]


@settings(max_examples=20, deadline=None)
@given(arrays(float, (32, 3), elements=st.floats(-1e6, 1e6)))
def test_gains_of_each_order_sum_to_the_whole(values):
    found = gains(sampled(values, 5, 8), 5, 8)
    whole = np.broadcast_to(values[-1] - values[0], found.shape[1:])
    assert found.sum(axis=0) == pytest.approx(whole, abs=1e-5)


def test_a_game_of_pairs_needs_one_order_and_its_reverse():
    """With interactions of two at most, an order and its reverse give the exact value."""
    random = np.random.default_rng(1)
    own, pair = random.normal(size=6), np.triu(random.normal(size=(6, 6)), 1)
    every = game(lambda on: own @ on + np.array(on) @ pair @ on, 6)
    exact = shapley_by_seed(every)
    for one in range(2):
        assert gains(sampled(every, 6, 4), 6, 4)[:, one] == pytest.approx(exact)


def test_estimates_meet_the_exact_values_and_intervals_hold_them():
    random = np.random.default_rng(3)
    weight = random.normal(size=(6, 6, 6))
    held, trials = 0, 0
    for noise in range(20):
        shift = np.random.default_rng(noise).normal(1.0, 0.3, 10)
        values = np.stack([
            np.einsum("ijk,i,j,k", weight, on, on, on) * shift
            for on in ([k >> place & 1 for place in range(6)] for k in range(64))
        ])  # fmt: skip
        exact = shapley_by_seed(values / shift).mean(axis=1)
        table = sampled_shapley(sampled(values, 6, 24), list("abcdef"), 24)
        rows = table.iloc[:6]
        held += int(((rows["low"] <= exact) & (exact <= rows["high"])).sum())
        trials += 6
        assert table["value"].iloc[:6].sum() == pytest.approx(table["value"].iloc[6])
    assert held / trials > 0.9


def test_intervals_hold_the_chance_of_seeds_and_of_permutations():
    random = np.random.default_rng(5)
    covered = []
    for _ in range(400):
        values = random.normal(0, 2, (12, 1)) + random.normal(0, 1, (1, 8))
        _, low, high = crossed_interval(values + random.normal(0, 1, (12, 8)))
        covered.append(low <= 0 <= high)
    assert 0.92 < np.mean(covered) < 0.995
    assert np.isnan(crossed_interval(np.ones((4, 1)))[1])


def test_more_permutations_come_after_the_same_ones():
    assert permutations(23, 9)[:8] == permutations(23, 8)
    assert permutations(23, 8)[1] == permutations(23, 8)[0][::-1]
    few, many = subsets_needed(23, 8), subsets_needed(23, 16)
    assert many[: len(few)] == few
    with pytest.raises(InputError, match="at least 4"):
        permutations(23, 2)


def test_alone_and_last_are_told_of_sampled_games_too():
    values = game(lambda on: 10 * on[0] * on[1], 4)
    exact = shapley(values, list("abcd"))
    table = sampled_shapley(sampled(values, 4, 8), list("abcd"), 8)
    for column in ("alone", "last"):
        assert table[column].to_list() == pytest.approx(exact[column].to_list())


def test_subsets_of_many_levers_are_the_scenarios_that_they_name():
    mix, base = cp.scenario("full-mix"), cp.scenario("voluntary")
    parts = instruments(mix, base, by="lever")
    runs = model_runs([mix, base], cp.park("mixed", enterprises=5), 6, ["fines"])
    found = subset_runs(runs, mix, base, parts)
    subset = 0b1011
    name = subset_name(subset, list(parts), base.name)
    policy, _ = found._base(name)
    expected = base.with_levers_of(mix, [*list(parts)[:2], list(parts)[3]])
    assert np.array_equal(policy[:6], expected.schedule(6, ["mixed"]))
    assert subset_name(0, list(parts), base.name) == "voluntary"


def test_a_mix_of_many_levers_is_taken_apart_and_goes_on(tmp_path):
    told = {"outcomes": ["fines", "compliance_true"], "seeds": 2, "quarters": 4, "by": "lever",
            "park": cp.park("mixed", enterprises=8), "folder": tmp_path / "a"}  # fmt: skip
    found = attribute("full-mix", permutations=4, **told)
    assert len(found.synergies) == 0
    assert "4 orders" in found.sentences()[0]
    assert "4 种抽样" in found.sentences("zh")[0]
    kept = {one.name for one in (tmp_path / "a" / "results").iterdir()}
    more = attribute("full-mix", permutations=6, **told)
    assert kept < {one.name for one in (tmp_path / "a" / "results").iterdir()}
    alone = attribute("full-mix", permutations=6, **{**told, "folder": None})
    assert more.contributions.equals(alone.contributions)
    for _, rows in more.contributions.groupby("outcome"):
        whole = rows[rows["instrument"] == "(all)"]["value"].iloc[0]
        assert rows[rows["instrument"] != "(all)"]["value"].sum() == pytest.approx(whole, abs=1e-6)


def test_a_sampled_game_that_is_never_defined_has_no_values():
    table = sampled_shapley(sampled(np.full((16, 3), np.nan), 4, 4), list("abcd"), 4)
    assert table[["value", "low", "high", "share"]].isna().all(axis=None)
    assert (table["seeds"] == 0).all()


def test_values_for_a_park_and_behaviour_are_instruments_too(tmp_path):
    file = tmp_path / "p.toml"
    file.write_text(
        'name = "mine"\nextends = "voluntary"\n[parks.mixed]\nfine = 90\ninspection_rate = 0.2\n'
        "[behaviour]\nmoral_cost = 0.02\n"
    )
    mix, base = cp.scenario(file), cp.scenario("voluntary")
    parts = instruments(mix, base, "lever")
    assert set(parts) == {"fine", "inspection_rate", "moral_cost"}
    park = cp.park("mixed", enterprises=12)
    for by in ("lever", "group"):
        found = cp.attribute(mix, base, "compliance_true", 2, park, 8, by=by)
        table = found.contributions.set_index("instrument")
        whole = cp.compare([mix], park, 2, 8).row("mine", "compliance_true")["difference"]
        assert table.loc["(all)", "value"] == pytest.approx(whole)
        assert table["value"].drop("(all)").sum() == pytest.approx(whole)
        assert all(found.sentences(language) for language in ("en", "zh"))
