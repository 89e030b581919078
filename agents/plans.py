"""What each medium's plan of treatment is priced by, and the plan that is chosen and run."""

from __future__ import annotations

from cleanpark.agents.abatement import (
    Charge,
    Plant,
    Stake,
    best_plan,
    best_running,
    effort_at,
    exceeds_at,
    gain_at,
    plan_cost,
    ratio_at,
    variable_cost,
)
from cleanpark.agents.behaviour import behaviour, decision, seldom
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, ParkState, SectorData
from cleanpark.agents.readings import statement_expected
from cleanpark.agents.sanctions import (
    Finding,
    added_by_bypass,
    believed_detection,
    bypass_detection,
    capped_base,
    cost_of_being_watched,
    daily_fine_due,
    found_again,
    lost_to_closure,
    lost_to_restriction,
    others_clean,
    personal_liability,
    stake_in,
    step_due,
)
from cleanpark.agents.state import N_MEDIA, WASTE
from cleanpark.agents.targeting import BY_RECORD, group_factor, watched_factor
from cleanpark.agents.treatment import (
    dumping_fine,
    escalation,
    fixed_cost,
    is_bypassed,
    minimum_load,
    operation_shock,
    production,
    relief_applies,
    tax_rate,
    treatment_slope,
)
from cleanpark.scenarios.errors import N_


@behaviour
def plant_of(
    enterprise: EnterpriseState, sector: SectorData, behaviour: BehaviourParameters, medium: int
) -> Plant:
    """Treatment of a medium as this quarter's production meets it."""
    return Plant(
        enterprise.generated[medium],
        enterprise.removable[medium],
        enterprise.allowed[medium],
        enterprise.shock_scale,
        minimum_load(behaviour, medium),
        treatment_slope(enterprise, sector, medium),
    )


@behaviour
def charge_of(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, medium: int
) -> Charge:
    """The tax on what is reported of a medium; reductions only for who can claim them."""
    rate = tax_rate(enterprise, policy, medium) * enterprise.reported_share[medium]
    if rate > 0.0 and relief_applies(enterprise, behaviour, medium):
        return Charge(rate, policy.tax_reduction_30, policy.tax_reduction_50)
    return Charge(rate, 0.0, 0.0)


@behaviour
def detection_believed(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """Believed probability that a violation is found this quarter: as experience taught, in one's
    own group of the inspection plan, or by an audit's statement that the authority acts on."""
    stated = statement_expected(enterprise, policy, behaviour)
    group = group_factor(enterprise, policy, behaviour, park)
    return believed_detection(enterprise.belief, group, stated)


@behaviour
def watching_costs(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    fine: float,
) -> float:
    """What being put into, or kept in, the watched group costs who goes on violating."""
    watched = believed_detection(
        enterprise.belief, watched_factor(enterprise, behaviour, park), 0.0
    )
    extra = watched * (1.0 - 1.0 / behaviour.targeting_ratio)
    leaving = watched * behaviour.watched_exit
    return cost_of_being_watched(fine, extra, leaving, enterprise.hurdle / 4.0)


@behaviour
def record_counts(policy: PolicyLevers) -> bool:
    """Whether anything but the fine itself follows from a finding under these levers."""
    ladder = policy.production_restriction > 0.0 or policy.closure_after > 0.0
    return ladder or policy.daily_fine > 0.0 or policy.inspection_targeting == BY_RECORD


@seldom
def consequences(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    fine: float,
    chance: float,
) -> tuple[float, float]:
    """What a finding brings beside the fine: at once, and later if the violation goes on.

    ``chance`` is the believed probability that a violation is found in a quarter.
    """
    again = found_again(chance, enterprise.hurdle / 4.0)
    now, later = daily_fine_due(policy.daily_fine, policy.fine, enterprise.caught > 0, again)
    if policy.production_restriction > 0.0:
        loss = lost_to_restriction(policy.production_restriction, enterprise.output, sector.margin)
        at_once, to_come = step_due(policy.restriction_after, enterprise.record, loss, again)
        now += at_once
        later += to_come
    if policy.closure_after > 0.0:
        loss = lost_to_closure(enterprise.output, sector.margin, enterprise.hurdle)
        at_once, to_come = step_due(policy.closure_after, enterprise.record, loss, again)
        now += at_once
        later += to_come
    if policy.inspection_targeting == BY_RECORD:
        later += watching_costs(enterprise, policy, behaviour, park, fine)
    return now, later


@behaviour
def moral_cost(enterprise: EnterpriseState, behaviour: BehaviourParameters) -> float:
    """Moral cost of a sure violation, which grows with attitude, 10,000 CNY."""
    return enterprise.attitude * behaviour.moral_cost * production(enterprise)


@behaviour
def bypasses_other(
    enterprise: EnterpriseState, behaviour: BehaviourParameters, medium: int
) -> bool:
    """Whether another medium's installation stands still by plan while its limit is exceeded."""
    found = False
    for other in range(N_MEDIA):
        stands = enterprise.effort[other] < minimum_load(behaviour, other)
        if other != medium and stands and enterprise.exceeds[other] > 0.5:
            found = True
    return found


@behaviour
def stakes_of(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    medium: int,
) -> tuple[Stake, Stake]:
    """What exceeding a medium's limit is believed to cost: its installation running, and
    bypassed (Ecological and Environmental Code, Article 1108).

    One act bears the higher fine (Article 1055), and those responsible for a bypass answer for it
    in person. Waste that is not disposed of is dumped, which costs a multiple of what disposal
    would.
    """
    seen = detection_believed(enterprise, policy, behaviour, park)
    clean = others_clean(enterprise.exceeds, medium)
    repeated = policy.fine * escalation(policy, enterprise.record)
    cap = max(policy.fine, behaviour.fine_cap)
    fine, top = capped_base(repeated, cap)
    now = 0.0
    later = 0.0
    if record_counts(policy):
        now, later = consequences(enterprise, sector, policy, behaviour, park, fine, seen)
    sanctioned = policy.sanctioned_share
    moral = moral_cost(enterprise, behaviour)
    finding = Finding(fine, top, policy.fine_gain_share, now, later)
    steep = 0.0 if medium == WASTE else behaviour.severity_slope
    running = stake_in(finding, seen * clean * sanctioned, moral, steep)
    looked_into = bypass_detection(seen, behaviour.bypass_visibility)
    chance = added_by_bypass(seen, looked_into, clean)
    if bypasses_other(enterprise, behaviour, medium):
        chance = looked_into * clean
    if policy.bypass_fine > policy.fine:
        fine, top = capped_base(policy.bypass_fine * escalation(policy, enterprise.record), cap)
    if medium == WASTE:
        now += dumping_fine(
            behaviour, gain_at(plant_of(enterprise, sector, behaviour, medium), 0.0)
        )
    now += personal_liability(behaviour.personal_liability, enterprise.output, sector.margin)
    finding = Finding(fine, top, policy.fine_gain_share, now, later)
    return running, stake_in(finding, chance * sanctioned, moral, steep)


@decision
def choose_treatment(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    medium: int,
) -> float:
    """The effort at which treatment of a medium is run: from its minimum load to 1, or 0 to
    bypass it; the least expected cost in the enterprise's own eyes, given what it plans for the
    other media. It notes with the plan how likely that is to exceed the limit."""
    plant = plant_of(enterprise, sector, behaviour, medium)
    charge = charge_of(enterprise, policy, behaviour, medium)
    stake, bypass = stakes_of(enterprise, sector, policy, behaviour, park, medium)
    effort, exceeds = best_plan(plant, charge, stake, bypass)
    enterprise.effort[medium] = effort
    enterprise.exceeds[medium] = exceeds
    return effort


def candidate_plans(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    medium: int,
) -> dict[str, tuple[float, float]]:
    """Plans worth a thought, for a reader: effort and believed cost (10,000 CNY) by name."""
    plant = plant_of(enterprise, sector, behaviour, medium)
    charge = charge_of(enterprise, policy, behaviour, medium)
    stake, bypass = stakes_of(enterprise, sector, policy, behaviour, park, medium)
    if plant.removable <= 0.0:
        return {N_("nothing to treat"): (0.0, 0.0)}
    efforts = {
        N_("least operation"): plant.floor,
        N_("just at the limit"): effort_at(plant, 1.0),
        N_("30 % below the limit"): effort_at(plant, 0.7),
        N_("50 % below the limit"): effort_at(plant, 0.5),
        N_("full operation"): 1.0,
    }
    plans = {
        name: (effort, plan_cost(plant, charge, stake, effort))
        for name, effort in efforts.items()
        if plant.floor <= effort <= 1.0
    }
    plans[N_("treatment off")] = (0.0, plan_cost(plant, charge, bypass, 0.0))
    best = best_running(plant, charge, stake)
    return {**plans, N_("cheapest in operation"): (best.effort, best.cost)}


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
    """Run treatment of a medium for a quarter; returns its fixed and variable cost, 10,000 CNY."""
    effort = choose_treatment(enterprise, sector, policy, behaviour, park, medium)
    plant = plant_of(enterprise, sector, behaviour, medium)
    if effort != enterprise.effort[medium]:  # decided by a rule of its own
        enterprise.effort[medium] = effort
        enterprise.exceeds[medium] = exceeds_at(plant, ratio_at(plant, effort))
    planned = plant.generated - plant.removable * effort
    shock = operation_shock(draws.shock[medium], enterprise.shock_scale)
    discharged = min(plant.generated, planned * shock)
    enterprise.shock[medium] = discharged / planned if planned > 0.0 else 1.0
    enterprise.ratio[medium] = discharged / plant.allowed if plant.allowed > 0.0 else 0.0
    if is_bypassed(enterprise, behaviour, medium):
        enterprise.bypassing = 1
    return fixed_cost(enterprise, sector, medium) + variable_cost(plant, effort)
