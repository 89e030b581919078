"""Support that is announced: purchases move in time by what waiting costs, and not otherwise."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from cleanpark.agents import announcements as a
from cleanpark.agents.investment import liking
from cleanpark.agents.technology import has_option
from tests.agents import makers
from tests.agents.test_investment import one_option_sector


def waits(sector: Any, subsidy: float, quarters: float, cash: float = 1e9) -> bool:
    """Whether an option that would be bought now is put off until a subsidy comes."""
    behaviour = makers.behaviour(suitability_range=0.0, cost_salience=1.0, hurdle_knowledge=0.0)
    firm = makers.enterprise(sector, hurdle=0.2, cash=cash, identified=1)
    now = makers.policy(option_subsidy=0.0)
    later = makers.policy(option_subsidy=subsidy, notice=quarters)
    kept = a.bought_now(firm, sector, now, later, behaviour, makers.park(), np.uint64(1))
    return not has_option(kept, 0)


def test_an_option_waits_for_a_subsidy_exactly_where_that_outweighs_what_waiting_costs() -> None:
    """Waiting a year at 20 % costs a sixth of the net value; the subsidy saves its share of the
    price. A liking of its own weighs the price by a factor, the same now and then."""
    sector = one_option_sector(payback=2.0, life=10.0)
    firm = makers.enterprise(sector, hurdle=0.2, identified=1)
    felt = 2.0 * math.exp(-liking(firm, 0) / makers.behaviour().adoption_sensitivity)
    value = (1.0 - 1.2**-10.0) / 0.2
    assert value > felt
    equal = 1.0 - (value - 1.2 * (value - felt)) / felt  # (value - (1-s) felt) / 1.2 = value - felt
    assert waits(sector, equal + 0.01, 4.0)
    assert not waits(sector, equal - 0.01, 4.0)
    assert not waits(sector, 0.0, 4.0)


def test_before_support_ends_all_have_looked_and_otherwise_some() -> None:
    behaviour = makers.behaviour(review_rate=0.1)
    now = makers.policy(option_subsidy=0.3)
    ends = [makers.policy(option_subsidy=0.0, notice=left) for left in (4.0, 3.0, 2.0, 1.0)]
    chances = [a.review_chance(now, one, behaviour) for one in ends]
    assert math.prod(1.0 - chance for chance in chances) == 0.0
    assert chances[0] == pytest.approx(0.25)
    assert a.review_chance(now, now, behaviour) == 0.1
