"""Scenario discovery on planted boxes, robustness on tables done by hand, the connector."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import cleanpark as cp
from cleanpark.analysis.discovery import criterion, discover
from cleanpark.analysis.extras import load
from cleanpark.analysis.robustness import regret, robustness
from cleanpark.analysis.workbench import workbench_model
from cleanpark.scenarios.errors import InputError

SPACE = cp.space("hurdle_median,learn_own,belief_decay,peer_contact,audit_mode")


def planted(count=800):
    design = SPACE.values(np.random.default_rng(5).random((count, 5)))
    hurdle, learn = SPACE.factor("hurdle_median"), SPACE.factor("learn_own")
    high = design["hurdle_median"] > hurdle.low + 0.6 * (hurdle.high - hurdle.low)
    slow = design["learn_own"] < learn.low + 0.5 * (learn.high - learn.low)
    return design, (high & slow).to_numpy(dtype=float)


def test_a_planted_box_is_found_and_said():
    design, values = planted()
    found = discover(design, values, criterion("y > 0.5", ["y"]), SPACE)
    named = found.limits[found.limits["p"] <= 0.05].set_index("parameter")
    assert set(named.index) == {"hurdle_median", "learn_own"}
    hurdle = SPACE.factor("hurdle_median")
    edge = hurdle.low + 0.6 * (hurdle.high - hurdle.low)
    assert named.loc["hurdle_median", "low"] == pytest.approx(edge, abs=0.02)
    box = found.boxes.iloc[0]
    assert box["coverage"] > 0.85
    assert box["density"] >= 0.8
    english, chinese = found.sentence(SPACE, "en"), found.sentence(SPACE, "zh")
    assert "exceeds" in english
    assert "is below" in english
    assert SPACE.factor("hurdle_median").titled("zh") in chinese
    assert "高于" in chinese
    leaf = found.tree.iloc[0]
    assert leaf["density"] > 0.8
    assert "hurdle_median >" in leaf["rule"]
    assert "learn_own <=" in leaf["rule"]


def test_a_planted_choice_is_found():
    design, _ = planted()
    values = (design["audit_mode"] == "none").to_numpy(dtype=float)
    found = discover(design, values, criterion("y >= 1", ["y"]), SPACE)
    assert found.limits.iloc[0]["choices"] == "none"
    assert "is none" in found.sentence(SPACE, "en")


def test_too_few_failures_are_said_and_undefined_ones_counted():
    design, values = planted()
    values[:] = 0.0
    values[:3] = 1.0
    values[5] = np.nan
    found = discover(design, values, criterion("y > 0.5", ["y"]), SPACE)
    assert (found.failures, found.undefined, len(found.boxes)) == (3, 1, 0)
    assert "too few" in found.sentence(SPACE, "en")


@pytest.mark.parametrize("text", ["y = 3", "z > 1", "y > p120", "y > 1e", ""])
def test_wrong_criteria_are_explained(text):
    with pytest.raises(InputError, match="criterion"):
        criterion(text, ["y"])


def test_percentiles_are_of_all_runs():
    assert criterion("y > p75", ["y"]).failed(np.arange(100.0)).sum() == 25


def test_robustness_by_hand():
    values = np.array([[1.0, 5.0, 3.0], [2.0, 2.0, 4.0], [9.0, np.nan, 9.0]])
    table = robustness(["a", "b"], {"y": values[:2]}, {"y": "low"})
    rows = table.set_index(["scenario", "measure"])["value"]
    assert rows["a", "regret_max"] == 3
    assert rows["b", "regret_max"] == 1
    assert rows["a", "regret_mean"] == pytest.approx(1)
    assert rows["b", "mean"] == pytest.approx(8 / 3)
    assert rows["a", "satisficing"] == pytest.approx(2 / 3)
    ranks = table.set_index(["scenario", "measure"])["rank"]
    assert ranks["b", "regret_max"] == 1
    assert robustness(list("abc"), {"y": values}, {"y": "low"})["futures"].iloc[0] == 2


@settings(max_examples=25, deadline=None)
@given(arrays(float, (3, 5), elements=st.floats(-100, 100)))
def test_some_policy_has_no_regret_in_each_future(values):
    for better in ("low", "high"):
        lost = regret(values, better)
        assert (lost >= 0).all()
        assert (lost.min(axis=0) == 0).all()


@pytest.mark.filterwarnings("ignore")
def test_the_workbench_drives_the_model():
    ema = load("ema_workbench")
    park = cp.park("mixed", enterprises=6)
    model = workbench_model(
        "mandatory", park, 4, 2, ["pollution_equivalents"], "learn_own,peer_contact", "fine"
    )
    experiments, outcomes = ema.perform_experiments(model, scenarios=3, policies=2)
    assert len(experiments) == 6
    row = experiments.iloc[4]
    changed = cp.scenario("mandatory", fine=float(row["fine"])).with_behaviour(
        learn_own=float(row["learn_own"]), peer_contact=float(row["peer_contact"])
    )
    compared = cp.compare([changed], park, 2, 4)
    expected = compared.row("mandatory", "pollution_equivalents")["mean"]
    assert outcomes["pollution_equivalents"][4] == pytest.approx(expected, rel=1e-12)
