"""Agents are views: what they read and write is the record, and a subclass decides anew."""

from __future__ import annotations

import pytest

import cleanpark as cp


@pytest.fixture
def model() -> cp.ParkModel:
    park = cp.park("mixed", enterprises=6)
    return cp.ParkModel("voluntary", park, rng=3, quarters=2, engine="agents")


def test_an_agent_reads_and_writes_its_record(model: cp.ParkModel) -> None:
    firm = next(iter(model.agents_by_type[cp.Enterprise]))
    firm.cash = 12.5
    firm.paid.fines += 2.0
    firm.effort[1] = 0.25
    record = model.world.enterprises[firm.row]
    assert record["cash"] == firm.cash == 12.5
    assert record["paid"]["fines"] == firm.paid.fines == 2.0
    assert record["effort"][1] == 0.25
    assert isinstance(firm.cash, float)
    assert isinstance(firm.level, int)


def test_a_misspelt_payment_is_refused(model: cp.ParkModel) -> None:
    firm = next(iter(model.agents_by_type[cp.Enterprise]))
    with pytest.raises(AttributeError):
        _ = firm.paid.fine


def test_a_subclass_overrides_one_decision() -> None:
    class Candid(cp.Enterprise):
        def hides_exceedance(self, policy, behaviour, medium):  # type: ignore[no-untyped-def]
            assert policy.fine >= 0.0
            assert 0.0 <= behaviour.honesty_threshold <= 1.0
            return False

    park = cp.park("heavy", enterprises=100)
    kept = cp.ParkModel("voluntary", park, rng=1, quarters=3).run()
    candid = cp.ParkModel("voluntary", park, rng=1, quarters=3, enterprise_class=Candid).run()
    apparent = [
        one.outcomes().query("outcome == 'compliance_apparent'")["value"].mean()
        for one in (kept, candid)
    ]
    assert apparent[1] < apparent[0]
