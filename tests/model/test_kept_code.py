"""Machine code on disk is used where it is what the sources say, and never stands in the way."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FUNCTION = """
import sys, warnings
import numba
from cleanpark.model.kept_code import keep_compiled

def one(x):
    return x + {number}

function = numba.njit(one, error_model="numpy", nogil=True)
keep_compiled(function, sys.argv[1])
print(function(1), sum(function.stats.cache_hits.values()))
"""


def run(folder: Path, stamp: str = "a", number: int = 1, **others: str) -> tuple[str, str]:
    """What a process prints that runs a kept function: value and cache hits; and its errors."""
    script = folder / "script.py"
    script.write_text(FUNCTION.format(number=number))
    told = {**os.environ, "NUMBA_CACHE_DIR": str(folder / "cache"), **others}
    done = subprocess.run([sys.executable, "-W", "default", str(script), stamp],
                          env=told, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip(), done.stderr


def index(folder: Path) -> Path:
    (found,) = (folder / "cache").rglob("*.nbi")
    return found


def data(folder: Path) -> Path:
    (found,) = (folder / "cache").rglob("*.nbc")
    return found


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


def make_folder(file: Path) -> None:
    file.unlink()
    (file / "inside").mkdir(parents=True)


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "index cut": lambda folder: cut(index(folder)),
    "index empty": lambda folder: index(folder).write_bytes(b""),
    "index garbage": lambda folder: index(folder).write_bytes(b"garbage" * 99),
    "index flipped": lambda folder: flip(index(folder)),
    "index a folder": lambda folder: make_folder(index(folder)),
    "data cut": lambda folder: cut(data(folder)),
    "data garbage": lambda folder: data(folder).write_bytes(b"\x80\x04garbage."),
    "data flipped": lambda folder: flip(data(folder)),
    "data a folder": lambda folder: make_folder(data(folder)),
    "unreadable": lambda folder: index(folder).chmod(0),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_code_is_thrown_away_and_said_once(damage: Any, tmp_path: Path) -> None:
    assert run(tmp_path) == ("2 0", "")
    assert run(tmp_path) == ("2 1", "")
    damage(tmp_path)
    value, said = run(tmp_path)
    if value == "2 1":
        assert os.geteuid() == 0  # to the superuser no file is unreadable
        return
    assert value == "2 0"
    lasting = any(path.is_dir() for path in (tmp_path / "cache").rglob("*.nb?"))
    assert said.count("Warning: ") == (0 if "data a folder" in str(damage) else 1 + lasting) or (
        lasting and said.count("Warning: ") in (1, 2)
    )
    if not lasting:
        assert "was damaged; it was thrown away" in said
        assert run(tmp_path) == ("2 1", "")


def test_code_of_other_sources_is_not_used(tmp_path: Path) -> None:
    assert run(tmp_path, "a", 1) == ("2 0", "")
    assert run(tmp_path, "b", 2) == ("3 0", "")
    assert run(tmp_path, "b", 2) == ("3 1", "")
    assert run(tmp_path, "a", 1) == ("2 0", "")


def test_where_nothing_can_be_kept_it_is_said_and_everything_runs(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    home = {"HOME": str(tmp_path / "cache"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    (tmp_path / "__pycache__").write_text("and here")
    value, said = run(tmp_path, **home)
    assert value == "2 0"
    assert said.count("Warning: ") == 1
    assert "NUMBA_CACHE_DIR" in said


LAYERS = """
import sys, pathlib
root = pathlib.Path(sys.argv[1])
from cleanpark.scenarios import imported
(root / "layer").mkdir()
file = root / "layer" / "rule.py"
file.write_text("x = 1\\n")
imported.keep_state(str(file))
from cleanpark.model import kept_code, sources
import numba
before = sources.sources_digest()
file.write_text("x = 22\\n")
function = numba.njit(lambda x: x + 1)
kept_code.keep_compiled(function, "a")
kept_code.keep_compiled(function, "a")
assert type(function._cache).__name__ == "NullCache"
try:
    sources.sources_digest()
except ValueError as problem:
    print(problem)
file.write_text("x = 1\\n")
"""


def test_what_was_changed_after_its_import_is_neither_kept_nor_given_a_digest(
    tmp_path: Path,
) -> None:
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(LAYERS), str(tmp_path)],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert "rule.py: was changed after Python had imported it" in done.stdout
    assert done.stderr.count("was changed after Python had imported it") == 1


PYTHON = """
import cleanpark as cp
for engine in ("compiled", "agents"):
    model = cp.ParkModel("full-mix", cp.park("mixed", enterprises=6), rng=2, quarters=2,
                         engine=engine)
    print(repr(model.run().outcomes()["value"].sum()))
found = cp.compare(["full-mix"], cp.park("mixed", enterprises=6), 1, 2)
print(repr(found.row("full-mix", "energy")["mean"]))
"""


def test_without_compiler_the_sources_run_in_python_to_the_last_bit() -> None:
    def printed(**others: str) -> list[str]:
        done = subprocess.run([sys.executable, "-c", PYTHON], env={**os.environ, **others},
                              capture_output=True, text=True, check=True)  # fmt: skip
        return done.stdout.split()

    interpreted = printed(NUMBA_DISABLE_JIT="1")
    assert interpreted[0] == interpreted[1]
    assert interpreted == printed()
