"""What a design or a space says is run as it is said, or refused before the first run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.sensitivity import sensitivity
from cleanpark.analysis.studies.design import read_design
from cleanpark.analysis.studies.space import Factor, Space, space
from cleanpark.analysis.studies.study import Study
from cleanpark.scenarios.errors import InputError


def design(folder: Path, text: str) -> Any:
    """A design's file, read."""
    path = folder / "d.csv"
    path.write_text(text)
    return read_design(path)


def model(**others: Any) -> Any:
    """The model, small."""
    return sensitivity.model_runs(["full-mix"], cp.park("mixed", enterprises=8), 2, **others)


@pytest.mark.parametrize("text", ["None", "NA", "nan", "null", "NONE"])
def test_a_word_for_nothing_is_no_empty_cell(text: str, tmp_path: Path) -> None:
    rows = design(tmp_path, f"audit_mode,fine\n{text},5\nnone,5\n,5\n")
    with pytest.raises(InputError, match=f"'audit_mode', sample 0: {text} is not possible"):
        Study(rows, model())


def test_what_was_meant_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="did you mean 'none'"):
        Study(design(tmp_path, "audit_mode\nNone\n"), model())
    with pytest.raises(InputError, match="'None' is no number"):
        Study(design(tmp_path, "fine\nNone\n"), model())


def test_blank_lines_are_skipped(tmp_path: Path) -> None:
    rows = design(tmp_path, "\n\naudit_mode\nnone\n\nmandatory-all\n\n")
    assert rows["audit_mode"].tolist() == ["none", "mandatory-all"]
    rows = design(tmp_path, "  \nfine,learn_own\n1,2\n\n,0.5\n")
    assert rows["fine"].tolist()[0] == 1
    assert np.isnan(rows["fine"].tolist()[1])


def test_lines_are_counted_as_in_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 5: has 1 cells"):
        design(tmp_path, "\nfine,learn_own\n\n1,2\n3\n")


@pytest.mark.parametrize("head", ["", " ", "Unnamed: 0"])
def test_row_numbers_saved_without_a_name_are_told_as_what_they_are(
    head: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"has no name; if it holds the row numbers that pandas"):
        design(tmp_path, f"{head},fine\n0,5\n1,60\n")


@pytest.mark.parametrize("cell", ["9" * 400, "1e400", "-1e400", "inf", "-5", "1e30"])
def test_numbers_beyond_all_bounds_are_refused(cell: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="column 'fine', sample 1"):
        Study(design(tmp_path, f"fine\n5\n{cell}\n"), model())


@pytest.mark.parametrize("value", [float("inf"), 10**400])
def test_infinite_inputs_of_functions_are_refused(value: Any) -> None:
    with pytest.raises(InputError, match="is no finite number"):
        Study([{"x": 1.0}, {"x": value}], lambda p, seed: {"y": 1.0}, ["y"])


def test_ranges_in_a_mapping_are_the_ranges() -> None:
    found = space({"fine": (10.0, 12.0), "learn_own": np.array([0.2, 0.21])})
    assert (found.factor("fine").low, found.factor("fine").high) == (10.0, 12.0)
    assert found.factor("fine").kind == "lever"
    assert found.factor("fine").scale == "log"
    assert found.factor("learn_own").high == 0.21
    few = space({"audit_mode": ["none", "voluntary"]}).factor("audit_mode")
    assert few.choices == ("none", "voluntary")
    linear = space({"fine": {"range": [10, 12], "scale": "linear"}}).factor("fine")
    assert linear.scale == "linear"
    own = space({"a": (0, 2), "b": ["x", "y"]})
    assert [one.kind for one in own.factors] == ["input", "input"]
    assert own.factor("a").high == 2.0
    assert space({"fine": (0.0, 1e9)}, own=True).factor("fine").high == 1e9


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"fine": (-20.0, 60.0)}, "'fine', key 'range': .* is not possible"),
        ({"fine": 12.0}, r"give \(low, high\), or the choices"),
        ({"fine": (1.0, 2.0, 3.0)}, "'fine'"),
        ({"audit_mode": ["none", "mandatory"]}, "'mandatory' is none of them"),
        ({"learn_own": {"range": [0.2, 0.3], "step": 1}}, "step"),
        ({"names": ["a"], "bounds": [[0, 1], [0, 1]]}, "must be as many"),
        ({"names": ["a"], "bounds": [[0, 1]], "dists": ["norm"]}, "'norm' is not known"),
        ({}, "no parameter to vary"),
    ],
)
def test_mappings_that_say_what_cannot_be_are_refused(given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        space(given)


def test_a_problem_of_salib_is_a_space() -> None:
    problem = {
        "num_vars": 3,
        "names": ["a", "b", "c"],
        "groups": ["g", "g", "h"],
        "bounds": [[0, 1], [1.0, 10.0], [2, 3]],
        "dists": ["unif", "logunif", "unif"],
    }
    found = space(problem)
    assert [one.scale for one in found.factors] == ["linear", "log", "linear"]
    assert found.factor("c").low == 2.0
    assert found.grouped
    assert found.groups == ["g", "h"]
    assert not space({"names": ["fine"], "bounds": [[10, 12]]}).grouped


@pytest.mark.parametrize(
    ("factor", "message"),
    [
        (Factor("fine", -20.0, 60.0), "parameter 'fine': range -20 to 60 is not possible"),
        (Factor("audit_mode", scale="choice", choices=("none", "mandatory")),
         "choice 'mandatory' is not possible; did you mean 'mandatory"),
        (Factor("audit_mode", 0.0, 1.0), "parameter 'audit_mode'"),
    ],
)  # fmt: skip
def test_factors_that_the_model_cannot_run_are_refused(factor: Factor, message: str) -> None:
    chosen = Space((factor, Factor("moral_cost", 0.001, 0.006)))
    with pytest.raises(InputError, match=message):
        sensitivity.pawn("mandatory", chosen, ["compliance_true"], 16, 2,
                         park=cp.park("mixed", enterprises=8), quarters=2)  # fmt: skip


@pytest.mark.parametrize("scale", ["loguniform", "Linear", "", "normal"])
def test_scales_that_are_none_are_refused(scale: str) -> None:
    with pytest.raises(InputError, match=r"scale '.*' is not known"):
        Factor("x", 1.0, 2.0, scale=scale)
    with pytest.raises(InputError, match="did you mean 'log'"):
        Factor("x", 1.0, 2.0, scale="loguniform")
    with pytest.raises(InputError, match="distribution 'normal'"):
        Factor("x", 1.0, 2.0, distribution="normal")


def test_whole_numbers_are_whole() -> None:
    values = Factor("n", 1, 3, scale="integer").values([0.0, 0.5, 1.0])
    assert values.dtype.kind == "i"
    assert values.tolist() == [1, 2, 3]
    kinds = set()

    def seen(p: Any, seed: int) -> Any:
        return {"whole": float(isinstance(p["n"], int))}

    chosen = Space((Factor("n", 1, 3, scale="integer"), Factor("x")))
    found = cp.sensitivity.pawn(seen, chosen, ["whole"], 16, 1).study.results.values("whole")
    kinds.update(found.ravel().tolist())
    assert kinds == {1.0}
