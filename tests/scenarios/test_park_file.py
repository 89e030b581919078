"""A user's own enterprises: what is taken, filled, refused; encodings, languages, dates."""

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.park import park
from cleanpark.scenarios.park_files import COLUMNS, write_template
from cleanpark.scenarios.park_files.cells import (
    CellError,
    read_number,
    read_past_quarter,
    read_share,
    read_yes,
)
from cleanpark.scenarios.park_files.template import header_of
from cleanpark.scenarios.sectors import sectors


def read(tmp_path, content, name="park.csv"):
    """The park in a file of this content."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return park(path)


def refused(tmp_path, content):
    """The message with which a file is refused."""
    with pytest.raises(ParkError) as caught:
        read(tmp_path, content)
    assert str(tmp_path / "park.csv") in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_loads(tmp_path, language):
    found = park(write_template(tmp_path / "template.csv", language))
    assert found.enterprises == 8
    assert found.account.refused == []
    assert found.account.ignored == []
    assert list(found.table.columns) == list(COLUMNS)
    assert found.table.loc[0, "last_audit"] == -11.0
    assert found.table.loc[1, "water"] == 175_000.0
    assert found.table.loc[1, "removal_water"] == 0.81
    assert found.table.loc[0, "generated_cod"] == 19_000.0
    assert not list(tmp_path.glob(".template*"))


def test_templates_in_both_languages_say_the_same(tmp_path):
    english, chinese = (
        park(write_template(tmp_path / f"{language}.csv", language)) for language in ("en", "zh")
    )
    assert english.table.equals(chinese.table)


def test_the_template_is_never_written_over_a_file(tmp_path):
    target = tmp_path / "mine.csv"
    target.write_text("precious")
    with pytest.raises(ParkError, match="already exists"):
        write_template(target)
    assert target.read_text() == "precious"
    with pytest.raises(ParkError, match="cannot be written"):
        write_template(tmp_path / "no folder" / "mine.csv")
    with pytest.raises(ParkError, match="must be en or zh"):
        write_template(tmp_path / "other.csv", "de")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path, encoding):
    text = "企业编号,行业,年产值（万元）,化学需氧量（千克）,电话\n甲一,化工,1200,300,123\n"
    found = read(tmp_path, text.encode(encoding))
    assert found.table.loc[0, "id"] == "甲一"
    assert found.table.loc[0, "sector"] == "chemicals"
    assert found.table.loc[0, "cod"] == 300.0
    assert found.account.encoding in ("UTF-8", "GB18030", "UTF-16")
    assert [str(one) for one in found.account.ignored] == ["'电话'"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from([sector.title["zh"] for sector in sectors()]),
            st.floats(1, 1e5),
            st.one_of(st.none(), st.floats(0, 1)),
        ),
        min_size=1,
        max_size=5,
    ),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_what_is_written_is_read_in_every_encoding(tmp_path, rows, encoding, end, delimiter):
    lines = [
        delimiter.join(
            (
                header_of("id", "zh"),
                header_of("sector", "zh"),
                "产值（万元）",
                header_of("technology", "zh"),
            )
        )
    ]
    for number, (sector, output, technology) in enumerate(rows):
        level = "" if technology is None else repr(technology)
        lines.append(delimiter.join((f"企业{number}", sector, repr(output), level)))
    table = read(tmp_path, end.join(lines).encode(encoding)).table
    assert list(table["output"]) == [output for _, output, _ in rows]
    for found, (_, _, technology) in zip(table["technology"], rows, strict=True):
        assert math.isnan(found) if technology is None else found == technology


def test_the_account_names_line_and_column(tmp_path):
    found = read(
        tmp_path,
        "id,sector,output (万元),COD (kg),wate,last_audit,monitored,removal_air\n"
        "A,chemical,100,12 kg,3,2024-13-01,perhaps,1.3\n"
        "\n"
        "D,food,10,,,2027-01-01,yes,85%\n",
    )
    refusals = [str(refusal) for refusal in found.account.refused]
    assert refusals[0].startswith("line 2, column 'COD (kg)': '12 kg': not a number")
    assert refusals[1].startswith("line 2, column 'removal_air': '1.3': must be a share")
    assert refusals[2].startswith("line 2, column 'last_audit': '2024-13-01': no such day")
    assert refusals[3].startswith("line 2, column 'monitored': 'perhaps': must be yes or no")
    assert refusals[4].startswith("line 4, column 'last_audit': '2027-01-01': must be before")
    assert len(refusals) == 5
    text = "\n".join(found.account.lines())
    assert "ignored: column 'wate'; did you mean 'water'?" in text
    assert "as in the park 'mixed'" in text
    assert found.account.taken["removal_air"] == 1
    assert found.account.filled["cod"] == 2
    assert found.table.loc[1, "removal_air"] == 0.85


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A,chemicls,5", "unknown sector; did you mean 'chemicals'"),
        ("A,电子元年,5", "unknown sector; did you mean '电子元件"),
        ("A,food,-5", "line 2, column 'output (万元)': '-5': must not be negative"),
        ("A,food,0", "no enterprise, only a header"),
        ("A,food,NaN", "the yearly output is missing"),
        ("A,food,", "the yearly output is missing"),
        ("A,food,inf", "not a number"),
        ("A,food,1e300", "must be at most 100,000,000"),
        ("A,food,1e999", "too large"),
        (",food,5", "an id is missing"),
        ("A,,5", "unknown sector"),
        ("A,food,1,200", "the row has 4 cells but the header 3"),
        ("A,food,5\nA,food,6", "line 3, column 'id': 'A': this id is already on line 2"),
        ("", "no enterprise, only a header"),
        ('A,food,"5', "not readable as CSV"),
    ],
)
def test_rows_that_make_the_file_unusable(tmp_path, row, message):
    assert message in refused(tmp_path, f"id,sector,output (万元)\n{row}\n")


def test_many_problems_are_listed_in_part(tmp_path):
    rows = "".join(f"A{number},food,-1\n" for number in range(25))
    message = refused(tmp_path, "id,sector,output (万元)\n" + rows)
    assert message.count("must not be negative") == 10
    assert message.endswith("... and 15 more")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "the file is empty"),
        ("id,sector\nA,food\n", "no column output (年产值)"),
        ("id,sector,output (万元),产值\nA,food,1,1\n", "both say yearly output"),
        ("id,sector,产值（亿美元）\nA,food,1\n", "unit '亿美元' must be a yearly amount in one of"),
        ("id,sector,output (万元),cod (t/月)\nA,food,1,1\n", "unit 't/月' must be a yearly amount"),
        (b"PK\x03\x04rest", "a damaged workbook"),
        (b"id,sector,output\nA,fo\x80\xffod,1\n", "line 2, character 5: byte 0x80 cannot be read"),
        (b"id,sector,output\nA,fo\x00od,1\n", "line 2, character 5: control character"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, content, message):
    assert message in refused(tmp_path, content)


def test_a_missing_file(tmp_path):
    with pytest.raises(ParkError, match="cannot be read"):
        park(tmp_path / "none.csv")


def test_units_in_headers(tmp_path):
    found = read(
        tmp_path,
        "id;sector;output (10,000 CNY/year);Energy (tce/a);removal_air (%)\nA;metals;100;50;80\n",
    )
    assert found.table.loc[0, "energy"] == 50.0
    assert found.table.loc[0, "removal_air"] == 0.8


def test_a_listed_park_keeps_its_enterprises(tmp_path):
    found = read(tmp_path, "id,sector,output (万元)\nA,food,10\nB,metals,10\n")
    assert found.name == "park"
    assert found.sectors == {"food": 0.5, "metals": 0.5}
    with pytest.raises(ParkError, match="lists 2 enterprises of its own"):
        park(tmp_path / "park.csv", enterprises=5)
    other = read(tmp_path, "id,sector,output (万元)\nA,food,11\nB,metals,10\n")
    assert found.digest != other.digest
    assert park(tmp_path / "park.csv", like="heavy").kind == "heavy"


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-15",
        "2024/3/15",
        "2024.3.15",
        "20240315",
        "15.03.2024",
        "15/03/2024",
        "3/15/2024",
        "2024-03",
        "202403",
        "2024-Q1",
        "2024Q1",
        "2024年3月15日",
        "2024年3月",
        "2024年第一季度",
        "2024年1季度",
        "２０２４年３月",
        "45366",
        "2024-03-15 00:00:00",
        " 2024-2-29 ",
    ],
)
def test_dates(text):
    assert read_past_quarter(text) == -8.0


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01",
        "2030",
        "03/04/2024",
        "2023-02-29",
        "soon",
        "2024-13",
        "12",
        "1950",
        "1e5",
        "2023年5月-8月",
        "2023年5-8月",
        "2023年5～8月",
        "2023年11月至2024年2月",
    ],
)
def test_dates_that_cannot_be(text):
    with pytest.raises(CellError):
        read_past_quarter(text)


@pytest.mark.parametrize("months", ["2023年5月-8月", "5～8月", "5月至8月"])
def test_a_column_of_some_months_is_neither_a_month_nor_the_year(
    tmp_path: Path, months: str
) -> None:
    path = tmp_path / "months.csv"
    path.write_text(
        f"企业名称,行业,年产值（万元）,COD排放量（千克）{months}\n甲厂,化工,9000,41\n",
        encoding="utf-8",
    )
    found = park(path)
    assert "cod" not in found.account.columns_written()


def test_a_year_alone_is_its_third_quarter():
    assert read_past_quarter("2024") == -6.0
    assert read_past_quarter("2025-12-31") == -1.0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234,567.8", 1234567.8),
        ("1 234", 1234),
        ("1'234", 1234),
        ("１，２３４", 1234),
        ("+.5", 0.5),
        ("1e3", 1000),
        ("0", 0),
        (" 12 ", 12),
        ("7.", 7),
        ("-0", 0),
    ],
)
def test_numbers(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["1,5", "1.234,5", "12,34,567", "3 kg", "abc", "-1", "1e999", "0x1"]
)
def test_numbers_that_cannot_be(text):
    with pytest.raises(CellError):
        read_number(text)


def test_shares_and_yes():
    assert read_share("85 %") == 0.85
    assert read_share("85", percent=True) == 0.85
    assert read_share("0.85") == 0.85
    with pytest.raises(CellError):
        read_share("85")
    assert [read_yes(word) for word in ("是", "Yes", "1", "否", "no", "0")] == [1, 1, 1, 0, 0, 0]


@given(number=st.floats(0, 1e15))
def test_numbers_survive_being_grouped(number):
    assert read_number(f"{number:,.6f}") == float(f"{number:.6f}")


@given(text=st.text(max_size=12))
@pytest.mark.parametrize("reader", [read_number, read_share, read_yes, read_past_quarter])
def test_any_cell_is_read_as_a_finite_number_or_refused(reader, text):
    try:
        value = reader(text)
    except CellError:
        return
    assert math.isfinite(value)
