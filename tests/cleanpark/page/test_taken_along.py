"""Everything that one can take from Compare, taken in a real browser, opened and read.

One page is opened once and all files are taken from it; what it shows is then made again elsewhere
from the code and the commands that it offered.
"""

import json
import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import cleanpark as cp
from cleanpark.page import address, engine, reproduce
from tests.cleanpark.page.browsing import WAIT, done, must_not_skip

if not must_not_skip():
    pytest.importorskip("nicegui", reason="the page's extra is not installed")
pytestmark = pytest.mark.xdist_group("browser")
ASKED = (
    "n=8&q=8&year=2027&seeds=2&p=voluntary&p=full-mix;fine=33@2027-Q1|Mine"
    "&p=tax-only;daily_fine=5@2027-Q1&lang=en"
)
CHART = ("CSV of this chart", "PNG of this chart", "SVG of this chart")
WHOLE = ("CSV of the table", "TOML", "Parquet", "Report")
CODE = {"py": "Reproduce in Python", "sh": "Reproduce on the command line"}
AGAIN = """
import json
from cleanpark.analysis.comparison.years import of_year
from cleanpark.page import address, answer, table
that_year = of_year(found, 2027)
question = address.from_query(ASKED)
print(json.dumps({
    "html": table.html(that_year, 2027, "en"),
    "sentences": answer.sentences(found, question),
    "means": that_year.table["mean"].tolist(),
    "whole": [None if one != one else one for one in found.table["mean"]],
}))
"""
"""What makes the page's sentence and table of the comparison that the code of the page has made."""


@pytest.fixture(scope="module")
def taken(browser, server, tmp_path_factory):
    """The folder with every file, and what the page showed."""
    folder = tmp_path_factory.mktemp("taken")
    window = browser.new_context(locale="en-US").new_page()
    window.set_default_timeout(WAIT)
    window.goto(f"{server}/?{ASKED}")
    sentence = done(window, 2)
    card = window.locator("section", has=window.locator("[data-chart=trajectories]"))
    for name in CHART:
        take(window, card.get_by_role("button", name=name), folder / name)
    for name in WHOLE:
        take(window, window.get_by_role("button", name=name, exact=True), folder / name)
    for ending, title in CODE.items():
        window.get_by_text(title, exact=True).click()
        place = window.locator(".q-expansion-item", has_text=title)
        take(window, place.get_by_role("button", name="Save"), folder / f"question.{ending}")
        shown = place.locator(".cp-code").inner_text()
        assert (folder / f"question.{ending}").read_text("utf-8").rstrip() == shown.rstrip()
    cells = window.locator("table.cp-table").first.locator("td, th").all_inner_texts()
    yield folder, sentence, [" ".join(one.split()) for one in cells]
    window.context.close()


def take(window, button, path):
    with window.expect_download() as download:
        button.click()
    download.value.save_as(path)


@pytest.fixture(scope="module")
def again(taken):
    """The page's sentence, table and numbers, made by the Python code in a fresh folder."""
    folder = taken[0] / "elsewhere"
    folder.mkdir()
    code = (taken[0] / "question.py").read_text("utf-8") + AGAIN.replace("ASKED", repr(ASKED))
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def found():
    return cp.compare(
        ["voluntary", cp.scenario("full-mix", fine={"2027-Q1": 33.0}).renamed("Mine")],
        cp.park("mixed", 8), seeds=2, quarters=8, reference="voluntary",
    )  # fmt: skip


def test_the_chart_comes_as_its_numbers_and_as_pictures(taken, found):
    folder = taken[0]
    rows = pd.read_csv(folder / CHART[0])
    assert set(rows["policy"]) == {"voluntary", "Mine", "tax-only-changed"}
    for place, name in enumerate(("voluntary", "Mine")):
        mine = rows[rows["policy"] == name]
        expected = found.series(place, "pollution_equivalents").mean(axis=0)
        assert np.isclose(mine["mean"].to_numpy(), expected, rtol=1e-12).all()
    with Image.open(folder / CHART[1]) as picture:
        assert (picture.format, picture.size) == ("PNG", (2400, 1280))
        assert len(picture.convert("RGB").getcolors(10**7)) > 20
    drawing = (folder / CHART[2]).read_text("utf-8")
    assert drawing.startswith("<svg")
    assert "Pollution equivalents" in drawing
    assert "Mine" in drawing


def test_the_question_comes_as_toml_python_and_commands(taken):
    folder = taken[0]
    asked = address.from_query(ASKED)
    assert address.from_toml((folder / "TOML").read_text("utf-8")) == asked
    for ending in CODE:
        text = (folder / f"question.{ending}").read_text("utf-8")
        assert reproduce.from_text(text) == asked
        assert engine.version() in text


def test_all_values_and_the_report_are_what_a_comparison_elsewhere_gives(taken, found):
    values = pd.read_parquet(taken[0] / "Parquet")
    whole = values[(values["group"] == "all") & (values["quarter"] != "")]
    for place, name in enumerate(("voluntary", "Mine")):
        mine = whole[(whole["scenario"] == name) & (whole["outcome"] == "water")]
        assert (mine["value"].to_numpy().reshape(2, 8) == found.series(place, "water")).all()
    report = (taken[0] / "Report").read_text("utf-8")
    assert "Mine" in report
    assert "http://" not in report.replace("http://www.w3.org", "")


def test_the_python_code_gives_the_sentence_and_the_table_to_the_last_digit(taken, again, visitor):
    folder, sentence, cells = taken
    assert " ".join(sentence.split()) == " ".join(" ".join(again["sentences"]).split())
    window = visitor()
    window.set_content(again["html"])
    made = window.locator("table.cp-table").locator("td, th").all_inner_texts()
    assert [" ".join(one.split()) for one in made] == cells
    kept = pd.read_csv(folder / WHOLE[0])
    assert kept["mean"].tolist() == pytest.approx(again["means"], rel=0, abs=0, nan_ok=True)


def test_the_commands_give_the_same_numbers_in_a_fresh_folder(taken, again, tmp_path):
    program = f"'{sys.executable}' -m cleanpark.cli compare"
    text = (taken[0] / "question.sh").read_text("utf-8").rstrip("\n")
    assert len(re.findall("^cleanpark compare", text, re.MULTILINE)) == 1
    text = text.replace("cleanpark compare", program) + " --json"
    ran = subprocess.run(["sh", "-c", text], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    rows = json.loads(ran.stdout)["comparison"]
    assert [row["mean"] for row in rows] == again["whole"]
