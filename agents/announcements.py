"""What enterprises do that know of changes announced ahead, beyond reckoning with them.

They reckon with taxes, charges, prices and fines to come as with those in force
(``model/outlook.py``). Support is different: it is had once, when an option is bought. So before it
ends they look into their options, and before it begins they wait where that pays.
"""

from __future__ import annotations

import numpy as np

from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.bits import first_option
from cleanpark.agents.draws import another_draw
from cleanpark.agents.elementary import exponential
from cleanpark.agents.investment import (
    felt_cost,
    hurdle_of,
    liking,
    net_value,
    paid_investment,
    worth_of_savings,
    yearly_value,
)
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, Options, ParkState, SectorData
from cleanpark.agents.state import MAX_OPTIONS
from cleanpark.agents.technology import NO_OPTIONS, with_option, without_first


@behaviour
def knows_ahead(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> bool:
    """Whether the enterprise reckons with announced changes: it does so always, or never."""
    return another_draw(enterprise.taste, MAX_OPTIONS) < behaviour.notice_share


@behaviour
def supports_more(policy: PolicyLevers, later: PolicyLevers) -> bool:
    """Whether options are to be supported more than now."""
    if later.option_subsidy > policy.option_subsidy:
        return True
    return later.investment_credit > policy.investment_credit


@behaviour
def review_chance(
    policy: PolicyLevers, later: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Probability that an enterprise looks into its open options this quarter. Before support
    that it has ends, all who know of it look once more, spread over the quarters left."""
    less = later.option_subsidy < policy.option_subsidy
    if less or later.investment_credit < policy.investment_credit:
        return max(behaviour.review_rate, 1.0 / max(1.0, later.notice))
    return behaviour.review_rate


@seldom
def bought_now(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    later: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    chosen: Options,
) -> Options:
    """Those of the chosen options that are not worth more when support to come carries part of
    their cost, discounted at the hurdle rate over the wait (the timing of investment under a tax
    incentive that is known ahead: House and Shapiro 2008, doi 10.1257/aer.98.3.737)."""
    worth = worth_of_savings(enterprise, sector, policy, behaviour, park)
    hurdle = hurdle_of(enterprise, policy, behaviour)
    wait = exponential(-hurdle.force * later.notice / 4.0)
    left = np.uint64(chosen)
    kept = NO_OPTIONS
    while left != NO_OPTIONS:
        option = first_option(left)
        left = without_first(left)
        yearly = yearly_value(enterprise, sector, policy, behaviour, worth, option)
        like = liking(enterprise, option)
        felt = felt_cost(paid_investment(enterprise, sector, policy, option), like, behaviour)
        then = felt_cost(paid_investment(enterprise, sector, later, option), like, behaviour)
        life = sector.life[option]
        if net_value(yearly, felt, hurdle, life) >= wait * net_value(yearly, then, hurdle, life):
            kept = with_option(kept, option)
    return kept
