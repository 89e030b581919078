"""The phases after the findings: recommendation, acceptance, and what failing costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import acceptance as c
from cleanpark.agents.auditing import audit_fee
from cleanpark.agents.investment import annuity
from cleanpark.agents.state import N_FLOWS
from tests.agents import makers


def paying(paybacks: list[float], life: float = 10.0, low_cost: int = 0) -> Any:
    """A sector whose options save material worth 1 % of output a year at these paybacks."""
    count = len(paybacks)
    fill = [0.0] * (64 - count)
    return makers.sector(
        options=count, saving=np.zeros((64, N_FLOWS)), material_saving=[*[0.01] * count, *fill],
        running_cost=[0.0] * 64, investment=[*[0.01 * years for years in paybacks], *fill],
        life=[life] * 64, available=[0.0] * 64, low_cost=[low_cost] * 64, option_kind=[1] * 64,
    )  # fmt: skip


@given(paybacks=st.lists(st.floats(0.5, 15.0), min_size=1, max_size=6))
def test_what_pays_at_the_appraisals_rate_is_recommended(paybacks: list[float]) -> None:
    sector = paying(paybacks)
    behaviour = makers.behaviour(suitability_range=0.0, feasibility_rate=0.1)
    worth = annuity(0.1, 10.0)
    if any(abs(worth - years) < 1e-6 for years in paybacks):
        return
    firm = makers.enterprise(sector, identified=2 ** len(paybacks) - 1)
    found = int(c.recommend(firm, sector, makers.policy(), behaviour, makers.park()))
    assert found == sum(1 << k for k, years in enumerate(paybacks) if years < worth)


def test_low_cost_options_need_no_recommendation() -> None:
    firm = makers.enterprise(paying([0.2]), identified=1)
    sector = paying([0.2], low_cost=1)
    assert c.recommend(firm, sector, makers.policy(), makers.behaviour(), makers.park()) == 0


@pytest.mark.parametrize(("share", "missing"), [(0.0, 0), (0.2, 0), (0.5, 2), (0.6, 2), (1.0, 4)])
def test_acceptance_asks_for_a_share_of_what_was_recommended(share: float, missing: int) -> None:
    """Of five recommended one is implemented; shares are to the nearest whole option."""
    firm = makers.enterprise(makers.sector(), recommended=0b11111, implemented=0b1)
    assert c.missing_for_acceptance(firm, makers.policy(acceptance_share=share)) == missing


def test_failing_costs_the_penalty_and_another_audit_every_year() -> None:
    sector = makers.sector()
    behaviour = makers.behaviour(hurdle_knowledge=0.0, audit_time_share=0.5)
    firm = makers.enterprise(sector, hurdle=0.5)
    policy = makers.policy(acceptance_penalty=10.0)
    fee = audit_fee(firm, behaviour)
    assert c.cost_of_failing(firm, policy, behaviour) == pytest.approx((10.0 + 1.5 * fee) * 3.0)


def asked(penalty: float, sector: Any, **changes: Any) -> int:
    """What an obliged enterprise with everything recommended buys for acceptance."""
    policy = makers.policy(acceptance_penalty=penalty, acceptance_share=0.5)
    behaviour = makers.behaviour(suitability_range=0.0, hurdle_knowledge=0.0)
    given = {"hurdle": 1.0, "identified": 3, "recommended": 3, "cash": 1e6, "duty": 1, **changes}
    firm = makers.enterprise(sector, **given)
    return int(c.choose_for_result(firm, sector, policy, behaviour, makers.park()))


def test_the_option_that_falls_least_short_is_bought_unless_failing_costs_less() -> None:
    """Life so long that the annuity is 1 / hurdle = 1: with paybacks of 2 and 3 years of 40 a
    year, the options fall 40 and 80 short; failing costs twice penalty and audit."""
    sector = paying([3.0, 2.0], life=1e6)
    firm = makers.enterprise(sector)
    fee = audit_fee(firm, makers.behaviour())
    audit = fee * (1.0 + makers.behaviour().audit_time_share)
    just = 20.0 - audit
    assert just > 0.0
    assert asked(just + 0.1, sector) == 0b10
    assert asked(just - 0.1, sector) == 0
    assert asked(just + 0.1, sector, cash=-60.0) == 0
    assert asked(50.0, sector, duty=0) == 0


def test_failed_acceptance_is_kept_and_punished() -> None:
    policy = makers.policy(acceptance_penalty=10.0, acceptance_share=1.0)
    firm = makers.enterprise(makers.sector(), recommended=1, duty=1)
    assert c.accept(firm, policy) == 10.0
    assert firm.accepted == 0
    firm.implemented = 1
    assert c.accept(firm, policy) == 0.0
    assert firm.accepted == 1
    volunteer = makers.enterprise(makers.sector(), recommended=1, duty=0)
    assert c.accept(volunteer, policy) == 0.0
