"""Tables as offices fill them in: groups, several names for one thing, spoiled or endless files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.park import Park, park


def read(folder: Path, text: str, encoding: str = "utf-8-sig") -> Park:
    """The park of a file with this text."""
    path = folder / "park.csv"
    path.write_bytes(text.encode(encoding))
    return park(path)


def said(found: Park) -> str:
    """The account in English."""
    return str(found.account)


def test_the_code_beside_the_name_of_an_industry_decides(tmp_path: Path) -> None:
    found = read(
        tmp_path, "单位详细名称,行业类别名称,行业类别代码,工业总产值(万元)\n甲,纺织,2614,1250\n"
    )
    assert list(found.table["sector"]) == ["chemicals"]
    assert "column '行业类别名称' (sector is read from '行业类别代码')" in said(found)


def test_the_credit_code_goes_before_other_identifiers(tmp_path: Path) -> None:
    found = read(tmp_path, "排污许可证编号,统一社会信用代码,行业,产值(万元)\nP1,91A,化工,1250\n")
    assert list(found.table["id"]) == ["91A"]


def test_amounts_given_twice_are_still_refused(tmp_path: Path) -> None:
    with pytest.raises(ParkError, match="both say COD; keep one"):
        read(tmp_path, "编号,行业,产值(万元),COD(吨),化学需氧量(kg)\nE1,化工,100,1,1000\n")


def test_formula_and_unit_in_one_bracket(tmp_path: Path) -> None:
    found = read(tmp_path, "编号,行业,产值(万元),氨氮（NH₃-N，吨/年）\nE1,化工,12500,0.33\n")
    assert found.table["ammonia_nitrogen"].iloc[0] == 330.0


def test_a_year_before_the_name_of_an_amount(tmp_path: Path) -> None:
    found = read(tmp_path, "编号,行业,产值(万元),年取水量(万立方米)\nE1,化工,12500,9.6\n")
    assert found.table["water"].iloc[0] == 96_000.0


def test_headings_of_groups_and_totals_in_other_words_are_left_out(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "编号,行业,产值(万元)\n一、化工行业,,\nE1,化工,1250\n共1家,,1250\n"
        "Subtotal chemicals,,1250\n全部企业合计：,,1250\n",
    )
    assert list(found.table["id"]) == ["E1"]
    assert "line 2: '一、化工行业': a heading, no enterprise" in said(found)
    assert said(found).count("a total, no enterprise") == 3


def test_companies_whose_names_resemble_totals_stay(tmp_path: Path) -> None:
    found = read(tmp_path, "name,sector,output (万元)\nTotal Energies,chemicals,1250\n")
    assert found.enterprises == 1


@pytest.mark.parametrize(
    ("cell", "monitored"),
    [("已安装并联网", 1.0), ("是（COD、氨氮）", 1.0), ("不联网", 0.0), ("尚未安装", 0.0)],
)
def test_monitoring_in_other_words(tmp_path: Path, cell: str, monitored: float) -> None:
    found = read(tmp_path, f"编号,行业,产值(万元),在线监测\nE1,化工,1250,{cell}\n")
    assert found.table["monitored"].iloc[0] == monitored


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "编号\t行业\t产值(万元)\nE1\t化工\t1250\n", encoding)
    assert list(found.table["output"]) == [1250.0]


def test_industries_outside_industry_are_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(ParkError, match="'5911': no industry: outside mining, manufacturing and"):
        read(tmp_path, "编号,行业代码,产值(万元)\nE1,5911,1250\n")


def test_a_name_twice_is_told_under_its_own_column(tmp_path: Path) -> None:
    with pytest.raises(ParkError, match="line 3, column '企业名称': '甲': this id is already"):
        read(tmp_path, "企业名称,行业,产值(万元)\n甲,化工,1250\n甲,化工,1250\n")


@pytest.mark.parametrize("cell", ['"' + "x" * 4_000_000, '"1250\n' + "E2,化工,1\n" * 300_000])
def test_a_quote_that_is_never_closed_is_told(tmp_path: Path, cell: str) -> None:
    with pytest.raises(ParkError, match="line 2: a cell of more than 32,767 characters; most"):
        read(tmp_path, f"编号,行业,产值(万元)\nE1,化工,{cell}")


def test_a_header_without_end_is_told(tmp_path: Path) -> None:
    wide = ",".join(f"c{place}" for place in range(200_000))
    with pytest.raises(ParkError, match="line 1: 200,003 columns; a park's table may have 1,000"):
        read(tmp_path, f"编号,行业,产值(万元),{wide}\nE1,化工,1250\n")


def test_empty_cells_far_beyond_the_table_do_not_matter(tmp_path: Path) -> None:
    commas = "," * 16_000
    found = read(tmp_path, f"编号,行业,产值(万元){commas}\nE1,化工,1250{commas}\n")
    assert found.enterprises == 1


def test_a_message_names_some_of_many_columns(tmp_path: Path) -> None:
    with pytest.raises(ParkError, match="c38, c39, and 860 more"):
        read(tmp_path, ",".join(f"c{place}" for place in range(900)) + "\n1\n")
