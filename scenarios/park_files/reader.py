"""A user's own enterprises: one row each, taken, filled or refused with an account."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cleanpark.scenarios.errors import NOTHING, Counted, Listed, Message, ParkError
from cleanpark.scenarios.flows import FLOWS
from cleanpark.scenarios.park_files.account import (
    SHOWN,
    Account,
    ColumnRead,
    LeftOut,
    Refusal,
    counted_industries,
    shortened,
)
from cleanpark.scenarios.park_files.cells import (
    MERGED,
    SAME,
    CellError,
    is_above_zero,
    is_never,
    is_nothing,
    is_undetected,
    is_unknown,
    is_zero,
    plain,
    read_number,
    read_past_quarter,
    read_share,
    read_yes,
    spoiled_code,
)
from cleanpark.scenarios.park_files.dictionary import (
    COLUMNS,
    GENERATED,
    REQUIRED,
    SHARES,
    dictionary,
)
from cleanpark.scenarios.park_files.headers import Header, by_name
from cleanpark.scenarios.park_files.industries import Classifier, Industry, is_outside
from cleanpark.scenarios.park_files.layout import (
    best_sheet,
    checked_headers,
    name_others,
    read_decimal_commas,
    refuse_split_numbers,
)
from cleanpark.scenarios.park_files.named import Titled, column_named
from cleanpark.scenarios.park_files.periods import added
from cleanpark.scenarios.park_files.ranges import far_amounts, more, refuse_far
from cleanpark.scenarios.park_files.sheet import Row
from cleanpark.scenarios.park_files.totals import is_heading, is_remark, total_word
from cleanpark.scenarios.park_files.units import AMOUNTS
from cleanpark.scenarios.sectors import Sector, sectors

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 1_000_000
MOST_OUTPUT = 1e8
"""Largest yearly output of one enterprise, 10,000 CNY: a trillion CNY."""
DRAWN = (*FLOWS, *SHARES, "last_audit", "monitored")
"""Columns of which the model draws what the file does not say."""
TEXTS = ("id", "sector", "name", "industry")


def read_enterprises(
    path: Path,
    catalogue: Sequence[Sector] | None = None,
    units: Mapping[str, str] | None = None,
    accept: Collection[str] = (),
) -> tuple[pd.DataFrame, Account]:
    """The enterprises in a CSV or XLSX file, one row each with every column, and the account.

    Amounts are per year in the unit of the dictionary, shares in 0 to 1, `last_audit` the quarter
    counted from 2026-Q1, `monitored` 1 or 0; NaN where the file does not say. `units` gives the
    unit of columns whose header has none; `accept` names what may lie far from the sector's range
    (a column, an id, or `id:column`). Raises ParkError for what makes the file unusable.
    """
    known = tuple(catalogue if catalogue is not None else sectors())
    sheet, head = best_sheet(path)
    account = Account(file=path.name, read_as=sheet.read_as, notes=list(sheet.notes))
    account.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    account.titles = {sector.name: Titled(sector.name, sector.title) for sector in known}
    headers = checked_headers(head, path, units or {})
    name_others(head, headers, sheet, account)
    reader = _Reader(path, account, headers, len(head.written), known)
    body = sheet.rows[head.end :]
    refuse_split_numbers(body, sheet, head, path)
    read_decimal_commas(body, sheet, headers, account)
    for row in body:
        reader.take(row)
    table = reader.finish()
    far = far_amounts(table, account.columns_written(), known)
    account.far = refuse_far(far, {*accept, *reader.accepted, *(reader.common or ())}, path)
    return table.reset_index(drop=True), account


class _Reader:
    """Takes rows one by one; what makes the file unusable is collected and raised at the end."""

    def __init__(
        self,
        path: Path,
        account: Account,
        headers: Mapping[str, Header],
        width: int,
        catalogue: Sequence[Sector],
    ) -> None:
        """Read into `account`; the header row has `width` cells."""
        self.path = path
        self.account = account
        self.headers = by_name(list(headers.values()))
        self.width = width
        self.classifier = Classifier(catalogue)
        self.lines_of_ids: dict[str, int] = {}
        self.present = [
            name for name in COLUMNS if name in self.headers or name in (*REQUIRED, "industry")
        ]
        self.values: dict[str, list[object]] = {name: [] for name in self.present}
        self.lines: list[int] = []
        self.texts: list[tuple[str, Industry]] = []
        self.fatal: list[Refusal] = []
        self.spoiled: list[str] = []
        self.accepted: set[str] = set()
        account.columns = {name: self._column(name) for name in COLUMNS if name != "industry"}

    def _column(self, name: str) -> ColumnRead:
        header, unit = self.headers.get(name), dictionary()[name].unit
        if header is None:
            return ColumnRead(name, unit=unit)
        given = header.unit
        if given is None:
            return ColumnRead(name, header.written, unit)
        return ColumnRead(name, header.written, unit, given.written, given.factor)

    def take(self, row: Row) -> None:
        """Read one row: an enterprise, or a total or remark that is left out."""
        if self._left_out(row):
            return
        if len(self.lines) >= MOST_ROWS:
            raise ParkError(
                "{path}, line {line}: more than {most:,} enterprises",
                path=self.path,
                line=row.line,
                most=MOST_ROWS,
            )
        self._check_width(row)
        self._take_accepted(row)
        self.lines.append(row.line)
        for name in self.present:
            self.values[name].append(self._value(name, row))

    def _take_accepted(self, row: Row) -> None:
        """What the row itself says was checked; a column where every row says so."""
        names = {one.strip() for one in re.split("[;；,，]", self._cell("accepted", row))} - {""}
        identifier = plain(self._cell("id", row)) or plain(self._cell("name", row))
        self.accepted |= {identifier if one == "all" else f"{identifier}:{one}" for one in names}
        self.common = names if self.common is None else self.common & names

    common: set[str] | None = None
    """Columns accepted in every row so far."""

    def _left_out(self, row: Row) -> bool:
        first = next((cell for cell in row.cells if cell.strip()), "")
        named = (first, self._cell("id", row), self._cell("name", row), self._cell("sector", row))
        word = next((found for cell in named if (found := total_word(cell))), None)
        if word is not None:
            reason = Message("a total, no enterprise")
        elif is_heading(row.cells):
            reason = Message("a heading, no enterprise")
        elif is_remark(row.cells):
            reason = Message("a remark below the table")
        elif self._stood_still(row):
            reason = Message("no output in the year: it stood still, and the model has no such one")
        else:
            return False
        text = shortened(", ".join(cell.strip() for cell in row.cells if cell.strip()))
        self.account.left_out.append(LeftOut(row.line, text, reason))
        return True

    def _stood_still(self, row: Row) -> bool:
        """Whether an enterprise had no output in the year, and no other amount either."""
        if not is_zero(self._cell("output", row)):
            return False
        named = self._cell("id", row).strip() or self._cell("name", row).strip()
        amounts = [one.name for one in self.headers.values() if one.kind in AMOUNTS]
        return bool(named) and not any(is_above_zero(self._cell(name, row)) for name in amounts)

    def _check_width(self, row: Row) -> None:
        if any(cell.strip() for cell in row.cells[self.width :]):
            reason = Message(
                "the row has {count} cells but the header {width}; a number with a comma, like "
                '"1,200", needs quotes',
                count=len(row.cells),
                width=self.width,
            )
            column = Message("number {number}", number=self.width + 1)
            self.fatal.append(Refusal(row.line, column, row.cells[self.width], reason))

    def _cell(self, name: str, row: Row) -> str:
        header = self.headers.get(name)
        if header is not None and header.parts:
            cells = (row.cells[place : place + 1] for place in header.parts)
            return added(["".join(cell) for cell in cells])
        if header is None or header.place >= len(row.cells):
            return ""
        return row.cells[header.place]

    def _value(self, name: str, row: Row) -> object:
        """What the cell says; NaN, and a count in the account, where it says nothing usable."""
        if name == "industry":
            return self._industry.code if self._industry else ""
        cell = self._cell(name, row)
        empty: object = "" if name in TEXTS else math.nan
        if name not in REQUIRED and not cell.strip():
            return empty
        try:
            return self._read(name, cell, row)
        except CellError as problem:
            header = self.headers.get(name) or self.headers.get("name")
            cell = cell or self._cell("name", row) if name == "id" else cell
            written = header.written if header is not None else name
            refusal = Refusal(row.line, written, cell.strip(MERGED + " "), problem.message)
            (self.fatal if name in REQUIRED else self.account.refused).append(refusal)
            self.account.columns[name].refused += 1
            return math.nan if name == "output" else empty

    _industry: Industry | None = None

    def _read(self, name: str, cell: str, row: Row) -> object:
        if name == "id":
            return self._read_id(cell, row)
        if name == "name":
            return plain(cell)
        if name == "sector":
            return self._read_sector(cell)
        if name == "output":
            return self._read_output(cell)
        word = self._word(name, cell)
        return self._number(name, cell) if word is None else word

    def _word(self, name: str, cell: str) -> float | None:
        """What a word in the place of a value says; None where the cell holds a value."""
        if cell.isascii() and cell[:1].isdigit() and cell[-1:] not in "lL":
            return None
        column = self.account.columns[name]
        kind = dictionary()[name].kind
        if kind in ("mass", "waste") and (is_nothing(cell) or is_undetected(cell)):
            column.zero += 1
            return 0.0
        unknown = is_unknown(cell) or (is_nothing(cell) and kind != "yes_no")
        if unknown or (kind == "date" and is_never(cell)):
            column.missing += 1
            return math.nan
        return None

    def _number(self, name: str, cell: str) -> float:
        kind = dictionary()[name].kind
        factor = self.account.columns[name].factor
        if kind == "share":
            value = read_share(cell, percent=factor != 1.0)
        elif kind == "date":
            value = read_past_quarter(cell)
        elif kind == "yes_no":
            value = read_yes(cell)
        else:
            value = converted(read_number(cell), factor)
        self.account.columns[name].taken += 1
        return value

    def _read_id(self, cell: str, row: Row) -> str:
        """The identifier; the name where there is none or a spreadsheet has spoiled it."""
        name = plain(cell)
        spoiled = spoiled_code(name)
        instead = plain(self._cell("name", row))
        column = self.account.columns["id"]
        if spoiled is not None and not instead:
            raise CellError(spoiled)
        if spoiled is not None:
            self.spoiled.append(name)
            column.refused += 1
        if spoiled is not None or is_unknown(name):
            name = instead
            column.missing += int(spoiled is None and "id" in self.headers)
        else:
            column.taken += 1
        if not name:
            raise CellError("an id is missing")
        earlier = self.lines_of_ids.setdefault(name, row.line)
        if earlier != row.line:
            raise CellError(
                "this id is already on line {earlier}; one row holds the whole year of one plant: "
                "give each plant an id or name of its own, add up the rows of one plant",
                earlier=earlier,
            )
        return name

    def _read_sector(self, cell: str) -> str:
        self._industry = self.classifier.industry(cell)
        if self._industry is None and is_outside(cell):
            raise CellError(
                "no industry: outside mining, manufacturing and utilities (sections B to D of GB/T "
                "4754), which alone the model has; leave the row out"
            )
        if self._industry is None and SAME.fullmatch(plain(cell)):
            raise CellError("'as above': write the value into each row")
        if self._industry is None:
            self.unknown = True
            raise CellError("unknown sector{hint}", hint=self.classifier.hint(cell))
        self.texts.append((plain(cell), self._industry))
        self.account.columns["sector"].taken += 1
        return self._industry.sector

    def _read_output(self, cell: str) -> float:
        if is_unknown(cell) or is_nothing(cell):
            raise CellError("the yearly output is missing; it is required, in 10,000 CNY")
        column = self.account.columns["output"]
        output = converted(read_number(cell), column.factor)
        if output <= 0.0:
            raise CellError(
                "the output is 0, but other amounts are not; give the yearly output, or leave the "
                "row out"
            )
        if output > MOST_OUTPUT:
            raise CellError(
                "must be at most {most:,.0f}: check the unit, 10,000 CNY a year", most=MOST_OUTPUT
            )
        column.taken += 1
        return output

    def finish(self) -> pd.DataFrame:
        """The enterprises as a table by line; raises what makes the file unusable."""
        import pandas as pd

        if self.fatal:
            raise ParkError(
                _fatal_message(self.path, self.fatal, self._known() if self.unknown else NOTHING)
            )
        count = len(self.lines)
        if count == 0:
            raise ParkError(
                "{path}: no enterprise, only a header; add a row for each", path=self.path
            )
        rest = {name: "" if name in TEXTS else math.nan for name in COLUMNS}
        table = pd.DataFrame({**rest, **self.values}, index=self.lines)
        numbers = [name for name in COLUMNS if name not in TEXTS]
        table[numbers] = table[numbers].astype(float)
        self.account.enterprises = count
        self.account.industries = counted_industries(
            [text for text, _ in self.texts], [industry for _, industry in self.texts]
        )
        _check_generated(table, self.account)
        self._note_names(table)
        for name, column in self.account.columns.items():
            if name in DRAWN:
                column.filled = count - column.taken - column.zero
        return table

    unknown = False
    """Whether a sector was not known."""

    def _known(self) -> Message:
        """The sectors that can be named, said once for all lines."""
        names = Listed(self.account.titles.values())
        if len(self.fatal) > 1:
            return Message(
                "\nA sector is a code or name of GB/T 4754, or one of: {names}", names=names
            )
        return Message(" (a code or name of GB/T 4754, or one of: {names})", names=names)

    def _note_names(self, table: pd.DataFrame) -> None:
        """Say where names stand for ids, and where only what is generated is known."""
        if "id" not in self.headers:
            self.account.notes.append(Message("no column of ids: the names stand for them"))
        for generated in (name for name in GENERATED if name in self.headers):
            flow = generated.removeprefix("generated_")
            count = int((table[generated].notna() & table[flow].isna()).sum())
            if count:
                self.account.notes.append(
                    Counted(
                        "{flow}: {count} enterprise gives only what is generated; the discharge "
                        "follows from the removal",
                        "{flow}: {count} enterprises give only what is generated; the discharge "
                        "follows from the removal",
                        count,
                        flow=column_named(flow),
                    )
                )
        if self.spoiled:
            self.account.notes.append(
                Counted(
                    "column '{column}': {count} code, '{code}', was spoiled by a spreadsheet; the "
                    "name stands for it",
                    "column '{column}': {count} codes such as '{code}' were spoiled by a "
                    "spreadsheet; the name stands for them",
                    len(self.spoiled),
                    column=self.headers["id"].written,
                    code=self.spoiled[0],
                )
            )


def converted(amount: float, factor: float) -> float:
    """An amount in another unit, without the last digits that a product of decimals adds."""
    return amount if factor == 1.0 else float(f"{amount * factor:.15g}")


def _check_generated(table: pd.DataFrame, account: Account) -> None:
    """Refuse what is discharged above what is generated: one of both is wrong."""
    lines = list(table.index)
    for generated in (name for name in COLUMNS if name.startswith("generated_")):
        discharged = generated.removeprefix("generated_")
        more_out = (table[discharged] > table[generated] * (1.0 + 1e-9)).to_numpy()
        for place in more_out.nonzero()[0]:
            account.refused.append(
                Refusal(
                    lines[place],
                    account.columns[generated].written,
                    f"{table[generated].iloc[place]:g}",
                    Message("less is generated than is discharged; the discharge is taken"),
                )
            )
        account.columns[generated].taken -= int(more_out.sum())
        account.columns[generated].refused += int(more_out.sum())
        table.loc[more_out, generated] = math.nan


def _fatal_message(path: Path, fatal: Sequence[Refusal], known: Message) -> Message:
    told = [Message("{path}, {refusal}", path=path, refusal=one.message()) for one in fatal[:SHOWN]]
    rest = more(len(fatal) - SHOWN)
    return Message("{lines}{more}{known}", lines=Listed(told, "\n"), more=rest, known=known)
