"""Volatile organic compounds: usual treatment, the response to a pilot tax, and its arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import organics as o
from cleanpark.agents.state import VOC
from cleanpark.scenarios.law import environmental_tax
from tests.agents import makers

RATES = st.floats(0.01, 24.0)


def plant(rate=0.0, **changes):
    """An enterprise of chemicals with its sector, levers and behaviour."""
    sector = makers.sector()
    firm = makers.enterprise(sector, **changes)
    return firm, sector, makers.policy(voc_tax_rate=rate), makers.behaviour()


def test_without_a_pilot_treatment_is_the_usual_and_costs_nothing_more():
    firm, sector, policy, behaviour = plant()
    assert o.treat_voc(firm, sector, policy, behaviour) == 0.0
    assert firm.voc_effort == behaviour.voc_effort
    assert o.voc_tax(firm, sector, policy) == 0.0
    assert o.worth_of_less_voc(firm, sector, policy, behaviour) == 0.0


@given(rate=RATES, cost=st.floats(0.2, 5.0), told=st.floats(0.3, 1.0))
def test_the_effort_chosen_is_the_cheapest(rate, cost, told):
    """No effort from the usual to full costs less in treatment and tax together."""
    firm, sector, policy, behaviour = plant(rate, cost_factor=cost, reported_share=[told, 1, 1])
    firm.reported_ratio = [0.5 * told, 0.5, 0.5]

    def total(effort):
        firm.voc_effort = effort
        spent = o.voc_treatment_cost(firm, sector, behaviour)
        return spent + o.voc_tax(firm, sector, policy)

    o.treat_voc(firm, sector, policy, behaviour)
    chosen = firm.voc_effort
    assert behaviour.voc_effort <= chosen <= 1.0
    best = total(chosen)
    for effort in np.linspace(behaviour.voc_effort, 1.0, 41):
        assert total(effort) >= best * (1.0 - 1e-9)


def test_a_low_rate_moves_nobody_and_a_high_one_everybody():
    """Usual effort 0.7 of a last unit at 19 CNY an equivalent: the tax bites from 13.3 on."""
    efforts = []
    for rate in (1.2, 13.0, 16.0, 19.0, 24.0):
        firm, sector, policy, behaviour = plant(rate)
        o.treat_voc(firm, sector, policy, behaviour)
        efforts.append(firm.voc_effort)
    assert efforts == pytest.approx([0.7, 0.7, 16 / 19, 1.0, 1.0])


@given(rate=RATES)
def test_the_model_s_tax_is_the_calculator_s(rate):
    firm, sector, policy, behaviour = plant(rate)
    o.treat_voc(firm, sector, policy, behaviour)
    amount = o.voc_discharge(firm, sector)
    due = environmental_tax({"voc": amount}, None, {}, pilot_rate=rate)
    assert o.voc_tax(firm, sector, policy) * 1e4 == pytest.approx(due.exact, rel=1e-9)


@given(rate=RATES, cost=st.floats(0.2, 5.0))
def test_what_a_kg_less_is_worth_is_the_derivative_of_what_it_costs(rate, cost):
    firm, sector, policy, behaviour = plant(rate, cost_factor=cost)

    def total(intensity):
        firm.intensity[VOC] = intensity
        spent = o.treat_voc(firm, sector, policy, behaviour)
        return spent + o.voc_tax(firm, sector, policy)

    start = firm.intensity[VOC]
    slope = (total(start * 1.001) - total(start)) / (start * 0.001) / firm.output
    firm.intensity[VOC] = start
    assert o.worth_of_less_voc(firm, sector, policy, behaviour) == pytest.approx(slope, rel=1e-6)


def test_the_report_on_air_tells_the_share_of_it_that_is_told():
    firm, sector, policy, behaviour = plant(10.0)
    o.treat_voc(firm, sector, policy, behaviour)
    honest = o.voc_tax(firm, sector, policy)
    firm.reported_ratio = [0.25, 0.5, 0.5]  # of a true 0.5
    assert o.voc_tax(firm, sector, policy) == pytest.approx(honest / 2)


def test_a_subclass_may_decide_for_itself():
    import cleanpark as cp

    class Careless(cp.Enterprise):
        def choose_voc_treatment(self, sector, policy, behaviour):
            return 0.0

    park = cp.park("mixed", enterprises=10)
    model = cp.ParkModel("voluntary", park, rng=1, quarters=2, enterprise_class=Careless).run()
    assert np.all(model.world.enterprises["voc_effort"] == 0.0)
