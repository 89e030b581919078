"""A park's table written as a file that reads back as the same table, with nothing left to say."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.park_files.account import Far
from cleanpark.scenarios.park_files.cells import FIRST_YEAR
from cleanpark.scenarios.park_files.dictionary import COLUMNS, dictionary
from cleanpark.scenarios.park_files.template import YES_NO, header_of, write_new, write_rows
from cleanpark.scenarios.titles import in_language

if TYPE_CHECKING:
    import pandas as pd


def write_clean(
    table: pd.DataFrame, far: Sequence[Far], path: str | Path, language: str = "en"
) -> Path:
    """Write a park's table with units in its headers, headers in `en` or `zh`; never over a file.

    Columns without any value are left out; amounts in `far` are marked as accepted.
    """
    marks = _marks(table, far)
    columns = [name for name in COLUMNS if name != "industry" and _has_values(table, name)]
    headers = [header_of(name, language) for name in columns]
    if any(marks):
        headers.append(header_of("accepted", language))
    records = table.to_dict("records")
    rows = [
        [_cell(name, record, language) for name in columns] + ([mark] if any(marks) else [])
        for record, mark in zip(records, marks)
    ]
    return write_new(user_path(path), write_rows(headers, rows))


def _has_values(table: pd.DataFrame, name: str) -> bool:
    if dictionary()[name].kind == "text":
        return bool(table[name].astype(bool).any())
    return bool(table[name].notna().any())


def _marks(table: pd.DataFrame, far: Sequence[Far]) -> list[str]:
    """What is accepted of each enterprise."""
    everywhere = {one.column for one in far if one.line == 0}
    by_id: dict[str, set[str]] = {}
    for one in far:
        by_id.setdefault(one.id, set()).add(one.column)
    return [";".join(sorted(everywhere | by_id.get(str(name), set()))) for name in table["id"]]


def _cell(name: str, record: Mapping[Hashable, Any], language: str) -> str:
    """A value as the reader takes it."""
    value = record[name]
    if name == "sector":
        return str(record["industry"] or value)
    if isinstance(value, str):
        return value
    number = float(str(value))
    if math.isnan(number):
        return ""
    kind = dictionary()[name].kind
    if kind == "date":
        quarter = int(number)
        return f"{FIRST_YEAR + quarter // 4}-Q{quarter % 4 + 1}"
    if kind == "yes_no":
        return in_language(YES_NO, language)["yes" if number else "no"]
    return str(int(number)) if number.is_integer() and number < 1e15 else repr(number)
