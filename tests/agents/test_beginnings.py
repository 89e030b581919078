"""The start: shares lie in [0, 1], groups are thirds, carbon dioxide follows energy."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.agents import beginnings as b
from cleanpark.agents.draws import INITIAL_DRAWS, normal
from cleanpark.agents.state import CARBON_DIOXIDE, ENERGY
from cleanpark.agents.views import namespace
from cleanpark.model.world import site_records
from cleanpark.scenarios.sizes import size_classes
from tests.agents import makers

UNIFORM = st.floats(1e-9, 1 - 1e-9)


def started(**drawn: float) -> SimpleNamespace:
    record = np.full((), 0.5, dtype=INITIAL_DRAWS)
    for name in INITIAL_DRAWS.names or ():
        record[name] = drawn.get(name, 0.5)
    sector = makers.sector()
    firm: SimpleNamespace = makers.enterprise(sector)
    site = namespace(site_records([cp.park("mixed")])[0])
    b.begin(firm, sector, makers.behaviour(), site, namespace(record))  # type: ignore[arg-type]
    return firm


@given(size=UNIFORM, technology=UNIFORM, attitude=UNIFORM, own=UNIFORM, belief=UNIFORM)
def test_any_draws_make_a_sound_enterprise(**drawn: float) -> None:
    firm = started(**drawn)
    for name in ("attitude", "belief", "data_quality", "knowledge", "technology"):
        assert 0.0 <= getattr(firm, name) <= 1.0, name
    assert firm.output > 0.0
    assert firm.size_class == size_classes(4.0 * firm.output)
    group = firm.attitude_group
    assert (group >= 1) == (firm.attitude >= b.MIDDLE_FROM)
    assert (group == 2) == (firm.attitude >= b.HIGH_FROM)
    sector = makers.sector()
    of_energy = firm.base[ENERGY] / sector.worst[ENERGY]
    assert firm.base[CARBON_DIOXIDE] / sector.worst[CARBON_DIOXIDE] == pytest.approx(of_energy)


@given(low=UNIFORM, high=UNIFORM)
def test_a_larger_draw_makes_a_larger_enterprise(low: float, high: float) -> None:
    first, second = sorted((low, high))
    assert started(size=first).output <= started(size=second).output


def test_larger_enterprises_of_a_sector_have_the_better_technology() -> None:
    """By the correlation stated, which leaves the spread as it is."""
    site = namespace(site_records([cp.park("mixed")])[0])
    rng = np.random.default_rng(3)
    sizes, levels = [], []
    for row in rng.random((4000, 2)):
        record = np.full((), 0.5, dtype=INITIAL_DRAWS)
        record["size"], record["technology"] = row
        firm = makers.enterprise(makers.sector())
        behaviour = makers.behaviour(size_technology=0.5)
        sizes.append(normal(row[0]))
        levels.append(b.draw_mind(firm, behaviour, site, namespace(record)))
    assert np.corrcoef(sizes, levels)[0, 1] == pytest.approx(0.5, abs=0.05)
    assert np.std(levels) == pytest.approx(site.technology_spread, rel=0.06)
