"""What an audit team reads: indicators and discharge, with bias, noise, shading and leniency."""

from __future__ import annotations

import math
from collections.abc import Sequence

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.draws import another_draw, normal
from cleanpark.agents.elementary import exponential
from cleanpark.agents.inspection import apparently_complies
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import (
    Draws,
    EnterpriseState,
    Numbers,
    ParkState,
    SectorData,
    TeamState,
)
from cleanpark.agents.state import N_INDICATORS, N_MEDIA, REFERENCE_III
from cleanpark.scenarios.levers import choice

BY_POOL = choice("auditor_payment", "pool")


@behaviour
def effective_expertise(
    policy: PolicyLevers, behaviour: BehaviourParameters, team: TeamState
) -> float:
    """Expertise that shows: one standard procedure brings every team to the programme's mean."""
    own = behaviour.expertise_spread * team.skill
    return min(1.0, max(0.0, policy.team_expertise + (1.0 - policy.standardization) * own))


@behaviour
def indulgence(policy: PolicyLevers, behaviour: BehaviourParameters) -> float:
    """How far auditors go along with who picks and pays them, in [0, 1]: less with a standard
    procedure, little from a pool, and less the more of their audits are checked again (Duflo et
    al. 2013)."""
    left = 1.0 - 0.5 * policy.standardization
    if policy.auditor_payment == BY_POOL:
        left *= 1.0 - behaviour.pool_effect
    deterrence = policy.back_check_rate * behaviour.back_check_effect
    deterrence *= 0.5 + 0.5 * min(1.0, policy.back_check_penalty / behaviour.deterring_penalty)
    return left * max(0.0, 1.0 - deterrence)


@behaviour
def systematic_error(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    team: TeamState,
) -> float:
    """What a team adds to the logarithm of every reading: its bias, and the shading of an
    enterprise that goes through the motions, as far as the team takes over what it is shown:
    expertise sees through it, and who is independent takes readings of its own."""
    error = (1.0 - policy.standardization) * behaviour.bias_spread * team.temperament
    if enterprise.genuine == 0:
        taken_over = indulgence(policy, behaviour)
        taken_over *= 1.0 - effective_expertise(policy, behaviour, team)
        error -= behaviour.shading * taken_over
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
    """Probability that a reading above the threshold is written just below it: high where the
    enterprise picks and pays (Duflo et al. 2013)."""
    return behaviour.leniency * indulgence(policy, behaviour)


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
    return exponential(spread * normal(another_draw(draws.reading, indicator)))


@behaviour
def measure(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    draws: Draws,
    measured: Numbers,
) -> None:
    """Turn ``measured``, the true indicators, into what instruments show of them, before a team's
    own error."""
    for indicator in range(N_INDICATORS):
        measured[indicator] *= instrument_error(enterprise, policy, behaviour, draws, indicator)


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
    factor = exponential(systematic_error(enterprise, policy, behaviour, team))
    for indicator in range(N_INDICATORS):
        readings[indicator] = reading(
            sector, policy, behaviour, park, draws, indicator, factor * measured[indicator]
        )


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


@behaviour
def discharge_seen(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    team: TeamState,
    draws: Draws,
) -> float:
    """Largest discharge over its limit as the team measures it: with the same bias, shading and
    noise as any other reading."""
    worst = 0.0
    for medium in range(N_MEDIA):
        worst = max(worst, enterprise.ratio[medium])
    noise = reading_spread(enterprise, policy, behaviour) * normal(draws.discharge)
    return worst * exponential(systematic_error(enterprise, policy, behaviour, team) + noise)


@behaviour
def states_exceedance(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    team: TeamState,
    draws: Draws,
) -> bool:
    """Whether the audit states that a discharge limit is exceeded.

    A lenient auditor takes over a report that says all is well (Duflo et al. 2013: auditors that
    the plant picks and pays report readings just below the standard).
    """
    if not apparently_complies(enterprise):
        return True
    if discharge_seen(enterprise, policy, behaviour, team, draws) <= 1.0:
        return False
    return draws.statement >= leniency(policy, behaviour)


@behaviour
def statement_followed(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Believed probability that a violation is found because an audit states it: once stated, as
    the authority follows such statements; before, by how lenient auditors are."""
    if enterprise.stated > 0:
        return policy.audit_enforcement
    return policy.audit_enforcement * (1.0 - leniency(policy, behaviour))


@behaviour
def statement_expected(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """The same where an audit is due, under way or has stated an exceedance; else 0."""
    if enterprise.until_result > 0 or enterprise.stated > 0 or enterprise.duty > 0:
        return statement_followed(enterprise, policy, behaviour)
    return 0.0
