"""The park authority: archive and thresholds, audit capacity, and last quarter's records."""

from __future__ import annotations

import math

from cleanpark.agents.behaviour import behaviour, seldom
from cleanpark.agents.parameters import BehaviourParameters, PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, Numbers, ParkState, SectorData
from cleanpark.agents.state import (
    ARCHIVE_BINS,
    BELOW_III,
    MAX_SECTORS,
    N_FLOWS,
    N_INDICATORS,
    N_LEVELS,
    QUEUE_LENGTH,
    REFERENCE_III,
)
from cleanpark.agents.statements import clear_park
from cleanpark.agents.targeting import close_plan
from cleanpark.scenarios.levers import choice

FIXED = choice("audit_threshold_mode", "fixed")
ADAPTIVE = choice("audit_threshold_mode", "adaptive")
BIN_WIDTH = 0.05
"""Width of an archive bin: mean reading over the level III reference, from 0 to 3.2."""


@seldom
def open_quarter(
    park: ParkState, policy: PolicyLevers, behaviour: BehaviourParameters, number: int
) -> None:
    """Line 1: set the sums to zero; once a year review the archive and move the thresholds."""
    park.quarter = number
    park.teams = max(1, int(policy.audit_teams / 100.0 * park.count + 0.5))
    if policy.audit_threshold_mode == ADAPTIVE and number % 4 == 0:
        review_archive(park, policy, behaviour)
    elif policy.audit_threshold_mode == FIXED:
        park.reference_scale = 1.0
    for bin_number in range(ARCHIVE_BINS):
        park.archive[bin_number] *= behaviour.archive_memory
    for place in range(QUEUE_LENGTH):
        park.queue[place] = 0.0
    clear_park(park.paid)
    for flow in range(N_FLOWS):
        park.works_load[flow] = 0.0
    for level in range(N_LEVELS):
        park.gap_sum[level] *= behaviour.archive_memory
        park.gap_count[level] *= behaviour.archive_memory
    for sector in range(MAX_SECTORS):
        park.cost_sum[sector] = 0.0
        park.cost_count[sector] = 0.0
    park.weight_sum = 0.0
    park.group_sum = 0.0
    park.inspected_count = 0.0
    park.caught_count = 0.0
    park.saving_sum = 0.0
    park.audit_count = 0.0
    park.evaluated_count = 0.0
    park.pass_count = 0.0
    park.paid.inspections = policy.inspection_rate * park.count * behaviour.inspection_cost
    training = policy.training_reach * policy.training_intensity * behaviour.training_cost
    park.paid.training = training * park.count
    support = policy.technical_support * behaviour.support_cost
    park.paid.technical_support = support * park.count


@behaviour
def archive_percentile(park: ParkState, share: float) -> float:
    """The mean reading, over the level III reference, that this share of the archive beats;
    negative while the archive holds fewer than ten audits."""
    total = 0.0
    for bin_number in range(ARCHIVE_BINS):
        total += park.archive[bin_number]
    if total < 10.0:
        return -1.0
    below = 0.0
    for bin_number in range(ARCHIVE_BINS):
        below += park.archive[bin_number]
        if below >= share * total:
            return (bin_number + 1) * BIN_WIDTH
    return ARCHIVE_BINS * BIN_WIDTH


@behaviour
def review_archive(park: ParkState, policy: PolicyLevers, behaviour: BehaviourParameters) -> None:
    """Move the reference values to a percentile of the archive, a bounded step a year:
    challenging but reachable (paper, section 2.2)."""
    target = archive_percentile(park, policy.adaptive_percentile)
    if target < 0.0:
        return
    target = min(behaviour.threshold_ceiling, max(behaviour.threshold_floor, target))
    step = target - park.reference_scale
    step = min(behaviour.threshold_step, max(-behaviour.threshold_step, step))
    park.reference_scale += step


@behaviour
def allot_capacity(park: ParkState, policy: PolicyLevers) -> None:
    """Line 4: close the plan of inspections; serve those who have waited longest for an audit,
    and within the last place reached, by lot.

    Capacity not used is not carried over, since teams find other work.
    """
    close_plan(park)
    left = policy.audit_capacity / 100.0 * park.count
    park.serve_from = 0
    park.serve_share = 1.0
    for step in range(QUEUE_LENGTH - 1):
        place = QUEUE_LENGTH - 1 - step
        waiting = park.queue[place]
        if waiting > left:
            park.serve_from = place
            park.serve_share = left / waiting
            return
        left -= waiting


@behaviour
def file_result(
    enterprise: EnterpriseState,
    sector: SectorData,
    policy: PolicyLevers,
    park: ParkState,
    readings: Numbers,
) -> None:
    """Put an audit into the archive: mean reading over the level III references, and by how much
    the score missed the truth."""
    total = 0.0
    for indicator in range(N_INDICATORS):
        total += readings[indicator] / sector.reference[indicator, REFERENCE_III]
    mean = total / N_INDICATORS
    place = max(0, min(ARCHIVE_BINS - 1, int(math.floor(mean / BIN_WIDTH))))
    park.archive[place] += 1.0
    park.gap_sum[enterprise.true_level] += enterprise.score - enterprise.true_score
    park.gap_count[enterprise.true_level] += 1.0


@behaviour
def note_enterprise(enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState) -> None:
    """Add to the records that next quarter's plan and beliefs draw on."""
    park.inspected_count += enterprise.inspected
    park.caught_count += enterprise.caught
    if enterprise.audited > 0:
        park.audit_count += 1.0
        park.saving_sum += enterprise.reported_saving
    if enterprise.evaluated > 0:
        park.evaluated_count += 1.0
        if enterprise.level < BELOW_III:
            park.pass_count += 1.0


@behaviour
def close_quarter(park: ParkState, policy: PolicyLevers) -> None:
    """Turn this quarter's sums into what all know next quarter."""
    park.inspected_share = park.inspected_count / park.count
    park.caught_share = park.caught_count / park.count
    if park.audit_count > 0.0:
        saving = park.saving_sum / park.audit_count
        park.reported_saving += 0.25 * (saving - park.reported_saving)
    if park.evaluated_count > 0.0:
        passed = park.pass_count / park.evaluated_count
        park.pass_share += 0.25 * (passed - park.pass_share)


@behaviour
def mean_log_cost(park: ParkState, sector: int) -> float:
    """Mean logarithm of unit cost in a sector of the park this quarter."""
    if park.cost_count[sector] <= 0.0:
        return 0.0
    return park.cost_sum[sector] / park.cost_count[sector]
