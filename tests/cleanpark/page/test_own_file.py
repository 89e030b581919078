"""An own park by upload: workbooks and texts, what is said of a bad one, and what one can do."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from pandas.testing import assert_frame_equal

from cleanpark.page import engine, limits, reproduce
from cleanpark.page.question import Question
from cleanpark.page.uploads import (
    FAR_OFF,
    HERE,
    Missing,
    missing_in,
    of_the_page,
    settings_from,
    uploads,
)
from cleanpark.page.wording import told_error
from cleanpark.scenarios.errors import InputError
from tests.cleanpark.page.browsing import SMALL, WAIT, done, must_not_skip

ROWS = [["企业编号", "行业", "年产值（万元）"], *([f"E{k}", "food", 3000 + k] for k in range(8))]


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()


def test_a_workbook_is_read_as_the_same_table_in_text_is():
    text = "\n".join(",".join(map(str, row)) for row in ROWS).encode()
    book, table = (
        uploads.get(uploads.add(*one))
        for one in (("园区.xlsx", workbook(ROWS)), ("园区.csv", text))
    )
    assert_frame_equal(book.table, table.table)
    key = uploads.add("园区.xlsx", workbook(ROWS))
    assert engine.account_of(key, "zh")[0].startswith("园区.xlsx")


@pytest.mark.parametrize("name", ["park.xlsx", "park.csv"])
def test_a_workbook_that_unpacks_too_far_is_refused_before_it_is_read(name):
    content = archive(big=b"0" * (limits.UPLOAD_UNPACKED + 1))
    assert len(content) < limits.UPLOAD_BYTES
    with pytest.raises(InputError, match="unpacks to"):
        uploads.add(name, content)


@pytest.mark.parametrize(
    "content", [archive(other="text"), b"PK\x03\x04 broken", workbook([["id"]])]
)
def test_a_bad_workbook_is_refused_under_its_own_name(content):
    with pytest.raises(InputError, match=r"^mine\.xlsx") as refused:
        uploads.add("mine.xlsx", content)
    assert "tmp" not in str(refused.value)


NO_UNIT = b"id,sector,output\nA,food,3000\nB,food,5000\n"


def test_units_missing_in_the_header_are_asked_for_and_taken():
    with pytest.raises(InputError) as refused:
        uploads.add("mine.csv", NO_UNIT)
    assert "--" not in str(refused.value)
    assert "--" not in told_error(refused.value, "zh")
    assert missing_in(refused.value) == Missing(units="output=")
    key = uploads.add("mine.csv", NO_UNIT, settings_from("output=万元", ""))
    assert list(uploads.get(key).table["output"]) == [3000, 5000]
    other = uploads.add("mine.csv", NO_UNIT, settings_from("output=CNY", ""))
    assert other != key
    question = replace(Question(), park=key)
    assert "units={'output': '万元'}" in reproduce.to_python(question)
    assert "--units 'output=万元'" in reproduce.to_command(question)


FAR = "id,sector,output (万元),COD (t)\n" + "".join(
    f"E{k},food,3000,{1 if k else 200000}\n" for k in range(6)
)


def test_amounts_far_off_are_named_and_accepted_where_they_are_right():
    with pytest.raises(InputError) as refused:
        uploads.add("far.csv", FAR.encode())
    assert refused.value.__cause__.message.template == FAR_OFF
    assert "--" not in str(refused.value)
    accept = missing_in(refused.value).accept
    assert accept
    key = uploads.add("far.csv", FAR.encode(), settings_from("", accept))
    assert f"accept=[{accept!r}]" in reproduce.to_python(replace(Question(), park=key))


@pytest.mark.parametrize("written", ["output", "output=", "=t"])
def test_what_is_no_column_with_a_unit_is_refused_in_the_pages_words(written):
    with pytest.raises(InputError, match="write COLUMN=UNIT, such as cod=t") as refused:
        settings_from(written, "")
    assert "--" not in str(refused.value)


def test_nothing_on_the_page_names_an_option_of_the_command_line():
    for template, here in HERE.items():
        told = of_the_page(InputError(template, **dict.fromkeys(re.findall(r"{(\w+)}", template))))
        assert told.message.template == here
        assert "--" not in here
        assert "cleanpark parks" not in here


if not must_not_skip():
    pytest.importorskip("nicegui", reason="the page's extra is not installed")


def upload(page, name, content):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


@pytest.mark.xdist_group("browser")
def test_a_workbook_is_dropped_in_and_a_bad_one_says_what_to_do(page, server):
    page.goto(f"{server}/?{SMALL}&lang=zh")
    done(page)
    page.get_by_text("使用自己的园区或已保存的问题").click()
    upload(page, "坏的.xlsx", archive(other="text"))
    page.locator("[data-refusal]", has_text="坏的.xlsx").wait_for(timeout=WAIT)
    bare = [["企业编号", "行业", "年产值"], *ROWS[1:]]
    upload(page, "园区.xlsx", workbook(bare))
    refusal = page.locator("[data-refusal]", has_text="园区.xlsx")
    refusal.wait_for(timeout=WAIT)
    assert "--" not in refusal.inner_text()
    box = page.locator("[data-lacks=units] input, input[data-lacks=units]")
    assert box.input_value() == "output="
    box.fill("output=万元")
    page.get_by_role("button", name="重新读取文件").click()
    page.get_by_text("8 家企业", exact=False).first.wait_for(timeout=WAIT)
    assert not page.locator("[data-refusal]").is_visible()
    done(page)
