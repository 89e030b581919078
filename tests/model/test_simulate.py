"""Runs of one seed: scenarios do not touch each other, and blocks of draws change nothing."""

from __future__ import annotations

import numpy as np

import cleanpark as cp
from cleanpark.model import simulate as s


def test_a_scenario_alone_equals_itself_among_others() -> None:
    park = [cp.park("mixed", enterprises=20)]
    names = ("mandatory", "no-policy", "full-mix")
    together = s.simulate_seed([cp.scenario(name) for name in names], park, 3, 5)
    for place, name in enumerate(names):
        alone = s.simulate_seed([cp.scenario(name)], park, 3, 5)
        np.testing.assert_array_equal(alone.quarterly[0], together.quarterly[place])


def test_blocks_cover_the_quarters_once() -> None:
    blocks = list(s.draw_blocks(1, 3, 10, start=4))
    assert blocks[0][0] == 4
    assert sum(len(draws) for _, draws in blocks) == 6
