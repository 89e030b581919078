"""What is printed under 'How to reproduce' gives the very numbers."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.studies.inputs import (
    park_content,
    park_from,
    scenario_content,
    scenario_from,
)
from tests.cleanpark.terminal import typed

PARK = cp.park("mixed", enterprises=12)
CSV = "id,sector,output (10000 CNY),cod (kg),last_audit\na,metals,9000,,2024-03-15\nb,food,5000,,\n"


def own_park(folder: Path) -> cp.Park:
    file = folder / "own.csv"
    file.write_text(CSV)
    return cp.park(file)


def own_policy(folder: Path) -> cp.Scenario:
    file = folder / "p.toml"
    file.write_text(
        'name = "mine"\ntitle = "M"\nextends = "mandatory"\n[levers]\n'
        'fine = { from = "2026-Q2", to = "2026-Q4", end = 41.5 }\n[parks.heavy]\nfine = 90.25\n'
        "[behaviour]\nmoral_cost = 0.0071\n"
    )
    return cp.scenario(file)


def history(folder: Path) -> Any:
    return cp.keep_histories("voluntary", PARK, "2026-Q2", 2, folder / "begun")


CASES = {
    "packaged": lambda folder: (["tax-only"], PARK, 2, {}),
    "several parks": lambda folder: (
        ["tax-only"], [cp.park("heavy", 9), cp.park("high-tech", 7)], 2, {}),
    "changed levers": lambda folder: (
        [cp.scenario("mandatory", fine={"2026-Q3": 61.25}, audit_teams=3.0)], PARK, 2, {}),
    "changed behaviour": lambda folder: (
        [cp.scenario("voluntary").with_behaviour(moral_cost=0.0071)], PARK, 2, {}),
    "seeds": lambda folder: (["tax-only"], PARK, [7, 3], {}),
    "own park": lambda folder: (["tax-only"], own_park(folder), 2, {}),
    "own policy": lambda folder: ([own_policy(folder), "tax-only"], PARK, 2, {}),
    "labels": lambda folder: ({"a": "tax-only", "b": "mandatory"}, PARK, 2, {"reference": "a"}),
    "history": lambda folder: (["tax-only"], PARK, 2, {"history": history(folder)}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_line_of_python_gives_the_very_numbers(case: str, tmp_path: Path) -> None:
    scenarios, park, seeds, more = CASES[case](tmp_path)
    found = cp.compare(scenarios, park, seeds, 6, **more)
    folder = found.save(tmp_path / "results")
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))["reproduce"]
    line = eval(told["python"], {"cp": cp})
    assert line.names == found.names
    np.testing.assert_array_equal(line.ensemble.quarterly, found.ensemble.quarterly)
    again = cp.again(folder)
    np.testing.assert_array_equal(again.ensemble.quarterly, found.ensemble.quarterly)
    assert told["python"] in (folder / "report.html").read_text(encoding="utf-8").replace(
        "&#39;", "'")  # fmt: skip


@pytest.mark.parametrize("case", ["packaged", "own park", "own policy", "history"])
def test_the_command_gives_the_very_numbers(case: str, tmp_path: Path) -> None:
    scenarios, park, seeds, more = CASES[case](tmp_path)
    found = cp.compare(scenarios, park, seeds, 6, **more)
    folder = found.save(tmp_path / "results")
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))["reproduce"]
    words = shlex.split(told["command"])[1:]
    if words[0] == "again":
        result = typed(*words)
        assert result.exit_code == 0
        assert "numbers are the same" in result.stdout
        return
    assert typed(*words, "--output", str(tmp_path / "two")).exit_code == 0
    np.testing.assert_array_equal(
        cp.load(tmp_path / "two").outcomes["value"], cp.load(folder).outcomes["value"]
    )


def test_inputs_come_back_as_they_were_or_are_refused(tmp_path: Path) -> None:
    one, park = own_policy(tmp_path), own_park(tmp_path)
    kept = json.loads(json.dumps([scenario_content(one), park_content(park)]))
    back = scenario_from(kept[0])
    assert (back, back.name, back.title) == (one, one.name, one.title)
    assert park_from(kept[1]) == park
    kept[0]["text"] = kept[0]["text"].replace("41.5", "42.5")
    with pytest.raises(cp.InputError, match="is not the one that was run"):
        scenario_from(kept[0])


def test_a_folder_without_inputs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(cp.InputError, match="holds no results"):
        cp.again(tmp_path)
