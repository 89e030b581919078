"""Cleaner-production audits: fee, duty, taking part, effort."""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour, decision, seldom
from cleanpark.agents.elementary import exponential, logarithm
from cleanpark.agents.investment import credit_line
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData
from cleanpark.agents.readings import BY_POOL
from cleanpark.agents.results import at_stake, best_improvement, own_level, worth_of_level
from cleanpark.agents.state import BELOW_III, LEVEL_I
from cleanpark.scenarios.levers import choice

NO_AUDITS = choice("audit_mode", "none")
VOLUNTARY = choice("audit_mode", "voluntary")
MANDATORY_ALL = choice("audit_mode", "mandatory-all")


@behaviour
def audit_fee(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> float:
    """Consultant's fee for one audit, 10,000 CNY; grows less than in proportion to output."""
    size = max(enterprise.output, 1e-6) / behaviour.audit_fee_output
    return behaviour.audit_fee * exponential(behaviour.audit_fee_exponent * logarithm(size))


@behaviour
def is_due(enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState) -> bool:
    """Whether the audit interval has passed since the last audit, or its acceptance failed."""
    if enterprise.accepted == 0:
        return True
    return park.quarter - enterprise.last_audit >= policy.audit_interval


@behaviour
def under_duty(enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState) -> bool:
    """Whether the law obliges an audit now: those listed, or all; by exceedance or substances
    (Ecological and Environmental Code, Article 967)."""
    if policy.audit_mode == NO_AUDITS or policy.audit_mode == VOLUNTARY:
        return False
    if not is_due(enterprise, policy, park):
        return False
    if policy.audit_mode == MANDATORY_ALL:
        return True
    return enterprise.listed > 0 or enterprise.record > 0


@behaviour
def believed_relief(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """Reward less punishment by audit result that the enterprise expects, 10,000 CNY: what the
    level is worth at which it sees itself."""
    if not at_stake(policy):
        return 0.0
    level = own_level(enterprise, sector, policy, behaviour, park)
    return worth_of_level(enterprise, policy, behaviour, park, level)


@seldom
def within_reach(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """What a better result would bring that the enterprise could reach with options it knows of,
    beyond what they fall short of paying for themselves, 10,000 CNY."""
    budget = enterprise.cash + credit_line(enterprise, behaviour)
    return best_improvement(enterprise, sector, policy, behaviour, park, budget).gain


@behaviour
def believed_benefit(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    fee: float,
) -> float:
    """Net benefit of an audit in the enterprise's eyes, 10,000 CNY: savings that peers reported
    and relief, less what it pays of the fee, and its own time."""
    own_fee = fee * (1.0 - policy.audit_fee_subsidy)
    if policy.auditor_payment == BY_POOL:
        own_fee = 0.0
    expected = park.reported_saving * (1.0 - enterprise.technology)
    benefit = expected * 4.0 * enterprise.output
    benefit += believed_relief(enterprise, sector, policy, behaviour, park)
    return benefit - own_fee - fee * behaviour.audit_time_share


@behaviour
def refusal_stake(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Believed fine for refusing a mandatory audit, 10,000 CNY a year: none before an order to
    correct, since obeying it costs nothing (Ecological and Environmental Code, Article 1221)."""
    if enterprise.ordered == 0:
        return 0.0
    return behaviour.refusal_detection * policy.audit_refusal_fine


@behaviour
def pursue_refusal(enterprise: EnterpriseState, policy: PolicyLevers) -> float:
    """What a refusal that was found costs, 10,000 CNY: first an order, and the fine only when the
    order is disobeyed (Ecological and Environmental Code, Article 1221; before, Cleaner
    Production Promotion Law, Article 39)."""
    if enterprise.ordered == 0:
        enterprise.ordered = 1
        return 0.0
    return policy.audit_refusal_fine


@behaviour
def joining(enterprise: EnterpriseState, behaviour: BehaviourParameters, benefit: float) -> float:
    """Probability of a voluntary audit this quarter: logistic in benefit over fee, capped, and in
    attitude."""
    worth = min(behaviour.join_benefit_cap, max(-behaviour.join_benefit_cap, benefit))
    score = behaviour.join_base + behaviour.join_benefit * worth
    score += behaviour.join_attitude * (enterprise.attitude - 0.5)
    return 1.0 / (1.0 + exponential(-score))


@behaviour
def joins_by(
    enterprise: EnterpriseState,
    behaviour: BehaviourParameters,
    obliged: bool,
    benefit: float,
    fee: float,
    draws: Draws,
) -> bool:
    """Whether a benefit, 10,000 CNY, is enough to take part: under duty where there is no loss."""
    if obliged:
        return benefit >= 0.0
    return draws.join_audit < joining(enterprise, behaviour, benefit / fee)


@decision
def joins_audit(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> bool:
    """Whether the enterprise registers for an audit this quarter.

    Under duty it complies unless the believed fine for refusal and its norm weigh less than the
    loss; without duty the probability is logistic in benefit over fee and in attitude.
    """
    obliged = enterprise.duty > 0
    if not obliged and (policy.audit_mode == NO_AUDITS or not is_due(enterprise, policy, park)):
        return False
    if not obliged and draws.join_audit >= joining(
        enterprise, behaviour, behaviour.join_benefit_cap
    ):
        return False  # whatever the benefit: it need not be reckoned
    fee = audit_fee(enterprise, behaviour)
    benefit = believed_benefit(enterprise, sector, policy, behaviour, park, fee)
    if obliged:
        benefit += refusal_stake(enterprise, policy, behaviour)
        benefit += enterprise.attitude * behaviour.audit_norm * fee
    if joins_by(enterprise, behaviour, obliged, benefit, fee, draws):
        return True  # what is within reach would only add to it
    benefit += within_reach(enterprise, sector, policy, behaviour, park)
    return joins_by(enterprise, behaviour, obliged, benefit, fee, draws)


@decision
def audits_genuinely(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> bool:
    """Whether it does the audit in earnest rather than go through the motions.

    In earnest when the extra findings' worth, what depends on the result times the chance that
    going through the motions is seen, and the norm exceed the cost of effort.
    """
    fee = audit_fee(enterprise, behaviour)
    extra = (1.0 - behaviour.perfunctory_findings) * park.reported_saving
    worth = extra * (1.0 - enterprise.technology) * 4.0 * enterprise.output
    worth *= behaviour.findings_belief
    stakes = worth_of_level(enterprise, policy, behaviour, park, LEVEL_I)
    stakes -= worth_of_level(enterprise, policy, behaviour, park, BELOW_III)
    seen = policy.team_expertise * (0.5 + 0.5 * policy.standardization)
    seen = min(1.0, seen + 0.5 * policy.back_check_rate)
    norm = enterprise.attitude * behaviour.audit_norm * fee
    return worth + stakes * seen + norm > behaviour.effort_cost * fee
