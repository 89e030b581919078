"""Levers and behaviour as records that the model reads: one field each, in file order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.scenarios.errors import Message
from cleanpark.scenarios.levers import behaviour_parameters, behaviour_value, levers
from cleanpark.scenarios.sectors import SECTOR, sector_records

POLICY = np.dtype([(name, "i8" if lever.choices else "f8") for name, lever in levers().items()])
"""Values of all levers in one quarter; a choice is its position among the lever's choices."""

BEHAVIOUR = np.dtype([(name, "f8") for name in behaviour_parameters()])
"""Values of all behavioural parameters."""


def behaviour_record(changes: Mapping[str, float]) -> NDArray[Any]:
    """The behavioural parameters with some changed, as an array of one record."""
    record = np.zeros(1, dtype=BEHAVIOUR)
    declared = behaviour_parameters()
    for name, parameter in declared.items():
        record[name] = parameter.code(parameter.default)
    for name, value in changes.items():
        where = Message("behavioural parameter '{name}'", name=name)
        record[name] = behaviour_value(where, name, value)
    return record


__all__ = ["BEHAVIOUR", "POLICY", "SECTOR", "behaviour_record", "sector_records"]
