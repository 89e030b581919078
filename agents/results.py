"""What the result of an audit is worth to an enterprise, and which options it buys to get there.

A result brings money while it stands: an award, part of the income tax, relief from the energy
tax; a poor one costs a penalty; published, either moves buyers. Before an audit is evaluated the
enterprise reckons at which level it stands, what each better level would bring with which chance,
and what the cheapest bundle of options that reaches it falls short of paying for itself.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.bits import first_option
from cleanpark.agents.elementary import exponential, logarithm
from cleanpark.agents.inspection import is_violating
from cleanpark.agents.investment import (
    Hurdle,
    Worth,
    discounted,
    hurdle_of,
    paid_investment,
    worth_of_savings,
    yearly_value,
)
from cleanpark.agents.levels import (
    LIMITING,
    composites,
    level_of,
    true_indicators,
    weight,
)
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import (
    EnterpriseState,
    Numbers,
    Options,
    ParkState,
    SectorData,
)
from cleanpark.agents.readings import reading_spread
from cleanpark.agents.standing import standing
from cleanpark.agents.state import (
    BELOW_III,
    END_FLOW,
    ENERGY,
    ENERGY_INDICATOR,
    FIRST_FLOW,
    FRESH_WATER,
    INDICATOR_OF_MEDIUM,
    INNOVATION_INDICATOR,
    LEVEL_I,
    LEVEL_II,
    LEVEL_III,
    N_INDICATORS,
    N_MEDIA,
    PROCESS_INDICATOR,
    WATER_INDICATOR,
)
from cleanpark.agents.technology import (
    NO_OPTIONS,
    is_offered,
    refresh_technology,
    saved_share,
    with_option,
    without_first,
)
from cleanpark.agents.treatment import CNY

LOGISTIC = math.pi / math.sqrt(3.0)
"""Standard deviation of the standard logistic distribution."""
FARTHEST = 50.0
"""Log-odds beyond which a chance is as good as certain."""


@behaviour
def at_stake(policy: PolicyLevers) -> bool:
    """Whether anything depends on the result of an audit."""
    rewards = policy.level_award + policy.income_tax_reduction
    rewards += policy.energy_tax_relief * policy.energy_tax
    return rewards + policy.poor_audit_penalty + policy.results_published > 0.0


@behaviour
def believed_profit(enterprise: EnterpriseState) -> float:
    """Profit a year before income tax, 10,000 CNY: as in the last quarter."""
    return 4.0 * max(0.0, enterprise.profit)


@behaviour
def yearly_relief(enterprise: EnterpriseState, policy: PolicyLevers) -> float:
    """Income tax waived and energy tax spared in a year at level I, 10,000 CNY."""
    waived = policy.income_tax_reduction * policy.income_tax_rate * believed_profit(enterprise)
    used = 4.0 * enterprise.output * enterprise.intensity[ENERGY]
    return waived + policy.energy_tax_relief * policy.energy_tax * CNY * used


@behaviour
def reputation(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, level: int
) -> float:
    """What a published result is worth with buyers and banks, 10,000 CNY: a level I as much as
    missing level III costs."""
    moved = -1.0 if level == BELOW_III else standing(level)
    return moved * policy.results_published * behaviour.result_reputation * 4.0 * enterprise.output


@behaviour
def worth_of_level(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    level: int,
) -> float:
    """What a result brings while it stands, one audit interval, at the enterprise's own hurdle
    rate, 10,000 CNY; negative for one that is punished."""
    worth = standing(level) * policy.level_award + reputation(enterprise, policy, behaviour, level)
    if level == BELOW_III:
        return worth - policy.poor_audit_penalty
    yearly = standing(level) * yearly_relief(enterprise, policy)
    if yearly <= 0.0:
        return worth
    hurdle = hurdle_of(enterprise, policy, behaviour)
    return worth + yearly * discounted(hurdle, policy.audit_interval / 4.0)


@behaviour
def level_by(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    readings: Numbers,
) -> int:
    """Level that exact readings would give an enterprise within its limits; fills them in."""
    true_indicators(enterprise, sector, readings)
    return level_of(composites(sector, policy, behaviour, park, readings), behaviour, True)


@seldom
def own_level(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> int:
    """Level at which the enterprise sees itself."""
    if is_violating(enterprise):
        return BELOW_III
    return level_by(enterprise, sector, policy, behaviour, park, np.zeros(N_INDICATORS))


@behaviour
def chance_of(margin: float, spread: float) -> float:
    """Probability that readings with this spread, in logarithms, give a level from which the
    truth lies ``margin`` away; certain where readings are exact."""
    if spread <= 1e-9:
        return 1.0 if margin >= 0.0 else 0.0
    odds = min(FARTHEST, max(-FARTHEST, LOGISTIC * margin / spread))
    return 1.0 / (1.0 + exponential(-odds))


@behaviour
def margin_of(
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    readings: Numbers,
    level: int,
) -> float:
    """How far the weakest of what a level needs lies beyond it, in logarithms."""
    indices = composites(sector, policy, behaviour, park, readings)
    index = indices.one if level == LEVEL_I else indices.two
    needed = behaviour.level_index
    if level == LEVEL_III:
        index = indices.three
        needed = behaviour.level_three_index
    margin = logarithm(max(index, 1e-9) / needed)
    for indicator in range(N_INDICATORS):
        if LIMITING[indicator]:
            reference = sector.reference[indicator, level - 1] * park.reference_scale
            margin = min(margin, logarithm(reference / max(readings[indicator], 1e-9)))
    return margin


class Aim(NamedTuple):
    """A level aimed at, and by what the enterprise reckons on the way."""

    level: int
    worth: Worth
    """of using and generating less"""
    hurdle: Hurdle
    """per year"""
    budget: float
    """10,000 CNY"""


class Bundle(NamedTuple):
    """Options that reach a level."""

    options: Options
    """all that would be implemented; as now where the level is out of reach"""
    shortfall: float
    """what the bundle falls short of paying for itself, 10,000 CNY"""
    chance: float
    """believed probability of the level"""


@behaviour
def shortfall_of(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    worth: Worth,
    hurdle: Hurdle,
    option: int,
) -> float:
    """What an option falls short of paying for itself at the hurdle rate, 10,000 CNY."""
    yearly = yearly_value(enterprise, sector, policy, behaviour, worth, option)
    paid = paid_investment(enterprise, sector, policy, option)
    return max(0.0, paid - discounted(hurdle, sector.life[option]) * yearly)


@behaviour
def lessens(
    enterprise: EnterpriseState,
    sector: SectorData,
    behaviour: BehaviourParameters,
    readings: Numbers,
    option: int,
    indicator: int,
) -> float:
    """By how much an option lessens an indicator, about."""
    if indicator == PROCESS_INDICATOR:
        return sector.option_weight[option]
    if indicator == INNOVATION_INDICATOR:
        return sector.technique_weight[option]
    if indicator == ENERGY_INDICATOR:
        return readings[indicator] * saved_share(enterprise, sector, behaviour, option, ENERGY)
    if indicator == WATER_INDICATOR:
        return readings[indicator] * saved_share(enterprise, sector, behaviour, option, FRESH_WATER)
    for medium in range(N_MEDIA):
        if INDICATOR_OF_MEDIUM[medium] == indicator:
            less = 0.0
            of = 0.0
            for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
                load = enterprise.intensity[flow] * sector.equivalent[flow]
                of += load
                less += load * saved_share(enterprise, sector, behaviour, option, flow)
            return readings[indicator] * less / of
    return 0.0


@behaviour
def score_gained(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    readings: Numbers,
    level: int,
    option: int,
) -> float:
    """Score that an option gains towards a level: the weights of the indicators that miss it, by
    the share of the gap that the option closes; a limiting one counts in full, since nothing
    makes up for it."""
    gained = 0.0
    for indicator in range(N_INDICATORS):
        reference = sector.reference[indicator, level - 1] * park.reference_scale
        gap = readings[indicator] - reference
        if gap > 0.0:
            weighs = 1.0 if LIMITING[indicator] else weight(policy, park, indicator)
            less = lessens(enterprise, sector, behaviour, readings, option, indicator)
            gained += weighs * min(1.0, less / gap)
    return gained


@behaviour
def put_on(
    enterprise: EnterpriseState,
    sector: SectorData,
    behaviour: BehaviourParameters,
    options: Options,
) -> None:
    """Let the enterprise be as it would be with these options."""
    enterprise.implemented = np.uint64(options)
    refresh_technology(enterprise, sector, behaviour)


@behaviour
def offered_open(
    enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers, park: ParkState
) -> Options:
    """The bit set of options that are known, on the market and not implemented."""
    left = np.uint64(enterprise.identified) & ~np.uint64(enterprise.implemented)
    found = NO_OPTIONS
    while left != NO_OPTIONS:
        option = first_option(left)
        left = without_first(left)
        if is_offered(sector, policy, park, option):
            found = with_option(found, option)
    return found


@seldom
def best_step(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    readings: Numbers,
    aim: Aim,
    left: Options,
) -> int:
    """The option within the budget that gains most score for what it falls short of paying for
    itself; -1 where none gains any."""
    best = -1
    best_rate = 0.0
    while left != NO_OPTIONS:
        option = first_option(left)
        left = without_first(left)
        paid = paid_investment(enterprise, sector, policy, option)
        if paid > aim.budget:
            continue
        gained = score_gained(
            enterprise, sector, policy, behaviour, park, readings, aim.level, option
        )
        short = shortfall_of(enterprise, sector, policy, behaviour, aim.worth, aim.hurdle, option)
        rate = gained / (short + 1e-6 * (paid + 1.0))
        if gained > 0.0 and rate > best_rate:
            best = option
            best_rate = rate
    return best


@seldom
def cheapest_bundle(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    aim: Aim,
    left: Options,
) -> Bundle:
    """Options taken one after another by :func:`best_step` until the level is reached; nothing
    where all that is known and affordable do not reach it. The enterprise stays as it is."""
    held = np.uint64(enterprise.implemented)
    readings = np.zeros(N_INDICATORS)
    put_on(enterprise, sector, behaviour, held | np.uint64(left))
    reached = level_by(enterprise, sector, policy, behaviour, park, readings) <= aim.level
    put_on(enterprise, sector, behaviour, held)
    chosen = held
    short = 0.0
    if reached:
        reached = level_by(enterprise, sector, policy, behaviour, park, readings) <= aim.level
        while not reached:
            option = best_step(
                enterprise, sector, policy, behaviour, park, readings, aim, left & ~chosen
            )
            if option < 0:
                break
            short += shortfall_of(
                enterprise, sector, policy, behaviour, aim.worth, aim.hurdle, option
            )
            paid = paid_investment(enterprise, sector, policy, option)
            aim = Aim(aim.level, aim.worth, aim.hurdle, aim.budget - paid)
            chosen = with_option(chosen, option)
            put_on(enterprise, sector, behaviour, chosen)
            reached = level_by(enterprise, sector, policy, behaviour, park, readings) <= aim.level
        put_on(enterprise, sector, behaviour, held)
    if not reached:
        return Bundle(held, 0.0, 0.0)
    margin = margin_of(sector, policy, behaviour, park, readings, aim.level)
    chance = chance_of(margin, reading_spread(enterprise, policy, behaviour))
    return Bundle(chosen, short, chance)


class Improvement(NamedTuple):
    """What an enterprise could do for a better result."""

    options: Options
    """further options bought for it"""
    gain: float
    """what the result is believed to bring beyond what they fall short of paying for themselves,
    10,000 CNY"""


@seldom
def best_improvement(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    budget: float,
) -> Improvement:
    """The bundle of known options whose level brings most beyond what it falls short of paying
    for itself; nothing where none brings any.

    A level is looked into only where it would bring more than the best found so far.
    """
    nothing = Improvement(NO_OPTIONS, 0.0)
    if not at_stake(policy) or is_violating(enterprise):
        return nothing
    left = offered_open(enterprise, sector, policy, park)
    if left == NO_OPTIONS:
        return nothing
    held = np.uint64(enterprise.implemented)
    now = own_level(enterprise, sector, policy, behaviour, park)
    stands = worth_of_level(enterprise, policy, behaviour, park, now)
    worth = worth_of_savings(enterprise, sector, policy, behaviour, park)
    hurdle = hurdle_of(enterprise, policy, behaviour)
    chosen = held
    most = 0.0
    for level in (LEVEL_I, LEVEL_II, LEVEL_III):
        brings = worth_of_level(enterprise, policy, behaviour, park, level) - stands
        if level < now and brings > most:
            aim = Aim(level, worth, hurdle, budget)
            bundle = cheapest_bundle(enterprise, sector, policy, behaviour, park, aim, left)
            net = bundle.chance * brings - bundle.shortfall
            if net > most:
                most = net
                chosen = np.uint64(bundle.options)
    return Improvement(chosen & ~held, most)


@behaviour
def options_for_level(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    budget: float,
) -> Options:
    """The bit set of further options bought for a better result of the audit under way."""
    return best_improvement(enterprise, sector, policy, behaviour, park, budget).options
