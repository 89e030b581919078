"""One enterprise's story tells what the run did, and changes nothing in it."""

from __future__ import annotations

import pytest

import cleanpark as cp
from cleanpark.model.trace import trace


def test_the_story_follows_the_run() -> None:
    park = cp.park("mixed", enterprises=12)
    story = trace("mandatory", park, "5", rng=3, quarters=8)
    model = cp.ParkModel("mandatory", park, rng=3, quarters=8).run()
    firm = model.enterprises().iloc[4]
    assert [quarter.label for quarter in story][:2] == ["2026-Q1", "2026-Q2"]
    assert story[-1].state["cash"] == firm["cash"]
    assert story[-1].state["belief"] == firm["belief"]
    for quarter in story:
        for medium, plans in quarter.plans.items():
            chosen = dict(quarter.decisions)[f"effort {medium}"]
            cheapest = min(plans, key=lambda plan: plan[2])
            costs = [cost for _, effort, cost in plans if abs(effort - chosen) < 1e-3]
            assert min(costs) == pytest.approx(cheapest[2], abs=1e-6)


def test_an_unknown_enterprise_is_named() -> None:
    with pytest.raises(cp.InputError, match="no enterprise '99'"):
        trace("voluntary", cp.park("mixed", enterprises=6), "99", quarters=1)


class Idle(cp.Enterprise):
    """Runs every installation at an effort that no plan has."""

    def choose_treatment(self, sector, policy, behaviour, park, medium):  # type: ignore[no-untyped-def]
        return 0.77


def test_the_plan_taken_is_named_and_it_is_the_cheapest() -> None:
    for quarter in trace("mandatory", cp.park("mixed", enterprises=8), "2", rng=5, quarters=4):
        for medium, plans in quarter.plans.items():
            costs = {name: cost for name, _, cost in plans}
            assert costs[quarter.chosen[medium]] == pytest.approx(min(costs.values()), abs=1e-9)


def test_an_effort_of_one_s_own_is_no_plan() -> None:
    park = cp.park("mixed", enterprises=4)
    story = trace("voluntary", park, "1", quarters=2, enterprise_class=Idle)
    assert {name for one in story for name in one.chosen.values()} <= {"", "nothing to treat"}
