"""A study: a design run under seeds, kept in a folder, resumed where it was cut off.

The design is a table of explicit rows, one per sample. A task is some rows under one seed; its
results go to a file named by its content, so a study that was killed looks up what is there and
goes on, and its tables are the same to the last byte.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.studies.design import read_design
from cleanpark.analysis.studies.files import (
    DESIGN,
    MARK,
    check_tables,
    read_record,
    remove_left_over,
    remove_study,
    table_digests,
)
from cleanpark.analysis.studies.identity import differences
from cleanpark.analysis.studies.names import outcome_names
from cleanpark.analysis.studies.results import (
    Results,
    chunk_table,
    finished_tasks,
    is_sound,
    task_files,
    write_chunk,
    write_table,
    write_text,
    write_whole,
)
from cleanpark.analysis.studies.runner import Clock, Place, check_place, execute
from cleanpark.analysis.studies.runs import (
    UNFOLLOWED,
    Chunk,
    FunctionRuns,
    Runs,
    rows_digest,
)
from cleanpark.analysis.studies.seeds import seeds_of
from cleanpark.analysis.studies.space import Space
from cleanpark.analysis.studies.task import Estimate, Kept, Task, run_task
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.errors import InputError, Listed, Message
from cleanpark.scenarios.folders import (
    FORMAT,
    LOCK,
    check_format,
    claimed,
    results_folder,
    signed,
    user_path,
)
from cleanpark.scenarios.writing import is_unfinished

if TYPE_CHECKING:
    import pandas as pd

ENTERPRISE_BYTES = 2_600
"""Memory that an enterprise of a large park takes in a run: measured 1,300, and once more while
the next quarter's draws are made."""
Progress = Callable[[Clock], None]


@dataclass
class Study:
    """A design run under seeds, by the packaged model or by a function of one's own.

    ``function`` (parameters, seed) -> outcomes by name, or a
    :class:`~cleanpark.analysis.studies.runs.Runs` such as ``ModelRuns``. ``seeds`` is a count or
    a list. ``kind``, ``title`` and ``settings`` go into the study's record. Files and environment
    variables that a function reads while it runs are not followed: after a change of theirs name
    another folder, or say ``replace``.

    >>> study = Study([{"x": 1.0}, {"x": 2.0}], lambda p, seed: {"y": p["x"] ** 2}, ["y"])
    >>> study.run().frame()["y"].to_list()
    [1.0, 4.0]
    """

    design: Any
    function: Callable[..., Any] | Runs
    outcomes: Sequence[str] = ()
    seeds: int | Sequence[int] = 1
    space: Space | None = None
    kind: str = "own"
    settings: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    folder: Path | None = None

    def __post_init__(self) -> None:
        """Check the design and the seeds."""
        self.design = read_design(self.design)
        self.numbers = seeds_of(self.seeds)
        if all(hasattr(self.function, name) for name in ("run", "describe", "rows_per_task")):
            self.runs: Runs = self.function  # type: ignore[assignment]
        else:
            self.runs = FunctionRuns(self.function, outcome_names(self.outcomes))  # type: ignore[arg-type]
        if self.space is not None and hasattr(self.runs, "check_space"):
            self.runs.check_space(self.space)
        self.runs.check(self.design)
        self.runs.check_seeds(self.numbers)
        self._kept: Kept | None = None
        self._tables: list[str] = []
        self._ran = False
        self._identity = self.runs.describe()

    def __repr__(self) -> str:
        """In one line."""
        where = self.folder or "not run"
        return f"Study({self.kind}: {self.samples:,} rows, {len(self.numbers)} seeds, {where})"

    def _repr_html_(self) -> str:
        """The runs, or the design of a study that was not run, as notebooks show them."""
        shown = self.design if self.folder is None else self.results.frame()
        return str(shown.to_html(max_rows=20))

    @property
    def samples(self) -> int:
        """Rows of the design."""
        return len(self.design)

    @property
    def total(self) -> int:
        """Runs in all."""
        return self.samples * len(self.numbers)

    def keep(self, kept: Kept) -> None:
        """Let a temporary folder live as long as this study does."""
        self._kept = kept

    @property
    def results(self) -> Results:
        """The runs; InputError before the study was run."""
        if self.folder is None:
            raise InputError("the study has not been run: call run() first")
        return Results(self.folder, self.samples, self.numbers, self._kept, self.design)

    def tasks(self, extents: Sequence[int]) -> list[Task]:
        """All tasks, the first rows of all seeds first; chunks begin anew at each extent."""
        size = self.runs.rows_per_task()
        found = []
        bounds = [0, *[one for one in extents if one < self.samples], self.samples]
        for begin, end in itertools.pairwise(bounds):
            for first in range(begin, end, size):
                rows = self.design.iloc[first : min(first + size, end)]
                digest = rows_digest(rows)
                found += [Task(first, rows, seed, digest) for seed in self.numbers]
        return found

    def estimate(self, place: Place | None = None, rows: int = 2) -> Estimate:
        """Runs, seconds, memory and disk that the study takes, from a trial of a few runs."""
        import time

        place = place or Place()
        trial = Task(0, self.design.iloc[: min(rows, self.samples)], self.numbers[0])
        run_task(self.runs, trial)
        begun = time.perf_counter()
        run_task(self.runs, trial)
        each = (time.perf_counter() - begun) / len(trial.rows)
        columns = len(self.runs.outcomes) * (1 + self.runs.quarters * self.runs.over_time)
        left = self.total - self._finished_runs()
        return Estimate(
            self.total,
            left,
            each * left / place.processes,
            (0.35 + self._chunk_gb()) * (place.processes + 1),
            left * (24 + 8 * columns) / 1e9,
        )

    def _chunk_gb(self) -> float:
        """Memory of one task: levers of each row and quarter, the park's state and its draws."""
        rows = min(self.runs.rows_per_task(), self.samples)
        enterprises = sum(park.enterprises for park in getattr(self.runs, "parks", ()))
        return (rows * max(1, self.runs.quarters) * 1_000 + enterprises * ENTERPRISE_BYTES) / 1e9

    def _finished_runs(self) -> int:
        if self.folder is None or not (self.folder / MARK).is_file():
            return 0
        tasks = self.tasks(self._extents(self.folder))
        return self.total - sum(len(one.rows) for one in self._missing(tasks))

    def run(
        self,
        folder: str | Path | None = None,
        place: Place | None = None,
        progress: Progress | None = None,
        replace: bool = False,
    ) -> Results:
        """Run what is not there yet; results of an earlier, interrupted run are kept and used.

        Without a folder the results go to a temporary one that lives as long as the study.
        A run that fails is recorded with its reason. Raises InputError where the folder holds
        something else, or cannot be written.
        """
        place = place or Place()
        check_place(place)
        with claimed(folder):
            self.folder = self._open(folder, replace)
            self._run_missing(place, progress)
            self._ran = True
        return self.results

    def _run_missing(self, place: Place, progress: Progress | None) -> None:
        assert self.folder is not None
        extents = self._extents(self.folder)
        self._write_record(extents, finished=False)
        tasks = self.tasks(extents)
        remove_left_over(self.folder)
        missing = self._missing(tasks)
        self._remove_foreign(tasks, missing)
        clock = Clock(self.total, self.total - sum(len(one.rows) for one in missing))
        if progress is not None:
            progress(clock)
        for number, chunk in execute(partial(run_task, self.runs), missing, place):
            self._keep(missing[number], chunk)
            clock.add(len(missing[number].rows))
            if progress is not None:
                progress(clock)
        self._write_record(extents, finished=True)

    def continues(self, folder: Path) -> bool:
        """Whether this study can go on in a folder: nothing is there, or an earlier part of it."""
        try:
            check_study_folder(folder, self, False)
        except InputError:
            return False
        return True

    def _missing(self, tasks: Sequence[Task]) -> list[Task]:
        """Tasks whose results are not there, or are damaged."""
        assert self.folder is not None
        there = finished_tasks(self.folder)
        found = [(one, there.get(one.key(self._identity))) for one in tasks]
        return [one for one, path in found if path is None or not is_sound(path)]

    def _open(self, folder: str | Path | None, replace: bool) -> Path:
        if folder is None:
            self._kept = Kept(tempfile.mkdtemp(prefix="cleanpark-study-"))
            return Path(self._kept.path)
        path = user_path(folder).resolve()
        check_study_folder(path, self, replace)
        if replace:
            remove_study(path)
        return path

    def _keep(self, task: Task, chunk: Chunk) -> None:
        assert self.folder is not None
        samples = task.rows.index.to_numpy(dtype=np.int64)
        table = chunk_table(samples, task.seed, self.runs.outcomes, chunk)
        write_chunk(self.folder, task.key(self._identity), table)

    def _remove_foreign(self, tasks: Sequence[Task], missing: Sequence[Task]) -> None:
        """Take out files that belong to no task, such as a smaller design's last chunk, and those
        of tasks that are run again."""
        assert self.folder is not None
        again = {one.key(self._identity) for one in missing}
        wanted = {one.key(self._identity) for one in tasks} - again
        kept = {path for key, path in finished_tasks(self.folder).items() if key in wanted}
        for path in task_files(self.folder):
            if path not in kept:
                path.unlink()

    def _extents(self, folder: Path) -> list[int]:
        """Numbers of rows at which an earlier, smaller run of this study ended."""
        record = read_record(folder)
        earlier = [int(one) for one in record.get("extents", [])] if record else []
        return sorted({*[one for one in earlier if one <= self.samples], self.samples})

    def identity(self) -> dict[str, Any]:
        """What may not differ between two parts of one study; samples may be added."""
        return {
            "runs": self._identity,
            "columns": list(map(str, self.design.columns)),
            "seeds": self.numbers,
            "kind": self.kind,
        }

    def record(self) -> dict[str, Any]:
        """The study's record: what it is, and all that is needed to make it again."""
        return {
            "format": FORMAT,
            "kind": self.kind,
            "version": version("cleanpark"),
            "sources": sources_digest(),
            "samples": self.samples,
            "seeds": self.numbers,
            "outcomes": list(self.runs.outcomes),
            "quarters": self.runs.quarters,
            "runs": self.total,
            "parameters": self.space.describe() if self.space else [],
            "settings": self.settings,
            **self.about,
        }

    def write_tables(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Write the tables of an analysis beside the results, and remember which there are."""
        assert self.folder is not None
        with claimed(self.folder):
            self._check_own()
            for name, table in tables.items():
                write_table(table, self.folder / f"{name}.csv")
        self._tables = sorted({*self._tables, *tables})

    def write_record(self) -> None:
        """Write the finished study's record again, after an analysis added to its settings."""
        assert self.folder is not None
        with claimed(self.folder):
            self._check_own()
            self._write_record(self._extents(self.folder), finished=True)

    def _ran_here(self) -> bool:
        """Whether the folder holds the runs themselves, not studies of its own as a search's."""
        assert self.folder is not None
        return any(task_files(self.folder))

    def _check_own(self) -> None:
        """Refuse to write into the folder where another study has taken its place since."""
        assert self.folder is not None
        if self._ran and (self.folder / MARK).is_file():
            check_study_folder(self.folder, self, False)

    def write_final(self, failed: int = 0) -> None:
        """Write the record of a study whose runs are in folders of its own, such as a search."""
        self._write_record([self.samples], finished=True, failed=failed)

    def _write_record(
        self, extents: Sequence[int], finished: bool, failed: int | None = None
    ) -> None:
        assert self.folder is not None
        record = self.record()
        record["finished"] = finished
        if finished and failed is None:
            failed = len(self.results.failed())
        record["failed"] = failed
        if failed and self._ran_here():
            record["failures"] = self.results.reasons()
        record["extents"] = list(extents)
        record["tables"] = self._tables or read_record(self.folder).get("tables", [])
        record["identity"] = self.identity()
        self.design.index.name = "sample"

        def write_design(aside: Path) -> None:
            with open(aside, "wb") as file:
                self.design.reset_index().to_parquet(file, index=False)

        write_whole(self.folder / DESIGN, write_design)
        if finished:
            record["files"] = table_digests(self.folder, record["tables"])
        plain = json.loads(json.dumps(record, allow_nan=False, default=str))
        text = json.dumps(signed(plain), ensure_ascii=False, indent=1)
        write_text(self.folder / MARK, text)


def check_study_folder(folder: Path, study: Study, replace: bool) -> None:
    """Refuse a folder that holds something other than an earlier part of this very study."""
    folder = results_folder(folder)
    others = [one for one in folder.iterdir() if one.name != LOCK] if folder.exists() else []
    if not others:
        return
    record = read_record(folder)
    if not record and all(one.name == DESIGN or is_unfinished(one) for one in others):
        return  # killed before its record was written
    if replace and (folder / MARK).is_file():
        return
    if (folder / MARK).is_file() and not record:
        raise InputError(
            "{folder}: is damaged; name another folder or say --replace", folder=folder / MARK
        )
    if not record:
        raise InputError(
            "{folder}: is not empty and holds no study; name another folder", folder=folder
        )
    check_format(folder / MARK, record)
    here = json.loads(json.dumps(study.identity(), default=str))
    there = record.get("identity")
    differs = differences(here, there if isinstance(there, dict) else {})
    unfollowed = study.identity()["runs"].get(UNFOLLOWED)
    if differs and unfollowed:
        raise InputError(
            "{folder}: holds a study; whether it is of this function cannot be told, since that "
            "uses {what}; name another folder or say --replace", folder=folder, what=unfollowed,
        )  # fmt: skip
    if differs:
        raise InputError(
            "{folder}: holds another study (it differs in {differs}); name another "
            "folder or say --replace",
            folder=folder,
            differs=Listed(map(Message, differs)),
        )
    check_design(folder, study)


def check_design(folder: Path, study: Study) -> None:
    """The rows that are there must be the first rows of this design, or the other way round."""
    import pandas as pd

    try:
        there = read_design(folder / DESIGN)
        check_tables(folder, read_record(folder), only=DESIGN)
    except InputError:
        return  # lost or damaged: tasks are named by their content, so none is mistaken
    common = min(len(there), study.samples)
    same = pd.testing.assert_frame_equal
    try:
        same(there.iloc[:common], study.design.iloc[:common], check_dtype=False, rtol=0, atol=1e-15)
    except AssertionError as cause:
        raise InputError(
            "{folder}: holds another design of the same parameters; name another "
            "folder or say --replace",
            folder=folder,
        ) from cause
    if study.samples < len(there):
        kept = read_record(folder).get("settings")
        raise InputError(
            "{folder}: already holds {count:,} samples, more than the {samples:,} "
            "asked for; ask for as many or more, or name another folder",
            folder=folder,
            count=asked_for(kept, len(there)),
            samples=asked_for(study.settings, study.samples),
        )


def asked_for(settings: Any, rows: int) -> int:
    """Samples as users ask for them: base samples or futures, of which each makes several rows."""
    told = settings if isinstance(settings, dict) else {}
    found = told.get("base_samples", told.get("futures", rows))
    return found if isinstance(found, int) else rows
