"""The change of tenant: nothing of the one who left stays but the site."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cleanpark.agents import newcomers as n
from cleanpark.agents.parameters import BehaviourParameters
from tests.agents import makers


def test_a_newcomer_has_no_record_and_its_owner_no_debt() -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    firm = makers.enterprise(sector, cash=-50.0, record=3, watched=1, level=1, founded=0)
    park = makers.park(quarter=7)
    debt, taken, capital = n.replace_tenant(
        firm, sector, makers.policy(), behaviour, park, makers.draws()
    )
    assert (debt, taken) == (50.0, 0.0)
    assert capital == firm.cash > 0.0
    assert (firm.record, firm.watched, firm.level, firm.founded) == (0, 0, 0, 7)


def test_newcomers_are_spread_as_enterprises_at_the_start_are() -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    rng = np.random.default_rng(6)
    firms = []
    for _ in range(1500):
        firm = makers.enterprise(sector, mix=9.0, other_cost=0.99, hurdle=9.0, belief=1.0)
        row = makers.draws(entrant_size=float(rng.random()), entrant_technology=0.5)
        n.replace_tenant(firm, sector, makers.policy(), behaviour, makers.park(quarter=3), row)
        firms.append(firm)
    logs = np.log([firm.mix for firm in firms])
    assert logs.mean() == pytest.approx(0.0, abs=0.05)
    assert logs.std() == pytest.approx(behaviour.mix_spread, rel=0.08)
    hurdles = np.log([firm.hurdle for firm in firms])
    assert np.median(hurdles) == pytest.approx(np.log(behaviour.hurdle_median), abs=0.05)
    assert abs(np.corrcoef(logs, hurdles)[0, 1]) < 0.08
    listed = np.mean([firm.listed for firm in firms])
    assert listed == pytest.approx(sector.listed_share, abs=0.05)
    fits = np.array([firm.suitability for firm in firms], float)
    assert fits.mean() == pytest.approx(127.5, abs=4.0)


def options_of_a_newcomer(quarter: int, behaviour: BehaviourParameters, **levers: Any) -> int:
    sector, park = makers.sector(), makers.park(quarter=quarter)
    firm = makers.enterprise(sector)
    n.replace_tenant(firm, sector, makers.policy(**levers), behaviour, park, makers.draws())
    return int(firm.implemented)


def test_where_no_new_options_arrive_newcomers_bring_none() -> None:
    behaviour = makers.behaviour(entrant_technology=0.9)
    late, first = (options_of_a_newcomer(q, behaviour, new_options="none") for q in (56, 0))
    assert late == first


def test_technology_is_of_the_newcomers_year() -> None:
    sector, behaviour = makers.sector(), makers.behaviour(entrant_technology=0.9)
    held = []
    for quarter in (0, 56):
        held.append(options_of_a_newcomer(quarter, behaviour))
    late = sum(1 << o for o in range(sector.options) if sector.available[o] > 0)
    assert held[0] & late == 0
    assert held[1] & late != 0
