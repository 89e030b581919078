"""The environmental tax worked by hand to the fen, and the statute's notches and rules."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.law import (
    environmental_tax,
    law,
    noise_tax,
    province,
    province_name,
    provinces,
    tax_share,
)

AIR = ("sulfur_dioxide", "nitrogen_oxides", "particulates")
RATES = {"air": 6.0, "water": 7.0}
AMOUNT = st.floats(min_value=0.0, max_value=1e7, allow_subnormal=False)
RATIO = st.floats(min_value=0.0, max_value=3.0, allow_subnormal=False)


@pytest.mark.parametrize(
    ("ratio", "share"),
    [
        (0.0, 0.5),
        (0.5, 0.5),
        (0.500001, 0.75),
        (0.7, 0.75),
        (2.1 / 3, 0.75),
        (0.700001, 1.0),
        (1.0, 1.0),
        (1.3, 1.0),
    ],
)
def test_tax_share_at_and_around_the_notches(ratio, share):
    assert tax_share(ratio, 0.25, 0.5) == share


def test_tax_share_compiles_to_the_same():
    compiled = njit(tax_share)
    for ratio in (0.2, 0.5, 0.6, 0.7, 0.71, 1.5):
        assert compiled(ratio, 0.25, 0.5) == tax_share(ratio, 0.25, 0.5)


def test_a_dyeing_mill_in_guangdong_by_hand():
    # SO2 1,234.5 kg / 0.95 = 1,299.473684 eq. x 1.8 = 2,339.0526 x 75 % = 1,754.2895
    # NOx 987 kg / 0.95 = 1,038.947368 eq. x 1.8 = 1,870.1053 x 75 % = 1,402.5789
    # dust 432.1 kg / 4 = 108.025 eq. x 1.8 = 194.445 x 75 % = 145.83375
    # COD 2,345.67 kg / 1 = 2,345.67 eq. x 2.8 = 6,567.876 x 50 % = 3,283.938
    # NH3-N 123.4 kg / 0.8 = 154.25 eq. x 2.8 = 431.9 x 50 % = 215.95
    # hazardous waste 1.234 t x 1,000 = 1,234; solid waste 10.5 t x 25 = 262.5
    due = environmental_tax(
        {
            "sulfur_dioxide": 1234.5,
            "nitrogen_oxides": 987,
            "particulates": 432.1,
            "cod": 2345.67,
            "ammonia_nitrogen": 123.4,
            "hazardous_waste": 1.234,
            "solid_waste": 10.5,
        },
        {"air": 0.65, "water": 0.5},
        "guangdong",
    )
    taxes = {line.flow: line.tax for line in due.lines}
    assert taxes == {
        "sulfur_dioxide": 1754.29,
        "nitrogen_oxides": 1402.58,
        "particulates": 145.83,
        "cod": 3283.94,
        "ammonia_nitrogen": 215.95,
        "hazardous_waste": 1234.0,
        "solid_waste": 262.5,
    }
    assert due.total == 8299.09
    assert due.exact == pytest.approx(8299.0901, abs=1e-4)


def test_halves_of_a_fen_round_up():
    # COD 0.0375 kg x 1.4 = 0.0525 and 0.075 kg x 1.4 = 0.105: a half-even rule would give 0.10.
    assert environmental_tax({"cod": 0.075}, None, {"water": 1.4}).total == 0.11
    assert environmental_tax({"cod": 1.15}, None, {"water": 1.9}).total == 2.19


def test_the_breakdown_is_a_frame_whose_columns_add_up():
    due = environmental_tax({"sulfur_dioxide": 950, "cod": 333.333}, {"air": 0.7}, RATES)
    frame = due.breakdown
    assert list(frame["flow"]) == ["sulfur_dioxide", "cod"]
    assert list(frame["equivalents"]) == [1000.0, 333.333]
    assert list(frame["reduction"]) == [1500.0, 0.0]
    assert frame["tax"].sum() == pytest.approx(due.total)
    assert (frame["gross"] - frame["reduction"] - frame["tax"]).abs().max() < 1e-9


@pytest.mark.parametrize(
    ("ratio", "total"),
    [(0.5, 3000.0), (0.7, 4500.0), (0.71, 6000.0), (1.2, 6000.0), (None, 6000.0)],
)
def test_reduction_by_ratio(ratio, total):
    assert environmental_tax({"sulfur_dioxide": 950}, {"air": ratio}, RATES).total == total


def test_an_exceedance_at_any_outlet_voids_every_reduction():
    discharge = {"sulfur_dioxide": 950, "cod": 100}
    assert environmental_tax(discharge, {"air": 0.4, "water": 0.4}, RATES).total == 3350.0
    assert environmental_tax(discharge, {"air": 1.01, "water": 0.4}, RATES).total == 6700.0


def test_a_pollutants_own_ratio_comes_before_its_mediums():
    ratios = {"air": 0.9, "nitrogen_oxides": 0.6}
    due = environmental_tax({"sulfur_dioxide": 950, "nitrogen_oxides": 950}, ratios, RATES)
    assert [line.tax for line in due.lines] == [6000.0, 4500.0]


def test_only_the_three_largest_of_an_outlet_are_taxed():
    # Equivalents: soot 100, SO2 90, benzene 80, dust 70, toluene 60.
    discharge = {
        "toluene": 60 * 0.18,
        "particulates": 70 * 4.0,
        "sulfur_dioxide": 90 * 0.95,
        "soot": 218.0,
        "benzene": 4.0,
    }
    due = environmental_tax(discharge, None, {"air": 1.2})
    taxed = {line.flow for line in due.lines if line.tax > 0}
    assert taxed == {"soot", "sulfur_dioxide", "benzene"}
    assert due.total == 1.2 * 270
    assert "first 3" in next(line.note for line in due.lines if line.flow == "toluene")


def test_water_has_five_of_class_one_and_three_others():
    class_one = {name: e.equivalent for name, e in law().water.items() if e.class_ == 1}
    other = {"cod": 1.0, "ammonia_nitrogen": 0.8, "suspended_solids": 4.0, "petroleum": 0.1}
    discharge = {
        name: equivalent * (10 + place)
        for place, (name, equivalent) in enumerate({**class_one, **other}.items())
    }
    due = environmental_tax(discharge, None, {"water": 1.4})
    taxed = [line.flow for line in due.lines if not line.note]
    assert len(class_one) == 10
    assert [name for name in taxed if name in class_one] == list(class_one)[5:]
    assert [name for name in taxed if name in other] == list(other)[1:]


def test_one_measure_of_oxygen_demand_is_taxed():
    due = environmental_tax({"cod": 100, "bod5": 60, "total_organic_carbon": 40}, None, RATES)
    assert {line.flow: line.tax for line in due.lines} == {
        "cod": 0.0,
        "bod5": 840.0,
        "total_organic_carbon": 0.0,
    }


def test_provinces_are_found_by_every_name_and_have_their_own_pollutants():
    for name in ("beijing", "Beijing", "北京", " BEIJING "):
        assert province(name).air == 12.0
    assert province("jiangsu-suzhou").water == 7.0
    assert province_name("Inner Mongolia") == province_name("内蒙古自治区") == "inner-mongolia"
    due = environmental_tax({"sulfur_dioxide": 950, "particulates": 4000}, None, "shanghai")
    assert [line.rate for line in due.lines] == [7.6, 1.2]


def test_province_rates_are_inside_the_statutory_range():
    for day in ("2018-01-01", "2019-06-01", "2022-01-01", "2026-12-31"):
        held = law(day)
        for rates in held.provinces.values():
            air = [rates.air, *(r for name, r in rates.pollutants.items() if name in held.air)]
            assert all(1.2 <= rate <= 12 for rate in air)
            water = [
                rates.water,
                *(r for name, r in rates.pollutants.items() if name in held.water),
            ]
            assert all(1.4 <= rate <= 14 for rate in water)
            assert set(rates.pollutants) <= {*held.air, *held.water}
    assert provinces()["name"].is_unique


def test_waste_rates_follow_the_given_rate():
    discharge = {"solid_waste": 2, "hazardous_waste": 1, "tailings": 3, "coal_gangue": 4}
    assert environmental_tax(discharge, None, {}).total == 50 + 1000 + 45 + 20
    assert environmental_tax(discharge, None, {"waste": 50}).total == 2 * (50 + 1000 + 45 + 20)
    assert environmental_tax({"tailings": 3}, None, {"tailings": 7}).total == 21


def test_what_is_not_taxed_is_shown_and_free():
    due = environmental_tax({"energy": 5, "carbon_dioxide": 9, "water": 1}, None, {})
    assert due.total == 0.0
    assert {line.note for line in due.lines} == {"not subject to this tax"}


@pytest.mark.parametrize(
    ("decibels", "tax"),
    [
        (0, 0),
        (0.4, 0),
        (1, 350),
        (3, 350),
        (4, 700),
        (9, 1400),
        (12, 2800),
        (15, 5600),
        (30, 11200),
    ],
)
def test_noise(decibels, tax):
    assert noise_tax(decibels) == tax


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({"sulfur_dioxid": 1}, None, "beijing"), "did you mean 'sulfur_dioxide'"),
        (({"cod": -1}, None, "beijing"), "discharge of cod = -1: must be"),
        (({"cod": math.nan}, None, "beijing"), "discharge of cod = nan"),
        (({"cod": math.inf}, None, "beijing"), "discharge of cod = inf"),
        (({"cod": "3 kg"}, None, "beijing"), "must be a number"),
        (({"cod": 1}, {"water": -0.1}, "beijing"), "limit_ratio of water = -0.1"),
        (({"cod": 1}, {"wather": 1}, "beijing"), "did you mean 'water'"),
        (({"cod": 1}, None, "beijng"), "did you mean 'beijing'"),
        (
            ({"cod": 1}, None, "jiangsu"),
            "one of 'jiangsu-nanjing' .江苏南京., 'jiangsu-south'",
        ),
        (({"cod": 1}, None, {"air": 1.2}), "no rate for water, which cod needs"),
        (({"cod": 1}, None, {"water": math.nan}), "rate of water = nan"),
        (({"cod": 1}, None, {"watr": 1}), "did you mean 'water'"),
    ],
)
def test_bad_input_is_refused_in_one_message(arguments, message):
    with pytest.raises(ScenarioError, match=message) as caught:
        environmental_tax(*arguments)
    assert "\n" not in str(caught.value)


@given(amounts=st.tuples(AMOUNT, AMOUNT, AMOUNT), ratio=RATIO, rate=st.floats(0, 24))
def test_tax_is_never_negative_and_never_above_the_gross(amounts, ratio, rate):
    due = environmental_tax(dict(zip(AIR, amounts, strict=True)), {"air": ratio}, {"air": rate})
    assert all(0.0 <= line.tax <= line.gross for line in due.lines)
    assert due.total >= 0.0
    assert abs(due.total - due.exact) <= 0.005 * len(due.lines) + 1e-9 * due.exact


@given(amount=AMOUNT, more=st.floats(0, 1e4), ratio=RATIO)
def test_more_discharge_at_one_ratio_never_costs_less(amount, more, ratio):
    less = environmental_tax({"cod": amount}, {"water": ratio}, RATES)
    greater = environmental_tax({"cod": amount + more}, {"water": ratio}, RATES)
    assert greater.exact >= less.exact


@given(first=RATIO, second=RATIO)
def test_the_share_changes_at_the_notches_only_and_rises(first, second):
    low, high = sorted((first, second))
    assert tax_share(low, 0.25, 0.5) <= tax_share(high, 0.25, 0.5)
    between = [notch for notch in (0.5, 0.7) if low <= notch + 1e-9 < high]
    if not between:
        assert tax_share(low, 0.25, 0.5) == tax_share(high, 0.25, 0.5)


@given(ratio=RATIO, step=st.floats(1e-12, 1e-6))
def test_tax_on_a_concentration_is_continuous_but_for_the_notches(ratio, step):
    def tax(at):
        return 1000.0 * at * tax_share(at, 0.25, 0.5)

    near = any(abs(ratio - notch) < 1e-5 for notch in (0.5, 0.7))
    if not near:
        assert abs(tax(ratio + step) - tax(ratio)) <= 1000.0 * step + 1e-9


@given(fen=st.integers(0, 10**9))
def test_whole_fen_are_kept(fen):
    amount = float(Decimal(fen) / 100)
    assert environmental_tax({"cod": amount}, None, {"water": 1.0}).total == amount
