"""What an enterprise reports, and the environmental tax that follows from the report."""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour, decision
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, ParkState, SectorData
from cleanpark.agents.readings import statement_expected
from cleanpark.agents.sanctions import falsehood_price, pays_to_hide
from cleanpark.agents.state import N_MEDIA, WASTE
from cleanpark.agents.treatment import (
    acted_on,
    fine_for,
    relief_applies,
    tax_rate,
    tax_share,
)


@behaviour
def can_falsify(enterprise: EnterpriseState, policy: PolicyLevers) -> bool:
    """Unmonitored enterprises can; monitored ones only where the instrument is tampered with."""
    if enterprise.monitored == 0:
        return True
    return enterprise.tamper_rank < policy.monitoring_tamper_rate * (1.0 - enterprise.attitude)


@behaviour
def due_tax(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    medium: int,
    ratio: float,
) -> float:
    """Environmental tax on a report of one medium, 10,000 CNY, with the notches of Article 13."""
    tax = tax_rate(enterprise, policy, medium) * (ratio * enterprise.allowed[medium])
    if relief_applies(enterprise, behaviour, medium):
        tax *= tax_share(ratio, policy.tax_reduction_30, policy.tax_reduction_50)
    return tax


@behaviour
def price_of_falsehood(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, medium: int
) -> float:
    """Believed price of a false report of a medium, given those of the media before it: it is
    found by inspections, or where an audit reads the exceedance that the report denies."""
    looked_into = enterprise.belief
    if enterprise.ratio[medium] > 1.0:
        looked_into = max(looked_into, statement_expected(enterprise, policy, behaviour))
    return falsehood_price(
        looked_into,
        behaviour.falsehood_detection,
        tax_rate(enterprise, policy, medium) * enterprise.generated[medium],
        policy.falsification_fine,
        enterprise.falsified > 0,
    )


@decision
def choose_reported_share(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    medium: int,
) -> float:
    """Share of the true discharge that the enterprise declares, in (0, 1].

    It under-reports when the tax saved exceeds the believed price of being found out.
    """
    if not can_falsify(enterprise, policy):
        return 1.0
    hidden = behaviour.under_reporting * (1.0 - enterprise.attitude)
    ratio = enterprise.ratio[medium]
    false_ratio = ratio * (1.0 - hidden)
    honest = due_tax(enterprise, policy, behaviour, medium, ratio)
    false = due_tax(enterprise, policy, behaviour, medium, false_ratio)
    price = price_of_falsehood(enterprise, policy, behaviour, medium)
    return 1.0 - hidden if honest - false > price else 1.0


@behaviour
def saved_by_hiding(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, medium: int
) -> float:
    """What reporting an exceedance as just below the limit is believed to save, 10,000 CNY: the
    fine that one's own readings would bring, and tax."""
    ratio = enterprise.ratio[medium]
    severe = 1.0 if medium == WASTE else ratio
    fine = fine_for(enterprise, policy, behaviour, policy.fine, severe)
    untaxed = (ratio - behaviour.just_below) * enterprise.allowed[medium]
    saved = acted_on(enterprise, policy, behaviour) * policy.sanctioned_share * fine
    return saved + tax_rate(enterprise, policy, medium) * untaxed


@decision
def hides_exceedance(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, medium: int
) -> bool:
    """Whether a reading above the limit is reported as just below it: where that pays, as far as
    attitude lets the gain count."""
    if not can_falsify(enterprise, policy):
        return False
    saved = saved_by_hiding(enterprise, policy, behaviour, medium)
    price = price_of_falsehood(enterprise, policy, behaviour, medium)
    return pays_to_hide(enterprise.attitude, behaviour.honesty_threshold, saved, price)


@behaviour
def fill_in_report(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    medium: int,
) -> float:
    """Report one medium; returns the reported discharge over its limit."""
    share = choose_reported_share(enterprise, sector, policy, behaviour, park, medium)
    ratio = enterprise.ratio[medium]
    reported = ratio * share
    if reported > 1.0 and hides_exceedance(enterprise, policy, behaviour, medium):
        reported = behaviour.just_below
    enterprise.reported_share[medium] = share
    enterprise.reported_ratio[medium] = reported
    if reported < ratio:
        enterprise.falsified = 1
    return reported


@behaviour
def report_and_pay_tax(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """Fill in this quarter's report for every medium; returns the tax due, 10,000 CNY.

    A reported exceedance of a limit for air or water voids all reductions (MoF/STA/MEE 2018 No.
    117, Article 2).
    """
    enterprise.falsified = 0
    exceeds = False
    for medium in range(N_MEDIA):
        reported = fill_in_report(enterprise, sector, policy, behaviour, park, medium)
        if reported > 1.0 and medium != WASTE:
            exceeds = True
    tax = 0.0
    for medium in range(N_MEDIA):
        reported = enterprise.reported_ratio[medium]
        if exceeds:
            discharged = reported * enterprise.allowed[medium]
            tax += tax_rate(enterprise, policy, medium) * discharged
        else:
            tax += due_tax(enterprise, policy, behaviour, medium, reported)
    return tax
