"""The close: what passes through the works is reduced once, and counts are of enterprises."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from cleanpark.agents.state import END_FLOW, FIRST_FLOW, N_FLOWS, VOC, WATER
from cleanpark.agents.views import namespace
from cleanpark.model import close as c
from cleanpark.model.measures import SUMS, n_cells
from tests.agents import makers


def row() -> Any:
    return namespace(np.zeros((), dtype=SUMS))


@pytest.mark.parametrize("connected", [0, 1])
def test_the_works_take_out_their_share(connected: int) -> None:
    sector, park = makers.sector(), makers.park(works_removal=0.75)
    firm = makers.enterprise(sector, connected=connected, voc_effort=0.0)
    one = row()
    c.add_flows(one, firm, sector, makers.policy(), park)
    passed = 0.25 if connected else 1.0
    for flow in range(N_FLOWS):
        share = passed if FIRST_FLOW[WATER] <= flow < END_FLOW[WATER] else 1.0
        assert one.flow[flow] == pytest.approx(1000 * sector.worst[flow] * share)
    damage = sum(a * d for a, d in zip(one.flow, sector.damage, strict=True))
    assert one.damage == pytest.approx(damage)


def test_what_is_told_is_the_reported_share_of_what_is_discharged() -> None:
    sector = makers.sector()
    firm = makers.enterprise(sector, ratio=[1.0] * 3, reported_ratio=[0.5] * 3)
    one = row()
    c.add_flows(one, firm, sector, makers.policy(), makers.park())
    for flow in range(FIRST_FLOW[WATER], END_FLOW[WATER]):
        assert one.reported[flow] == pytest.approx(0.5 * one.flow[flow])
    assert one.reported[VOC] == pytest.approx(0.5 * one.flow[VOC])


def test_every_enterprise_has_a_cell_of_its_own_kind() -> None:
    found = {
        c.cell_of(SimpleNamespace(sector=s, size_class=z, attitude_group=a), n_cells(4))  # type: ignore[arg-type]
        for s in range(4)
        for z in range(3)
        for a in range(3)
    }
    assert found == set(range(n_cells(4)))
