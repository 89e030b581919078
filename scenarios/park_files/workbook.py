"""An XLSX workbook as sheets, read within limits: what unpacks or refers too far is refused."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cleanpark.scenarios.errors import N_, Listed, Message, ParkError
from cleanpark.scenarios.park_files.cells import FORMULA, MERGED
from cleanpark.scenarios.park_files.sheet import MOST_COLUMNS, Row, Sheet

MOST_UNPACKED = 250_000_000
"""Largest size of a workbook's parts together when unpacked, in bytes."""
MOST_RATIO = 250
"""Times that a large part may grow when unpacked; tables of numbers grow 5 to 30 times."""
LARGE = 5_000_000
"""A part below this size, in bytes, may grow as it will."""
MOST_PARTS = 5_000
MOST_CELLS = 30_000_000
MOST_MERGED = 2_000_000
"""Most cells that merged areas may cover together."""
MERGE = re.compile(rb'<mergeCell[^>]*ref="\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)"')


FORMULAS = re.compile(rb"<f[\s/>]")
EMPTY = re.compile(rb"<f(?:/>|\s[^>]*/>|[\s>][^<]*</f>)\s*(?:</|<v\s*/>|<v>\s*</v>)")
"""A formula without the result last saved."""


def workbook_sheets(path: Path) -> list[Sheet]:
    """The visible sheets of a workbook that hold anything."""
    formulas = _check_parts(path)
    shows_percent = _has_percent_format(path)
    book = _load(path, values=True)
    left = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    found = [
        _sheet(sheet, path, formulas, shows_percent)
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    ]
    filled = [sheet for sheet in found if sheet.rows]
    if left and filled:
        filled[0].notes.append(Message("hidden sheets left out: {names}", names=Listed(left)))
    return filled or [Sheet([], "XLSX")]


def _check_parts(path: Path) -> int | None:
    """Refuse a workbook that unpacks too far; how many formulas it has, as `_formulas` says."""
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
            names = {info.filename for info in infos}
            _check_sizes(infos, path)
            if "xl/workbook.xml" not in names:
                raise ParkError("{path}: an archive that is no XLSX workbook", path=path)
            sheets = [name for name in names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
            contents = [parts.read(name) for name in sheets]
            _check_merged(contents, path)
            return _formulas(contents)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as cause:
        raise ParkError("{path}: a damaged workbook; save it again", path=path) from cause


def _formulas(contents: list[bytes]) -> int | None:
    """How many formulas the sheets have; None where one has no result or the sheets are many.

    Their places need not be looked for, by loading the workbook again, where each has a result.
    """
    count = sum(len(FORMULAS.findall(content)) for content in contents)
    unsure = len(contents) > 1 or any(EMPTY.search(content) for content in contents)
    return None if count and unsure else count


def _check_sizes(infos: list[zipfile.ZipInfo], path: Path) -> None:
    total = sum(info.file_size for info in infos)
    steep = any(
        info.file_size > LARGE and info.file_size > MOST_RATIO * max(1, info.compress_size)
        for info in infos
    )
    if total > MOST_UNPACKED or steep or len(infos) > MOST_PARTS:
        raise ParkError(
            "{path}: unpacks to {size:,} MB in {count:,} parts, which no table of a park does; "
            "copy the table into a new workbook",
            path=path,
            size=total // 1_000_000,
            count=len(infos),
        )


def _check_merged(contents: list[bytes], path: Path) -> None:
    """Refuse merged areas that would be millions of cells."""
    cells = 0
    for left, top, right, bottom in (found for one in contents for found in MERGE.findall(one)):
        cells += (_number(right) - _number(left) + 1) * (int(bottom) - int(top) + 1)
    if cells > MOST_MERGED:
        raise ParkError(
            "{path}: merged areas cover {cells:,} cells; unmerge them", path=path, cells=cells
        )


def _number(letters: bytes) -> int:
    """Number of a column by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _load(path: Path, values: bool) -> Any:
    """The workbook with the results of its formulas, or with the formulas."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(), path.open("rb") as file:
            warnings.simplefilter("ignore")
            return load_workbook(file, data_only=values, keep_links=False)
    except Exception as cause:  # whatever a damaged file makes the library raise
        raise ParkError(_why_not(cause), path=path) from cause


def _why_not(cause: Exception) -> str:
    """What to say of a workbook that cannot be loaded; the library wraps what its parser says."""
    from defusedxml.common import DefusedXmlException

    if any(isinstance(one, DefusedXmlException) for one in (cause, cause.__cause__)):
        return N_(
            "{path}: declares entities or refers to other files, which no table needs; copy the "
            "table into a new workbook"
        )
    return N_("{path}: a damaged workbook; save it again")


def _has_percent_format(path: Path) -> bool:
    """Whether a format of the workbook shows numbers in percent."""
    with zipfile.ZipFile(path) as parts:
        if "xl/styles.xml" not in parts.namelist():
            return False
        styles = parts.read("xl/styles.xml")
    return b"%" in styles or re.search(rb'numFmtId="(9|10)"', styles) is not None


def _texts(sheet: Any, shows_percent: bool) -> Iterator[list[str]]:
    """The cells of each row as texts; `shows_percent`: numbers may be shown in percent, and are
    what they show."""
    if not shows_percent:
        for values in sheet.iter_rows(values_only=True):
            yield [_text(value) for value in values]
        return
    for row in sheet.iter_rows():
        yield [
            f"{100 * cell.value:.12g}%"
            if type(cell.value) in (int, float) and "%" in cell.number_format
            else _text(cell.value)
            for cell in row
        ]


def _sheet(sheet: Any, path: Path, formulas: int | None, shows_percent: bool) -> Sheet:
    """A sheet's rows; `formulas`: how many it has, each with a result, or None if not known."""
    _check_extent(sheet, path)
    where = _formula_cells(sheet.title, path) if formulas is None else frozenset()
    merged = _merged(sheet)
    rows = []
    for line, cells in enumerate(_texts(sheet, shows_percent), 1):
        for place in merged.get(line, {}):
            cells[place] = merged[line][place]
        for place, cell in enumerate(cells):
            if not cell and (line, place) in where:
                cells[place] = FORMULA
        if any(cell.strip() for cell in cells):
            rows.append(Row(line, cells))
    return Sheet(rows, "XLSX", _notes(sheet, rows, formulas or len(where)), sheet.title)


def _notes(sheet: Any, rows: list[Row], formulas: int) -> list[Message]:
    """What is hidden, merged or computed in a sheet and was read all the same."""
    notes = []
    numbers = {row.line for row in rows}
    hidden = [n for n, one in sheet.row_dimensions.items() if one.hidden and n in numbers]
    if hidden:
        notes.append(Message("hidden rows read like the others: {count}", count=len(hidden)))
    columns = [name for name, one in sheet.column_dimensions.items() if one.hidden]
    if columns:
        notes.append(Message("hidden columns read like the others: {names}", names=Listed(columns)))
    if formulas:
        notes.append(Message("formulas read by the result last saved: {count}", count=formulas))
    return notes


def _check_extent(sheet: Any, path: Path) -> None:
    rows, columns = sheet.max_row or 0, sheet.max_column or 0
    if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
        raise ParkError(
            "{path}, sheet '{sheet}': reaches to row {rows:,} and column {columns:,}; delete the "
            "empty rows and columns beyond the table",
            path=path,
            sheet=sheet.title,
            rows=rows,
            columns=columns,
        )


def _formula_cells(title: str, path: Path) -> frozenset[tuple[int, int]]:
    """Row and place of each cell that holds a formula."""
    sheet = _load(path, values=False)[title]
    return frozenset(
        (cell.row, cell.column - 1)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    )


def _merged(sheet: Any) -> dict[int, dict[int, str]]:
    """Texts of merged cells by row and place: the text of the first, or a mark for a number."""
    found: dict[int, dict[int, str]] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col).value
        if first is None:
            continue
        number = isinstance(first, (int, float)) and area.max_row > area.min_row
        text = _text(first)
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                found.setdefault(row, {})[column - 1] = MERGED + text if number else text
    return found


def _text(value: Any) -> str:
    """A cell's value as it would stand in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    return str(value)
