"""What every command does when it is interrupted, or when nobody can read what it prints."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cleanpark.terminal import alone, command, typed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and devices")

SMALL = ("--enterprises", "8", "--quarters", "4", "--seeds", "2")
ROWS = ("study", "rows", "voluntary", "--design", "rows.csv", *SMALL)
LONG = ("study", "morris", "mandatory", "--samples", "512", "--seeds", "8", "--workers", "2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.csv").write_text("fine\n5\n50\n")
    return tmp_path


def listen_to_ctrl_c() -> None:
    """Programs that a shell started in the background, and their children, do not hear Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("to_all", [True, False], ids=["terminal", "kill"])
def test_ctrl_c_in_a_study_says_that_what_was_finished_is_kept(folder: Path, to_all: bool) -> None:
    running = subprocess.Popen(
        command(*LONG, "--output", "s", "--language", "zh" if to_all else "en"),
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        preexec_fn=listen_to_ctrl_c, start_new_session=True,
    )  # fmt: skip
    while not list((folder / "s" / "results").glob("*.parquet")) and running.poll() is None:
        time.sleep(0.05)
    (os.killpg if to_all else os.kill)(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130, err
    assert "Traceback" not in err
    assert ("再次输入同一命令即可继续" if to_all else "give the same command again to go on") in err
    assert list((folder / "s" / "results").glob("*.parquet"))


@pytest.mark.parametrize("name", ["discover", "attribute", "optimize", "study", "history"])
def test_what_an_interrupted_command_leaves_is_true(
    name: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleanpark.scenarios.scenario.scenario", interrupted)
    words = {
        "discover": ("mandatory", "--fails", "fines > p50"),
        "study": ("morris", "mandatory"),
        "history": ("mandatory", "--until", "2026-Q3"),
    }.get(name, ("mandatory",))
    monkeypatch.chdir(folder)
    result = typed(name, *words)
    assert result.exit_code == 130
    kept = "no partial results were kept" if name == "history" else "what was finished is kept"
    assert kept in result.stderr


def test_a_full_disk_in_a_study_keeps_what_was_finished(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cleanpark.analysis.pages.study.write_report", full)
    monkeypatch.chdir(folder)
    result = typed(*ROWS, "--output", "s")
    assert result.exit_code == 2
    assert "the disk is full; what was finished is kept" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_printed_is_all_that_is_lost(folder: Path) -> None:
    with open("/dev/full", "w") as full:
        result = subprocess.run(
            command(*ROWS, "--output", "s"), cwd=folder, stdout=full, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert result.returncode == 2
    assert "Error: the output could not be printed: the disk is full" in result.stderr
    assert "kept" not in result.stderr
    assert (folder / "s" / "report.html").is_file()


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-"])
@pytest.mark.parametrize("words", [("parameters",), ("parameters", "--json"), ROWS])
def test_closed_output_is_no_error(folder: Path, closed: str, words: tuple[str, ...]) -> None:
    result = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *command(*words)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    assert (folder / "study" / "report.html").is_file() == (words == ROWS)


def test_the_same_history_again_is_already_there(folder: Path) -> None:
    words = ("history", "voluntary", "--until", "2026-Q3", "--seeds", "2", "--enterprises", "8")
    assert "are in history; go on" in alone(folder, *words).stdout
    again = alone(folder, *words)
    assert again.returncode == 0, again.stderr
    assert "are in history already; go on" in again.stdout
    other = alone(folder, *words[:-1], "9")
    assert other.returncode == 2
    assert "holds another history (it differs in parks)" in other.stderr
