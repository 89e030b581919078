"""One enterprise's story tells what the run did, and changes nothing in it."""

from __future__ import annotations

import itertools

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


def test_an_audit_is_followed_from_registration_to_result() -> None:
    """Once registered it waits or is audited; under way the quarters left fall to the result."""
    park = cp.park("mixed", enterprises=12)
    seen = set()
    for enterprise in ("1", "3", "5"):
        story = trace("mandatory", park, enterprise, rng=3, quarters=28)
        for before, now in itertools.pairwise(story):
            if dict(now.decisions).get("leaves") or dict(before.decisions).get("leaves"):
                continue
            if before.state["waiting"]:
                assert now.state["waiting"] == before.state["waiting"] + 1 or "found" in now.state
                seen.add("waited")
            if before.state["until_result"] > 1:
                assert now.state["until_result"] == before.state["until_result"] - 1
                seen.add("under way")
            if before.state["until_result"] == 1:
                assert now.state["level"]
                assert now.state["recommended"] == before.state["recommended"]
                seen.add("result")
    assert seen == {"waited", "under way", "result"}


def test_who_it_is_stands_at_every_quarter() -> None:
    park = cp.park("mixed", enterprises=6)
    model = cp.ParkModel("voluntary", park, rng=2, quarters=1)
    first = trace("voluntary", park, "4", rng=2, quarters=1)[0]
    assert first.state["sector"] == model.enterprises().iloc[3]["sector"]
    assert first.state["size"] in ("small", "medium", "large")
    assert first.titles[first.state["sector"]]["zh"]


def test_every_change_of_tenant_is_in_the_story() -> None:
    park = cp.park("mixed", enterprises=12)
    story = trace("mandatory", park, "1", rng=3, quarters=28)
    changed = [
        now.state["founded"] != old.state["founded"] for old, now in itertools.pairwise(story)
    ]
    assert [one.state["replaced"] for one in story[:-1]] == changed
