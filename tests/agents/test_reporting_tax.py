"""The tax that an enterprise of the model pays is the one that `environmental_tax` works out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents.reporting import report_and_pay_tax
from cleanpark.agents.state import AIR, WASTE, WATER
from cleanpark.scenarios.law import Outlet, environmental_tax
from tests.agents import makers

RATIO = st.floats(0.01, 2.0)
LOAD = st.floats(1.0, 1e5)
FLOWS = {AIR: ("sulfur_dioxide", 0.95), WATER: ("cod", 1.0), WASTE: ("solid_waste", 1.0)}
NAMES = {AIR: "air", WATER: "water"}


def honest_enterprise(ratios: Any, loads: Any, measured: bool, connected: bool) -> Any:
    """An enterprise that reports what it discharges, with relief where it measures."""
    made = makers.enterprise(
        makers.sector(),
        connected=int(connected),
        attitude=1.0,
        monitored=int(measured),
        data_quality=0.0,
    )
    for medium in (AIR, WATER, WASTE):
        made.ratio[medium] = ratios[medium]
        made.allowed[medium] = loads[medium]
        made.generated[medium] = 2.0 * ratios[medium] * loads[medium]
    return made


@given(
    ratios=st.tuples(RATIO, RATIO, RATIO),
    loads=st.tuples(LOAD, LOAD, LOAD),
    measured=st.booleans(),
    connected=st.booleans(),
)
def test_the_model_s_tax_is_the_statute_s(
    ratios: Any, loads: Any, measured: bool, connected: bool
) -> None:
    policy = makers.policy("tax-only", air_tax_rate=4.8, water_tax_rate=5.6)
    made = honest_enterprise(ratios, loads, measured, connected)
    paid = report_and_pay_tax(made, makers.sector(), policy, makers.behaviour(), makers.park())
    media = [medium for medium in FLOWS if not (connected and medium == WATER)]
    amounts = {
        FLOWS[medium][0]: ratios[medium] * loads[medium] * FLOWS[medium][1] for medium in media
    }
    given_ratios = {NAMES[medium]: ratios[medium] for medium in media if medium in NAMES}
    exceeds = ratios[AIR] > 1.0 or ratios[WATER] > 1.0
    outlet = Outlet("", amounts, given_ratios if measured else {}, exceeds=exceeds)
    due = environmental_tax(outlet, None, {"air": 4.8, "water": 5.6})
    assert 1e4 * paid == pytest.approx(due.exact, rel=1e-9)
    assert 1e4 * paid == pytest.approx(due.total, abs=0.02)
