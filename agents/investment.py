"""Whether an identified cleaner-production option is bought: net present value and liquidity."""

from __future__ import annotations

import math
from typing import Any

from cleanpark.agents.behaviour import behaviour, decision
from cleanpark.agents.state import AIR, N_MEDIA, WASTE
from cleanpark.agents.technology import (
    EQUIPMENT,
    NO_OPTIONS,
    has_option,
    is_offered,
    saved_share,
    suitability,
    with_option,
)
from cleanpark.agents.treatment import (
    CNY,
    END_FLOW,
    FIRST_FLOW,
    fine_for,
    tax_rate,
    treatment_slope,
)


@behaviour
def annuity(rate: float, years: float) -> float:
    """Present value of one unit a year over ``years`` at ``rate`` per year."""
    if rate <= 1e-9:
        return years
    return (1.0 - math.exp(-years * math.log(1.0 + rate))) / rate


@behaviour
def energy_price(policy: Any, park: Any) -> float:
    """Price of energy this quarter, 10,000 CNY per tce, before energy tax."""
    growth = math.exp(math.log(1.0 + policy.energy_price_growth) * park.quarter / 4.0)
    return policy.energy_price * CNY * growth


@behaviour
def hurdle_rate(enterprise: Any, policy: Any, behaviour: Any) -> float:
    """Yearly return the enterprise asks for; knowledge, support and cheap credit lower it."""
    eased = behaviour.hurdle_knowledge * enterprise.knowledge
    eased += behaviour.hurdle_support * policy.technical_support
    rate = enterprise.hurdle * (1.0 - min(0.9, eased))
    rate -= behaviour.credit_effect * policy.credit_discount
    return max(rate, policy.interest_rate - policy.credit_discount + 0.01)


@behaviour
def worth_of_equivalent(enterprise: Any, sector: Any, policy: Any, medium: int) -> float:
    """What not generating one equivalent saves: treatment and tax, 10,000 CNY."""
    effort = enterprise.effort[medium]
    slope = treatment_slope(enterprise, sector, medium)
    removal = sector.removal[FIRST_FLOW[medium]]
    treated = 0.5 * slope * removal * effort * effort
    share = enterprise.reported_share[medium]
    return treated + tax_rate(enterprise, policy, medium) * share * (1.0 - removal * effort)


@behaviour
def penalty_avoided(
    enterprise: Any,
    sector: Any,
    policy: Any,
    behaviour: Any,
    option: int,
    medium: int,
) -> float:
    """Believed penalties a year that the option's smaller load avoids, 10,000 CNY."""
    ratio = enterprise.ratio[medium]
    if ratio <= 1.0:
        return 0.0
    saved = saved_share(enterprise, sector, behaviour, option, FIRST_FLOW[medium])
    closes = min(1.0, saved / (1.0 - 1.0 / ratio))
    return 4.0 * enterprise.belief * fine_for(enterprise, policy, behaviour, ratio) * closes


@behaviour
def yearly_value(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, option: int
) -> float:
    """What an option saves a year in the enterprise's eyes, 10,000 CNY: energy, water, carbon
    charge, treatment, tax, believed penalties and material, less its running cost."""
    yearly = 4.0 * enterprise.output
    saving = sector.saving
    fit = suitability(enterprise, behaviour, option)
    price = energy_price(policy, park) + policy.energy_tax * CNY
    value = min(0.95, saving[option, 0] * fit) * enterprise.intensity[0] * price
    value += (
        min(0.95, saving[option, 1] * fit) * enterprise.intensity[1] * (policy.water_price * CNY)
    )
    value += (
        min(0.95, saving[option, 9] * fit) * enterprise.intensity[9] * (policy.carbon_price * CNY)
    )
    for medium in range(AIR, WASTE + 1):
        less = 0.0
        for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
            less += (
                min(0.95, saving[option, flow] * fit)
                * enterprise.intensity[flow]
                * sector.equivalent[flow]
            )
        if less > 0.0:
            value += less * worth_of_equivalent(enterprise, sector, policy, medium)
    value += sector.material_saving[option] * fit - sector.running_cost[option]
    value *= yearly
    for medium in range(N_MEDIA):
        value += penalty_avoided(enterprise, sector, policy, behaviour, option, medium)
    return value


@behaviour
def support_share(sector: Any, policy: Any, option: int) -> float:
    """Share of the investment that subsidy and tax credit carry, at most 90 %.

    Subsidies go to medium and high-cost options; the credit of the Enterprise Income Tax Law's
    Article 34 to listed equipment.
    """
    share = 0.0
    if sector.low_cost[option] == 0:
        share += policy.option_subsidy
        if sector.option_kind[option] >= EQUIPMENT:
            share += policy.investment_credit
    return min(0.9, share)


@behaviour
def investment(enterprise: Any, sector: Any, option: int) -> float:
    """Investment in an option before support, 10,000 CNY."""
    return sector.investment[option] * 4.0 * enterprise.output


@behaviour
def net_value(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, option: int
) -> float:
    """Net present value of an option in the enterprise's eyes, 10,000 CNY.

    The factor on cost is the finding that enterprises respond 40 % more to what they pay than
    to what they save (Anderson and Newell 2004).
    """
    value = yearly_value(enterprise, sector, policy, behaviour, park, option)
    factor = annuity(hurdle_rate(enterprise, policy, behaviour), sector.life[option])
    paid = investment(enterprise, sector, option) * (1.0 - support_share(sector, policy, option))
    return factor * value - behaviour.cost_salience * paid


@behaviour
def credit_line(enterprise: Any, behaviour: Any) -> float:
    """What banks lend against output, 10,000 CNY."""
    return behaviour.credit_share * 4.0 * enterprise.output


@decision
def choose_options(enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any) -> Any:
    """The bit set of identified options the enterprise buys now: by value for money while cash
    and credit last."""
    chosen = NO_OPTIONS
    budget = enterprise.cash + credit_line(enterprise, behaviour)
    open_options = enterprise.identified & ~enterprise.implemented
    refused = NO_OPTIONS
    while True:
        best = -1
        best_ratio = 0.0
        best_paid = 0.0
        for option in range(sector.options):
            if not has_option(open_options, option):
                continue
            if has_option(refused, option) or not is_offered(sector, policy, park, option):
                continue
            value = net_value(enterprise, sector, policy, behaviour, park, option)
            if value <= 0.0:
                refused = with_option(refused, option)
                continue
            paid = investment(enterprise, sector, option)
            paid *= 1.0 - support_share(sector, policy, option)
            ratio = value / max(paid, 1e-9)
            if ratio > best_ratio:
                best = option
                best_ratio = ratio
                best_paid = paid
        if best < 0:
            return chosen
        refused = with_option(refused, best)
        if best_paid <= budget:
            chosen = with_option(chosen, best)
            budget -= best_paid
