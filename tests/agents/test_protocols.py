"""The types of records, levers and parameters are what is declared, and mypy works with them."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cleanpark.agents import state
from cleanpark.agents.enterprise import AuditTeam, Enterprise, ParkAuthority

ROOT = Path(__file__).resolve().parent.parent.parent


def tool() -> ModuleType:
    """The tool that writes the types."""
    spec = importlib.util.spec_from_file_location("protocols", ROOT / "tools" / "protocols.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_types_are_current() -> None:
    for file, source in tool().SOURCES.items():
        assert file.read_text(encoding="utf-8") == source(), f"{file.name}: run make protocols"


@pytest.mark.parametrize(
    ("agent", "dtype"),
    [(Enterprise, state.ENTERPRISE), (AuditTeam, state.TEAM), (ParkAuthority, state.PARK)],
)
def test_every_field_of_a_record_is_an_attribute_with_a_meaning(agent: type, dtype: object) -> None:
    names = dtype.names  # type: ignore[attr-defined]
    for name in names:
        assert vars(agent)[name].__doc__, name


GOOD = """
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData, TeamState


def wealth(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
    team: TeamState,
) -> float:
    enterprise.paid.fines += policy.fine * behaviour.payout
    return enterprise.cash + sector.saving[0, 1] + park.works_fee + draws.lapse + team.skill
"""


def errors(folder: Path, code: str) -> str:
    """What mypy says of a behaviour."""
    file = folder / "wealth.py"
    file.write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(file)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout


def test_mypy_finds_every_misspelt_field(tmp_path: Path) -> None:
    assert "Success" in errors(tmp_path, GOOD)
    names = ("enterprise.cash", "paid.fines", "policy.fine ", "behaviour.payout",
             "park.works_fee",
             "draws.lapse", "team.skill", "sector.saving")  # fmt: skip
    misspelt = GOOD
    for name in names:
        assert name in misspelt
        misspelt = misspelt.replace(name, name.rstrip() + "x ")
    said = errors(tmp_path, misspelt)
    assert said.count("has no attribute") == len(names), said
