"""Files that are damaged, endless or hostile are refused in words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import cleanpark as cp


def refusal(path: Path) -> str:
    with pytest.raises(cp.ScenarioError) as caught:
        cp.scenario(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fine = " + "[" * 3000, "nested too deeply"),
        ("fine = " + "9" * 5000, "too many digits"),
        ("fine = " + "9" * 400, "key 'fine': 9999"),
        ("fine = 1e999", "out of range"),
        ("fine = nan", "out of range"),
    ],
)
def test_values_without_measure(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(f'name = "one"\nextends = "voluntary"\n[levers]\n{text}\n')
    said = refusal(path)
    assert told in said
    assert len(said) < 500


def test_a_pipe_is_no_file_of_data(tmp_path: Path) -> None:
    path = tmp_path / "pipe.toml"
    os.mkfifo(path)
    assert "is not a file of data" in refusal(path) or "no such scenario file" in refusal(path)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "toml"])
def test_a_pipe_is_no_park(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"pipe.{suffix}"
    os.mkfifo(path)
    with pytest.raises(cp.ParkError, match="is not a file of data"):
        cp.park(path)


def test_a_list_without_phase_ins_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text('name = "one"\nextends = "voluntary"\n[levers]\nfine = []\n')
    assert "[] says nothing" in refusal(path)


def test_a_file_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.toml"
    path.write_bytes(b"#" * 10_000_001)
    assert "is larger than 10 MB" in refusal(path)


def test_the_first_ten_faults_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text('name = "one"\n' + "".join(f"wrong_{i} = 1\n" for i in range(30)))
    said = refusal(path)
    assert said.count("unknown key") == 10
    assert said.endswith("and 20 more")
