"""Files of a study's folder: which are its own, its record, and how they are taken out."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cleanpark.analysis.studies.results import RESULTS, task_files
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import file_digest, is_as_written
from cleanpark.scenarios.writing import is_left_over

MARK = "study.json"
"""A folder that holds this file holds a study."""
DESIGN = "design.parquet"
TABLES = ("indices", "convergence", "chance", "undefined", "rows", "boxes", "limits", "trajectory",
          "tree", "robustness", "attribution", "synergy", "pareto", "budget")  # fmt: skip
"""Names of the tables (CSV) that studies write."""
WRITTEN = (MARK, DESIGN, *(f"{name}.csv" for name in TABLES), "report.html", "report.md",
           "report.zh.md", *(f"figures/*.{tongue}.{kind}" for tongue in ("en", "zh")
                             for kind in ("svg", "png")))  # fmt: skip
"""What a study writes into its folder besides its tasks; --replace takes out nothing else."""
TASKS = f"{RESULTS}/s*-r*.parquet"


def read_record(folder: Path, name: str = MARK) -> dict[str, Any]:
    """The record of the study in a folder; empty where there is none, or it is damaged."""
    if not (folder / name).is_file():
        return {}
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads((folder / name).read_text(encoding="utf-8"))
        return found if isinstance(found, dict) and is_as_written(found) else {}
    return {}


def remove_study(folder: Path, written: Sequence[str] = WRITTEN) -> None:
    """Take an earlier study out of a folder; files of the user's own stay."""
    written = (*written, *tables_in(folder))
    remove_left_over(folder, written)
    for pattern in written:
        for path in folder.glob(pattern):
            if path.is_file():
                path.unlink()
    for path in task_files(folder):
        path.unlink()
    parts = {(folder / pattern).parent for pattern in (*written, TASKS)}
    for part in parts - {folder}:
        remove_empty(part)


def tables_in(folder: Path) -> list[str]:
    """Files of the tables that a study's record names."""
    told = read_record(folder).get("tables", [])
    return [f"{name}.csv" for name in told if Path(str(name)).name == name]


def remove_left_over(folder: Path, written: Sequence[str] = WRITTEN) -> None:
    """Take out what a kill left half-written of a study's files; what a living process writes
    stays."""
    for pattern in (*written, TASKS):
        place = Path(pattern)
        for path in folder.glob(str(place.parent / f".{place.name}.*")):
            if is_left_over(path):
                path.unlink(missing_ok=True)


def remove_empty(folder: Path) -> None:
    """Remove a folder that is there and holds nothing."""
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def table_digests(folder: Path, names: Sequence[str]) -> dict[str, str]:
    """SHA-256 of the design and of each table that is there, by the name of its file."""
    files = [folder / DESIGN, *(folder / f"{name}.csv" for name in names)]
    return {file.name: file_digest(file) for file in files if file.is_file()}


def check_tables(folder: Path, about: dict[str, Any], only: str = "") -> None:
    """Refuse a study's folder of which a table, or the ``only`` one asked for, is not as the study
    wrote it."""
    told = about.get("files")
    for name, digest in told.items() if isinstance(told, dict) else ():
        file = folder / Path(str(name)).name
        if only and name != only:
            continue
        if not file.is_file() or file_digest(file) != digest:
            raise InputError(
                "{file}: is missing, or not as the study wrote it; give the study's command again",
                file=file,
            )
