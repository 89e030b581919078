"""Indices through the same code path as the model: design, runner, results, analysis."""

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import sobol as salib_sobol

from cleanpark.analysis.sensitivity import sensitivity
from cleanpark.analysis.sensitivity.chance import chance_share, chance_table, undefined_table
from cleanpark.analysis.sensitivity.indices import analyse
from cleanpark.analysis.sensitivity.method import Design
from cleanpark.analysis.sensitivity.methods import method_named, method_names
from cleanpark.analysis.sensitivity.methods.delta import delta_classes, delta_distance
from cleanpark.analysis.sensitivity.methods.distances import pawn_distances
from cleanpark.analysis.sensitivity.sampling import unit_design
from cleanpark.analysis.words.convergence import warning_lines
from cleanpark.scenarios.errors import InputError
from tests.analysis import functions as f

METHODS = method_names()
GIVEN_DATA = METHODS[2:]


def values(found, index):
    rows = found.indices[(found.indices["index"] == index) & (found.indices["quarter"] == "")]
    return rows["value"].to_numpy()


def test_ishigami_by_sobol_with_pairs():
    found = sensitivity.sobol(f.ishigami, f.ISHIGAMI, ["y"], 2048, 1, second_order=True)
    assert values(found, "first") == pytest.approx(f.ISHIGAMI_FIRST, abs=0.03)
    assert values(found, "total") == pytest.approx(f.ISHIGAMI_TOTAL, abs=0.03)
    pairs = found.indices[found.indices["index"] == "second"].set_index("parameter")["value"]
    assert pairs["x1 × x3"] == pytest.approx(0.2437, abs=0.05)
    assert pairs["x1 × x2"] == pytest.approx(0.0, abs=0.05)
    rows = found.indices[found.indices["index"] == "total"]
    assert ((rows["low"] < rows["value"]) & (rows["value"] < rows["high"])).all()


def test_sobol_g_by_sobol():
    first, total = f.g_indices()
    found = sensitivity.sobol(f.sobol_g, f.G_SPACE, ["y"], 4096, 1)
    assert values(found, "first") == pytest.approx(first, abs=0.03)
    assert values(found, "total") == pytest.approx(total, abs=0.03)


def test_sobol_indices_are_those_of_salib():
    unit = unit_design("sobol", 4, 256, 3, second_order=True)
    y = np.array([f.sobol_g({f"x{k + 1}": v for k, v in enumerate(row)}, 0)["y"] for row in unit])
    names = [f"x{k}" for k in range(4)]
    problem = {"num_vars": 4, "names": names, "bounds": [[0, 1]] * 4}
    theirs = salib_sobol.analyze(problem, y, calc_second_order=True, num_resamples=2, seed=1)
    ours = analyse("sobol", unit, y, names, second_order=True)
    for index, key in (("first", "S1"), ("total", "ST")):
        got = ours[ours["index"] == index]["value"].to_numpy()
        assert got == pytest.approx(theirs[key], rel=1e-9)
    pairs = ours[ours["index"] == "second"]["value"].to_numpy()
    assert pairs == pytest.approx(theirs["S2"][np.triu_indices(4, 1)], abs=1e-9)


def test_morris_indices_are_those_of_salib_and_exact_on_a_linear_function():
    unit = unit_design("morris", 3, 20, 1)
    y = unit @ [1.0, -2.0, 0.0]
    ours = analyse("morris", unit, y, list("abc"))
    stars = ours[ours["index"] == "mu_star"]["value"].to_numpy()
    assert stars == pytest.approx([1, 2, 0], abs=1e-9)
    assert ours[ours["index"] == "sigma"]["value"].to_numpy() == pytest.approx([0, 0, 0], abs=1e-6)
    y = y + unit[:, 0] * unit[:, 2]
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    theirs = salib_morris.analyze(problem, unit, y, num_levels=4, seed=1)
    ours = analyse("morris", unit, y, list("abc"))
    for index in ("mu", "mu_star", "sigma"):
        got = ours[ours["index"] == index]["value"].to_numpy()
        assert got == pytest.approx(np.asarray(theirs[index], dtype=float), abs=1e-9)


def test_pawn_distances_are_close_to_salib():
    unit = unit_design("pawn", 3, 1024, 1)
    y = unit[:, 0] + 0.3 * unit[:, 1]
    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3}
    theirs = salib_pawn.analyze(problem, unit, y, S=10, seed=1)["median"]
    assert pawn_distances(unit, y) == pytest.approx(np.asarray(theirs, dtype=float), abs=0.03)


@pytest.mark.parametrize(
    ("method", "index"),
    [("delta", "delta"), ("fast", "first"), ("regional", "regional"), ("pawn", "pawn")],
)
def test_given_data_methods_rank_as_the_function_does(method, index):
    found = sensitivity.run_sensitivity(
        method, lambda p, s: {"y": 5 * p["a"] + p["b"]}, f.LINEAR, ["y"], 256, 1
    )
    got = dict(zip(found.indices["parameter"], found.indices["value"], strict=True))
    rows = found.indices[found.indices["index"] == index].set_index("parameter")["value"]
    assert rows["a"] > 2 * rows["c"], got
    assert found.ranking()["parameter"].iloc[0] == "a"


def test_chance_is_kept_apart():
    found = sensitivity.sobol(f.noisy, f.Space((f.Factor("a"), f.Factor("b"))), ["y"], 128, 8)
    share = found.chance.iloc[0]
    assert share["chance"] == pytest.approx(0.5, abs=0.08)
    assert share["low"] < share["chance"] < share["high"]
    assert share["parameters"] + share["chance"] == pytest.approx(1.0)


def test_chance_common_to_all_samples_counts():
    random = np.random.default_rng(1)
    y = random.normal(size=(2000, 1)) + 3 * random.normal(size=(1, 400))
    assert chance_share(y)[1] == pytest.approx(0.9, abs=0.02)
    assert np.isnan(chance_share(y[:, :1])[1])


def test_an_undefined_sample_costs_its_block_and_nothing_else():
    unit = unit_design("sobol", 3, 64, 0)
    y = unit @ [1.0, 2.0, 0.0]
    whole = analyse("sobol", unit, y, list("abc"))
    holed = y.copy()
    holed[7] = np.nan
    found = analyse("sobol", unit, holed, list("abc"))
    without = analyse("sobol", unit[np.r_[0:5, 10:320]], np.delete(y, np.s_[5:10]), list("abc"))
    assert found["value"].to_numpy() == pytest.approx(without["value"].to_numpy(), rel=1e-12)
    assert (found["value"] > 0).sum() >= 4
    assert whole["value"].to_numpy() == pytest.approx(found["value"].to_numpy(), abs=0.1)
    told = undefined_table(Design(method_named("sobol"), unit, list("abc")), holed, "y").iloc[0]
    assert (told["undefined"], told["dropped"]) == (1, 5)


@pytest.mark.parametrize("method", METHODS)
def test_what_does_not_vary_or_is_mostly_undefined_has_no_index(method):
    unit = unit_design(method, 3, 16, 0)
    constant = analyse(method, unit, np.full(len(unit), 2.0), list("abc"))
    assert constant["value"].isna().all()
    assert not constant["converged"].any()
    undefined = np.full(len(unit), np.nan)
    assert analyse(method, unit, undefined, list("abc"))["value"].isna().all()
    assert "undefined" in warning_lines(constant)[0]
    assert "无定义" in warning_lines(constant, "zh")[0]


@pytest.mark.parametrize("method", ["sobol", "morris"])
def test_outputs_in_another_order_are_refused(method):
    unit = unit_design(method, 3, 16, 0)
    with pytest.raises(InputError, match="order"):
        analyse(method, np.roll(unit, 2, axis=0), np.arange(len(unit), dtype=float), list("abc"))
    with pytest.raises(InputError, match="one per sample"):
        analyse(method, unit, np.arange(5.0), list("abc"))


@pytest.mark.parametrize("method", METHODS)
def test_designs_grow_at_the_end_and_seed_zero_counts(method):
    small, large = unit_design(method, 5, 16, 0), unit_design(method, 5, 32, 0)
    assert np.array_equal(small, large[: len(small)])
    assert len(large) == method_named(method).rows(5, 32)
    assert np.array_equal(small, unit_design(method, 5, 16, 0))
    assert not np.array_equal(small, unit_design(method, 5, 16, 1))
    assert small.min() >= 0
    assert small.max() <= 1


def test_groups_move_together():
    groups = ["one", "two", "one"]
    for method in ("sobol", "morris"):
        unit = unit_design(method, 3, 64, 0, groups=groups)
        found = analyse(method, unit, unit @ [1.0, 0.0, 1.0], ["one", "two"], groups=groups)
        main = found[found["index"].isin(["total", "mu_star"])].set_index("parameter")["value"]
        assert main["one"] > 0.5
        assert main["two"] == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(InputError, match="groups"):
        unit_design("pawn", 3, 64, 0, groups=groups)


def test_wrong_numbers_of_samples_are_explained():
    with pytest.raises(InputError, match="choose 64 or 128"):
        unit_design("sobol", 3, 100)
    with pytest.raises(InputError, match="at least 4"):
        unit_design("morris", 3, 2)


def test_few_samples_are_said_not_to_have_converged():
    found = sensitivity.sobol(f.ishigami, f.ISHIGAMI, ["y"], 16, 1)
    assert not found.indices["converged"].all()
    assert "not converged" in found.warnings()[0]
    assert "尚未收敛" in found.warnings("zh")[0]
    assert set(found.convergence["samples"]) == {8, 16}


def test_failed_runs_are_undefined_and_the_study_goes_on():
    found = sensitivity.sobol(f.fails_sometimes, f.LINEAR, ["y"], 64, 1)
    failed = found.study.results.failed()
    assert len(failed) > 0
    assert failed["reason"].str.contains("beyond what is known").all()
    assert values(found, "total")[:2] == pytest.approx([0.2, 0.8], abs=0.08)


def horizon(found, index):
    return found[found["index"] == index].set_index("parameter")


@pytest.mark.parametrize("seeds", [2, 5])
def test_chance_does_not_raise_the_total_order_of_what_has_no_influence(seeds):
    random = np.random.default_rng(seeds)
    totals = []
    for number in range(20):
        unit = unit_design("sobol", 2, 512, number)
        y = unit[:, :1] + random.normal(0, 12**-0.5, (len(unit), seeds))
        totals.append(horizon(analyse("sobol", unit, y, ["a", "b"]), "total"))
    assert np.mean([one.loc["a", "value"] for one in totals]) == pytest.approx(1.0, abs=0.05)
    assert np.mean([one.loc["b", "value"] for one in totals]) == pytest.approx(0.0, abs=0.05)
    assert np.mean([one.loc["b", "low"] <= 0 <= one.loc["b", "high"] for one in totals]) >= 0.8


def test_intervals_hold_what_other_seeds_would_have_said():
    """Slopes differ between seeds: both inputs explain half, whatever ten seeds happen to say."""
    random = np.random.default_rng(7)
    held = []
    for number in range(40):
        unit = unit_design("sobol", 2, 64, number)
        slopes = 1 + random.normal(0, 0.7, (2, 10))
        y = unit[:, :1] * slopes[0] + unit[:, 1:] * slopes[1]
        row = horizon(analyse("sobol", unit, y, ["a", "b"]), "total").loc["a"]
        held.append(row["low"] <= 0.5 <= row["high"])
    assert np.mean(held) >= 0.85


@pytest.mark.parametrize("smooth", [True, False])
def test_intervals_of_sobol_hold_the_true_index(smooth):
    held = []
    for number in range(40):
        unit = unit_design("sobol", 3, 128, number)
        x = (2 * unit - 1) * np.pi
        y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
        truth = [*f.ISHIGAMI_FIRST, *f.ISHIGAMI_TOTAL]
        if not smooth:
            y, truth = (unit[:, 0] > 0.7) * 1.0, [1, 0, 0, 1, 0, 0]
        found = analyse("sobol", unit, y, list("abc"))
        held.append((found["low"] <= truth + 1e-12 * np.ones(6)) & (truth <= found["high"] + 1e-9))
    assert np.mean(held) >= 0.85


def test_a_row_is_not_moved_by_which_of_its_seeds_are_defined():
    random = np.random.default_rng(3)
    unit = unit_design("sobol", 2, 256, 0)
    y = unit[:, :1] + random.normal(0, 1, 5)
    y[random.random(y.shape) < 0.3] = np.nan
    found = horizon(analyse("sobol", unit, y, ["a", "b"]), "total")["value"]
    assert found["a"] == pytest.approx(1.0, abs=0.1)
    assert found["b"] == pytest.approx(0.0, abs=1e-9)
    told = undefined_table(Design(method_named("sobol"), unit, list("abc")), y, "y").iloc[0]
    assert told["runs_undefined"] == np.isnan(y).sum()


def test_an_effect_that_is_nowhere_in_a_small_design_has_not_converged():
    unit = unit_design("sobol", 2, 64, 0)
    few = horizon(analyse("sobol", unit, unit[:, 0], ["a", "b"]), "total").loc["b"]
    assert (few["value"], few["converged"]) == (0.0, False)
    unit = unit_design("sobol", 2, 256, 0)
    many = horizon(analyse("sobol", unit, unit[:, 0], ["a", "b"]), "total").loc["b"]
    assert (many["value"], many["converged"]) == (0.0, True)


WHOLE = [
    f.Factor("c", scale="choice", choices=("p", "q")),
    f.Factor("c", 0, 1, scale="integer"),
    f.Factor("c", 0, 2, scale="integer"),
    f.Factor("c", 0, 10, scale="integer"),
    f.Factor("c", 0, 1, distribution="triangular", mode=0.5),
    f.Factor("c", 1, 100, scale="log"),
]


@pytest.mark.parametrize("factor", WHOLE, ids=lambda one: f"{one.scale}-{one.high:g}")
def test_elementary_effects_are_per_whole_range_on_every_scale(factor):
    def linear(p, seed):
        if factor.scale == "choice":
            return {"y": float(p["c"] == "p")}
        place = np.log(p["c"]) if factor.scale == "log" else p["c"]
        return {"y": place / (np.log(100) if factor.scale == "log" else factor.high)}

    found = sensitivity.morris(linear, f.Space((factor, f.Factor("z"))), ["y"], 16, 1)
    assert horizon(found.indices, "mu_star").loc["c", "value"] == pytest.approx(1.0)


def test_every_choice_is_compared_with_every_other():
    factor = f.Factor("c", scale="choice", choices=("none", "some", "more", "all"))
    found = sensitivity.morris(
        lambda p, seed: {"y": float(p["c"] in ("none", "more"))},
        f.Space((factor, f.Factor("z"))), ["y"], 64, 1,
    )  # fmt: skip
    # Of the six pairs of four choices, four differ.
    assert horizon(found.indices, "mu_star").loc["c", "value"] == pytest.approx(2 / 3, abs=0.15)


def test_morris_tells_what_chance_alone_would_give():
    random = np.random.default_rng(2)
    unit = unit_design("morris", 2, 64, 0)
    y = unit[:, :1] + random.normal(0, 0.1, (len(unit), 5))
    found = analyse("morris", unit, y, ["a", "b"])
    star, chance = horizon(found, "mu_star")["value"], horizon(found, "chance")["value"]
    assert star["b"] == pytest.approx(chance["b"], rel=0.3)
    assert star["a"] > 5 * chance["a"]
    assert horizon(analyse("morris", unit, y[:, 0], ["a", "b"]), "chance")["value"].isna().all()


@pytest.mark.parametrize("method", GIVEN_DATA)
def test_what_has_no_influence_lies_within_the_dummy(method):
    unit = unit_design(method, 6, 256, 1)
    y = unit[:, 0] + 0.05 * np.random.default_rng(0).normal(size=256)
    found = analyse(method, unit, y, list("abcdef"))
    main = horizon(found, found["index"].iloc[0])
    bound = main.loc["(dummy)", "high"]
    assert main.loc["a", "low"] > bound
    assert (main.loc[list("bcdef"), "low"] < bound).all()


def test_delta_takes_any_name_and_refuses_outcomes_without_a_density():
    unit = unit_design("delta", 2, 256, 0)
    found = analyse("delta", unit, unit[:, 0], ["threshold_step", "b"])
    assert horizon(found, "delta").loc["threshold_step", "value"] > 0.5
    step = analyse("delta", unit, (unit[:, 0] > 0.5) * 1.0, ["a", "b"])
    assert horizon(step, "delta")["value"].isna().all()
    assert horizon(step, "first").loc["a", "value"] > 0.7


def test_too_few_rows_give_no_index_rather_than_a_certain_one():
    random = np.random.default_rng(0)
    for method, rows in (("pawn", 31), ("regional", 31), ("delta", 127), ("fast", 42)):
        unit = random.random((rows, 2))
        assert analyse(method, unit, random.random(rows), ["a", "b"])["value"].isna().all()
    unit = unit_design("sobol", 2, 4, 0)
    assert analyse("sobol", unit, unit[:, 0], ["a", "b"])["value"].isna().all()


def test_regional_analysis_looks_at_the_worst_tail():
    unit = unit_design("regional", 2, 512, 0)
    y = np.maximum(unit[:, 0], 0.8) + 0.1 * np.minimum(unit[:, 1], 0.2)
    high = horizon(analyse("regional", unit, y, ["a", "b"]), "regional")["value"]
    low = horizon(analyse("regional", unit, y, ["a", "b"], worst="low"), "regional")["value"]
    assert high["a"] > high["b"]
    assert low["b"] > low["a"]
    rare = (unit[:, 0] > 0.95) * 1.0
    assert horizon(analyse("regional", unit, rare, ["a", "b"]), "regional")["value"]["a"] > 0.9


def test_chance_is_parted_into_what_pairing_removes_and_what_it_does_not():
    random = np.random.default_rng(4)
    y = (
        random.normal(0, 1, (300, 1))
        + random.normal(0, 1, (1, 300))
        + random.normal(0, 0.5**0.5, (300, 300))
    )
    row = chance_table(y, "y").iloc[0]
    assert row["parameters"] == pytest.approx(0.4, abs=0.05)
    assert row["common"] == pytest.approx(0.4, abs=0.05)
    assert row["residual"] == pytest.approx(0.2, abs=0.03)
    assert row["chance"] == pytest.approx(row["common"] + row["residual"])
    assert row["low"] < 0.6 < row["high"]
    assert np.isnan(chance_table(y, "y", "morris").iloc[0]["chance"])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"scale": "integer", "low": 0.2, "high": 0.9}, "whole numbers"),
        ({"distribution": "triangular"}, "triangular"),
        ({"distribution": "triangular", "scale": "integer", "high": 9, "mode": 3}, "triangular"),
    ],
)
def test_factors_that_cannot_be_drawn_are_refused(given, message):
    with pytest.raises(InputError, match=message):
        f.Factor("c", **given)


def test_delta_is_that_of_salib_before_its_correction():
    from SALib.analyze.delta import calc_delta

    unit = unit_design("delta", 2, 300, 0)
    y = unit[:, 0] + 0.3 * unit[:, 1] ** 2
    edges, grid = delta_classes(len(y)), np.linspace(y.min(), y.max(), 100)
    for column in unit.T:
        theirs = calc_delta(y, grid, column, edges)
        assert delta_distance(y, column, edges, grid) == pytest.approx(theirs, rel=1e-9)
