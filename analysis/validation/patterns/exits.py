"""Enterprises that leave, and their successors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, steps
from cleanpark.scenarios.errors import Message

YEARS = 15


def _changes(trial: Trial, price: float) -> NDArray[np.float64]:
    """Changes of tenant by site over fifteen years."""
    policy = trial.scenario(carbon_price=price)
    model = trial.model(policy, trial.park(300), 4 * YEARS)
    changes = np.zeros(len(model.world.enterprises))
    for before, now in steps(model):
        changes += now["founded"] != before["founded"]
    return changes


def measure(trial: Trial) -> Numbers:
    """Changes of tenants, with a carbon price and without."""
    calm, priced = (_changes(trial, price) for price in (0.0, 100.0))
    return {
        "rate": 100.0 * float(calm.mean()) / YEARS,
        "again": float((priced >= 2).sum()) / max(1.0, float((priced >= 1).sum())),
        "more": float(priced.sum()) / max(1.0, float(calm.sum())),
    }


EXITS = Pattern(
    "exits",
    "structure",
    Message("Enterprises leave, and successors do not inherit their ruin"),
    (
        Source(
            "Brandt, Van Biesebroeck and Zhang (2012), Creative accounting or creative "
            "destruction?, Journal of Development Economics 97(2), 339-351",
            "https://doi.org/10.1016/j.jdeveco.2011.02.002",
            "approximate",
        ),
    ),
    Message(
        "`voluntary` for fifteen years, with a carbon price of 100 CNY/t on all and without; "
        "sites whose tenant changes."
    ),
    Message(
        "Panels of Chinese industry show exits of some 5 to 12 % a year; in a park at least 2 %. "
        "That a site loses a second tenant by chance alone is rare, and that a price at the level "
        "of the national market does not double exits is an expectation, not a publication."
    ),
    (
        Part("rate", Message("exits, share of enterprises and year"), "percent", (2.0, 12.0)),
        Part("again", Message("sites with an exit that see another, with the price"), "share",
             (0.0, 0.3)),
        Part("more", Message("exits with the price over those without"), "ratio", (1.0, 2.0)),
    ),
    measure,
    seeds=8,
)  # fmt: skip
