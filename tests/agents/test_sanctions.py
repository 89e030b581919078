"""What violations and false reports are believed to cost, against hand-worked cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import sanctions as s

SHARE = st.floats(0.0, 1.0)


def test_one_inspection_ends_in_one_fine() -> None:
    """A medium adds to what is expected only as far as the others are clean: over all media the
    expected fine is that of any exceedance, not their sum."""
    exceeds = [0.5, 0.2, 0.0]
    assert s.others_clean(exceeds, 0) == pytest.approx(0.8)
    assert s.others_clean(exceeds, 2) == pytest.approx(0.4)
    fine = 10.0
    with_air = exceeds[0] * s.others_clean(exceeds, 0) * fine
    without_air = s.others_clean([0.0, *exceeds[1:]], 0)
    expected = (1.0 - (1.0 - 0.5) * (1.0 - 0.2)) * fine
    assert with_air + (1.0 - without_air) * fine == pytest.approx(expected)


def test_a_violation_in_another_medium_makes_this_one_free_of_the_fine_but_not_of_conscience() -> (
    None
):
    finding = s.Finding(10.0, 3.0, 0.5, 7.0, 20.0)
    alone = s.stake_in(finding, 0.3 * s.others_clean([0.0, 0.0, 0.0], 1), 2.0, 0.5)
    beside = s.stake_in(finding, 0.3 * s.others_clean([1.0, 0.0, 0.0], 1), 2.0, 0.5)
    assert alone == pytest.approx((2.0 + 0.3 * 7.0, 3.0, 0.5, 3.0, 0.15, 6.0))
    assert beside == pytest.approx((2.0, 0.0, 0.5, 3.0, 0.0, 0.0))


def test_a_bypass_adds_its_own_likelier_finding_beside_another_mediums_violation() -> None:
    assert s.added_by_bypass(0.1, 0.5, 1.0) == 0.5
    assert s.added_by_bypass(0.1, 0.5, 0.0) == pytest.approx(0.4)
    assert s.personal_liability(0.5, 100.0, 0.06) == pytest.approx(0.5 * 24.0)


@given(repeated=st.floats(0.0, 500.0), cap=st.floats(1.0, 100.0))
def test_fines_stay_inside_the_statutory_band(repeated: float, cap: float) -> None:
    fine, top = s.capped_base(repeated, cap)
    assert 0.0 <= fine <= cap
    assert fine * top <= max(cap, fine) * (1.0 + 1e-12)
    assert fine * min(top, 1.0) == pytest.approx(min(repeated, cap))


def test_the_daily_fine_runs_at_once_only_for_who_did_not_correct() -> None:
    """Code, Article 1060: from an order to correct that was not obeyed."""
    assert s.daily_fine_due(30.0, 10.0, True, 0.4) == (300.0, 0.0)
    assert s.daily_fine_due(30.0, 10.0, False, 0.4) == (0.0, pytest.approx(120.0))


def test_the_last_step_before_closure_is_certain_and_earlier_ones_are_discounted() -> None:
    assert s.step_due(3.0, 2.0, 100.0, 0.5) == (100.0, 0.0)
    assert s.step_due(3.0, 1.0, 100.0, 0.5) == (0.0, pytest.approx(50.0))
    assert s.step_due(3.0, 0.0, 100.0, 0.5) == (0.0, pytest.approx(25.0))


@given(detection=st.floats(1e-6, 1.0), discount=st.floats(1e-4, 0.5))
def test_being_found_again_is_the_discounted_sum_over_quarters(
    detection: float, discount: float
) -> None:
    """One unit at the first finding, which comes after d, d (1 - d), ... with each quarter that
    passes discounted by (1 - d - rho) / (1 - d)."""
    found = s.found_again(detection, discount)
    kept = max(0.0, 1.0 - detection - discount)
    if kept > 0.0:
        assert sum(detection * kept**k for k in range(20_000)) <= found * (1.0 + 1e-9)
        if kept < 0.998:
            assert sum(detection * kept**k for k in range(20_000)) == pytest.approx(found)
    assert 0.0 < found <= 1.0
    assert s.found_again(0.0, discount) == 0.0
    sooner = s.found_again(min(1.0, 2.0 * detection), discount)
    assert sooner >= found * (1.0 - 1e-12)


def test_closer_inspection_costs_its_extra_fines_until_the_first_clean_visit() -> None:
    """Extra 0.2 a quarter of a fine of 10, leaving after 5 quarters on average: 10."""
    assert s.cost_of_being_watched(10.0, 0.2, 0.2, 0.0) == pytest.approx(10.0)
    assert s.cost_of_being_watched(10.0, -0.1, 0.2, 0.0) == 0.0


@given(belief=SHARE, group=st.floats(0.2, 5.0), reading=SHARE)
def test_detection_is_a_probability_and_a_bypass_is_never_harder_to_see(
    belief: float, group: float, reading: float
) -> None:
    detection = s.believed_detection(belief, group, reading)
    assert reading <= detection <= 1.0 or detection == 1.0
    assert detection <= s.bypass_detection(detection, 5.0) <= 1.0


def test_a_false_report_pays_exactly_when_the_saving_exceeds_its_price() -> None:
    """Becker, with attitude as the share of the gain that counts."""
    price = s.falsehood_price(0.2, 0.5, 3.0, 7.0, False)
    assert price == pytest.approx(1.0)
    assert s.falsehood_price(0.2, 0.5, 3.0, 7.0, True) == pytest.approx(0.3)
    assert s.pays_to_hide(0.0, 0.7, 1.01, price)
    assert not s.pays_to_hide(0.0, 0.7, 0.99, price)
    assert not s.pays_to_hide(0.35, 0.7, 1.5, price)
    assert not s.pays_to_hide(0.7, 0.7, 1e9, price)


def test_lost_margins() -> None:
    assert s.lost_to_restriction(0.5, 1000.0, 0.06) == pytest.approx(30.0)
    assert s.lost_to_closure(1000.0, 0.06, 0.6) == pytest.approx(400.0)
