"""Outlets from a CSV file, and the statement of their tax."""

import csv
import io

import pytest

from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.law import environmental_tax, outlets_of
from cleanpark.scenarios.law.names import province_name
from cleanpark.scenarios.law.outlets import TEMPLATE_EN, TEMPLATE_ZH
from cleanpark.scenarios.law.statement import HEADERS, NOTES, UNITS, statement, write_statement


def written(folder, text, encoding="utf-8"):
    path = folder / "outlets.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_both_templates_are_the_same_outlets(tmp_path):
    english = environmental_tax(written(tmp_path, TEMPLATE_EN), None, "jiangsu-nanjing")
    chinese = environmental_tax(written(tmp_path, TEMPLATE_ZH, "gb18030"), None, "江苏南京")
    assert [line.tax for line in english.lines] == [line.tax for line in chinese.lines]
    # SO2 1,200/0.95 x 8.4 x 75 % (28 of 50 is 44 % below); soot 300/2.18 x 8.4 x 75 %; COD
    # 850 x 8.4 x 50 %;
    # pH 4.5: 200 t x 8.4; tailings 500 t x 15; noise 7 dB 1,400.
    assert [line.tax for line in english.lines] == [7957.89, 866.97, 3570.0, 1680.0, 7500.0, 1400.0]
    assert english.by_quarter == {"2026-Q3": english.total}


def test_months_use_the_law_of_their_month(tmp_path):
    text = "排放口,月份,污染物,排放量\n1,2018-12,二氧化硫,95\n1,2019-01,二氧化硫,95\n"
    due = environmental_tax(written(tmp_path, text), None, "上海市")
    assert due.total_by("month") == {"2018-12": 665.0, "2019-01": 760.0}
    assert due.by_quarter == {"2018-Q4": 665.0, "2019-Q1": 760.0}


def test_a_name_that_air_and_water_share_is_settled_by_the_medium(tmp_path):
    text = "outlet,medium,pollutant,amount\n1,大气,苯,5\n2,水,苯,2\n"
    due = environmental_tax(written(tmp_path, text), None, {"air": 1, "water": 1})
    assert [(line.flow, line.tax) for line in due.lines] == [
        ("benzene", 100.0),
        ("water_benzene", 100.0),
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_statement_adds_up_and_speaks_one_language(tmp_path, language):
    due = environmental_tax(written(tmp_path, TEMPLATE_EN), None, "jiangsu-nanjing")
    rows = list(csv.reader(io.StringIO(statement(due, language))))
    assert tuple(rows[0]) == HEADERS[language]
    assert len({len(row) for row in rows}) == 1
    lines = rows[1 : 1 + len(due.lines)]
    assert sum(round(100 * float(row[9])) for row in lines) == round(100 * due.total)
    assert float(rows[1 + len(due.lines)][9]) == due.total
    assert any("2026-10-15" in cell for row in rows for cell in row)
    if language == "zh":
        words = " ".join(cell for row in rows for cell in row[2:5])
        assert not any(word in words for word in ("sewage", "Sulfur", "kg"))
    path = write_statement(due, tmp_path / "statement.csv", language)
    assert path.read_text(encoding="utf-8-sig") == statement(due, language)


def test_every_note_and_unit_of_the_law_has_its_chinese():
    due = environmental_tax({"energy": 1, "ph@7": 1, "pigs": 3} | {}, None, "beijing")
    assert all(line.note in NOTES and line.unit in UNITS for line in due.lines)
    from cleanpark.scenarios.law import law

    assert {item.unit for item in law().items} <= set(UNITS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "outlet,polutant,amount\n1,cod,3\n",
            "unknown column 'polutant'; did you mean 'pollutant'",
        ),
        ("outlet,amount\n1,3\n", "needs a column 'pollutant'"),
        ("pollutant,amount\n", "has no rows"),
        ("", "needs a column"),
        ("pollutant,amount,排放量\ncod,3,3\n", "column '排放量' stands twice"),
        ("pollutant,amount\ncod,3,4\n", "line 2: 3 cells under 2 columns"),
        ("pollutant,amount\ncod,\n", "line 2: neither amount nor generated"),
        ("pollutant,amount\ncod,x\n", "line 2, amount = 'x': must be a number"),
        ("pollutant,amount\ncod,-1\n", "line 2, amount = -1.0: must be a number from 0"),
        ("pollutant,amount,limit_ratio\n,3,0.5\n", "line 2: a row without a pollutant"),
        (
            "outlet,pollutant,amount\n1,cod,3\n1,cod,4\n",
            "line 3: 'cod' stands twice for outlet '1'",
        ),
        ("pollutant,amount,limit\ncod,3,50\n", "a concentration needs its limit"),
        ("pollutant,amount,concentration,limit\ncod,3,2,0\n", "a limit must be above 0"),
        ("pollutant,amount,fraud\ncod,3,maybe\n", "neither yes nor no"),
        ("pollutant,medium,amount\ncod,soil,3\n", "unknown medium 'soil'"),
        ("pollutant,month,amount\ncod,2026-14,3\n", "write a day, a month or a quarter"),
        ("pollutant,month,amount\ncod,2026-Q3,3\n", "write it as 2026-09"),
    ],
)
def test_bad_files_are_refused(tmp_path, text, told):
    path = written(tmp_path, text)
    with pytest.raises(ScenarioError, match=told):
        environmental_tax(path, None, "beijing")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ScenarioError, match="cannot be read"):
        outlets_of(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Jiangsoo", "'jiangsu-nanjing' (江苏南京), 'jiangsu-south'"),
        ("江苏", "'jiangsu-other' (江苏其他市)"),
        ("上诲", "'shanghai' (上海)"),
        ("hebei", "'hebei-1' (河北"),
    ],
)
def test_a_misspelt_province_is_told_the_nearest_in_both_languages(given, meant):
    with pytest.raises(ScenarioError) as told:
        province_name(given)
    assert meant in str(told.value).split("(provinces")[0]
