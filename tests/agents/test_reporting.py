"""Reports: the honest and the watched tell the truth; the tax follows what is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import reporting as r
from tests.agents import makers


def firm_for(**changes: object) -> tuple[object, ...]:
    sector, policy = makers.sector(), makers.policy()
    behaviour, park = makers.behaviour(), makers.park()
    firm = makers.prepared(makers.enterprise(sector, **changes), sector, behaviour, park)
    return firm, sector, policy, behaviour, park


@given(ratio=st.floats(0.0, 3.0), medium=st.integers(0, 2))
def test_the_fully_honest_report_what_they_discharge(ratio: float, medium: int) -> None:
    firm, *rest = firm_for(attitude=1.0, ratio=[ratio] * 3, falsified=0)
    assert r.fill_in_report(firm, *rest, medium) == ratio  # type: ignore[arg-type]
    assert firm.falsified == 0  # type: ignore[attr-defined]


@given(ratio=st.floats(0.0, 3.0), attitude=st.floats(0.0, 1.0), monitored=st.integers(0, 1))
def test_nobody_reports_more_than_the_truth(ratio: float, attitude: float, monitored: int) -> None:
    firm, *rest = firm_for(attitude=attitude, ratio=[ratio] * 3, monitored=monitored)
    told = r.fill_in_report(firm, *rest, 0)  # type: ignore[arg-type]
    assert told <= ratio
    assert (firm.falsified == 1) == (told < ratio)  # type: ignore[attr-defined]


def test_a_sound_instrument_cannot_be_falsified() -> None:
    firm, _, policy, *_ = firm_for(monitored=1, tamper_rank=1.0)
    assert not r.can_falsify(firm, policy)  # type: ignore[arg-type]


@given(less=st.floats(0.0, 2.0), more=st.floats(0.0, 2.0))
def test_the_tax_rises_with_what_is_reported(less: float, more: float) -> None:
    firm, _, policy, behaviour, _ = firm_for(monitored=1)
    first, second = sorted((less, more))
    low = r.due_tax(firm, policy, behaviour, 0, first)  # type: ignore[arg-type]
    high = r.due_tax(firm, policy, behaviour, 0, second)  # type: ignore[arg-type]
    assert 0.0 <= low <= high + 1e-12


def test_a_certain_and_dear_penalty_keeps_reports_honest() -> None:
    firm, sector, _, _, park = firm_for(attitude=0.0, belief=1.0)
    policy = makers.policy(falsification_fine=20.0)
    behaviour = makers.behaviour(falsehood_detection=1.0)
    assert r.choose_reported_share(firm, sector, policy, behaviour, park, 0) == 1.0  # type: ignore[arg-type]


def test_an_audit_makes_it_dearer_to_deny_an_exceedance_but_not_to_understate() -> None:
    policy = makers.policy(audit_enforcement=0.8)
    behaviour = makers.behaviour(leniency=0.0)
    for ratio, dearer in ((1.5, True), (0.9, False)):
        firm, *_ = firm_for(attitude=0.0, belief=0.05, ratio=[ratio, 0.5, 0.0])
        before = r.price_of_falsehood(firm, policy, behaviour, 0)  # type: ignore[arg-type]
        firm.until_result = 3  # type: ignore[attr-defined]
        after = r.price_of_falsehood(firm, policy, behaviour, 0)  # type: ignore[arg-type]
        assert after == pytest.approx(before * (16.0 if dearer else 1.0))
