"""The compiled driver's functions run in plain Python: the same records, to the last bit."""

from __future__ import annotations

import numpy as np

import cleanpark as cp
from cleanpark.model import interpreted
from cleanpark.model.simulate import advance
from cleanpark.model.streams import quarter_draws


def test_views_write_to_the_records_they_are_of() -> None:
    records = np.zeros(3, dtype=[("one", "f8"), ("many", "f8", (2,))])
    seen = interpreted.views(records)
    seen[1].one = 2.5
    seen[2].many[1] = 7.0
    assert records["one"].tolist() == [0.0, 2.5, 0.0]
    assert records["many"][2].tolist() == [0.0, 7.0]


def test_quarters_run_in_python_equal_those_compiled() -> None:
    park = cp.park("mixed", enterprises=12)
    compiled = cp.ParkModel("full-mix", park, rng=3, quarters=5, engine="compiled")
    plain = cp.ParkModel("full-mix", park, rng=3, quarters=5, engine="compiled")
    for number in range(5):
        draws = quarter_draws(3, number, 1, 12)
        advance(
            compiled.world, compiled.policies, number, draws, compiled.cells, compiled.park_sums
        )
        sums = plain.cells[number : number + 1], plain.park_sums[number : number + 1]
        interpreted.run_quarters(number, plain.world.run(plain.policies, draws, *sums))
    assert compiled.world.enterprises.tobytes() == plain.world.enterprises.tobytes()
    assert compiled.cells.tobytes() == plain.cells.tobytes()
