"""The packaged scenarios still give the kept figures (``make figures`` renews them)."""

from __future__ import annotations

import pytest

from cleanpark.scenarios.scenario import packaged_names
from tests import figures


def kept() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    name = ""
    for line in figures.FILE.read_text().splitlines()[1:]:
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = {}
        elif line.strip():
            outcome, value, *_ = line.split()
            found[name][outcome] = float(value)
    return found


@pytest.mark.parametrize("name", packaged_names())
def test_figures_are_as_kept(name: str) -> None:
    now = {}
    for line in figures.text_of(name).splitlines()[1:]:
        outcome, value, *_ = line.split()
        now[outcome] = float(value)
    assert now == pytest.approx(kept()[name], rel=2e-5, nan_ok=True)
