"""Lines 4 and 5 of a quarter: audits at work, under way and evaluated, and options bought."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents import (
    acceptance,
    auditing,
    authority,
    findings,
    inspection,
    investment,
    levels,
    readings,
    technology,
)
from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.bits import first_option
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import (
    Draws,
    EnterpriseState,
    Numbers,
    Options,
    ParkState,
    SectorData,
    TeamState,
)

MAX_COMPARED_TEAMS = 8
"""Teams of a park that the counterfactual audit puts one enterprise through."""


@seldom
def buy(
    enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers, chosen: Options
) -> None:
    """Line 5: pay for the chosen options, receive support, implement them."""
    left = chosen
    while left != technology.no_options():
        option = first_option(left)
        left = technology.without_first(left)
        price = investment.investment(enterprise, sector, option)
        enterprise.paid.option_investment += price
        support = investment.support_share(sector, policy, option)
        enterprise.paid.subsidies += price * support
        enterprise.implemented = technology.with_option(enterprise.implemented, option)


@behaviour
def compare_teams(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    teams: Sequence[TeamState],
    draws: Draws,
    measured: Numbers,
    written: Numbers,
) -> float:
    """Spread of the score if every team of the park had done this audit (counterfactual)."""
    count = min(park.teams, MAX_COMPARED_TEAMS)
    first = 0.0
    total = 0.0
    squares = 0.0
    for number in range(count):
        team = teams[park.first_team + number]
        readings.take_readings(
            enterprise, sector, policy, behaviour, park, team, draws, measured, written
        )
        score = levels.score_of(levels.composites(sector, policy, behaviour, park, written))
        if number == 0:
            first = score
        gap = score - first  # from the first team's, so that equal scores give exactly zero
        total += gap
        squares += gap * gap
    mean = total / count
    return math.sqrt(max(0.0, squares / count - mean * mean))


@behaviour
def pay_audit(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> None:
    """Line 4: who pays the team."""
    fee = auditing.audit_fee(enterprise, behaviour)
    enterprise.paid.audit_time += fee * behaviour.audit_time_share
    if policy.auditor_payment == readings.BY_POOL:
        park.paid.pool_audits += fee
    else:
        enterprise.paid.audit_fee += fee
        enterprise.paid.subsidies += fee * policy.audit_fee_subsidy


@seldom
def conduct_audit(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    teams: Sequence[TeamState],
    draws: Draws,
) -> None:
    """Line 4: a team works: it finds options, lessens inefficiency, betters records, recommends;
    the fee is paid, and the audit is under way until its evaluation."""
    enterprise.genuine = (
        1 if auditing.audits_genuinely(enterprise, sector, policy, behaviour, park) else 0
    )
    enterprise.team = readings.pick_team(policy, park, teams, draws)
    team = teams[enterprise.team]
    team.audits += 1
    enterprise.reported_saving = findings.identify_options(
        enterprise, sector, policy, behaviour, park, team, draws
    )
    findings.put_in_order(enterprise, sector, policy, behaviour, team)
    enterprise.recommended = acceptance.recommend(enterprise, sector, policy, behaviour, park)
    enterprise.last_audit = park.quarter
    enterprise.audited = 1
    enterprise.waiting = 0
    enterprise.until_result = int(policy.audit_duration)
    pay_audit(enterprise, policy, behaviour, park)


@behaviour
def check_back(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> None:
    """Line 5: back-checks of results, and what a bad one costs the team."""
    if draws.back_check < policy.back_check_rate:
        fee = auditing.audit_fee(enterprise, behaviour)
        park.paid.back_checks += fee * behaviour.back_check_cost
        if enterprise.level < enterprise.true_level:
            park.paid.team_penalties += policy.back_check_penalty


@seldom
def evaluate_audit(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    teams: Sequence[TeamState],
    draws: Draws,
    workspace: NDArray[np.float64],
) -> None:
    """Line 5: the audit under way is accepted or not, measured, given its score and level; the
    archive keeps it, and back-checks look at it."""
    measured = workspace[0]
    written = workspace[1]
    enterprise.evaluated = 1
    enterprise.rated = park.quarter
    enterprise.paid.fines += acceptance.accept(enterprise, policy)
    levels.true_indicators(enterprise, sector, measured)
    indices = levels.composites(sector, policy, behaviour, park, measured)
    limits_met = not inspection.is_violating(enterprise)
    enterprise.true_level = levels.level_of(indices, behaviour, limits_met)
    enterprise.true_score = levels.score_of(indices)
    readings.measure(enterprise, policy, behaviour, draws, measured)
    enterprise.spread = 0.0
    if park.compares_teams > 0:  # nobody acts on it: only where an outcome asks for it
        enterprise.spread = compare_teams(
            enterprise, sector, policy, behaviour, park, teams, draws, measured, written
        )
    team = teams[enterprise.team]
    readings.take_readings(
        enterprise, sector, policy, behaviour, park, team, draws, measured, written
    )
    indices = levels.composites(sector, policy, behaviour, park, written)
    exceeds = readings.states_exceedance(enterprise, policy, behaviour, team, draws)
    enterprise.stated = 1 if exceeds else 0
    enterprise.level = levels.level_of(indices, behaviour, not exceeds)
    enterprise.score = levels.score_of(indices)
    authority.file_result(enterprise, sector, policy, park, written)
    check_back(enterprise, policy, behaviour, park, draws)


@behaviour
def go_on_with_audit(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    outlook: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    teams: Sequence[TeamState],
    draws: Draws,
    workspace: NDArray[np.float64],
) -> None:
    """Line 5: one quarter less until the evaluation; in the last, further options are bought for
    acceptance or level, by what the enterprise reckons with, and the audit is evaluated. For
    enterprises under audit."""
    if enterprise.until_result == 1:
        chosen = acceptance.choose_for_result(enterprise, sector, outlook, behaviour, park)
        if chosen != technology.no_options():
            buy(enterprise, sector, policy, chosen)
            technology.refresh_technology(enterprise, sector, behaviour)
        evaluate_audit(enterprise, sector, policy, behaviour, park, teams, draws, workspace)
    enterprise.until_result -= 1
