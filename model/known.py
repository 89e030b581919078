"""What a user's table knows of real enterprises, put in the place of what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.agents.accounts import adopt_to_level
from cleanpark.agents.beginnings import HIGH_FROM, MIDDLE_FROM
from cleanpark.agents.state import AIR, END_FLOW, FIRST_FLOW, N_MEDIA, VOC, WATER
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


def set_known(rows: Any, table: pd.DataFrame, technique: Any, behaviour: Any) -> None:
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
    set_intensities(rows, table, technique, behaviour)


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


def removal_of(table: pd.DataFrame, medium: int, sector: Any, flow: int) -> Any:
    """Share removed behind the known discharge: as given, or typical of the sector."""
    names = {AIR: "removal_air", WATER: "removal_water"}
    typical = sector["removal"][:, flow] * USUAL_EFFORT
    if medium not in names:
        return np.zeros(len(table))
    given = known(table, names[medium])
    return np.where(np.isfinite(given), np.minimum(given, 0.999), typical)


def set_intensities(rows: Any, table: pd.DataFrame, technique: Any, behaviour: Any) -> None:
    """Intensities such that the known yearly use, generation or discharge comes out at the start.

    What is generated goes before what is discharged: both together give the removal."""
    yearly = known(table, "output")
    sector = technique[rows["sector"]]
    medium_of = {
        flow: medium
        for medium in range(N_MEDIA)
        for flow in range(FIRST_FLOW[medium], END_FLOW[medium])
    }
    for flow, name in enumerate(FLOWS):
        amount = known(table, name)
        if flow in medium_of:
            amount = amount / (1.0 - removal_of(table, medium_of[flow], sector, flow))
        elif flow == VOC:
            amount = amount / (1.0 - sector["removal"][:, VOC] * behaviour["voc_effort"][0])
        generated = known(table, f"generated_{name}")
        amount = np.where(np.isfinite(generated), generated, amount)
        given = np.isfinite(amount)
        if not given.any():
            continue
        left = rows["intensity"][:, flow] / rows["base"][:, flow]
        least = LEAST * rows["base"][:, flow]
        base = np.where(given, np.maximum(amount / yearly / left, least), rows["base"][:, flow])
        rows["base"][:, flow] = base
        rows["intensity"][:, flow] = base * left
