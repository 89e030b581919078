"""Results read back from a folder, of whatever kind they are; each file is checked first."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.pages.kinds import findings
from cleanpark.analysis.pages.restored import restored, tell_again
from cleanpark.analysis.pages.study import write_report
from cleanpark.analysis.studies.files import MARK as STUDY
from cleanpark.analysis.studies.folder import StudyFolder, read_study
from cleanpark.analysis.studies.histories import MARK as HISTORY
from cleanpark.analysis.studies.histories import Histories, histories
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.study_cautions import cautions
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import (
    check_format,
    file_digest,
    is_as_written,
    is_cut_off,
    user_path,
)
from cleanpark.scenarios.writing import MARK

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison.comparison import Comparison

COMPARED, RUN = "outcomes.parquet", "outcomes.csv"
"""Tables that tell a comparison's folder from a single run's."""

ROWS_SHOWN = 60
"""Rows of a table that a notebook shows."""


@dataclass(frozen=True)
class SavedComparison:
    """A comparison read back: ``table`` has a row per scenario and outcome with intervals,
    ``outcomes`` the tidy values, ``about`` where they come from (run.json)."""

    folder: Path
    about: dict[str, Any]
    table: pd.DataFrame
    outcomes: pd.DataFrame

    @property
    def names(self) -> list[str]:
        """Names of the scenarios, in the order given."""
        return [str(one["name"]) for one in self.about["scenarios"]]

    @property
    def reference(self) -> str:
        """Name of the scenario that the others are compared with."""
        return str(self.about["reference"])

    def row(self, scenario: str, outcome: str) -> Any:
        """One row of the table; InputError where there is none."""
        table = self.table
        found = table[(table["scenario"] == scenario) & (table["outcome"] == outcome)]
        if found.empty:
            raise InputError(
                "{folder}: has no outcome '{outcome}' of a scenario '{scenario}'",
                folder=self.folder, outcome=outcome, scenario=scenario,
            )  # fmt: skip
        return found.iloc[0]

    @functools.cached_property
    def comparison(self) -> Comparison:
        """The comparison as :func:`cleanpark.compare` returned it, from the values in the folder;
        InputError where an input is not the one that was run."""
        return restored(self)

    def summary(self, language: str = "en") -> str:
        """The answer in a language, to the targets that were asked for too."""
        return self.comparison.summary(language, list(self.about["settings"].get("targets", ())))

    def report(self, language: str = "en") -> list[str]:
        """Write the folder's report and figures anew in a language; the numbers stay. Returns
        what cannot be told anew, which the report says too."""
        return [Language(language).say(line) for line in tell_again(self, language)]

    def __repr__(self) -> str:
        """In one line."""
        return f"SavedComparison({self.folder}: {', '.join(self.names)})"

    def _repr_html_(self) -> str:
        """The table, as notebooks show it."""
        return str(self.table.to_html(index=False, max_rows=ROWS_SHOWN))


@dataclass(frozen=True)
class SavedRun:
    """A single run read back: ``outcomes`` by quarter, ``enterprises`` at its end, ``about``
    where they come from (run.json)."""

    folder: Path
    about: dict[str, Any]
    outcomes: pd.DataFrame
    enterprises: pd.DataFrame

    def __repr__(self) -> str:
        """In one line."""
        return f"SavedRun({self.folder}: {self.about.get('scenario')})"

    def _repr_html_(self) -> str:
        """The outcomes by quarter, as notebooks show them."""
        return str(self.outcomes.to_html(index=False, max_rows=ROWS_SHOWN))


class SavedStudy(StudyFolder):
    """A study or search read back: ``tables`` by name, ``about`` where they come from
    (study.json), ``results()`` the runs themselves."""

    def summary(self, language: str = "en") -> str:
        """What the study found, sentence by sentence, with what a reader must beware of."""
        return "\n".join(findings(self, language))

    def warnings(self, language: str = "en") -> list[str]:
        """What a reader must beware of: what did nothing, and what failed."""
        return cautions(self.about, language)

    def report(self, language: str = "en") -> list[Path]:
        """Write the folder's report and figures anew; the numbers stay. Returns the files."""
        return write_report(self.folder, language)

    def __repr__(self) -> str:
        """In one line."""
        return f"SavedStudy({self.folder}: {self.kind} of {', '.join(self.about['outcomes'])})"

    def _repr_html_(self) -> str:
        """The tables, as notebooks show them."""
        shown = (one.to_html(index=False, max_rows=ROWS_SHOWN) for one in self.tables.values())
        return "\n".join(map(str, shown))


def load(folder: str | Path) -> SavedComparison | SavedRun | SavedStudy | Histories:
    """What a folder holds: a comparison, a run, a study or search, or common histories.

    Folders of the formats 1 and 2 are read; of 2 every file is compared with the digest that it
    was written with. Raises InputError where nothing is there, a file is damaged or was changed,
    or the format is a later one.
    """
    place = user_path(folder).resolve()
    if (place / STUDY).is_file():
        found = read_study(place)
        return SavedStudy(found.folder, found.about, found.tables)
    if (place / HISTORY).is_file():
        check_files(place, _record(place / HISTORY))
        return histories(place)
    if not (place / MARK).is_file():
        raise InputError(
            "{folder}: holds no results (no {marks} there)",
            folder=place, marks=f"{MARK}, {STUDY}, {HISTORY}",
        )  # fmt: skip
    about = _record(place / MARK)
    check_files(place, about)
    return _comparison(place, about) if (place / COMPARED).is_file() else _run(place, about)


def _record(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as cause:
        raise InputError("{file}: is damaged; run it again", file=path) from cause
    if not isinstance(found, dict):
        raise InputError("{file}: is damaged; run it again", file=path)
    check_format(path, found)
    if not is_as_written(found):
        raise InputError("{file}: is damaged; run it again", file=path)
    return found


def check_files(folder: Path, about: dict[str, Any]) -> None:
    """Refuse a folder of which a file is not as the run wrote it."""
    if is_cut_off(folder):
        raise InputError("{folder}: a run was cut off here; give its command again", folder=folder)
    for name, digest in dict(about.get("files") or {}).items():
        path = folder / name
        if not path.is_file() or file_digest(path) != digest:
            raise InputError(
                "{file}: is missing, or not as the run wrote it; run it again", file=path
            )


def _comparison(folder: Path, about: dict[str, Any]) -> SavedComparison:
    import pandas as pd

    missing = [key for key in ("scenarios", "reference") if key not in about]
    if missing:
        raise InputError("{file}: is damaged; run it again", file=folder / MARK)
    try:
        table = pd.read_csv(folder / "comparison.csv")
        outcomes = pd.read_parquet(folder / COMPARED)
    except (OSError, ValueError) as cause:
        raise InputError("{file}: is damaged; run it again", file=folder / COMPARED) from cause
    return SavedComparison(folder, about, table, outcomes)


def _run(folder: Path, about: dict[str, Any]) -> SavedRun:
    import pandas as pd

    try:
        tables = [pd.read_csv(folder / name) for name in (RUN, "enterprises.csv")]
    except (OSError, ValueError) as cause:
        raise InputError("{file}: is damaged; run it again", file=folder / RUN) from cause
    return SavedRun(folder, about, *tables)
