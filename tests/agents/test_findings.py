"""Findings: what is found is identified, within what the sector offers; skill finds more."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import findings as f
from cleanpark.agents.state import AIR, ENERGY, FIRST_FLOW, PARK_KINDS
from tests.agents import makers


def team(skill: float = 0.0) -> SimpleNamespace:
    return SimpleNamespace(skill=skill, temperament=0.0)


@given(known=st.integers(0, 2**64 - 1), draw=st.floats(0.001, 0.999))
def test_findings_are_new_options_of_the_sector(known: int, draw: float) -> None:
    sector, policy, behaviour = makers.sector(), makers.policy(), makers.behaviour()
    every = int(f.all_options(sector))
    firm = makers.enterprise(sector, identified=known & every)
    drawn = makers.draws(findings=draw)
    saving = f.identify_options(firm, sector, policy, behaviour, makers.park(), team(), drawn)  # type: ignore[arg-type]
    now = int(firm.identified)
    assert now & known & every == known & every
    assert now | every == every
    assert firm.found == (now & ~known).bit_count()
    assert saving >= 0.0


@given(low=st.floats(-2.0, 2.0), high=st.floats(-2.0, 2.0))
def test_a_better_team_and_a_genuine_audit_find_more(low: float, high: float) -> None:
    policy, behaviour = makers.policy(standardization=0.0), makers.behaviour()
    first, second = sorted((low, high))
    chances = []
    for genuine in (0, 1):
        firm = makers.enterprise(makers.sector(), genuine=genuine)
        by_skill = [
            f.finding_probability(firm, policy, behaviour, team(skill))  # type: ignore[arg-type]
            for skill in (first, second)
        ]
        assert 0.0 <= by_skill[0] <= by_skill[1] <= 1.0
        chances.append(by_skill[0])
    assert chances[0] <= chances[1]


def test_an_audit_mends_part_of_ones_own_inefficiency_and_nothing_else() -> None:
    sector, policy = makers.sector(), makers.policy(team_expertise=1.0, tailoring=1.0)
    behaviour = makers.behaviour(audit_tuning=1.0, finding_base=4.0)
    firm = makers.enterprise(sector)
    firm.base = [1.3 * firm.base[0], 0.8 * firm.base[1], *firm.base[2:]]
    f.put_in_order(firm, sector, policy, behaviour, team())  # type: ignore[arg-type]
    assert firm.base[0] == pytest.approx(sector.worst[0])
    assert firm.base[1] == pytest.approx(0.8 * sector.worst[1])
    assert firm.intensity[0] == firm.base[0]
    assert firm.data_quality > 0.0


def test_an_audit_looks_first_for_what_the_programme_weighs_more() -> None:
    """One on average over the groups, and everywhere where weights are alike; heavy parks look
    for energy and air (paper, section 2.2)."""
    behaviour = makers.behaviour(audit_focus=1.0)
    sector = makers.sector()
    unified, own = makers.policy(indicator_weights="unified"), makers.policy()
    heavy = makers.park(kind=PARK_KINDS.index("heavy"))
    for option in range(sector.options):
        assert f.focus_on(sector, unified, behaviour, heavy, option) == pytest.approx(1.0)
    means = []
    for group, flow in enumerate(f.FLOW_OF_GROUP):
        saving = np.zeros_like(sector.saving)
        saving[0, flow] = 0.1
        saver = makers.sector(saving=saving)
        means.append(f.focus_on(saver, own, behaviour, heavy, 0))
        assert f.focus_on(saver, own, makers.behaviour(audit_focus=0.0), heavy, 0) == 1.0
        assert (means[group] > 1.0) == (flow in (ENERGY, FIRST_FLOW[AIR]))
    assert sum(means) / len(means) == pytest.approx(1.0)


def test_material_that_an_audit_finds_is_what_the_option_will_save_here() -> None:
    """A saving that suits an enterprise by half as much again is found as that."""
    sector = makers.sector(saving=np.zeros((64, 10)), running_cost=[0.0] * 64)
    behaviour = makers.behaviour(suitability_range=0.5, finding_base=4.0)
    found = [
        f.identify_options(
            makers.enterprise(sector, suitability=[fit] * 64), sector,
            makers.policy(tailoring=1.0), behaviour, makers.park(), team(), makers.draws(),
        )
        for fit in (0, 255)
    ]  # fmt: skip
    assert found[0] > 0.0
    assert found[1] == pytest.approx(3.0 * found[0])
