"""Results of every kind are read back, and what is damaged is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.scenarios.errors import InputError
from tests.cleanpark.terminal import typed

SMALL = ["--quarters", "4", "--enterprises", "8"]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: Any) -> tuple[Path, Any]:
    folder = tmp_path_factory.mktemp("loading") / "c"
    found = cp.compare(["mandatory"], cp.park("mixed", enterprises=8), seeds=2, quarters=4)
    found.save(folder)
    return folder, found


def test_a_comparison(compared: tuple[Path, Any]) -> None:
    folder, found = compared
    loaded: Any = cp.load(folder)
    assert loaded.names == found.names
    assert loaded.reference == "voluntary"
    row = loaded.row("mandatory", "compliance_true")
    assert row["mean"] == pytest.approx(found.row("mandatory", "compliance_true")["mean"])
    assert loaded.outcomes["value"].equals(found.outcomes["value"])
    assert len(repr(loaded)) < 200
    with pytest.raises(InputError, match="no outcome 'polution'"):
        loaded.row("mandatory", "polution")


def test_a_run(tmp_path: Path) -> None:
    result = typed("run", "mandatory", *SMALL, "--output", str(tmp_path / "r"))
    assert result.exit_code == 0
    loaded: Any = cp.load(tmp_path / "r")
    assert loaded.about["scenario"] == "mandatory"
    assert isinstance(loaded.outcomes, pd.DataFrame)
    assert len(loaded.enterprises) == 8


def test_a_study_and_histories(tmp_path: Path) -> None:
    cp.Study([{"x": 1.0}], lambda p, seed: {"z": 1.0}, ["z"]).run(tmp_path / "s")
    assert cp.load(tmp_path / "s").results().values("z").tolist() == [[1.0]]  # type: ignore[union-attr]
    cp.keep_histories("voluntary", cp.park("mixed", enterprises=8), "2026-Q2", 1, tmp_path / "h")
    assert cp.load(tmp_path / "h").seeds == (0,)  # type: ignore[union-attr]


def test_what_is_damaged_or_nothing_is_told(compared: tuple[Path, Any], tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "c"
    shutil.copytree(compared[0], folder)
    (folder / "comparison.csv").write_text("scenario,outcome\n")
    with pytest.raises(InputError, match=r"comparison.csv: is missing, or not as the run"):
        cp.load(folder)
    (folder / "run.json").write_text("[]")
    with pytest.raises(InputError, match=r"run.json: is damaged"):
        cp.load(folder)
    with pytest.raises(InputError, match="holds no results"):
        cp.load(tmp_path)


def test_a_studys_table_that_was_edited_is_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    study = ("study", "morris", "mandatory", "--parameters", "fine,learn_own", "--samples", "4",
             "--seeds", "1", "--outcome", "pollution_equivalents", *SMALL,
             "--output", str(folder))  # fmt: skip
    assert typed(*study).exit_code == 0
    table = folder / "indices.csv"
    whole = table.read_bytes()
    table.write_bytes(whole.replace(b"fine", b"fnie"))
    with pytest.raises(InputError, match=r"indices.csv: is missing, or not as the study wrote it"):
        cp.load(folder)
    refused = typed("report", str(folder))
    assert refused.exit_code == 2
    assert "give the study's command again" in refused.stderr
    assert typed(*study).exit_code == 0
    assert table.read_bytes() == whole
    assert cp.load(folder).table("indices")["outcome"].notna().all()  # type: ignore[union-attr]


@pytest.mark.parametrize("place", [None, 5, b"results"])
def test_a_place_is_a_path(place: Any) -> None:
    with pytest.raises(InputError, match="a path is a text or a Path"):
        cp.load(place)
