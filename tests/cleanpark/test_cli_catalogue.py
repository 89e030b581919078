"""Listing, showing, starting and checking scenarios and parks; parameters; the tax."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cleanpark as cp
from tests.cleanpark.terminal import alone, refused, typed


def test_scenarios_are_listed() -> None:
    text = typed("scenarios", "list").stdout
    for name in cp.scenarios()["name"]:
        assert name in text
    rows = json.loads(typed("scenarios", "list", "--json").stdout)
    assert [row["name"] for row in rows] == list(cp.scenarios()["name"])
    assert "只提高环保税" in typed("scenarios", "list", "--language", "zh").stdout


def test_a_scenario_is_shown_with_sources() -> None:
    text = typed("scenarios", "show", "tax-only").stdout
    assert "air_tax_rate" in text
    assert "Wuxi" in text
    content = json.loads(typed("scenarios", "show", "tax-only", "--json").stdout)
    assert content["levers"]["air_tax_rate"]["2027-Q1"] == 6.0


def test_a_shown_scenario_is_a_file_that_says_the_same(tmp_path: Path) -> None:
    file = tmp_path / "same.toml"
    file.write_text(typed("scenarios", "show", "real-time", "--toml").stdout, encoding="utf-8")
    assert cp.scenario(file).digest == cp.scenario("real-time").digest


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_scenario_is_good_at_once(tmp_path: Path, language: str) -> None:
    file = tmp_path / "mine.toml"
    words = ("scenarios", "new", str(file), "--extends", "mandatory", "--language", language)
    assert typed(*words).exit_code == 0
    assert cp.scenario(file).digest == cp.scenario("mandatory").digest
    checked = typed("scenarios", "check", str(file), "voluntary")
    assert checked.exit_code == 0
    assert checked.stdout.count(": good;") == 2
    assert "already exists" in refused(*words[:3])


def test_check_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('name = "bad"\ntitle = { en = "b", zh = "b" }\n[levers]\nfime = 3\n')
    result = typed("scenarios", "check", str(bad), "voluntary")
    assert result.exit_code == 2
    assert f"{bad}, line 4, key 'fime'" in result.stderr
    assert "did you mean 'fine'" in result.stderr
    assert "voluntary: good" in result.stdout


def test_parks_are_listed_and_shown() -> None:
    text = typed("parks", "list").stdout
    assert "heavy" in text
    shown = typed("parks", "show", "heavy").stdout
    assert "works_fee" in shown
    assert "assumed" in shown
    assert "污水厂收费" in typed("parks", "show", "heavy", "--language", "zh").stdout
    content = json.loads(typed("parks", "show", "heavy", "--json").stdout)
    assert content["values"]["works_fee"]["unit"] == "CNY per m3"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_is_good_and_is_not_overwritten(tmp_path: Path, language: str) -> None:
    file = tmp_path / "park.csv"
    assert typed("parks", "template", str(file), "--language", language).exit_code == 0
    checked = typed("parks", "check", str(file), "mixed")
    assert checked.exit_code == 0
    assert "refused: nothing" in checked.stdout
    assert "mixed: good" in checked.stdout
    before = file.read_bytes()
    assert "already exists" in refused("parks", "template", str(file))
    assert file.read_bytes() == before


def test_parameters_are_found() -> None:
    every = json.loads(typed("parameters", "--json").stdout)
    assert len(every) == len(cp.parameters())
    levers = json.loads(typed("parameters", "--kind", "levers", "--json").stdout)
    assert {row["kind"] for row in levers} == {"lever"}
    few = json.loads(typed("parameters", "--search", "inspection rate", "--json").stdout)
    assert "inspection_rate" in {row["name"] for row in few}
    assert len(few) < len(levers)
    assert "检查频率" in typed("parameters", "--search", "检查", "--language", "zh").stdout
    assert "Nothing matches" in typed("parameters", "--search", "unheard of").stdout


def test_parameters_keep_every_word_in_a_narrow_window() -> None:
    text = typed("parameters", "--kind", "levers", env={"COLUMNS": "80"}).stdout
    words = " ".join(text.split())
    for row in cp.parameters().query("kind == 'lever'").to_dict("records"):
        assert " ".join(row["source"].split()) in words


def test_the_tax_equals_the_function() -> None:
    words = ("tax", "--province", "jiangsu-nanjing", "--discharge", "sulfur_dioxide=1200",
             "--discharge", "cod=300", "--limit-ratio", "air=0.6")  # fmt: skip
    discharge = {"sulfur_dioxide": 1200, "cod": 300}
    due = cp.environmental_tax(discharge, {"air": 0.6}, "jiangsu-nanjing").total
    assert json.loads(typed(*words, "--json").stdout)["total"] == due
    assert f"{due:,.2f}" in typed(*words).stdout
    assert "化学需氧量" in typed(*words, "--language", "zh").stdout


def test_the_tax_by_rates_of_one_s_own() -> None:
    words = ("tax", "--rate", "air=1.2", "--discharge", "sulfur_dioxide=950")
    assert json.loads(typed(*words, "--json").stdout)["total"] == 1200.0


def test_provinces_are_listed() -> None:
    assert "jiangsu-nanjing" in typed("tax", "--provinces").stdout
    assert len(json.loads(typed("tax", "--provinces", "--json").stdout)) > 20


def test_the_environment_chooses_the_language(tmp_path: Path) -> None:
    assert "自愿审核" in alone(tmp_path, "scenarios", "list", CLEANPARK_LANGUAGE="zh").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("tax",),
        ("tax", "--discharge", "cod=1"),
        ("tax", "--discharge", "cod=1", "--province", "beijing", "--rate", "air=1"),
        ("tax", "--discharge", "cod", "--province", "beijing"),
        ("tax", "--discharge", "cod=-1", "--province", "beijing"),
        ("tax", "--discharge", "cod=nan", "--province", "beijing"),
        ("tax", "--discharge", "cod=1", "--discharge", "cod=2", "--province", "beijing"),
        ("tax", "--discharge", "code=1", "--province", "beijing"),
        ("tax", "--discharge", "cod=1", "--province", "bejing"),
        ("tax", "--discharge", "cod=1", "--rate", "air=1"),
        ("tax", "--discharge", "cod=1", "--province", "beijing", "--limit-ratio", "soil=1"),
    ],
)
def test_a_tax_that_cannot_be_worked_out(words: tuple[str, ...]) -> None:
    refused(*words)
