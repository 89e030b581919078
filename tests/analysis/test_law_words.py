"""What holds by law over a horizon, and where a scenario or a study leaves it, in words."""

from __future__ import annotations

import pytest

import cleanpark as cp
from cleanpark.analysis.words.law import (
    beside_the_law,
    law_headers,
    law_rows,
    ranges_beside_the_law,
    scenarios_beside_the_law,
)
from cleanpark.scenarios.lawful import holds_by_law


def rows_of(title, quarters=60, language="en"):
    return [row for row in law_rows(quarters, language) if row[2] == title]


def test_a_change_within_the_horizon_is_a_row_of_its_own():
    first, then = rows_of("Falsified monitoring data")
    assert first[:2] == ["2026-Q1", "2026-Q2"]
    assert then[:2] == ["2026-Q3", "2040-Q4"]
    assert first[3] == "200,000 to 1,000,000"
    assert then[3] == "100,000 to 1,000,000"
    assert "1088" in then[5]


def test_the_quota_of_energy_use_ends_with_the_code():
    (row,) = rows_of("Mandatory audit: energy use above the quota of a unit of product")
    assert row[1] == "2026-Q2"


def test_before_the_code_nothing_changes():
    assert {row[0] for row in law_rows(2, "en")} == {"2026-Q1"}
    assert {one.last for one in holds_by_law(2)} == {"2026-Q2"}


def test_the_table_is_in_one_language():
    told = "".join("".join(row) for row in [law_headers("zh"), *law_rows(60, "zh")])
    for word in ("CNY", "Article", "Law", "until", "assumed"):
        assert word not in told


def test_a_fine_below_its_band_is_told_for_its_quarters_alone():
    policy = cp.scenario("voluntary", fine={"2027-Q1": 5.0, "2028-Q1": 12.0})
    (line,) = beside_the_law(policy, "en")
    assert line.startswith("fine = 5, 2027-Q1 to 2027-Q4: outside the statutory 10 to 100")
    assert beside_the_law(policy, "en", quarters=4) == []


@pytest.mark.parametrize(("language", "word"), [("en", "assumed"), ("zh", "假设")])
def test_a_pilot_is_said_to_be_assumed(language, word):
    (line,) = beside_the_law(cp.scenario("voluntary", voc_tax_rate=4.8), language)
    assert word in line
    found = [cp.scenario("voluntary"), cp.scenario("voluntary", voc_tax_rate=4.8)]
    assert len(scenarios_beside_the_law(found, language, 60)) == 1


def test_a_range_that_reaches_outside_is_told():
    parameters = [
        {"name": "fine", "low": 5.0, "high": 50.0},
        {"name": "falsification_fine", "low": 15.0, "high": 100.0},
        {"name": "moral_cost", "low": 0.0, "high": 1.0},
        {"name": "audit_mode", "low": 0.0, "high": 0.0},
    ]
    told = list(ranges_beside_the_law(parameters, 60, "en"))
    assert [line.partition(":")[0] for line in told] == ["fine", "fine", "falsification_fine"]
    assert "20 to 100" in told[2]  # before the Code alone
