"""Changed scenarios: what they are called, and that what was said acts in every park."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.resolved import Scenario, toml_value

LOCAL = 'name = "local"\nextends = "voluntary"\n[levers]\nfine = 10.0\n[parks.mixed]\nfine = 5.0\n'


@pytest.fixture
def local(tmp_path: Path) -> Scenario:
    path = tmp_path / "local.toml"
    path.write_text(LOCAL)
    return cp.scenario(path)


def test_a_changed_scenario_says_what_was_changed() -> None:
    changed = cp.scenario("voluntary", fine=60.0)
    assert changed.name == "voluntary, fine=60"
    assert changed.title["en"] == cp.scenario("voluntary").title["en"] + ", fine=60"
    assert changed.with_levers(audit_mode="none").name == "voluntary, fine=60, audit_mode=none"
    assert changed.with_levers(fine=70).name == "voluntary, fine=70"
    assert changed.with_behaviour(learn_own=0.2).name == "voluntary, fine=60, learn_own=0.2"


def test_dates_are_part_of_the_name() -> None:
    assert cp.scenario("voluntary", fine={"2028-Q1": 30}).name == "voluntary, fine=30 from 2028-Q1"
    phased = {"from": "2027-Q1", "to": "2030-Q1", "end": 40}
    name = cp.scenario("voluntary", fine=phased).name
    assert name == "voluntary, fine=40 phased in 2027-Q1 to 2030-Q1"


def test_a_change_that_changes_nothing_keeps_the_name() -> None:
    plain = cp.scenario("voluntary")
    assert plain.with_levers(fine=plain.at(0)["fine"]).name == "voluntary"
    assert plain.with_levers(fine=60.0).with_levers(fine=plain.at(0)["fine"]).name == "voluntary"


def test_many_changes_are_counted_and_told_apart() -> None:
    changes = {"fine": 20.0, "inspection_rate": 0.3, "air_tax_rate": 3.0, "water_tax_rate": 4.0}
    one = cp.scenario("voluntary", **changes)
    two = cp.scenario("voluntary", **{**changes, "fine": 21.0})
    assert one.name.startswith("voluntary, 4 changes ")
    assert one.name != two.name


def test_a_changed_scenario_survives_pickling_and_further_changes() -> None:
    again = pickle.loads(pickle.dumps(cp.scenario("voluntary", fine=60.0)))
    assert again.name == "voluntary, fine=60"
    assert again.with_levers(fine=61.0).name == "voluntary, fine=61"


def test_a_new_name_needs_no_title() -> None:
    assert cp.scenario("voluntary", fine=60.0).renamed("strict").title == {
        "en": "strict",
        "zh": "strict",
    }
    assert cp.scenario("voluntary").renamed("s", {"zh": "严格"}).title["en"] == "严格"
    assert cp.scenario("voluntary").renamed("strict").with_levers(fine=9.0).name == "strict, fine=9"


def test_a_lever_overridden_acts_in_the_parks_singled_out(local: Scenario) -> None:
    assert local.at(0, "mixed")["fine"] == 5.0
    assert local.with_levers(fine=60.0).at(0, "mixed")["fine"] == 60.0
    dated = local.with_levers(fine={"2028-Q1": 60.0})
    assert [dated.at(7, "mixed")["fine"], dated.at(8, "mixed")["fine"]] == [5.0, 60.0]
    model = cp.ParkModel(local, cp.park("mixed", enterprises=12), quarters=1, fine=60.0)
    assert model.policies["fine"].tolist() == [[60.0]]


def test_a_file_overrides_what_its_parent_says_of_a_park(local: Scenario, tmp_path: Path) -> None:
    child = tmp_path / "child.toml"
    child.write_text('name = "child"\nextends = "local.toml"\n[levers]\nfine = 60.0\n')
    assert cp.scenario(child).at(0, "mixed")["fine"] == 60.0


def test_levers_taken_from_another_bring_its_parks(local: Scenario) -> None:
    plain = cp.scenario("voluntary")
    assert plain.with_levers_of(local, ["fine"]).at(0, "mixed")["fine"] == 5.0
    assert local.with_levers_of(plain, ["fine"]).at(0, "mixed") == plain.at(0, "mixed")
    assert plain.with_levers_of(local, ["inspection_rate"]).at(0, "mixed")["fine"] == 10.0


@pytest.mark.parametrize("number", [np.int64(60), np.float32(60), np.float64(60.0)])
def test_numbers_of_numpy_are_numbers(number: float) -> None:
    assert cp.scenario("voluntary", fine=number).at(0)["fine"] == 60.0


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_what_a_scenario_writes_reads_back(text: str) -> None:
    import tomllib

    assert tomllib.loads(f"x = {toml_value(text)}")["x"] == text


def test_a_rare_character_in_a_name_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "𬭎.toml"
    path.write_text(cp.scenario("voluntary").renamed("𬭎").to_toml(), encoding="utf-8")
    assert cp.scenario(path).name == "𬭎"


def test_a_quarter_is_its_number_or_its_label() -> None:
    found = cp.scenario("voluntary", fine={"2028-Q1": 60.0})
    assert [found.at(one)["fine"] for one in (7, np.int64(8), "2028-Q1")] == [10.0, 60.0, 60.0]


def test_beyond_the_last_quarter_that_can_be_named_the_last_values_hold() -> None:
    found = cp.scenario("voluntary", fine={"2060-Q4": 60.0})
    assert found.at(138)["fine"] == 10.0
    assert found.at(139)["fine"] == found.at(399)["fine"] == 60.0


@pytest.mark.parametrize("quarter", [-1, 1.5, True, None, "2028", "2061-Q1"])
def test_what_is_no_quarter_has_no_values(quarter: object) -> None:
    with pytest.raises(InputError, match=r"quarter|horizon"):
        cp.scenario("voluntary").at(quarter)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["volun\\u200Btary", "a\\nb", " ", ""])
def test_a_name_in_a_file_is_a_printable_text(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'name = "{name}"\nextends = "voluntary"\n')
    with pytest.raises(cp.ScenarioError, match=r"key 'name': .* cannot be its name"):
        cp.scenario(path)


def test_blanks_around_a_name_are_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = " 政策 一 "\nextends = "voluntary"\n', encoding="utf-8")
    assert cp.scenario(path).name == "政策 一"
