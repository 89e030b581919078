"""The columns of a user's park: meaning, unit, names, and what happens where one is missing."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.flows import FLOWS, ORGANIC, flow_table
from cleanpark.scenarios.park_files.cells import plain
from cleanpark.scenarios.park_files.units import CANONICAL
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Record, Title

FILE = Path(__file__).with_name("columns.toml")
Kind = Literal[
    "text", "money", "energy", "volume", "mass", "waste", "carbon", "share", "count", "date",
    "yes_no",
]  # fmt: skip
POLLUTANTS = tuple(flow for flow in FLOWS if flow_table()[flow].medium in ("air", "water", ORGANIC))
"""Flows of which what is generated and what is discharged are told apart."""
GENERATED = tuple(f"generated_{flow}" for flow in POLLUTANTS)
SHARES = ("removal_air", "removal_water", "technology", "attitude")
COLUMNS = (
    "id", "sector", "output", *FLOWS, *SHARES, "last_audit", "monitored",
    *GENERATED, "name", "revenue", "employees", "industry",
)  # fmt: skip
"""Columns of a park's table, in order; `industry` is the code of GB/T 4754, where one was read."""
REQUIRED = ("id", "sector", "output")


class Column(Record):
    """A column as its file states it."""

    title: Title
    kind: Kind
    names: tuple[str, ...] = ()
    meaning: Title
    missing: Title

    @property
    def unit(self) -> str:
        """Unit of its numbers; empty for those without."""
        return CANONICAL.get(self.kind, "")


@functools.cache
def dictionary() -> Mapping[str, Column]:
    """Every column that a file may have, by name, those of generated amounts included."""
    data = read_toml(FILE, ParkError)
    found = {name: checked(Column, one, FILE, ParkError) for name, one in data.items()}
    for name in POLLUTANTS:
        found[f"generated_{name}"] = _generated(name, found[name])
    return found


def _generated(name: str, column: Column) -> Column:
    """The column of what is generated, before treatment, beside that of what is discharged."""
    return Column(
        title={
            "en": f"{column.title['en']} generated",
            "zh": column.title["zh"].replace("排放量", "产生量"),
        },
        kind=column.kind,
        meaning={
            "en": column.meaning["en"]
            .replace("discharged", "generated")
            .replace("after", "before"),
            "zh": column.meaning["zh"].replace("排放量", "产生量").replace("治理后", "治理前"),
        },
        missing={
            "en": "from what is discharged and removed",
            "zh": "由排放量与去除率得出",
        },
    )


def key_of(name: str) -> str:
    """A name as names are compared: without full-width forms, blanks, hyphens and dots."""
    return re.sub(r"[\s_\-－·.。:：*#、,，\"'“”]+", "", plain(name).casefold())


@functools.cache
def column_names() -> Mapping[str, str]:
    """Column of every name that is understood, by its key."""
    named: dict[str, str] = {}
    for column, one in dictionary().items():
        for name in (column, *one.names, *one.title.values()):
            named.setdefault(key_of(name), column)
    for flow in FLOWS:
        for title in flow_table()[flow].title.values():
            named.setdefault(key_of(title), flow)
    return named
