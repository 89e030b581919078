"""What a level entitles to, and for how long."""

from __future__ import annotations

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.parameters import PolicyLevers
from cleanpark.agents.protocols import EnterpriseState, ParkState
from cleanpark.agents.state import LEVEL_I, LEVEL_II


@behaviour
def standing(level: int) -> float:
    """Share of a reward that a level brings: all for I, half for II, none below."""
    if level == LEVEL_I:
        return 1.0
    return 0.5 if level == LEVEL_II else 0.0


@behaviour
def holds_good_level(enterprise: EnterpriseState, policy: PolicyLevers, park: ParkState) -> float:
    """1 with a valid level I, 0.5 with level II, else 0; valid for the quarters of one audit
    interval, that of its evaluation the first."""
    if park.quarter - enterprise.rated >= policy.audit_interval:
        return 0.0
    return standing(enterprise.level)
