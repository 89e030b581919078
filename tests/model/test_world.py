"""The start as arrays: copies are independent, mixes of sectors are kept, teams are enough."""

from __future__ import annotations

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model import world as w
from cleanpark.scenarios.sectors import sectors


def test_a_copy_is_independent() -> None:
    one = w.build_world([cp.park("mixed", enterprises=5)], 1, 2)
    other = one.copy()
    other.enterprises["cash"] += 1.0
    other.seen.attitude[:] = 0.5
    assert not (one.enterprises["cash"] == other.enterprises["cash"]).any()
    assert (one.seen.attitude == 0.0).all()


@pytest.mark.parametrize("name", ["heavy", "high-tech", "mixed"])
def test_sectors_are_as_many_as_the_park_says(name: str) -> None:
    park = cp.park(name, enterprises=400)
    catalogue = sectors()
    numbers = w.sector_numbers(park, catalogue)
    for number, one in enumerate(catalogue):
        wanted = park.sectors.get(one.name, 0.0) / sum(park.sectors.values())
        assert (numbers == number).mean() == pytest.approx(wanted, abs=0.02)


def test_weights_of_options_add_up_to_the_potential() -> None:
    for record in w.technique_records(tuple(sectors())):
        count = record["options"]
        assert record["option_weight"][:count].sum() == pytest.approx(1.0)
        assert not record["option_weight"][count:].any()


def test_another_park_changes_nothing_in_the_first() -> None:
    first, second = cp.park("mixed", enterprises=6), cp.park("heavy", enterprises=4)
    alone, both = w.build_world([first], 2, 3), w.build_world([first, second], 2, 3)
    np.testing.assert_array_equal(alone.enterprises, both.enterprises[:6])
