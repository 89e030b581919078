"""What is printed under 'How to reproduce' gives the very numbers, for each kind of study and for
single runs: with packaged inputs as one call, with inputs of one's own from the folder."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cleanpark as cp
from cleanpark.analysis.pages.again import again, differing
from cleanpark.analysis.pages.kinds import kind_of
from cleanpark.analysis.pages.study import write_report
from cleanpark.analysis.pages.study_calls import study_reproduction
from cleanpark.analysis.studies.folder import read_study
from cleanpark.analysis.studies.model_runs import about_model
from cleanpark.analysis.studies.rows import told_rows
from cleanpark.scenarios.folders import signed
from tests.analysis.test_again import history, own_park, own_policy
from tests.cleanpark.terminal import typed

SMALL = cp.park("mixed", enterprises=8)
OUTCOMES = ["pollution_equivalents", "fines"]
Given = dict[str, Any]


def packaged(folder: Path) -> Given:
    return {"scenario": cp.scenario("penalty-only", fine=31.25), "park": SMALL, "seeds": 2}


def own(folder: Path) -> Given:
    return {"scenario": own_policy(folder), "park": [own_park(folder), SMALL], "seeds": [7, 3]}


def begun(folder: Path) -> Given:
    parks = cp.park("mixed", enterprises=12)
    return {"scenario": "penalty-only", "park": parks, "seeds": 2, "history": history(folder)}


def sensitivity(given: Given, folder: Path) -> Any:
    scenario = given.pop("scenario")
    ranges = {"fine": (10.0, 12.5), "moral_cost": (0.001, 0.004)}
    return cp.sensitivity.morris(scenario, ranges, OUTCOMES, 4, quarters=4, over_time=True,
                                 folder=folder, **given)  # fmt: skip


def discovery(given: Given, folder: Path) -> Any:
    scenario = given.pop("scenario")
    return cp.discover(scenario, "fines > p50", ["voluntary"], "learn_own,moral_cost",
                       OUTCOMES, 16, quarters=4, folder=folder, **given)  # fmt: skip


def attribution(given: Given, folder: Path) -> Any:
    return cp.attribute(given.pop("scenario"), "voluntary", OUTCOMES, quarters=4, folder=folder,
                        **given)  # fmt: skip


def optimum(given: Given, folder: Path) -> Any:
    given["seeds"] = 2 if "history" not in given else 1
    return cp.optimize(given.pop("scenario"), {"fine": (10.0, 20.0)}, ["pollution_equivalents"],
                       quarters=4, folder=folder, generations=2, population=4, fresh_seeds=1,
                       start=1, search_seed=3, **given)  # fmt: skip


def rows(given: Given, folder: Path) -> Any:
    seeds = given.pop("seeds")
    model = cp.sensitivity.model_runs([given.pop("scenario")], given.pop("park"), 4, OUTCOMES,
                                      start=1, **given)  # fmt: skip
    study = cp.Study([{"fine": 5.0, "audit_mode": "none"}, {"fine": 61.25}], model, seeds=seeds,
                     about=about_model(model))  # fmt: skip
    study.run(folder)
    told_rows(study)
    return study


KINDS: dict[str, Callable[[Given, Path], Any]] = {
    "sensitivity": sensitivity, "discover": discovery, "attribute": attribution,
    "optimize": optimum, "rows": rows,
}  # fmt: skip
INPUTS = {"packaged": packaged, "own": own, "history": begun}


def told(folder: Path) -> dict[str, str]:
    """What is printed under 'How to reproduce' of a study."""
    study = read_study(folder)
    return study_reproduction(study, kind_of(study).call)


@pytest.mark.parametrize("inputs", INPUTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_printed_line_gives_the_very_numbers(
    kind: str, inputs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "results"
    KINDS[kind](INPUTS[inputs](tmp_path), folder)
    write_report(folder)
    line = told(folder)["python"]
    assert f"    {line}\n" in (folder / "report.md").read_text(encoding="utf-8")
    assert line.startswith("cp.again(") == (inputs == "own")
    if kind == "rows" and inputs != "own":
        line = line.removesuffix(".run()")
        found = eval(line, {"cp": cp})
        assert found.run().frame().equals(read_study(folder).results().frame())
        return
    other, of = differing(folder, eval(line, {"cp": cp}))
    assert (other, of > 0) == (0, True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_folder_alone_gives_the_very_numbers(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    KINDS[kind](packaged(tmp_path), folder)
    result = typed("again", str(folder))
    assert result.exit_code == 0, result.output
    assert "numbers are the same" in result.stdout


@pytest.mark.parametrize("inputs", ["packaged", "own"])
def test_a_single_run_is_made_again(
    inputs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_park(tmp_path)
    own_policy(tmp_path)
    words = {
        "packaged": ["full-mix", "--set", "fine=61.25", "--enterprises", "9"],
        "own": [str(tmp_path / "p.toml"), "--park", str(tmp_path / "own.csv")],
    }[inputs]
    folder = tmp_path / "results"
    words = ["run", *words, "--seed", "4", "--quarters", "5", "--output", str(folder)]
    monkeypatch.setattr("sys.argv", ["cleanpark", *words])
    assert typed(*words).exit_code == 0
    lines = json.loads((folder / "run.json").read_text(encoding="utf-8"))["reproduce"]
    assert differing(folder, eval(lines["python"], {"cp": cp}))[0] == 0
    assert differing(folder, again(folder))[0] == 0
    command = shlex.split(lines["command"])[1:]
    assert typed(*command, "--output", str(tmp_path / "two")).exit_code == 0
    here, there = cp.load(folder).outcomes, cp.load(tmp_path / "two").outcomes
    assert here.equals(there)


def test_what_was_changed_or_was_a_function_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    attribution(packaged(tmp_path), folder)
    file = folder / "study.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    one = record["inputs"]["scenarios"][0]
    one["text"] = one["text"].replace("31.25", "32.25")
    file.write_text(json.dumps(signed(record)), encoding="utf-8")
    with pytest.raises(cp.InputError, match="is not the one that was run"):
        cp.again(folder)
    study = cp.Study([{"x": 1.0}], lambda p, seed: {"y": p["x"]}, ["y"])
    study.run(tmp_path / "function")
    with pytest.raises(cp.InputError, match="a function of one's own"):
        cp.again(tmp_path / "function")
    assert not any(told(tmp_path / "function").values())


@pytest.mark.parametrize("word", ["sobol", "discover", "attribute", "optimize", "history"])
def test_what_is_doubtful_in_a_park_stops_every_command_until_it_is_accepted(
    word: str, tmp_path: Path
) -> None:
    file = tmp_path / "own.csv"
    file.write_text("id,sector,output (10000 CNY),cod (kg)\na,food,9000,90000000\nb,food,5000,\n")
    words = {
        "sobol": ["study", "sobol", "mandatory", "--parameters", "fine,learn_own", "--samples",
                  "4", "--seeds", "1", "--quarters", "2"],
        "discover": ["discover", "mandatory", "--samples", "4", "--seeds", "1", "--quarters", "2"],
        "attribute": ["attribute", "penalty-only", "--seeds", "2", "--quarters", "2"],
        "optimize": ["optimize", "--parameters", "fine", "--generations", "1", "--population", "4",
                     "--seeds", "1", "--fresh-seeds", "1", "--quarters", "8",
                     "--outcome", "pollution_equivalents"],
        "history": ["history", "voluntary", "--until", "2026-Q2", "--seeds", "1"],
    }[word]  # fmt: skip
    words += ["--park", str(file), "--output", str(tmp_path / "out")]
    refused = typed(*words)
    assert (refused.exit_code, "--accept" in refused.output) == (2, True)
    assert not (tmp_path / "out").exists()
    done = typed(*words, "--accept", "cod")
    assert done.exit_code == 0, done.output


def test_futures_over_levers_of_the_policies_are_told(tmp_path: Path) -> None:
    found = cp.discover("mandatory", "fines > p50", ["penalty-only"], "fine,inspection_rate",
                        OUTCOMES, 8, 1, SMALL, 4, folder=tmp_path / "d")  # fmt: skip
    for line, beware in zip(
        (found.warnings()[-1], found.warnings("zh")[-1]), ("no longer", "不再"), strict=True
    ):
        assert "fine" in line
        assert "inspection_rate" in line
        assert beware in line
    write_report(tmp_path / "d")
    assert "in every policy" in (tmp_path / "d" / "report.md").read_text(encoding="utf-8")
    assert not cp.discover("voluntary", "fines > p50", ["penalty-only"], "learn_own", OUTCOMES, 8,
                           1, SMALL, 6).warnings()  # fmt: skip


@pytest.mark.parametrize("kind", [sensitivity, attribution])
def test_what_of_a_policy_does_nothing_in_a_study_is_told(
    kind: Callable[[Given, Path], Any], tmp_path: Path
) -> None:
    late = cp.scenario("penalty-only", audit_teams={"2031-Q1": 9.0})
    found = kind({"scenario": late, "park": SMALL, "seeds": 2}, tmp_path / "late")
    assert any("does nothing from 2031-Q1 on" in line for line in found.warnings())
