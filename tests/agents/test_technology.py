"""Technology: more options never raise an intensity; bit sets are sets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import technology as t
from tests.agents import makers

OPTIONS = st.integers(0, 2**64 - 1)


@given(options=OPTIONS, option=st.integers(0, 63))
def test_bit_sets_are_sets(options: int, option: int) -> None:
    assert t.has_option(t.with_option(options, option), option)
    assert not t.has_option(t.without_option(options, option), option)
    for other in range(64):
        if other != option:
            assert t.has_option(t.with_option(options, option), other) == t.has_option(
                options, other
            )


@given(options=OPTIONS, option=st.integers(0, 63))
def test_one_more_option_never_raises_use_or_lowers_the_level(options: int, option: int) -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    every = int(t.all_options(sector))
    firm = makers.enterprise(sector, implemented=options & every)
    t.refresh_technology(firm, sector, behaviour)
    before, level = list(firm.intensity), firm.technology
    firm.implemented = int(t.with_option(firm.implemented, option)) & every
    t.refresh_technology(firm, sector, behaviour)
    assert all(now <= then + 1e-12 for now, then in zip(firm.intensity, before, strict=True))
    assert level <= firm.technology <= 1.0


def test_no_options_is_worst_practice_and_all_is_the_whole_potential() -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    firm = makers.enterprise(sector)
    t.refresh_technology(firm, sector, behaviour)
    assert firm.intensity == list(sector.worst)
    assert firm.technology == 0.0
    firm.implemented = t.all_options(sector)
    t.refresh_technology(firm, sector, behaviour)
    assert firm.technology > 1.0 - 1e-9


def test_what_is_followed_up_does_not_lapse() -> None:
    sector, behaviour = makers.sector(), makers.behaviour(lapse_hazard=1.0)
    firm = makers.enterprise(sector, implemented=sector.housekeeping)
    kept = makers.policy(follow_up=1.0)
    assert not t.let_housekeeping_lapse(firm, sector, kept, behaviour, makers.draws())
    left = makers.policy(follow_up=0.0)
    assert t.let_housekeeping_lapse(firm, sector, left, behaviour, makers.draws())
    assert int(firm.implemented) | sector.housekeeping == sector.housekeeping


def test_new_options_arrive_only_where_the_market_has_them() -> None:
    sector, park = makers.sector(), makers.park(quarter=1000)
    late = [k for k in range(sector.options) if sector.available[k] > 0]
    assert late
    for option in late:
        assert t.is_offered(sector, makers.policy(new_options="catalogue"), park, option)
        assert not t.is_offered(sector, makers.policy(new_options="none"), park, option)
