"""How enterprises differ at the start: draws become sizes, technologies, attitudes, beliefs."""

from __future__ import annotations

import math

from cleanpark.agents.accounts import adopt_to_level, other_cost, start_business
from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.draws import normal
from cleanpark.agents.elementary import exponential
from cleanpark.agents.learning import clip
from cleanpark.agents.parameters import BehaviourParameters
from cleanpark.agents.protocols import EnterpriseState, InitialDraws, SectorData, SiteData
from cleanpark.agents.state import (
    CARBON_DIOXIDE,
    ENERGY,
    HIGH,
    LOW,
    MAX_OPTIONS,
    MIDDLE,
    N_FLOWS,
)
from cleanpark.scenarios.sizes import REVENUE

_, MEDIUM_FROM, LARGE_FROM = REVENUE
MIDDLE_FROM, HIGH_FROM = 0.4, 0.6
"""Attitudes from which an enterprise counts as of the middle or the high group."""


@behaviour
def size_class(yearly: float) -> int:
    """0 small and micro, 1 medium, 2 large: by yearly revenue, 10,000 CNY, as output stands for
    it, in the national statistical standard (cleanpark.scenarios.sizes)."""
    if yearly >= LARGE_FROM:
        return 2
    return 1 if yearly >= MEDIUM_FROM else 0


@behaviour
def draw_size(
    enterprise: EnterpriseState,
    sector: SectorData,
    behaviour: BehaviourParameters,
    draws: InitialDraws,
) -> None:
    """Output by the sector's log-normal, its size class, and cash in proportion."""
    size = exponential(sector.output_spread * normal(draws.size))
    enterprise.output = sector.output_median * size
    enterprise.size_class = size_class(4.0 * enterprise.output)
    cash = behaviour.initial_cash * exponential(0.5 * normal(draws.cash))
    enterprise.cash = cash * 4.0 * enterprise.output


@behaviour
def draw_process(
    enterprise: EnterpriseState,
    sector: SectorData,
    behaviour: BehaviourParameters,
    draws: InitialDraws,
) -> None:
    """Product mix, own inefficiency by flow, suitability of options, cost of treatment."""
    enterprise.mix = exponential(behaviour.mix_spread * normal(draws.mix))
    for flow in range(N_FLOWS):
        own = exponential(behaviour.own_spread * normal(draws.own[flow]))
        enterprise.base[flow] = sector.worst[flow] * enterprise.mix * own
    # Carbon dioxide follows energy: one factor for both.
    energy = enterprise.base[ENERGY] / sector.worst[ENERGY]
    enterprise.base[CARBON_DIOXIDE] = sector.worst[CARBON_DIOXIDE] * energy
    for option in range(MAX_OPTIONS):
        enterprise.suitability[option] = int(draws.option[option] * 256.0)
    cost = behaviour.treatment_cost_spread * normal(draws.treatment_cost)
    enterprise.cost_factor = exponential(cost)
    enterprise.other_cost = other_cost(enterprise, sector, behaviour)


@behaviour
def draw_mind(
    enterprise: EnterpriseState, behaviour: BehaviourParameters, site: SiteData, draws: InitialDraws
) -> float:
    """Attitude, knowledge, hurdle, belief and data quality; returns the technology level drawn,
    correlated with attitude as the park says, and with size in the sector."""
    size = behaviour.size_technology
    first = size * normal(draws.size)
    first += math.sqrt(1.0 - size * size) * normal(draws.technology)
    second = normal(draws.attitude)
    tie = site.attitude_technology_correlation
    mixed = tie * first + math.sqrt(1.0 - tie * tie) * second
    level = clip(site.technology_mean + site.technology_spread * first)
    enterprise.attitude = clip(site.attitude_mean + site.attitude_spread * mixed)
    enterprise.attitude_group = LOW
    if enterprise.attitude >= HIGH_FROM:
        enterprise.attitude_group = HIGH
    elif enterprise.attitude >= MIDDLE_FROM:
        enterprise.attitude_group = MIDDLE
    spread = behaviour.hurdle_spread * normal(draws.hurdle)
    enterprise.hurdle = behaviour.hurdle_median * exponential(spread)
    enterprise.taste = draws.taste
    doubt = behaviour.initial_belief * exponential(0.5 * normal(draws.belief))
    enterprise.belief = clip(doubt)
    skill = 0.3 * (level - site.technology_mean)
    data = behaviour.data_quality_mean + skill + 0.18 * normal(draws.data_quality)
    enterprise.data_quality = clip(data)
    enterprise.knowledge = clip(behaviour.knowledge_mean + 0.12 * normal(draws.knowledge))
    return level


@behaviour
def begin(
    enterprise: EnterpriseState,
    sector: SectorData,
    behaviour: BehaviourParameters,
    site: SiteData,
    draws: InitialDraws,
) -> None:
    """Set the whole state of an enterprise at the start of the run.

    ``site`` holds what the park says of its enterprises: means and spreads of technology and
    attitude, their correlation, the share connected to the central works.
    """
    draw_size(enterprise, sector, behaviour, draws)
    draw_process(enterprise, sector, behaviour, draws)
    level = draw_mind(enterprise, behaviour, site, draws)
    enterprise.listed = 1 if draws.listed < sector.listed_share else 0
    enterprise.connected = 1 if draws.connected < site.works_connected else 0
    enterprise.monitoring_rank = draws.monitoring
    enterprise.tamper_rank = draws.tamper
    enterprise.shock_scale = 0.0
    start_business(enterprise, 0)
    if draws.past_audit < behaviour.past_audit_share:
        enterprise.last_audit = -1 - int(draws.past_audit / behaviour.past_audit_share * 20.0)
    adopt_to_level(enterprise, sector, behaviour, level, 0, draws.adoption)
