"""One quarter, in order. The same source runs over Mesa agents and, compiled, over records.

No line reads a value that a later line of the same quarter writes, so the order of the
enterprises within a line does not matter, and lines that need no sum over the park share a loop.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cleanpark.agents import (
    accounts,
    announcements,
    auditing,
    authority,
    growth,
    inspection,
    investment,
    learning,
    market,
    newcomers,
    organics,
    plans,
    reporting,
    targeting,
    technology,
    treatment,
)
from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import (
    CellSums,
    Draws,
    EnterpriseState,
    Options,
    ParkState,
    SectorData,
)
from cleanpark.agents.standing import standing
from cleanpark.agents.state import (
    BELOW_III,
    N_INDICATORS,
    N_MEDIA,
    QUEUE_LENGTH,
)
from cleanpark.agents.statements import clear
from cleanpark.model import audits
from cleanpark.model.close import add_exit, cell_of, close_enterprise, close_park
from cleanpark.model.scene import Links, Scene, Seen

Stretch = Callable[[int, int, Scene], None]
"""Some lines of a quarter for the enterprises from a first one up to an end."""


@behaviour
def register_for_audit(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> None:
    """Line 3: duty, taking part or refusing, and effort; a place in the queue."""
    enterprise.audited = 0
    enterprise.evaluated = 0
    enterprise.found = 0
    clear(enterprise.paid)
    if enterprise.until_result > 0:
        return
    if enterprise.waiting > 0:
        enterprise.waiting += 1
    else:
        enterprise.duty = 1 if auditing.under_duty(enterprise, policy, park) else 0
        if enterprise.duty == 0:
            enterprise.ordered = 0
        if auditing.joins_audit(enterprise, sector, policy, behaviour, park, draws):
            enterprise.waiting = 1
            enterprise.ordered = 0
        elif enterprise.duty > 0 and draws.refusal < behaviour.refusal_detection / 4.0:
            enterprise.paid.fines += auditing.pursue_refusal(enterprise, policy)
    if enterprise.waiting > 0:
        park.queue[min(enterprise.waiting, QUEUE_LENGTH - 1)] += 1.0


@behaviour
def is_served(enterprise: EnterpriseState, park: ParkState, draws: Draws) -> bool:
    """Line 4: whether the teams' capacity reaches this place in the queue."""
    place = min(enterprise.waiting, QUEUE_LENGTH - 1)
    if place == 0 or place < park.serve_from:
        return False
    return place > park.serve_from or draws.queue < park.serve_share


@behaviour
def outlook_of(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, rows: int
) -> tuple[int, int]:
    """Rows of the levers that the enterprise reckons with when it invests, and of those that will
    be: where changes are announced, what is known ahead lies in the second third of the rows and
    what will be in the last; who does not know has those in force twice."""
    if policy.notice > 0.0 and announcements.knows_ahead(enterprise, behaviour):
        return enterprise.regime + rows // 3, enterprise.regime + 2 * (rows // 3)
    return enterprise.regime, enterprise.regime


@behaviour
def renew_technology(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    outlook: PolicyLevers,
    later: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> None:
    """Line 5: housekeeping lapses; options are bought when the enterprise looks into them, by
    what it reckons with: the levers in force, or those announced; and none that announced support
    makes worth waiting for."""
    changed = technology.let_housekeeping_lapse(enterprise, sector, policy, behaviour, draws)
    under_audit = enterprise.until_result > 0
    reviews = under_audit or draws.review < announcements.review_chance(policy, later, behaviour)
    open_options = enterprise.identified & ~enterprise.implemented
    if reviews and open_options != technology.no_options():
        chosen = investment.choose_options(enterprise, sector, outlook, behaviour, park)
        if announcements.supports_more(policy, later):
            chosen = announcements.bought_now(
                enterprise, sector, outlook, later, behaviour, park, chosen
            )
        if chosen != technology.no_options():
            audits.buy(enterprise, sector, policy, chosen)
            changed = True
    if changed:
        technology.refresh_technology(enterprise, sector, behaviour)


@behaviour
def produce_and_report(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> None:
    """Lines 6 to 8: production, treatment, report, tax, inspection, penalties."""
    place = targeting.monitoring_place(enterprise, policy, park)
    enterprise.monitored = 1 if place < policy.monitoring_coverage else 0
    if enterprise.monitored > 0:
        learning.better_records(enterprise, behaviour.monitoring_records)
    treatment.prepare_treatment(enterprise, sector, behaviour, park)
    enterprise.bypassing = 0
    for medium in range(N_MEDIA):
        enterprise.paid.treatment += plans.treat(
            enterprise, sector, policy, behaviour, park, draws, medium
        )
    enterprise.paid.treatment += organics.treat_voc(enterprise, sector, policy, behaviour)
    tax = reporting.report_and_pay_tax(enterprise, sector, policy, behaviour, park)
    enterprise.paid.environmental_tax += tax + organics.voc_tax(enterprise, sector, policy)
    enterprise.paid.fines += inspection.inspect(enterprise, sector, policy, behaviour, park, draws)


@behaviour
def reward_result(enterprise: EnterpriseState, policy: PolicyLevers) -> None:
    """Line 9: award or penalty by the result of an audit evaluated this quarter."""
    if enterprise.evaluated == 0:
        return
    enterprise.paid.awards += standing(enterprise.level) * policy.level_award
    if enterprise.level == BELOW_III:
        enterprise.paid.fines += policy.poor_audit_penalty


@behaviour
def look_at_links(number: int, links: Links, seen: Seen) -> tuple[float, float, float]:
    """Shares of an enterprise's links caught and inspected, and their mean attitude."""
    first = links.offsets[number]
    end = links.offsets[number + 1]
    seen_caught = 0
    seen_inspected = 0
    mood = 0.0 if end > first else seen.attitude[number]
    for position in range(first, end):
        peer = links.linked[position]
        seen_caught += seen.caught[peer]
        seen_inspected += seen.inspected[peer]
        mood += seen.attitude[peer]
    degree = max(1, end - first)
    return seen_caught / degree, seen_inspected / degree, mood / degree


@behaviour
def look_at_peer(number: int, sector: int, links: Links, seen: Seen, draws: Draws) -> Options:
    """Options that one linked enterprise runs, drawn at random; none of another sector's."""
    first = links.offsets[number]
    end = links.offsets[number + 1]
    shown = technology.no_options()
    if end > first:
        peer = links.linked[learning.pick_link(first, end, draws)]
        if seen.sector[peer] == sector:
            shown = seen.implemented[peer]
    return shown


@behaviour
def learn(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
    around: tuple[float, float, float],
) -> None:
    """Line 10: detection, attitudes and options from what linked enterprises showed."""
    share_caught, share_inspected, mood = around
    learning.learn_detection(enterprise, policy, behaviour, park, share_caught, share_inspected)
    learning.adjust_attitude(enterprise, policy, behaviour, park, mood)
    learning.discover(enterprise, sector, policy, behaviour, park, draws)


@behaviour
def show(number: int, enterprise: EnterpriseState, seen: Seen) -> None:
    """Copy what linked enterprises will learn from in line 10."""
    seen.sector[number] = enterprise.sector
    seen.implemented[number] = enterprise.implemented
    seen.attitude[number] = enterprise.attitude
    seen.inspected[number] = enterprise.inspected
    seen.caught[number] = enterprise.caught


def review_list(scene: Scene) -> None:
    """Line 1, once a year: the authority reviews its list of key polluters."""
    enterprises, parks, sectors = scene.enterprises, scene.parks, scene.sectors
    for place in range(len(parks)):
        targeting.open_list(parks[place])
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        targeting.note_load(enterprise, sectors[enterprise.sector], parks[enterprise.park])
    for place in range(len(parks)):
        targeting.draw_lines(parks[place], scene.behaviour)
    for i in range(len(enterprises)):
        enterprise = enterprises[i]
        targeting.put_on_list(enterprise, sectors[enterprise.sector], parks[enterprise.park])
    for place in range(len(parks)):
        targeting.close_list(parks[place])


def open_enterprises(first: int, end: int, scene: Scene) -> None:
    """Lines 1 to 3: the plan of inspections, training, registration for audits."""
    parks, policies, behaviour = scene.parks, scene.policies, scene.behaviour
    enterprises, draws, sectors = scene.enterprises, scene.draws, scene.sectors
    for i in range(first, end):
        enterprise = enterprises[i]
        park = parks[enterprise.park]
        policy = policies[enterprise.regime]
        sector = sectors[enterprise.sector]
        targeting.plan_inspections(enterprise, policy, behaviour, park)
        learning.train(enterprise, policy, behaviour, draws[i])
        register_for_audit(enterprise, sector, policy, behaviour, park, draws[i])


def work_enterprises(first: int, end: int, scene: Scene) -> None:
    """Lines 4 to 9: audits, investment, production, reports, inspections, rewards."""
    workspace = np.zeros((2, N_INDICATORS))
    enterprises, draws, teams = scene.enterprises, scene.draws, scene.teams
    behaviour, seen = scene.behaviour, scene.seen
    parks, policies, sectors = scene.parks, scene.policies, scene.sectors
    for i in range(first, end):
        enterprise = enterprises[i]
        park = parks[enterprise.park]
        policy = policies[enterprise.regime]
        sector = sectors[enterprise.sector]
        if is_served(enterprise, park, draws[i]):
            audits.conduct_audit(enterprise, sector, policy, behaviour, park, teams, draws[i])
        ahead, then = outlook_of(enterprise, policy, behaviour, len(policies))
        outlook, later = policies[ahead], policies[then]
        renew_technology(enterprise, sector, policy, outlook, later, behaviour, park, draws[i])
        if enterprise.until_result > 0:
            audits.go_on_with_audit(
                enterprise, sector, policy, outlook, behaviour, park, teams, draws[i], workspace
            )
        produce_and_report(enterprise, sector, policy, behaviour, park, draws[i])
        reward_result(enterprise, policy)
        accounts.settle(enterprise, sector, policy, behaviour, park)
        authority.note_enterprise(enterprise, policy, park)
        show(i, enterprise, seen)


@behaviour
def move_on(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
    row: CellSums,
) -> None:
    """Line 11: restriction, growth by relative cost, and where it leaves another tenant."""
    inspection.restrict(enterprise, policy)
    mean_cost = authority.mean_log_cost(park, enterprise.sector)
    demand = park.demand[enterprise.sector]
    growth.grow(enterprise, sector, policy, behaviour, mean_cost, demand)
    growth.count_hard_times(enterprise, behaviour)
    if growth.leaves(enterprise, policy, behaviour, park) or growth.gives_up(behaviour, draws):
        debt, taken, capital = newcomers.replace_tenant(
            enterprise, sector, policy, behaviour, park, draws
        )
        add_exit(row, debt, taken, capital)


def close_enterprises(first: int, end: int, scene: Scene) -> None:
    """Lines 10 to 12: learning, growth, exit and entry, outcomes."""
    enterprises, parks, policies = scene.enterprises, scene.parks, scene.policies
    behaviour, draws, totals = scene.behaviour, scene.draws, scene.totals
    links, seen, sectors = scene.links, scene.seen, scene.sectors
    for i in range(first, end):
        enterprise = enterprises[i]
        place = enterprise.park
        park = parks[place]
        policy = policies[enterprise.regime]
        sector = sectors[enterprise.sector]
        around = look_at_links(i, links, seen)
        learn(enterprise, sector, policy, behaviour, park, draws[i], around)
        if learning.meets_peer(behaviour, draws[i]):
            shown = look_at_peer(i, enterprise.sector, links, seen, draws[i])
            learning.learn_from_peer(enterprise, sector, policy, park, shown, draws[i])
        row = totals[place, cell_of(enterprise, totals.shape[1])]
        close_enterprise(enterprise, sector, policy, behaviour, park, row)
        move_on(enterprise, sector, policy, behaviour, park, draws[i], row)


@behaviour
def run_quarter(
    number: int,
    scene: Scene,
    review: Callable[[Scene], None],
    opening: Stretch,
    work: Stretch,
    closing: Stretch,
) -> None:
    """All twelve lines of quarter ``number``.

    The authority's own steps stand here; what goes over the enterprises is given, so that it can
    be these modules' functions, compiled ones, or either over chunks of the enterprises.
    """
    parks, policies, behaviour = scene.parks, scene.policies, scene.behaviour
    count = len(scene.enterprises)
    for place in range(len(parks)):
        authority.open_quarter(parks[place], policies[place], behaviour, number)
        market.set_prices(parks[place], policies[place], behaviour, scene.sectors)
    if number % 4 == 0:
        review(scene)
    opening(0, count, scene)
    for place in range(len(parks)):
        authority.allot_capacity(parks[place], policies[place])
    work(0, count, scene)
    for place in range(len(parks)):
        authority.close_quarter(parks[place], policies[place])
    closing(0, count, scene)
    for place in range(len(parks)):
        close_park(
            parks[place],
            policies[place],
            behaviour,
            scene.sectors,
            scene.totals[place],
            scene.park_totals[place],
        )
