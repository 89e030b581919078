"""How enterprises differ at the start: draws become sizes, technologies, attitudes, beliefs."""

from __future__ import annotations

import math
from typing import Any

from cleanpark.agents import draws as d
from cleanpark.agents.accounts import adopt_to_level, other_cost, start_business
from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.draws import normal
from cleanpark.agents.learning import clip
from cleanpark.agents.state import MAX_OPTIONS, N_FLOWS


@behaviour
def third(share: float) -> int:
    """0, 1 or 2: which third of [0, 1] the share is in."""
    return min(2, int(share * 3.0))


@behaviour
def draw_size(enterprise: Any, sector: Any, behaviour: Any, draws: Any) -> None:
    """Output by the sector's log-normal, cash in proportion, size class by thirds."""
    size = math.exp(sector.output_spread * normal(draws[d.SIZE]))
    enterprise.output = sector.output_median * size
    enterprise.size_class = third(draws[d.SIZE])
    cash = behaviour.initial_cash * math.exp(0.5 * normal(draws[d.CASH]))
    enterprise.cash = cash * 4.0 * enterprise.output


@behaviour
def draw_process(enterprise: Any, sector: Any, behaviour: Any, draws: Any) -> None:
    """Product mix, own inefficiency by flow, suitability of options, cost of treatment."""
    enterprise.mix = math.exp(behaviour.mix_spread * normal(draws[d.MIX]))
    for flow in range(N_FLOWS):
        own = math.exp(behaviour.own_spread * normal(draws[d.OWN + flow]))
        enterprise.base[flow] = sector.worst[flow] * enterprise.mix * own
    # Carbon dioxide follows energy: one factor for both.
    energy = enterprise.base[0] / sector.worst[0]
    enterprise.base[9] = sector.worst[9] * energy
    for option in range(MAX_OPTIONS):
        enterprise.suitability[option] = int(draws[d.OPTION + option] * 256.0)
    cost = behaviour.treatment_cost_spread * normal(draws[d.TREATMENT_COST])
    enterprise.cost_factor = math.exp(cost)
    enterprise.other_cost = other_cost(enterprise, sector, behaviour)


@behaviour
def draw_mind(enterprise: Any, behaviour: Any, site: Any, draws: Any) -> float:
    """Attitude, knowledge, hurdle, belief and data quality; returns the technology level drawn,
    correlated with attitude as the park says."""
    first = normal(draws[d.TECHNOLOGY])
    second = normal(draws[d.ATTITUDE])
    tie = site.attitude_technology_correlation
    mixed = tie * first + math.sqrt(1.0 - tie * tie) * second
    level = clip(site.technology_mean + site.technology_spread * first)
    enterprise.attitude = clip(site.attitude_mean + site.attitude_spread * mixed)
    enterprise.attitude_group = 0
    if enterprise.attitude >= 0.6:
        enterprise.attitude_group = 2
    elif enterprise.attitude >= 0.4:
        enterprise.attitude_group = 1
    spread = behaviour.hurdle_spread * normal(draws[d.HURDLE])
    enterprise.hurdle = behaviour.hurdle_median * math.exp(spread)
    doubt = behaviour.initial_belief * math.exp(0.5 * normal(draws[d.BELIEF]))
    enterprise.belief = clip(doubt)
    skill = 0.3 * (level - site.technology_mean)
    data = behaviour.data_quality_mean + skill + 0.18 * normal(draws[d.DATA_QUALITY])
    enterprise.data_quality = clip(data)
    enterprise.knowledge = clip(behaviour.knowledge_mean + 0.12 * normal(draws[d.KNOWLEDGE]))
    return level


@behaviour
def begin(enterprise: Any, sector: Any, behaviour: Any, site: Any, draws: Any) -> None:
    """Set the whole state of an enterprise at the start of the run.

    ``site`` holds what the park says of its enterprises: means and spreads of technology and
    attitude, their correlation, the share connected to the central works.
    """
    draw_size(enterprise, sector, behaviour, draws)
    draw_process(enterprise, sector, behaviour, draws)
    level = draw_mind(enterprise, behaviour, site, draws)
    enterprise.listed = 1 if draws[d.LISTED] < sector.listed_share else 0
    enterprise.connected = 1 if draws[d.CONNECTED] < site.works_connected else 0
    enterprise.monitoring_rank = draws[d.MONITORING]
    enterprise.tamper_rank = draws[d.TAMPER]
    start_business(enterprise, 0)
    if draws[d.PAST_AUDIT] < behaviour.past_audit_share:
        enterprise.last_audit = -1 - int(draws[d.PAST_AUDIT] / behaviour.past_audit_share * 20.0)
    adopt_to_level(enterprise, sector, behaviour, level, 0, draws[d.SPARE])
