"""How a quarter runs: the model, its two drivers, its random streams and its outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleanpark.scenarios.imported import keep_state

if TYPE_CHECKING:
    from cleanpark.model.outcomes import (
        OUTCOME_NAMES,
        OUTCOMES,
        Outcome,
        group_names,
        outcome,
    )
    from cleanpark.model.park_model import ParkModel
    from cleanpark.model.simulate import SeedResult, simulate_seed
    from cleanpark.scenarios.dates import quarter_label

_HOME = {
    "OUTCOMES": "outcomes",
    "OUTCOME_NAMES": "outcomes",
    "Outcome": "outcomes",
    "outcome": "outcomes",
    "group_names": "outcomes",
    "ParkModel": "park_model",
    "SeedResult": "simulate",
    "simulate_seed": "simulate",
    "quarter_label": "park_model",
}

__all__ = [
    "OUTCOMES",
    "OUTCOME_NAMES",
    "Outcome",
    "ParkModel",
    "SeedResult",
    "group_names",
    "outcome",
    "quarter_label",
    "simulate_seed",
]


keep_state(__file__)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: Numba and Mesa are slow to load."""
    if name not in _HOME:
        raise AttributeError(f"module 'cleanpark.model' has no attribute {name!r}")
    import importlib

    # "outcome" is a function inside the module "outcomes"; no module shadows a public name.
    return getattr(importlib.import_module(f"cleanpark.model.{_HOME[name]}"), name)
