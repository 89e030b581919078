"""Outcomes from sums: money adds up, shares need a denominator, groups sum to all."""

from __future__ import annotations

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.agents.payments import PARK_PAYMENTS, PAYMENTS
from cleanpark.model import measures as m
from cleanpark.model import outcomes as o


def sums(**counted: float) -> o.Sums:
    cells, parks = np.zeros(m.N_MEASURES), np.zeros(m.N_PARK_MEASURES)
    for name, amount in counted.items():
        cells[m.PLACE[name]] = amount
    return o.Sums(cells, parks)


def test_a_misspelt_sum_is_named_with_what_was_meant() -> None:
    with pytest.raises(KeyError, match="technology"):
        sums().of("technolgy")


def test_a_share_of_nothing_is_undefined() -> None:
    assert np.isnan(sums(audits=0.0).share("genuine", "audits"))
    assert sums(audits=4.0, genuine=1.0).share("genuine", "audits") == 0.25


def test_money_that_moves_to_the_treasury_is_its_gain() -> None:
    for table, places in ((PAYMENTS, m.PAID_PLACE), (PARK_PAYMENTS, m.PARK_PAID_PLACE)):
        for payment in table:
            one = sums()
            target = one.cells if table is PAYMENTS else one.parks
            target[places[payment.name]] = 1.0
            gain = (payment.payee == "treasury") - (payment.payer == "treasury")
            assert o.outcome("treasury_net").value(one) == gain * 1e4, payment.name


def test_groups_of_each_kind_sum_to_all() -> None:
    model = cp.ParkModel("mandatory", cp.park("mixed", enterprises=40), quarters=3).run()
    cells = model.cells.sum(axis=(0, 1))
    sectors = len(model.world.sectors)
    groups = o.group_sums(cells, sectors)
    names = o.group_names(model.sector_names)
    assert len(names) == len(groups)
    for kind in ("sector:", "size:", "attitude:"):
        part = [number for number, name in enumerate(names) if name.startswith(kind)]
        np.testing.assert_allclose(groups[part].sum(axis=0), groups[0], rtol=1e-9)


def test_every_outcome_is_titled_in_both_languages_once() -> None:
    assert len(set(o.OUTCOME_NAMES)) == len(o.OUTCOMES)
    for one in o.OUTCOMES:
        assert one.title["en"]
        assert one.title["zh"]
        assert one.kind in ("total", "level")
