"""What a user's table knows of real enterprises, put in the place of what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.agents.accounts import adopt_to_level
from cleanpark.agents.beginnings import HIGH_FROM, MIDDLE_FROM
from cleanpark.agents.state import (
    AIR,
    CARBON_DIOXIDE,
    END_FLOW,
    ENERGY,
    FIRST_FLOW,
    N_MEDIA,
    VOC,
    WASTE,
    WATER,
)
from cleanpark.scenarios.flows import FLOWS
from cleanpark.scenarios.sizes import size_classes

if TYPE_CHECKING:
    import pandas as pd

USUAL_EFFORT = 0.89
"""Effort at which treatment typically runs: what a known discharge is taken to be left after,
where no removal is given (assumed; it reproduces typical removal in the sector tables)."""


LEAST = 1e-9
"""What a flow that a file says is none keeps of the intensity drawn, so that shares of it exist."""


def known(table: pd.DataFrame, column: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A column as numbers, NaN where it is missing or unknown."""
    if column not in table:
        return np.full(len(table), np.nan)
    return table[column].to_numpy(dtype=float, na_value=np.nan)


def set_known(
    rows: Any, table: pd.DataFrame, technique: Any, behaviour: Any, works_removal: float = 0.0
) -> None:
    """Set output, technology, intensities, attitude, audits and monitoring where known."""
    output = known(table, "output") / 4.0
    rows["cash"] *= output / rows["output"]
    rows["output"] = output
    revenue = known(table, "revenue")
    rows["size_class"] = size_classes(
        np.where(np.isfinite(revenue), revenue, known(table, "output")), known(table, "employees")
    )
    for number in np.flatnonzero(np.isfinite(known(table, "technology"))):
        set_technology(rows[number], technique, behaviour, known(table, "technology")[number])
    attitude = known(table, "attitude")
    rows["attitude"] = np.where(np.isfinite(attitude), attitude, rows["attitude"])
    rows["attitude_group"] = np.digitize(rows["attitude"], (MIDDLE_FROM, HIGH_FROM))
    audits = known(table, "last_audit")
    rows["last_audit"] = np.where(np.isfinite(audits), audits, rows["last_audit"])
    rows["monitoring_rank"] = monitoring_ranks(known(table, "monitored"), rows["monitoring_rank"])
    voc_effort = float(behaviour["voc_effort"][0])
    set_intensities(rows, table, technique, works_removal, voc_effort)


def monitoring_ranks(monitored: Any, drawn: Any) -> Any:
    """Ranks in the roll-out of monitoring: before all others where a file says yes; where it says
    no, one more than drawn, so that only more coverage than without a policy reaches them."""
    return np.where(monitored > 0.0, -1.0, np.where(monitored == 0.0, 1.0 + drawn, drawn))


def set_technology(record: Any, technique: Any, behaviour: Any, level: float) -> None:
    """Implement options until the known technology level is reached."""
    from cleanpark.agents.views import namespace

    view = RecordView(record)
    view.implemented = 0
    sector = namespace(technique[view.sector])
    adopt_to_level(view, sector, namespace(behaviour[0]), level, 0, 0.0)


class RecordView:
    """Attribute access to one record of an array, for the behaviours."""

    def __init__(self, record: Any) -> None:
        """View the record."""
        object.__setattr__(self, "_record", record)

    def __getattr__(self, name: str) -> Any:
        """The field as a number or an array that can be written."""
        value = self._record[name]
        return value if isinstance(value, np.ndarray) else value.item()

    def __setattr__(self, name: str, value: Any) -> None:
        """Write the field."""
        self._record[name] = value


MEDIUM_OF = {
    flow: medium
    for medium in range(N_MEDIA)
    for flow in range(FIRST_FLOW[medium], END_FLOW[medium])
}
"""Medium of each flow that is discharged."""
TREATED = tuple(flow for flow, medium in MEDIUM_OF.items() if medium != WASTE)
"""Flows of which a file gives the discharge; of waste it gives what is generated."""
DISCHARGED = (*TREATED, VOC)
"""Flows of which a file gives the discharge, volatile organic compounds among them."""
MOST_REMOVED = 0.999
"""Largest share that an installation is taken to remove."""


def installations(rows: Any, technique: Any) -> dict[str, Any]:
    """The removal of each enterprise's sector by flow, alone: a whole sector for each enterprise
    would be a hundred times as much."""
    return {"removal": technique["removal"][rows["sector"]]}


def removal_at_full_effort(rows: Any, sector: Any, flow: int) -> Any:
    """Share of a flow that each enterprise's own installations take out at full effort."""
    return sector["removal"][:, flow] * (1.0 - rows["shortfall"][:, flow])


def left_usually(rows: Any, sector: Any, flow: int, voc_effort: float = USUAL_EFFORT) -> Any:
    """Share of a flow that leaves each enterprise at the usual effort."""
    if flow == VOC:
        return 1.0 - voc_effort * sector["removal"][:, VOC]
    return 1.0 - USUAL_EFFORT * removal_at_full_effort(rows, sector, flow)


def set_removal(rows: Any, sector: Any, flow: int, removed: Any, where: Any) -> None:
    """Give installations a removal at full effort; where the sector has none it stays so."""
    usual = sector["removal"][:, flow]
    able = where & (usual > 0.0)
    share = np.clip(removed, 0.0, MOST_REMOVED)
    rows["shortfall"][:, flow][able] = 1.0 - share[able] / usual[able]


def set_known_removal(rows: Any, table: pd.DataFrame, sector: Any) -> None:
    """Installations that remove, at the usual effort, what the file says: as the share it gives,
    or, where it has both, as what is generated and what is left of it tell."""
    shares = {AIR: known(table, "removal_air"), WATER: known(table, "removal_water")}
    for flow in TREATED:
        given = shares[MEDIUM_OF[flow]]
        left = known(table, FLOWS[flow])
        with np.errstate(invalid="ignore", divide="ignore"):
            both = 1.0 - left / known(table, f"generated_{FLOWS[flow]}")
        removed = np.where(np.isfinite(both), both, given)
        set_removal(rows, sector, flow, removed / USUAL_EFFORT, np.isfinite(removed))


def passed_on(rows: Any, flow: int, works_removal: Any) -> Any:
    """Share of what leaves an enterprise that reaches the environment: what goes to the park's
    works is treated there once more."""
    if MEDIUM_OF.get(flow) != WATER:
        return np.ones(len(rows))
    return np.where(rows["connected"] > 0, max(LEAST, 1.0 - works_removal), 1.0)


def yearly_load(
    rows: Any, table: pd.DataFrame, sector: Any, flow: int, works: float, voc_effort: float
) -> Any:
    """Yearly use or generation that the file's amounts amount to; NaN where it has none.

    What is generated goes before what is discharged: both together gave the removal."""
    amount = known(table, FLOWS[flow])
    if flow in DISCHARGED:
        left = left_usually(rows, sector, flow, voc_effort) * passed_on(rows, flow, works)
        amount = amount / left
    generated = known(table, f"generated_{FLOWS[flow]}")
    return np.where(np.isfinite(generated), generated, amount)


def set_intensities(
    rows: Any, table: pd.DataFrame, technique: Any, works_removal: float, voc_effort: float
) -> None:
    """Intensities such that the known yearly use, generation or discharge comes out at the usual
    effort; carbon dioxide follows energy where the file gives none."""
    yearly = known(table, "output")
    sector = installations(rows, technique)
    set_known_removal(rows, table, sector)
    for flow in range(len(FLOWS)):
        amount = yearly_load(rows, table, sector, flow, works_removal, voc_effort)
        left = rows["intensity"][:, flow] / rows["base"][:, flow]
        factor = amount / yearly / left / rows["base"][:, flow]
        scale_load(rows, flow, np.where(np.isfinite(factor), np.maximum(factor, LEAST), 1.0))
        if flow == ENERGY:
            scale_load(rows, CARBON_DIOXIDE, np.where(np.isfinite(factor), factor, 1.0))


def scale_load(rows: Any, flow: int, factor: Any) -> None:
    """Multiply what an enterprise uses or generates of a flow, whatever options it has."""
    rows["base"][:, flow] *= factor
    rows["intensity"][:, flow] *= factor
