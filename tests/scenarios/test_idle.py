"""What a scenario says and a run cannot do is told, or refused where it is a slip."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleanpark as cp
from cleanpark.scenarios.idle import borrowed_park, check_parks, idle


def scenario_with(park: str, folder: Path) -> cp.Scenario:
    path = folder / "p.toml"
    path.write_text(f'name = "p"\nextends = "voluntary"\n[parks.{park}]\nfine = 90\n')
    return cp.scenario(path)


def test_a_lever_dated_after_the_run_is_told() -> None:
    late = cp.scenario("voluntary", fine={"2030-Q1": 30})
    told = [str(one) for one in idle(late, 16, ["mixed"])]
    assert told == [
        "voluntary, fine=30 from 2030-Q1: does nothing from 2030-Q1 on, since the run ends in "
        "2029-Q4: fine"
    ]
    assert idle(late, 17, ["mixed"]) == []


def test_notice_without_anything_to_announce_is_told() -> None:
    steady = cp.scenario("voluntary", notice=4)
    (told,) = idle(steady, 16, ["mixed"])
    assert "notice = 4 does nothing" in str(told)
    subsidy = steady.with_levers(option_subsidy={"2028-Q1": 0.3})
    assert any("notice = 4 does nothing" in str(one) for one in idle(subsidy, 16, ["mixed"]))
    assert idle(steady.with_levers(fine={"2028-Q1": 30}), 16, ["mixed"]) == []


def test_a_change_after_the_run_that_is_announced_in_it_is_not_idle() -> None:
    late = cp.scenario("voluntary", fine={"2030-Q1": 30}, notice=4)
    assert idle(late, 16, ["mixed"]) == []
    assert len(idle(late, 12, ["mixed"])) == 2


def test_values_for_a_packaged_park_that_is_not_run_are_told(tmp_path: Path) -> None:
    told = idle(scenario_with("heavy", tmp_path), 4, ["mixed"])
    assert len(told) == 1
    assert "'heavy' (fine)" in str(told[0])


def test_values_for_a_park_that_nobody_knows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(cp.ScenarioError, match=r"\[parks.hevy\].*did you mean 'heavy'"):
        check_parks(scenario_with("hevy", tmp_path), ["heavy"])
    check_parks(scenario_with("mine", tmp_path), ["mine"])


def test_an_own_park_of_a_packaged_name_is_told(tmp_path: Path) -> None:
    one = scenario_with("mixed", tmp_path)
    assert borrowed_park(one, "mixed", None) is None
    assert "mixed.csv" in str(borrowed_park(one, "mixed", Path("mixed.csv")))
