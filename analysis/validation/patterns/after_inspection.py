"""A plant's emissions after it was inspected."""

from __future__ import annotations

import numpy as np

from cleanpark.analysis.validation.discharge import discharged
from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, steps
from cleanpark.scenarios.errors import Message

QUARTER = 8
FLOW = "sulfur_dioxide"


def _year_after(trial: Trial, rate: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Emissions of each plant in the year after, whom that quarter inspected, who stayed."""
    policy = trial.scenario(inspection_rate={"2028-Q1": rate, "2028-Q2": 0.06})
    model = trial.model(policy, trial.park(300), QUARTER + 5)
    total = np.zeros(len(model.world.enterprises))
    inspected = total > 0
    for number, (_, now) in enumerate(steps(model)):
        if number == QUARTER:
            inspected = now["inspected"] > 0
        elif number > QUARTER:
            total += discharged(model, FLOW)
    return total, inspected, model.world.enterprises["founded"] == 0


def measure(trial: Trial) -> Numbers:
    """Plants inspected in one quarter only in the treated twin, against themselves."""
    calm, before, stayed = _year_after(trial, 0.0)
    hard, after, still = _year_after(trial, 0.3)
    use = after & ~before & stayed & still & (calm > 0)
    return {"before": float(calm[use].sum()), "after": float(hard[use].sum())}


AFTER_INSPECTION = Pattern(
    "after-inspection",
    "enforcement",
    Message("A plant emits less after it was inspected"),
    (
        Source(
            "Hanna and Oliva (2010), The impact of inspections on plant-level air emissions, "
            "B.E. Journal of Economic Analysis & Policy 10(1)",
            "https://epod.cid.harvard.edu/publications/impact-inspections-plant-level-air-emissions",
            "read",
        ),
    ),
    Message(
        "Three of ten plants are inspected in 2028-Q1, none in the twin; SO2 of the inspected "
        "plants in the four quarters after, against themselves in the twin."
    ),
    Message(
        "Plants cut air emissions by 15 % on average after an inspection under the Clean Air Act; "
        "the band is half to one and a half of it."
    ),
    (
        Part("change", Message("SO2 of inspected plants, year after"), "share", (-0.225, -0.075),
             lambda m: m["after"] / m["before"] - 1.0),
    ),
    measure,
    seeds=24,
    quantities=("before", "after"),
)  # fmt: skip
