"""Learning: knowledge from training, belief in detection, options from peers, attitude."""

from __future__ import annotations

import math

import numpy as np

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.bits import count_options, first_option
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import Draws, EnterpriseState, Options, ParkState, SectorData
from cleanpark.agents.targeting import group_factor
from cleanpark.agents.technology import has_option, is_offered, with_option, without_first


@behaviour
def clip(value: float) -> float:
    """The value, kept in [0, 1]."""
    return min(1.0, max(0.0, value))


@behaviour
def train(
    enterprise: EnterpriseState, policy: PolicyLevers, behaviour: BehaviourParameters, draws: Draws
) -> None:
    """Training and publicity: those reached gain knowledge with diminishing returns; all forget
    slowly."""
    enterprise.trained = 1 if draws.trained < policy.training_reach else 0
    knowledge = enterprise.knowledge * (1.0 - behaviour.forgetting / 4.0)
    if enterprise.trained > 0:
        knowledge += behaviour.training_gain * policy.training_intensity * (1.0 - knowledge)
    enterprise.knowledge = clip(knowledge)


@behaviour
def shown_by_readings(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
) -> float:
    """Probability of detection that readings in real time show who is monitored, as a belief:
    over the factor of one's own group; at most 1."""
    if enterprise.monitored == 0:
        return 0.0
    group = group_factor(enterprise, policy, behaviour, park)
    return min(1.0, policy.monitoring_enforcement / group)


@behaviour
def learn_detection(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    caught_links: float,
    inspected_links: float,
) -> None:
    """Move the perceived probability of detection to what inspections showed.

    One's own inspection weighs most; a linked enterprise's fine less (reputation of the
    authority, Shimshack and Ward 2005); published fines reach the whole park; without news the
    belief decays towards the inspections seen among links. Who is monitored in real time learns
    as fast how often the authority acts on readings: an announcement alone moves nothing (Telle
    2013). The belief is of an enterprise of the park's mean rate: the more often one's own group
    is inspected, and knows it, the less one inspection tells.
    """
    belief = enterprise.belief
    shown = shown_by_readings(enterprise, policy, behaviour, park)
    if enterprise.inspected > 0:
        told = behaviour.learn_own / group_factor(enterprise, policy, behaviour, park)
        belief += min(1.0, told) * (max(policy.detection, shown) - belief)
    else:
        seen = behaviour.over_estimation * inspected_links * policy.detection
        belief += behaviour.belief_decay * (min(1.0, max(seen, shown)) - belief)
    belief += behaviour.learn_links * caught_links * (1.0 - belief)
    published = policy.disclosure * min(1.0, behaviour.news_factor * park.caught_share)
    belief += behaviour.learn_published * published * (1.0 - belief)
    enterprise.belief = clip(belief)


@behaviour
def better_records(enterprise: EnterpriseState, share: float) -> None:
    """Close a share of the gap to perfect meters and records."""
    enterprise.data_quality = clip(
        enterprise.data_quality + share * (1.0 - enterprise.data_quality)
    )


@behaviour
def fairness(enterprise: EnterpriseState, park: ParkState) -> float:
    """How one's audit treated one, in [-1, 1]: own score less own true score, against the same
    of enterprises of the same true level whose audits the archive remembers.

    Nothing where scores are right, or all alike are favoured alike.
    """
    level = enterprise.true_level
    if enterprise.evaluated == 0 or park.gap_count[level] < 2.0:
        return 0.0
    mean = park.gap_sum[level] / park.gap_count[level]
    return (enterprise.score - enterprise.true_score - mean) / 100.0


@behaviour
def adjust_attitude(
    enterprise: EnterpriseState,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    peers: float,
) -> None:
    """Move attitude towards peers', up with training, up or down with fair treatment.

    ``peers`` is the mean attitude of the links. A spread between unlike results angers those
    below more than it pleases those above.
    """
    change = behaviour.peer_pressure * (peers - enterprise.attitude)
    if enterprise.trained > 0:
        gain = behaviour.training_attitude * policy.training_intensity
        change += gain * (1.0 - enterprise.attitude)
    treated = fairness(enterprise, park)
    if treated < 0.0:
        treated *= behaviour.unfairness_aversion
    change += behaviour.fairness_effect * treated
    enterprise.attitude = clip(enterprise.attitude + change)


@behaviour
def meets_peer(behaviour: BehaviourParameters, draws: Draws) -> bool:
    """Whether the enterprise gets to know this quarter what a linked one runs."""
    return draws.contact < behaviour.peer_contact


@behaviour
def learn_from_peer(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    park: ParkState,
    peer: Options,
    draws: Draws,
) -> bool:
    """See one option that a linked enterprise of the same sector runs; True when it is new.

    ``peer`` is the bit set of what the peer had implemented before this quarter's learning.
    """
    shown = np.uint64(peer) & ~np.uint64(enterprise.identified)
    new = count_options(shown)
    if new == 0:
        return False
    wanted = int(math.floor(draws.peer_option * new))
    for _ in range(wanted):
        shown = without_first(shown)
    option = first_option(shown)
    if not is_offered(sector, policy, park, option):
        return False
    enterprise.identified = with_option(enterprise.identified, option)
    enterprise.told_by_peers = with_option(enterprise.told_by_peers, option)
    return True


@behaviour
def discover(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    behaviour: BehaviourParameters,
    park: ParkState,
    draws: Draws,
) -> bool:
    """Come upon an option by oneself, each with the yearly probability of innovators (Bass 1969);
    True when one was found that is on the market.

    One draw serves all options: each has a stretch of its own.
    """
    stretch = behaviour.discovery_rate / 4.0
    if draws.chance >= stretch * sector.options:
        return False
    option = int(draws.chance / stretch)
    if has_option(enterprise.identified, option):
        return False
    if not is_offered(sector, policy, park, option):
        return False
    enterprise.identified = with_option(enterprise.identified, option)
    return True


@behaviour
def pick_link(first: int, end: int, draws: Draws) -> int:
    """Position of one link of the enterprise, drawn at random."""
    return first + int(draws.peer * (end - first))
