"""Results on disk: what is damaged or not the study's own is never taken for a result."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.analysis.studies.folder import read_study
from cleanpark.analysis.studies.results import task_files
from cleanpark.analysis.studies.study import Study
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import FORMAT, claimed

ROWS = [{"x": float(number) / 7} for number in range(300)]


def outcomes(p: Any, seed: int) -> Any:
    """Two outcomes that differ by row and seed."""
    return {"z": p["x"] ** 2 + seed, "w": float(np.sin(p["x"] * seed))}


def study() -> Study:
    """A study of more tasks than one."""
    return Study(ROWS, outcomes, ["z", "w"], seeds=2)


@pytest.fixture(scope="module")
def good(tmp_path_factory: Any) -> tuple[Path, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("results") / "good"
    return folder, study().run(folder).frame()


def damaged(content: bytes, way: str, chance: random.Random) -> bytes:
    """A file's content after an accident."""
    new = bytearray(content)
    if way == "cut":
        return bytes(new[: chance.randrange(len(new))])
    if way == "zeros":
        begin = chance.randrange(4, len(new) - 80)
        new[begin : begin + 64] = bytes(64)
    if way == "bit":
        new[chance.randrange(len(new))] ^= 1 << chance.randrange(8)
    return bytes(new)


@pytest.mark.parametrize("way", ["cut", "zeros", "bit"])
def test_a_damaged_file_is_refused_and_made_anew(
    way: str, good: tuple[Path, pd.DataFrame], tmp_path: Path
) -> None:
    chance = random.Random(way)
    for number in range(12):
        folder = tmp_path / str(number)
        shutil.copytree(good[0], folder)
        path = chance.choice(list(task_files(folder)))
        content = path.read_bytes()
        new = damaged(content, way, chance)
        path.write_bytes(new)
        if new != content:
            with pytest.raises(InputError, match="is damaged"):
                read_study(folder).results().frame()
        assert study().run(folder).frame().equals(good[1])


def test_only_the_studys_own_files_are_read(
    good: tuple[Path, pd.DataFrame], tmp_path: Path
) -> None:
    folder = tmp_path / "s"
    shutil.copytree(good[0], folder)
    first = next(task_files(folder))
    for name in (first.stem + " (1).parquet", "s_copy.parquet", "summary.parquet"):
        shutil.copy(first, first.with_name(name))
    found = study().run(folder)
    assert found.frame().equals(good[1])
    assert found.query("select count(*) as runs from runs")["runs"].tolist() == [600]
    assert (folder / "results" / "s_copy.parquet").exists()


def test_a_missing_file_is_told(good: tuple[Path, pd.DataFrame], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    shutil.copytree(good[0], folder)
    next(task_files(folder)).unlink()
    with pytest.raises(InputError, match=r"holds \d+ runs where the study has 600"):
        read_study(folder).results().values("z")


@pytest.mark.parametrize("name", ["seed=1", "sample=0", "z=7", "status=failed", "a'b", "*[x]?"])
def test_a_folders_name_changes_nothing(name: str, tmp_path: Path) -> None:
    rows = [{"x": 1.0}, {"x": 3.0}]
    one = Study(rows, lambda p, seed: {"z": 10 * p["x"] + seed}, ["z"], seeds=2)
    found = one.run(tmp_path / name)
    assert found.values("z").tolist() == [[10, 11], [30, 31]]
    assert not len(found.failed())


def test_every_run_is_shown_with_its_parameters(tmp_path: Path) -> None:
    rows = [{"x": 1.0, "way": "a"}, {"x": 3.0, "way": "b"}]
    one = Study(rows, lambda p, seed: {"z": p["x"]}, ["z"], seeds=2)
    frame = one.run(tmp_path / "s").frame()
    assert list(frame) == ["sample", "seed", "x", "way", "z", "status", "reason"]
    assert frame["x"].tolist() == [1.0, 1.0, 3.0, 3.0]
    assert frame["way"].tolist() == ["a", "a", "b", "b"]
    assert frame["z"].equals(frame["x"])


NAMES: list[Any] = [["sample"], ["seed"], ["status"], ["reason"], ["Status"], ["SEED"], [""], [" "],
                    [], ["z_by_quarter"], ["y", "Y"], ["y", "y"], [1]]  # fmt: skip


@pytest.mark.parametrize("names", NAMES, ids=str)
def test_names_that_results_cannot_have_are_refused_before_any_run(
    names: list[Any], tmp_path: Path
) -> None:
    def never(p: Any, seed: int) -> Any:
        raise KeyboardInterrupt

    space = cp.Space((cp.Factor("x"), cp.Factor("y2")))
    with pytest.raises(InputError, match="outcome"):
        cp.sensitivity.sobol(never, space, names, 16, 1, folder=tmp_path / "s")
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize("name", ["seed", "status", "z"])
def test_parameters_of_the_name_of_a_column_are_refused(name: str) -> None:
    with pytest.raises(InputError, match=f"parameter '{name}'"):
        Study([{name: 1.0}], lambda p, seed: {"z": 1.0}, ["z"])


def test_a_function_of_one_argument_is_refused_with_the_reason() -> None:
    with pytest.raises(InputError, match=r"called with two values.*this one takes \(p\)"):
        Study([{"x": 1.0}], lambda p: {"z": 1.0}, ["z"])


def test_a_callable_with_a_method_run_is_a_function() -> None:
    class Model:
        def __call__(self, p: Any, seed: int) -> Any:
            return {"z": p["x"]}

        def run(self) -> None:
            """Something else."""

    assert Study([{"x": 1.0}], Model(), ["z"]).run().values("z").tolist() == [[1.0]]


def test_two_studies_in_one_folder_are_refused(tmp_path: Path) -> None:
    import subprocess
    import sys

    folder = tmp_path / "s"
    code = (
        "import sys; from cleanpark.scenarios.folders import claimed\n"
        "with claimed(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InputError, match="another run is writing there"):
            study().run(folder)
        other.kill()
    study().run(folder)
    assert [one.name for one in tmp_path.iterdir()] == ["s"]


def test_a_study_that_was_replaced_writes_nothing_more(tmp_path: Path) -> None:
    first = study()
    first.run(tmp_path / "s")
    Study(ROWS, outcomes, ["z"]).run(tmp_path / "s", replace=True)
    with pytest.raises(InputError, match="holds another study"):
        first.write_tables({"rows": pd.DataFrame({"a": [1]})})
    with pytest.raises(InputError, match="holds another study"):
        first.write_record()


def test_a_later_format_is_refused(good: tuple[Path, pd.DataFrame], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    shutil.copytree(good[0], folder)
    text = (folder / "study.json").read_text()
    assert f'"format": {FORMAT}' in text
    (folder / "study.json").write_text(text.replace(f'"format": {FORMAT}', '"format": 99'))
    with pytest.raises(InputError, match="has format 99"):
        read_study(folder)
    with pytest.raises(InputError, match="has format 99"):
        study().run(folder)


def test_files_of_ones_own_stay_where_a_study_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    study().run(folder)
    own = [folder / ".git" / "HEAD", folder / "thesis.tex", folder / "figures" / "mine.svg",
           folder / "results" / "mine.parquet", folder / "notes.csv"]  # fmt: skip
    for path in own:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    Study(ROWS, outcomes, ["z"]).run(folder, replace=True)
    assert all(path.read_text() == "mine" for path in own)
    assert len(list(task_files(folder))) == 2


def test_a_tilde_means_one_folder(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    study().run("~/s")
    assert (tmp_path / "home" / "s" / "study.json").is_file()
    assert not (tmp_path / "~").exists()
    assert read_study("~/s").results().frame().equals(study().run("~/s").frame())
    with claimed("~/s"):
        pass


def test_failed_and_undefined_runs_are_among_the_warnings() -> None:
    def fails(p: Any, seed: int) -> Any:
        if p["x"] > 0.8:
            raise ValueError("beyond what is known")
        if p["x"] < 0.1:
            raise ArithmeticError("too small")
        return {"z": p["x"]}

    space = cp.Space((cp.Factor("x"), cp.Factor("y")))
    found = cp.sensitivity.pawn(fails, space, ["z"], 128, 1)
    told = found.warnings()
    failed = found.study.results.failed()["reason"]
    count = failed.str.startswith("ValueError").sum()
    assert f"{len(failed)} runs failed" in " ".join(told)
    assert f"{count} of them: ValueError: beyond what is known" in told
    assert any("ArithmeticError: too small" in line for line in told)
    assert any(f"of 128 samples {len(failed)} are undefined" in line for line in told)
    assert any("其中" in line for line in found.warnings("zh"))
