"""What an enterprise pays and earns in a quarter, and the change of tenant on a site."""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.carbon import allowance, carbon_intensity
from cleanpark.agents.elementary import logarithm
from cleanpark.agents.growth import unit_cost
from cleanpark.agents.market import energy_over_fuel
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, ParkState, SectorData
from cleanpark.agents.standing import holds_good_level
from cleanpark.agents.state import (
    END_FLOW,
    ENERGY,
    FIRST_FLOW,
    FRESH_WATER,
    N_MEDIA,
    NEVER,
    WATER,
)
from cleanpark.agents.statements import (
    after_tax,
    deductible_costs,
    environmental_costs,
    investment,
    receipts,
    support,
    turnover,
)
from cleanpark.agents.technology import (
    has_option,
    no_options,
    refresh_technology,
    with_option,
)
from cleanpark.agents.treatment import (
    CNY,
    discharge,
    ordinary_fixed_cost,
    production,
    to_works,
    water_price,
    works_fee,
)
from cleanpark.scenarios.levers import choice

MONITORED_BY_AUTHORITY = choice("monitoring_payment", "authority")


@behaviour
def pay_resources(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> None:
    """Sales, materials, energy, water, works fee, running cost of options."""
    made = production(enterprise)
    paid = enterprise.paid
    paid.sales += made * park.price[enterprise.sector]
    paid.materials += made * max(0.0, enterprise.other_cost - enterprise.material_saving)
    paid.energy += made * enterprise.intensity[ENERGY] * park.energy_price[enterprise.sector]
    used = made * enterprise.intensity[FRESH_WATER]
    paid.water += used * water_price(enterprise, policy, behaviour)
    paid.works_fee += used * works_fee(enterprise, sector, park)
    paid.option_running += made * enterprise.option_running


@behaviour
def pay_charges(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> None:
    """Energy tax less its relief, carbon charge (what is received where free allowances are left
    over to sell), monitoring, interest on debt."""
    made = production(enterprise)
    paid = enterprise.paid
    relief = policy.energy_tax_relief * holds_good_level(enterprise, policy, park)
    energy = made * enterprise.intensity[ENERGY]
    paid.energy_tax += energy * policy.energy_tax * CNY * (1.0 - relief)
    carbon = carbon_intensity(enterprise, sector, policy) - allowance(enterprise, sector, policy)
    paid.carbon_charge += made * carbon * policy.carbon_price * CNY
    if enterprise.monitored > 0:
        if policy.monitoring_payment == MONITORED_BY_AUTHORITY:
            park.paid.public_monitoring += behaviour.monitoring_cost
        else:
            paid.monitoring += behaviour.monitoring_cost
    if enterprise.cash < 0.0:
        rate = max(0.0, policy.interest_rate - policy.credit_discount)
        paid.interest -= enterprise.cash * rate / 4.0


@behaviour
def profit_before_tax(enterprise: EnterpriseState) -> float:
    """Profit of the quarter before income tax, 10,000 CNY; investment counts over time as
    depreciation elsewhere, so it is left out; fines are not deductible."""
    return enterprise.paid.sales - deductible_costs(enterprise.paid)


@behaviour
def settle(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> None:
    """Book the quarter and change cash by exactly what was booked."""
    pay_resources(enterprise, sector, policy, behaviour, park)
    pay_charges(enterprise, sector, policy, behaviour, park)
    paid = enterprise.paid
    profit = profit_before_tax(enterprise)
    enterprise.profit = profit
    waived = policy.income_tax_reduction * holds_good_level(enterprise, policy, park)
    paid.income_tax += max(0.0, profit) * policy.income_tax_rate * (1.0 - waived)
    left = after_tax(profit, paid) - investment(paid)
    if left > 0.0 and enterprise.cash > 0.0:
        paid.dividends += left * behaviour.payout
    enterprise.cash += net_receipt(enterprise)
    enterprise.log_cost = logarithm(unit_cost(enterprise))
    if production(enterprise) > 0.0:  # one that stands still is no measure for its sector
        park.cost_sum[enterprise.sector] += enterprise.log_cost
        park.cost_count[enterprise.sector] += 1.0
    if to_works(enterprise, WATER):
        for flow in range(FIRST_FLOW[WATER], END_FLOW[WATER]):
            park.works_load[flow] += discharge(enterprise, sector, flow, WATER)


@behaviour
def burden(enterprise: EnterpriseState) -> float:
    """What options, control, charges, fines and audits cost this quarter, less support, as a
    share of output; negative where support is larger."""
    paid = enterprise.paid
    return (environmental_costs(paid) - support(paid)) / max(paid.sales, 1e-9)


@behaviour
def net_receipt(enterprise: EnterpriseState) -> float:
    """What the quarter's bookings add to the enterprise's cash."""
    received = receipts(enterprise.paid)
    spent = turnover(enterprise.paid)
    return received - (spent - received)


@behaviour
def adopt_to_level(
    enterprise: EnterpriseState,
    sector: SectorData,
    behaviour: BehaviourParameters,
    level: float,
    quarter: int,
    draw: float,
) -> None:
    """Implement options, in an order of the enterprise's own, until the technology level is
    reached; those implemented count as identified."""
    reached = 0.0
    count = sector.options
    start = int(draw * count)
    for step in range(count):
        option = (start + step * 7) % count
        if reached >= level:
            break
        if sector.available[option] <= quarter and not has_option(enterprise.implemented, option):
            share = sector.option_weight[option]
            if reached + 0.5 * share <= level:
                enterprise.implemented = with_option(enterprise.implemented, option)
                reached += share
    enterprise.identified = enterprise.implemented
    refresh_technology(enterprise, sector, behaviour)


@behaviour
def other_cost(
    enterprise: EnterpriseState, sector: SectorData, behaviour: BehaviourParameters
) -> float:
    """Share of output that goes to labour, materials and capital: what leaves the sector's
    margin after its own energy, water and installed treatment at ordinary technology. Who is
    inefficient in these and yet in business is better in the rest."""
    energy = behaviour.energy_price_base * CNY * energy_over_fuel(sector, behaviour)
    resources = enterprise.base[ENERGY] * energy
    resources += enterprise.base[FRESH_WATER] * behaviour.water_price_base * CNY
    left = 1.0 - sector.margin - 0.85 * resources
    return max(0.05, left - enterprise.mix * ordinary_fixed_cost(sector))


@behaviour
def start_business(enterprise: EnterpriseState, quarter: int) -> None:
    """Set the records of an enterprise that begins in this quarter."""
    enterprise.founded = quarter
    enterprise.hard_times = 0
    enterprise.told_by_peers = no_options()
    enterprise.record = 0
    enterprise.watched = 0
    enterprise.key = 0
    enterprise.waiting = 0
    enterprise.last_audit = NEVER
    enterprise.rated = NEVER
    enterprise.level = 0
    enterprise.until_result = 0
    enterprise.recommended = no_options()
    enterprise.accepted = 1
    enterprise.stated = 0
    enterprise.restriction = 0.0
    enterprise.caught = 0
    enterprise.ordered = 0
    enterprise.profit = 0.0
    for medium in range(N_MEDIA):
        enterprise.ratio[medium] = 0.5
        enterprise.reported_ratio[medium] = 0.5
        enterprise.reported_share[medium] = 1.0
        enterprise.exceeds[medium] = 0.0
