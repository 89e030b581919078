"""Inspections, what they find, and the penalties that follow."""

from __future__ import annotations

from cleanpark.agents.abatement import saved_by_violating
from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData
from cleanpark.agents.state import N_MEDIA, WASTE
from cleanpark.agents.targeting import inspection_probability
from cleanpark.agents.treatment import (
    acted_on,
    dumping_fine,
    fine_for,
    is_bypassed,
    tax_rate,
    treatment_slope,
)


@behaviour
def is_violating(enterprise: EnterpriseState) -> bool:
    """Whether any medium's realised discharge is above its limit."""
    violating = False
    for medium in range(N_MEDIA):
        if enterprise.ratio[medium] > 1.0:
            violating = True
    return violating


@behaviour
def worst_ratio(enterprise: EnterpriseState) -> float:
    """The largest discharge over its limit of air and water, by which a fine is severe; waste
    stored above its allowance is an offence of records and storage (Code, Article 1175), and
    what is dumped is fined by its amount."""
    worst = 0.0
    for medium in range(N_MEDIA):
        if medium != WASTE:
            worst = max(worst, enterprise.ratio[medium])
    return worst


@behaviour
def apparently_complies(enterprise: EnterpriseState) -> bool:
    """Whether the reports of all media are within the limits."""
    complies = True
    for medium in range(N_MEDIA):
        if enterprise.reported_ratio[medium] > 1.0:
            complies = False
    return complies


@behaviour
def tax_on_generated(enterprise: EnterpriseState, policy: PolicyLevers) -> float:
    """Environmental tax on all that was generated where a report was false, 10,000 CNY
    (Implementing Regulations of the Environmental Protection Tax Law, Articles 6 and 7)."""
    due = 0.0
    for medium in range(N_MEDIA):
        if enterprise.reported_ratio[medium] < enterprise.ratio[medium]:
            due += tax_rate(enterprise, policy, medium) * enterprise.generated[medium]
    return due


@behaviour
def saved_in(enterprise: EnterpriseState, sector: SectorData, medium: int) -> float:
    """Treatment cost of a medium that planning less than its limit asks for saved this quarter,
    10,000 CNY; nothing for an accident."""
    if enterprise.ratio[medium] <= 1.0:
        return 0.0
    return saved_by_violating(
        enterprise.generated[medium],
        enterprise.removable[medium],
        enterprise.allowed[medium],
        treatment_slope(enterprise, sector, medium),
        enterprise.effort[medium],
    )


@behaviour
def gain_from_violating(enterprise: EnterpriseState, sector: SectorData) -> float:
    """Treatment cost saved by this quarter's violations, 10,000 CNY."""
    gain = 0.0
    for medium in range(N_MEDIA):
        gain += saved_in(enterprise, sector, medium)
    return gain


@behaviour
def base_fine(enterprise: EnterpriseState, policy: PolicyLevers) -> float:
    """Fine before repetition and severity: the higher one where an installation was bypassed
    (Code, Articles 1055, 1107 and 1108), 10,000 CNY."""
    return max(policy.fine, policy.bypass_fine) if enterprise.bypassing > 0 else policy.fine


@behaviour
def penalty(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
) -> float:
    """Fine for the violation an inspection found, 10,000 CNY.

    Base by severity and repetition, a share of the gain, and the consecutive daily fine where
    the enterprise was caught in the quarter before and did not correct (Code, Article 1060).
    """
    base = base_fine(enterprise, policy)
    amount = fine_for(enterprise, policy, behaviour, base, worst_ratio(enterprise))
    amount += policy.fine_gain_share * gain_from_violating(enterprise, sector)
    if is_bypassed(enterprise, behaviour, WASTE):
        amount += dumping_fine(behaviour, saved_in(enterprise, sector, WASTE))
    if enterprise.caught > 0:
        amount += policy.daily_fine * policy.fine
    return amount


@behaviour
def chance_on_record(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Probability that an exceedance which the enterprise's own readings show, or an audit has
    stated, is acted on: own readings are evidence by themselves, the more so where they go to the
    authority in real time."""
    stated = policy.audit_enforcement if enterprise.stated > 0 else 0.0
    if apparently_complies(enterprise):
        return stated
    return max(stated, acted_on(enterprise, policy, behaviour))


@behaviour
def visit_probability(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """Probability of an inspection this quarter by plan, or because a bypass shows: power meters,
    flow meters and neighbours draw so many times as many."""
    chance = inspection_probability(enterprise, policy, behaviour, park)
    if enterprise.bypassing > 0:
        chance = min(1.0, chance * behaviour.bypass_visibility)
    return chance


@behaviour
def falsehood_found(
    enterprise: EnterpriseState, behaviour: BehaviourParameters, draws: Draws, pursued: bool
) -> bool:
    """Whether a false report is found, by an inspection or where an audit's statement is
    ``pursued`` which the report denies."""
    denied = pursued and enterprise.violating > 0 and apparently_complies(enterprise)
    if enterprise.falsified == 0 or not (denied or enterprise.inspected > 0):
        return False
    return draws.falsehood < behaviour.falsehood_detection


@behaviour
def inspect(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> float:
    """Inspect by the plan, keep the record, and return the fines due, 10,000 CNY; book the tax on
    what a false report hid."""
    enterprise.violating = 1 if is_violating(enterprise) else 0
    chance = visit_probability(enterprise, policy, behaviour, park)
    enterprise.inspected = 1 if draws.inspection < chance else 0
    on_record = draws.detection < chance_on_record(enterprise, policy, behaviour)
    if enterprise.inspected == 0 and not on_record:
        enterprise.caught = 0
        return 0.0
    stated = enterprise.stated > 0
    enterprise.stated = 0
    due = 0.0
    seen = enterprise.inspected > 0 and draws.detection < policy.detection
    found = enterprise.violating > 0 and (seen or on_record)
    if found:
        enterprise.watched = 1
        if draws.sanction < policy.sanctioned_share:
            due += penalty(enterprise, sector, policy, behaviour)
            enterprise.record += 1  # what goes unpunished is on no record
    else:
        enterprise.record = 0
        if draws.sanction < behaviour.watched_exit:
            enterprise.watched = 0
    enterprise.caught = 1 if found else 0
    if falsehood_found(enterprise, behaviour, draws, stated and on_record):
        due += policy.falsification_fine
        enterprise.paid.environmental_tax += tax_on_generated(enterprise, policy)
    return due


@behaviour
def restrict(enterprise: EnterpriseState, policy: PolicyLevers) -> None:
    """Set next quarter's production restriction from the record (Code, Article 1107)."""
    enterprise.restriction = 0.0
    if enterprise.caught > 0 and enterprise.record >= policy.restriction_after:
        enterprise.restriction = policy.production_restriction


@behaviour
def must_close(enterprise: EnterpriseState, policy: PolicyLevers) -> bool:
    """Whether the record orders closure; zero means never."""
    return policy.closure_after > 0.0 and enterprise.record >= policy.closure_after
