"""Marginal cost of treatment against the charge that is paid."""

from __future__ import annotations

import math

import numpy as np

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

FEWEST = 3
"""Plants in violation, below which their median says nothing."""


def _ratios(trial: Trial, air: float, water: float) -> tuple[float, float]:
    """Median marginal cost over effective charge: plants that expect inspection, violators."""
    policy = trial.scenario(air_tax_rate=air, water_tax_rate=water)
    model, _ = trial.run(policy, trial.park(300), 8)
    firms, sectors = model.world.enterprises, model.world.sectors
    seen, violating = [], []
    for medium, rate in enumerate((air, water)):
        slope = sectors["treatment_slope"][firms["sector"], medium] * firms["cost_factor"]
        ratio = slope * firms["effort"][:, medium] / (rate * firms["reported_share"][:, medium])
        use = (firms["connected"] == 0) | (medium == 0)
        expects = use & (firms["belief"] > 0.2)
        bad = use & (firms["ratio"][:, medium] > 1.3)
        if expects.any():
            seen.append(float(np.median(ratio[expects])))
        if bad.sum() >= FEWEST:
            violating.append(float(np.median(ratio[bad])))
    return tuple(float(np.mean(one)) if one else math.nan for one in (seen, violating))  # type: ignore[return-value]


def measure(trial: Trial) -> Numbers:
    """At the minimum rates and at four times them."""
    low, high = _ratios(trial, 1.2, 1.4), _ratios(trial, 4.8, 5.6)
    names = ("inspected", "violators", "inspected_high", "violators_high")
    return dict(zip(names, (*low, *high), strict=True))


BAND = (1.2, 3.0)

MARGINAL_COST = Pattern(
    "marginal-cost",
    "prices",
    Message("Plants spend more at the margin than the charge asks"),
    (
        Source(
            "Wang (2000), Pollution charges, community pressure, and abatement cost of industrial "
            "pollution in China, World Bank Policy Research Working Paper 2337",
            "https://documents.worldbank.org/en/publication/documents-reports",
            "read",
        ),
    ),
    Message(
        "`voluntary` for two years at the minimum rates and at four times them; marginal cost of "
        "treatment over rate times reported share, median of plants that expect to be inspected "
        "and of plants a third or more above a limit."
    ),
    Message(
        "The realised marginal cost of plants is about twice the effective charge, since "
        "enforcement and community press too, also at plants that violate."
    ),
    (
        Part("inspected", Message("plants that expect inspection, minimum rate"), "ratio", BAND),
        Part("violators", Message("plants in violation, minimum rate"), "ratio", BAND),
        Part("inspected_high", Message("plants that expect inspection, four times the minimum"),
             "ratio", BAND),
        Part("violators_high", Message("plants in violation, four times the minimum"), "ratio",
             BAND),
    ),
    measure,
    seeds=12,
)  # fmt: skip
