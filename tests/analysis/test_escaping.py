"""Text from files never acts where it is shown, and nothing of it disappears without a trace."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import tomllib
import unicodedata
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleanpark.analysis.escaping import (
    from_csv,
    in_csv,
    in_html,
    in_markdown,
    one_line,
    table_in_csv,
    visible,
)

PIECES = [
    "$", "$5", "\\frac{1}{2}", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "|",
    "](http://b.example)", "[a](javascript:x)", "![i](http://c.example/i.png)", "`", "**", "_",
    "http://d.example/", "www.e.example", "me@f.example", "<http://g.example>", "&lt;", "&#60;",
    "=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "'", "\"", ",", ";", "\n", "# ", "- ",
    "1. ", "---", "\x1b[2J", "\x1b]0;t\x07", "\x9b31m", "\x00", "\x7f", "\u202e", "\u2028",
    "\u200b", "\ufeff", "\ud800", "\U000e0041", "{{7*7}}", "{% raw %}", "园区", "\U0002cb4e", "a",
    " ", "~~", "]]>", "--><b>", "\\", "＝1",
]  # fmt: skip
"""What acts in one output or another."""
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=6).map("".join)


class Elements(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(hostile)
def test_a_terminal_gets_only_what_is_seen_and_can_be_undone(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(one) in ("Cc", "Cs") for one in shown if one not in "\n\t")
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028")
    assert visible(shown) == shown
    shown.encode()


@given(hostile)
@example("\x9b31m\u202e")
def test_json_and_toml_that_are_made_visible_say_the_same(text: str) -> None:
    text = "".join(one for one in text if not 0xD800 <= ord(one) <= 0xDFFF and one <= "\uffff")
    assert json.loads(visible(json.dumps(text, ensure_ascii=False))) == text
    assert tomllib.loads("a = " + visible(json.dumps(text, ensure_ascii=False)))["a"] == text


@given(hostile)
def test_markdown_shows_a_text_letter_by_letter(text: str) -> None:
    marked = in_markdown(text)
    assert "\n" not in marked
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    assert not re.search(r"\w://|www\.|(?<!\\)@", marked, re.I)  # no link without brackets either
    page = Elements(reader.render(marked))
    assert set(page.found) <= {"p"}
    assert page.text.split() == one_line(text).split()


@given(hostile)
def test_a_cell_of_a_table_in_markdown_stays_one_cell(text: str) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    page = Elements(reader.render(f"| a | b |\n|---|---|\n| {in_markdown(text)} | end |\n"))
    assert page.found == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]
    assert one_line(text).split() == page.text.split("b", 1)[1].split()[:-1]


@given(hostile)
def test_html_of_a_template_is_text_alone(text: str) -> None:
    from jinja2 import Environment

    page = Environment(autoescape=True, finalize=in_html).from_string("<p>{{ text }}</p>")
    shown = Elements(page.render(text=text))
    assert shown.found == ["p"]
    assert shown.text == visible(text)
    assert html.unescape(page.render(text=text)) == f"<p>{visible(text)}</p>"


@given(hostile)
@example("=1+1")
@example("'=1")
@example("\t=1")
def test_a_spreadsheet_calculates_no_cell_of_text_and_the_text_reads_back(text: str) -> None:
    cell = in_csv(text)
    assert from_csv(cell) == text
    if cell != text:
        assert cell == "'" + text
    first = cell.lstrip(" ")[:1]
    assert first not in ("=", "@", "\t", "\r", "＝", "＋", "－", "＠") or not first
    if first in ("+", "-") and cell != "-":
        float(cell)


@given(st.lists(hostile, min_size=1, max_size=4), st.floats(allow_nan=False))
def test_a_table_reads_back_and_its_numbers_stay_numbers(texts: list[str], number: float) -> None:
    texts = [one.replace("\ud800", "") for one in texts]  # pandas holds none of them
    table = pd.DataFrame({"=name": texts, "value": number})
    written = table_in_csv(table)
    assert list(written["value"]) == [number] * len(texts)
    assert list(written.columns) == ["'=name", "value"]
    assert list(table_in_csv(written, from_csv)["=name"]) == texts
    if not any("\x00" in one or "\r" in one for one in texts):
        rows = list(csv.reader(io.StringIO(written.to_csv(index=False), newline="")))
        assert [from_csv(row[0]) for row in rows[1:]] == texts


@pytest.mark.parametrize("number", ["-5", "+1.5e3", "-.5", "-"])
def test_numbers_kept_as_text_and_a_lone_dash_stay(number: str) -> None:
    assert in_csv(number) == number
