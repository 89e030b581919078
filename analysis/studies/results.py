"""Results of a study on disk: one Parquet file per task, written as it comes, read with DuckDB."""

from __future__ import annotations

import errno
import functools
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.escaping import table_in_csv
from cleanpark.analysis.statistics.means import Quarters
from cleanpark.analysis.studies.names import BY_QUARTER
from cleanpark.analysis.studies.runs import Chunk
from cleanpark.scenarios.errors import InputError, Message
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.writing import whole_file

if TYPE_CHECKING:
    import pandas as pd

RESULTS = "results"
DIGITS = 16
"""Hexadecimal digits of a digest in a file's name."""
TASK_FILE = re.compile(
    rf"(?P<key>s(?P<seed>\d{{6,}})-r(?P<first>\d{{8,}})-[0-9a-f]{{{DIGITS}}})"
    rf"(-(?P<digest>[0-9a-f]{{{DIGITS}}}))?\.parquet"
)
"""Name of a task's file: seed, first row, what was run, content; format 1 had no content."""


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file whole, its folder made where needed; a full disk leaves nothing half-written.

    Raises InputError that says what to do; what was finished before is kept.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as aside:
            write(aside)
    except OSError as cause:
        full = cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        why = Message("the disk is full") if full else reason_of(cause)
        raise InputError(
            "{path}: cannot be written ({reason}); what was finished is kept: make room "
            "and give the same command again",
            path=path,
            reason=why,
        ) from cause


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole; returns its path."""
    write_whole(path, lambda aside: aside.write_text(text, encoding="utf-8"))
    return path


def write_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV, whole; its text cells are no formulas (:func:`escaping.in_csv`)."""

    def write(aside: Path) -> None:
        with open(aside, "w", encoding="utf-8", newline="") as file:
            table_in_csv(table).to_csv(file, index=False, lineterminator="\n")

    write_whole(path, write)


def chunk_table(
    samples: NDArray[np.int64], seed: int, outcomes: Sequence[str], chunk: Chunk
) -> Any:
    """A task's results as an Arrow table, one row per run."""
    import pyarrow as pa

    columns: dict[str, Any] = {
        "sample": pa.array(samples, pa.int64()),
        "seed": pa.array(np.full(len(samples), seed), pa.int64()),
    }
    for place, name in enumerate(outcomes):
        columns[name] = _floats(chunk.values[:, place])
    for place, name in enumerate(outcomes):
        if chunk.series is not None:
            flat = _floats(chunk.series[:, place].reshape(-1))
            columns[name + BY_QUARTER] = pa.FixedSizeListArray.from_arrays(
                flat, chunk.series.shape[2]
            )
    columns["status"] = pa.array(["failed" if one else "ok" for one in chunk.reason])
    columns["reason"] = pa.array(chunk.reason)
    return pa.table(columns)


def _floats(values: NDArray[np.float64]) -> Any:
    """Numbers with undefined ones as nulls, as other tools read them."""
    import pyarrow as pa

    return pa.array(np.ascontiguousarray(values), pa.float64(), from_pandas=True)


def write_chunk(folder: Path, key: str, table: Any) -> Path:
    """Write one task's file, named by the task and a digest of its content; returns its path."""
    import pyarrow.parquet as pq

    content = io.BytesIO()
    pq.write_table(table, content, compression="zstd")
    told = hashlib.sha256(content.getbuffer()).hexdigest()[:DIGITS]
    path = folder / RESULTS / f"{key}-{told}.parquet"
    write_whole(path, lambda aside: aside.write_bytes(content.getbuffer()))
    return path


@functools.lru_cache(maxsize=1 << 16)
def _digest(path: Path, stamp: tuple[int, int]) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:DIGITS]


def is_sound(path: Path) -> bool:
    """Whether a task's file holds what was written; of a study of format 1, whether it can be
    read, since nothing told its digest."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    told = TASK_FILE.fullmatch(path.name)
    try:
        if told and told["digest"]:
            found = path.stat()
            return _digest(path, (found.st_mtime_ns, found.st_size)) == told["digest"]
        pq.read_metadata(path)
    except (OSError, pa.ArrowException):
        return False
    return True


def task_files(folder: Path) -> Iterator[Path]:
    """Files of tasks in a study's folder; whatever else lies there is the user's."""
    for path in sorted((folder / RESULTS).glob("s*.parquet")):
        if TASK_FILE.fullmatch(path.name) and path.is_file():
            yield path


def finished_tasks(folder: Path) -> dict[str, Path]:
    """Files with a digest, by the task's key."""
    found = {}
    for path in task_files(folder):
        told = TASK_FILE.fullmatch(path.name)
        if told and told["digest"]:
            found[told["key"]] = path
    return found


class Results:
    """The runs of a study's folder, read when asked for; memory holds what was asked alone."""

    def __init__(
        self,
        folder: Path,
        samples: int,
        seeds: Sequence[int],
        keep: object = None,
        design: pd.DataFrame | None = None,
    ) -> None:
        """Results of so many samples under these seeds; ``keep`` lives as long as they do.

        ``design`` has the parameters of each sample; without it :meth:`frame` has none.
        """
        self.keep = keep
        self.folder = folder
        self.samples = samples
        self.seeds = list(seeds)
        self.design = design

    def files(self) -> list[Path]:
        """The tasks' files, each checked against its digest, and that every run is there once.

        Raises InputError where one is damaged, missing, or there twice.
        """
        import pyarrow.parquet as pq

        found = list(task_files(self.folder))
        for path in found:
            if not is_sound(path):
                raise InputError(
                    "{file}: is damaged; give the study's command again, which makes it anew",
                    file=path,
                )
        runs = sum(pq.read_metadata(path).num_rows for path in found)
        wanted = self.samples * len(self.seeds)
        if runs != wanted:
            raise InputError(
                "{folder}: holds {runs} runs where the study has {wanted}; give the study's "
                "command again", folder=self.folder / RESULTS, runs=runs, wanted=wanted,
            )  # fmt: skip
        return found

    def query(self, sql: str) -> pd.DataFrame:
        """An SQL query over the table ``runs`` (sample, seed, outcomes, status, reason).

        Such as ``select status, count(*) as runs from runs group by status``.
        """
        import duckdb

        quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in self.files())
        with duckdb.connect(":memory:") as connection:
            connection.execute("set threads to 2")
            # A folder named seed=1 is no column, and a name with a star no pattern.
            connection.execute(
                f"create view runs as select * from read_parquet([{quoted}], "
                "hive_partitioning = false, union_by_name = false)"
            )
            return connection.execute(sql).df()

    def frame(self, parameters: bool = True) -> pd.DataFrame:
        """Every run: sample, seed, parameters, outcomes, status, reason, in order."""
        wanted = f"columns(lambda c: not ends_with(c, '{BY_QUARTER}'))"
        runs = self.query(f"select {wanted} from runs order by sample, seed")
        if not parameters or self.design is None:
            return runs
        added = self.design.loc[runs["sample"]].reset_index(drop=True)
        for place, name in enumerate(added.columns, start=2):
            runs.insert(place, str(name), added[name])
        return runs

    def failed(self) -> pd.DataFrame:
        """The runs that failed, with their reasons."""
        return self.query(
            "select sample, seed, reason from runs where status = 'failed' order by sample, seed"
        )

    def reasons(self, most: int = 5) -> list[dict[str, Any]]:
        """Why runs failed, the most frequent first: ``reason`` and how many ``runs``."""
        found = self.query(
            "select reason, count(*) as runs from runs where status = 'failed' group by reason "
            f"order by runs desc, reason limit {most}"
        )
        return [{"reason": str(one), "runs": int(runs)}
                for one, runs in zip(found["reason"], found["runs"], strict=True)]  # fmt: skip

    def values(self, outcome: str) -> NDArray[np.float64]:
        """An outcome over the horizon, shape (samples, seeds); NaN undefined or failed."""
        column = outcome.replace('"', '""')
        found = self.query(f'select sample, seed, "{column}" as value from runs')
        table = np.full((self.samples, len(self.seeds)), np.nan)
        number = {seed: place for place, seed in enumerate(self.seeds)}
        places = found["seed"].map(number).to_numpy()
        table[found["sample"].to_numpy(), places] = found["value"].to_numpy(dtype=float)
        return table

    def by_quarter(self, outcome: str, quarters: int) -> Quarters:
        """An outcome by quarter, read a seed at a time."""
        return Quarters(
            lambda place: self.series(outcome, quarters, self.seeds[place]), len(self.seeds)
        )

    def series(self, outcome: str, quarters: int, seed: int) -> NDArray[np.float64]:
        """An outcome by quarter under one seed, (samples, quarters); NaN undefined or failed."""
        import pyarrow.parquet as pq

        found = np.full((self.samples, quarters), np.nan)
        for path in self.files():
            if not path.name.startswith(f"s{seed:06d}-"):
                continue
            with open(path, "rb") as file:
                table = pq.read_table(file, columns=["sample", outcome + BY_QUARTER])
            flat = table[outcome + BY_QUARTER].combine_chunks().flatten()
            values = flat.to_numpy(zero_copy_only=False).reshape(-1, quarters)
            found[table["sample"].to_numpy()] = values
        return found
