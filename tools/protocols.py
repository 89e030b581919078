"""Write agents/protocols.py and agents/parameters.py: what behaviours may read, as types.

The fields come from the record types, the levers and the behavioural parameters, so an editor
completes ``enterprise.`` and mypy finds a misspelt field. Run ``make protocols`` after a field, a
lever, a parameter, a draw, a payment or a sum was added; a test tells when that was forgotten.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import numpy as np

from cleanpark.agents import draws, payments, state
from cleanpark.agents.enterprise import AuditTeam, Enterprise, ParkAuthority
from cleanpark.model import measures, world
from cleanpark.scenarios import records
from cleanpark.scenarios.levers import behaviour_parameters, levers

AGENTS = Path(__file__).resolve().parent.parent / "agents"

WRITTEN = """

Written by ``make protocols`` from {source}: do not edit it here.
\"""

from __future__ import annotations

from typing import Protocol
"""

STATE_HEAD = (
    '"""What behaviours read and write of each record, as types; both drivers provide it.'
    + WRITTEN.format(source="the record types")
    + '''
import numpy as np

Options = int | np.uint64
"""A set of options as bits."""


class Numbers(Protocol):
    """A row of numbers."""

    def __getitem__(self, place: int, /) -> float:
        """The number at a place."""

    def __setitem__(self, place: int, number: float, /) -> None:
        """Set the number at a place."""


class WholeNumbers(Protocol):
    """A row of whole numbers."""

    def __getitem__(self, place: int, /) -> int:
        """The number at a place."""

    def __setitem__(self, place: int, number: int, /) -> None:
        """Set the number at a place."""


class Table(Protocol):
    """A table of numbers."""

    def __getitem__(self, place: tuple[int, int], /) -> float:
        """The number in a row and a column."""
'''
)
PARAMETERS_HEAD = (
    '"""Levers and behavioural parameters as behaviours read them, as types.'
    + WRITTEN.format(source="levers.toml and behaviour.toml")
)


def of_agent(agent: type) -> dict[str, str]:
    """Meanings of an agent's fields."""
    return {name: str(field.__doc__) for name, field in vars(agent).items()}


def of_parameters(declared: Any) -> dict[str, str]:
    """Titles and units of levers or parameters, with the names of choices."""
    told = {}
    for name, one in declared.items():
        unit = "one of " + ", ".join(one.choices) if one.choices else one.unit
        told[name] = f"{one.title['en']} ({unit})"
    return told


PARTS = {payments.PAID: "Paid", payments.PARK_PAID: "ParkPaid"}
"""Records within records, by the protocol of each."""


def type_of(field: np.dtype[Any]) -> str:
    """The Python type of a field."""
    if field in PARTS:
        return PARTS[field]
    if len(field.shape) == 2:
        return "Table"
    whole = field.base.kind in "iu"
    if len(field.shape) == 1:
        return "WholeNumbers" if whole else "Numbers"
    if field == np.uint64:
        return "Options"
    return "int" if whole else "float"


def protocol(
    name: str, meaning: str, dtype: np.dtype[np.void], told: dict[str, str] | None = None
) -> str:
    """The source of one protocol."""
    parts = [f'class {name}(Protocol):\n    """{meaning}"""\n']
    for field in dtype.names or ():
        parts.append(f"    {field}: {type_of(dtype[field])}")
        if told:
            text = told[field][0].upper() + told[field][1:] + "."
            lines = textwrap.wrap(text, 90)
            parts.append(f'    """{"\n    ".join(lines)}"""')
    return "\n".join(parts) + "\n"


def state_source() -> str:
    """What ``agents/protocols.py`` should be."""
    every = (
        protocol("Paid", "An enterprise's payments of a quarter.", payments.PAID),
        protocol("ParkPaid", "A park's payments of a quarter.", payments.PARK_PAID),
        protocol("EnterpriseState", "An enterprise.", state.ENTERPRISE, of_agent(Enterprise)),
        protocol("TeamState", "An audit team.", state.TEAM, of_agent(AuditTeam)),
        protocol("ParkState", "A park and its authority.", state.PARK, of_agent(ParkAuthority)),
        protocol("SectorData", "A sector: see SECTOR and TECHNIQUE.", world.TECHNIQUE),
        protocol("SiteData", "What a park says of its enterprises at the start.", world.SITE),
        protocol("Draws", "Uniforms of an enterprise's quarter.", draws.QUARTER_DRAWS),
        protocol("InitialDraws", "Uniforms of an enterprise's start.", draws.INITIAL_DRAWS),
        protocol("CellSums", "Sums over a cell's enterprises in a quarter.", measures.SUMS),
        protocol("ParkSums", "Sums of a park's quarter.", measures.PARK_SUMS),
    )
    return "\n\n".join([STATE_HEAD, *every])


def parameters_source() -> str:
    """What ``agents/parameters.py`` should be."""
    return "\n\n".join(
        [
            PARAMETERS_HEAD,
            protocol(
                "PolicyLevers",
                "The levers in force in a quarter.",
                records.POLICY,
                of_parameters(levers()),
            ),
            protocol(
                "BehaviourParameters",
                "The behavioural parameters of a run.",
                records.BEHAVIOUR,
                of_parameters(behaviour_parameters()),
            ),
        ]
    )


SOURCES = {
    AGENTS / "protocols.py": state_source,
    AGENTS / "parameters.py": parameters_source,
}

if __name__ == "__main__":
    for file, source in SOURCES.items():
        file.write_text(source(), encoding="utf-8")
