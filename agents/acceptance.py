"""The audit's phases after the findings: recommendations, deadline, acceptance, evaluation.

An audit takes quarters, not one (Measures for Cleaner Production Audit 2016: it is finished within
a year). What its feasibility analysis finds to pay is recommended; a mandatory audit ends with an
acceptance that asks for part of the recommended medium and high-cost options, and is repeated
where that fails. Then the enterprise is evaluated and gets its level.
"""

from __future__ import annotations

import math

import numpy as np

from cleanpark.agents.auditing import audit_fee
from cleanpark.agents.behaviour import behaviour, decision, seldom
from cleanpark.agents.bits import count_options, first_option
from cleanpark.agents.investment import (
    annuity,
    credit_line,
    hurdle_of,
    hurdle_rate,
    investment,
    paid_investment,
    worth_of_savings,
    yearly_value,
)
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, Options, ParkState, SectorData
from cleanpark.agents.readings import BY_POOL
from cleanpark.agents.results import offered_open, options_for_level, shortfall_of
from cleanpark.agents.technology import NO_OPTIONS, with_option, without_first, without_option


@seldom
def recommend(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> Options:
    """The bit set of medium and high-cost options that the audit's feasibility analysis finds to
    pay: known, not implemented, of a net present value above zero at the rate of the appraisal
    and before subsidies."""
    worth = worth_of_savings(enterprise, sector, policy, behaviour, park)
    left = offered_open(enterprise, sector, policy, park)
    found = NO_OPTIONS
    while left != NO_OPTIONS:
        option = first_option(left)
        left = without_first(left)
        if sector.low_cost[option] > 0:
            continue
        yearly = yearly_value(enterprise, sector, policy, behaviour, worth, option)
        value = annuity(behaviour.feasibility_rate, sector.life[option]) * yearly
        if value > investment(enterprise, sector, option):
            found = with_option(found, option)
    return found


@behaviour
def missing_for_acceptance(enterprise: EnterpriseState, policy: PolicyLevers) -> int:
    """How many recommended options are still to be implemented for a mandatory audit to be
    accepted: the share that acceptance asks for, to the nearest whole option."""
    asked = math.floor(policy.acceptance_share * count_options(enterprise.recommended) + 0.5)
    done = np.uint64(enterprise.recommended) & np.uint64(enterprise.implemented)
    return max(0, int(asked) - count_options(done))


@behaviour
def cost_of_failing(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """What a failed acceptance is believed to cost, 10,000 CNY: its penalty and another audit,
    now and again every year as long as nothing is done; and, by attitude, the norm."""
    fee = audit_fee(enterprise, behaviour)
    again = fee * behaviour.audit_time_share
    if policy.auditor_payment != BY_POOL:
        again += fee * (1.0 - policy.audit_fee_subsidy)
    rate = hurdle_rate(enterprise, policy, behaviour)
    norm = enterprise.attitude * behaviour.audit_norm * fee
    return (policy.acceptance_penalty + again) * (1.0 + 1.0 / rate) + norm


@seldom
def options_for_acceptance(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    budget: float,
) -> Options:
    """The bit set of recommended options bought so that the audit is accepted: those that fall
    least short of paying for themselves, unless failing costs less or money does not reach."""
    missing = missing_for_acceptance(enterprise, policy)
    if missing == 0:
        return NO_OPTIONS
    worth = worth_of_savings(enterprise, sector, policy, behaviour, park)
    hurdle = hurdle_of(enterprise, policy, behaviour)
    candidates = np.uint64(enterprise.recommended) & ~np.uint64(enterprise.implemented)
    short = 0.0
    chosen = NO_OPTIONS
    for _ in range(missing):
        best = -1
        least = 0.0
        left = candidates
        while left != NO_OPTIONS:
            option = first_option(left)
            left = without_first(left)
            gap = shortfall_of(enterprise, sector, policy, behaviour, worth, hurdle, option)
            if best < 0 or gap < least:
                best = option
                least = gap
        candidates = without_option(candidates, best)
        chosen = with_option(chosen, best)
        short += least
        budget -= paid_investment(enterprise, sector, policy, best)
    if budget < 0.0 or short > cost_of_failing(enterprise, policy, behaviour):
        return NO_OPTIONS
    return chosen


@decision
def choose_for_result(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> Options:
    """The bit set of further options bought before the audit under way is evaluated, beyond those
    that pay for themselves: for its acceptance, or else for a better level."""
    budget = enterprise.cash + credit_line(enterprise, behaviour)
    budget -= enterprise.paid.option_investment
    if enterprise.duty > 0:
        chosen = options_for_acceptance(enterprise, sector, policy, behaviour, park, budget)
        if chosen != NO_OPTIONS:
            return chosen
    return options_for_level(enterprise, sector, policy, behaviour, park, budget)


@behaviour
def accept(enterprise: EnterpriseState, policy: PolicyLevers) -> float:
    """Accept a mandatory audit or not; returns the penalty of failing, 10,000 CNY."""
    enterprise.accepted = 1
    if enterprise.duty == 0 or missing_for_acceptance(enterprise, policy) == 0:
        return 0.0
    enterprise.accepted = 0
    return policy.acceptance_penalty
