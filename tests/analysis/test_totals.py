"""Sectors beside published totals: every ratio in its band, or with a reason."""

from __future__ import annotations

import pytest

from cleanpark.analysis.pages.totals import page
from cleanpark.analysis.validation.totals import Compared, compare_totals
from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.flows import FLOWS, flow_table
from cleanpark.scenarios.published import ALL, published_totals, source_of
from cleanpark.scenarios.sectors import sectors


@pytest.fixture(scope="module")
def compared() -> tuple[Compared, ...]:
    """A small run."""
    return compare_totals(enterprises=300, seeds=(1,))


def test_entries_name_what_there_is_and_what_they_are_from() -> None:
    names = {ALL, *(sector.name for sector in sectors())}
    for one in published_totals():
        assert one.flow in FLOWS
        assert flow_table()[one.flow].unit == "kg"
        assert one.sector in names
        low, high = one.range
        assert low < one.per_output < high
        assert source_of(one.total)["zh"] != source_of(one.total)["en"]


def test_a_national_total_over_revenue_is_kilograms_per_ten_thousand() -> None:
    cod = next(one for one in published_totals() if (one.flow, one.sector) == ("cod", ALL))
    assert cod.per_output == pytest.approx(0.497e9 / (106.14e12 / 1e4), rel=1e-12)


def test_no_ratio_leaves_its_band_without_a_reason(compared: tuple[Compared, ...]) -> None:
    for one in compared:
        assert one.explained, (one.published.sector, one.published.flow, one.ratio)
        assert one.model > 0.0


def test_oxygen_demand_and_ammonia_of_the_park_are_within_a_factor_of_two(
    compared: tuple[Compared, ...],
) -> None:
    ratios = {one.published.flow: one.ratio for one in compared if one.published.sector == ALL}
    assert 0.5 < ratios["cod"] < 2.0
    assert 0.5 < ratios["ammonia_nitrogen"] < 2.0


def test_what_is_far_off_fails_unless_a_reason_is_given() -> None:
    plain = next(one for one in published_totals() if one.why is None)
    excused = next(one for one in published_totals() if one.why is not None)
    assert Compared(plain, plain.per_output).explained
    assert not Compared(plain, 3.0 * plain.per_output).explained
    assert Compared(excused, 3.0 * excused.per_output).explained


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_page_shows_each_figure_with_its_source(
    code: str, compared: tuple[Compared, ...]
) -> None:
    text = page(compared, Language(code))
    for one in compared:
        assert f"{one.ratio:.2f}" in text
        assert source_of(one.published.total)[code] in text
        assert (one.inside or not one.published.why) or one.published.why[code] in text
