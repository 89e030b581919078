"""A comparison's report made again from its folder alone, in any language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.analysis.pages import beside
from cleanpark.model.park_model import ParkModel
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import signed
from tests.cleanpark.terminal import typed

CSV = (
    "name,sector,output (10000 CNY),cod (t),employees\n"
    "Alpha,metals,9000,,120\nBeta,food,5000,3,40\nGamma,chemicals,7000,9,60\n"
)


def own_park(folder: Path) -> cp.Park:
    file = folder / "mine.csv"
    file.write_text(CSV)
    return cp.park(file)


def saved(folder: Path, park: Any, **more: Any) -> cp.Comparison:
    found = cp.compare(["mandatory"], park, seeds=3, quarters=8, **more)
    found.settings["targets"] = ["cod -20% by 2027"]
    found.save(folder, "en")
    return found


CASES = {
    "packaged": lambda folder: cp.park("mixed", enterprises=9),
    "several": lambda folder: [cp.park("mixed", 8), cp.park("heavy", 7)],
    "own": own_park,
}


@pytest.mark.parametrize("case", CASES)
def test_the_report_is_made_again_without_a_run(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = saved(tmp_path / "r", CASES[case](tmp_path))
    before = {path.name: path.read_bytes() for path in (tmp_path / "r").iterdir() if path.is_file()}
    record = json.loads(before["run.json"])

    def runs(*given: Any, **more: Any) -> None:
        raise AssertionError("nothing is simulated to tell what was found")

    monkeypatch.setattr(ParkModel, "__init__", runs)
    monkeypatch.setattr(beside, "affected_enterprises", runs)
    result = typed("report", str(tmp_path / "r"), "--language", "zh")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh"' in page or 'value="zh" checked' in page or "zh" in page[:600]
    again = json.loads((tmp_path / "r" / "run.json").read_text(encoding="utf-8"))
    for key in ("version", "sources", "seeds", "parks", "scenarios", "reproduce", "platform"):
        assert again[key] == record[key]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in again["warnings"][0])
    # told once more in the first language, all is as it was
    assert typed("report", str(tmp_path / "r"), "--language", "en").exit_code == 0
    for name, content in before.items():
        assert (tmp_path / "r" / name).read_bytes() == content, name
    loaded: Any = cp.load(tmp_path / "r")
    for language in ("en", "zh"):
        asked = found.settings["targets"]
        assert loaded.summary(language) == found.summary(language, asked)
    restored = loaded.comparison
    np.testing.assert_array_equal(restored.ensemble.quarterly, found.ensemble.quarterly)
    np.testing.assert_array_equal(restored.ensemble.horizon, found.ensemble.horizon)
    np.testing.assert_array_equal(restored.ensemble.groups, found.ensemble.groups)
    pd.testing.assert_frame_equal(restored.table, found.table)


def test_what_cannot_be_told_anew_is_said(tmp_path: Path) -> None:
    place = tmp_path / "r"
    saved(place, own_park(tmp_path))
    record = json.loads((place / "run.json").read_text(encoding="utf-8"))
    (place / "affected.parquet").unlink()
    del record["files"]["affected.parquet"], record["own_parks"]["zh"]
    record["sources"] = "0" * 64
    (place / "run.json").write_text(json.dumps(signed(record)), encoding="utf-8")
    result = typed("report", str(place), "--language", "en")
    assert result.exit_code == 0, result.output
    page = re.sub("<[^>]+>", "", (place / "report.html").read_text(encoding="utf-8"))
    assert "who loses by enterprise is not kept in this folder" in page
    assert "said in English, as the folder has it" not in page.split("园区")[0]
    assert "the numbers are those of version" in page


def test_enterprises_of_ones_own_are_told_again(tmp_path: Path) -> None:
    class Stubborn(cp.Enterprise):
        def choose_report(self, *given: Any) -> Any:
            return super().choose_report(*given)

    found = cp.compare(
        "mandatory", cp.park("mixed", 6), 2, 4, enterprise_class=Stubborn, engine="agents"
    )
    found.save(tmp_path / "r")
    result = typed("report", str(tmp_path / "r"), "--language", "zh")
    assert result.exit_code == 0, result.output
    loaded: Any = cp.load(tmp_path / "r")
    assert loaded.summary("en") == found.summary("en")


def test_a_folder_of_numbers_that_do_not_belong_together_is_refused(tmp_path: Path) -> None:
    saved(tmp_path / "r", cp.park("mixed", 6))
    file = tmp_path / "r" / "outcomes.parquet"
    pd.read_parquet(file).iloc[:-3].to_parquet(file, index=False)
    record = json.loads((tmp_path / "r" / "run.json").read_text(encoding="utf-8"))
    del record["files"]
    (tmp_path / "r" / "run.json").write_text(json.dumps(signed(record)), encoding="utf-8")
    with pytest.raises(InputError, match=r"outcomes\.parquet: is damaged"):
        cp.load(tmp_path / "r").comparison  # type: ignore[union-attr]  # noqa: B018


def test_a_run_is_told_again(tmp_path: Path) -> None:
    first = typed("run", "mandatory", "--park", "mixed", "--enterprises", "9", "--quarters", "9",
                  "--output", str(tmp_path / "r"), "--language", "zh")  # fmt: skip
    assert first.exit_code == 0
    again = typed("report", str(tmp_path / "r"), "--language", "zh")
    assert again.exit_code == 0, again.output
    told = again.stdout.split("\n")
    assert len(told) > 20
    assert [line for line in told if line] == [
        line for line in first.stdout.split("\n") if line and str(tmp_path) not in line
    ]
    english = typed("report", str(tmp_path / "r"), "--language", "en")
    assert "Outcome" in english.stdout
