"""Scenarios: what their files may say, how they resolve over time, and what is refused."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.scenarios.dates import quarter_label, quarter_number
from cleanpark.scenarios.levers import behaviour_parameters, levers
from cleanpark.scenarios.records import POLICY, behaviour_record
from cleanpark.scenarios.scenario import new_scenario_text, packaged_names

HEAD = 'name = "mine"\ntitle = { zh = "我的", en = "Mine" }\n'
STABLE = [
    "audit_mode",
    "audit_interval",
    "standardization",
    "tailoring",
    "audit_threshold_mode",
    "team_expertise",
    "audit_capacity",
    "auditor_payment",
    "back_check_rate",
    "training_reach",
    "technical_support",
    "monitoring_coverage",
    "air_tax_rate",
    "water_tax_rate",
    "income_tax_reduction",
    "option_subsidy",
    "audit_fee_subsidy",
    "level_award",
    "credit_discount",
    "inspection_rate",
    "inspection_targeting",
    "fine",
    "fine_escalation",
    "daily_fine",
    "disclosure",
]


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def test_names_that_others_build_on_are_there() -> None:
    assert set(STABLE) <= set(levers())
    assert levers()["audit_mode"].choices == (
        "none", "voluntary", "mandatory-listed", "mandatory-all",
    )  # fmt: skip
    assert set(packaged_names()) == {
        "voluntary", "mandatory", "standardized", "standardized-tailored", "german-route",
        "tax-only", "subsidy-only", "penalty-only", "reward-and-punish", "real-time",
        "independent-auditors", "full-mix", "no-policy",
    }  # fmt: skip


@pytest.mark.parametrize("name", packaged_names())
def test_packaged_scenarios_name_a_source_for_every_lever(name: str) -> None:
    one = cp.scenario(name)
    assert one.title["zh"]
    assert one.title["en"]
    assert one.source
    assert set(one.differences()) <= set(one.sources)


def test_every_parameter_has_unit_range_source_and_certainty() -> None:
    for parameter in (*levers().values(), *behaviour_parameters().values()):
        assert parameter.title["zh"]
        assert parameter.unit
        assert parameter.source
        if parameter.scale != "choice":
            assert parameter.low <= float(parameter.default) <= parameter.high
            low, high = parameter.range
            assert low <= float(parameter.default) <= high or parameter.certainty == "law"


def test_statutory_defaults_are_as_in_law() -> None:
    now = cp.scenario("voluntary").at(0)
    assert now["air_tax_rate"] == 1.2
    assert now["water_tax_rate"] == 1.4
    assert now["solid_waste_tax_rate"] == 25.0
    assert (now["tax_reduction_30"], now["tax_reduction_50"]) == (0.25, 0.5)
    assert 10.0 <= now["fine"] <= 100.0
    assert 5.0 <= now["audit_refusal_fine"] <= 50.0
    assert now["audit_interval"] <= 20


def test_dates_step_and_hold(tmp_path: Path) -> None:
    path = write(
        tmp_path, 'extends = "voluntary"\n[levers]\nfine = { "2027-Q1" = 20.0, "2030-Q1" = 40 }\n'
    )
    one = cp.scenario(path)
    values = [one.at(quarter)["fine"] for quarter in (0, 3, 4, 15, 16, 59)]
    assert values == [10.0, 10.0, 20.0, 20.0, 40.0, 40.0]


def test_phase_in_is_a_straight_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[levers]\ntailoring = { from = "2027-Q1", to = "2028-Q1", start = 0.2, end = 0.6 }\n',
    )
    one = cp.scenario(path)
    assert [one.at(quarter)["tailoring"] for quarter in range(4, 9)] == pytest.approx(
        [0.2, 0.3, 0.4, 0.5, 0.6]
    )
    assert one.at(40)["tailoring"] == 0.6


def test_a_park_can_have_its_own_levers(tmp_path: Path) -> None:
    path = write(tmp_path, "[levers]\nfine = 20.0\n[parks.heavy]\nfine = 50.0\n")
    schedule = cp.scenario(path).schedule(3, ["heavy", "mixed"])
    assert schedule.dtype == POLICY
    assert schedule["fine"].tolist() == [[50.0, 20.0]] * 3


def test_extending_a_file_beside(tmp_path: Path) -> None:
    write(tmp_path, 'extends = "mandatory"\n[levers]\nfine = 33.0\n', "parent.toml")
    child = write(tmp_path, 'extends = "parent.toml"\n[levers]\ndisclosure = 0.5\n')
    one = cp.scenario(child)
    assert one.at(0)["fine"] == 33.0
    assert one.at(8)["audit_mode"] == "mandatory-all"
    assert one.at(0)["disclosure"] == 0.5


def test_text_of_a_resolved_scenario_says_the_same(tmp_path: Path) -> None:
    for name in packaged_names():
        path = tmp_path / f"{name}.toml"
        path.write_text(cp.scenario(name).to_toml(), encoding="utf-8")
        assert cp.scenario(path).digest == cp.scenario(name).digest


def test_scenarios_are_frozen_hashable_and_travel_between_processes() -> None:
    one = cp.scenario("full-mix")
    with pytest.raises(AttributeError, match="with_levers"):
        one.name = "other"
    again = pickle.loads(pickle.dumps(one))
    assert again == one
    assert hash(again) == hash(one)
    assert one.with_levers(fine=50.0) != one
    assert one.digest == cp.scenario("full-mix").digest


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_scenario_starts_sound(tmp_path: Path, language: str) -> None:
    path = tmp_path / "new.toml"
    path.write_text(new_scenario_text("new", "mandatory", language), encoding="utf-8")
    assert cp.scenario(path).digest == cp.scenario("mandatory").digest


BAD = {
    "[levers]\nfines = 20.0\n": (4, "fines", "did you mean 'fine'"),
    "[levers]\n\nfine = true\n": (5, "fine", "not a number"),
    '[levers]\nfine = "30 %"\n': (4, "fine", "10,000 CNY"),
    "[levers]\nfine = 1000.0\n": (4, "fine", "0 to 100"),
    "[levers]\nfine = nan\n": (4, "fine", "out of range"),
    "[levers]\naudit_interval = 4.5\n": (4, "audit_interval", "whole number"),
    '[levers]\naudit_mode = "mandatory"\n': (4, "audit_mode", "mandatory-all"),
    '[levers]\nfine = { "2020-Q1" = 20.0 }\n': (4, "fine", "outside the horizon"),
    '[levers]\nfine = { "2061-Q1" = 20.0 }\n': (4, "fine", "outside the horizon"),
    '[levers]\nfine = { "spring" = 20.0 }\n': (4, "fine", "no quarter"),
    "[levers]\nfine = {}\n": (4, "fine", "no date"),
    '[levers]\nfine = { from = "2028-Q1", to = "2027-Q1", end = 20.0 }\n': (4, "fine", "not after"),
    '[levers]\nfine = { from = "2028-Q1", end = 20.0 }\n': (4, "fine", "without 'to'"),
    '[levers]\naudit_mode = { from = "2027-Q1", to = "2028-Q1", end = "none" }\n': (
        4, "audit_mode", "cannot be phased",
    ),
    '[levers]\nfine = [{ from = "2027-Q1", to = "2029-Q1", end = 20.0 }, '
    '{ from = "2028-Q1", to = "2030-Q1", end = 30.0 }]\n': (4, "fine", "overlaps"),
    "[behaviour]\nhurdle_medium = 0.5\n": (4, "hurdle_medium", "hurdle_median"),
    "[behaviour]\nhurdle_median = 50\n": (4, "hurdle_median", "0.05 to 2"),
    '[sources]\nfin = "x"\n': (4, "fin", "no such lever"),
}  # fmt: skip


@pytest.mark.parametrize("text", BAD, ids=lambda text: text.replace("\n", " ")[:60])
def test_wrong_entries_are_named_with_file_line_and_key(tmp_path: Path, text: str) -> None:
    line, key, reason = BAD[text]
    path = write(tmp_path, text)
    with pytest.raises(cp.ScenarioError) as caught:
        cp.scenario(path)
    message = str(caught.value)
    assert f"mine.toml, line {line}, key '{key}'" in message
    assert reason in message


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('extends = "nowhere.toml"\n', "no such scenario file"),
        ('extends = "volontary"\n', "did you mean 'voluntary'"),
        ('extends = "mine.toml"\n', "cycle"),
        ("[levels]\nfine = 1\n", "levels"),
        ("[levers\nfine = 1\n", "line 3"),
    ],
)
def test_wrong_files_are_named(tmp_path: Path, text: str, reason: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(cp.ScenarioError, match=re.escape(reason)) as caught:
        cp.scenario(path)
    assert "mine.toml" in str(caught.value) or "nowhere" in str(caught.value)


def test_a_title_in_one_language_serves_both(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text('name = "one"\ntitle = { en = "One" }\n')
    assert cp.scenario(path).title == {"en": "One", "zh": "One"}


def test_without_a_title_the_name_serves(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text('name = "一号"\n', encoding="utf-8")
    assert cp.scenario(path).title == {"en": "一号", "zh": "一号"}


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_bytes('name = "清洁生产园区"\n'.encode("gb18030"))
    with pytest.raises(cp.ScenarioError, match="UTF-8"):
        cp.scenario(path)


def test_unknown_behaviour_is_refused() -> None:
    with pytest.raises(cp.ScenarioError, match="hurdle_median"):
        behaviour_record({"hurdle_medean": 0.5})
    with pytest.raises(cp.ScenarioError, match="hurdle_median"):
        cp.scenario("voluntary").with_behaviour(hurdle_median=-1.0)


@given(st.integers(0, 139))
def test_quarters_have_one_label(number: int) -> None:
    assert quarter_number(quarter_label(number)) == number


@given(st.floats(0, 100), st.integers(0, 100), st.integers(1, 120))
def test_a_lever_holds_what_was_set_in_every_quarter(
    value: float, start: int, quarters: int
) -> None:
    one = cp.scenario("voluntary", fine={quarter_label(start): value})
    series = one.schedule(quarters, ["mixed"])["fine"][:, 0]
    expected = np.where(np.arange(quarters) < start, 10.0, value)
    assert np.array_equal(series, expected)
