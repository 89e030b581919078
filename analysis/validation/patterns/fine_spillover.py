"""One more fine in a jurisdiction, and the violations of the year after."""

from __future__ import annotations

from typing import Any

import numpy as np

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, steps
from cleanpark.scenarios.errors import Message

QUARTER = 8
"""The quarter in which the treated twin inspects more."""
JURISDICTIONS = 20
"""Jurisdictions of one trial."""


def _run(trial: Trial, site: int, rate: float, **levers: Any) -> tuple[Any, Any]:
    """Violations of the year after, (quarters, plants), and the plants fined in the quarter."""
    rates = {"2028-Q1": rate, "2028-Q2": 0.06}
    policy = trial.scenario(inspection_rate=rates, **levers)
    place = trial.park(10, sectors={"chemicals": 1.0})
    violating, fined = [], np.zeros(place.enterprises, dtype=bool)
    for number, (_, now) in enumerate(steps(trial.model(policy, place, QUARTER + 5, site))):
        if number == QUARTER:
            fined = now["caught"] > 0
        elif number > QUARTER:
            violating.append(now["violating"].astype(float))
    return np.array(violating), fined


def _twins(trial: Trial, prefix: str, **levers: Any) -> dict[str, float]:
    """More fines, fewer violations: sums over the jurisdictions of a trial."""
    found = dict.fromkeys(("fines", "change", "unfined", "base"), 0.0)
    for place in range(JURISDICTIONS):
        site = JURISDICTIONS * trial.seed + place - trial.seed
        calm, before = _run(trial, site, 0.06, **levers)
        hard, after = _run(trial, site, 0.5, **levers)
        gap = (hard - calm).mean(axis=0)
        found["fines"] += float(after.sum()) - float(before.sum())
        found["change"] += float(gap.mean())
        found["unfined"] += float(gap[~after].sum()) / len(gap)
        found["base"] += float(calm.mean())
    return {prefix + name: value / JURISDICTIONS for name, value in found.items()}


def measure(trial: Trial) -> Numbers:
    """Jurisdictions with one quarter of hard inspection, against their twins without."""
    return {**_twins(trial, ""), **_twins(trial, "public_", disclosure=1.0)}


FINE_SPILLOVER = Pattern(
    "fine-spillover",
    "enforcement",
    Message("A fine deters those who were not fined"),
    (
        Source(
            "Shimshack and Ward (2005), Regulator reputation, enforcement, and environmental "
            "compliance, JEEM 50(3), 519-540",
            "https://doi.org/10.1016/j.jeem.2005.02.002",
            "recalled",
        ),
    ),
    Message(
        "Jurisdictions of ten chemical plants; twins under the same chance. In 2028-Q1 one twin "
        "inspects half of its plants instead of 6 %. Change of the violation rate over the next "
        "four quarters for each additional fine."
    ),
    Message(
        "One more fine cut the state-wide violation rate of the next year by about two thirds, "
        "almost all of it at plants that were not fined; the band takes in half to slightly more."
    ),
    (
        Part(
            "per_fine",
            Message("relative change of the violation rate next year per additional fine"),
            "share",
            (-0.75, -0.30),
            lambda m: m["change"] / m["fines"] / m["base"],
        ),
        Part(
            "per_public_fine",
            Message("the same, with every fine published"),
            "share",
            (-0.75, -0.30),
            lambda m: m["public_change"] / m["public_fines"] / m["public_base"],
        ),
        Part(
            "unfined",
            Message("share of the effect at plants not fined"),
            "share",
            (0.5, 1.0),
            lambda m: m["unfined"] / m["change"],
        ),
    ),
    measure,
    seeds=20,
    quantities=tuple(
        prefix + name
        for prefix in ("", "public_")
        for name in ("fines", "change", "unfined", "base")
    ),
)
