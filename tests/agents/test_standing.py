"""What a level entitles to: more for a better one, and for one audit interval."""

from __future__ import annotations

from cleanpark.agents import standing as s
from cleanpark.agents.state import LEVEL_I, LEVEL_II, LEVEL_III
from tests.agents import makers


def test_a_better_level_is_worth_more_and_expires() -> None:
    policy, sector = makers.policy(audit_interval=8), makers.sector()
    worth = []
    for level in (LEVEL_I, LEVEL_II, LEVEL_III):
        firm = makers.enterprise(sector, level=level, rated=0)
        worth.append(s.holds_good_level(firm, policy, makers.park(quarter=7)))
        held = [s.holds_good_level(firm, policy, makers.park(quarter=q)) > 0.0 for q in range(20)]
        assert sum(held) in (0, 8)
    assert worth == sorted(worth, reverse=True)
    assert worth[0] == 1.0
    assert worth[-1] == 0.0
