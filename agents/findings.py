"""What an audit finds: hidden options become identified ones."""

from __future__ import annotations

import numpy as np

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.bits import first_option
from cleanpark.agents.draws import another_draw
from cleanpark.agents.learning import better_records
from cleanpark.agents.levels import weight
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData, TeamState
from cleanpark.agents.readings import effective_expertise
from cleanpark.agents.state import (
    ENERGY,
    ENERGY_INDICATOR,
    FIRST_FLOW,
    FRESH_WATER,
    INDICATOR_OF_MEDIUM,
    WATER_INDICATOR,
)
from cleanpark.agents.technology import (
    all_options,
    is_offered,
    lessen_inefficiency,
    no_options,
    refresh_technology,
    saved_share,
    suitability,
    with_option,
    without_first,
)
from cleanpark.agents.treatment import CNY

SAVED_GROUPS = (ENERGY_INDICATOR, WATER_INDICATOR, *INDICATOR_OF_MEDIUM)
"""Groups of indicators that options save of."""
FLOW_OF_GROUP = (ENERGY, FRESH_WATER, *FIRST_FLOW)
"""What stands for each: the flow itself, or the first pollutant of a medium."""


@behaviour
def finding_probability(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    team: TeamState,
) -> float:
    """Probability that the audit finds one hidden option."""
    chance = behaviour.finding_base * effective_expertise(policy, behaviour, team)
    chance *= 0.5 + 0.5 * policy.tailoring * behaviour.tailoring_fit
    chance *= 0.5 + 0.5 * enterprise.data_quality
    chance *= 1.0 + behaviour.support_findings * policy.technical_support
    if enterprise.genuine == 0:
        chance *= behaviour.perfunctory_findings
    return min(1.0, chance)


@behaviour
def focus_on(
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    option: int,
) -> float:
    """How much likelier an audit finds an option for where the programme's weights lie: an audit
    looks first where points are, which differs by kind of park (paper, section 2.2).

    One on average over energy, water, air, water pollutants and waste; a group counts by what the
    option saves of it, pollutants by the first of their medium.
    """
    served = 0.0
    saved = 0.0
    weights = 0.0
    for group in range(len(SAVED_GROUPS)):
        share = sector.saving[option, FLOW_OF_GROUP[group]]
        weighs = weight(policy, park, SAVED_GROUPS[group])
        served += weighs * share
        saved += share
        weights += weighs
    if served <= 0.0:
        return 1.0
    relative = len(SAVED_GROUPS) * served / (saved * weights)
    return 1.0 + behaviour.audit_focus * (relative - 1.0)


@behaviour
def identify_options(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    team: TeamState,
    draws: Draws,
) -> float:
    """Write the audit's findings into the enterprise's identified options.

    Returns the yearly saving of energy, water and material found, as a share of output.
    """
    chance = finding_probability(enterprise, policy, behaviour, team)
    saving = 0.0
    enterprise.found = 0
    hidden = all_options(sector) & ~np.uint64(enterprise.identified)
    while hidden != no_options():
        option = first_option(hidden)
        hidden = without_first(hidden)
        if not is_offered(sector, policy, park, option):
            continue
        likely = chance * focus_on(sector, policy, behaviour, park, option)
        if another_draw(draws.findings, option) < likely:
            enterprise.identified = with_option(enterprise.identified, option)
            enterprise.found += 1
            energy = saved_share(enterprise, sector, behaviour, option, ENERGY)
            water = saved_share(enterprise, sector, behaviour, option, FRESH_WATER)
            price = park.energy_price[enterprise.sector]
            saving += energy * enterprise.intensity[ENERGY] * price
            saving += water * enterprise.intensity[FRESH_WATER] * policy.water_price * CNY
            material = sector.material_saving[option] * suitability(enterprise, behaviour, option)
            saving += material - sector.running_cost[option]
    return max(0.0, saving)


@behaviour
def put_in_order(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    team: TeamState,
) -> None:
    """What an audit's balances of material and energy set right without any option: part of one's
    own inefficiency, as much as such an audit finds, and of the gaps in meters and records."""
    thorough = finding_probability(enterprise, policy, behaviour, team)
    lessen_inefficiency(enterprise, sector, behaviour.audit_tuning * thorough)
    refresh_technology(enterprise, sector, behaviour)
    better_records(enterprise, behaviour.audit_records * thorough)
