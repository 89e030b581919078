"""Habits of offices: plants that stood still, other decimal marks, scripts and branches."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.park_files import read_enterprises


def file_of(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "park.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_plant_that_stood_still_is_left_out_and_said(tmp_path: Path) -> None:
    text = "企业名称,行业,工业总产值(万元),COD(千克)\n甲,化工,5000,900\n乙,食品,0,0\n"
    text += "丙,食品,0.0,—\n"
    table, account = read_enterprises(file_of(tmp_path, text))
    assert list(table["id"]) == ["甲"]
    told = str(account)
    assert "line 3" in told
    assert "line 4" in told
    assert "stood still" in told


def test_discharges_without_output_are_refused(tmp_path: Path) -> None:
    text = "name,sector,output (10000 CNY),cod (kg)\na,chemicals,5000,900\nb,food,0,30\n"
    with pytest.raises(ParkError, match=r"line 3.*the output is 0, but other amounts are not"):
        read_enterprises(file_of(tmp_path, text))


SEMICOLONS = "name;sector;output (10000 CNY);cod (kg);removal_water\n"


def test_decimal_commas_are_read_where_semicolons_part_the_cells(tmp_path: Path) -> None:
    text = SEMICOLONS + "a;chemicals;1.250,5;900,25;81,5 %\nb;food;2.500;1200;\nc;food;300,125;7;\n"
    table, account = read_enterprises(file_of(tmp_path, text))
    assert table["output"].tolist() == [1250.5, 2500.0, 300.125]
    assert table["cod"].tolist() == [900.25, 1200.0, 7.0]
    assert table["removal_water"].iloc[0] == pytest.approx(0.815)
    assert "the comma is read as decimal mark, as in '1.250,5'" in str(account)


@pytest.mark.parametrize("rows", ["a;chemicals;1250,5;9.25;\n", "a;chemicals;1250,5;1,234,567;\n"])
def test_two_habits_in_one_file_stay_refused(rows: str, tmp_path: Path) -> None:
    with pytest.raises(ParkError, match="not clear whether the comma is decimal"):
        read_enterprises(file_of(tmp_path, SEMICOLONS + rows))


def test_thousands_stay_thousands_without_a_decimal_comma(tmp_path: Path) -> None:
    table, _ = read_enterprises(file_of(tmp_path, SEMICOLONS + "a;chemicals;12,500;900;\n"))
    assert table["output"].tolist() == [12500.0]


def test_big5_is_named(tmp_path: Path) -> None:
    text = "企業名稱,行業,工業總產值(萬元),化學需氧量(噸)\n甲,化學,5000,9\n"
    with pytest.raises(ParkError, match="Big5"):
        read_enterprises(file_of(tmp_path, text, "big5"))


def test_gb18030_is_not_taken_for_big5(tmp_path: Path) -> None:
    text = "企业名称,行业,工业总产值(万元),化学需氧量(吨)\n甲,化工,5000,9\n"
    table, _ = read_enterprises(file_of(tmp_path, text, "gb18030"))
    assert table["cod"].tolist() == [9000.0]


@pytest.mark.parametrize(
    "word",
    ["农业", "仓储", "房地产", "仓储物流", "real estate", "Logistics", "软件和信息技术服务业"],
)
def test_what_is_no_industry_is_said_and_what_to_do(word: str, tmp_path: Path) -> None:
    text = f"name,sector,output (10000 CNY)\na,chemicals,5000\nb,{word},5\n"
    with pytest.raises(ParkError, match=r"line 3.*no industry.*leave the row out") as told:
        read_enterprises(file_of(tmp_path, text))
    assert "one of:" not in str(told.value)


@pytest.mark.parametrize(
    "word", ["建筑材料", "农副食品加工业", "农药", "环保设备", "房屋建筑材料", "体育用品"]
)
def test_industries_with_like_names_stay_industries(word: str, tmp_path: Path) -> None:
    text = f"name,sector,output (10000 CNY)\na,{word},5000\nb,甲甲,5\n"
    with pytest.raises(ParkError) as told:
        read_enterprises(file_of(tmp_path, text))
    assert "no industry" not in str(told.value)


def test_known_sectors_are_listed_once(tmp_path: Path) -> None:
    text = "name,sector,output (10000 CNY)\na,甲甲甲,5000\nb,乙乙乙,5\nc,丙丙,5\n"
    with pytest.raises(ParkError) as told:
        read_enterprises(file_of(tmp_path, text))
    assert str(told.value).count("one of:") == 1
    assert str(told.value).count("unknown sector") == 3


def test_as_above_and_brackets_are_said(tmp_path: Path) -> None:
    text = "name,sector,output (10000 CNY),cod (kg)\na,chemicals,5000,同上\nb,food,50,(12)\n"
    _, account = read_enterprises(file_of(tmp_path, text))
    assert "'as above': write the value into each row" in str(account)
    assert "brackets around a number mean that it is negative" in str(account)
    text = "name,sector,output (10000 CNY)\na,chemicals,5000\nb,同上,50\n"
    with pytest.raises(ParkError, match="as above"):
        read_enterprises(file_of(tmp_path, text))


@pytest.mark.parametrize("header", ["废水去除率(%)", "废水去除率"])
def test_a_cell_shown_in_percent_is_what_it_shows(header: str, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["name", "sector", "output (10000 CNY)", header])
    book.active.append(["a", "chemicals", 5000, 0.85])
    book.active["D2"].number_format = "0%"
    book.save(tmp_path / "park.xlsx")
    table, _ = read_enterprises(tmp_path / "park.xlsx")
    assert table["removal_water"].tolist() == [0.85]
