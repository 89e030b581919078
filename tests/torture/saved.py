"""Folders of every kind of result, damaged: their report made again, or what they hold loaded."""

from __future__ import annotations

import functools
import random
import shutil
from pathlib import Path
from typing import Any

from tests.torture.case import Answer, Case
from tests.torture.mutate import damage

LOAD = "(load)"
"""Stands for a command: what ``cleanpark.load`` finds in a folder, written out."""
TINY = ["--enterprises", "12", "--quarters", "4"]
ONE = ["--outcome", "fines", "--seeds", "1", *TINY]
MADE = {
    "comparison": ["compare", "mandatory", "--seeds", "2", *TINY],
    "run": ["run", "mandatory", *TINY],
    "morris": ["study", "morris", "mandatory", "--parameters", "fine,learn_own", "--samples", "4",
               *ONE],
    "attribution": ["attribute", "full-mix", *ONE],
    "discovery": ["discover", "mandatory", "--parameters", "learn_own,moral_cost", "--samples",
                  "16", "--fails", "fines > p75", *ONE],
    "optimum": ["optimize", "mandatory", "--parameters", "fine", "--generations", "1",
                "--population", "4", "--fresh-seeds", "1", "--start", "2026-Q1", "--outcome", "pollution_equivalents", "--seeds", "1",
                *TINY],
    "history": ["history", "mandatory", "--until", "2026-Q2", "--seeds", "1", "--enterprises",
                "12"],
}  # fmt: skip
"""The command of each kind of result."""


def contents(folder: str | Path) -> str:
    """All numbers that a folder gives back, as text."""
    import cleanpark as cp

    found: Any = cp.load(folder)
    if hasattr(found, "row"):
        return str(found.outcomes.to_csv()) + str(found.names) + found.reference
    if hasattr(found, "enterprises"):
        return str(found.outcomes.to_csv()) + str(found.enterprises.to_csv())
    if hasattr(found, "results"):
        parts = [found.results("fresh") if found.kind == "optimize" else found.results()]
        return "".join(str(part.frame().to_csv()) for part in parts)
    return str(found.seeds)


def saved(chance: random.Random, folder: Path, common: Path) -> Case:
    """A folder of results of which a file was damaged; what is given back is what was there."""
    kind = chance.choice(list(MADE))
    place = folder / "saved"
    shutil.copytree(common / kind, place)
    (folder / "damage.txt").write_text(damage(place, chance), encoding="utf-8")
    if chance.random() < 0.3:
        return Case(["report", str(place)])
    return Case([LOAD, str(place)], functools.partial(_as_it_was, common / kind))


def _as_it_was(whole: Path, answer: Answer) -> str:
    if answer.accepted and answer.output != contents(whole):
        return "other numbers are given back than the run wrote"
    return ""
