"""What a model may be given for a scenario, a park and a seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.given import as_parks, as_scenario, seed_of
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
