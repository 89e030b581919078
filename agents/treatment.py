"""End-of-pipe treatment: loads, limits, and how hard an enterprise runs its installations.

Effort e in [0, 1] removes e times what the installation can remove; the running cost
0.5 c R e^2 makes the marginal cost of an equivalent removed c e.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from cleanpark.agents.behaviour import behaviour, decision
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData
from cleanpark.agents.state import AIR, END_FLOW, FIRST_FLOW, N_MEDIA, WASTE, WATER
from cleanpark.scenarios import law

tax_share = behaviour(law.tax_share)
"""Share of the tax that is due by discharge over the limit: the statute's own function."""

TWO_SPREADS, ONE_SPREAD, AT_LIMIT, BY_TAX, NOTCH_30, NOTCH_50 = range(6)
"""Candidate plans: two spreads, one spread, none below the limit; what the tax alone makes
worthwhile; and, last since they are not always looked at, the notches of the tax."""
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
def production(enterprise: EnterpriseState) -> float:
    """Output of this quarter after a production restriction, 10,000 CNY."""
    return enterprise.output * (1.0 - enterprise.restriction)


@behaviour
def to_works(enterprise: EnterpriseState, medium: int) -> bool:
    """Whether this medium goes to the park's central works instead of the environment."""
    return medium == WATER and enterprise.connected > 0


@behaviour
def limit(enterprise: EnterpriseState, sector: SectorData, park: ParkState, medium: int) -> float:
    """Equivalents that the enterprise may discharge this quarter; to the works, the sewer limit.

    Limits are concentrations in law, so they follow the product mix.
    """
    allowed = sector.limit[medium] * enterprise.mix * production(enterprise)
    if to_works(enterprise, medium):
        allowed *= park.works_limit
    return allowed


@behaviour
def tax_rate(enterprise: EnterpriseState, policy: PolicyLevers, medium: int) -> float:
    """Environmental protection tax, 10,000 CNY per equivalent; none on what goes to the works
    (Environmental Protection Tax Law, Article 4)."""
    if medium == AIR:
        return policy.air_tax_rate * CNY
    if medium == WATER:
        return 0.0 if enterprise.connected > 0 else policy.water_tax_rate * CNY
    return policy.solid_waste_tax_rate * CNY


@behaviour
def treatment_slope(enterprise: EnterpriseState, sector: SectorData, medium: int) -> float:
    """Marginal cost of an equivalent removed at full effort, 10,000 CNY."""
    return sector.treatment_slope[medium] * enterprise.cost_factor * CNY


@behaviour
def running_cost(slope: float, removable_load: float, effort: float) -> float:
    """Running cost of treatment this quarter, 10,000 CNY."""
    return 0.5 * slope * removable_load * effort * effort


@behaviour
def shock_scale(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> float:
    """Scale of the shock between planned and realised discharge; smaller with good records."""
    steadiness = 1.0 - behaviour.management_effect * enterprise.data_quality
    return behaviour.operation_spread * steadiness * LOGISTIC_SCALE


@behaviour
def prepare_treatment(
    enterprise: EnterpriseState, sector: SectorData, behaviour: BehaviourParameters, park: ParkState
) -> None:
    """Set what treatment starts from this quarter, by medium: the equivalents that production
    generates, those that full effort takes out, the limit; and how steady operations are."""
    made = production(enterprise)
    for medium in range(N_MEDIA):
        generated = 0.0
        removable = 0.0
        for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
            equivalents = enterprise.intensity[flow] * sector.equivalent[flow]
            generated += equivalents
            removable += equivalents * sector.removal[flow]
        enterprise.generated[medium] = generated * made
        enterprise.removable[medium] = removable * made
        enterprise.allowed[medium] = limit(enterprise, sector, park, medium)
    scale = shock_scale(enterprise, behaviour)
    if scale != enterprise.shock_scale:  # seldom after the first quarter
        enterprise.shock_scale = scale
        enterprise.margin = math.exp(-scale / LOGISTIC_SCALE)


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
def severity(ratio: float, behaviour: BehaviourParameters) -> float:
    """Factor on the base fine by how far the limit is exceeded, at most 3."""
    return min(3.0, 1.0 + behaviour.severity_slope * max(0.0, ratio - 1.0))


@behaviour
def escalation(policy: PolicyLevers, record: int) -> float:
    """Factor on the fine for violations found before, counted up to six."""
    factor = 1.0
    for _ in range(min(record, 6)):
        factor *= policy.fine_escalation
    return factor


@behaviour
def fine_for(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, ratio: float
) -> float:
    """Fine for a violation found, 10,000 CNY, capped at the statutory band's upper end."""
    repeated = policy.fine * escalation(policy, enterprise.record)
    return capped_fine(repeated, policy, behaviour, ratio)


@behaviour
def capped_fine(
    repeated: float, policy: PolicyLevers, behaviour: BehaviourParameters, ratio: float
) -> float:
    """Fine by severity on what repetition has made of the base, at most the band's upper end."""
    return min(repeated * severity(ratio, behaviour), max(policy.fine, behaviour.fine_cap))


@behaviour
def expected_detection(enterprise: EnterpriseState, policy: PolicyLevers) -> float:
    """Perceived probability that a violation is found this quarter: what inspections taught, or,
    where readings go to the authority in real time, that these are acted on."""
    if enterprise.monitored > 0:
        return max(enterprise.belief, policy.monitoring_enforcement)
    return enterprise.belief


@behaviour
def relief_applies(
    enterprise: EnterpriseState, behaviour: BehaviourParameters, medium: int
) -> bool:
    """Whether a reduction of the tax can be had: for air and water, where the discharge is
    measured as the statute demands (Implementing Regulations, Articles 10 and 11): automatic
    monitoring or good records."""
    if medium == WASTE:
        return False
    return enterprise.monitored > 0 or enterprise.data_quality >= behaviour.relief_data_quality


class Prices(NamedTuple):
    """What every plan of a medium is priced by, in the enterprise's own eyes."""

    slope: float
    """marginal cost of treatment at full effort, 10,000 CNY per equivalent"""
    rate: float
    """tax on what is reported, 10,000 CNY per equivalent"""
    relief: bool
    """whether a reduction of the tax can be had"""
    detection: float
    """perceived probability that a violation is found this quarter"""
    fine: float
    """fine before severity, 10,000 CNY"""
    moral: float
    """moral cost of violating, which grows with attitude, 10,000 CNY"""


class Plan(NamedTuple):
    """How a medium might be treated this quarter."""

    effort: float
    """in [0, 1]"""
    ratio: float
    """planned discharge over the limit"""


@behaviour
def treatment_prices(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    medium: int,
) -> Prices:
    """What every plan of a medium is priced by this quarter, in the enterprise's own eyes."""
    rate = tax_rate(enterprise, policy, medium) * enterprise.reported_share[medium]
    return Prices(
        treatment_slope(enterprise, sector, medium),
        rate,
        rate > 0.0 and relief_applies(enterprise, behaviour, medium),
        expected_detection(enterprise, policy),
        policy.fine * escalation(policy, enterprise.record),
        enterprise.attitude * behaviour.moral_cost * production(enterprise),
    )


@behaviour
def planned_cost(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    prices: Prices,
    medium: int,
    plan: Plan,
    exceeds: float,
) -> float:
    """What a plan costs in the enterprise's own eyes this quarter, 10,000 CNY.

    Running cost, tax with its statutory reduction, and with probability ``exceeds`` the believed
    fine and the moral cost. ``plan`` is an effort and the planned ratio to the limit.
    """
    effort, ratio = plan
    removable = enterprise.removable[medium]
    tax = prices.rate * (enterprise.generated[medium] - removable * effort)
    if prices.relief:
        share = tax_share(ratio, policy.tax_reduction_30, policy.tax_reduction_50)
        tax *= 1.0 - (1.0 - share) * (1.0 - exceeds)
    believed = prices.detection * capped_fine(prices.fine, policy, behaviour, ratio)
    return running_cost(prices.slope, removable, effort) + tax + exceeds * (believed + prices.moral)


@behaviour
def candidate_target(enterprise: EnterpriseState, candidate: int) -> float:
    """Planned ratio to the limit of a candidate: spreads of the operations' shock below it, just
    meeting it, or the notches of the tax."""
    if candidate == TWO_SPREADS:
        return enterprise.margin * enterprise.margin
    if candidate == ONE_SPREAD:
        return enterprise.margin
    if candidate == NOTCH_30:
        return 0.7
    if candidate == NOTCH_50:
        return 0.5
    return 1.0


@behaviour
def candidate_effort(
    enterprise: EnterpriseState, prices: Prices, medium: int, candidate: int
) -> float:
    """Effort of one candidate plan."""
    removable = enterprise.removable[medium]
    if removable <= 0.0:
        return 0.0
    if candidate == BY_TAX:
        slope = prices.slope
        return min(1.0, prices.rate / slope) if slope > 0.0 else 1.0
    target = candidate_target(enterprise, candidate)
    excess = enterprise.generated[medium] - target * enterprise.allowed[medium]
    if excess <= 0.0:
        return 0.0
    return excess / removable if excess < removable else 1.0


@behaviour
def planned_ratio(enterprise: EnterpriseState, medium: int, candidate: int, effort: float) -> float:
    """Planned discharge of a candidate over the limit: its target where effort gets there."""
    if candidate != BY_TAX and 0.0 < effort < 1.0:
        return candidate_target(enterprise, candidate)
    allowed = enterprise.allowed[medium]
    planned = enterprise.generated[medium] - enterprise.removable[medium] * effort
    return planned / allowed if allowed > 0.0 else 0.0


@behaviour
def has_known_risk(candidate: int, plan: Plan) -> bool:
    """Whether a plan hits a target of so many spreads below the limit."""
    return candidate <= AT_LIMIT and 0.0 < plan.effort < 1.0


@behaviour
def known_risk(enterprise: EnterpriseState, candidate: int) -> float:
    """Probability of exceeding the limit when planning so many spreads below it."""
    return EXCEEDS_AT_SPREADS[AT_LIMIT - candidate] if enterprise.shock_scale > 1e-9 else 0.0


@behaviour
def least_risk(plan: Plan) -> float:
    """What the probability of exceeding the limit is at least: a half when planning above it."""
    return 0.5 if plan.ratio > 1.0 else 0.0


@behaviour
def candidate_exceeds(enterprise: EnterpriseState, candidate: int, plan: Plan) -> float:
    """Probability of exceeding the limit under a candidate plan."""
    if has_known_risk(candidate, plan):
        return known_risk(enterprise, candidate)
    return exceedance_probability(plan.ratio, enterprise.shock_scale)


@behaviour
def count_candidates(prices: Prices) -> int:
    """How many candidate plans are looked at: the tax's notches only where they can pay."""
    return NOTCH_50 + 1 if prices.relief else NOTCH_30


@decision
def choose_treatment(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    medium: int,
) -> float:
    """The effort in [0, 1] at which treatment of a medium is run: the cheapest candidate.

    The tax's notches are candidates only where a reduction can be had. A plan that costs too
    much even with the least probability of exceeding is passed over before that is computed.
    """
    prices = treatment_prices(enterprise, sector, policy, behaviour, medium)
    best = -1.0
    lowest = math.inf
    for candidate in range(count_candidates(prices)):
        effort = candidate_effort(enterprise, prices, medium, candidate)
        if effort == best:
            continue
        plan = Plan(effort, planned_ratio(enterprise, medium, candidate, effort))
        known = has_known_risk(candidate, plan)
        exceeds = known_risk(enterprise, candidate) if known else least_risk(plan)
        cost = planned_cost(enterprise, policy, behaviour, prices, medium, plan, exceeds)
        if cost >= lowest:
            continue
        if not known:
            exceeds = exceedance_probability(plan.ratio, enterprise.shock_scale)
            cost = planned_cost(enterprise, policy, behaviour, prices, medium, plan, exceeds)
        if cost < lowest:
            lowest = cost
            best = effort
    return best


@behaviour
def treat(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
    medium: int,
) -> float:
    """Run treatment of a medium for a quarter; returns its running cost, 10,000 CNY."""
    effort = choose_treatment(enterprise, sector, policy, behaviour, park, medium)
    generated = enterprise.generated[medium]
    removable = enterprise.removable[medium]
    allowed = enterprise.allowed[medium]
    planned = generated - removable * effort
    shock = operation_shock(draws.shock[medium], enterprise.shock_scale)
    discharged = min(generated, planned * shock)
    enterprise.effort[medium] = effort
    enterprise.shock[medium] = discharged / planned if planned > 0.0 else 1.0
    enterprise.ratio[medium] = discharged / allowed if allowed > 0.0 else 0.0
    return running_cost(treatment_slope(enterprise, sector, medium), removable, effort)


@behaviour
def discharge(enterprise: EnterpriseState, sector: SectorData, flow: int, medium: int) -> float:
    """What leaves the enterprise of a flow this quarter, in the flow's unit.

    What goes to the works is counted at the enterprise's outlet; the works' removal comes after.
    """
    amount = enterprise.intensity[flow] * production(enterprise)
    left = amount * (1.0 - sector.removal[flow] * enterprise.effort[medium])
    return min(amount, left * enterprise.shock[medium])
