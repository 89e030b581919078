"""`cleanpark validate`: results as a table and as JSON, in both languages; names that are none."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cleanpark.terminal import refused, typed


def test_a_pattern_is_measured_and_told(tmp_path: Path) -> None:
    words = ("validate", "notches", "symbiosis", "--seeds", "2", "--output", str(tmp_path / "kept"))
    result = typed(*words)
    assert result.exit_code == 0
    assert "plans exactly at a notch where there is no reduction" in result.stdout
    assert "(symbiosis): cannot be set up" in result.stdout
    assert list(tmp_path.rglob("s*.parquet"))
    told = typed(*words, "--language", "zh").stdout
    assert "无减免时恰好位于门槛的方案占比" in told
    assert "cannot" not in told


def test_json_holds_numbers_bands_and_verdicts() -> None:
    result = typed("validate", "fine-spillover", "--seeds", "2", "--json")
    (found,) = json.loads(result.stdout)
    assert found["pattern"] == "fine-spillover"
    first = found["parts"][0]
    assert first["band"] == [-0.75, -0.3]
    assert first["inside"] == (-0.75 <= first["effect"] <= -0.3)
    assert first["seeds"] == 2


def test_a_name_that_no_pattern_has_is_refused() -> None:
    assert "did you mean 'exits'" in refused("validate", "exit")


def test_no_seed_is_refused() -> None:
    assert "--seeds" in refused("validate", "notches", "--seeds", "0")
