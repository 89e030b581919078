"""`import cleanpark`: quick, typed, and with the names that others build on."""

from __future__ import annotations

import subprocess
import sys

import pytest

import cleanpark as cp

NAMES = (
    "compare", "scenario", "park", "ParkModel", "Enterprise", "environmental_tax", "scenarios",
    "parameters", "ScenarioError", "ParkError", "__version__",
)  # fmt: skip


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules); import cleanpark; dir(cleanpark); "
        "print(*(set(sys.modules) - before))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert set(result.stdout.split()) <= {"cleanpark", "typing", "_typing", "collections.abc"}


@pytest.mark.parametrize("name", NAMES)
def test_stable_names(name: str) -> None:
    assert getattr(cp, name) is not None
    assert name in dir(cp)
    assert name in cp.__all__


def test_every_public_name_is_there() -> None:
    for name in cp.__all__:
        assert getattr(cp, name) is not None


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        cp.nothing  # noqa: B018


def test_errors_are_value_errors() -> None:
    assert issubclass(cp.ScenarioError, ValueError)
    assert issubclass(cp.ParkError, ValueError)


def test_frames() -> None:
    assert "voluntary" in set(cp.scenarios()["name"])
    assert {"name", "unit", "default", "source", "certainty"} <= set(cp.parameters().columns)


def test_names_arrive_by_from_as_well() -> None:
    code = "from cleanpark import scenarios, compare, Enterprise; print(len(scenarios()))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert int(result.stdout) == len(cp.scenarios())
