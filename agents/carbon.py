"""Carbon dioxide of an enterprise's energy by the grid's factor, and allowances given free.

The sector files' carbon dioxide holds at one factor of the grid. Where a scenario has another, in
all quarters or from a date on, the electricity in a sector's mix of energy brings more or less.
"""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.parameters import PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, SectorData
from cleanpark.agents.state import CARBON_DIOXIDE, ENERGY
from cleanpark.scenarios.levers import levers

FACTOR_OF_FILES = float(levers()["grid_factor"].default)
"""Emission factor of the grid at which the sector files' carbon dioxide holds, t/MWh."""
ORDINARY = 0.85
"""Use of resources by an enterprise of ordinary technology, over worst practice."""
TCE_PER_MWH = 0.1229
"""Electricity at its calorific value (GB/T 2589-2020: 0.1229 kgce a kWh)."""


@behaviour
def grid_difference(sector: SectorData, policy: PolicyLevers) -> float:
    """Carbon dioxide of a tce of the sector's mix of energy, over that of its file, t per tce."""
    return sector.electricity * (policy.grid_factor - FACTOR_OF_FILES) / TCE_PER_MWH


@behaviour
def carbon_intensity(
    enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers
) -> float:
    """Carbon dioxide of the enterprise, its electricity's included, t per 10,000 CNY of output."""
    more = enterprise.intensity[ENERGY] * grid_difference(sector, policy)
    return max(0.0, enterprise.intensity[CARBON_DIOXIDE] + more)


@behaviour
def worst_carbon_intensity(sector: SectorData, policy: PolicyLevers) -> float:
    """Carbon dioxide of worst practice, its electricity's included, t per 10,000 CNY of output."""
    electricity = sector.worst[ENERGY] * grid_difference(sector, policy)
    return max(0.0, sector.worst[CARBON_DIOXIDE] + electricity)


@behaviour
def allowance(enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers) -> float:
    """Allowances given free, t per 10,000 CNY of output: a share of what an ordinary enterprise of
    the product mix emits. They come with output, not with emissions, so that a tonne less is worth
    the price whether it spares a purchase or can be sold."""
    ordinary = ORDINARY * worst_carbon_intensity(sector, policy) * enterprise.mix
    return policy.free_allowances * ordinary
