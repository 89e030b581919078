"""Who is looked at first: the list of key polluters, plans of inspection, the order of monitoring.

Once a year the authority lists the enterprises whose loads make a stated share of the park's, the
largest first, and those with a violation on record (Measures for the Management of the List of
Units under Key Environmental Supervision, MEE Order 27 of 2022: of water and of air pollutants at
least 65 % of the area's industrial load). Every plan of inspection looks at the listed more often,
and each is published, so that enterprises know their own chance.
"""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.elementary import halves
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, ParkState, SectorData
from cleanpark.agents.state import (
    BELOW_III,
    END_FLOW,
    FIRST_FLOW,
    LEVEL_NONE,
    N_MEDIA,
    SIZE_BINS,
    WASTE,
)
from cleanpark.agents.treatment import production
from cleanpark.scenarios.levers import choice, levers

RANDOM = choice("inspection_targeting", "random")
BY_RECORD = choice("inspection_targeting", "record")
BY_RISK = choice("inspection_targeting", "risk")
BY_ARCHIVE = choice("inspection_targeting", "archive")
LIST_FIRST = choice("monitoring_target", "list")
LARGEST_FIRST = choice("monitoring_target", "largest")
USUAL_COVERAGE = float(levers()["monitoring_coverage"].default)
"""Share monitored where no policy says otherwise."""


@behaviour
def size_bin(amount: float) -> int:
    """Half an octave of an amount, counted from 1/512 on: what a list is made by."""
    share, octave = halves(max(amount, 1e-12))
    return max(0, min(SIZE_BINS - 1, 2 * (octave + 8) + (1 if share >= 0.75 else 0)))


@behaviour
def load_on_record(enterprise: EnterpriseState, sector: SectorData, medium: int) -> float:
    """Equivalents a quarter that the authority knows of: what was reported of air and water
    against the permit, and all waste that comes up, which is its hazard."""
    made = production(enterprise)
    if medium != WASTE:
        return enterprise.reported_ratio[medium] * sector.limit[medium] * enterprise.mix * made
    load = 0.0
    for flow in range(FIRST_FLOW[WASTE], END_FLOW[WASTE]):
        load += enterprise.intensity[flow] * sector.equivalent[flow]
    return load * made


@seldom
def open_list(park: ParkState) -> None:
    """Begin the year's review: nothing is added up yet."""
    park.key_count = 0.0
    for place in range(SIZE_BINS):
        park.by_output[place] = 0.0
        for medium in range(N_MEDIA):
            park.load[medium * SIZE_BINS + place] = 0.0


@seldom
def note_load(enterprise: EnterpriseState, sector: SectorData, park: ParkState) -> None:
    """Add an enterprise's loads and size to the park's distribution of them."""
    park.by_output[size_bin(enterprise.output)] += 1.0
    for medium in range(N_MEDIA):
        load = load_on_record(enterprise, sector, medium)
        park.load[medium * SIZE_BINS + size_bin(load)] += load


@seldom
def draw_lines(park: ParkState, behaviour: BehaviourParameters) -> None:
    """Where the list begins by medium: the largest loads that together make the stated share."""
    for medium in range(N_MEDIA):
        total = 0.0
        for place in range(SIZE_BINS):
            total += park.load[medium * SIZE_BINS + place]
        place = SIZE_BINS
        held = 0.0
        while place > 0 and held < behaviour.key_load_share * total:
            place -= 1
            held += park.load[medium * SIZE_BINS + place]
        park.key_from[medium] = place if behaviour.key_load_share < 1.0 else 0
    larger = 0.0
    for step in range(SIZE_BINS):
        place = SIZE_BINS - 1 - step
        here = park.by_output[place]
        park.larger[place] = larger / park.count
        park.alike[place] = here / park.count
        larger += here


@seldom
def put_on_list(enterprise: EnterpriseState, sector: SectorData, park: ParkState) -> None:
    """List an enterprise by its loads or its record, or take it off."""
    enterprise.key = 1 if enterprise.record > 0 else 0
    for medium in range(N_MEDIA):
        if size_bin(load_on_record(enterprise, sector, medium)) >= park.key_from[medium]:
            enterprise.key = 1
    park.key_count += enterprise.key


@behaviour
def close_list(park: ParkState) -> None:
    """The share of enterprises on the list."""
    park.key_share = park.key_count / park.count


@behaviour
def risk(enterprise: EnterpriseState) -> float:
    """Risk score from the authority's view: reported load against limits, and the record."""
    score = 0.0
    for medium in range(N_MEDIA):
        score += enterprise.reported_ratio[medium]
    return score + enterprise.record


@behaviour
def is_watched(enterprise: EnterpriseState, policy: PolicyLevers) -> bool:
    """Whether the plan puts the enterprise into its group of closer inspection."""
    if policy.inspection_targeting == BY_ARCHIVE:
        return enterprise.level == LEVEL_NONE or enterprise.level == BELOW_III
    return policy.inspection_targeting == BY_RECORD and enterprise.watched > 0


@behaviour
def group_weight(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """How much more often the enterprise's group is inspected than an ordinary one: for being on
    the list of key polluters, and for being watched (Harrington 1988)."""
    weight = behaviour.key_inspection_ratio if enterprise.key > 0 else 1.0
    return weight * behaviour.targeting_ratio if is_watched(enterprise, policy) else weight


@behaviour
def inspection_weight(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters
) -> float:
    """Weight of the enterprise in the plan: by its group, and where risk counts by its score."""
    weight = group_weight(enterprise, policy, behaviour)
    return weight * risk(enterprise) if policy.inspection_targeting == BY_RISK else weight


@behaviour
def plan_inspections(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> None:
    """Add the enterprise's weights to those of the park: a plan makes as many inspections as
    random ones would."""
    park.weight_sum += inspection_weight(enterprise, policy, behaviour)
    park.group_sum += group_weight(enterprise, policy, behaviour)


@behaviour
def close_plan(park: ParkState) -> None:
    """Mean weights of the park; one where nobody has any."""
    park.mean_weight = park.weight_sum / park.count if park.weight_sum > 0.0 else 1.0
    park.mean_group = park.group_sum / park.count if park.group_sum > 0.0 else 1.0


@behaviour
def inspection_probability(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """Probability of an inspection this quarter; its mean over the park is the policy's rate."""
    weight = inspection_weight(enterprise, policy, behaviour)
    return min(1.0, policy.inspection_rate * weight / park.mean_weight)


@behaviour
def group_factor(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """Inspection probability of the enterprise's own group over the park's mean rate, which all
    know; a risk score is the authority's secret."""
    return group_weight(enterprise, policy, behaviour) / park.mean_group


@behaviour
def watched_factor(
    enterprise: EnterpriseState, behaviour: BehaviourParameters, park: ParkState
) -> float:
    """The same factor for the enterprise once it is in the watched group."""
    weight = behaviour.key_inspection_ratio if enterprise.key > 0 else 1.0
    return weight * behaviour.targeting_ratio / park.mean_group


@behaviour
def place_by_target(
    enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState, rank: float
) -> float:
    """Place in the roll-out of monitoring, in [0, 1), among enterprises not known beforehand."""
    if policy.monitoring_target == LIST_FIRST:
        if enterprise.key > 0:
            return rank * park.key_share
        return park.key_share + rank * (1.0 - park.key_share)
    if policy.monitoring_target == LARGEST_FIRST:
        place = size_bin(enterprise.output)
        return min(park.larger[place] + rank * park.alike[place], 1.0 - 1e-9)
    return rank


@behaviour
def monitoring_place(enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState) -> float:
    """Share of the park that is monitored in real time before this enterprise.

    A rank below 0 is known to be monitored; one of 1 and more is known not to be, until more are
    than without a policy.
    """
    rank = enterprise.monitoring_rank
    if rank < 0.0:
        return rank
    if rank < 1.0:
        return place_by_target(enterprise, policy, park, rank)
    later = place_by_target(enterprise, policy, park, rank - 1.0)
    return USUAL_COVERAGE + (1.0 - USUAL_COVERAGE) * later
