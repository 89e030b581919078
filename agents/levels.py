"""Indicators of an enterprise, the composite index, and the level by the statutory rule.

Indicators are ratios, lower is better; readings of them, exact or as a team writes them down, give
composite indices and a level (general rules for evaluation index systems, announcement 33 of
2013): level I where all limiting indicators reach level I and its index is at least 85, II
likewise, III where the limiting indicators reach III and its index is what the rule asks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, Numbers, ParkState, SectorData
from cleanpark.agents.state import (
    BELOW_III,
    END_FLOW,
    ENERGY,
    ENERGY_INDICATOR,
    FACILITIES_INDICATOR,
    FIRST_FLOW,
    FRESH_WATER,
    INDICATOR_OF_MEDIUM,
    INNOVATION_INDICATOR,
    LEVEL_I,
    LEVEL_II,
    LEVEL_III,
    MANAGEMENT_INDICATOR,
    N_INDICATORS,
    N_MEDIA,
    PARK_KINDS,
    PROCESS_INDICATOR,
    REFERENCE_I,
    REFERENCE_II,
    REFERENCE_III,
    WATER_INDICATOR,
)
from cleanpark.agents.technology import management_quality
from cleanpark.scenarios.indicators import WEIGHTED_FOR, indicators
from cleanpark.scenarios.levers import choice

UNIFIED_WEIGHTS = choice("indicator_weights", "unified")
UNIFIED = WEIGHTED_FOR.index("unified")
WEIGHTS = np.array(
    [[group.weights[kind] for group in indicators().values()] for kind in (*PARK_KINDS, "unified")]
)
"""Weights of the indicators: a row for each kind of park, and the unified set."""
LIMITING = tuple(group.limiting for group in indicators().values())
"""Whether a level needs the indicator at that level itself."""
LEAST = 0.02
"""Least ratio of an indicator that a share of what is possible defines."""


class Indices(NamedTuple):
    """What readings come to."""

    one: float
    """Composite index of level I, 0 to 100."""
    two: float
    three: float
    limiting: int
    """Best level that every limiting indicator reaches; below III where one reaches none."""


@behaviour
def own_facilities(enterprise: EnterpriseState) -> float:
    """Quality of facilities, in [0, 1]: half treatment kept in operation, half measurement,
    which automatic monitoring makes whole."""
    operation = 0.0
    for medium in range(N_MEDIA):
        operation += enterprise.effort[medium]
    measured = 1.0 if enterprise.monitored > 0 else enterprise.data_quality
    return 0.5 * operation / N_MEDIA + 0.5 * measured


@behaviour
def generated_ratio(enterprise: EnterpriseState, sector: SectorData, medium: int) -> float:
    """Equivalents generated for a medium over worst practice of the product mix."""
    own = 0.0
    worst = 0.0
    for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
        own += enterprise.intensity[flow] * sector.equivalent[flow]
        worst += sector.worst[flow] * sector.equivalent[flow]
    return own / (worst * enterprise.mix)


@behaviour
def true_indicators(enterprise: EnterpriseState, sector: SectorData, into: Numbers) -> None:
    """Fill in the indicators as they are; lower is better.

    Energy, water, generation of air, water and waste pollutants over worst practice of the
    product mix; what is not realised of the technology potential, of management, of the
    medium and high-cost techniques, and of facilities.
    """
    energy = sector.worst[ENERGY] * enterprise.mix
    into[ENERGY_INDICATOR] = enterprise.intensity[ENERGY] / energy
    water = sector.worst[FRESH_WATER] * enterprise.mix
    into[WATER_INDICATOR] = enterprise.intensity[FRESH_WATER] / water
    for medium in range(N_MEDIA):
        into[INDICATOR_OF_MEDIUM[medium]] = generated_ratio(enterprise, sector, medium)
    into[PROCESS_INDICATOR] = max(LEAST, 1.0 - enterprise.technology)
    into[MANAGEMENT_INDICATOR] = max(LEAST, 1.0 - management_quality(enterprise))
    into[INNOVATION_INDICATOR] = max(LEAST, 1.0 - enterprise.renewal)
    into[FACILITIES_INDICATOR] = max(LEAST, 1.0 - own_facilities(enterprise))


@behaviour
def weight(policy: PolicyLevers, park: ParkState, indicator: int) -> float:
    """Weight of an indicator: by park type, or one unified set."""
    unified = policy.indicator_weights == UNIFIED_WEIGHTS
    return float(WEIGHTS[UNIFIED if unified else park.kind, indicator])


@behaviour
def reached_share(seen: float, reference: float, spread: float) -> float:
    """Share of a group's indicators that reach a level: all where the group's ratio is at the
    reference, none ``spread`` above it (as a share of the reference)."""
    if seen <= reference:
        return 1.0
    if spread <= 0.0:
        return 0.0
    return max(0.0, 1.0 - (seen / reference - 1.0) / spread)


@behaviour
def composites(
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    readings: Numbers,
) -> Indices:
    """Composite index of each level, 100 times the weights of the indicators that reach its
    reference, and the best level that all limiting indicators reach."""
    one = 0.0
    two = 0.0
    three = 0.0
    limiting = LEVEL_I
    spread = behaviour.indicator_spread
    scale = park.reference_scale
    for indicator in range(N_INDICATORS):
        weighs = 100.0 * weight(policy, park, indicator)
        seen = readings[indicator]
        first = sector.reference[indicator, REFERENCE_I] * scale
        second = sector.reference[indicator, REFERENCE_II] * scale
        third = sector.reference[indicator, REFERENCE_III] * scale
        one += weighs * reached_share(seen, first, spread)
        two += weighs * reached_share(seen, second, spread)
        three += weighs * reached_share(seen, third, spread)
        if LIMITING[indicator]:
            reached = LEVEL_I if seen <= first else LEVEL_II if seen <= second else LEVEL_III
            limiting = max(limiting, reached if seen <= third else BELOW_III)
    return Indices(one, two, three, limiting)


@behaviour
def level_of(indices: Indices, behaviour: BehaviourParameters, limits_met: bool) -> int:
    """Level by the statutory rule: 1, 2, 3, or 4 for below III.

    Compliance with the discharge limits limits every level.
    """
    if not limits_met:
        return BELOW_III
    if indices.limiting <= LEVEL_I and indices.one >= behaviour.level_index:
        return LEVEL_I
    if indices.limiting <= LEVEL_II and indices.two >= behaviour.level_index:
        return LEVEL_II
    if indices.limiting <= LEVEL_III and indices.three >= behaviour.level_three_index:
        return LEVEL_III
    return BELOW_III


@behaviour
def score_of(indices: Indices) -> float:
    """Mean of the three composite indices, 0 to 100: finer than the level."""
    return (indices.one + indices.two + indices.three) / 3.0
