"""Searches on problems with a known front, and mixes of the model that run as scenario files."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import cleanpark as cp
from cleanpark.analysis.policies.mixes import best_row, budget_table, equals_of
from cleanpark.analysis.policies.optimisation import optimize
from cleanpark.analysis.policies.pareto import pareto_set, search, spread_out, unbeaten
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.analysis.words.mixes import labels, search_sentences
from cleanpark.scenarios.errors import InputError


def zdt1(x):
    g = 1 + 9 * x[:, 1:].mean(axis=1)
    return np.column_stack([x[:, 0], g * (1 - np.sqrt(x[:, 0] / g)), np.full(len(x), -1.0)])


def test_a_known_front_is_found():
    _, values = search(zdt1, 5, 80, 40)
    front = values[pareto_set(values[:, :-1])]
    assert np.abs(front[:, 1] - (1 - np.sqrt(front[:, 0]))).mean() < 0.05
    assert front[:, 0].min() < 0.05
    assert front[:, 0].max() > 0.8


def test_constraints_hold_and_undefined_candidates_never_win():
    def limited(x):
        found = zdt1(x)
        found[:, -1] = 0.3 - x[:, 0]
        found[x[:, 0] > 0.9] = np.nan
        return found

    _, values = search(limited, 3, 40, 24)
    usable = values[np.isfinite(values).all(axis=1) & (values[:, -1] <= 0)]
    front = usable[pareto_set(usable[:, :-1])]
    assert front[:, 0].min() >= 0.3
    assert front[:, 0].max() <= 0.9


def test_the_same_seed_asks_for_the_same_candidates():
    first, second = search(zdt1, 3, 5, 12, 7), search(zdt1, 3, 5, 12, 7)
    assert np.array_equal(first[0], second[0])
    assert not np.array_equal(first[0], search(zdt1, 3, 5, 12, 8)[0])


@settings(max_examples=30, deadline=None)
@given(arrays(float, (12, 2), elements=st.floats(0, 1)))
def test_nothing_beats_the_pareto_set(values):
    keep = pareto_set(values)
    assert keep.any()
    for row in values[keep]:
        assert not ((values <= row).all(axis=1) & (values < row).any(axis=1)).any()
    kept = spread_out(values, 5)
    assert len(set(kept)) == len(kept) <= 5
    assert values[kept][:, 0].min() == values[:, 0].min()


def test_the_best_mixes_run_as_scenarios_and_a_search_is_replayed(tmp_path):
    told = {"levers": "fine,inspection_rate,audit_mode", "quarters": 6, "generations": 2,
            "population": 8, "seeds": 2, "fresh_seeds": 3,
            "park": cp.park("mixed", enterprises=8),
            "objectives": ["pollution_equivalents", "treasury_net"]}  # fmt: skip
    found = optimize(folder=tmp_path / "o", **told)
    assert len(found.mixes) >= 1
    assert found.mixes["label_en"].is_unique
    assert found.mixes["efficient"].any()
    row = found.mixes.iloc[0]
    again = cp.scenario(tmp_path / "o" / "scenarios" / f"{row['mix']}.toml")
    assert again.at(5)["fine"] == pytest.approx(row["fine"])
    assert again.at(0)["fine"] == cp.scenario("mandatory").at(0)["fine"]
    assert again.at(5)["audit_mode"] == row["audit_mode"]
    fresh = cp.compare([again], told["park"], range(1_000_000, 1_000_003), 6)
    gap = fresh.row(row["mix"], "pollution_equivalents")["difference"]
    assert gap == pytest.approx(row["pollution_equivalents"], rel=1e-6, abs=1e-6)
    before = (tmp_path / "o" / "pareto.csv").read_bytes()
    optimize(folder=tmp_path / "o", **told)
    assert (tmp_path / "o" / "pareto.csv").read_bytes() == before


def test_what_cannot_be_searched_is_explained(tmp_path):
    with pytest.raises(InputError, match="is no lever"):
        optimize(levers="learn_own", folder=tmp_path / "o")
    with pytest.raises(InputError, match="unknown outcome"):
        optimize(objectives="polution", folder=tmp_path / "o")


def test_the_gain_of_a_larger_budget_is_paired_by_seed():
    """Two mixes: 10 million CNY more buy 50 equivalents less, a little more or less by seed,
    whatever else differs between seeds."""
    noise = np.random.default_rng(1).normal(0.0, 1000.0, 12)
    values = np.array([noise, noise - 50.0 + np.linspace(-0.5, 0.5, 12)])
    table = pd.DataFrame({
        "mix": ["cheap", "dear"],
        "treasury_net": [-10e6, -20e6],
        "pollution_equivalents": values.mean(axis=1),
        "pollution_equivalents_low": np.nan,
        "pollution_equivalents_high": np.nan,
    })  # fmt: skip
    found = budget_table(table, "pollution_equivalents", values, steps=2)
    assert list(found["mix"]) == ["cheap", "dear"]
    last = found.iloc[1]
    for column in ("gain_per_cny", "gain_low", "gain_high"):
        assert last[column] == pytest.approx(-50.0 / 10e6, rel=0.01)
    assert np.isnan(found.iloc[0]["gain_per_cny"])


LEVERS = Space(tuple(Factor(name, title={"en": name.upper(), "zh": f"参数{name}"})
                     for name in "abcdefgh"))  # fmt: skip
BASE = dict.fromkeys("abcdefgh", 0.2)


def found_mixes(net=(-9e8, -4e8, -1e8), pollution=(-30e6, -20e6, -10e6)):
    """Three mixes of a search under a budget of 500 million, and their pollution by seed."""
    values = np.array(pollution)[:, None] + np.random.default_rng(0).normal(0, 1e5, (3, 12))
    table = pd.DataFrame({**{name: [0.2, 0.2, 0.2] for name in "abcdefgh"},
                          "mix": ["mix-01", "mix-02", "mix-03"], "treasury_net": net,
                          "pollution_equivalents": values.mean(axis=1)})  # fmt: skip
    table["pollution_equivalents_low"] = table["pollution_equivalents"] - 1e6
    table["pollution_equivalents_high"] = table["pollution_equivalents"] + 1e6
    table["efficient"] = True
    table["within_budget"] = table["treasury_net"] >= -5e8
    table.loc[1, ["c", "f"]] = [1.0, 0.9]
    return table, values


def told(table, values, language="en", budget=5e8):
    name = "pollution_equivalents"
    same = equals_of(table, name, values)
    return search_sentences(table, same, LEVERS, BASE, name, budget, language)


def test_the_best_mix_keeps_within_the_budget_and_those_that_do_not_are_named():
    table, values = found_mixes()
    assert best_row(table, "pollution_equivalents") == 1
    text = " ".join(told(table, values))
    assert "one of 3 mixes exceeds the budget of CNY 500 million" in text
    assert "not recommended: 1." in text
    assert "within the budget: mix 2 (" in text
    assert "mix 1 (" not in text
    assert "every other mix that qualifies is distinguishably worse" in text
    chinese = " ".join(told(table, values, "zh"))
    assert "有 1 个超出 5 亿元的预算" in chinese
    assert "组合 2（" in chinese


def test_what_the_best_mix_changes_is_told_against_the_scenario_that_it_changes():
    table, values = found_mixes()
    assert labels(table, LEVERS, BASE, "en")[1].startswith("2. C 1; F 0.9; ")
    assert labels(table, LEVERS, BASE, "en")[1].endswith("; and 4 others")
    line = next(one for one in told(table, values) if one.startswith("Best"))
    assert "among other changes: C 1; F 0.9;" in line
    assert "all 8 are in scenarios/mix-02.toml" in line
    few = Space(LEVERS.factors[:3])
    assert labels(table, few, BASE, "zh")[1] == "2. 参数a 0.2；参数b 0.2；参数c 1"


def test_without_a_mix_within_the_budget_none_is_the_best():
    table, values = found_mixes(net=(-9e8, -8e8, -7e8))
    text = " ".join(told(table, values))
    assert "none is named as the best" in text
    assert "Best for" not in text


def test_a_budget_that_limits_nothing_is_said():
    gains = " ".join(told(*found_mixes(net=(3e8, 2e8, 1e8))))
    assert "limits nothing: every mix brings the treasury more" in gains
    assert "at least CNY 100 million" in gains
    spends = " ".join(told(*found_mixes(net=(-2e8, 2e8, 1e8))))
    assert "no mix costs the treasury more than CNY 200 million" in spends
    assert "limits nothing" not in " ".join(told(*found_mixes(net=(-4e8, 2e8, 1e8))))
    assert "limits nothing" not in " ".join(told(*found_mixes(net=(3e8, 2e8, 1e8)), budget=-5e7))
    unlimited = told(*found_mixes(net=(3e8, 2e8, 1e8)), budget=np.inf)
    assert "budget" not in " ".join(unlimited)


def test_mixes_that_cannot_be_told_from_the_best_are_named():
    table, values = found_mixes(pollution=(-30e6, -10.01e6, -10e6))
    assert told(table, values)[-1].endswith("cannot be distinguished from it: 3.")


def test_a_mix_within_the_budget_is_beaten_only_by_one_within_it():
    values = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    assert unbeaten(values, np.array([False, True, True])).tolist() == [True, True, False]


def test_the_table_of_budgets_stops_at_the_budget():
    table, values = found_mixes()
    found = budget_table(table, "pollution_equivalents", values, most=5e8)
    assert found["budget"].max() == 5e8
    assert set(found["mix"]) == {"mix-02", "mix-03"}
    assert len(budget_table(table, "pollution_equivalents", values, most=5e7)) == 0


def test_the_treasury_is_told_where_it_is_no_objective(tmp_path):
    found = optimize(
        levers="fine", objectives="pollution_equivalents", folder=tmp_path / "o", budget=1e9,
        quarters=6, generations=1, population=4, seeds=1, fresh_seeds=2,
        park=cp.park("mixed", enterprises=6),
    )  # fmt: skip
    assert found.mixes["treasury_net"].notna().all()
    assert "treasury_net_search" not in found.mixes
    assert len(found.budgets) >= 1


def test_mixes_meet_the_target_on_fresh_seeds_or_are_marked(tmp_path):
    """Without the target cheaper mixes are found; with it, those that qualify meet it."""
    asked = {
        "levers": ["air_tax_rate", "fine"],
        "objectives": ["enterprise_cost"],
        "park": cp.park("mixed", enterprises=40),
        "quarters": 16,
        "start": 0,
        "generations": 4,
        "population": 8,
        "seeds": 3,
        "fresh_seeds": 4,
    }
    free = optimize("voluntary", folder=tmp_path / "free", **asked)
    found = optimize(
        "voluntary", folder=tmp_path / "found", target="sulfur_dioxide -1% by 2029",
        target_share=0.6, **asked,
    )  # fmt: skip
    assert {"target_met", "meets_target"} <= set(found.mixes)
    assert (found.mixes["meets_target"] == (found.mixes["target_met"] >= 0.6)).all()
    assert found.mixes["enterprise_cost"].min() >= free.mixes["enterprise_cost"].min()
    assert found.study.settings["target"]["outcome"] == "sulfur_dioxide"
    assert "target “sulfur dioxide 1 % lower in 2029 than in 2026”" in found.sentences("en")[1]
    assert "目标“2029 年二氧化硫比 2026 年低 1%”" in found.sentences("zh")[1]
    again = optimize(
        "voluntary", folder=tmp_path / "found", target="sulfur_dioxide -1% by 2029",
        target_share=0.6, **asked,
    )  # fmt: skip
    assert again.mixes.equals(found.mixes)


def test_a_target_that_no_mix_meets_is_said_before_anything_is_kept(tmp_path):
    asked = {"park": cp.park("mixed", enterprises=20), "quarters": 8, "generations": 1,
             "population": 4, "seeds": 2, "fresh_seeds": 2, "start": 0}  # fmt: skip
    with pytest.raises(InputError, match="nearest misses it by"):
        optimize("voluntary", "fine", ["enterprise_cost"], folder=tmp_path / "none",
                 target="energy -90% by 2027", **asked)  # fmt: skip
    with pytest.raises(InputError, match="2026 to 2027"):
        optimize("voluntary", "fine", ["enterprise_cost"], folder=tmp_path / "late",
                 target="energy -90% by 2037", **asked)  # fmt: skip
    with pytest.raises(InputError, match="target_share"):
        optimize("voluntary", "fine", ["enterprise_cost"], folder=tmp_path / "share",
                 target="energy -9% by 2027", target_share=0.0, **asked)  # fmt: skip
