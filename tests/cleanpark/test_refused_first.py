"""What can be known beforehand is refused before a user's park is fitted, which takes long."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from cleanpark.model import calibration
from tests.cleanpark.terminal import refused, typed

PARK = """id,sector,output (10k CNY),energy (tce),water (m3),cod (kg),removal_water
A1,chemicals,12500,7800,96000,5200,0.7
B2,textile_dyeing,6400,2950,175000,9800,
"""
LEVERS = 'extends = "mandatory"\nname = "mine"\n[parks.hevy]\nfine = 60\n'
STUDY = "study sobol mandatory --outcome fines --parameters fine,learn_own"
REFUSED = (
    f"{STUDY} --samples 2",
    f"{STUDY} --samples 0",
    f"{STUDY} --seeds 0",
    f"{STUDY} --quarters 0",
    f"{STUDY} --start 2050-Q1",
    f"{STUDY} --workers 0",
    f"{STUDY} --from nowhere",
    f"{STUDY} --ranges nowhere.toml",
    f"{STUDY} --ranges empty.toml",
    f"{STUDY} --ranges says-nothing.toml",
    f"{STUDY} --output full",
    f"{STUDY} --output full --dry-run",
    f"{STUDY} --output file.txt",
    f"{STUDY} --resume",
    "study sobol mandatory --outcome fine",
    "study sobol mandatory --parameters fnie",
    "study sobol mine.toml --samples 4 --seeds 1 --quarters 2 --parameters fine,learn_own",
    "study morris mandatory --second-order",
    "study rows mandatory",
    "study rows mandatory --design design.csv",
    f"{STUDY} --set fine=60",
    f"{STUDY} --start 2026-Q3 --set learn_own=0.3",
    "discover mandatory --set learn_own=0.3",
    "discover mandatory --fails nonsense",
    "discover mandatory --samples 0",
    "discover mandatory --against mandatory --output full",
    "attribute mandatory --reference mandatory",
    "attribute full-mix --by lever --permutations 0",
    "attribute full-mix --output full",
    "optimize mandatory --generations 0",
    "optimize mandatory --reference nowhere",
    "optimize mandatory --output full",
    "optimize mandatory --output full --dry-run",
    "optimize mandatory --resume",
    "optimize mine.toml",
    "run mandatory --seed -1",
    "run mandatory --quarters 0",
    "run mandatory --output full",
    "run mine.toml",
    "run mandatory --trace nobody",
    "compare mandatory --seeds 0",
    "compare mandatory --quarters 0",
    "compare mandatory --workers 0",
    "compare mandatory mandatory",
    "compare mine.toml",
    "compare mandatory --from nowhere",
    "compare mandatory --output full",
    "compare mandatory --output .",
    "compare mandatory --target 'cod -20% by 2080'",
    "compare mandatory --by nobody",
    "history mandatory --until 2020-Q1",
    "history mandatory --until 2026-Q4 --seeds 0",
    "history mandatory --until 2026-Q4 --workers 0",
    "history mandatory --until 2026-Q4 --output full",
    "history mine.toml --until 2026-Q4",
)


@pytest.fixture
def files(tmp_path, monkeypatch) -> Path:
    """A park's file, and what refusals need; fitting the park is an error."""

    def paid(self: object) -> None:
        raise AssertionError("the park was fitted")

    monkeypatch.setattr(calibration, "kept", lambda place: None)
    monkeypatch.setattr(calibration._Fit, "rounds", paid)
    calibration._calibrated.cache_clear()
    (tmp_path / "park.csv").write_text(PARK, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(LEVERS, encoding="utf-8")
    (tmp_path / "design.csv").write_text("fine\n5\n900\n", encoding="utf-8")
    (tmp_path / "empty.toml").write_text("# nothing yet", encoding="utf-8")
    (tmp_path / "says-nothing.toml").write_text("[fine]", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_command_that_can_run_fits_the_park(files):
    with pytest.raises(AssertionError, match="the park was fitted"):
        typed("run", "mandatory", "--park", "park.csv", "--quarters", "1")


@pytest.mark.parametrize("option", ["--accept=all", "--units=output=cny"])
@pytest.mark.parametrize("command", ["run mandatory", "compare mandatory", "history mandatory"])
def test_options_of_files_need_a_file(files, command, option):
    until = ["--until", "2026-Q4"] if command.startswith("history") else []
    result = typed(*command.split(), option, *until)
    assert result.exit_code == 2
    assert "--units and --accept need a file of enterprises" in result.stderr


@pytest.mark.parametrize("command", REFUSED)
def test_nothing_is_paid_for_before_a_refusal(files, command):
    before = sorted(files.rglob("*"))
    result = typed(*shlex.split(command), "--park", "park.csv")
    assert result.exit_code == 2, result.output
    assert result.stderr.strip()
    assert sorted(files.rglob("*")) == before


WRITING = (
    "run mandatory",
    "compare mandatory",
    "history mandatory --until 2026-Q4",
    "study rows mandatory --design one.csv",
    "discover mandatory --fails 'pollution_equivalents > p75'",
    "attribute full-mix",
    "optimize mandatory",
)


@pytest.mark.parametrize("name", ["file.txt", "pipe.csv", "file.txt/inside/it"])
@pytest.mark.parametrize("command", WRITING)
def test_a_file_in_the_place_of_a_folder_is_told_with_a_name_that_would_do(files, command, name):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    os.mkfifo("pipe.csv")
    Path("one.csv").write_text("fine\n5\n", encoding="utf-8")
    there = name.partition("/")[0]
    told = refused(*shlex.split(command), "--output", name)
    assert f"{there}: is a file; name a folder for the results, such as {there[:4]}-results" in told


@pytest.mark.parametrize("command", WRITING)
def test_an_output_without_a_name_is_not_the_current_folder(files, command):
    Path("one.csv").write_text("fine\n5\n", encoding="utf-8")
    told = refused(*shlex.split(command), "--output", "")
    assert "an empty path names no file or folder" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fine\n5\n900\n", "design.csv: design, column 'fine', sample 1: 900"),
        ("fnie\n5\n", "design.csv: design, column 'fnie': no such parameter"),
        ("fine,fine\n5,6\n", "design.csv: design, column 'fine': appears twice"),
        ("audit_mode\nNone\n", "design.csv: design, column 'audit_mode', sample 0: None"),
        ("fine\n1e400\n", "design.csv: design, column 'fine', sample 0: is no finite number"),
        ("fine\n", "design.csv: design: has no rows"),
        ("scenario\nfull-mix\n", "design.csv: design, column 'scenario': 'full-mix' was not"),
    ],
)
def test_a_designs_fault_is_told_with_its_file(files, text, told):
    Path("design.csv").write_text(text, encoding="utf-8")
    assert told in refused("study", "rows", "mandatory", "--design", "design.csv")


def test_a_fault_elsewhere_is_not_the_designs(files):
    Path("design.csv").write_text("fine\n5\n", encoding="utf-8")
    words = ("study", "rows", "mandatory", "--design", "design.csv", "--seeds", "0")
    assert "design.csv" not in refused(*words)
