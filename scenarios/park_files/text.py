"""A CSV file as a sheet: encoding, delimiter and rows."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.foreign import foreign
from cleanpark.scenarios.park_files.headers import TOP_ROWS, understood
from cleanpark.scenarios.park_files.sheet import MOST_COLUMNS, Row, Sheet

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030",
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "UTF-16"),
}
DELIMITERS = (",", ";", "\t")
MOST_CELL = 32_767
"""Most characters in a cell: what a spreadsheet keeps. A quote left open makes longer ones."""
MOST_HEADER = 20_000
"""Characters of a line among which its delimiter is looked for."""


def text_sheet(content: bytes, path: Path) -> Sheet:
    """The rows of a CSV file."""
    text, encoding = decode(content, path)
    delimiter = delimiter_of(text)
    rows = [Row(line, cells) for line, cells in _rows(text, delimiter, path)]
    plain_commas = delimiter == "," and '"' not in text
    return Sheet(rows, encoding, plain_commas=plain_commas, delimiter=delimiter)


def decode(content: bytes, path: Path) -> tuple[str, str]:
    """Text of the file and its encoding: UTF-8 with or without mark, UTF-16 with one, GB18030."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, path, ("utf-16",))
    # In UTF-16 every second byte of ASCII text is zero, in no other encoding of a table.
    low, high = content[:MOST_HEADER:2].count(0), content[1:MOST_HEADER:2].count(0)
    if low + high > 4 and len(content) % 2 == 0 and b"\n" in content:
        return _decoded(content, path, ("utf-16-be" if low > high else "utf-16-le",))
    text, encoding = _decoded(content, path, ("utf-8-sig", "gb18030"))
    if encoding == "GB18030":
        _refuse_big5(content, text, path)
    return text, encoding


SIMPLIFIED = frozenset(
    "企业名称编号行年产值万元能耗取水量吨化学需氧氨氮二硫物颗粒挥发性有机固体危险废放去除率"
)
TRADITIONAL = frozenset(
    "\u4f01\u696d\u540d\u7a31\u7de8\u865f\u884c\u7522\u503c\u842c\u5143\u91cf"
    "\u5678\u5316\u5b78\u6c28\u6c2e\u9846\u7c92\u63ee\u767c\u5371\u96aa\u5ee2"
)
"""Characters of the headers that are looked for, in both scripts; the second by number, since the
fonts of figures have no need of them."""


def _refuse_big5(content: bytes, text: str, path: Path) -> None:
    """Refuse a file in Big5, whose bytes are other characters in GB18030."""
    other = content[:MOST_HEADER].decode("cp950", errors="ignore")
    headers = sum(letter in TRADITIONAL for letter in other)
    if headers >= 4 and headers > 2 * sum(letter in SIMPLIFIED for letter in text[:MOST_HEADER]):
        raise ParkError(
            "{path}: text in Big5 (traditional Chinese); save the file as CSV UTF-8, with headers "
            "in simplified Chinese or English",
            path=path,
        )


def _decoded(content: bytes, path: Path, encodings: Sequence[str]) -> tuple[str, str]:
    furthest = -1
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as cause:
            furthest = max(furthest, cause.start)
            continue
        _refuse_control(text, path)
        return text, ENCODINGS[encoding]
    line, column = _place(content[:furthest].decode(encodings[-1], errors="replace"))
    raise ParkError(
        "{path}, line {line}, character {column}: byte 0x{byte:02x} cannot be read as "
        "{encodings}; save the file as CSV UTF-8",
        path=path,
        line=line,
        column=column,
        byte=content[furthest],
        encodings=" / ".join(ENCODINGS[encoding] for encoding in encodings),
    )


def _refuse_control(text: str, path: Path) -> None:
    control = re.search(r"[\x00-\x08\x0e-\x1f]", text)
    if control:
        line, column = _place(text[: control.start()])
        raise ParkError(
            "{path}, line {line}, character {column}: control character, this is no CSV text",
            path=path,
            line=line,
            column=column,
        )


def _place(before: str) -> tuple[int, int]:
    """Line and character, from 1, of what follows this text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _rows(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in rows:
            _refuse_long(cells, line, path)
            if any(cell.strip() for cell in cells):
                yield line, _narrow(cells, line, path)
            line = rows.line_num + 1
    except csv.Error as cause:
        if "field limit" in str(cause):
            raise _too_long(line, path) from cause
        raise ParkError(
            "{path}, line {line}: not readable as CSV: {cause}",
            path=path,
            line=line,
            cause=foreign(str(cause)),
        ) from cause


def _refuse_long(cells: Sequence[str], line: int, path: Path) -> None:
    if max(map(len, cells), default=0) > MOST_CELL:
        raise _too_long(line, path)


def _too_long(line: int, path: Path) -> ParkError:
    return ParkError(
        "{path}, line {line}: a cell of more than {most:,} characters; most likely a quotation "
        "mark that begins there is never closed",
        path=path,
        line=line,
        most=MOST_CELL,
    )


def _narrow(cells: list[str], line: int, path: Path) -> list[str]:
    """The cells of a row without the empty ones beyond what a table may have."""
    if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
        raise ParkError(
            "{path}, line {line}: {columns:,} columns; a park's table may have {most:,}; leave "
            "out those that are not needed",
            path=path,
            line=line,
            columns=len(cells),
            most=MOST_COLUMNS,
        )
    return cells[:MOST_COLUMNS]


def delimiter_of(text: str) -> str:
    """The delimiter by which most headers are understood: comma, semicolon or tab."""
    top = itertools.islice(io.StringIO(text, newline=None), 4 * TOP_ROWS)
    lines = [line.rstrip("\n")[:MOST_HEADER] for line in top if line.strip()][:TOP_ROWS]

    def score(delimiter: str) -> int:
        return max((understood(_split(line, delimiter)) for line in lines), default=0)

    return max(DELIMITERS, key=score)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
