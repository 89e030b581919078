"""Sanctions that deter before they are paid."""

from __future__ import annotations

from typing import Any

import numpy as np

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, steps
from cleanpark.scenarios.errors import Message

SANCTIONS = {
    "daily": {"daily_fine": 30.0},
    "gain": {"fine_gain_share": 5.0},
    "fine": {"fine": 40.0},
}


def _restricted(trial: Trial, share: float) -> tuple[Any, Any, Any]:
    """Capacity after ten years, whether the tenant stayed, quarters under a restriction."""
    policy = trial.scenario(
        inspection_rate=0.3, restriction_after=1.0, production_restriction=share
    )
    model = trial.model(policy, trial.park(200), 40)
    hit = np.zeros(len(model.world.enterprises))
    for _, now in steps(model):
        hit += now["restriction"] > 0
    firms = model.world.enterprises
    return firms["output"].copy(), firms["founded"] == 0, hit


def _growth(trial: Trial) -> float:
    """Growth of plants that were restricted, over that of their twins, in logarithms."""
    (calm, stayed, _), (hard, still, hit) = (_restricted(trial, share) for share in (0.0, 0.5))
    use = stayed & still & (hit >= 3)
    return float(np.log(hard / calm)[use].mean()) if use.any() else float("nan")


def measure(trial: Trial) -> Numbers:
    """Each sanction alone against the same inspections without."""
    place = trial.park(200)

    def compliance(**levers: float) -> float:
        policy = trial.scenario(inspection_rate=0.3, **levers)
        return float(trial.series(policy, place, 40)["compliance_true"].mean())

    base = compliance()
    found = {name: 100.0 * (compliance(**one) - base) for name, one in SANCTIONS.items()}
    return {**found, "growth": _growth(trial)}


SANCTIONS_DETER = Pattern(
    "sanctions-deter",
    "enforcement",
    Message("Sanctions deter before they are paid"),
    (
        Source(
            "Becker (1968), Crime and punishment, Journal of Political Economy 76(2), 169-217",
            "https://doi.org/10.1086/259394",
            "definition",
        ),
        Source(
            "Environmental Protection Law, Articles 59 and 60 (daily fine, restriction); since 15 "
            "August 2026 Ecological and Environmental Code, Articles 1060 and 1107",
            "https://flk.npc.gov.cn",
            "definition",
        ),
    ),
    Message(
        "Each sanction alone for ten years, inspections at 30 % of plants a quarter; restricted "
        "plants (half the output) against their twins."
    ),
    Message(
        "A sanction that is believed deters before it is paid: at least a point of compliance, at "
        "least five where five times the gain is taken. A restricted plant cannot outgrow its twin."
    ),
    (
        Part("daily", Message("compliance, daily fine of 30 days"), "points", (1.0, 30.0)),
        Part("gain", Message("compliance, five times the gain confiscated"), "points",
             (5.0, 40.0)),
        Part("fine", Message("compliance, fourfold fine"), "points", (1.0, 30.0)),
        Part("growth", Message("capacity of restricted plants against twins after ten years"),
             "ln", (-0.5, 0.0)),
    ),
    measure,
    seeds=16,
)  # fmt: skip
