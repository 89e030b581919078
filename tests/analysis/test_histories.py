"""Folders of common histories: whole, damaged, made again, and the seeds they are of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison.comparison import seeds_of
from cleanpark.analysis.sensitivity.sensitivity import model_runs
from cleanpark.analysis.studies.study import Study

PARK = cp.park("mixed", enterprises=8)


def past(folder: Path, until: str = "2026-Q3", seeds: int = 3, **others: Any) -> cp.Histories:
    return cp.keep_histories("voluntary", PARK, until, seeds, folder, **others)


def refused(text: str) -> Any:
    return pytest.raises(cp.InputError, match=text)


def test_a_damaged_file_of_any_seed_is_found_before_anything_runs(tmp_path: Path) -> None:
    begun = past(tmp_path / "past")
    file = tmp_path / "past" / "seed-2.npz"
    whole = file.read_bytes()
    runs = model_runs(["voluntary"], PARK, 6, history=begun)
    Study([{"fine": 5.0}], runs, seeds=3)
    file.write_bytes(whole[: len(whole) // 2])
    with refused(r"seed-2\.npz: is no history, or is damaged"):
        Study([{"fine": 5.0}], runs, seeds=3)
    with refused(r"seed-2\.npz: is no history, or is damaged"):
        cp.compare(["tax-only"], PARK, 3, 6, history=begun)
    Study([{"fine": 5.0}], runs, seeds=2)
    file.unlink()
    with refused(r"seed-2\.npz: no such file"):
        Study([{"fine": 5.0}], runs, seeds=3)
    file.write_bytes((tmp_path / "past" / "seed-1.npz").read_bytes())
    with refused("of seed 1, not 2"):
        Study([{"fine": 5.0}], runs, seeds=3)
    file.write_bytes(whole)
    Study([{"fine": 5.0}], runs, seeds=3)


@pytest.mark.parametrize(
    "text",
    [
        "[]", "3", "null", "{", '{"quarters": 3, "seeds": 3, "sha256": "a"}',
        '{"quarters": "4", "seeds": [0], "sha256": "a"}',
        '{"quarters": 0, "seeds": [0], "sha256": "a"}',
        '{"quarters": 3, "seeds": ["0"], "sha256": "a"}',
        '{"quarters": 3, "seeds": [], "sha256": "a"}',
        '{"quarters": 3, "seeds": [0], "sha256": 7}', '{"quarters": 3, "seeds": [0]}',
    ],
)  # fmt: skip
def test_a_record_that_is_none_is_said(text: str, tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text(text)
    with refused("holds no history"):
        cp.histories(tmp_path)


def test_the_same_history_again_is_there_already(tmp_path: Path) -> None:
    first = past(tmp_path / "past")
    before = {one.name: one.stat().st_mtime_ns for one in (tmp_path / "past").iterdir()}
    assert past(tmp_path / "past") == first
    assert {one.name: one.stat().st_mtime_ns for one in (tmp_path / "past").iterdir()} == before
    (tmp_path / "past" / "seed-1.npz").write_bytes(b"")
    with refused("damaged"):
        past(tmp_path / "past")
    past(tmp_path / "past", replace=True).check([0, 1, 2], [PARK], 6)


def test_another_history_is_refused_with_what_differs(tmp_path: Path) -> None:
    past(tmp_path / "past")
    with refused(r"holds another history \(it differs in until, seeds\)"):
        past(tmp_path / "past", "2026-Q4", 2)
    with refused(r"it differs in scenario\)"):
        cp.keep_histories("tax-only", PARK, "2026-Q3", 3, tmp_path / "past")
    assert json.loads((tmp_path / "past" / "history.json").read_text())["scenario"] == "voluntary"
    assert past(tmp_path / "past", "2026-Q4", 2, replace=True).quarters == 4


def test_seeds_by_count_and_by_number() -> None:
    assert seeds_of(3) == seeds_of(np.int64(3)) == [0, 1, 2]
    assert seeds_of([7, 2**63 - 1]) == [7, 2**63 - 1]
    assert seeds_of(np.array([4, 2])) == seeds_of(iter([4, 2])) == [4, 2]
    cp.compare(["tax-only"], PARK, [2**63 - 1], 2)


@pytest.mark.parametrize(
    "seeds", [[2**70], [2**63], ["a"], [1.5], [-1], [None], [True], np.array([1.5])], ids=str
)
def test_numbers_that_are_no_seeds(seeds: Any) -> None:
    with refused("a seed is a whole number from 0 to 2"):
        seeds_of(seeds)


@pytest.mark.parametrize("seeds", [None, 0, -1, 1.5, True, "3", 1_000_001, np.array(0)], ids=str)
def test_counts_that_are_none(seeds: Any) -> None:
    with refused(r"\(--seeds\): a count from 1 to 1,000,000, or a list of seeds"):
        seeds_of(seeds)


def test_lists_of_seeds_have_an_end_too() -> None:
    with refused("at most 1,000,000 seeds"):
        seeds_of(range(1_000_001))
    for none in ([], [1, 1]):
        with refused("at least one, and none twice"):
            seeds_of(none)


CHANGES: dict[str, Any] = {
    "sources": "0" * 64,
    "version": "0.0.1",
    "sha256": "x",
    "seeds": [10**30],
    "scenario": "full-mix",
    "text": "no such",
    "quarters": 2,
    "until": "2027-Q1",
    "files": {},
}


@pytest.mark.parametrize("key", CHANGES)
def test_a_record_that_somebody_changed_is_refused(key: str, tmp_path: Path) -> None:
    past(tmp_path / "past", seeds=1)
    file = tmp_path / "past" / "history.json"
    about = json.loads(file.read_text())
    assert cp.histories(tmp_path / "past").quarters == 3
    file.write_text(json.dumps({**about, key: CHANGES[key]}))
    with refused("damaged or was changed|code or data differ"):
        cp.histories(tmp_path / "past")


def test_a_history_of_another_scenario_under_the_name_of_this_one_is_refused(
    tmp_path: Path,
) -> None:
    past(tmp_path / "past", seeds=1)
    dear = cp.scenario("voluntary", energy_price=3000.0)
    cp.keep_histories(dear, PARK, "2026-Q3", 1, tmp_path / "other")
    content = (tmp_path / "other" / "seed-0.npz").read_bytes()
    (tmp_path / "past" / "seed-0.npz").write_bytes(content)
    begun = cp.histories(tmp_path / "past")
    with refused("is not the file that history.json tells of"):
        begun.check([0], [PARK], 6)
    with refused("is not the file that history.json tells of"):
        begun.of(0, [PARK])
