"""Scenario discovery on planted boxes, robustness on tables done by hand, the connector."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import cleanpark as cp
from cleanpark.analysis.policies.discovery import criterion, discover_box, robustness_of_policies
from cleanpark.analysis.policies.robustness import regret, robustness
from cleanpark.analysis.studies.extras import load
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.analysis.studies.workbench import workbench_model
from cleanpark.analysis.words.changes import change, change_span
from cleanpark.analysis.words.discovery import dropped_words, limit_words
from cleanpark.analysis.words.numbers import amount_span, whole_percent
from cleanpark.analysis.words.robustness import robustness_sentences
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
    found = discover_box(design, values, criterion("y > 0.5", ["y"]), SPACE)
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
    found = discover_box(design, values, criterion("y >= 1", ["y"]), SPACE)
    assert found.limits.iloc[0]["choices"] == "none"
    assert "is none" in found.sentence(SPACE, "en")


def test_too_few_failures_are_said_and_undefined_ones_counted():
    design, values = planted()
    values[:] = 0.0
    values[:3] = 1.0
    values[5] = np.nan
    found = discover_box(design, values, criterion("y > 0.5", ["y"]), SPACE)
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
    expected = compared.row(changed.name, "pollution_equivalents")["mean"]
    assert outcomes["pollution_equivalents"][4] == pytest.approx(expected, rel=1e-12)


UNIFORM = Space(tuple(Factor(name) for name in "abcdefgh"))


def discovered(space, fails, count=1000, seed=0):
    design = space.values(np.random.default_rng(seed).random((count, len(space.factors))))
    values = np.asarray(fails(design), dtype=float)
    return discover_box(design, values, criterion("y > 0.5", ["y"]), space), design, values


def kept(found):
    return found.limits[found.limits["kept"]].set_index("parameter")


def test_a_box_in_two_of_eight_inputs_leaves_the_other_six_alone():
    found, _, _ = discovered(UNIFORM, lambda d: (d["a"] > 0.7) & (d["d"] < 0.4))
    limits = kept(found)
    assert set(limits.index) == {"a", "d"}
    assert limits.loc["a", "low"] == pytest.approx(0.7, abs=0.05)
    assert limits.loc["d", "high"] == pytest.approx(0.4, abs=0.05)
    # The other sides are open: the whole range.
    assert limits.loc["a", "high"] == 1.0
    assert limits.loc["d", "low"] == 0.0


def test_a_box_is_said_with_the_coverage_and_density_it_has():
    noise = np.random.default_rng(7).random(1000)
    found, design, values = discovered(
        UNIFORM, lambda d: noise < np.where((d["a"] > 0.6) & (d["b"] < 0.5), 0.85, 0.1)
    )
    limits = kept(found)
    assert set(limits.index) == {"a", "b"}
    inside = (design["a"] >= limits.loc["a", "low"]) & (design["b"] <= limits.loc["b", "high"])
    failed = values > 0.5
    box = found.boxes.iloc[0]
    assert box["coverage"] == pytest.approx(failed[inside].sum() / failed.sum())
    assert box["density"] == pytest.approx(failed[inside].mean())
    assert f"{100 * box['coverage']:.0f} % of these" in found.sentence(UNIFORM, "en")


def test_limits_that_may_be_chance_are_left_out_and_that_is_said():
    noise = np.random.default_rng(7).random(800)
    found, _, _ = discovered(
        UNIFORM, lambda d: noise < np.where((d["a"] > 0.6) & (d["b"] < 0.5), 0.85, 0.1), 800, 1
    )
    dropped = found.limits[~found.limits["kept"].astype(bool)]
    assert len(dropped) > 0
    assert (dropped["p"] > 0.05).all()
    assert "may be chance" in found.sentence(UNIFORM, "en")
    assert "偶然" in found.sentence(UNIFORM, "zh")


def test_pure_chance_has_no_box():
    noise = np.random.default_rng(2).random(800)
    found, _, _ = discovered(UNIFORM, lambda d: noise < 0.3, 800)
    assert kept(found).empty
    assert found.boxes.iloc[0]["coverage"] == 1
    assert "no parameter stands out" in found.sentence(UNIFORM, "en")
    assert "没有突出的参数" in found.sentence(UNIFORM, "zh")


def test_every_limit_is_said_on_a_log_scale_too():
    rate = Factor("rate", 0.001, 1.0, scale="log", title={"en": "Rate", "zh": "速率"})
    space = Space((rate, Factor("b"), Factor("c")))
    found, _, _ = discovered(space, lambda d: d["rate"] > 0.015)
    low = kept(found).loc["rate", "low"]
    assert low == pytest.approx(0.015, rel=0.1)
    assert f"rate exceeds {low:.3g};" in found.sentence(space, "en")
    assert f"速率高于 {low:.3g}" in found.sentence(space, "zh")


def test_limits_of_whole_numbers_are_whole():
    after = Factor("after", 2, 9, scale="integer", unit="violations")
    space = Space((after, Factor("b"), Factor("c")))
    found, _, _ = discovered(space, lambda d: d["after"] <= 4)
    assert kept(found).loc["after", "high"] == 4
    assert "after is at most 4 violations;" in found.sentence(space, "en")
    assert "after不高于 4 次" in found.sentence(space, "zh")


def test_choices_and_both_sides_are_said():
    space = Space((Factor("plan", scale="choice", choices=("none", "few", "all")),
                   Factor("a"), Factor("b", unit="share")))  # fmt: skip
    found, _, _ = discovered(
        space, lambda d: (d["plan"] != "none") & (d["b"] > 0.3) & (d["b"] < 0.6), 2000
    )
    english, chinese = found.sentence(space, "en"), found.sentence(space, "zh")
    assert "plan is few or all" in english
    assert "plan为 few 或 all" in chinese
    row = kept(found).loc["b"]
    assert f"b exceeds {100 * row['low']:.3g} % and is below {100 * row['high']:.3g} %" in english
    assert any("plan is not none" in rule for rule in found.tree["rule"])


def test_a_planted_rule_is_a_leaf_of_the_tree():
    found, _, _ = discovered(UNIFORM, lambda d: (d["a"] > 0.7) & (d["d"] < 0.4))
    leaf = found.tree.iloc[0]
    assert leaf["density"] > 0.95
    assert leaf["coverage"] > 0.95
    cuts = dict(part.replace("<=", ">").split(" > ") for part in leaf["rule"].split(" and "))
    assert set(cuts) == {"a", "d"}
    assert float(cuts["a"]) == pytest.approx(0.7, abs=0.02)
    assert float(cuts["d"]) == pytest.approx(0.4, abs=0.02)
    assert found.tree["failures"].sum() == found.failures
    assert found.tree["coverage"].sum() == pytest.approx(1)


def test_where_no_box_is_dense_the_chosen_one_still_covers():
    noise = np.random.default_rng(8).random(2000)
    found, _, _ = discovered(UNIFORM, lambda d: noise < np.where(d["a"] > 0.6, 0.6, 0.05), 2000)
    assert kept(found).loc["a", "low"] == pytest.approx(0.6, abs=0.06)
    assert found.boxes.iloc[0]["density"] < 0.8
    assert found.boxes.iloc[0]["coverage"] > 0.8


@pytest.mark.parametrize(("share", "word"), [(0.0, "0 %"), (0.005, "too few"), (0.99, "too many")])
def test_nothing_to_discover_is_said(share, word):
    found, _, _ = discovered(UNIFORM, lambda d: np.arange(1000) < 1000 * share)
    assert len(found.boxes) == len(found.limits) == len(found.tree) == 0
    assert word in found.sentence(UNIFORM, "en")
    assert found.sentence(UNIFORM, "zh").endswith("。")


def test_nothing_defined_is_no_crash():
    design = UNIFORM.values(np.random.default_rng(0).random((20, 8)))
    for text in ("y > 0.5", "y > p75"):
        found = discover_box(design, np.full(20, np.nan), criterion(text, ["y"]), UNIFORM)
        assert (found.runs, found.failures, found.undefined) == (0, 0, 20)
        assert "20 undefined futures" in found.sentence(UNIFORM, "en")


def test_a_criterion_against_the_reference_is_of_the_same_future():
    rule = criterion("pollution_equivalents worse than reference", ["pollution_equivalents"])
    assert rule.operator == ">"
    values, reference = np.array([1.0, 5.0, np.nan, 4.0]), np.array([2.0, 4.0, 1.0, np.nan])
    assert rule.failed(values, reference).tolist() == [False, True, False, False]
    typed = criterion("compliance_true < reference", ["compliance_true"])
    assert typed.failed(values, reference).tolist() == [True, False, False, False]
    assert criterion("treasury_net worse than reference", ["treasury_net"]).operator == "<"
    with pytest.raises(InputError, match="in every future"):
        rule.failed(values)
    with pytest.raises(InputError, match="neither more nor less"):
        criterion("audits worse than reference", ["audits"])


def test_futures_in_which_the_reference_is_undefined_are_left_out():
    design = UNIFORM.values(np.random.default_rng(0).random((1000, 8)))
    reference = np.full(1000, 0.6)
    reference[:100] = np.nan
    rule = criterion("y > reference", ["y"])
    found = discover_box(design, design["a"].to_numpy(), rule, UNIFORM, reference=reference)
    assert (found.runs, found.undefined) == (900, 100)
    assert kept(found).loc["a", "low"] == pytest.approx(0.6, abs=0.05)


def test_the_criterion_is_said_with_the_scenario():
    space = SPACE
    design, _ = planted()
    rule = criterion("pollution_equivalents > 1.2e6", ["pollution_equivalents"])
    found = discover_box(design, 1e6 + 3e5 * design["hurdle_median"].to_numpy(), rule, space)
    title = cp.OUTCOMES[[one.name for one in cp.OUTCOMES].index(rule.outcome)].title
    english = found.sentence(space, "en", "Mandatory audits")
    assert english.startswith(
        f"“Mandatory audits” fails (“{title['en']}” above 1.2 million equivalents) in "
    )
    chinese = found.sentence(space, "zh", "强制审核")
    assert f"“{title['zh']}”高于 120 万当量" in chinese


def test_numbers_that_do_not_belong_to_the_design_are_refused():
    design, values = planted()
    with pytest.raises(InputError, match="one per sample"):
        discover_box(design, values[1:], criterion("y > 0.5", ["y"]), SPACE)
    with pytest.raises(InputError, match="peel_alpha"):
        discover_box(design, values, criterion("y > 0.5", ["y"]), SPACE, peel_alpha=0.0)


def test_an_error_of_the_workbench_is_an_input_error(monkeypatch):
    error = load("ema_workbench.util").EMAError
    assert not issubclass(error, Exception)

    def fails(*arguments, **options):
        raise error("no luck")

    monkeypatch.setattr(load("ema_workbench.analysis.prim"), "Prim", fails)
    design, values = planted()
    with pytest.raises(InputError, match="no luck"):
        discover_box(design, values, criterion("y > 0.5", ["y"]), SPACE)


def test_of_many_limits_left_out_only_the_number_is_said():
    assert dropped_words([], "en") == ""
    assert "(A, B)" in dropped_words(["A", "B"], "en")
    assert "12 other parameters" in dropped_words(list("abcdefghijkl"), "en")
    assert "12 个参数" in dropped_words(list("abcdefghijkl"), "zh")


COMPLIANCE = "compliance_true"
FUTURES = {
    "audits": np.array([[9.0, 8.0], [7.0, 6.0], [7.0, 6.0]]),
    COMPLIANCE: np.repeat([[0.6, 0.75], [0.8, 0.9], [0.8, 0.9]], 100, axis=1),
}


def test_robustness_is_first_of_the_outcome_that_fails_and_not_to_fail_is_its_target():
    rule = criterion(f"{COMPLIANCE} < 0.7", list(FUTURES))
    table = robustness_of_policies(list("abc"), FUTURES, rule, 0.7)
    assert table["outcome"].iloc[0] == COMPLIANCE
    rows = table[table["measure"] == "satisficing"].set_index("scenario")
    assert (rows["target"] == 0.7).all()
    assert rows["value"].to_dict() == {"a": 0.5, "b": 1.0, "c": 1.0}
    # Of audits nobody says whether more are better, unless a criterion says that many fail.
    assert set(table["outcome"]) == {COMPLIANCE}
    many = robustness_of_policies(list("abc"), FUTURES, criterion("audits > 7", ["audits"]), 7.0)
    share = many[(many["measure"] == "satisficing") & (many["outcome"] == "audits")]
    assert share["value"].to_list() == [0.0, 1.0, 1.0]


def test_all_policies_are_told_and_ties_as_ties():
    rule = criterion(f"{COMPLIANCE} < 0.7", list(FUTURES))
    table = robustness_of_policies(list("abc"), FUTURES, rule, 0.7)
    titles = {"a": "Audits", "b": "Mix", "c": "Tax"}
    met, mean, lost = robustness_sentences(table, rule, titles, "en")
    assert met == (
        "Futures in which “True compliance” is at least 70 %: “Mix” 100 % and “Tax” 100 % "
        "(not distinguishable); then “Audits” 50 %."
    )
    assert "then “Audits” 67.5 %" in mean
    assert "“Audits” 17.5 percentage points" in lost
    assert "（无法区分）；其次“Audits” 50%" in robustness_sentences(table, rule, titles, "zh")[0]
    assert robustness_sentences(table, rule, {"a": "Audits"}, "en") == []


def test_numbers_say_their_unit_once_and_zero_has_no_sign():
    assert change(-9.45e7, "CNY", "en") == "CNY -94.5 million"
    assert (
        change_span(881_538, 1.49e7, "equivalents", "en") == "+0.882 to +14.9 million equivalents"
    )
    assert change_span(-0.0203, 0.00393, "share", "zh") == "-2.03～+0.393 个百分点"
    assert whole_percent(-0.004, "en") == "0 %"
    assert amount_span(0.001, 0.00368, "share of output", "zh") == "产值的 0.1～0.368%"
    assert (
        amount_span(2e5, 1.2e6, "equivalents", "en")
        == "200,000 equivalents to 1.2 million equivalents"
    )


def test_a_share_is_said_of_what_once():
    cost = cp.space("moral_cost").factor("moral_cost")
    row = {"low": cost.low, "high": 0.00368, "choices": ""}
    english, chinese = limit_words(cost, row, "en"), limit_words(cost, row, "zh")
    assert english.endswith("at full attitude is below 0.368 % of quarterly output")
    assert chinese.endswith("占季产值比例低于 0.368%")
