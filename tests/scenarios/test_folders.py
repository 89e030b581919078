"""Folders of results are replaced whole, and only files that a run wrote are ever taken out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cleanpark.scenarios import folders
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import (
    FORMAT,
    _locked,
    check_format,
    claimed,
    lock_file,
    user_path,
)
from cleanpark.scenarios.writing import check_folder, whole_folder


def write(folder: Path, replace: bool = False, **files: str) -> None:
    """A run that writes these files, and its record."""
    with whole_folder(folder, replace) as aside:
        (aside / "run.json").write_text('{"seed": 1}')
        for name, text in files.items():
            path = aside / name.replace("__", "/")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)


def there(folder: Path) -> dict[str, str]:
    """All files below a folder but the record, with their content."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def test_a_record_tells_the_format_and_a_digest_of_each_file(tmp_path: Path) -> None:
    write(tmp_path / "out", table="1", figures__one="2")
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert record["format"] == FORMAT
    assert sorted(record["files"]) == ["figures/one", "table"]
    assert sorted(os.listdir(tmp_path)) == ["out"]  # nothing aside stays, no lock


def test_only_what_a_run_wrote_is_taken_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, table="old", figures__former="old")
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").write_text("ref")
    (out / "thesis.tex").write_text("mine")
    (out / "figures" / "mine.svg").write_text("mine")
    write(out, True, table="new", other="new")
    assert there(out) == {
        ".git/HEAD": "ref",
        "thesis.tex": "mine",
        "figures/mine.svg": "mine",
        "table": "new",
        "other": "new",
    }


def test_a_note_written_during_the_run_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, table="old")
    with whole_folder(out, True) as aside:
        (aside / "run.json").write_text("{}")
        (aside / "table").write_text("new")
        (out / "note.txt").write_text("mine")
    assert there(out) == {"note.txt": "mine", "table": "new"}


def test_a_file_that_came_during_the_run_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def run_while_a_file_comes() -> None:
        with whole_folder(out, False) as aside:
            (aside / "run.json").write_text("{}")
            (aside / "table").write_text("new")
            out.mkdir()
            (out / "table").write_text("mine")

    with pytest.raises(InputError, match=r"the results are in .*out-2"):
        run_while_a_file_comes()
    assert there(out) == {"table": "mine"}
    assert there(tmp_path / "out-2") == {"table": "new"}


def test_a_file_that_was_changed_since_is_the_users(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, table="old")
    (out / "table").write_text("corrected by hand")
    with pytest.raises(InputError, match="table: was changed since"):
        check_folder(out, True)
    assert there(out) == {"table": "corrected by hand"}


def test_a_damaged_table_of_a_machine_can_be_replaced(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out", False) as aside:
        (aside / "run.json").write_text("{}")
        (aside / "outcomes.parquet").write_text("old")
    (tmp_path / "out" / "outcomes.parquet").write_text("damaged")
    write(tmp_path / "out", True, table="new")
    assert there(tmp_path / "out") == {"table": "new"}


def test_the_current_folder_can_be_written_to(tmp_path: Path, monkeypatch: Any) -> None:
    out = tmp_path / "here"
    out.mkdir()
    monkeypatch.chdir(out)
    write(Path("."), table="1")
    write(Path("."), True, table="2")
    assert there(out) == {"table": "2"}
    assert Path.cwd().samefile(out)


def interrupting(monkeypatch: Any, name: str, at: int, before: bool) -> None:
    """The ``at``-th call of a function of os is interrupted as by Ctrl-C."""
    real, count = getattr(os, name), [0]

    def call(*given: Any, **more: Any) -> Any:
        count[0] += 1
        if count[0] == at and before:
            raise KeyboardInterrupt
        found = real(*given, **more)
        if count[0] == at:
            raise KeyboardInterrupt
        return found

    monkeypatch.setattr(os, name, call)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("at", range(1, 8))
def test_ctrl_c_at_any_step_leaves_the_old_folder_or_the_new(
    at: int, before: bool, tmp_path: Path, monkeypatch: Any
) -> None:
    out = tmp_path / "out"
    write(out, table="old", figures__former="old", same="same")
    (out / "thesis.tex").write_text("mine")
    with monkeypatch.context() as patch:
        interrupting(patch, "replace", at, before)
        try:
            write(out, True, table="new", other="new", same="same")
        except KeyboardInterrupt:
            expected = {"table": "old", "figures/former": "old", "same": "same"}
        else:
            expected = {"table": "new", "other": "new", "same": "same"}
    assert there(out) == {"thesis.tex": "mine", **expected}
    check_folder(out, True)


KILLED = """
import os, sys, pathlib
from cleanpark.scenarios.writing import whole_folder
real, left = os.replace, int(sys.argv[2])
def replace(*given):
    global left
    left -= 1
    if left < 0: os._exit(9)
    real(*given)
os.replace = replace
with whole_folder(pathlib.Path(sys.argv[1]), True) as aside:
    (aside / "run.json").write_text("{}")
    (aside / "table").write_text("new")
    if left == 99: os._exit(9)
"""


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 99])
def test_the_next_run_puts_right_what_a_kill_left(steps: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, table="old", former="old")
    (out / "thesis.tex").write_text("mine")
    code = subprocess.run([sys.executable, "-c", KILLED, str(out), str(steps)]).returncode
    assert code == 9
    check_folder(out, True)
    kept = {"table": "old", "former": "old", "thesis.tex": "mine"}
    assert {name: text for name, text in there(out).items() if not name.startswith(".")} == kept
    write(out, True, table="newer")
    assert there(out) == {"table": "newer", "thesis.tex": "mine"}
    assert os.listdir(tmp_path) == ["out"]


def test_two_runs_in_one_folder_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = (
        "import sys; from cleanpark.scenarios.folders import claimed\n"
        "with claimed(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(InputError, match="another run is writing there"):
        write(out, table="1")
    other.kill()
    other.communicate()
    write(out, table="1")  # a killed run holds nothing
    assert os.listdir(tmp_path) == ["out"]


def test_a_folder_can_be_claimed_again_inside(tmp_path: Path) -> None:
    with claimed(tmp_path / "out"):
        with claimed(tmp_path / "out"):
            pass
        assert lock_file(tmp_path / "out").exists()
    assert os.listdir(tmp_path) == []


def test_of_older_folders_the_files_that_runs_wrote_are_known(tmp_path: Path) -> None:
    for name in ("run.json", "comparison.csv", "thesis.csv"):
        (tmp_path / name).write_text("{}")
    write(tmp_path, True, table="new")
    assert sorted(there(tmp_path)) == ["table", "thesis.csv"]


@pytest.mark.parametrize("name", ["../mine", "/mine", "sub/../../mine"])
def test_a_record_cannot_name_files_elsewhere(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, table="old")
    (tmp_path / "mine").write_text("mine")
    record = json.loads((out / "run.json").read_text())
    record["files"][name] = folders.file_digest(tmp_path / "mine")
    (out / "run.json").write_text(json.dumps(record))
    write(out, True, table="new")
    assert (tmp_path / "mine").read_text() == "mine"


@pytest.mark.parametrize("told", [FORMAT + 1, 0, "2", True, None])
def test_formats_that_are_not_known_are_refused(told: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="reads the formats 1 to"):
        check_format(tmp_path, {"format": told})


@pytest.mark.parametrize("known", [{}, {"format": 1}, {"format": FORMAT}])
def test_formats_that_are_read(known: dict[str, Any], tmp_path: Path) -> None:
    check_format(tmp_path, known)


@pytest.mark.parametrize("use", [check_folder, lambda path, replace: write(path, replace)])
def test_a_tilde_is_the_home_folder(
    use: Callable[[Path, bool], None], tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write(tmp_path / "out", table="1")
    with pytest.raises(InputError, match="already holds"):
        use(Path("~/out"), False)
    assert user_path("~/out") == tmp_path / "out"


def test_a_path_with_a_null_character_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="no null character"):
        user_path("a\0b")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no folder of the kind on this system")
def test_where_no_file_can_be_made_nobody_else_is_said_to_write() -> None:
    with (
        pytest.raises(InputError, match="cannot be written"),
        _locked(Path("/proc/x/.cleanpark-lock"), Path("/proc/x")),
    ):
        pass
