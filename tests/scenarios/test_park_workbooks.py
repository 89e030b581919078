"""XLSX files: values, what is hidden, merged or computed in them, what is refused for safety."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.park import park
from cleanpark.scenarios.park_files import workbook

HEAD = ["企业名称", "行业", "产值（万元）", "COD（吨）", "上次审核"]
ROWS = [
    ["甲", "化工", 9000, 3.1, datetime.datetime(2023, 6, 1)],
    ["乙", "食品", 8000, 2.5, "2022年"],
    ["丙", "机械", 5000, 0.2, None],
]


@pytest.fixture
def book() -> openpyxl.Workbook:
    found = openpyxl.Workbook()
    for row in [HEAD, *ROWS]:
        found.active.append(row)
    return found


def saved(book: openpyxl.Workbook, folder: Path) -> Path:
    path = folder / "park.xlsx"
    book.save(path)
    return path


def test_numbers_and_dates_of_cells(book: openpyxl.Workbook, tmp_path: Path) -> None:
    table = park(saved(book, tmp_path)).table
    assert list(table["output"]) == [9000.0, 8000.0, 5000.0]
    assert list(table["cod"]) == [3100.0, 2500.0, 200.0]
    assert list(table["last_audit"][:2]) == [-11.0, -14.0]


def test_hidden_rows_columns_and_sheets_are_said(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["D"].hidden = True
    book.create_sheet("旧数据").sheet_state = "hidden"
    book.create_sheet("说明").append(["填报说明"])
    found = park(saved(book, tmp_path))
    text = str(found.account)
    assert found.enterprises == 3
    assert "hidden rows read like the others: 1" in text
    assert "hidden columns read like the others: D" in text
    assert "hidden sheets left out: 旧数据" in text
    assert "other sheets left out: 说明" in text


def test_the_sheet_with_the_table_is_found(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.create_sheet("封面", 0).append(["××开发区"])
    assert park(saved(book, tmp_path)).enterprises == 3


def test_merged_words_hold_for_all_and_merged_numbers_for_none(
    book: openpyxl.Workbook, tmp_path: Path
) -> None:
    sheet = book.active
    for cell in ("B3", "D3"):
        sheet[cell] = None
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("D2:D3")
    found = park(saved(book, tmp_path))
    assert list(found.table["sector"][:2]) == ["chemicals", "chemicals"]
    assert found.table["cod"].isna().tolist() == [True, True, False]
    assert "'3.1': merged over several rows" in str(found.account)


def test_formulas_without_results_are_refused_and_others_read(
    book: openpyxl.Workbook, tmp_path: Path
) -> None:
    book.active["D3"] = "=D2*2"
    found = park(saved(book, tmp_path))
    assert found.table["cod"].isna().tolist() == [False, True, False]
    assert "a formula without its result" in str(found.account)
    assert "formulas read by the result last saved: 1" in str(found.account)


def test_header_in_two_merged_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["××开发区工业企业污染排放情况"])
    sheet.append(["单位详细名称", "行业代码", "工业总产值", "化学需氧量", None, "二氧化硫", None])
    sheet.append([None, None, None, "产生量", "排放量", "产生量", "排放量"])
    sheet.append([None, None, "万元", "吨", "吨", "吨", "吨"])
    sheet.append(["甲", 2614, 9000, 15, 3, 20, 4])
    sheet.append(["乙", "1310", 8000, 12, 2.4, 1, 0.9])
    for area in ("A1:G1", "A2:A4", "B2:B4", "C2:C3", "D2:E2", "F2:G2"):
        sheet.merge_cells(area)
    found = park(saved(book, tmp_path))
    row = found.table.iloc[0]
    assert row["sector"] == "chemicals"
    assert row["industry"] == "2614"
    assert [row["generated_cod"], row["cod"]] == [15_000.0, 3_000.0]
    assert [row["generated_sulfur_dioxide"], row["sulfur_dioxide"]] == [20_000.0, 4_000.0]


def test_codes_that_a_spreadsheet_spoiled(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["统一社会信用代码", "企业名称", *HEAD[1:]])
    book.active.append([913204123456789000, "甲", *ROWS[0][1:]])
    book.active.append(["9.13E+17", "乙", *ROWS[1][1:]])
    book.active.append(["91320412345678901X", "丙", *ROWS[2][1:]])
    found = park(saved(book, tmp_path))
    assert list(found.table["id"]) == ["甲", "乙", "91320412345678901X"]
    assert "2 codes such as '9.13204123456789e+17' were spoiled" in str(found.account)


def test_spoiled_codes_without_names_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "park.csv"
    path.write_text("编号,行业,产值（万元）\n1.23E+17,化工,9000\n2-Mar,化工,9000\n", "utf-8")
    with pytest.raises(ParkError) as caught:
        park(path)
    assert "'1.23E+17': a spreadsheet has rounded this code" in str(caught.value)
    assert "'2-Mar': a spreadsheet has made a date of this code" in str(caught.value)


def refusal(path: Path) -> str:
    with pytest.raises(ParkError) as caught:
        park(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def rewritten(path: Path, name: str, change: bytes, by: bytes) -> Path:
    """The workbook with a part changed."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, content.replace(change, by) if part == name else content)
    return target


SHEET = "xl/worksheets/sheet1.xml"


def test_entities_are_refused(book: openpyxl.Workbook, tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet '
    path = rewritten(saved(book, tmp_path), SHEET, b"<worksheet ", bomb)
    assert "declares entities" in refusal(path)


def test_what_unpacks_too_far_is_refused(book: openpyxl.Workbook, tmp_path: Path) -> None:
    blank = b"<sheetData>" + b" " * 30_000_000
    path = rewritten(saved(book, tmp_path), SHEET, b"<sheetData>", blank)
    assert path.stat().st_size < 200_000
    assert "unpacks to 30 MB" in refusal(path)


def test_merged_areas_of_millions_of_cells_are_refused(
    book: openpyxl.Workbook, tmp_path: Path
) -> None:
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    path = rewritten(saved(book, tmp_path), SHEET, b"</sheetData>", merge)
    assert "merged areas cover" in refusal(path)


def test_a_stray_cell_far_away_is_refused(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.active["XFD1048576"] = "x"
    assert "reaches to row 1,048,576 and column 16,384" in refusal(saved(book, tmp_path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0rest", "an old workbook (.xls) or one with a password"),
        (b"PK\x03\x04rest", "a damaged workbook"),
    ],
)
def test_other_workbooks_are_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "park.xlsx"
    path.write_bytes(content)
    assert said in refusal(path)


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "park.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert "an archive that is no XLSX workbook" in refusal(path)


def test_an_empty_workbook(tmp_path: Path) -> None:
    assert "the file is empty" in refusal(saved(openpyxl.Workbook(), tmp_path))


def test_too_large_a_file(
    book: openpyxl.Workbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1000)
    assert "which no table of a park does" in refusal(saved(book, tmp_path))
