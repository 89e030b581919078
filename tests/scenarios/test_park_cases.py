"""Files as offices send them: read with the right values, or refused with the right words."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.park import Park, park

FOLDER = Path(__file__).parent.parent / "data" / "parks"
KG = ("sulfur_dioxide", "nitrogen_oxides", "particulates", "cod", "ammonia_nitrogen")


def case(name: str) -> Path:
    """The file whose name begins so."""
    return next(path for path in FOLDER.iterdir() if path.name.startswith(name))


def said(found: Park) -> str:
    """The account in English."""
    assert found.account is not None
    return str(found.account)


@pytest.mark.parametrize("name", ["01_", "02_", "04_", "07_", "10_"])
def test_one_park_in_five_forms_is_the_same_park(name: str) -> None:
    table, same = park(case(name)).table, park(case("07_")).table
    assert table.drop(columns=["name", "industry"]).equals(same.drop(columns=["name", "industry"]))
    first = table.iloc[0]
    assert first["id"] == "江苏金源化工有限公司"
    assert first["output"] == 12_500.0
    assert first["energy"] == 7_800.0
    assert [first[flow] for flow in KG] == [5200.0, 4700.0, 2900.0, 4100.0, 330.0]
    assert first["hazardous_waste"] == 240.0
    assert first["last_audit"] == -11.0


def test_marks_are_missing_and_none_is_zero() -> None:
    found = park(case("01_"))
    plating = found.table.iloc[2]
    assert math.isnan(plating["energy"])
    assert plating["sulfur_dioxide"] == plating["nitrogen_oxides"] == 0.0
    assert math.isnan(plating["last_audit"])
    assert math.isnan(found.table.iloc[1]["sulfur_dioxide"])
    text = said(found)
    words = "none ('无') or not detected ('未检出'), read as 0 (cells)"
    assert f"{words}: sulfur dioxide 1, nitrogen oxides 1" in text
    assert "marked as not known (cells): energy use 1, sulfur dioxide 3" in text
    assert "converted: COD: 吨 times 1000 is kg" in text


def test_titles_and_totals_are_left_out_and_said() -> None:
    text = said(park(case("01_")))
    assert "left out: line 1: '××经济开发区2024年度环境统计表': above the header" in text
    assert "left out: line 11: '合计, 97,900" in text
    assert "left out: line 3: '合计, /, 10000, 3000': a total" in said(park(case("20_")))
    assert park(case("20_")).enterprises == 1


def test_industries_of_the_national_classification_are_mapped_and_shown() -> None:
    found = park(case("01_"))
    assert list(found.table["sector"]) == [
        "chemicals", "textile_dyeing", "metal_finishing", "metals", "food", "electronics",
        "pharmaceuticals", "machinery",
    ]  # fmt: skip
    assert list(found.table["industry"][:3]) == ["26", "17", "33"]
    assert "industry '纺织业' (GB/T 4754 17 纺织业): sector textile_dyeing" in said(found)


def test_industries_that_the_model_lacks_are_other() -> None:
    found = park(case("11_"))
    assert list(found.table["sector"]) == ["chemicals", "textile_dyeing", "other", "other"]
    assert list(found.table["industry"][2:]) == ["4412", "222"]
    assert found.sectors["other"] == 0.5


def test_units_that_are_missing_are_asked_for_all_at_once() -> None:
    with pytest.raises(ParkError) as caught:
        park(case("05_"))
    message = str(caught.value)
    for written in ("'年产值'", "'综合能耗'", "'取水量'", "'COD排放量'", "'危险废物'"):
        assert written in message
    assert "--units output=10,000cny,energy=tce,water=m3,cod=t" in message
    units = dict.fromkeys((*KG, "hazardous_waste"), "t")
    units |= {"output": "万元", "energy": "tce", "取水量": "吨"}
    same = park(case("05_"), units=units)
    assert same.table.equals(park(case("07_")).table)


def test_a_unit_for_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(ParkError, match="--units cdo=t: no such column in the file; did you mean"):
        park(case("05_"), units={"cdo": "t"})
    with pytest.raises(ParkError, match="--units cod=barrels: must be one of t, kg"):
        park(case("05_"), units={"cod": "barrels"})


@pytest.mark.parametrize("name", ["08_", "08b_"])
def test_yuan_without_a_unit_is_asked_for_and_then_converted(name: str) -> None:
    with pytest.raises(ParkError, match=r"no unit in the header of '年产值'; .* --units output="):
        park(case(name))
    found = park(case(name), units={"output": "元"})
    assert found.table["output"].iloc[0] in (12_500.0, 2_300.0)


def test_yuan_taken_for_ten_thousands_stops() -> None:
    with pytest.raises(ParkError) as caught:
        park(case("08b_"), units={"output": "万元"})
    message = str(caught.value)
    assert "amounts far from the sector's range" in message
    assert "--accept cod,output" in message
    assert "line 2, 甲厂: yearly output 23,000,000 10,000 CNY: 3,833 times" in message


def test_tonnes_taken_for_kilograms_stop_and_can_be_accepted() -> None:
    units = {"output": "万元", "energy": "tce", "water": "t", "hazardous_waste": "t"}
    units |= dict.fromkeys(KG, "kg")
    with pytest.raises(ParkError, match=r"column COD: the middle enterprise has 0\.00") as caught:
        park(case("05_"), units=units)
    assert f"--accept {','.join(KG)}" in str(caught.value)
    found = park(case("05_"), units=units, accept=KG)
    assert found.table["cod"].iloc[0] == 4.1
    assert "accepted: column COD: the middle enterprise has" in said(found)


def test_what_is_generated_is_not_taken_for_what_is_discharged() -> None:
    found = park(case("06_"))
    assert found.table["generated_cod"].iloc[0] == 41_000.0
    assert found.table["cod"].isna().all()
    assert found.table["hazardous_waste"].iloc[0] == 240.0
    assert "COD: 8 enterprises give only what is generated" in said(found)


def test_thousands_that_split_cells_are_refused() -> None:
    with pytest.raises(ParkError, match=r"line 4: '32,000' looks like one number"):
        park(case("09_"))


def test_names_with_formulas_in_brackets_are_understood() -> None:
    with pytest.raises(ParkError, match="no unit in the header of '氨氮"):
        park(case("14_"))
    found = park(case("14_"), units={"ammonia_nitrogen": "kg", "cod": "千克"})
    assert found.table["sulfur_dioxide"].iloc[0] == 5_200.0
    assert found.table["ammonia_nitrogen"].iloc[0] == 330.0


def test_dates_as_people_write_them() -> None:
    found = park(case("16_"))
    audits = found.table["last_audit"]
    text = said(found)
    assert "'2026-01': must be before the start" in text
    assert "'三年前': not a date" in text
    assert "'6/12/2023': not clear which is the month" in text
    assert audits.iloc[3] == audits.iloc[5] == audits.iloc[6] == audits.iloc[7] == -11.0


def test_no_monitoring_means_no() -> None:
    assert (park(case("17_")).table["monitored"] == 0.0).all()
