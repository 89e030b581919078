"""Energy use when its price rises."""

from __future__ import annotations

import math

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

RISE = 1.1
QUARTERS = 48
LATE = slice(28, 48)


def measure(trial: Trial) -> Numbers:
    """Energy, carbon dioxide and output with a price 10 % higher for ten years, and without."""
    place = trial.park(200)
    found = {}
    for prefix, price in (("", 1000.0), ("dear_", 1000.0 * RISE)):
        run = trial.series(trial.scenario(energy_price={"2028-Q1": price}), place, QUARTERS)
        for name in ("energy", "carbon_dioxide", "output"):
            found[prefix + name] = float(run[name][LATE].sum())
    return found


def _elasticity(means: Numbers, name: str) -> float:
    return math.log(means[f"dear_{name}"] / means[name]) / math.log(RISE)


ENERGY_PRICE = Pattern(
    "energy-price",
    "prices",
    Message("Dearer energy is used less"),
    (
        Source(
            "Dussaux (2020), The joint effects of energy prices and carbon taxes on environmental "
            "and economic performance, OECD Environment Working Papers 154",
            "https://doi.org/10.1787/b84b1b7d-en",
            "read",
        ),
        Source(
            "Labandeira, Labeaga and López-Otero (2017), A meta-analysis on the price elasticity "
            "of energy demand, Energy Policy 102, 549-568",
            "https://doi.org/10.1016/j.enpol.2017.01.002",
            "recalled",
        ),
    ),
    Message(
        "Energy is 10 % dearer from 2028 on, against the twin; sixth to tenth year after the rise."
    ),
    Message(
        "10 % dearer energy cut energy use of French manufacturing firms by 6 % and CO2 by 8 to "
        "9 %; a meta-analysis finds 0.6 in the long run and 0.2 in the short. Output of firms that "
        "use little energy did not change, of those that use much it fell by 4 %."
    ),
    (
        Part("energy", Message("long-run elasticity of energy use to its price"), "elasticity",
             (-0.9, -0.3), lambda m: _elasticity(m, "energy")),
        Part("carbon", Message("long-run elasticity of carbon dioxide to the energy price"),
             "elasticity", (-1.2, -0.4), lambda m: _elasticity(m, "carbon_dioxide")),
        Part("output", Message("elasticity of output to the energy price"), "elasticity",
             (-0.4, 0.02), lambda m: _elasticity(m, "output")),
    ),
    measure,
    seeds=20,
    quantities=tuple(prefix + name for prefix in ("", "dear_")
                     for name in ("energy", "carbon_dioxide", "output")),
)  # fmt: skip
