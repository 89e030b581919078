"""Every pattern, by one test: declared, it is whole, measured, judged, told and drawn."""

from __future__ import annotations

import math
import re
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from cleanpark.analysis.figures.validation import forest
from cleanpark.analysis.pages.validation import PAGES, page, write_pages
from cleanpark.analysis.validation import patterns
from cleanpark.analysis.validation.estimate import Estimate, estimate
from cleanpark.analysis.validation.kept import KEPT_FILE, Kept, read_kept, text_of
from cleanpark.analysis.validation.pattern import CERTAINTY, SUBJECTS, Part, Pattern, Source
from cleanpark.analysis.validation.patterns import PATTERNS
from cleanpark.analysis.validation.reasons import REASONS
from cleanpark.analysis.validation.trial import Trial
from cleanpark.analysis.validation.validate import judged, validate
from cleanpark.analysis.validation.verdict import (
    PartResult,
    PatternResult,
    standardised,
    within,
)
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.validation import UNITS, band_of, number_of
from cleanpark.scenarios.errors import InputError, Message

DOCS = Path(__file__).resolve().parents[2] / "docs"
ENGLISH = Language("en")


def check_declaration(pattern: Pattern) -> None:
    """What a reader must find is there: sources that open, a set-up, bands in order."""
    assert re.fullmatch("[a-z0-9-]+", pattern.name)
    assert pattern.subject in SUBJECTS
    assert pattern.sources
    for source in pattern.sources:
        assert source.text.strip()
        assert re.match("https?://[a-z0-9.]+", source.address)
        assert source.certainty in CERTAINTY
    for text in (pattern.title, pattern.setting, pattern.reason):
        assert str(text).strip()
    names = [part.name for part in pattern.parts]
    assert len(set(names)) == len(names)
    for part in pattern.parts:
        assert part.unit in UNITS
        assert part.band[0] < part.band[1]
        assert any(map(math.isfinite, part.band))
    assert pattern.parts or pattern.missing
    assert bool(pattern.parts) == (pattern.measure is not None)


def check_measure(pattern: Pattern) -> None:
    """A small run of one seed gives exactly the quantities declared, and parts can be made."""
    if pattern.measure is None:
        return
    found = pattern.measure(Trial(3, scale=0.5))
    assert set(found) == set(pattern.measured)
    undefined = [name for name, value in found.items() if not math.isfinite(value)]
    assert not set(undefined) - MAY_BE_UNDEFINED.get(pattern.name, set())
    table = {name: np.array([value]) for name, value in found.items()}
    result = judged(pattern, table)
    assert [one.part for one in result.parts] == list(pattern.parts)


MAY_BE_UNDEFINED = {
    "marginal-cost": {"violators", "violators_high"},
    "auditor-independence": {"certificates", "limits"},
    "sanctions-deter": {"growth"},
    "low-hanging-fruit": {"second"},
}
"""Quantities of plants that a small park may not have, such as three in violation."""


def check_told(pattern: Pattern) -> None:
    """Results are told and drawn in both languages, whatever comes of them."""
    parts = tuple(
        PartResult(part, Estimate(math.nan if place else 1.0, math.nan, math.nan, 1))
        for place, part in enumerate(pattern.parts)
    )
    results = (PatternResult(pattern, parts),)
    for language in ("en", "zh"):
        text = page(Kept(results, "1"), Language(language))
        assert f"`{pattern.name}`" in text
        assert all(source.address in text for source in pattern.sources)
        if parts:
            forest(results, pattern.subject, language)


def test_names_are_unique() -> None:
    names = patterns.pattern_names()
    assert len(set(names)) == len(names) >= 27


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.name)
def test_a_pattern_is_whole(pattern: Pattern) -> None:
    check_declaration(pattern)
    check_measure(pattern)
    check_told(pattern)


def tripled(trial: Trial) -> dict[str, float]:
    """A pattern of one's own whose answer is known."""
    return {"once": 2.0 + 0.1 * trial.seed, "thrice": 6.0 + 0.3 * trial.seed}


OWN = Pattern(
    "own",
    "structure",
    Message("Three times as much"),
    (Source("Arithmetic", "https://example.org", "definition"),),
    Message("One number and its triple."),
    Message("By definition."),
    (
        Part("times", Message("ratio"), "ratio", (2.9, 3.1), lambda m: m["thrice"] / m["once"]),
        Part("once", Message("the number itself"), "ratio", (-1.0, 1.0)),
    ),
    tripled,
    seeds=4,
    quantities=("once", "thrice"),
)


def test_a_pattern_declared_elsewhere_needs_no_other_file(tmp_path: Path) -> None:
    check_declaration(OWN)
    check_measure(OWN)
    check_told(OWN)
    with patch.object(patterns, "PATTERNS", (*PATTERNS, OWN)):
        (result,) = validate(["own"], folder=tmp_path)
    assert result.verdict == "partly"
    assert result.parts[0].found.effect == pytest.approx(3.0)
    assert result.parts[1].found.effect == pytest.approx(2.15)
    assert not result.parts[1].inside


def test_an_interrupted_validation_goes_on(tmp_path: Path) -> None:
    (first,) = validate([OWN], folder=tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("s*.parquet")}
    (second,) = validate([OWN], folder=tmp_path)
    assert stamps
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}
    assert first.parts[0].found == second.parts[0].found


def test_the_interval_of_a_mean_is_students() -> None:
    values = np.array([1.0, 2.0, 4.0, np.nan])
    part = Part("x", Message("x"), "ratio", (0.0, 1.0))
    found = estimate(part, {"x": values})
    half = 4.302652729911275 * np.std([1.0, 2.0, 4.0], ddof=1) / math.sqrt(3)
    assert found.seeds == 3
    assert found.effect == pytest.approx(7 / 3)
    assert (found.low, found.high) == pytest.approx((7 / 3 - half, 7 / 3 + half))


def test_the_interval_of_a_ratio_holds_it_as_often_as_it_says() -> None:
    part = Part("r", Message("r"), "ratio", (0.0, 1.0), lambda m: m["a"] / m["b"])
    random = np.random.default_rng(5)
    held = 0
    for _ in range(400):
        under = random.normal(4.0, 1.0, 25)
        over = 0.5 * under + random.normal(0.0, 1.0, 25)
        found = estimate(part, {"a": over, "b": under})
        held += found.low <= 0.5 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_undefined_parts_fail_and_are_said_to_be() -> None:
    part = Part("r", Message("r"), "ratio", (0.0, 1.0), lambda m: m["a"] / m["b"])
    found = estimate(part, {"a": np.ones(3), "b": np.zeros(3)})
    result = PartResult(part, found)
    assert math.isnan(found.effect)
    assert not result.inside
    assert not result.straddles


@pytest.mark.parametrize(
    ("value", "low", "high", "straddles"),
    [(0.5, 0.4, 0.6, False), (0.5, -0.1, 1.0, True), (1.1, 0.9, 1.3, True), (2.0, 1.5, 2.5, False)],
)
def test_straddling_is_lying_on_both_sides_of_a_bound(
    value: float, low: float, high: float, straddles: bool
) -> None:
    part = Part("x", Message("x"), "ratio", (0.0, 1.0))
    assert PartResult(part, Estimate(value, low, high, 9)).straddles == straddles


@pytest.mark.parametrize("band", [(-2.0, 4.0), (-math.inf, -0.5), (0.25, math.inf), (-math.inf, 0)])
@pytest.mark.parametrize("value", [-7.0, -0.6, 0.0, 0.3, 5.0])
def test_the_common_scale_puts_the_band_from_minus_one_to_one(
    band: tuple[float, float], value: float
) -> None:
    part = Part("x", Message("x"), "ratio", band)
    place, low, high = standardised(PartResult(part, Estimate(value, value - 0.1, value + 0.1, 9)))
    above = -1.0 if math.isfinite(band[0]) else -math.inf
    below = 1.0 if math.isfinite(band[1]) else math.inf
    assert within(value, band) == (above - 1e-9 <= place <= below + 1e-9)
    assert low < place < high


def test_results_are_kept_and_read_back(tmp_path: Path) -> None:
    (result,) = validate([OWN], seeds=2)
    file = tmp_path / "kept.csv"
    file.write_text(text_of([result], "9.9"), encoding="utf-8")
    kept = read_kept(file, [OWN])
    assert kept.version == "9.9"
    assert kept.results[0].verdict == result.verdict
    assert kept.results[0].parts[0].found.effect == pytest.approx(3.0)


@pytest.mark.parametrize("text", ["", "pattern,part\nown,times\n", "nonsense"])
def test_a_damaged_file_of_results_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "kept.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"kept\.csv"):
        read_kept(file, [OWN])


def test_an_unknown_pattern_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InputError, match="did you mean 'skewness'"):
        validate(["skewnes"])


def test_numbers_are_told_with_three_digits() -> None:
    assert number_of(0.05, "share", ENGLISH) == "5"
    assert number_of(-0.0003234, "ln", ENGLISH) == "\N{MINUS SIGN}0.0003"
    assert number_of(math.nan, "ratio", ENGLISH) == "undefined"
    open_band = PartResult(Part("x", Message("x"), "points", (-math.inf, -0.1)),
                           Estimate(0.0, 0.0, 0.0, 1))  # fmt: skip
    assert band_of(open_band, ENGLISH) == "at most \N{MINUS SIGN}0.1"


def test_pages_are_what_the_kept_results_make_of_them() -> None:
    kept = read_kept(KEPT_FILE, PATTERNS)
    for code, name in PAGES.items():
        text = (DOCS / name).read_text(encoding="utf-8")
        assert text == page(kept, Language(code)), "run python tools/validate.py pages"


def test_pages_and_figures_are_written(tmp_path: Path) -> None:
    (result,) = validate([OWN], seeds=2)
    written = write_pages(Kept((result,), "1"), tmp_path)
    assert all(path.stat().st_size for path in written)
    assert len(written) == len(PAGES) * (1 + 1)


def test_what_fails_in_the_kept_results_has_its_reason_and_nothing_else_has() -> None:
    kept = read_kept(KEPT_FILE, PATTERNS)
    inside = {(one.pattern.name, part.part.name): part.inside
              for one in kept.results for part in one.parts}  # fmt: skip
    told = {(name, part) for name, parts in REASONS.items() for part in parts}
    assert told == {name for name, passes in inside.items() if not passes}
