"""Indices through the same code path as the model: design, runner, results, analysis."""

import numpy as np
import pytest
from SALib.analyze import morris as salib_morris
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import sobol as salib_sobol

from cleanpark.analysis import sensitivity
from cleanpark.analysis.indices import (
    analyse,
    chance_share,
    pawn_distances,
    undefined_table,
    warning_lines,
)
from cleanpark.analysis.sampling import GIVEN_DATA, rows_of, unit_design
from cleanpark.scenarios.errors import InputError
from tests.analysis import functions as f

METHODS = ("sobol", "morris", *GIVEN_DATA)


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
    found = sensitivity.sobol(f.sobol_g, f.G_SPACE, ["y"], 1024, 1)
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
    told = undefined_table("sobol", unit, holed, "y").iloc[0]
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
    assert len(large) == rows_of(method, 5, 32)
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
