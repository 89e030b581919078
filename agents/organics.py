"""Volatile organic compounds: their own treatment, a pilot tax, and what is discharged.

Standards ask for treatment up to a usual effort, whose cost is among an enterprise's ordinary
costs. A tax on trial (Environmental Protection Tax Law, Article 27) makes more of it worth while:
with whole marginal cost c e at effort e, capital included since more is bought anew, the best
effort is tax / c, at least the usual one and at most 1. There is no limit to exceed and no relief.
"""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour, decision, seldom
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, SectorData
from cleanpark.agents.state import AIR, VOC
from cleanpark.agents.treatment import CNY, production
from cleanpark.scenarios import law

EQUIVALENTS = law.pilot_equivalents_per_kg()
"""Pollution equivalents of a kg, as the pilot is assumed to count them."""


@behaviour
def voc_discharge(enterprise: EnterpriseState, sector: SectorData) -> float:
    """What leaves the enterprise this quarter, kg."""
    amount = enterprise.intensity[VOC] * production(enterprise)
    return amount * (1.0 - sector.removal[VOC] * enterprise.voc_effort)


@behaviour
def share_told(enterprise: EnterpriseState) -> float:
    """Share of the discharge that is reported: that of the other pollutants of the air, which
    stand in the same report."""
    ratio = enterprise.ratio[AIR]
    return enterprise.reported_ratio[AIR] / ratio if ratio > 0.0 else 1.0


@behaviour
def voc_slope(enterprise: EnterpriseState, sector: SectorData) -> float:
    """Marginal cost at full effort, CNY per equivalent."""
    return sector.voc_slope * enterprise.cost_factor


@decision
def choose_voc_treatment(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
) -> float:
    """The effort at which volatile organic compounds are treated, in [0, 1]: what standards ask
    for, or more where the tax on what is declared makes it worth while."""
    usual = behaviour.voc_effort
    if policy.voc_tax_rate <= 0.0:
        return usual
    price = policy.voc_tax_rate * enterprise.reported_share[AIR]
    slope = voc_slope(enterprise, sector)
    wanted = price / slope if slope > 0.0 else 1.0
    return min(1.0, max(usual, wanted))


@behaviour
def voc_treatment_cost(
    enterprise: EnterpriseState, sector: SectorData, behaviour: BehaviourParameters
) -> float:
    """Cost of treating more than is usual, 10,000 CNY a quarter."""
    effort = enterprise.voc_effort
    usual = behaviour.voc_effort
    if effort <= usual:
        return 0.0
    generated = enterprise.intensity[VOC] * production(enterprise) * EQUIVALENTS
    slope = voc_slope(enterprise, sector) * CNY
    return 0.5 * slope * sector.removal[VOC] * generated * (effort * effort - usual * usual)


@behaviour
def treat_voc(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
) -> float:
    """Run treatment for a quarter; returns what it costs beyond the usual, 10,000 CNY."""
    enterprise.voc_effort = choose_voc_treatment(enterprise, sector, policy, behaviour)
    return voc_treatment_cost(enterprise, sector, behaviour)


@behaviour
def voc_tax(enterprise: EnterpriseState, sector: SectorData, policy: PolicyLevers) -> float:
    """Tax of a pilot on what is reported, 10,000 CNY."""
    if policy.voc_tax_rate <= 0.0:
        return 0.0
    reported = voc_discharge(enterprise, sector) * share_told(enterprise)
    return policy.voc_tax_rate * CNY * EQUIVALENTS * reported


@seldom
def worth_of_less_voc(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
) -> float:
    """What a kg less generated saves under a pilot, 10,000 CNY: tax, and treatment beyond the
    usual."""
    if policy.voc_tax_rate <= 0.0:
        return 0.0
    effort = enterprise.voc_effort
    usual = behaviour.voc_effort
    removal = sector.removal[VOC]
    price = policy.voc_tax_rate * enterprise.reported_share[AIR]
    worth = price * (1.0 - removal * effort)
    if effort > usual:
        slope = voc_slope(enterprise, sector)
        worth += 0.5 * slope * removal * (effort * effort - usual * usual)
    return worth * CNY * EQUIVALENTS
