"""The command line as a user drives it: jobs, both languages, and everything that goes wrong."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cleanpark.cli import main

PROGRAM = str(Path(sys.executable).with_name("cleanpark"))
QUICK = "--seeds 2 --quarters 3 --enterprises 12"


class Done(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[[str], Done]


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Call:
    monkeypatch.chdir(tmp_path)

    def run(words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["cleanpark", *shlex.split(words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        code = stopped.value.code
        captured = capsys.readouterr()
        return Done(int(code) if code is not None else 0, captured.out, captured.err)

    return run


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--help", "compare"),
        ("compare --help", "--seeds"),
        ("scenarios list", "voluntary"),
        ("scenarios list --language zh", "自愿审核"),
        ("scenarios show tax-only", "air_tax_rate"),
        ("scenarios show full-mix --language zh", "综合政策"),
        ("parks list", "mixed"),
        ("parks show heavy", "works_fee"),
        ("parameters --search hurdle", "hurdle_median"),
        ("parameters --search 罚款 --language zh", "fine"),
        ("tax --rate air=1.2 --discharge sulfur_dioxide=950", "1,200"),
        ("run voluntary --quarters 2 --enterprises 10", ""),
        ("run mandatory --quarters 1 --enterprises 10 --trace 3", "2026-Q1"),
        (f"compare mandatory {QUICK}", "distinguishable"),
        (f"compare mandatory {QUICK} --language zh", "强制审核"),
    ],
)
def test_jobs(call: Call, words: str, expected: str) -> None:
    done = call(words)
    assert done.code == 0, done.err
    assert expected in done.out
    assert done.out.strip()
    assert "\x1b[" not in done.out


def test_json_is_all_that_is_printed(call: Call) -> None:
    done = call(f"compare mandatory tax-only {QUICK} --json")
    record = json.loads(done.out)
    assert {row["scenario"] for row in record["comparison"]} == {
        "voluntary", "mandatory", "tax-only",
    }  # fmt: skip
    assert record["seeds"] == [0, 1]
    assert {"outcome", "unit", "mean", "difference", "low", "high"} <= set(record["comparison"][0])


def test_levers_are_overridden_for_all_but_the_reference(call: Call) -> None:
    plain = json.loads(call(f"compare mandatory {QUICK} --json").out)
    dear = json.loads(call(f"compare mandatory {QUICK} --json --set air_tax_rate=12").out)

    def mean(record: dict[str, list[dict[str, object]]], name: str) -> object:
        rows = record["comparison"]
        found = [r for r in rows if r["scenario"] == name and r["outcome"] == "sulfur_dioxide"]
        return found[0]["mean"]

    assert mean(plain, "voluntary") == mean(dear, "voluntary")
    assert mean(plain, "mandatory") != mean(dear, "mandatory, air_tax_rate=12")


def test_results_land_in_the_folder_and_stay_there(call: Call, tmp_path: Path) -> None:
    first = call(f"compare mandatory {QUICK} --output results")
    assert first.code == 0
    assert "report.html" in first.out + first.err
    assert (tmp_path / "results" / "outcomes.parquet").exists()
    again = call(f"compare mandatory {QUICK} --output results")
    assert again.code == 2
    assert "results" in again.err
    assert call(f"compare mandatory {QUICK} --output results --replace").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_a_scenario_and_a_park_of_ones_own(call: Call, tmp_path: Path) -> None:
    assert call("scenarios new mine.toml --extends mandatory").code == 0
    assert call("scenarios check mine.toml").code == 0
    assert call("parks template mine.csv").code == 0
    assert call("parks check mine.csv").code == 0
    done = call("compare mine.toml --park mine.csv --seeds 2 --quarters 2")
    assert done.code == 0, done.err
    assert "mine" in done.out


BAD_SCENARIO = 'name = "bad"\ntitle = { zh = "坏", en = "Bad" }\n[levers]\nfines = 3\n'
BAD_PARK = "id,sector,产值（万元）\na,chemicals,100\na,chemistry,-5\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("compare nosuch", ["nosuch"]),
        ("compare volontary", ["voluntary"]),
        ("compare bad.toml", ["bad.toml", "line 4", "fines", "fine"]),
        ("compare mandatory --set fine", ["fine"]),
        ("compare mandatory --set fien=3", ["fien", "fine"]),
        ("compare mandatory --set fine=1e9", ["fine", "100"]),
        ("compare mandatory --seeds 0", ["seeds"]),
        ("compare mandatory --quarters 100000", ["quarters"]),
        ("compare mandatory --engine fast", ["engine"]),
        ("compare mandatory --park nowhere", ["nowhere"]),
        ("compare mandatory --park bad.csv", ["bad.csv"]),
        ("compare mandatory --park empty.csv", ["empty.csv"]),
        ("compare mandatory --reference nosuch", ["nosuch"]),
        ("compare mandatory --language fr", ["fr"]),
        ("compare mandatory --output taken", ["taken"]),
        ("run voluntary --trace 999 --enterprises 5 --quarters 1", ["999"]),
        ("tax --province atlantis --discharge cod=3", ["atlantis"]),
        ("tax --province beijing --discharge codd=3", ["codd"]),
        ("tax --province beijing --discharge cod=-3", ["cod"]),
        ("scenarios show nosuch", ["nosuch"]),
        ("scenarios check missing.toml", ["missing.toml"]),
        ("parks check missing.csv", ["missing.csv"]),
        ("compare mandatory --no-such-option", ["no-such-option"]),
    ],
)
def test_bad_input_gets_one_message_and_leaves_nothing(
    call: Call, tmp_path: Path, words: str, expected: list[str]
) -> None:
    (tmp_path / "bad.toml").write_text(BAD_SCENARIO, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(BAD_PARK)
    (tmp_path / "empty.csv").write_text("id,sector,产值（万元）\n")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.txt").write_text("keep")
    before = sorted(path.name for path in tmp_path.rglob("*"))
    done = call(words)
    assert done.code == 2
    assert done.out.strip() == ""
    assert "Traceback" not in done.err
    for word in expected:
        assert word in done.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def listen_to_ctrl_c() -> None:
    """Programs that a shell started in the background, and their children, do not hear Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_exits_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    command = [PROGRAM, "compare", "--seeds", "4000", "--output", "results"]
    running = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"}, preexec_fn=listen_to_ctrl_c,
    )  # fmt: skip
    time.sleep(6.0)
    assert running.poll() is None
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
