"""One quarter, in order. The same source runs over Mesa agents and, compiled, over records.

No line reads a value that a later line of the same quarter writes, so the order of the
enterprises within a line does not matter, and lines that need no sum over the park share a loop.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cleanpark.agents import (
    accounts,
    auditing,
    authority,
    growth,
    inspection,
    investment,
    learning,
    reporting,
    technology,
    treatment,
)
from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.bits import first_option
from cleanpark.agents.state import (
    AUDIT_FEE,
    AUDIT_TIME,
    AWARDS,
    BACK_CHECKS,
    BELOW_III,
    ENVIRONMENTAL_TAX,
    FINES,
    N_INDICATORS,
    N_PAYMENTS,
    OPTION_INVESTMENT,
    POOL_AUDITS,
    QUEUE_LENGTH,
    SUBSIDIES,
    TEAM_PENALTIES,
    TREATMENT,
)
from cleanpark.model.close import add_exit, cell_of, close_enterprise, close_park

MAX_COMPARED_TEAMS = 8
"""Teams of a park that the counterfactual audit puts one enterprise through."""


@behaviour
def register_for_audit(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, draws: Any
) -> None:
    """Line 3: duty, taking part or refusing, and effort; a place in the queue."""
    enterprise.audited = 0
    enterprise.found = 0
    for item in range(N_PAYMENTS):
        enterprise.paid[item] = 0.0
    if enterprise.waiting > 0:
        enterprise.waiting += 1
    else:
        enterprise.duty = 1 if auditing.under_duty(enterprise, policy, park) else 0
        if auditing.joins_audit(enterprise, sector, policy, behaviour, park, draws):
            enterprise.waiting = 1
        elif enterprise.duty > 0 and draws.refusal < behaviour.refusal_detection / 4.0:
            enterprise.paid[FINES] += policy.audit_refusal_fine
    if enterprise.waiting > 0:
        park.queue[min(enterprise.waiting, QUEUE_LENGTH - 1)] += 1.0


@behaviour
def is_served(enterprise: Any, park: Any, draws: Any) -> bool:
    """Line 4: whether the teams' capacity reaches this place in the queue."""
    place = min(enterprise.waiting, QUEUE_LENGTH - 1)
    if place == 0 or place < park.serve_from:
        return False
    return place > park.serve_from or draws.queue < park.serve_share


@behaviour
def compare_teams(
    enterprise: Any,
    sector: Any,
    policy: Any,
    behaviour: Any,
    park: Any,
    teams: Any,
    draws: Any,
    measured: Any,
    readings: Any,
) -> float:
    """Spread of the score if every team of the park had done this audit (counterfactual)."""
    count = min(park.teams, MAX_COMPARED_TEAMS)
    first = 0.0
    total = 0.0
    squares = 0.0
    for number in range(count):
        team = teams[park.first_team + number]
        auditing.take_readings(
            enterprise, sector, policy, behaviour, park, team, draws, measured, readings
        )
        score = auditing.score_of(auditing.composites(sector, policy, park, readings))
        if number == 0:
            first = score
        gap = score - first  # from the first team's, so that equal scores give exactly zero
        total += gap
        squares += gap * gap
    mean = total / count
    return math.sqrt(max(0.0, squares / count - mean * mean))


@seldom
def conduct_audit(
    enterprise: Any,
    sector: Any,
    policy: Any,
    behaviour: Any,
    park: Any,
    teams: Any,
    draws: Any,
    workspace: Any,
) -> None:
    """Line 4: measure, score, find, report; the archive keeps it; the fee is paid."""
    measured = workspace[0]
    readings = workspace[1]
    enterprise.genuine = (
        1 if auditing.audits_genuinely(enterprise, sector, policy, behaviour, park) else 0
    )
    for indicator in range(N_INDICATORS):
        readings[indicator] = auditing.true_indicator(enterprise, sector, indicator)
    limits_met = not inspection.is_violating(enterprise)
    indices = auditing.composites(sector, policy, park, readings)
    enterprise.true_level = auditing.level_of(indices, behaviour, limits_met)
    enterprise.true_score = auditing.score_of(indices)
    auditing.measure(enterprise, sector, policy, behaviour, draws, measured)
    enterprise.spread = 0.0
    if park.compares_teams > 0:  # nobody acts on it: only where an outcome asks for it
        enterprise.spread = compare_teams(
            enterprise, sector, policy, behaviour, park, teams, draws, measured, readings
        )
    enterprise.team = auditing.pick_team(policy, park, teams, draws)
    team = teams[enterprise.team]
    team.audits += 1
    auditing.take_readings(
        enterprise, sector, policy, behaviour, park, team, draws, measured, readings
    )
    indices = auditing.composites(sector, policy, park, readings)
    seen_met = inspection.apparently_complies(enterprise)
    enterprise.level = auditing.level_of(indices, behaviour, seen_met)
    enterprise.score = auditing.score_of(indices)
    authority.file_result(enterprise, sector, policy, park, readings)
    enterprise.reported_saving = auditing.identify_options(
        enterprise, sector, policy, behaviour, park, team, draws
    )
    enterprise.last_audit = park.quarter
    enterprise.audited = 1
    enterprise.waiting = 0
    pay_audit(enterprise, policy, behaviour, park, draws)


@behaviour
def pay_audit(enterprise: Any, policy: Any, behaviour: Any, park: Any, draws: Any) -> None:
    """Line 4: who pays the team; back-checks and what a bad one costs."""
    fee = auditing.audit_fee(enterprise, behaviour)
    enterprise.paid[AUDIT_TIME] += fee * behaviour.audit_time_share
    if policy.auditor_payment == auditing.BY_POOL:
        park.paid[POOL_AUDITS] += fee
    else:
        enterprise.paid[AUDIT_FEE] += fee
        enterprise.paid[SUBSIDIES] += fee * policy.audit_fee_subsidy
    if draws.back_check < policy.back_check_rate:
        park.paid[BACK_CHECKS] += fee * behaviour.back_check_cost
        if enterprise.level < enterprise.true_level:
            park.paid[TEAM_PENALTIES] += policy.back_check_penalty


@behaviour
def renew_technology(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, draws: Any
) -> None:
    """Line 5: housekeeping lapses; options are bought when the enterprise looks into them."""
    changed = technology.let_housekeeping_lapse(enterprise, sector, policy, behaviour, draws)
    reviews = enterprise.audited > 0 or draws.review < behaviour.review_rate
    open_options = enterprise.identified & ~enterprise.implemented
    if reviews and open_options != technology.no_options():
        chosen = investment.choose_options(enterprise, sector, policy, behaviour, park)
        if chosen != technology.no_options():
            buy(enterprise, sector, policy, chosen)
            changed = True
    if changed:
        technology.refresh_technology(enterprise, sector, behaviour)


@seldom
def buy(enterprise: Any, sector: Any, policy: Any, chosen: Any) -> None:
    """Line 5: pay for the chosen options, receive support, implement them."""
    left = chosen
    while left != technology.no_options():
        option = first_option(left)
        left = technology.without_first(left)
        price = investment.investment(enterprise, sector, option)
        enterprise.paid[OPTION_INVESTMENT] += price
        support = investment.support_share(sector, policy, option)
        enterprise.paid[SUBSIDIES] += price * support
        enterprise.implemented = technology.with_option(enterprise.implemented, option)


@behaviour
def produce_and_report(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, draws: Any
) -> None:
    """Lines 6 to 8: production, treatment, report, tax, inspection, penalties."""
    enterprise.monitored = 1 if enterprise.monitoring_rank < policy.monitoring_coverage else 0
    treatment.prepare_treatment(enterprise, sector, behaviour, park)
    for medium in range(3):
        enterprise.paid[TREATMENT] += treatment.treat(
            enterprise, sector, policy, behaviour, park, draws, medium
        )
    enterprise.paid[ENVIRONMENTAL_TAX] += reporting.report_and_pay_tax(
        enterprise, sector, policy, behaviour, park
    )
    enterprise.paid[FINES] += inspection.inspect(enterprise, sector, policy, behaviour, park, draws)


@behaviour
def reward_result(enterprise: Any, policy: Any) -> None:
    """Line 9: award or penalty by the result of this quarter's audit."""
    if enterprise.audited == 0:
        return
    if enterprise.level == 1:
        enterprise.paid[AWARDS] += policy.level_award
    elif enterprise.level == 2:
        enterprise.paid[AWARDS] += 0.5 * policy.level_award
    elif enterprise.level == BELOW_III:
        enterprise.paid[FINES] += policy.poor_audit_penalty


@behaviour
def look_at_links(
    number: int, offsets: Any, linked: Any, attitudes: Any, inspected: Any, caught: Any
) -> tuple[float, float, float]:
    """Shares of an enterprise's links caught and inspected, and their mean attitude."""
    first = offsets[number]
    end = offsets[number + 1]
    if end == first:
        return 0.0, 0.0, attitudes[number]
    seen_caught = 0
    seen_inspected = 0
    mood = 0.0
    for position in range(first, end):
        peer = linked[position]
        seen_caught += caught[peer]
        seen_inspected += inspected[peer]
        mood += attitudes[peer]
    degree = end - first
    return seen_caught / degree, seen_inspected / degree, mood / degree


@behaviour
def learn(
    number: int,
    enterprise: Any,
    sector: Any,
    policy: Any,
    behaviour: Any,
    park: Any,
    draws: Any,
    offsets: Any,
    linked: Any,
    sectors: Any,
    options: Any,
    attitudes: Any,
    inspected: Any,
    caught: Any,
) -> None:
    """Line 10: detection, options and attitudes from what linked enterprises showed."""
    share_caught, share_inspected, mood = look_at_links(
        number, offsets, linked, attitudes, inspected, caught
    )
    learning.learn_detection(enterprise, policy, behaviour, park, share_caught, share_inspected)
    learning.adjust_attitude(enterprise, policy, behaviour, park, mood)
    first = offsets[number]
    end = offsets[number + 1]
    if end > first:
        peer = linked[learning.pick_link(first, end, draws)]
        if sectors[peer] == enterprise.sector:
            learning.learn_from_peer(
                enterprise, sector, policy, behaviour, park, options[peer], draws
            )


@behaviour
def open_quarter(
    number: int,
    enterprises: Any,
    parks: Any,
    sectors: Any,
    policies: Any,
    behaviour: Any,
    draws: Any,
) -> None:
    """Lines 1 to 3: the authority opens, training, registration for audits."""
    for place in range(len(parks)):
        authority.open_quarter(parks[place], policies[place], behaviour, number)
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        park = parks[enterprise.park]
        policy = policies[enterprise.park]
        sector = sectors[enterprise.sector]
        learning.train(enterprise, policy, behaviour, draws[i])
        register_for_audit(enterprise, sector, policy, behaviour, park, draws[i])
    for place in range(len(parks)):
        authority.allot_capacity(parks[place], policies[place])


@behaviour
def work_quarter(
    enterprises: Any,
    teams: Any,
    parks: Any,
    sectors: Any,
    policies: Any,
    behaviour: Any,
    draws: Any,
    before: Any,
) -> None:
    """Lines 4 to 9: audits, investment, production, reports, inspections, rewards.

    What others will learn from in line 10 is copied into ``before`` at the end.
    """
    workspace = np.zeros((2, N_INDICATORS))
    sectors_of, options, attitudes, inspected, caught = before
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        park = parks[enterprise.park]
        policy = policies[enterprise.park]
        sector = sectors[enterprise.sector]
        if is_served(enterprise, park, draws[i]):
            conduct_audit(enterprise, sector, policy, behaviour, park, teams, draws[i], workspace)
        renew_technology(enterprise, sector, policy, behaviour, park, draws[i])
        produce_and_report(enterprise, sector, policy, behaviour, park, draws[i])
        reward_result(enterprise, policy)
        accounts.settle(enterprise, sector, policy, behaviour, park)
        authority.note_enterprise(enterprise, policy, park)
        sectors_of[i] = enterprise.sector
        options[i] = enterprise.implemented
        attitudes[i] = enterprise.attitude
        inspected[i] = enterprise.inspected
        caught[i] = enterprise.caught


@behaviour
def close_quarter(
    enterprises: Any,
    parks: Any,
    sectors: Any,
    policies: Any,
    behaviour: Any,
    draws: Any,
    links: Any,
    before: Any,
    totals: Any,
    park_totals: Any,
) -> None:
    """Lines 10 to 12: learning, growth, exit and entry, accounts and outcomes."""
    offsets, linked = links
    sectors_of, options, attitudes, inspected, caught = before
    for place in range(len(parks)):
        authority.close_quarter(parks[place], policies[place])
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        place = enterprise.park
        park = parks[place]
        policy = policies[place]
        sector = sectors[enterprise.sector]
        learn(
            i, enterprise, sector, policy, behaviour, park, draws[i],
            offsets, linked, sectors_of, options, attitudes, inspected, caught,
        )  # fmt: skip
        row = totals[place, cell_of(enterprise, totals.shape[1])].sums
        close_enterprise(enterprise, sector, policy, behaviour, park, row)
        inspection.restrict(enterprise, policy)
        growth.grow(
            enterprise,
            sector,
            policy,
            behaviour,
            authority.mean_log_cost(park, enterprise.sector),
        )
        growth.count_hard_times(enterprise, behaviour)
        if growth.leaves(enterprise, policy, behaviour, park):
            debt, taken, capital = accounts.replace_tenant(
                enterprise, sector, behaviour, park, draws[i]
            )
            add_exit(row, debt, taken, capital)
    for place in range(len(parks)):
        close_park(
            parks[place], policies[place], behaviour, sectors, totals, place, totals.shape[1],
            park_totals[place],
        )  # fmt: skip


@behaviour
def run_quarter(
    number: int,
    enterprises: Any,
    teams: Any,
    parks: Any,
    sectors: Any,
    policies: Any,
    behaviour: Any,
    draws: Any,
    links: Any,
    before: Any,
    totals: Any,
    park_totals: Any,
) -> None:
    """All twelve lines of quarter ``number``; ``totals`` (parks, cells, measures) is added to."""
    open_quarter(number, enterprises, parks, sectors, policies, behaviour, draws)
    work_quarter(enterprises, teams, parks, sectors, policies, behaviour, draws, before)
    close_quarter(
        enterprises, parks, sectors, policies, behaviour, draws, links, before, totals, park_totals
    )
