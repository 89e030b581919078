"""Indicator groups: the packaged file, and what a spoilt one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanpark.scenarios import indicators as i
from cleanpark.scenarios.errors import ScenarioError


def test_the_packaged_groups_have_titles_in_both_languages_and_weights_for_every_park() -> None:
    found = i.indicators()
    assert tuple(found) == i.INDICATORS
    for park in i.WEIGHTED_FOR:
        assert sum(group.weights[park] for group in found.values()) == pytest.approx(1.0)
    assert {"innovation", "facilities"} <= set(found)
    assert [name for name, group in found.items() if group.limiting] == ["energy", "water"]


def test_heavy_parks_weigh_exhaust_and_energy_and_high_tech_parks_circularity() -> None:
    """Zhuang, Sun and Yu, section 2.2."""
    found = i.indicators()
    for group in ("energy", "air"):
        assert found[group].weights["heavy"] > found[group].weights["unified"]
    assert found["waste"].weights["high-tech"] > found["waste"].weights["unified"]


def test_groups_without_a_usual_reference_say_so() -> None:
    assert i.usual_reference("innovation")[0] < i.usual_reference("innovation")[2]
    with pytest.raises(KeyError):
        i.usual_reference("energy")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("heavy = 0.22", "heavy = 0.25", "sum to 1.03"),
        ("heavy = 0.22, high-tech = 0.10, ", "high-tech = 0.10, ", "weights must be for"),
        ("[innovation]", "[inovation]", "must declare exactly"),
        ("limiting = true", "limits = true", "limit"),
    ],
)
def test_a_spoilt_file_is_refused_in_words(tmp_path: Path, old: str, new: str, told: str) -> None:
    spoilt = tmp_path / "indicators.toml"
    spoilt.write_text(i.FILE.read_text().replace(old, new, 1))
    with pytest.raises(ScenarioError, match=told):
        i.read_indicators(spoilt)
