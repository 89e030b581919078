"""Whether an identified cleaner-production option is bought: value, felt cost, liquidity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleanpark.agents.abatement import best_plan, ratio_at, sanction_at, shadow_price, worth_of_load
from cleanpark.agents.behaviour import behaviour, decision, seldom
from cleanpark.agents.bits import first_option
from cleanpark.agents.carbon import grid_difference
from cleanpark.agents.draws import another_draw
from cleanpark.agents.elementary import exponential, logarithm
from cleanpark.agents.market import believed_energy_price
from cleanpark.agents.organics import worth_of_less_voc
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.plans import charge_of, plant_of, stakes_of
from cleanpark.agents.protocols import EnterpriseState, Options, ParkState, SectorData
from cleanpark.agents.standing import holds_good_level
from cleanpark.agents.state import (
    AIR,
    CARBON_DIOXIDE,
    END_FLOW,
    ENERGY,
    FIRST_FLOW,
    FRESH_WATER,
    VOC,
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
    removal,
    water_price,
    works_fee,
)
from cleanpark.scenarios.levers import levers

USUAL_INTEREST = float(levers()["interest_rate"].default)
"""Interest rate at which the hurdles that enterprises state were observed."""


class Hurdle(NamedTuple):
    """At what an enterprise discounts."""

    rate: float
    """yearly return it asks for, share"""
    force: float
    """ln(1 + rate): the same, compounded continuously; taken once for all options"""


@behaviour
def discounted(hurdle: Hurdle, years: float) -> float:
    """Present value of one unit a year over ``years`` at a hurdle rate."""
    if hurdle.rate <= 1e-6:  # below, rounding is larger than what discounting takes
        return years
    return (1.0 - exponential(-years * hurdle.force)) / hurdle.rate


@behaviour
def annuity(rate: float, years: float) -> float:
    """Present value of one unit a year over ``years`` at ``rate`` per year."""
    return discounted(Hurdle(rate, logarithm(1.0 + rate)), years)


@behaviour
def hurdle_rate(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Yearly return the enterprise asks for: its own at the usual interest rate, more where credit
    is dearer; knowledge, support and cheap credit lower it."""
    eased = behaviour.hurdle_knowledge * enterprise.knowledge
    eased += behaviour.hurdle_support * policy.technical_support
    rate = enterprise.hurdle * (1.0 - min(0.9, eased))
    dearer = policy.interest_rate - USUAL_INTEREST - policy.credit_discount
    rate += behaviour.credit_effect * dearer
    return max(rate, policy.interest_rate - policy.credit_discount + 0.01)


@behaviour
def hurdle_of(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> Hurdle:
    """The hurdle rate, ready to discount with."""
    rate = hurdle_rate(enterprise, policy, behaviour)
    return Hurdle(rate, logarithm(1.0 + rate))


class Relief(NamedTuple):
    """What less load of one medium is worth to an enterprise, 10,000 CNY."""

    generated: float
    """per equivalent less generated"""
    removable: float
    """further, per equivalent of it that treatment could have taken out"""
    sanctions: float
    """per year, if the limit were met: believed sanctions of the present plan"""
    excess: float
    """share by which the load is planned above the limit"""


class Worth(NamedTuple):
    """What using or generating less saves the enterprise, 10,000 CNY."""

    energy: float
    """per tce, with the carbon charge on what the grid's factor differs from the sector file's"""
    fresh_water: float
    """per m3"""
    carbon_dioxide: float
    """per t"""
    voc: float
    """per kg"""
    air: Relief
    water: Relief
    waste: Relief


@behaviour
def relief_of(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    medium: int,
) -> Relief:
    """What less load of a medium is worth: at the margin the derivative of the plan's cost, and
    where the plan is to exceed the limit, the sanctions that meeting it would end."""
    plant = plant_of(enterprise, sector, behaviour, medium)
    effort = enterprise.effort[medium]
    exceeds = enterprise.exceeds[medium]
    stake, bypass = stakes_of(enterprise, sector, policy, behaviour, park, medium)
    charge = charge_of(enterprise, policy, behaviour, medium)
    if policy.notice > 0.0:  # what is announced changes the plan
        effort, exceeds = best_plan(plant, charge, stake, bypass)
    if effort < plant.floor:
        stake = bypass
    ratio = ratio_at(plant, effort)
    if exceeds <= 0.5 or ratio <= 1.0:
        price = shadow_price(plant, charge, stake, effort, exceeds)
        return Relief(*worth_of_load(plant, effort, price), 0.0, 0.0)
    # the sanctions are counted as a whole below, so less load is worth its tax alone at the margin
    generated, removable = worth_of_load(plant, effort, charge.rate)
    believed = sanction_at(plant, stake, effort, ratio) + exceeds * stake.again
    return Relief(generated, removable, 4.0 * exceeds * believed, 1.0 - 1.0 / ratio)


@behaviour
def sanctions_avoided(
    sector: SectorData, relief: Relief, fit: float, option: int, medium: int
) -> float:
    """Believed sanctions a year that the option's smaller load avoids, 10,000 CNY."""
    if relief.excess <= 0.0:
        return 0.0
    saved = min(0.95, sector.saving[option, FIRST_FLOW[medium]] * fit)
    return relief.sanctions * min(1.0, saved / relief.excess)


@seldom
def worth_of_savings(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> Worth:
    """What using or generating one unit less saves the enterprise, 10,000 CNY."""
    water = water_price(enterprise, policy, behaviour) + works_fee(enterprise, sector, park)
    taxed = 1.0 - policy.energy_tax_relief * holds_good_level(enterprise, policy, park)
    energy = believed_energy_price(sector, policy, behaviour, park, enterprise.sector)
    energy += policy.energy_tax * CNY * taxed
    return Worth(
        energy + grid_difference(sector, policy) * policy.carbon_price * CNY,
        water,
        policy.carbon_price * CNY,
        worth_of_less_voc(enterprise, sector, policy, behaviour),
        relief_of(enterprise, sector, policy, behaviour, park, AIR),
        relief_of(enterprise, sector, policy, behaviour, park, WATER),
        relief_of(enterprise, sector, policy, behaviour, park, WASTE),
    )


@behaviour
def less_used(
    enterprise: EnterpriseState, sector: SectorData, fit: float, option: int, flow: int
) -> float:
    """What the option saves of a flow per unit of output, in the flow's unit."""
    return min(0.95, sector.saving[option, flow] * fit) * enterprise.intensity[flow]


@behaviour
def worth_of_less(
    enterprise: EnterpriseState,
    sector: SectorData,
    relief: Relief,
    fit: float,
    option: int,
    medium: int,
) -> float:
    """What the option's smaller load of a medium is worth per unit of output, 10,000 CNY."""
    worth = 0.0
    for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
        less = less_used(enterprise, sector, fit, option, flow) * sector.equivalent[flow]
        worth += less * (relief.generated + removal(enterprise, sector, flow) * relief.removable)
    return worth


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
    if worth.voc > 0.0:
        value += less_used(enterprise, sector, fit, option, VOC) * worth.voc
    value += worth_of_less(enterprise, sector, worth.air, fit, option, AIR)
    value += worth_of_less(enterprise, sector, worth.water, fit, option, WATER)
    value += worth_of_less(enterprise, sector, worth.waste, fit, option, WASTE)
    value += sector.material_saving[option] * fit - sector.running_cost[option]
    value *= 4.0 * enterprise.output
    value += sanctions_avoided(sector, worth.air, fit, option, AIR)
    value += sanctions_avoided(sector, worth.water, fit, option, WATER)
    return value + sanctions_avoided(sector, worth.waste, fit, option, WASTE)


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
def net_value(value: float, cost: float, hurdle: Hurdle, years: float) -> float:
    """Net present value of what an option saves a year, 10,000 CNY; not above zero for certain
    where it would not earn the hurdle rate even if it lasted for ever."""
    if value <= cost * hurdle.rate:
        return value - cost * hurdle.rate
    return discounted(hurdle, years) * value - cost


@behaviour
def liking(enterprise: EnterpriseState, option: int) -> float:
    """Log-odds of what the enterprise thinks of an option beside money: logistic over enterprises
    and options, and the same whenever it looks again."""
    uniform = max(1e-9, another_draw(enterprise.taste, option))
    return logarithm(uniform / (1.0 - min(uniform, 1.0 - 1e-9)))


@behaviour
def felt_cost(paid: float, like: float, behaviour: BehaviourParameters) -> float:
    """What an option's cost weighs against the present value of what it saves, 10,000 CNY.

    An option is bought where that value is larger, so that over enterprises the log-odds of
    adoption are ``sensitivity (ln(annuity x saving) - salience ln(cost) + constant)``: cost weighs
    1.4 times as much as saving (Anderson and Newell 2004). At the reference cost, and on average,
    it feels like what it is.
    """
    if paid <= 0.0:
        return 0.0
    weight = (behaviour.cost_salience - 1.0) * logarithm(paid / behaviour.reference_cost)
    return paid * exponential(weight - like / behaviour.adoption_sensitivity)


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
    hurdle: Hurdle,
    option: int,
) -> float:
    """Net present value of an option at the enterprise's hurdle rate and against what its cost
    feels like, 10,000 CNY; zero for one that cannot be bought yet."""
    if not is_offered(sector, policy, park, option):
        return 0.0
    yearly = yearly_value(enterprise, sector, policy, behaviour, worth, option)
    paid = paid_investment(enterprise, sector, policy, option)
    if yearly <= 0.0:
        return yearly
    felt = felt_cost(paid, liking(enterprise, option), behaviour)
    return net_value(yearly, felt, hurdle, sector.life[option])


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
    worth = worth_of_savings(enterprise, sector, policy, behaviour, park)
    hurdle = hurdle_of(enterprise, policy, behaviour)
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
    worth = worth_of_savings(enterprise, sector, policy, behaviour, park)
    hurdle = hurdle_of(enterprise, policy, behaviour)
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
