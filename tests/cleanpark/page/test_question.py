"""A question and its other forms: address, TOML file, Python, command line."""

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import given, settings

from cleanpark.page import address, engine, limits, reproduce
from cleanpark.page.question import Change, Policy, Question
from cleanpark.page.uploads import file_of, uploads
from cleanpark.page.work import Worker
from cleanpark.scenarios.errors import InputError
from tests.cleanpark.page.questions import CHANGED, questions


@given(questions())
@settings(max_examples=60, deadline=None)
def test_an_address_reopens_the_same_question(question):
    query = address.to_query(question)
    assert address.from_query(query) == question
    assert address.from_query(f"?{query}") == question
    assert query.isascii()
    assert not set(query) & set(" \"'<>`")


@given(questions())
@settings(max_examples=60, deadline=None)
def test_a_toml_file_reopens_the_same_question(question):
    assert address.from_toml(address.to_toml(question)) == question


@given(questions())
@settings(max_examples=30, deadline=None)
def test_python_and_the_command_line_reopen_the_same_question(question):
    assert reproduce.from_text(reproduce.to_python(question)) == question
    assert reproduce.from_text(reproduce.to_command(question)) == question


def answered(question):
    """The page's final comparison."""

    async def last():
        found = None
        async for state in Worker(2).answer(question):
            found = state.found if state.found is not None else found
        return found

    return asyncio.run(last())


def test_the_python_shown_gives_the_numbers_of_the_page():
    names = {}
    exec(reproduce.to_python(CHANGED).replace("print(found.table)", ""), names)
    here = answered(CHANGED)
    assert names["found"].names == here.names
    assert names["found"].table.equals(here.table)


def test_the_commands_shown_give_the_numbers_of_the_page(tmp_path):
    text = reproduce.to_command(CHANGED).rstrip("\n") + " --json\n"
    text = text.replace("cleanpark compare", f"'{sys.executable}' -m cleanpark.cli compare")
    ran = subprocess.run(["sh", "-c", text], cwd=tmp_path, capture_output=True, check=True,
                         text=True)  # fmt: skip
    rows = json.loads(ran.stdout)["comparison"]
    table = answered(CHANGED).table
    assert [row["scenario"] for row in rows] == list(table["scenario"])
    for key in ("mean", "difference", "low", "high"):
        given_back = [row[key] for row in rows]
        here = [None if value != value else value for value in table[key]]
        assert given_back == here


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("park=../../etc/passwd", "unknown park"),
        ("park=file:x.csv%230123456789ab", "no longer here"),
        ("p=voluntary.toml", "unknown policy"),
        ("p=/etc/passwd", "unknown policy"),
        ("p=voluntary;fin=3", "did you mean 'fine'"),
        ("p=voluntary;fine=1e9", "out of range"),
        ("p=voluntary;fine=nan", "out of range"),
        ("p=voluntary;fine", "no change"),
        ("p=voluntary;fine=3@2011-Q1", "outside the horizon"),
        ("n=10000000", "allows 1 to"),
        ("n=many", "whole number"),
        ("seeds=1", "allows 2 to"),
        ("year=1999", "reach 2026 to"),
        ("target=-400", "-100 to 100"),
        ("target=nan", "-100 to 100"),
        ("show=happiness", "unknown outcome"),
        ("colour=red", "unknown"),
        ("lang=fr", "en or zh"),
        ("&".join(["p=voluntary"] * 5), "one to 4"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_with_what_is_allowed(query, word):
    with pytest.raises(InputError, match=word):
        address.from_query(query)


@pytest.mark.parametrize(
    "text",
    ["park = ", "colour = 'red'", "[[policies]]\nname = 'x'", "enterprises = 'many'",
     "[[policies]]\nbase = 'voluntary'\n[[policies.changes]]\nlever = 'fine'\nvalues = 3"],
)  # fmt: skip
def test_a_file_that_is_no_question_is_refused(text):
    with pytest.raises(InputError):
        address.from_toml(text)


ONE = "[[policies]]\nbase = 'voluntary'\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("enterprises = 1e3", "key 'enterprises' = 1000.0: a whole number"),
        ("seeds = true", "key 'seeds' = True: a whole number"),
        ("park = ['a']", "key 'park' = .*: a text"),
        ("language = 3", "key 'language' = 3: a text"),
        ("target = 'low'", "key 'target' = 'low': a number"),
        ("policies = 3", "key 'policies' = 3: tables"),
        ("policies = ['voluntary']", "key 'policies' = 'voluntary': tables"),
        ("[[policies]]\nbase = 3", "key 'policies.base' = 3: a text"),
        (f"{ONE}name = 3", "key 'policies.name' = 3: a text"),
        (f"{ONE}changes = 3", "key 'policies.changes' = 3: tables"),
        (f"{ONE}changes = [3]", "key 'policies.changes' = 3: a table with lever"),
        (f"{ONE}changes = [{{lever = 'fine', values = [[1, 2, 3]]}}]", "pairs of a date"),
        (f"{ONE}changes = [{{lever = 'fine', values = [['', true]]}}]", "pairs of a date"),
        (f"{ONE}changes = [{{lever = 'fine', values = []}}]", "pairs of a date"),
    ],
)  # fmt: skip
def test_a_value_of_another_kind_is_refused_with_its_key_and_what_is_allowed(text, word):
    with pytest.raises(InputError, match=word):
        address.from_toml(text)


def test_no_two_policies_share_a_name():
    one = Policy("voluntary")
    changed = Policy("voluntary", (Change("fine", (("", 3.0),)),))
    names = Question(policies=(one, changed, changed, one)).names
    assert len(set(names)) == 4
    assert names[0] == "voluntary"


def test_more_work_than_the_page_does_is_refused_before_it_begins():
    with pytest.raises(InputError, match="command line"):
        engine.plan(replace(Question(), enterprises=limits.ENTERPRISES, seeds=limits.SEEDS))


def test_a_park_from_a_file_is_told_by_its_own_name(tmp_path):
    good = "id,sector,output (万元)\nA,food,3000\n<script>alert(1)</script>,food,5000\n".encode()
    key = uploads.add("../../My park.csv", good)
    assert file_of(key) == "My park.csv"
    question = replace(CHANGED, park=key)
    assert engine.plan(question).park.enterprises == 2
    assert engine.account_of(key, "en")[0].startswith("My park.csv: 2 enterprises")
    assert engine.account_of(key, "zh")[0].startswith("My park.csv")
    for language in ("en", "zh"):
        assert not any(gettempdir() in line for line in engine.account_of(key, language))
    assert "企业" in engine.account_of(key, "zh")[0]
    assert address.from_query(address.to_query(question)) == question
    with pytest.raises(InputError) as refused:
        uploads.add("bad.csv", "id,sector,output (万元)\nA,no such sector,3000\n".encode())
    assert "bad.csv" in str(refused.value)
    assert str(Path(tmp_path).parent) not in str(refused.value)
    assert "/tmp" not in str(refused.value)
    with pytest.raises(InputError, match="larger than"):
        uploads.add("big.csv", b"x" * (limits.UPLOAD_BYTES + 1))
    with pytest.raises(InputError, match="at most 500"):
        uploads.add("wide.csv", b"id," * 9000)
    with pytest.raises(InputError, match="comes as"):
        uploads.add("park.exe", b"MZ")
