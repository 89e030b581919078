"""Cleaner-production audits: taking part, effort, measurement, score and level, findings."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cleanpark.agents.behaviour import behaviour, decision
from cleanpark.agents.draws import another_draw, normal
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import (
    Draws,
    EnterpriseState,
    Numbers,
    ParkState,
    SectorData,
    TeamState,
)
from cleanpark.agents.state import (
    BELOW_III,
    END_FLOW,
    ENERGY,
    ENERGY_INDICATOR,
    FIRST_FLOW,
    FRESH_WATER,
    INDICATOR_OF_MEDIUM,
    LEVEL_I,
    LEVEL_II,
    LEVEL_III,
    MANAGEMENT_INDICATOR,
    N_INDICATORS,
    N_MEDIA,
    PARK_KINDS,
    PROCESS_INDICATOR,
    REFERENCE_I,
    REFERENCE_II,
    REFERENCE_III,
    WATER_INDICATOR,
)
from cleanpark.agents.technology import (
    management_quality,
)
from cleanpark.agents.treatment import CNY
from cleanpark.scenarios.levers import choice
from cleanpark.scenarios.sectors import INDICATORS

NO_AUDITS = choice("audit_mode", "none")
VOLUNTARY = choice("audit_mode", "voluntary")
MANDATORY_ALL = choice("audit_mode", "mandatory-all")
BY_POOL = choice("auditor_payment", "pool")
UNIFIED_WEIGHTS = choice("indicator_weights", "unified")

FOCUS = {
    "heavy": {
        "energy": 0.25,
        "water": 0.10,
        "air": 0.25,
        "water_pollutants": 0.10,
        "waste": 0.10,
        "process": 0.10,
        "management": 0.10,
    },
    "high-tech": {
        "energy": 0.10,
        "water": 0.20,
        "air": 0.05,
        "water_pollutants": 0.15,
        "waste": 0.25,
        "process": 0.15,
        "management": 0.10,
    },
    "mixed": {
        "energy": 0.18,
        "water": 0.15,
        "air": 0.15,
        "water_pollutants": 0.15,
        "waste": 0.12,
        "process": 0.15,
        "management": 0.10,
    },
    "unified": {
        "energy": 0.15,
        "water": 0.15,
        "air": 0.15,
        "water_pollutants": 0.15,
        "waste": 0.15,
        "process": 0.15,
        "management": 0.10,
    },
}
"""Audit focus by kind of park (paper, section 2.2: heavy industry on exhaust gas and energy,
high-tech on circularity and pollutants), and one unified set."""
UNIFIED = len(PARK_KINDS)
WEIGHTS = np.array(
    [[FOCUS[kind][indicator] for indicator in INDICATORS] for kind in (*PARK_KINDS, "unified")]
)
"""Weights of the indicators: a row for each kind of park, and the unified set."""


@behaviour
def audit_fee(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> float:
    """Consultant's fee for one audit, 10,000 CNY; grows less than in proportion to output."""
    size = max(enterprise.output, 1e-6) / behaviour.audit_fee_output
    return behaviour.audit_fee * math.exp(behaviour.audit_fee_exponent * math.log(size))


@behaviour
def is_due(enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState) -> bool:
    """Whether the audit interval has passed since the last audit."""
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
def believed_relief(enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState) -> float:
    """Reward less punishment by audit result that the enterprise expects, 10,000 CNY a year."""
    yearly = 4.0 * enterprise.output
    profit = max(0.0, yearly * (1.0 - enterprise.other_cost) * 0.5)
    reward = policy.level_award + policy.income_tax_reduction * policy.income_tax_rate * profit
    reward += (
        policy.energy_tax_relief * policy.energy_tax * CNY * (enterprise.intensity[ENERGY] * yearly)
    )
    chance = 0.5 * park.pass_share + 0.5 * enterprise.technology
    return chance * reward - (1.0 - chance) * policy.poor_audit_penalty


@behaviour
def believed_benefit(
    enterprise: EnterpriseState,
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
    benefit = expected * 4.0 * enterprise.output + believed_relief(enterprise, policy, park)
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
    fee = audit_fee(enterprise, behaviour)
    benefit = believed_benefit(enterprise, policy, behaviour, park, fee)
    if obliged:
        stake = refusal_stake(enterprise, policy, behaviour)
        norm = enterprise.attitude * behaviour.audit_norm * fee
        return benefit + stake + norm >= 0.0
    worth = min(behaviour.join_benefit_cap, max(-behaviour.join_benefit_cap, benefit / fee))
    score = behaviour.join_base + behaviour.join_benefit * worth
    score += behaviour.join_attitude * (enterprise.attitude - 0.5)
    return draws.join_audit < 1.0 / (1.0 + math.exp(-score))


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
    stakes = policy.level_award + policy.poor_audit_penalty
    profit = max(0.0, 4.0 * enterprise.output * (1.0 - enterprise.other_cost) * 0.5)
    stakes += policy.income_tax_reduction * policy.income_tax_rate * profit
    seen = policy.team_expertise * (0.5 + 0.5 * policy.standardization)
    seen = min(1.0, seen + 0.5 * policy.back_check_rate)
    norm = enterprise.attitude * behaviour.audit_norm * fee
    return worth + stakes * seen + norm > behaviour.effort_cost * fee


@behaviour
def true_indicator(enterprise: EnterpriseState, sector: SectorData, indicator: int) -> float:
    """Indicator as a ratio to worst practice of its product mix; lower is better.

    Energy, water, generation of air, water and waste pollutants in equivalents, unrealised
    process potential, and the gap in environmental management.
    """
    if indicator == ENERGY_INDICATOR:
        return enterprise.intensity[ENERGY] / (sector.worst[ENERGY] * enterprise.mix)
    if indicator == WATER_INDICATOR:
        return enterprise.intensity[FRESH_WATER] / (sector.worst[FRESH_WATER] * enterprise.mix)
    if indicator == PROCESS_INDICATOR:
        return max(0.02, 1.0 - enterprise.technology)
    if indicator == MANAGEMENT_INDICATOR:
        return max(0.02, 1.0 - management_quality(enterprise))
    own = 0.0
    worst = 0.0
    for medium in range(N_MEDIA):
        if INDICATOR_OF_MEDIUM[medium] == indicator:
            for flow in range(FIRST_FLOW[medium], END_FLOW[medium]):
                own += enterprise.intensity[flow] * sector.equivalent[flow]
                worst += sector.worst[flow] * sector.equivalent[flow]
    return own / (worst * enterprise.mix)


@behaviour
def effective_expertise(
    policy: PolicyLevers, behaviour: BehaviourParameters, team: TeamState
) -> float:
    """Expertise that shows: one standard procedure brings every team to the programme's mean."""
    own = behaviour.expertise_spread * team.skill
    return min(1.0, max(0.0, policy.team_expertise + (1.0 - policy.standardization) * own))


@behaviour
def systematic_error(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    team: TeamState,
) -> float:
    """What a team adds to the logarithm of every reading: its bias, and the shading of an
    enterprise that goes through the motions, which expertise sees through."""
    error = (1.0 - policy.standardization) * behaviour.bias_spread * team.temperament
    if enterprise.genuine == 0:
        error -= behaviour.shading * (1.0 - effective_expertise(policy, behaviour, team))
    return error


@behaviour
def reading_spread(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Standard deviation of the noise of one reading, in logarithms: procedure and poor data."""
    procedure = (1.0 - policy.standardization) * behaviour.procedure_noise
    data = (1.0 - enterprise.data_quality) * (1.0 - policy.on_site_verification)
    data *= behaviour.data_noise
    return math.sqrt(procedure * procedure + data * data)


@behaviour
def leniency(policy: PolicyLevers, behaviour: BehaviourParameters) -> float:
    """Probability that a reading above the threshold is written just below it.

    High where the enterprise picks and pays (Duflo et al. 2013), less with a pool, with
    back-checks and with a standard procedure.
    """
    chance = behaviour.leniency * (1.0 - 0.5 * policy.standardization)
    if policy.auditor_payment == BY_POOL:
        chance *= 1.0 - behaviour.pool_effect
    deterrence = policy.back_check_rate * behaviour.back_check_effect
    deterrence *= 0.5 + 0.5 * min(1.0, policy.back_check_penalty / 10.0)
    return chance * max(0.0, 1.0 - deterrence)


@behaviour
def instrument_error(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    draws: Draws,
    indicator: int,
) -> float:
    """Factor of noise on one reading, whichever team takes it."""
    spread = reading_spread(enterprise, policy, behaviour)
    return math.exp(spread * normal(draws.reading[indicator]))


@behaviour
def measure(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    draws: Draws,
    measured: Numbers,
) -> None:
    """Fill ``measured`` with what instruments show of each indicator, before a team's own error."""
    for indicator in range(N_INDICATORS):
        measured[indicator] = true_indicator(enterprise, sector, indicator) * instrument_error(
            enterprise, policy, behaviour, draws, indicator
        )


@behaviour
def reading(
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
    indicator: int,
    seen: float,
) -> float:
    """One indicator as the team writes it down: what it saw, or just below the threshold."""
    threshold = sector.reference[indicator, REFERENCE_III] * park.reference_scale
    if threshold < seen <= threshold * behaviour.leniency_reach:
        if another_draw(draws.leniency, indicator) < leniency(policy, behaviour):
            return threshold * behaviour.just_below
    return seen


@behaviour
def take_readings(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    team: TeamState,
    draws: Draws,
    measured: Numbers,
    readings: Numbers,
) -> None:
    """Fill ``readings`` with the indicators as a team writes them down."""
    factor = math.exp(systematic_error(enterprise, policy, behaviour, team))
    for indicator in range(N_INDICATORS):
        readings[indicator] = reading(
            sector, policy, behaviour, park, draws, indicator, factor * measured[indicator]
        )


@behaviour
def weight(policy: PolicyLevers, park: ParkState, indicator: int) -> float:
    """Weight of an indicator: by park type, or one unified set."""
    unified = policy.indicator_weights == UNIFIED_WEIGHTS
    return float(WEIGHTS[UNIFIED if unified else park.kind, indicator])


@behaviour
def composites(
    sector: SectorData, policy: PolicyLevers, park: ParkState, readings: Numbers
) -> tuple[float, float, float]:
    """Composite index Y of levels I, II and III: 100 times the weights of the indicators that
    reach the level's reference (national rules of 2013, announcement 33)."""
    one = 0.0
    two = 0.0
    three = 0.0
    for indicator in range(N_INDICATORS):
        weighs = 100.0 * weight(policy, park, indicator)
        seen = readings[indicator]
        if seen <= sector.reference[indicator, REFERENCE_I] * park.reference_scale:
            one += weighs
        if seen <= sector.reference[indicator, REFERENCE_II] * park.reference_scale:
            two += weighs
        if seen <= sector.reference[indicator, REFERENCE_III] * park.reference_scale:
            three += weighs
    return one, two, three


@behaviour
def level_of(
    indices: tuple[float, float, float], behaviour: BehaviourParameters, limits_met: bool
) -> int:
    """Level by composite indices and limiting indicators: 1, 2, 3, or 4 for below III."""
    if not limits_met:
        return BELOW_III
    if indices[REFERENCE_I] >= behaviour.level_index:
        return LEVEL_I
    if indices[REFERENCE_II] >= behaviour.level_index:
        return LEVEL_II
    if indices[REFERENCE_III] >= behaviour.level_three_index:
        return LEVEL_III
    return BELOW_III


@behaviour
def score_of(indices: tuple[float, float, float]) -> float:
    """Mean of the three composite indices, 0 to 100: finer than the level."""
    return (indices[REFERENCE_I] + indices[REFERENCE_II] + indices[REFERENCE_III]) / 3.0


@behaviour
def pick_team(
    policy: PolicyLevers, park: ParkState, teams: Sequence[TeamState], draws: Draws
) -> int:
    """Number of the team that does the audit.

    A pool assigns at random; an enterprise that picks and pays takes the more lenient of two.
    """
    first = park.first_team + int(draws.team_a * park.teams)
    if policy.auditor_payment == BY_POOL:
        return first
    second = park.first_team + int(draws.team_b * park.teams)
    return second if teams[second].temperament < teams[first].temperament else first
