"""Amounts as offices write them: parts of a year, limits of detection, units, ids, percent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.park_files import read_enterprises

HEAD = "企业名称,行业,产值(万元)"


def read(folder: Path, text: str, **options: Any) -> tuple[Any, str]:
    """Table and account, in English, of a CSV file with this text."""
    path = folder / "park.csv"
    path.write_text(text, encoding="utf-8")
    table, account = read_enterprises(path, **options)
    return table, str(account)


def book(folder: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    """A workbook with these rows and merged areas."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for area in merged:
        made.active.merge_cells(area)
    made.save(folder / "park.xlsx")
    return folder / "park.xlsx"


QUARTERS = ",".join(f"第{one}季度用水量(吨)" for one in "一二三四")
MONTHS = ",".join(f"{one}月用水量(吨)" for one in range(1, 13))


@pytest.mark.parametrize(
    ("header", "cells", "name", "amount"),
    [
        ("COD上半年(吨),COD下半年(吨)", "1,2.5", "cod", 3500.0),
        ("COD(吨) 上半年,COD(吨) 下半年", "0.1,0.2", "cod", 300.0),
        ("下半年COD排放量（千克）,上半年COD排放量（千克）", "100,200", "cod", 300.0),
        (QUARTERS, "1000,2000,3000,4000", "water", 10_000.0),
        (MONTHS, ",".join(["1000"] * 12), "water", 12_000.0),
    ],
)
def test_all_parts_of_a_year_are_added_up_and_said(
    header: str, cells: str, name: str, amount: float, tmp_path: Path
) -> None:
    table, told = read(tmp_path, f"{HEAD},{header}\n甲,化工,5000,{cells}\n")
    assert table[name].tolist() == [amount]
    assert "the parts of the year are added up" in told


@pytest.mark.parametrize(
    "header", ["上半年COD(吨)", "一季度COD(吨),二季度COD(吨)", "1月COD(吨),3月COD(吨)"]
)
def test_some_parts_of_a_year_are_not_taken_for_the_year(header: str, tmp_path: Path) -> None:
    cells = ",".join("1" for _ in header.split(","))
    table, told = read(tmp_path, f"{HEAD},{header}\n甲,化工,5000,{cells}\n")
    assert table["cod"].isna().all()
    assert told.count("a part of the year, and the other parts are missing") == cells.count("1")


def test_the_whole_year_goes_before_its_parts(tmp_path: Path) -> None:
    text = f"{HEAD},上半年COD(吨),下半年COD(吨),COD(吨)\n甲,化工,5000,1,2,4\n"
    table, told = read(tmp_path, text)
    assert table["cod"].tolist() == [4000.0]
    assert "column '上半年COD(吨)' (COD is read from 'COD(吨)')" in told


def test_a_part_that_is_missing_is_told_with_its_row(tmp_path: Path) -> None:
    text = f"{HEAD},COD上半年(吨),COD下半年(吨)\n甲,化工,5000,1,\n乙,化工,5000,—,—\n"
    table, told = read(tmp_path, text)
    assert table["cod"].isna().all()
    assert "line 2, column 'COD上半年(吨) + COD下半年(吨)': '1 + ?': the parts of the year" in told
    assert "line 3" not in told


def test_parts_of_the_year_below_one_merged_name(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["企业名称", "行业", "工业总产值（万元）", "化学需氧量排放量（吨）", None],
        [None, None, None, "上半年", "下半年"],
        ["甲", "化工", 9000, 1, 2],
    ]
    merged = ("A1:A2", "B1:B2", "C1:C2", "D1:E1")
    table, _ = read_enterprises(book(tmp_path, rows, merged))
    assert table["cod"].tolist() == [3000.0]


@pytest.mark.parametrize(
    "cell", ["未检出", "ND", "0.01L", "0.5L", "低于检出限", "检出限以下", "<LOD"]
)
def test_what_was_not_detected_is_zero_and_counted(cell: str, tmp_path: Path) -> None:
    table, told = read(tmp_path, f"{HEAD},COD(吨)\n甲,化工,5000,{cell}\n")
    assert table["cod"].tolist() == [0.0]
    assert "read as 0 (cells): COD 1" in told


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("<0.01", "below a limit is no amount: write 0 where nothing was found"),
        ("＜５", "below a limit is no amount"),
        ("约 5", "not one number: write the amount itself"),
        ("1200左右", "not one number"),
        ("微量", "not one number"),
        ("5-10", "from one amount to another: write one number"),
        ("５～１０", "from one amount to another"),
        ("-5", "must not be negative"),
        ("1.2万", "not a number: write the number alone"),
        ("#REF!", "the spreadsheet could not compute this cell"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(cell: str, reason: str, tmp_path: Path) -> None:
    table, told = read(tmp_path, f"{HEAD},COD(吨)\n甲,化工,5000,{cell}\n")
    assert table["cod"].isna().all()
    assert f"line 2, column 'COD(吨)': '{cell}': {reason}" in told


@pytest.mark.parametrize("cell", ["-", "N/A", "/", "—", "n/a"])
def test_marks_for_not_known_are_counted_as_such(cell: str, tmp_path: Path) -> None:
    table, told = read(tmp_path, f"{HEAD},用水量(吨)\n甲,化工,5000,{cell}\n")
    assert table["water"].isna().all()
    assert "marked as not known (cells): water use 1" in told


@pytest.mark.parametrize(
    ("unit", "tce"),
    [("万千瓦时", 1229.0), ("MWh", 122.9), ("GJ", 1000 / 29.3076), ("kgce", 1.0),
     ("吨标煤", 1000.0), ("万kW·h", 1229.0), ("吨标准煤/年", 1000.0)],
)  # fmt: skip
def test_units_of_energy(unit: str, tce: float, tmp_path: Path) -> None:
    text = f"企业名称,行业,产值(千元),能耗({unit})\n甲,化工,125000,1000\n"
    table, _ = read(tmp_path, text, accept=["energy"])
    assert table["energy"].tolist() == [pytest.approx(tce)]
    assert table["output"].tolist() == [12_500.0]


@pytest.mark.parametrize("unit", ["万立方米", "万m³", "万吨"])
def test_units_of_water_in_full_width(unit: str, tmp_path: Path) -> None:
    head = f"企业名称,行业,产值（亿元）,取水量（{unit}）,ＣＯＤ（ｋｇ）"
    text = f"{head}\n甲,化工,1.25,１２．５,９００\n"
    table, _ = read(tmp_path, text)
    assert table["water"].tolist() == [125_000.0]
    assert table["cod"].tolist() == [900.0]
    assert table["output"].tolist() == [12_500.0]


def test_a_single_carrier_is_not_taken_for_all_energy(tmp_path: Path) -> None:
    table, told = read(tmp_path, f"{HEAD},用电量(万千瓦时)\n甲,化工,5000,800\n")
    assert table["energy"].isna().all()
    assert "one carrier of energy" in told


def test_a_share_in_a_column_of_percent_is_asked_about(tmp_path: Path) -> None:
    table, told = read(
        tmp_path, f"{HEAD},废水去除率(%)\n甲,化工,5,85\n乙,化工,5,0.85\n丙,化工,5,0.5%\n"
    )
    assert table["removal_water"].tolist()[::2] == [0.85, 0.005]
    assert table["removal_water"].isna().tolist() == [False, True, False]
    assert "'0.85': below 1 in a column of percent: write 0.85% or 85%" in told


@pytest.mark.parametrize("cell", ["1 200.5", "1'200.5", "1’200.5", "１，２００．５", "1.2005E+03"])
def test_thousands_and_powers(cell: str, tmp_path: Path) -> None:
    table, _ = read(tmp_path, f'{HEAD},COD(千克)\n甲,化工,5000,"{cell}"\n')
    assert table["cod"].tolist() == [1200.5]


def test_one_row_is_one_plant_and_year(tmp_path: Path) -> None:
    with pytest.raises(ParkError, match="already on line 2; one row holds the whole year of one"):
        read(tmp_path, f"{HEAD}\n甲,化工,5000\n甲,食品,4000\n")


def test_remarks_over_lines_blank_rows_and_trailing_blanks(tmp_path: Path) -> None:
    text = '企业名称 , 行业  ,产值 (万元) ,COD（ 吨 ）,备注\n甲 ,化工,5000,3,"换行\n合计说明"\n'
    table, _ = read(tmp_path, text + ",,,,\n\n乙,食品,4000,2,\n")
    assert table["id"].tolist() == ["甲", "乙"]
    assert table["cod"].tolist() == [3000.0, 2000.0]


def test_ids_that_are_numbers_and_codes_without_their_zero(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["企业编号", "行业代码", "产值（万元）"], [1.0, 2614, 9000.0], [7, 610, 8000],
    ]  # fmt: skip
    table, _ = read_enterprises(book(tmp_path, rows))
    assert table["id"].tolist() == ["1", "7"]
    assert table["industry"].tolist() == ["2614", "0610"]


def test_only_the_name_of_the_file_stands_in_the_account(tmp_path: Path) -> None:
    _, told = read(tmp_path, f"{HEAD}\n甲,化工,5000\n")
    assert told.startswith("park.csv: 1 enterprise")
    assert str(tmp_path) not in told
