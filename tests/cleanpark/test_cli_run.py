"""`cleanpark run`: one scenario once, and one enterprise's story."""

from __future__ import annotations

import json
from pathlib import Path

import cleanpark as cp
from tests.cleanpark.terminal import refused, typed

SMALL = ("--enterprises", "20", "--quarters", "6")


def test_it_shows_the_horizon_and_some_years() -> None:
    text = typed("run", "voluntary", *SMALL).stdout
    assert "Pollution equivalents" in text
    assert "2027" in text
    assert "污染当量" in typed("run", *SMALL, "--language", "zh").stdout


def test_json_equals_python() -> None:
    words = ("run", "mandatory", *SMALL, "--seed", "7", "--set", "inspection_rate=0.2", "--json")
    content = json.loads(typed(*words).stdout)
    policy = cp.scenario("mandatory", inspection_rate=0.2)
    model = cp.ParkModel(policy, cp.park("mixed", enterprises=20), rng=7, quarters=6)
    model.run()
    values = [row["value"] for row in content["outcomes"]]
    expected = [None if value != value else value for value in model.outcomes()["value"].tolist()]
    assert values == expected
    assert content["engine"] == "compiled"


def test_engines_agree() -> None:
    one, two = (
        json.loads(typed("run", *SMALL, "--engine", engine, "--json").stdout)
        for engine in ("agents", "compiled")
    )
    assert one["outcomes"] == two["outcomes"]
    assert one["horizon"] == two["horizon"]


def test_results_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    result = typed("run", *SMALL, "--output", str(folder))
    assert str(folder) in result.stdout
    assert {path.name for path in folder.iterdir()} == {
        "outcomes.csv", "enterprises.csv", "run.json", "inputs.json",
    }  # fmt: skip
    assert len((folder / "enterprises.csv").read_text().splitlines()) == 21
    assert "another run" in refused("run", *SMALL, "--output", str(folder))


def test_a_story_gives_decisions_and_reasons() -> None:
    text = typed("run", *SMALL, "--trace", "7").stdout
    assert text.count(": output ") == 6
    assert "just at the limit" in text
    assert "Pays: energy" in text
    chinese = typed("run", *SMALL, "--trace", "7", "--language", "zh").stdout
    assert "恰好达到限值" in chinese
    assert "支出：能源" in chinese


def test_a_story_as_json() -> None:
    content = json.loads(typed("run", *SMALL, "--trace", "7", "--json").stdout)
    assert content["enterprise"] == "7"
    assert [quarter["label"] for quarter in content["story"]][:2] == ["2026-Q1", "2026-Q2"]


def test_an_unknown_enterprise_is_refused() -> None:
    assert "no enterprise '21'" in refused("run", *SMALL, "--trace", "21")


def test_a_user_s_enterprise_is_known_by_its_id(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    typed("parks", "template", str(file))
    text = typed("run", "--park", str(file), "--quarters", "2", "--trace", "E003").stdout
    assert "2026-Q2: output" in text


def test_every_payment_has_words() -> None:
    from cleanpark.agents.payments import PAYMENTS
    from cleanpark.analysis.words.story import ITEMS

    assert {one.name for one in PAYMENTS} <= set(ITEMS)
