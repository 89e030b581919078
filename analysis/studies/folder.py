"""A finished study read back from its folder: its record and its tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.escaping import from_csv, table_in_csv
from cleanpark.analysis.studies.files import DESIGN, MARK, TABLES, check_tables, read_record
from cleanpark.analysis.studies.results import Results, task_files
from cleanpark.analysis.studies.study import Study
from cleanpark.scenarios.errors import InputError, nearest
from cleanpark.scenarios.folders import check_format, user_path

if TYPE_CHECKING:
    import pandas as pd

PAIR = " × "
"""Between the two parameters of a second-order index."""
TEXTS = ("quarter", "rule", "choices")
"""Columns of text that may be empty."""


@dataclass(frozen=True)
class StudyFolder:
    """``about`` is the study's record (study.json); ``tables`` its CSV files by name."""

    folder: Path
    about: dict[str, Any]
    tables: dict[str, pd.DataFrame]

    @property
    def kind(self) -> str:
        """What was done: a method, ``optimize``, ``discover``, ``attribute`` or ``own``."""
        return str(self.about["kind"])

    def table(self, name: str) -> pd.DataFrame:
        """One table; InputError where it is missing."""
        if name not in self.tables:
            raise InputError(
                "{folder}: has no {name}.csv{hint}; run the study again",
                folder=self.folder,
                name=name,
                hint=nearest(name, self.tables),
            )
        return self.tables[name]

    def names(self) -> list[str]:
        """What was analysed: the parameters, or their groups."""
        rows = self.about["parameters"]
        if self.grouped:
            return list(dict.fromkeys(row["group"] or row["name"] for row in rows))
        return [str(row["name"]) for row in rows]

    @property
    def settings(self) -> dict[str, Any]:
        """What the study's kind has stored: its choices, and what it counted."""
        return dict(self.about.get("settings", {}))

    @property
    def has_runs(self) -> bool:
        """Whether the runs are in the folder itself, as of all but a search."""
        return any(task_files(self.folder))

    def results(self, part: str = "") -> Results:
        """The runs themselves; of a search, ``part`` is the folder of one of its studies.

        Raises InputError where they are no longer there, or a file of theirs is damaged.
        """
        place = self.folder / part
        about = read_record(place)
        if not about or not any(task_files(place)):
            raise InputError("{folder}: has no runs; give the study's command again", folder=place)
        check_tables(place, about)
        found = Results(place, int(about["samples"]), about["seeds"], None, self.design(part))
        found.files()
        return found

    @property
    def grouped(self) -> bool:
        """Whether groups of parameters were analysed as one."""
        return bool(self.about.get("settings", {}).get("grouped"))

    def design(self, part: str = "") -> pd.DataFrame:
        """The rows that were run: a column per parameter, numbered by sample."""
        import pandas as pd

        path = self.folder / part / DESIGN
        try:
            return pd.read_parquet(path).set_index("sample")
        except (OSError, ValueError, KeyError) as cause:
            raise InputError(
                "{file}: is damaged; give the study's command again", file=path
            ) from cause


def read_study(folder: str | Path) -> StudyFolder:
    """Read a study's folder; InputError where it holds none, or an unfinished one."""
    import pandas as pd

    path = user_path(folder).resolve()
    about = read_record(path)
    if not about and (path / MARK).is_file():
        raise InputError(
            "{file}: is damaged; give the study's command again with --replace", file=path / MARK
        )
    if not about:
        raise InputError(
            "{path}: is no study (no {mark} there); name the folder of a study",
            path=path,
            mark=MARK,
        )
    if not about.get("finished"):
        raise InputError(
            "{path}: this study is not finished; give its command again first", path=path
        )
    check_format(path / MARK, about)
    missing = [key for key in ("kind", "outcomes", "seeds", "parameters") if key not in about]
    if missing:
        raise InputError(
            "{path}: has no '{missing}'; run the study again", path=path / MARK, missing=missing[0]
        )
    check_tables(path, about)
    tables = {}
    for file in sorted(path / f"{name}.csv" for name in {*TABLES, *about.get("tables", ())}):
        if not file.is_file():
            continue
        try:
            table = pd.read_csv(file, dtype=dict.fromkeys(TEXTS, str))
            table = table_in_csv(table, from_csv)
        except ValueError as cause:
            raise InputError(
                "{file}: is damaged; give the study's command again", file=file
            ) from cause
        for column in TEXTS:
            if column in table:
                table[column] = table[column].fillna("")
        tables[file.stem] = table
    return StudyFolder(path, about, tables)


def folder_of(study: Study | None) -> Path:
    """The folder of a study that was run; InputError before."""
    if study is None or study.folder is None:
        raise InputError("the study has not been run: call run() first")
    return study.folder
