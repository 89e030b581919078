"""Flows: complete, in order, consistent with the law."""

import pytest

from cleanpark.scenarios.errors import InputError, ParkError, ScenarioError, nearest
from cleanpark.scenarios.flows import FLOWS, MEDIA, flow, flow_table


def test_flows_are_in_the_order_that_indices_rely_on():
    assert tuple(flow_table()) == FLOWS
    assert len(FLOWS) == 11
    of_medium = {
        m: [n for n, f in enumerate(flow_table().values()) if f.medium == m] for m in MEDIA
    }
    assert of_medium == {"air": [2, 3, 4], "water": [5, 6], "waste": [7, 8]}


@pytest.mark.parametrize(
    ("name", "per_unit"),
    [
        ("sulfur_dioxide", 1 / 0.95),
        ("nitrogen_oxides", 1 / 0.95),
        ("particulates", 1 / 4),
        ("cod", 1.0),
        ("ammonia_nitrogen", 1 / 0.8),
        ("solid_waste", 1.0),
        ("hazardous_waste", 40.0),
        ("energy", 0.0),
        ("water", 0.0),
        ("carbon_dioxide", 0.0),
        ("voc", 0.0),
    ],
)
def test_equivalents_per_unit(name, per_unit):
    assert flow(name).equivalents_per_unit == pytest.approx(per_unit, rel=1e-15)


def test_every_flow_has_names_a_unit_and_a_damage_cost_with_its_range():
    for found in flow_table().values():
        assert set(found.title) == {"en", "zh"}
        assert found.damage.certainty == "assumed"
        assert found.damage.low <= found.damage_cost <= found.damage.high
        assert found.damage.unit == f"CNY per {found.unit}"
        assert found.damage.source


def test_unknown_flow_is_named_with_the_nearest():
    with pytest.raises(
        ScenarioError, match=r"unknown flow 'sulfur'.*did you mean 'sulfur_dioxide'"
    ):
        flow("sulfur")


def test_errors_are_value_errors():
    assert issubclass(ScenarioError, InputError)
    assert issubclass(ParkError, InputError)
    assert issubclass(InputError, ValueError)
    assert str(nearest("watr", ["water", "cod"])) == "; did you mean 'water'?"
    assert str(nearest("zzzz", ["water"])) == ""
