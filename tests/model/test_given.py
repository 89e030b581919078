"""What a model may be given for a scenario, a park and a seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.given import as_parks, as_scenario, quarters_of, seed_of
from cleanpark.scenarios.errors import InputError, ParkError


def test_a_scenario_by_name_by_file_and_itself_is_the_same(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(
        'name = "mine"\nextends = "voluntary"\nsource = "a test"\n[levers]\nfine = 20\n'
    )
    assert as_scenario("voluntary").digest == cp.scenario("voluntary").digest
    assert as_scenario(mine).name == "mine"
    chosen = cp.scenario("mandatory")
    assert as_scenario(chosen) is chosen


def test_one_park_is_a_list_of_one_and_none_is_refused() -> None:
    assert [park.name for park in as_parks("mixed")] == ["mixed"]
    assert [park.name for park in as_parks(["mixed", cp.park("heavy")])] == ["mixed", "heavy"]
    with pytest.raises(ParkError, match="at least one"):
        as_parks([])
    with pytest.raises(ParkError, match="two parks are named 'mixed'"):
        as_parks(["mixed", cp.park("mixed", enterprises=20)])


def test_a_seed_is_a_whole_number_or_comes_from_a_generator() -> None:
    assert seed_of(7) == 7
    assert seed_of(np.int64(7)) == 7
    assert seed_of(np.random.default_rng(1)) == seed_of(np.random.default_rng(1))
    assert seed_of(None) != seed_of(None)
    for given in (-1, 2**63):
        with pytest.raises(InputError, match="whole number"):
            seed_of(given)


def test_whole_numbers_of_numpy_count_enterprises():
    assert cp.park("mixed", enterprises=np.int64(10)) == cp.park("mixed", enterprises=10)


@pytest.mark.parametrize("enterprises", [10.5, "10", True, np.float64(10)])
def test_enterprises_are_a_whole_number(enterprises):
    with pytest.raises(cp.ParkError, match="must be a whole number from 1"):
        cp.park("mixed", enterprises=enterprises)


@pytest.mark.parametrize("quarters", [4, np.int64(4)])
def test_a_whole_number_of_quarters_acts(quarters):
    assert quarters_of(quarters) == 4
    assert isinstance(quarters_of(quarters), int)


@pytest.mark.parametrize(
    "quarters", [4.0, 4.5, True, "4", None, float("nan"), float("inf"), [4], 0, -1, 0.0]
)
def test_quarters_are_a_whole_number_from_one(quarters):
    with pytest.raises(InputError, match=r"quarters = .*a whole number from 1"):
        cp.ParkModel(quarters=quarters)


def test_every_door_names_one_longest_horizon():
    doors = (
        lambda quarters: cp.ParkModel(quarters=quarters),
        lambda quarters: cp.compare(["mandatory"], quarters=quarters),
    )
    for door in doors:
        for quarters in (0, 401, 4.5):
            with pytest.raises(InputError, match=r"quarters = .*a whole number from 1 to 400$"):
                door(quarters)


@pytest.mark.parametrize("rng", [1.5, 1.0, "1", True, np.True_, -1, [-1], {}])
def test_a_seed_is_a_whole_number(rng):
    with pytest.raises(InputError, match=r"rng = .*whole number from 0"):
        cp.ParkModel(rng=rng)


@pytest.mark.parametrize("park", [5, None, {"mixed": 1}, b"mixed", 1.5])
def test_a_park_is_a_name_a_file_or_a_park(park):
    with pytest.raises(cp.ParkError, match="give a park's name, its file, a Park, or a list"):
        as_parks(park)


@pytest.mark.parametrize("park", [[5], [None]])
def test_a_list_of_parks_holds_parks(park):
    with pytest.raises(cp.ParkError, match="unknown park"):
        as_parks(park)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", None, 5])
def test_a_scenario_is_renamed_to_a_text(name):
    with pytest.raises(cp.ScenarioError, match="cannot be its name"):
        cp.scenario("mandatory").renamed(name)


@pytest.mark.parametrize("given", [int, "Enterprise", 7])
def test_a_class_that_is_no_enterprise_is_refused_in_words(given: Any) -> None:
    with pytest.raises(InputError, match=r"enterprise_class = .*a subclass of Enterprise itself"):
        cp.ParkModel("voluntary", cp.park("mixed", 4), quarters=1, enterprise_class=given)


@pytest.mark.parametrize("given", ["h", Path("h"), 4])
def test_a_history_that_is_none_is_refused_in_words(given: Any) -> None:
    with pytest.raises(InputError, match=r"history = .*model\.history\(\).*history=FOLDER"):
        cp.ParkModel("voluntary", cp.park("mixed", 4), quarters=2, history=given)
