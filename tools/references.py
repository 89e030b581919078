"""Print where the references of the levels stand: what today's enterprises reach, what the
catalogue can attain, and what good operation adds.

For each sector: the share of enterprises at or beyond levels I, II and III, limits being met, as a
mixed park begins; with every option on the market; and with that and own inefficiency mended.
Level I should be what the best reach and all can attain, III what about half have. Run
``python tools/references.py``; ``--values`` prints each indicator's quantiles beside its
references.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

import cleanpark as cp
from cleanpark.agents.levels import composites, level_of, true_indicators
from cleanpark.agents.state import (
    AIR,
    END_FLOW,
    ENERGY,
    FIRST_FLOW,
    FRESH_WATER,
    N_INDICATORS,
    WASTE,
    WATER,
)
from cleanpark.agents.technology import all_options, lessen_inefficiency, refresh_technology
from cleanpark.agents.views import Rows, namespace, view_class
from cleanpark.model.world import build_world
from cleanpark.scenarios.indicators import INDICATORS
from cleanpark.scenarios.scenario import scenario
from cleanpark.scenarios.sectors import sectors

SPANS = {
    "energy": (ENERGY, ENERGY + 1),
    "water": (FRESH_WATER, FRESH_WATER + 1),
    "air": (FIRST_FLOW[AIR], END_FLOW[AIR]),
    "water_pollutants": (FIRST_FLOW[WATER], END_FLOW[WATER]),
    "waste": (FIRST_FLOW[WASTE], END_FLOW[WASTE]),
}
"""First and end flow of each group of flows."""
STATES = ("today", "with every option", "and good operation")
SHARES = (0.05, 0.20, 0.50)
"""Quantiles printed beside the references of levels I, II and III."""


POTENTIAL = (0.85, 0.6, 0.35)
"""Shares of what the options of 2026 can attain, in logarithms, that levels I, II, III ask for."""


def attainable(record: Any, group: str) -> float:
    """Ratio to worst practice of a group of flows with every option of 2026, at their mean
    suitability and with no inefficiency of one's own."""
    flows = range(*SPANS[group])
    dated = record["available"][: record["options"]] <= 0.0
    left = 1.0 - np.minimum(record["saving"][: record["options"]][dated], 0.95)
    weights = np.array(
        [record["worst"][flow] * max(record["equivalent"][flow], 1e-12) for flow in flows]
    )
    return float((weights * left.prod(axis=0)[list(flows)]).sum() / weights.sum())


def reference_by_rule(record: Any, group: str) -> tuple[float, ...]:
    """References of levels I, II and III of a group of flows by what is attainable."""
    best = attainable(record, group)
    return tuple(round(best**share, 3) for share in POTENTIAL)


def states_of(firm: object, sector: object, behaviour: object, quality: float) -> object:
    """Yield the enterprise today, with all options of 2026, and well run."""
    yield STATES[0]
    every = int(all_options(sector))  # type: ignore[arg-type]
    dated = sum(1 << k for k in range(sector.options) if sector.available[k] <= 0.0)  # type: ignore[attr-defined]
    firm.implemented = every & dated  # type: ignore[attr-defined]
    refresh_technology(firm, sector, behaviour)  # type: ignore[arg-type]
    yield STATES[1]
    lessen_inefficiency(firm, sector, 1.0)  # type: ignore[arg-type]
    firm.data_quality = max(firm.data_quality, quality)  # type: ignore[attr-defined]
    firm.knowledge = max(firm.knowledge, quality)  # type: ignore[attr-defined]
    refresh_technology(firm, sector, behaviour)  # type: ignore[arg-type]
    yield STATES[2]


def measured(
    name: str, count: int, quality: float
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Levels and indicators of a sector's enterprises: (states, count), (states, count, groups)."""
    park = cp.Park(
        **{
            **{field: getattr(cp.park("mixed"), field) for field in cp.Park.model_fields},
            "enterprises": count,
            "sectors": {name: 1.0},
        }
    )
    world = build_world([park], 1, 1)
    behaviour = namespace(world.behaviour[0])
    policy = namespace(scenario("voluntary").schedule(1, ["mixed"])[0, 0])
    firms = Rows(view_class("Firm", world.enterprises.dtype), world.enterprises)
    site = namespace(world.parks[0])
    place = [sector.name for sector in sectors()].index(name)
    sector = namespace(world.sectors[place])
    levels = np.zeros((len(STATES), count), np.int64)
    values = np.zeros((len(STATES), count, N_INDICATORS))
    for number in range(count):
        firm = firms[number]
        firm.effort[:] = 0.85  # what treatment typically runs at
        for state, _ in enumerate(states_of(firm, sector, behaviour, quality)):  # type: ignore[arg-type,var-annotated]
            into = values[state, number]
            true_indicators(firm, sector, into)
            indices = composites(sector, policy, behaviour, site, into)
            levels[state, number] = level_of(indices, behaviour, True)
    return levels, values


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="enterprises of each sector")
    parser.add_argument("--quality", type=float, default=0.7, help="records and knowledge run well")
    parser.add_argument("--values", action="store_true", help="quantiles of every indicator")
    given = parser.parse_args()
    for sector in sectors():
        levels, values = measured(sector.name, given.count, given.quality)
        print(f"{sector.name}: share at least at level I, II, III; below III")
        for state, title in enumerate(STATES):
            shares = [(levels[state] <= level).mean() for level in (1, 2, 3)]
            told = " ".join(f"{100 * share:5.1f} %" for share in [*shares, 1.0 - shares[2]])
            print(f"  {title:20s} {told}")
        if given.values:
            for place, name in enumerate(INDICATORS):
                today = np.quantile(values[0, :, place], SHARES)
                every = np.quantile(values[1, :, place], 0.5)
                well = np.quantile(values[2, :, place], 0.5)
                stated = getattr(sector.reference, name)
                print(f"    {name:18s} references {stated}")
                print(f"    {'':18s} the best 5, 20, 50 % today {today.round(3)}; in the middle")
                print(f"    {'':18s} with every option {every:.3f}, well run {well:.3f}")


if __name__ == "__main__":
    main()
