"""The change of tenant on a site: who leaves, and what the newcomer is like."""

from __future__ import annotations

from cleanpark.agents.accounts import adopt_to_level, other_cost, start_business
from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.draws import another_draw, normal
from cleanpark.agents.elementary import exponential
from cleanpark.agents.learning import clip
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData
from cleanpark.agents.state import CARBON_DIOXIDE, ENERGY, MAX_OPTIONS, N_FLOWS
from cleanpark.agents.technology import NONE_NEW, no_options

MIX, COST, HURDLE, BELIEF, DATA, KNOWLEDGE, TASTE, LISTED, ORDER = range(1, 10)
FIRST_OWN = 10
FIRST_OPTION = 100
"""Numbers by which a newcomer's draws are told apart."""


@behaviour
def newcomers_normal(draws: Draws, number: int) -> float:
    """A standard normal of a newcomer's own."""
    return normal(min(1.0 - 1e-12, max(1e-12, another_draw(draws.entrant_size, number))))


@behaviour
def draw_newcomers_process(
    enterprise: EnterpriseState, sector: SectorData, behaviour: BehaviourParameters, draws: Draws
) -> None:
    """Product mix, own inefficiency, suitability of options, costs: as at the start of a run."""
    enterprise.mix = exponential(behaviour.mix_spread * newcomers_normal(draws, MIX))
    for flow in range(N_FLOWS):
        own = exponential(behaviour.own_spread * newcomers_normal(draws, FIRST_OWN + flow))
        enterprise.base[flow] = sector.worst[flow] * enterprise.mix * own
    energy = enterprise.base[ENERGY] / sector.worst[ENERGY]
    enterprise.base[CARBON_DIOXIDE] = sector.worst[CARBON_DIOXIDE] * energy
    for option in range(MAX_OPTIONS):
        fit = another_draw(draws.entrant_size, FIRST_OPTION + option)
        enterprise.suitability[option] = int(fit * 256.0)
    spread = behaviour.treatment_cost_spread
    enterprise.cost_factor = exponential(spread * newcomers_normal(draws, COST))
    enterprise.other_cost = other_cost(enterprise, sector, behaviour)


@behaviour
def draw_newcomers_mind(
    enterprise: EnterpriseState, behaviour: BehaviourParameters, draws: Draws
) -> None:
    """Attitude, hurdle, liking, belief, records and knowledge of a newcomer."""
    enterprise.attitude = clip(0.5 + 0.2 * normal(draws.entrant_attitude))
    spread = behaviour.hurdle_spread * newcomers_normal(draws, HURDLE)
    enterprise.hurdle = behaviour.hurdle_median * exponential(spread)
    enterprise.taste = another_draw(draws.entrant_size, TASTE)
    doubt = exponential(0.5 * newcomers_normal(draws, BELIEF))
    enterprise.belief = clip(behaviour.initial_belief * doubt)
    data = behaviour.data_quality_mean + 0.18 * newcomers_normal(draws, DATA)
    enterprise.data_quality = clip(data)
    known = behaviour.knowledge_mean + 0.12 * newcomers_normal(draws, KNOWLEDGE)
    enterprise.knowledge = clip(known)


@seldom
def replace_tenant(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> tuple[float, float, float]:
    """The enterprise leaves; a newcomer of its own kind, with technology of its year, takes over
    the site.

    It keeps the site's place in the park, its links, its sector and its sewer. Returns the debt
    that banks write off, what the leaving owners take with them, and the newcomer's capital.
    """
    debt = max(0.0, -enterprise.cash)
    taken = max(0.0, enterprise.cash)
    size = behaviour.entrant_size * exponential(0.5 * normal(draws.entrant_size))
    enterprise.output = sector.output_median * size
    enterprise.cash = behaviour.initial_cash * 4.0 * enterprise.output
    hazardous = another_draw(draws.entrant_size, LISTED)
    enterprise.listed = 1 if hazardous < sector.listed_share else 0
    draw_newcomers_process(enterprise, sector, behaviour, draws)
    draw_newcomers_mind(enterprise, behaviour, draws)
    enterprise.implemented = no_options()
    start_business(enterprise, park.quarter)
    level = behaviour.entrant_technology + 0.1 * normal(draws.entrant_technology)
    year = 0 if policy.new_options == NONE_NEW else park.quarter
    order = another_draw(draws.entrant_size, ORDER)
    adopt_to_level(enterprise, sector, behaviour, level, year, order)
    return debt, taken, enterprise.cash
