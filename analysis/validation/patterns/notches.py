"""Bunching where the tax is reduced."""

from __future__ import annotations

from typing import Any

import numpy as np

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

NOTCHES = (0.7, 0.5)
TIMES = (1, 4, 10)
NO_REDUCTION = {"tax_reduction_30": 0.0, "tax_reduction_50": 0.0}


def _shares(trial: Trial, times: float, levers: dict[str, float]) -> tuple[float, float]:
    """Share of realised ratios just below a notch, and of plans exactly at one."""
    policy = trial.scenario(
        air_tax_rate=1.2 * times, water_tax_rate=1.4 * times, monitoring_coverage=1.0, **levers
    )
    model, _ = trial.run(policy, trial.park(400), 6)
    firms = model.world.enterprises
    direct = firms["connected"] == 0

    def both(name: str) -> Any:
        return np.concatenate([firms[name][:, 0], firms[name][direct, 1]])

    realised = both("ratio")
    planned = realised / both("shock")
    near = sum(((realised > one - 0.08) & (realised <= one)).mean() for one in NOTCHES)
    exact = sum((np.abs(planned - one) < 1e-6).mean() for one in NOTCHES)
    return float(near), float(exact)


def measure(trial: Trial) -> Numbers:
    """With and without the reductions, at one, four and ten times the minimum rates."""
    found = {}
    for times in TIMES:
        given, none = (_shares(trial, times, levers) for levers in ({}, NO_REDUCTION))
        found[f"excess_{times}"] = given[0] - none[0]
        if times == 1:
            found["exact"] = none[1]
    return found


NOTCHES_OF_THE_TAX = Pattern(
    "notches",
    "prices",
    Message("Bunching where the tax is reduced (a prediction)"),
    (
        Source(
            "Environmental Protection Tax Law, Article 13: 75 % of the tax from 30 % below the "
            "standard, 50 % from 50 % below",
            "https://flk.npc.gov.cn",
            "definition",
        ),
    ),
    Message(
        "All enterprises monitored, so that all can claim; air and directly discharged water, "
        "with and without the reductions, at one, four and ten times the minimum rates."
    ),
    Message(
        "A prediction of the law's design, not known from data: bunching just below 70 and 50 % "
        "of the limit where a step is cheap against the tax, and none without the reductions."
    ),
    (
        Part("excess_1", Message("excess share below the notches, minimum rate"), "share",
             (-0.02, 0.05)),
        Part("excess_4", Message("excess share below the notches, four times the minimum"),
             "share", (0.02, 0.4)),
        Part("excess_10", Message("excess share below the notches, ten times the minimum"),
             "share", (0.02, 0.4)),
        Part("exact", Message("plans exactly at a notch where there is no reduction"), "share",
             (0.0, 0.01)),
    ),
    measure,
    seeds=10,
)  # fmt: skip
