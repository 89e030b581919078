"""What an enterprise reports, and the environmental tax that follows from the report."""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour, decision
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, ParkState, SectorData
from cleanpark.agents.state import N_MEDIA, WASTE
from cleanpark.agents.treatment import relief_applies, tax_rate, tax_share


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
def falsehood_price(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, medium: int
) -> float:
    """Believed price of a false report: tax on all that was generated, and a fine
    (Implementing Regulations, Articles 6 and 7), 10,000 CNY."""
    generated = enterprise.generated[medium]
    price = tax_rate(enterprise, policy, medium) * generated + policy.falsification_fine
    return enterprise.belief * behaviour.falsehood_detection * price


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
    price = falsehood_price(enterprise, policy, behaviour, medium)
    return 1.0 - hidden if honest - false > price else 1.0


@decision
def hides_exceedance(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, medium: int
) -> bool:
    """Whether a reading above the limit is reported as just below it."""
    if not can_falsify(enterprise, policy):
        return False
    return enterprise.attitude < behaviour.honesty_threshold


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
