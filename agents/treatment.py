"""End-of-pipe treatment: loads, limits, and how hard an enterprise runs its installations.

Effort e in [0, 1] removes e times what the installation can remove; the running cost
0.5 c R e^2 makes the marginal cost of an equivalent removed c e.
"""

from __future__ import annotations

import math
from typing import Any

from cleanpark.agents.behaviour import behaviour, decision
from cleanpark.agents.draws import SHOCK_AIR
from cleanpark.agents.state import AIR, WASTE, WATER
from cleanpark.scenarios import law

tax_share = behaviour(law.tax_share)
"""Share of the tax that is due by discharge over the limit: the statute's own function."""

FIRST_FLOW = (2, 5, 7)
END_FLOW = (5, 7, 9)
"""Flows of each medium (air, water, waste): FIRST_FLOW[m] up to, not including, END_FLOW[m]."""

N_CANDIDATES = 6
CNY = 1e-4
"""10,000 CNY in a CNY."""
LOGISTIC_SCALE = 0.5513288954217921
"""sqrt(3) / pi: gives the logistic distribution a standard deviation of one."""
EXCEEDS_AT_SPREADS = (
    0.5,
    1.0 / (1.0 + math.exp(1.0 / LOGISTIC_SCALE)),
    1.0 / (1.0 + math.exp(2.0 / LOGISTIC_SCALE)),
)
"""Probability of exceeding the limit when planning no, one or two spreads below it."""


@behaviour
def production(enterprise: Any) -> float:
    """Output of this quarter after a production restriction, 10,000 CNY."""
    return enterprise.output * (1.0 - enterprise.restriction)


@behaviour
def load(enterprise: Any, sector: Any, medium: int) -> float:
    """Pollution equivalents that the processes generate this quarter."""
    total = 0.0
    for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
        total += enterprise.intensity[flow] * sector.equivalent[flow]
    return total * production(enterprise)


@behaviour
def removable(enterprise: Any, sector: Any, medium: int) -> float:
    """Equivalents that full effort would take out this quarter."""
    total = 0.0
    for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
        total += enterprise.intensity[flow] * sector.equivalent[flow] * sector.removal[flow]
    return total * production(enterprise)


@behaviour
def to_works(enterprise: Any, medium: int) -> bool:
    """Whether this medium goes to the park's central works instead of the environment."""
    return medium == WATER and enterprise.connected > 0


@behaviour
def limit(enterprise: Any, sector: Any, park: Any, medium: int) -> float:
    """Equivalents that the enterprise may discharge this quarter; to the works, the sewer limit.

    Limits are concentrations in law, so they follow the product mix.
    """
    allowed = sector.limit[medium] * enterprise.mix * production(enterprise)
    if to_works(enterprise, medium):
        allowed *= park.works_limit
    return allowed


@behaviour
def tax_rate(enterprise: Any, policy: Any, medium: int) -> float:
    """Environmental protection tax, 10,000 CNY per equivalent; none on what goes to the works
    (Environmental Protection Tax Law, Article 4)."""
    if medium == AIR:
        return policy.air_tax_rate * CNY
    if medium == WATER:
        return 0.0 if enterprise.connected > 0 else policy.water_tax_rate * CNY
    return policy.solid_waste_tax_rate * CNY


@behaviour
def treatment_slope(enterprise: Any, sector: Any, medium: int) -> float:
    """Marginal cost of an equivalent removed at full effort, 10,000 CNY."""
    return sector.treatment_slope[medium] * enterprise.cost_factor * CNY


@behaviour
def running_cost(slope: float, removable_load: float, effort: float) -> float:
    """Running cost of treatment this quarter, 10,000 CNY."""
    return 0.5 * slope * removable_load * effort * effort


@behaviour
def operation_spread(enterprise: Any, behaviour: Any) -> float:
    """Scale of the shock between planned and realised discharge; smaller with good records."""
    steadiness = 1.0 - behaviour.management_effect * enterprise.data_quality
    return behaviour.operation_spread * steadiness * LOGISTIC_SCALE


@behaviour
def exceedance_probability(ratio: float, scale: float) -> float:
    """Probability that the realised ratio is above 1 when ``ratio`` is planned."""
    if scale <= 1e-9:
        return 1.0 if ratio > 1.0 else 0.0
    if ratio <= 1e-9:
        return 0.0
    return 1.0 / (1.0 + math.exp(-math.log(ratio) / scale))


@behaviour
def operation_shock(log_odds: float, scale: float) -> float:
    """Factor between planned and realised discharge: log-logistic with median 1.

    It has the log-normal's shape and standard deviation, and a probability in closed form.
    """
    return math.exp(scale * log_odds)


@behaviour
def severity(ratio: float, behaviour: Any) -> float:
    """Factor on the base fine by how far the limit is exceeded, at most 3."""
    return min(3.0, 1.0 + behaviour.severity_slope * max(0.0, ratio - 1.0))


@behaviour
def escalation(policy: Any, record: int) -> float:
    """Factor on the fine for violations found before, counted up to six."""
    factor = 1.0
    for _ in range(min(record, 6)):
        factor *= policy.fine_escalation
    return factor


@behaviour
def fine_for(enterprise: Any, policy: Any, behaviour: Any, ratio: float) -> float:
    """Fine for a violation found, 10,000 CNY, capped at the statutory band's upper end."""
    amount = policy.fine * severity(ratio, behaviour) * escalation(policy, enterprise.record)
    return min(amount, max(policy.fine, behaviour.fine_cap))


@behaviour
def expected_detection(enterprise: Any, policy: Any) -> float:
    """Perceived probability that a violation is found this quarter: what inspections taught, or,
    where readings go to the authority in real time, that these are acted on."""
    if enterprise.monitored > 0:
        return max(enterprise.belief, policy.monitoring_enforcement)
    return enterprise.belief


@behaviour
def relief_applies(enterprise: Any, behaviour: Any, medium: int) -> bool:
    """Whether a reduction of the tax can be had: for air and water, where the discharge is
    measured as the statute demands (Implementing Regulations, Articles 10 to 12): automatic
    monitoring or good records."""
    if medium == WASTE:
        return False
    return enterprise.monitored > 0 or enterprise.data_quality >= behaviour.relief_data_quality


@behaviour
def situation_of(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, medium: int
) -> tuple[float, float, float, float, float, float]:
    """What a treatment plan of a medium starts from this quarter.

    Load, what full effort removes and the limit (equivalents); marginal cost at full effort and
    tax on what is reported (10,000 CNY per equivalent); scale of the operations' shock.
    """
    return (
        load(enterprise, sector, medium),
        removable(enterprise, sector, medium),
        limit(enterprise, sector, park, medium),
        treatment_slope(enterprise, sector, medium),
        tax_rate(enterprise, policy, medium) * enterprise.reported_share[medium],
        operation_spread(enterprise, behaviour),
    )


@behaviour
def planned_cost(
    enterprise: Any,
    policy: Any,
    behaviour: Any,
    medium: int,
    situation: Any,
    effort: float,
    exceeds: float,
) -> float:
    """What a planned effort costs in the enterprise's own eyes this quarter, 10,000 CNY.

    Running cost, tax with its statutory reduction, and with probability ``exceeds`` the believed
    fine and the moral cost of violating, which grows with attitude.
    """
    generated, taken_out, allowed, slope, rate, _ = situation
    discharged = generated - taken_out * effort
    ratio = discharged / allowed if allowed > 0.0 else 0.0
    tax = rate * discharged
    if rate > 0.0 and relief_applies(enterprise, behaviour, medium):
        share = tax_share(ratio, policy.tax_reduction_30, policy.tax_reduction_50)
        tax *= 1.0 - (1.0 - share) * (1.0 - exceeds)
    moral = enterprise.attitude * behaviour.moral_cost * production(enterprise)
    believed = expected_detection(enterprise, policy) * fine_for(
        enterprise, policy, behaviour, ratio
    )
    return running_cost(slope, taken_out, effort) + tax + exceeds * (believed + moral)


@behaviour
def candidate_target(candidate: int, margin: float) -> float:
    """Planned ratio to the limit of a candidate: 0 two spreads of the operations' shock below
    the limit, 1 one spread below, 2 just meeting it, 4 and 5 the notches of the tax."""
    if candidate == 0:
        return margin * margin
    if candidate == 1:
        return margin
    if candidate == 4:
        return 0.7
    if candidate == 5:
        return 0.5
    return 1.0


@behaviour
def candidate_effort(situation: Any, candidate: int, margin: float) -> float:
    """Effort of one candidate plan; candidate 3 is what the tax alone makes worthwhile."""
    generated, taken_out, allowed, slope, rate, _ = situation
    if taken_out <= 0.0:
        return 0.0
    if candidate == 3:
        return min(1.0, rate / slope) if slope > 0.0 else 1.0
    needed = generated - candidate_target(candidate, margin) * allowed
    return min(1.0, max(0.0, needed / taken_out))


@behaviour
def candidate_exceeds(situation: Any, candidate: int, effort: float) -> float:
    """Probability of exceeding the limit under a candidate plan.

    Known without computing where the plan hits a target of so many spreads below the limit.
    """
    generated, taken_out, allowed, _, _, scale = situation
    if candidate < 3 and 0.0 < effort < 1.0:
        return EXCEEDS_AT_SPREADS[2 - candidate] if scale > 1e-9 else 0.0
    if allowed <= 0.0:
        return 0.0
    return exceedance_probability((generated - taken_out * effort) / allowed, scale)


@behaviour
def count_candidates(enterprise: Any, behaviour: Any, situation: Any, medium: int) -> int:
    """How many candidate plans are looked at: the tax's notches only where they can pay."""
    if situation[4] > 0.0 and relief_applies(enterprise, behaviour, medium):
        return N_CANDIDATES
    return N_CANDIDATES - 2


@decision
def choose_treatment(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, medium: int
) -> float:
    """The effort in [0, 1] at which treatment of a medium is run: the cheapest candidate.

    The tax's notches are candidates only where a reduction can be had.
    """
    situation = situation_of(enterprise, sector, policy, behaviour, park, medium)
    _, taken_out, _, slope, _, scale = situation
    margin = math.exp(-scale / LOGISTIC_SCALE)
    best = -1.0
    lowest = math.inf
    for candidate in range(count_candidates(enterprise, behaviour, situation, medium)):
        effort = candidate_effort(situation, candidate, margin)
        if effort == best or running_cost(slope, taken_out, effort) >= lowest:
            continue
        exceeds = candidate_exceeds(situation, candidate, effort)
        cost = planned_cost(enterprise, policy, behaviour, medium, situation, effort, exceeds)
        if cost < lowest:
            lowest = cost
            best = effort
    return best


@behaviour
def treat(
    enterprise: Any, sector: Any, policy: Any, behaviour: Any, park: Any, draws: Any, medium: int
) -> float:
    """Run treatment of a medium for a quarter; returns its running cost, 10,000 CNY."""
    situation = situation_of(enterprise, sector, policy, behaviour, park, medium)
    generated, taken_out, allowed, slope, _, scale = situation
    effort = choose_treatment(enterprise, sector, policy, behaviour, park, medium)
    enterprise.effort[medium] = effort
    shock = operation_shock(draws[SHOCK_AIR + medium], scale)
    discharge = min(generated, (generated - taken_out * effort) * shock)
    enterprise.ratio[medium] = discharge / allowed if allowed > 0.0 else 0.0
    return running_cost(slope, taken_out, effort)


@behaviour
def discharge_share(
    enterprise: Any, sector: Any, park: Any, medium: int, generated: float, taken_out: float
) -> float:
    """How much the operations' shock scaled the planned discharge of a medium this quarter."""
    planned = generated - taken_out * enterprise.effort[medium]
    if planned <= 0.0:
        return 1.0
    return enterprise.ratio[medium] * limit(enterprise, sector, park, medium) / planned


@behaviour
def discharge(enterprise: Any, sector: Any, park: Any, flow: int, medium: int) -> float:
    """What leaves the enterprise of a flow this quarter, in the flow's unit.

    What goes to the works is counted at the enterprise's outlet; the works' removal comes after.
    """
    generated = load(enterprise, sector, medium)
    taken_out = removable(enterprise, sector, medium)
    shock = discharge_share(enterprise, sector, park, medium, generated, taken_out)
    amount = enterprise.intensity[flow] * production(enterprise)
    left = amount * (1.0 - sector.removal[flow] * enterprise.effort[medium])
    return min(amount, left * shock)
