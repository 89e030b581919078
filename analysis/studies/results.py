"""Results of a study on disk: one Parquet file per task, written as it comes, read with DuckDB."""

from __future__ import annotations

import errno
import glob
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.statistics.means import Quarters
from cleanpark.analysis.studies.runs import Chunk
from cleanpark.scenarios.errors import InputError, Message
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.writing import whole_file

if TYPE_CHECKING:
    import pandas as pd

RESULTS = "results"
BY_QUARTER = "_by_quarter"
"""Ending of the columns that hold an outcome's values quarter by quarter."""


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
    """Write a table as CSV, whole."""

    def write(aside: Path) -> None:
        with open(aside, "w", encoding="utf-8", newline="") as file:
            table.to_csv(file, index=False, lineterminator="\n")

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


def write_chunk(path: Path, table: Any) -> None:
    """Write one task's file."""
    import pyarrow.parquet as pq

    def write(aside: Path) -> None:
        with open(aside, "wb") as file:
            pq.write_table(table, file, compression="zstd")

    write_whole(path, write)


def is_whole(path: Path, rows: int) -> bool:
    """Whether a task's file is there, can be read and has all its rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return bool(pq.read_metadata(path).num_rows == rows)
    except (OSError, pa.ArrowException):
        return False


def task_files(folder: Path) -> Iterator[Path]:
    """Files of tasks in a study's folder; whatever else lies there is the user's."""
    for path in (folder / RESULTS).glob("s*.parquet"):
        if re.fullmatch(r"s\d+-r\d+-[0-9a-f]{16}\.parquet", path.name):
            yield path


class Results:
    """The runs of a study's folder, read when asked for; memory holds what was asked alone."""

    def __init__(
        self, folder: Path, samples: int, seeds: Sequence[int], keep: object = None
    ) -> None:
        """Results of so many samples under these seeds; ``keep`` lives as long as they do."""
        self.keep = keep
        self.folder = folder
        self.samples = samples
        self.seeds = list(seeds)

    def query(self, sql: str) -> pd.DataFrame:
        """An SQL query over the table ``runs`` (sample, seed, outcomes, status, reason).

        Such as ``select status, count(*) as runs from runs group by status``.
        """
        import duckdb

        pattern = glob.escape(str(self.folder / RESULTS)) + "/s*.parquet"
        with duckdb.connect(":memory:") as connection:
            connection.execute("set threads to 2")
            quoted = pattern.replace("'", "''")
            connection.execute(f"create view runs as select * from read_parquet('{quoted}')")
            return connection.execute(sql).df()

    def frame(self) -> pd.DataFrame:
        """Every run: sample, seed, outcomes, status, reason, in order."""
        wanted = f"columns(lambda c: not ends_with(c, '{BY_QUARTER}'))"
        return self.query(f"select {wanted} from runs order by sample, seed")

    def failed(self) -> pd.DataFrame:
        """The runs that failed, with their reasons."""
        return self.query(
            "select sample, seed, reason from runs where status = 'failed' order by sample, seed"
        )

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
        for path in (self.folder / RESULTS).glob(f"s{seed:06d}-*.parquet"):
            table = pq.read_table(path, columns=["sample", outcome + BY_QUARTER])
            flat = table[outcome + BY_QUARTER].combine_chunks().flatten()
            values = flat.to_numpy(zero_copy_only=False).reshape(-1, quarters)
            found[table["sample"].to_numpy()] = values
        return found
