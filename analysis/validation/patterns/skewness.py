"""Few enterprises discharge most."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.validation.discharge import discharged
from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, steps
from cleanpark.scenarios.errors import Message

FLOWS = {
    "sulfur_dioxide": Message("SO2"),
    "nitrogen_oxides": Message("NOx"),
    "particulates": Message("particulates"),
    "cod": Message("COD"),
    "ammonia_nitrogen": Message("ammonia nitrogen"),
    "solid_waste": Message("solid waste"),
    "hazardous_waste": Message("hazardous waste"),
}


def gini(values: NDArray[np.float64]) -> float:
    """Gini coefficient of amounts that are not negative."""
    ordered = np.sort(values)
    count = len(ordered)
    weighted = float((np.arange(1, count + 1) * ordered).sum())
    return 2.0 * weighted / (count * float(ordered.sum())) - (count + 1) / count


def measure(trial: Trial) -> Numbers:
    """True discharge of the second year by enterprise."""
    model = trial.model(trial.scenario(), trial.park(200), 8)
    total = {flow: np.zeros(len(model.world.enterprises)) for flow in FLOWS}
    for _ in steps(model):
        if model.steps > 4:
            for flow in FLOWS:
                total[flow] += discharged(model, flow)
    found = {}
    for flow, values in total.items():
        fifth = len(values) // 5
        found[f"{flow}_gini"] = gini(values)
        found[f"{flow}_fifth"] = float(np.sort(values)[-fifth:].sum() / values.sum())
    return found


def _parts() -> tuple[Part, ...]:
    return tuple(
        part
        for flow, title in FLOWS.items()
        for part in (
            Part(f"{flow}_gini", Message("Gini coefficient of {flow}", flow=title), "ratio",
                 (0.60, 0.85)),
            Part(f"{flow}_fifth", Message("share of the top fifth in {flow}", flow=title),
                 "share", (0.70, 0.90)),
        )
    )  # fmt: skip


SKEWNESS = Pattern(
    "skewness",
    "structure",
    Message("Few enterprises discharge most"),
    (
        Source(
            "Bulletin on the second national census of pollution sources (2020), and statistics "
            "of key sources",
            "https://www.mee.gov.cn/home/ztbd/rdzl/wrypc/",
            "approximate",
        ),
    ),
    Message("True discharge of the second year by enterprise, 200 of mixed sectors."),
    Message(
        "The top fifth of enterprises discharges 70 to 90 % of each pollutant, a Gini coefficient "
        "of 0.6 to 0.85."
    ),
    _parts(),
    measure,
    seeds=12,
)
