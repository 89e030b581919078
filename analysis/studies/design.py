"""Designs: tables of explicit rows, one per sample, from files, frames, lists or full products."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.foreign import foreign, reason_of
from cleanpark.scenarios.reading import refuse_pipe

if TYPE_CHECKING:
    import pandas as pd


class DesignError(InputError):
    """A row or a column of a design that cannot be used; its file is told by whoever read it."""


def read_design(source: str | Path | pd.DataFrame | Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A design as a frame: from a CSV or Parquet file, a frame, or a list of rows.

    A column ``sample`` is taken as the rows' numbers and must be 0, 1, 2, ... in order.
    """
    import pandas as pd

    if isinstance(source, (str, Path)):
        frame = read_table(user_path(source))
    else:
        frame = framed(source)
    check_cells(frame)
    if "sample" in frame:
        frame = frame.set_index("sample")
        if list(frame.index) != list(range(len(frame))):
            raise DesignError("design, column 'sample': must be 0, 1, 2, ... in order")
    if frame.empty:
        raise DesignError("design: has no rows; give a row per sample and a column per parameter")
    frame.index = pd.RangeIndex(len(frame), name="sample")
    return frame.copy()  # its columns side by side, of which there may be hundreds


def framed(source: Any) -> pd.DataFrame:
    """Rows in memory as a frame, sparse columns filled; InputError for what is no table."""
    import pandas as pd

    try:
        frame = pd.DataFrame(source)
    except (ValueError, TypeError) as cause:
        raise DesignError(
            "design: cannot be read as a table ({cause})", cause=foreign(str(cause))
        ) from cause
    sparse = {name: one.subtype for name, one in frame.dtypes.items()
              if isinstance(one, pd.SparseDtype)}  # fmt: skip
    return frame.astype(sparse)


def read_table(path: Path) -> pd.DataFrame:
    """A design's file: Parquet, or CSV in UTF-8 with as many cells in each line as in the first."""
    import pandas as pd

    refuse_pipe(path, InputError)
    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as cause:
        raise InputError("{path}: is not UTF-8 text; save it as CSV in UTF-8", path=path) from cause
    except OSError as cause:
        raise InputError(
            "{path}: cannot be read ({reason})", path=path, reason=reason_of(cause)
        ) from cause
    except ValueError as cause:
        raise InputError(
            "{path}: cannot be read as a table ({cause})", path=path, cause=foreign(str(cause))
        ) from cause
    return csv_table(path, text)


def csv_table(path: Path, text: str) -> pd.DataFrame:
    """A CSV as a frame; blank lines are skipped, and an empty cell alone is empty: ``None`` or
    ``NA`` is a text."""
    import csv
    import io

    import pandas as pd

    reader = csv.reader(io.StringIO(text))
    try:
        lines = [(reader.line_num, line) for line in reader if any(map(str.strip, line))]
    except csv.Error as cause:
        raise InputError(
            "{path}: cannot be read as a table ({cause})", path=path, cause=foreign(str(cause))
        ) from cause
    if not lines:
        raise InputError(
            "{path}: is empty; give a row per sample and a column per parameter", path=path
        )
    head = lines[0][1]
    if len(head) == 1 and any(mark in head[0] for mark in ";\t"):
        raise InputError(
            "{path}: columns are to be separated by commas; save it as CSV (commas)", path=path
        )
    for number, line in lines[1:]:
        if len(line) != len(head):
            raise InputError(
                "{path}, line {number}: has {cells} cells, but {columns} columns are "
                "named in the first line",
                path=path,
                number=number,
                cells=len(line),
                columns=len(head),
            )
    cells = io.StringIO()
    csv.writer(cells).writerows(line for _, line in lines[1:])
    return pd.DataFrame(
        pd.read_csv(io.StringIO(cells.getvalue()), header=None, index_col=False,
                    names=range(len(head)), keep_default_na=False, na_values=[""],
                    skip_blank_lines=False)
        if len(lines) > 1 else [], columns=range(len(head)),
    ).set_axis(head, axis=1)  # fmt: skip


def check_cells(frame: pd.DataFrame) -> None:
    """Refuse columns of one name or of none, and cells that are no number, text or truth value."""
    for name, times in Counter(str(name) for name in frame.columns).items():
        if times > 1:
            raise DesignError("design, column '{name}': appears twice", name=name)
        if not name.strip() or re.fullmatch(r"Unnamed: \d+", name):
            raise DesignError(
                "design, column '{name}': has no name; if it holds the row numbers that pandas "
                "writes, save with to_csv(file, index=False), or call the column sample",
                name=name,
            )
    for name in frame.columns:
        column = frame[name]
        refuse_endless(name, column)
        if column.dtype.kind in "fiub":
            continue
        kinds = {type(value) for value in column if value is not None and value == value}
        plain = {kind for kind in kinds if issubclass(kind, (str, int, float, np.generic))}
        if plain != kinds or (str in kinds and len(kinds) > 1):
            raise DesignError(
                "design, column '{name}': give numbers, or text, one of them in all rows", name=name
            )


def refuse_endless(name: object, column: pd.Series[Any]) -> None:
    """Refuse numbers that are infinite, or larger than a number of the machine can be."""
    if column.dtype.kind in "iub":
        return
    if column.dtype.kind == "f" and not np.isinf(column.to_numpy()).any():
        return
    for place, value in enumerate(column):
        try:
            endless = isinstance(value, (int, float, np.number)) and np.isinf(float(value))
        except OverflowError:
            endless = True
        if endless:
            raise DesignError(
                "design, column '{name}', sample {place}: is no finite number",
                name=name, place=place,
            )  # fmt: skip


def full_product(choices: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Every combination of the values given, one row each.

    >>> len(full_product({"fine": [10, 20, 30], "learn_own": [0.1, 0.5]}))
    6
    """
    import pandas as pd

    rows = list(itertools.product(*choices.values()))
    return read_design(pd.DataFrame(rows, columns=list(choices)))
