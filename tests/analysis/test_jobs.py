"""Jobs at enterprises that are made to leave, where the park's file has employees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison.affected import (
    CLOSED,
    LOSSES,
    TURNOVER,
    Sites,
    affected_enterprises,
    jobs_at_exits,
)
from cleanpark.analysis.words.accounts import jobs_told

NOTHING = np.zeros(3)


def run(*exits: tuple[int, str, str]) -> Sites:
    """A run of three sites with these changes of tenant."""
    return Sites(NOTHING, NOTHING, NOTHING, list(exits))


def test_only_first_tenants_that_are_made_to_leave_count() -> None:
    employees = np.array([100.0, 40.0, np.nan])
    policy = [
        run((0, "2027-Q1", CLOSED), (0, "2029-Q1", LOSSES), (1, "2028-Q1", TURNOVER)),
        run((1, "2027-Q1", LOSSES), (2, "2027-Q1", LOSSES)),
    ]
    jobs = jobs_at_exits(policy, [run(), run((1, "2026-Q4", LOSSES))], employees)
    assert jobs is not None
    assert (jobs.known, jobs.difference) == (140.0, 50.0)
    assert jobs.low < 50.0 < jobs.high


def test_a_tenant_that_left_of_its_own_takes_its_jobs_along() -> None:
    policy = [run((0, "2027-Q1", TURNOVER), (0, "2028-Q1", CLOSED))] * 2
    jobs = jobs_at_exits(policy, [run(), run()], np.array([100.0, 0.0, 0.0]))
    assert jobs is not None
    assert jobs.difference == 0.0
    assert np.isnan(jobs.low)  # the same in all pairs: no interval


def test_without_employees_nothing_is_said() -> None:
    assert jobs_at_exits([run()], [run()], np.full(3, np.nan)) is None


@pytest.mark.parametrize("column", ["从业人员", ""])
def test_a_park_with_employees_tells_jobs_in_both_languages(tmp_path: Path, column: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        f"id,sector,产值（万元）{',' + column if column else ''}\n"
        + "".join(f"e{i},chemicals,{900 + i}{',30' if column else ''}\n" for i in range(8)),
        "utf-8",
    )
    found = cp.compare(["penalty-only"], cp.park(path), seeds=2, quarters=4)
    sites = affected_enterprises(found, "penalty-only", 2)
    if not column:
        assert sites["employees"].isna().all()
        assert jobs_told(sites, "en") == ""
        return
    assert sites["employees"].tolist() == [30.0] * 8
    assert "240 in the file" in jobs_told(sites, "en")
    assert "240" in (told := jobs_told(sites, "zh"))
    assert not any(one.isascii() and one.isalpha() for one in told)
