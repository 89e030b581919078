"""Targets as people write them, and whether policies meet them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.analysis.comparison.targets import Target, met, target, written
from cleanpark.analysis.comparison.years import by_year
from cleanpark.analysis.words.answer import goal_words
from cleanpark.scenarios.errors import InputError


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cod -20% by 2030", Target("cod", -0.2, 2030)),
        ("cod -20 % by 2030 from 2028", Target("cod", -0.2, 2030, 2028)),
        ("Pollution equivalents −7.5% by 2031", Target("pollution_equivalents", -0.075, 2031)),
        ("化学需氧量 -20%，2030年底", Target("cod", -0.2, 2030)),
        (
            "真实达标率 ≥ 95% 2028",
            Target("compliance_true", 0.95, 2028, relative=False, below=False),
        ),
        ("compliance_true +5% by 2028", Target("compliance_true", 0.05, 2028, below=False)),
        ("carbon_dioxide <= +5% by 2030", Target("carbon_dioxide", 0.05, 2030)),
        ("profit ≥ −10 % by 2030", Target("profit", -0.1, 2030, below=False)),
        ("cod <= 3 t by 2030", Target("cod", 3000.0, 2030, relative=False)),
        ("cod <= 3000 kg by 2030", Target("cod", 3000.0, 2030, relative=False)),
    ],
)
def test_targets_are_read_in_either_language(text: str, wanted: Target) -> None:
    assert target(text) == wanted
    assert target(written(wanted)) == wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("codd -20% by 2030", "did you mean"),
        ("cod -20 by 2030", "unit must be %"),
        ("cod <= 3 m3 by 2030", "unit must be kg"),
        ("cod -20%", "write it as"),
        ("cod by 2030", "write it as"),
        ("cod -20% by 2026", "base year 2026 is not before 2026"),
    ],
)
def test_what_is_no_target_says_why(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        target(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cod -20% by 2030", "20 % lower in 2030 than in 2026"),
        ("cod <= -20% by 2030", "20 % lower in 2030 than in 2026"),
        ("compliance_true +5% by 2030", "5 percentage points higher"),
        ("carbon_dioxide <= +5% by 2030", "at most 5 % higher in 2030 than in 2026"),
        ("profit >= -10% by 2030", "at most 10 % lower in 2030 than in 2026"),
    ],
)
def test_a_target_is_said_as_what_is_allowed(text: str, said: str) -> None:
    assert said in goal_words(target(text), "en")


@given(percent=st.integers(1, 99), year=st.integers(2027, 2060))
def test_a_written_target_means_its_number(percent: int, year: int) -> None:
    found = target(f"cod -{percent}% by {year}")
    assert found.amount == pytest.approx(-percent / 100.0)
    assert found.goal(np.array([200.0])) == pytest.approx([200.0 - 2.0 * percent])
    assert (found.year, found.below) == (year, True)


@pytest.fixture(scope="module")
def found() -> cp.Comparison:
    park = cp.park("mixed", enterprises=40)
    return cp.compare(["tax-only"], park, seeds=5, quarters=16)


def test_each_seed_is_measured_against_its_own_base_year(found: cp.Comparison) -> None:
    wanted = target("pollution_equivalents -10% by 2029")
    standing = {one.scenario: one for one in met(found, wanted)}["tax-only"]
    base = by_year(found, found.reference_place, "pollution_equivalents")[:, 0]
    level = by_year(found, found.names.index("tax-only"), "pollution_equivalents")[:, 3]
    assert standing.share == (level <= 0.9 * base).mean()
    assert standing.base == pytest.approx(base.mean())
    assert standing.change == pytest.approx(level.mean() / base.mean() - 1.0)
    assert standing.low <= standing.change <= standing.high or standing.seeds < 3


def test_an_easy_target_is_met_at_once_and_an_impossible_one_never(found: cp.Comparison) -> None:
    easy = met(found, Target("cod", 1e12, 2028, relative=False))
    assert all((one.share, one.on_average, one.since) == (1.0, True, 2026) for one in easy)
    hard = met(found, Target("cod", -0.999, 2028))
    assert all((one.share, one.on_average, one.since) == (0.0, False, None) for one in hard)


def test_a_year_that_is_not_simulated_is_refused(found: cp.Comparison) -> None:
    with pytest.raises(InputError, match="2026 to 2029"):
        met(found, target("cod -20% by 2035"))
