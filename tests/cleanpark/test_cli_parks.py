"""A park's file at the command line: asked for, converted, told, kept, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from cleanpark.scenarios.park_files import dictionary
from tests.cleanpark.terminal import typed

FOLDER = Path(__file__).parent.parent / "data" / "parks"
TITLED = str(FOLDER / "01_title_total_gb18030.csv")
UNITLESS = str(FOLDER / "05_no_units_tonnes.csv")
UNITS = (
    "output=10,000cny,energy=tce,water=m3,cod=t,ammonia_nitrogen=t,sulfur_dioxide=t,"
    "nitrogen_oxides=t,particulates=t,hazardous_waste=t"
)


def test_the_account_is_told_in_chinese() -> None:
    told = typed("parks", "check", TITLED, "--language", "zh")
    assert told.exit_code == 0
    assert "8 家企业" in told.stdout
    assert "换算：化学需氧量排放量：1 吨 = 1000 千克" in told.stdout
    assert "合计行，不是企业" in told.stdout
    assert "行业“纺织业”（GB/T 4754 17 纺织业）：归入印染" in told.stdout


def test_units_that_are_asked_for_can_be_given_as_the_message_shows() -> None:
    refused = typed("parks", "check", UNITLESS)
    assert refused.exit_code == 2
    assert f"--units {UNITS}" in refused.stderr
    given = typed("parks", "check", UNITLESS, "--units", UNITS)
    assert given.exit_code == 0
    assert "converted: COD: t times 1000 is kg" in given.stdout


def test_amounts_far_off_stop_a_run_until_they_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    rows = "甲,食品,9000,90\n乙,食品,8000,30\n"
    file.write_text(f"编号,行业,产值（万元）,COD（千克）\n{rows}", "utf-8")
    words = ("compare", "tax-only", "--park", str(file), "--seeds", "2", "--quarters", "3")
    stopped = typed(*words)
    assert stopped.exit_code == 2
    assert "column COD: the middle enterprise has" in stopped.stderr
    assert "--accept cod" in stopped.stderr
    accepted = typed(*words, "--accept", "cod")
    assert accepted.exit_code == 0
    assert "accepted: column COD" in accepted.stdout


def test_account_and_park_are_written_for_a_spreadsheet(tmp_path: Path) -> None:
    clean, account = tmp_path / "clean.csv", tmp_path / "account"
    done = typed("parks", "check", TITLED, "--language", "zh",
                 "--account", str(account), "--clean", str(clean))  # fmt: skip
    assert done.exit_code == 0, done.output
    assert clean.read_bytes().startswith(b"\xef\xbb\xbf")
    assert {path.name for path in account.iterdir()} == {
        "account.json", "columns.csv", "industries.csv", "rows.csv", "remarks.csv", "first_year.csv"
    }  # fmt: skip
    assert (account / "rows.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = pd.read_csv(account / "rows.csv")
    assert list(rows["行号"]) == [1, 11]
    assert list(rows["处理方式"]) == ["未计入", "未计入"]
    assert typed("parks", "check", str(clean)).exit_code == 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_columns_are_explained(language: str) -> None:
    told = typed("parks", "columns", "--language", language)
    assert told.exit_code == 0
    assert "generated_cod" in told.stdout
    assert "化学需氧量产生量" in told.stdout
    content = json.loads(typed("parks", "columns", "--json").stdout)
    assert set(content) == set(dictionary())
    assert content["cod"]["unit"] == "kg"


@pytest.mark.parametrize("option", ["--units=cod", "--units=cdo=t", "--units=cod=barrel"])
def test_units_that_say_nothing_are_refused(option: str) -> None:
    refused = typed("parks", "check", UNITLESS, option)
    assert refused.exit_code == 2
    assert "--units" in refused.stderr
