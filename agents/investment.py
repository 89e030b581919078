"""Whether an identified cleaner-production option is bought: net present value and liquidity."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from cleanpark.agents.behaviour import behaviour, decision, seldom
from cleanpark.agents.bits import first_option
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, Options, ParkState, SectorData
from cleanpark.agents.state import (
    AIR,
    CARBON_DIOXIDE,
    END_FLOW,
    ENERGY,
    FIRST_FLOW,
    FRESH_WATER,
    N_MEDIA,
    WASTE,
    WATER,
)
from cleanpark.agents.technology import (
    EQUIPMENT,
    NO_OPTIONS,
    RECYCLING,
    is_offered,
    suitability,
    with_option,
    without_first,
    without_option,
)
from cleanpark.agents.treatment import (
    CNY,
    fine_for,
    tax_rate,
    treatment_slope,
)


@behaviour
def annuity(rate: float, years: float) -> float:
    """Present value of one unit a year over ``years`` at ``rate`` per year."""
    if rate <= 1e-6:  # below, rounding is larger than what discounting takes
        return years
    return (1.0 - math.exp(-years * math.log(1.0 + rate))) / rate


@behaviour
def hurdle_rate(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Yearly return the enterprise asks for; knowledge, support and cheap credit lower it."""
    eased = behaviour.hurdle_knowledge * enterprise.knowledge
    eased += behaviour.hurdle_support * policy.technical_support
    rate = enterprise.hurdle * (1.0 - min(0.9, eased))
    rate -= behaviour.credit_effect * policy.credit_discount
    return max(rate, policy.interest_rate - policy.credit_discount + 0.01)


@behaviour
def worth_of_equivalent(
    enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers, medium: int
) -> float:
    """What not generating one equivalent saves: treatment and tax, 10,000 CNY."""
    effort = enterprise.effort[medium]
    slope = treatment_slope(enterprise, sector, medium)
    removal = sector.removal[FIRST_FLOW[medium]]
    treated = 0.5 * slope * removal * effort * effort
    share = enterprise.reported_share[medium]
    return treated + tax_rate(enterprise, policy, medium) * share * (1.0 - removal * effort)


@behaviour
def penalty_avoided(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    fit: float,
    option: int,
    medium: int,
) -> float:
    """Believed penalties a year that the option's smaller load avoids, 10,000 CNY."""
    ratio = enterprise.ratio[medium]
    if ratio <= 1.0:
        return 0.0
    saved = min(0.95, sector.saving[option, FIRST_FLOW[medium]] * fit)
    closes = min(1.0, saved / (1.0 - 1.0 / ratio))
    return 4.0 * enterprise.belief * fine_for(enterprise, policy, behaviour, ratio) * closes


class Worth(NamedTuple):
    """What using or generating one unit less saves the enterprise, 10,000 CNY."""

    energy: float
    """per tce"""
    fresh_water: float
    """per m3"""
    carbon_dioxide: float
    """per t"""
    air: float
    """per equivalent generated, as the two below"""
    water: float
    waste: float


@behaviour
def worth_of_savings(
    enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers, park: ParkState
) -> Worth:
    """What using or generating one unit less saves the enterprise, 10,000 CNY."""
    return Worth(
        park.energy_price + policy.energy_tax * CNY,
        policy.water_price * CNY,
        policy.carbon_price * CNY,
        worth_of_equivalent(enterprise, sector, policy, AIR),
        worth_of_equivalent(enterprise, sector, policy, WATER),
        worth_of_equivalent(enterprise, sector, policy, WASTE),
    )


@behaviour
def less_used(
    enterprise: EnterpriseState, sector: SectorData, fit: float, option: int, flow: int
) -> float:
    """What the option saves of a flow per unit of output, in the flow's unit."""
    return min(0.95, sector.saving[option, flow] * fit) * enterprise.intensity[flow]


@behaviour
def less_generated(
    enterprise: EnterpriseState, sector: SectorData, fit: float, option: int, medium: int
) -> float:
    """Equivalents of a medium that the option keeps from being generated, per unit of output."""
    less = 0.0
    for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
        less += less_used(enterprise, sector, fit, option, flow) * sector.equivalent[flow]
    return less


@behaviour
def yearly_value(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    worth: Worth,
    option: int,
) -> float:
    """What an option saves a year in the enterprise's eyes, 10,000 CNY: energy, water, carbon
    charge, treatment, tax, believed penalties and material, less its running cost.

    ``worth`` is what one unit less is worth, from :func:`worth_of_savings`.
    """
    fit = suitability(enterprise, behaviour, option)
    value = less_used(enterprise, sector, fit, option, ENERGY) * worth.energy
    value += less_used(enterprise, sector, fit, option, FRESH_WATER) * worth.fresh_water
    value += less_used(enterprise, sector, fit, option, CARBON_DIOXIDE) * worth.carbon_dioxide
    value += less_generated(enterprise, sector, fit, option, AIR) * worth.air
    value += less_generated(enterprise, sector, fit, option, WATER) * worth.water
    value += less_generated(enterprise, sector, fit, option, WASTE) * worth.waste
    value += sector.material_saving[option] * fit - sector.running_cost[option]
    value *= 4.0 * enterprise.output
    for medium in range(N_MEDIA):
        value += penalty_avoided(enterprise, sector, policy, behaviour, fit, option, medium)
    return value


@behaviour
def is_equipment(sector: SectorData, option: int) -> bool:
    """Whether the option is equipment, recycling equipment included."""
    return sector.option_kind[option] in (EQUIPMENT, RECYCLING)


@behaviour
def support_share(sector: SectorData, policy: PolicyLevers, option: int) -> float:
    """Share of the investment that subsidy and tax credit carry, at most 90 %.

    Subsidies go to medium and high-cost options; the credit of the Enterprise Income Tax Law's
    Article 34 to listed equipment.
    """
    share = 0.0
    if sector.low_cost[option] == 0:
        share += policy.option_subsidy
        if is_equipment(sector, option):
            share += policy.investment_credit
    return min(0.9, share)


@behaviour
def investment(enterprise: EnterpriseState, sector: SectorData, option: int) -> float:
    """Investment in an option before support, 10,000 CNY."""
    return sector.investment[option] * 4.0 * enterprise.output


@behaviour
def paid_investment(
    enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers, option: int
) -> float:
    """What the enterprise itself pays for an option, 10,000 CNY."""
    return investment(enterprise, sector, option) * (1.0 - support_share(sector, policy, option))


@behaviour
def net_value(value: float, cost: float, hurdle: float, years: float) -> float:
    """Net present value of what an option saves a year, 10,000 CNY; not above zero for certain
    where it would not earn the hurdle rate even if it lasted for ever."""
    if value <= cost * hurdle:
        return value - cost * hurdle
    return annuity(hurdle, years) * value - cost


@behaviour
def credit_line(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> float:
    """What banks lend against output, 10,000 CNY."""
    return behaviour.credit_share * 4.0 * enterprise.output


@behaviour
def worth_buying(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    worth: Worth,
    hurdle: float,
    option: int,
) -> float:
    """Net present value of an option at the enterprise's hurdle rate, 10,000 CNY; zero for one
    that cannot be bought yet.

    Enterprises respond 40 % more to what they pay than to what they save (Anderson and Newell
    2004).
    """
    if not is_offered(sector, policy, park, option):
        return 0.0
    yearly = yearly_value(enterprise, sector, policy, behaviour, worth, option)
    paid = paid_investment(enterprise, sector, policy, option)
    return net_value(yearly, behaviour.cost_salience * paid, hurdle, sector.life[option])


@seldom
def best_within(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    candidates: Options,
    budget: float,
) -> Options:
    """The bit set of those candidates that a budget (10,000 CNY) buys, taken by their net present
    value for what the enterprise pays; all are worth buying."""
    worth = worth_of_savings(enterprise, sector, policy, park)
    hurdle = hurdle_rate(enterprise, policy, behaviour)
    chosen = NO_OPTIONS
    while candidates != NO_OPTIONS:
        best = first_option(candidates)
        best_ratio = -1.0
        best_paid = 0.0
        left = candidates
        while left != NO_OPTIONS:
            option = first_option(left)
            left = without_first(left)
            value = worth_buying(enterprise, sector, policy, behaviour, park, worth, hurdle, option)
            paid = paid_investment(enterprise, sector, policy, option)
            ratio = value / max(paid, 1e-9)
            if ratio > best_ratio:
                best = option
                best_ratio = ratio
                best_paid = paid
        candidates = without_option(candidates, best)
        if best_paid <= budget:
            chosen = with_option(chosen, best)
            budget -= best_paid
    return chosen


@decision
def choose_options(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> Options:
    """The bit set of identified options the enterprise buys now: all that are worth buying, or
    where cash and credit do not reach, the best value for money first."""
    worth = worth_of_savings(enterprise, sector, policy, park)
    hurdle = hurdle_rate(enterprise, policy, behaviour)
    budget = enterprise.cash + credit_line(enterprise, behaviour)
    left = np.uint64(enterprise.identified) & ~np.uint64(enterprise.implemented)
    wanted = NO_OPTIONS
    price = 0.0
    while left != NO_OPTIONS:
        option = first_option(left)
        left = without_first(left)
        if worth_buying(enterprise, sector, policy, behaviour, park, worth, hurdle, option) > 0.0:
            wanted = with_option(wanted, option)
            price += paid_investment(enterprise, sector, policy, option)
    if price <= budget:
        return wanted
    return best_within(enterprise, sector, policy, behaviour, park, wanted, budget)
