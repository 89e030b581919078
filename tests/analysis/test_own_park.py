"""The account of a user's file goes along: folder, record and page, in the reader's language."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.own_park import first_year_rows, own_park

FILE = """企业编号,行业,年产值（万元）,综合能耗（吨标准煤）,COD排放量（吨）
a,化工,9000,4000,4.1
b,印染,5000,—,无
合计,,14000,4000,4.1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_bytes(FILE.encode("gb18030"))
    return path


def test_the_folder_of_a_comparison_has_the_account(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "out"
    cp.compare(["tax-only"], cp.park(path), seeds=2, quarters=4).save(folder, "zh")
    place = folder / "own-park" / "mine"
    for name in ("columns", "industries", "rows", "remarks", "first_year"):
        assert (place / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    first = pd.read_csv(place / "first_year.csv")
    assert list(first["您的文件"]) == [4000.0, 4100.0]
    record = json.loads((folder / "run.json").read_text("utf-8"))["parks"][0]
    assert record["file"] == {
        "name": "mine.csv", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()
    }  # fmt: skip
    assert {one["column"] for one in record["first_year"]["columns"]} == {"energy", "cod"}
    page = (folder / "report.html").read_text("utf-8")
    for said in ("您的文件与模型首年", "Your file and the first year of the model", "合计"):
        assert said in page


def test_a_folder_with_an_account_is_replaced_whole(tmp_path: Path, path: Path) -> None:
    folder = tmp_path / "out"
    found = cp.compare(["tax-only"], cp.park(path), seeds=1, quarters=1)
    found.save(folder)
    found.save(folder, replace=True)
    cp.compare(["tax-only"], cp.park("mixed", 5), seeds=1, quarters=1).save(folder, replace=True)
    assert not [one for one in (folder / "own-park").rglob("*") if one.is_file()]


def test_the_table_says_file_and_model_with_units(path: Path) -> None:
    told = own_park(cp.park(path))
    assert told is not None
    rows = {row[0]: row for row in first_year_rows(told, Language("zh"))}
    assert rows["综合能耗"][1:3] == ["吨标准煤", "4,000"]
    assert rows["化学需氧量排放量"][1:3] == ["千克", "4,100"]
    assert own_park(cp.park("mixed", 5)) is None
