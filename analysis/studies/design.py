"""Designs: tables of explicit rows, one per sample, from files, frames, lists or full products."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.foreign import foreign

if TYPE_CHECKING:
    import pandas as pd


def read_design(source: str | Path | pd.DataFrame | Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A design as a frame: from a CSV or Parquet file, a frame, or a list of rows.

    A column ``sample`` is taken as the rows' numbers and must be 0, 1, 2, ... in order.
    """
    import pandas as pd

    if isinstance(source, (str, Path)):
        frame = read_table(user_path(source))
    else:
        frame = pd.DataFrame(source)
    check_cells(frame)
    if "sample" in frame:
        frame = frame.set_index("sample")
        if list(frame.index) != list(range(len(frame))):
            raise InputError("design, column 'sample': must be 0, 1, 2, ... in order")
    if frame.empty:
        raise InputError("design: has no rows; give a row per sample and a column per parameter")
    frame.index = pd.RangeIndex(len(frame), name="sample")
    return frame


def read_table(path: Path) -> pd.DataFrame:
    """A design's file: Parquet, or CSV in UTF-8 with as many cells in each line as in the first."""
    import csv
    import io

    import pandas as pd

    try:
        if path.suffix == ".parquet":
            return pd.read_parquet(path)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as cause:
        raise InputError("{path}: is not UTF-8 text; save it as CSV in UTF-8", path=path) from cause
    except (OSError, ValueError) as cause:
        raise InputError(
            "{path}: cannot be read as a table ({cause})", path=path, cause=foreign(str(cause))
        ) from cause
    lines = [line for line in csv.reader(io.StringIO(text)) if line]
    if not lines:
        raise InputError(
            "{path}: is empty; give a row per sample and a column per parameter", path=path
        )
    if len(lines[0]) == 1 and any(mark in lines[0][0] for mark in ";\t"):
        raise InputError(
            "{path}: columns are to be separated by commas; save it as CSV (commas)", path=path
        )
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(lines[0]):
            raise InputError(
                "{path}, line {number}: has {cells} cells, but {columns} columns are "
                "named in the first line",
                path=path,
                number=number,
                cells=len(line),
                columns=len(lines[0]),
            )
    return pd.DataFrame(
        pd.read_csv(io.StringIO(text), header=None, skiprows=1, index_col=False,
                    names=range(len(lines[0])), skip_blank_lines=True)
        if len(lines) > 1 else [], columns=range(len(lines[0])),
    ).set_axis(lines[0], axis=1)  # fmt: skip


def check_cells(frame: pd.DataFrame) -> None:
    """Refuse columns of one name, and cells that are no number, text or truth value."""
    names = [str(name) for name in frame.columns]
    for name in names:
        if names.count(name) > 1:
            raise InputError("design, column '{name}': appears twice", name=name)
    for name in frame.columns:
        column = frame[name]
        if column.dtype.kind in "fiub":
            continue
        kinds = {type(value) for value in column if value is not None and value == value}
        plain = {kind for kind in kinds if issubclass(kind, (str, int, float, np.generic))}
        if plain != kinds or (str in kinds and len(kinds) > 1):
            raise InputError(
                "design, column '{name}': give numbers, or text, one of them in all rows", name=name
            )


def full_product(choices: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Every combination of the values given, one row each.

    >>> len(full_product({"fine": [10, 20, 30], "learn_own": [0.1, 0.5]}))
    6
    """
    import pandas as pd

    rows = list(itertools.product(*choices.values()))
    return read_design(pd.DataFrame(rows, columns=list(choices)))
