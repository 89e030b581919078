"""A study's folder is believed only as it was written; what is read back tells itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.scenarios.errors import InputError
from tests.cleanpark.terminal import typed

SMALL = ["--quarters", "4", "--enterprises", "8"]
STUDY = ["study", "morris", "mandatory", "--parameters", "fine,learn_own", "--samples", "4",
         "--seeds", "1", "--outcome", "fines", *SMALL]  # fmt: skip


@pytest.fixture(scope="module")
def studied(tmp_path_factory: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("loading") / "s"
    result = typed(*STUDY, "--output", str(folder))
    assert result.exit_code == 0, result.output
    return folder


def task(folder: Path) -> Path:
    return next((folder / "results").iterdir())


def emptied(folder: Path) -> None:
    task(folder).write_bytes(b"")


def cut(folder: Path) -> None:
    task(folder).write_bytes(task(folder).read_bytes()[:100])


def other_design(folder: Path) -> None:
    design = pd.read_parquet(folder / "design.parquet")
    design["fine"] += 1
    design.to_parquet(folder / "design.parquet", index=False)


def other_numbers(folder: Path) -> None:
    design = pd.read_parquet(folder / "design.parquet")
    design["sample"] += 1
    design.to_parquet(folder / "design.parquet", index=False)


@pytest.mark.parametrize("damage", [emptied, cut, other_design, other_numbers])
def test_runs_and_design_are_believed_as_they_were_written(
    damage: Callable[[Path], None], studied: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(studied, tmp_path / "s")
    right = cp.load(studied).results().frame()  # type: ignore[union-attr]
    damage(folder)
    with pytest.raises(InputError, match=r"damaged|not as the study wrote it"):
        cp.load(folder).results()  # type: ignore[union-attr]
    assert typed(*STUDY, "--output", str(folder)).exit_code == 0
    assert cp.load(folder).results().frame().equals(right)  # type: ignore[union-attr]


def test_a_record_that_was_changed_is_told(studied: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(studied, tmp_path / "s")
    file = folder / "study.json"
    file.write_text(file.read_text().replace('"samples": 12', '"samples": 13'))
    for words in (["report", str(folder)], [*STUDY, "--output", str(folder)]):
        result = typed(*words)
        assert result.exit_code == 2
        assert "study.json: is damaged" in " ".join(result.output.split())
    assert typed(*STUDY, "--output", str(folder), "--replace").exit_code == 0
    assert task(folder).read_bytes() == task(studied).read_bytes()


def test_the_record_of_a_comparison_that_was_changed_is_told(tmp_path: Path) -> None:
    cp.compare(["mandatory"], cp.park("mixed", 8), seeds=2, quarters=2).save(tmp_path / "c")
    file = tmp_path / "c" / "run.json"
    assert "SavedComparison" in repr(cp.load(tmp_path / "c"))
    text = file.read_text()
    file.write_text(text.replace('"reference": "voluntary"', '"reference": "mandatory"'))
    with pytest.raises(InputError, match=r"run\.json: is damaged"):
        cp.load(tmp_path / "c")


def test_a_study_read_back_tells_itself(studied: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(studied, tmp_path / "s")
    loaded: Any = cp.load(folder)
    assert len(repr(loaded)) < 200
    assert "morris of fines" in repr(loaded)
    assert "learn_own" in loaded._repr_html_()
    assert "fine" in loaded.summary("en")
    assert "罚" in loaded.summary("zh")
    page = (folder / "report.html").read_bytes()
    (folder / "report.html").unlink()
    assert folder / "report.html" in loaded.report("en")
    assert len((folder / "report.html").read_bytes()) == len(page)


def test_what_is_read_back_has_tables_for_notebooks(tmp_path: Path) -> None:
    cp.compare(["mandatory"], cp.park("mixed", 8), seeds=2, quarters=2).save(tmp_path / "c")
    assert typed("run", "mandatory", *SMALL, "--output", str(tmp_path / "r")).exit_code == 0
    cp.keep_histories("voluntary", cp.park("mixed", 8), "2026-Q2", 2, tmp_path / "h")
    for name in "cr":
        loaded: Any = cp.load(tmp_path / name)
        assert "<table" in loaded._repr_html_()
    assert len(repr(cp.load(tmp_path / "h"))) < 60 + len(str(tmp_path))
