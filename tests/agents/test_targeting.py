"""Who is looked at first: the list, plans of equal cost, the order of monitoring."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.agents import targeting as t
from cleanpark.agents.state import N_MEDIA, SIZE_BINS
from tests.agents import makers


def plan(firms: list[Any], policy: Any, behaviour: Any, park: Any) -> None:
    """Make the quarter's plan of inspections of a park of these enterprises."""
    park.weight_sum = park.group_sum = 0.0
    for firm in firms:
        t.plan_inspections(firm, policy, behaviour, park)
    t.close_plan(park)


def listed(firms: list[Any], sector: Any, behaviour: Any) -> Any:
    """A park of these enterprises after its yearly review of the list."""
    empty = np.zeros(SIZE_BINS)
    park = makers.park(
        count=len(firms), load=np.zeros(N_MEDIA * SIZE_BINS), key_from=np.zeros(N_MEDIA, int),
        by_output=empty.copy(), larger=empty.copy(), alike=empty.copy(),
    )  # fmt: skip
    t.open_list(park)
    for firm in firms:
        t.note_load(firm, sector, park)
    t.draw_lines(park, behaviour)
    for firm in firms:
        t.put_on_list(firm, sector, park)
    t.close_list(park)
    return park


@pytest.mark.parametrize("targeting", ["random", "record", "risk", "archive"])
def test_every_plan_costs_the_same_number_of_inspections(targeting: str) -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    policy = makers.policy(inspection_rate=0.06, inspection_targeting=targeting)
    firms = [
        makers.enterprise(
            sector, watched=k % 4 == 0, level=4 * (k % 4 != 0), key=k % 5 == 0, record=k % 3
        )
        for k in range(40)
    ]
    park = makers.park(count=40)
    plan(firms, policy, behaviour, park)
    chances = [t.inspection_probability(f, policy, behaviour, park) for f in firms]
    assert np.mean(chances) == pytest.approx(0.06)
    assert max(chances) > 2.0 * min(chances)


def test_who_is_listed_or_watched_knows_it_and_the_mean_over_groups_is_the_parks() -> None:
    sector = makers.sector()
    policy = makers.policy(inspection_targeting="record")
    behaviour = makers.behaviour(targeting_ratio=5.0, key_inspection_ratio=4.0)
    firms = [makers.enterprise(sector, watched=k % 2, key=k // 2) for k in range(4)]
    park = makers.park(count=4)
    plan(firms, policy, behaviour, park)
    factors = [t.group_factor(firm, policy, behaviour, park) for firm in firms]
    assert factors == pytest.approx([f * factors[0] for f in (1.0, 5.0, 4.0, 20.0)])
    assert np.mean(factors) == pytest.approx(1.0)
    assert t.watched_factor(firms[2], behaviour, park) == pytest.approx(factors[3])


@given(st.lists(st.floats(1.0, 1e5), min_size=3, max_size=40))
def test_the_list_covers_its_share_and_nobody_off_it_is_larger(outputs: list[float]) -> None:
    sector = makers.sector()
    behaviour = makers.behaviour(key_load_share=0.65)
    firms = [makers.enterprise(sector, output=output) for output in outputs]
    listed(firms, sector, behaviour)
    on = [firm.output for firm in firms if firm.key]
    off = [firm.output for firm in firms if not firm.key]
    assert sum(on) >= 0.649 * sum(outputs)
    assert not off or max(off) <= min(on)


def test_a_violation_on_record_lists_and_a_share_of_one_lists_all() -> None:
    sector = makers.sector()
    firms = [makers.enterprise(sector, output=1e4)]
    firms += [makers.enterprise(sector, output=1.0, record=k) for k in (0, 1)]
    listed(firms, sector, makers.behaviour(key_load_share=0.65))
    assert [firm.key for firm in firms] == [1, 0, 1]
    park = listed(firms, sector, makers.behaviour(key_load_share=1.0))
    assert park.key_share == 1.0


@pytest.mark.parametrize(("target", "first"), [("list", "key"), ("largest", "output")])
def test_monitoring_reaches_those_first_whom_the_target_names(target: str, first: str) -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    ranks = ((np.arange(60) * 0.618) % 1.0).tolist()
    firms = [makers.enterprise(sector, output=1.3**k, monitoring_rank=ranks[k]) for k in range(60)]
    park = listed(firms, sector, behaviour)
    policy = makers.policy(monitoring_target=target)
    places = np.array([t.monitoring_place(firm, policy, park) for firm in firms])
    assert np.all((places >= 0.0) & (places < 1.0))
    for coverage in (0.1, 0.3, 0.6):
        assert (places < coverage).mean() == pytest.approx(coverage, abs=0.05)
    marks = np.array([getattr(firm, first) for firm in firms], float)
    reached = places < 0.1
    assert marks[reached].mean() > marks[~reached].mean()


def test_who_is_known_not_to_be_monitored_comes_after_the_usual_coverage() -> None:
    sector = makers.sector()
    policy, park = makers.policy(monitoring_target="random"), makers.park()
    places = [
        t.monitoring_place(makers.enterprise(sector, monitoring_rank=rank), policy, park)
        for rank in (-1.0, 0.02, 1.02)
    ]
    assert places[0] < 0.0
    assert places[1] == 0.02
    assert places[2] >= t.USUAL_COVERAGE


def test_the_listed_are_inspected_as_often_as_the_ratio_says() -> None:
    model = cp.ParkModel("voluntary", cp.park("mixed", enterprises=600), rng=3, quarters=24)
    records = model.world.enterprises
    seen = np.zeros(2)
    there = np.zeros(2)
    while model.running:
        model.step()
        for key in (0, 1):
            there[key] += (records["key"] == key).sum()
            seen[key] += records["inspected"][records["key"] == key].sum()
    rates = seen / there
    assert 0.1 < there[1] / there.sum() < 0.4
    assert rates[1] / rates[0] == pytest.approx(5.0, abs=1.3)
    assert seen.sum() / there.sum() == pytest.approx(0.06, abs=0.008)
