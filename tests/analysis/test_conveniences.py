"""What researchers hand over as neighbouring tools take it, and what they see of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cleanpark as cp
from cleanpark.scenarios.errors import InputError

SMALL: Any = {"park": cp.park("mixed", enterprises=8), "seeds": 2, "quarters": 2}


@pytest.mark.parametrize(
    "given",
    ["mandatory", cp.scenario("mandatory"), np.array(["mandatory"]), pd.Series(["mandatory"]),
     ("mandatory",), iter(["mandatory"])],
    ids=["name", "scenario", "array", "Series", "tuple", "iterator"],
)  # fmt: skip
def test_scenarios_are_taken_as_they_come(given: Any) -> None:
    assert cp.compare(given, **SMALL).names == ["voluntary", "mandatory"]


@pytest.mark.parametrize("sixty", [60, np.int64(60), np.float32(60)])
def test_numbers_of_numpy_are_numbers(sixty: Any) -> None:
    assert cp.scenario("voluntary", fine=sixty).at(0)["fine"] == 60.0


def test_names_that_are_not_there_are_told_with_what_may_be_meant() -> None:
    found = cp.compare(["mandatory"], **SMALL)
    with pytest.raises(InputError, match="outcome 'polution': is not there; did you mean 'poll"):
        found.row("mandatory", "polution")
    with pytest.raises(InputError, match="did you mean 'mandatory'"):
        found.row("mandatry", "fines")
    with pytest.raises(InputError, match="did you mean 'treasury'"):
        found.cost_per_equivalent("mandatory", "tresury")


def test_what_is_shown_is_short(tmp_path: Path) -> None:
    compared = cp.compare(["mandatory"], **SMALL)
    space = cp.Space((cp.Factor("x"), cp.Factor("y")))
    found = cp.sensitivity.pawn(lambda p, seed: {"z": p["x"]}, space, ["z"], 64, 1)
    for one in (compared, found, found.study):
        assert len(repr(one)) < 200
        assert "<table" in one._repr_html_()
    assert "mandatory" in repr(compared)


def test_a_number_of_samples_is_whole() -> None:
    space = cp.Space((cp.Factor("x"), cp.Factor("y")))
    with pytest.raises(InputError, match="a whole number"):
        cp.sensitivity.sobol(lambda p, seed: {"z": p["x"]}, space, ["z"], 64.0, 1)
