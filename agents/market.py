"""What a sector's products sell for: part of a cost that all bear passes into the price.

Policies and prices of inputs meet a sector's enterprises wherever they stand. Of the rise in cost
of an ordinary enterprise, a share passes into the price at once (0.7 in Ganapati, Shapiro and
Walker 2016, NBER working paper 22281), and the rest as enterprises leave until those that stay
cover their costs. Buyers answer by the sector's elasticity of demand. What one enterprise alone
pays more stays with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.carbon import ORDINARY, worst_carbon_intensity
from cleanpark.agents.elementary import exponential, logarithm
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import ParkState, SectorData
from cleanpark.agents.state import AIR, ENERGY, FRESH_WATER, WATER
from cleanpark.agents.treatment import CNY
from cleanpark.scenarios.levers import levers

LIMIT_OVER_DISCHARGE = 1.15
"""A sector's limit over its median discharge, as its file says."""
USUAL_AIR_TAX = float(levers()["air_tax_rate"].default)
USUAL_WATER_TAX = float(levers()["water_tax_rate"].default)


@behaviour
def fuel_price(policy: PolicyLevers, number: int) -> float:
    """Price of fuel in a quarter, 10,000 CNY per tce, before energy tax."""
    growth = exponential(logarithm(1.0 + policy.energy_price_growth) * number / 4.0)
    return policy.energy_price * CNY * growth


@behaviour
def energy_over_fuel(sector: SectorData, behaviour: BehaviourParameters) -> float:
    """What a tce of the sector's mix of electricity and fuels costs over one of fuel."""
    return 1.0 + sector.electricity * (behaviour.electricity_price_ratio - 1.0)


@behaviour
def believed_energy_price(
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    number: int,
) -> float:
    """Price of energy by which the sector of this number invests, 10,000 CNY per tce: the
    quarter's, or, where changes are announced, that of the levers it reckons with."""
    if policy.notice <= 0.0:
        return park.energy_price[number]
    return fuel_price(policy, park.quarter) * energy_over_fuel(sector, behaviour)


@behaviour
def common_cost(
    sector: SectorData, policy: PolicyLevers, behaviour: BehaviourParameters, fuel: float
) -> float:
    """Rise of an ordinary enterprise's cost, share of output, over the prices and charges at
    which the sector's margin was set: energy, water, carbon, tax on pollutants.

    ``fuel`` is the quarter's price of fuel, 10,000 CNY per tce.
    """
    dearer = (fuel - behaviour.energy_price_base * CNY) * energy_over_fuel(sector, behaviour)
    rise = sector.worst[ENERGY] * (dearer + policy.energy_tax * CNY)
    water = policy.water_price - behaviour.water_price_base
    rise += sector.worst[FRESH_WATER] * water * CNY
    carbon = worst_carbon_intensity(sector, policy) * (1.0 - policy.free_allowances)
    rise += carbon * policy.carbon_price * CNY
    air = (policy.air_tax_rate - USUAL_AIR_TAX) * sector.limit[AIR]
    discharged = (policy.water_tax_rate - USUAL_WATER_TAX) * sector.limit[WATER]
    return ORDINARY * rise + (air + discharged) / LIMIT_OVER_DISCHARGE * CNY


@behaviour
def passed_later(late: float, rise: float, behaviour: BehaviourParameters) -> float:
    """What of a rise in cost has passed into the price beside what did at once, after a quarter
    more: enterprises leave or enter until the price covers the cost."""
    return late + behaviour.entry_speed / 4.0 * ((1.0 - behaviour.pass_through) * rise - late)


@behaviour
def demand_factor(price: float, before: float, elasticity: float) -> float:
    """Factor on what is sold when the price has changed."""
    return exponential(-elasticity * logarithm(price / before))


@seldom
def set_prices(
    park: ParkState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    sectors: Sequence[SectorData],
) -> None:
    """Line 1: what energy costs each sector this quarter, what its products sell for, 1 at the
    start, and the factor on what is sold."""
    fuel = fuel_price(policy, park.quarter)
    for number in range(len(sectors)):
        sector = sectors[number]
        park.energy_price[number] = fuel * energy_over_fuel(sector, behaviour)
        rise = common_cost(sector, policy, behaviour, fuel)
        park.late[number] = passed_later(park.late[number], rise, behaviour)
        price = max(0.2, 1.0 + behaviour.pass_through * rise + park.late[number])
        park.demand[number] = demand_factor(price, park.price[number], sector.demand_elasticity)
        park.price[number] = price
