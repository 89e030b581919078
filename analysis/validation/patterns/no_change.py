"""Changes that must change nothing, and weights that must shift something."""

from __future__ import annotations

import math
from typing import Any

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

EXACT: dict[str, Any] = {
    "audit_mode": "mandatory-all", "audit_interval": 8.0, "audit_capacity": 25.0,
    "standardization": 1.0, "on_site_verification": 1.0, "team_expertise": 1.0,
    "training_reach": 0.0,
}  # fmt: skip
WITHOUT_ERROR = {
    "leniency": 0.0, "shading": 0.0, "bias_spread": 0.0, "procedure_noise": 0.0,
    "data_noise": 0.0, "peer_pressure": 0.0,
}  # fmt: skip


def _claim(trial: Trial) -> dict[str, float]:
    """A right to claim a reduction of zero, for all and for none."""
    policy = trial.scenario(tax_reduction_30=0.0, tax_reduction_50=0.0)
    all_can, none_can = (
        trial.series(policy.with_behaviour(relief_data_quality=quality), trial.park(200), 20)
        for quality in (0.0, 1.0)
    )
    gap = all_can["compliance_true"] - none_can["compliance_true"]
    return {
        "can": float(all_can["sulfur_dioxide"].sum()),
        "cannot": float(none_can["sulfur_dioxide"].sum()),
        "compliance": 100.0 * float(gap.mean()),
    }


def _attitude(trial: Trial) -> float:
    """Change of attitude over ten years of audits that give everyone the true score."""
    policy = trial.scenario(**EXACT).with_behaviour(**WITHOUT_ERROR)
    model = trial.model(policy, trial.park(300), 40)
    before = model.world.enterprises["attitude"].copy()
    model.run()
    firms = model.world.enterprises
    stayed = firms["founded"] == 0
    return float((firms["attitude"] - before)[stayed].mean()) if stayed.any() else math.nan


def measure(trial: Trial) -> Numbers:
    """Three relations between runs."""
    place = trial.park(200, "heavy")
    own, unified = (
        trial.series(trial.scenario("reward-and-punish", indicator_weights=weights), place, 60)
        for weights in ("park-type", "unified")
    )
    return {
        **_claim(trial),
        "attitude": _attitude(trial),
        "own": float(own["energy"].sum()),
        "unified": float(unified["energy"].sum()),
    }


NO_CHANGE = Pattern(
    "no-change",
    "structure",
    Message("What must change nothing, and weights that must shift something"),
    (
        Source(
            "Zhuang, Sun and Yu, sections 2.1 and 2.2: indicators by kind of park",
            "https://doi.org/10.12238/eep.v8i5.2680",
            "definition",
        ),
    ),
    Message(
        "(a) All or none may claim a tax reduction of zero. (b) Ten years of audits without any "
        "error. (c) A heavy park under rewards and punishments with the weights of its kind, "
        "against unified ones."
    ),
    Message(
        "(a) and (b) must change nothing; in (c) weights on energy must save energy, if results "
        "have consequences."
    ),
    (
        Part("so2", Message("right to a reduction of zero: SO2, relative change"), "share",
             (-0.002, 0.002), lambda m: m["can"] / m["cannot"] - 1.0),
        Part("compliance", Message("right to a reduction of zero: compliance"), "points",
             (-0.2, 0.2)),
        Part("attitude", Message("attitude after exactly right audits"), "share", (-0.005, 0.02)),
        Part("shift", Message("own weights against unified: energy, relative change"), "share",
             (-0.10, -0.001), lambda m: m["own"] / m["unified"] - 1.0),
    ),
    measure,
    seeds=16,
    quantities=("can", "cannot", "compliance", "attitude", "own", "unified"),
)  # fmt: skip
