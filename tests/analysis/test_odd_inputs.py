"""What is given in an odd form acts as it reads, or is refused in words before anything runs."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.analysis.studies.design import read_design
from cleanpark.scenarios.errors import InputError

PARK = cp.park("mixed", enterprises=8)
SHORT: dict[str, Any] = {"park": PARK, "seeds": 2, "quarters": 2}


@pytest.mark.parametrize("quarters", [2.0, True, "2", None, float("nan")])
def test_quarters_are_a_whole_number(quarters):
    with pytest.raises(InputError, match=r"quarters = .*a whole number from 1 to 400"):
        cp.compare(["mandatory"], park=PARK, seeds=2, quarters=quarters)


@pytest.mark.parametrize("workers", [1.5, True, "2", None, 0])
def test_workers_are_a_whole_number(workers):
    with pytest.raises(InputError, match=r"workers = .*a whole number from 1"):
        cp.compare(["mandatory"], workers=workers, **SHORT)


@pytest.mark.parametrize("label", ["", " ", "a\nb", "\x1b[2J"])
def test_a_label_is_a_text(label):
    with pytest.raises(InputError, match="give a text as its label"):
        cp.compare({label: "full-mix"}, **SHORT)


def test_another_policy_under_the_references_name_is_not_its_own_reference():
    with pytest.raises(InputError, match="two scenarios are named 'voluntary' and differ"):
        cp.compare({"voluntary": "full-mix"}, **SHORT)
    found = cp.compare({"voluntary": "voluntary", "mix": "full-mix"}, **SHORT)
    assert found.names == ["voluntary", "mix"]
    assert found.reference == "voluntary"


def test_a_label_of_ones_own_can_be_the_reference():
    found = cp.compare({"a": "full-mix", "b": "mandatory"}, reference="a", **SHORT)
    assert (found.names, found.reference) == (["a", "b"], "a")


@pytest.mark.parametrize(
    ("name", "said"), [("", "has no name"), (" ", "has no name"), ("(dummy)", "parameter")]
)
def test_a_parameter_has_a_name_of_its_own(name, said):
    chosen = cp.Space((cp.Factor(name), cp.Factor("y")))
    with pytest.raises(InputError, match=said):
        cp.sensitivity.morris(lambda p, seed: {"z": p["y"]}, chosen, ["z"], 4, 1)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"low": "a"}, "'a' is no number"),
        ({"high": None}, "'None' is no number"),
        ({"low": False}, "'False' is no number"),
        ({"scale": "choice", "choices": ("a", "b", "a")}, "choice 'a' is given twice"),
    ],
)
def test_a_factor_says_what_it_cannot_be(given, said):
    with pytest.raises(InputError, match=said):
        cp.Factor("x", **given)


def test_a_column_of_ranges_is_a_space():
    column = pd.Series({"fine": (10, 12), "moral_cost": np.array([0.002, 0.003])})
    found = cp.sensitivity.morris("mandatory", column, ["fines"], 4, 1, park=PARK, quarters=2)
    design = found.study.design
    assert list(design) == ["fine", "moral_cost"]
    assert 10 <= design["fine"].min() < design["fine"].max() <= 12


def test_a_column_of_names_is_a_selection():
    found = cp.space(pd.Series(["fine", "learn_own"]))
    assert [one.name for one in found.factors] == ["fine", "learn_own"]


def test_a_pipe_is_no_design(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="is not a file of data"):
        read_design(tmp_path / "pipe.csv")


def test_the_groups_of_a_problem_are_moved_as_one():
    problem = {"names": ["x", "y", "z"], "bounds": [[0, 1]] * 3, "groups": ["a", "a", "b"]}
    found = cp.space(problem, own=True)
    assert found.grouped
    assert found.groups == ["a", "b"]


def test_a_problem_counts_its_variables():
    problem = {"num_vars": 3, "names": ["x", "y"], "bounds": [[0, 1], [0, 1]]}
    with pytest.raises(InputError, match="num_vars = 3, but 2 names"):
        cp.space(problem, own=True)


def breaks(what: BaseException):
    """A function that raises for half of its inputs."""

    def function(parameters, seed):
        if parameters["x"] > 0.5:
            raise what
        return {"z": parameters["x"]}

    return function


@pytest.mark.parametrize(
    ("what", "reason"),
    [(ValueError("half \ud800"), "half \\ud800"), (SystemExit(3), "SystemExit: 3")],
)
def test_whatever_a_function_raises_fails_its_run_alone(tmp_path, what, reason):
    rows = [{"x": 0.2}, {"x": 0.8}]
    found = cp.Study(rows, breaks(what), ["z"]).run(tmp_path / "s")
    assert found.frame()["z"].tolist()[0] == 0.2
    assert reason in found.failed()["reason"].iloc[0]


def test_a_functions_interrupt_ends_the_study():
    with pytest.raises(KeyboardInterrupt):
        cp.Study([{"x": 0.8}], breaks(KeyboardInterrupt()), ["z"]).run()


@pytest.mark.parametrize("scenarios", [[], {}, np.array([]), pd.Series([], dtype=object)])
def test_a_list_without_scenarios_does_not_mean_all(scenarios):
    with pytest.raises(InputError, match="no scenario is given"):
        cp.compare(scenarios, **SHORT)


@pytest.mark.parametrize("scenarios", [5, cp.Scenario, True])
def test_what_is_no_scenario_is_refused_in_words(scenarios):
    with pytest.raises(InputError, match="give a scenario's name, its file, a Scenario, or a list"):
        cp.compare(scenarios, **SHORT)


def test_seeds_in_a_mapping_are_no_seeds():
    with pytest.raises(InputError, match=r"seeds = .*a count from 1"):
        cp.compare(["mandatory"], park=PARK, seeds={1: 5}, quarters=2)


@pytest.mark.parametrize("label", ["caf\u00e9", "cafe\u0301", " caf\u00e9 "])
def test_names_that_look_alike_are_one_name(label):
    with pytest.raises(InputError, match="two scenarios are named 'caf\u00e9' and differ"):
        cp.compare([cp.scenario("full-mix").renamed("caf\u00e9"),
                    cp.scenario("mandatory").renamed(label)], **SHORT)  # fmt: skip


def test_a_horizon_beyond_the_dates_of_policies_reaches_its_report(tmp_path):
    found = cp.compare(["mandatory"], park=PARK, seeds=2, quarters=150)
    found.save(tmp_path / "long")
    assert (tmp_path / "long" / "report.html").is_file()


def linear(parameters, seed):
    return {"z": parameters["x"] + 2.0 * parameters["y"]}


def test_a_list_of_factors_is_a_space():
    factors = [cp.Factor("x", 0.0, 2.0), cp.Factor("y")]
    assert cp.space(factors) == cp.Space(tuple(factors))
    found = cp.sensitivity.morris(linear, factors, ["z"], 8, 1).ranking()
    assert dict(zip(found["parameter"], found["value"], strict=True)) == pytest.approx(
        {"x": 2.0, "y": 2.0}
    )


@pytest.mark.parametrize("space", [None, 5, [cp.Factor("x"), 5], [None]])
def test_what_is_no_space_is_refused_in_words(space):
    with pytest.raises(InputError, match="parameters"):
        cp.sensitivity.morris(linear, space, ["z"], 8, 1)


@pytest.mark.parametrize("outcomes", [None, 5])
def test_outcomes_of_a_function_are_names(outcomes):
    with pytest.raises(InputError, match="outcomes: name what the function returns"):
        cp.sensitivity.morris(linear, {"x": (0, 1), "y": (0, 1)}, outcomes, 8, 1)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-Hans", "zh"),
        ("ZH", "zh"),
        ("cn", "zh"),
        ("中文", "zh"),
        ("Chinese", "zh"),
        ("EN", "en"),
    ],
)
def test_a_name_of_a_language_is_told_its_code(tag, code, tmp_path):
    found = cp.compare(["mandatory"], PARK, seeds=2, quarters=1)
    for asked in (found.summary, found.warnings, lambda one: found.save(tmp_path / "out", one)):
        with pytest.raises(InputError, match=f"did you mean '{code}'"):
            asked(tag)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("targets", [5, None, [5], "cod by -20%"])
def test_what_is_no_target_is_refused_in_words(targets):
    found = cp.compare(["mandatory"], PARK, seeds=2, quarters=1)
    with pytest.raises(InputError, match="target"):
        found.summary("en", targets)


@pytest.mark.parametrize("design", [{"x": 5.0}, 5, "no.csv", {"x": [1.0], "y": [1.0, 2.0]}])
def test_what_is_no_table_is_refused_in_words(design):
    with pytest.raises(InputError, match=r"design: cannot be read as a table|no\.csv"):
        cp.Study(design, lambda p, seed: {"z": p["x"]}, ["z"])


def test_columns_of_pandas_that_are_sparse_or_of_arrow_are_run_as_their_values():
    for kind in (pd.SparseDtype(float), "float16", "Float64", float):
        design = pd.DataFrame({"x": pd.Series([0.0, 2.0]).astype(kind)})
        found = cp.Study(design, lambda p, seed: {"z": p["x"] + 1}, ["z"]).run()
        assert found.frame()["z"].to_list() == [1.0, 3.0]


def test_a_design_of_hundreds_of_columns_is_written_without_a_warning(recwarn) -> None:
    columns = {f"x{number}": [1.0, 2.0] for number in range(300)}
    found = read_design(pd.DataFrame(columns)).reset_index()
    assert found.shape == (2, 301)
    assert not recwarn
