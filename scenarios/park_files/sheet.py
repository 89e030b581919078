"""A file's cells as texts, row by row, whatever the file was: what every kind of file becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cleanpark.scenarios.errors import Message, ParkError
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.reading import refuse_pipe

MOST_BYTES = 200_000_000
"""Largest file that is read."""
MOST_COLUMNS = 1_000
"""Most columns that a table may have."""
WORKBOOK = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Row:
    """A row that is not blank: the line it begins on, or its number in the sheet, and its cells."""

    line: int
    cells: list[str]


@dataclass
class Sheet:
    """The rows of a table, how it was read, and what had to be said of it."""

    rows: list[Row]
    read_as: str
    notes: list[Message] = field(default_factory=list)
    name: str = ""
    plain_commas: bool = False
    """Whether a comma set its cells apart and no cell stood in quotes."""
    delimiter: str = ","


def content_of(path: Path) -> bytes:
    """The bytes of a file that is not too large."""
    refuse_pipe(path, ParkError)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ParkError(
                "{path}: {size:,} MB; a park's file may have {most:,} MB",
                path=path,
                size=size // 1_000_000,
                most=MOST_BYTES // 1_000_000,
            )
        return path.read_bytes()
    except OSError as cause:
        raise ParkError(
            "{path}: cannot be read ({reason})", path=path, reason=reason_of(cause)
        ) from cause


def sheets_of(path: Path) -> list[Sheet]:
    """The tables of a file: the one of a CSV file, or each visible sheet of a workbook."""
    content = content_of(path)
    if content.startswith(OLD_WORKBOOK):
        raise ParkError(
            "{path}: an old workbook (.xls) or one with a password; save it as .xlsx without a "
            "password, or as CSV (UTF-8)",
            path=path,
        )
    if content.startswith(WORKBOOK):
        from cleanpark.scenarios.park_files.workbook import workbook_sheets

        return workbook_sheets(path)
    from cleanpark.scenarios.park_files.text import text_sheet

    return [text_sheet(content, path)]
