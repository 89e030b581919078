"""``~`` is the home folder wherever a path can be given, in Python and on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cleanpark as cp
from cleanpark.scenarios.law.outlets import outlets_of
from cleanpark.scenarios.law.statement import write_statement
from cleanpark.scenarios.park_files import write_template
from cleanpark.scenarios.park_files.clean import write_clean
from cleanpark.scenarios.sectors import sectors
from tests.cleanpark.terminal import typed

SMALL = cp.park("mixed", enterprises=6)


def home_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder, and another one where things run."""
    home, here = folder / "home", folder / "here"
    home.mkdir()
    here.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(here)
    return home


WRITES: dict[str, Callable[[], Any]] = {
    "template": lambda: write_template("~/p.csv"),
    "outlets": lambda: typed("tax", "--template", "~/o.csv"),
    "scenario": lambda: typed("scenarios", "new", "~/mine"),
    "park template": lambda: typed("parks", "template", "~/p.csv"),
    "history": lambda: cp.keep_histories("voluntary", SMALL, "2026-Q1", 1, "~/h"),
    "study": lambda: cp.Study([{"x": 1.0}], lambda p, s: {"y": p["x"]}, ["y"]).run("~/s"),
    "run": lambda: typed("run", "--enterprises", "5", "--quarters", "1", "--output=~/r"),
    "compare": lambda: typed("compare", "mandatory", "--enterprises", "5", "--quarters", "1",
                             "--seeds", "1", "--output=~/c"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRITES)
def test_what_is_written_is_in_the_home_folder(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(tmp_path, monkeypatch)
    WRITES[what]()
    assert any(home.iterdir())
    assert not any(Path().iterdir())


def test_what_is_read_is_from_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = home_of(tmp_path, monkeypatch)
    typed("tax", "--template", str(home / "o.csv"))
    assert outlets_of("~/o.csv") == outlets_of(home / "o.csv")
    found = cp.environmental_tax("~/o.csv", rates="guangdong")
    assert write_statement(found, "~/s.csv") == home / "s.csv"
    write_template(home / "p.csv")
    park = cp.park("~/p.csv")
    assert write_clean(park.table, (), "~/clean.csv") == home / "clean.csv"
    typed("scenarios", "new", str(home / "mine"))
    assert cp.scenario("~/mine.toml").name == "mine"
    folder = Path(cp.__file__).parent / "scenarios" / "sectors"
    text = (folder / "food.toml").read_text(encoding="utf-8")
    (home / "mine").mkdir()
    (home / "mine" / "food.toml").write_text(text, encoding="utf-8")
    assert sectors("~/mine") == sectors(home / "mine")
    kept = cp.keep_histories("voluntary", SMALL, "2026-Q1", 1, home / "h")
    file = next(kept.folder.glob("*.npz"))
    loaded = cp.load_history(f"~/h/{file.name}", [SMALL])
    assert loaded.save("~/again.npz") == home / "again.npz"
    assert not any(Path().iterdir())
