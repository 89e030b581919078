"""The account of a file: what was read, converted, filled in, refused and left out, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleanpark.scenarios.errors import ENGLISH, N_, Listed, Message, Translations
from cleanpark.scenarios.park_files.industries import Industry
from cleanpark.scenarios.park_files.named import column_named, unit_named
from cleanpark.scenarios.titles import enterprises_counted

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 10
"""How many of many problems a message lists."""


def shortened(text: str) -> str:
    """A cell's text, cut where it is long, for a message."""
    shown = " ".join(text.split())
    return shown if len(shown) <= 40 else shown[:37] + "..."


@dataclass(frozen=True)
class Refusal:
    """A cell that could not be used."""

    line: int
    column: str | Message
    value: str
    reason: Message

    def message(self) -> Message:
        """The place, the value and the reason."""
        return Message(
            "line {line}, column '{column}': '{shown}': {reason}",
            line=self.line,
            column=self.column,
            shown=shortened(self.value),
            reason=self.reason,
        )

    def __str__(self) -> str:
        """The place, the value and the reason, in English."""
        return str(self.message())


@dataclass
class ColumnRead:
    """How a column was read: what stood over it, its unit, and its cells by what became of them."""

    column: str
    written: str = ""
    unit: str = ""
    given: str = ""
    factor: float = 1.0
    taken: int = 0
    zero: int = 0
    missing: int = 0
    refused: int = 0
    filled: int = 0


@dataclass(frozen=True)
class LeftOut:
    """A row that is no enterprise."""

    line: int
    text: str
    reason: Message


@dataclass(frozen=True)
class Far:
    """An amount far from what its sector uses or discharges at that output.

    `ratio` is the amount to the sector's typical one; of a whole column, whose `line` is 0, the
    median over its enterprises.
    """

    line: int
    id: str
    column: str
    amount: float
    unit: str
    ratio: float

    def message(self) -> Message:
        """The amount and how far off it is."""
        fields: dict[str, object] = {
            "column": column_named(self.column),
            "ratio": f"{self.ratio:,.4g}",
            "unit": unit_named(self.unit),
        }
        if self.line == 0:
            return Message(
                "column {column}: the middle enterprise has {ratio} times its sector's typical "
                "amount (read in {unit})",
                **fields,
            )
        return Message(
            "line {line}, {id}: {column} {amount} {unit}: {ratio} times the sector's typical "
            "amount",
            line=self.line,
            id=self.id,
            amount=f"{self.amount:,.0f}" if self.amount >= 1e4 else f"{self.amount:.4g}",
            **fields,
        )


@dataclass
class Account:
    """What was taken from a user's file, what the model fills in, and what was refused.

    `columns` by name, `industries` with the number of enterprises by the text in the file,
    `far` the amounts far from the sector's range that were accepted, `notes` all else.
    """

    file: str
    read_as: str
    enterprises: int = 0
    columns: dict[str, ColumnRead] = field(default_factory=dict)
    industries: dict[str, tuple[Industry, int]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    ignored: list[Message] = field(default_factory=list)
    far: list[Far] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    titles: dict[str, Message] = field(default_factory=dict)
    """Titles of the sectors."""
    like: str = ""
    sha256: str = ""
    """Digest of the file."""

    @property
    def encoding(self) -> str:
        """How the file was read: an encoding, or XLSX."""
        return self.read_as

    @property
    def taken(self) -> Mapping[str, int]:
        """Cells taken from the file, by column; a word for none, read as zero, among them."""
        return {name: one.taken + one.zero for name, one in self.columns.items()}

    @property
    def filled(self) -> Mapping[str, int]:
        """Cells that the model fills in, by column."""
        return {name: one.filled for name, one in self.columns.items()}

    def columns_written(self) -> list[str]:
        """Columns that the file has."""
        return [name for name, one in self.columns.items() if one.written]

    def messages(self) -> list[Message]:
        """The account line by line, still to be said."""
        lines = [
            Message(
                "{file}: {enterprises}, read as {encoding}",
                file=self.file,
                enterprises=enterprises_counted(self.enterprises),
                encoding=self.read_as,
            ),
            Message("taken from the file (cells): {cells}", cells=_counts(self.taken)),
            *self._converted(),
            *self._words(),
            Message(
                "drawn from the sector and the park (cells): {cells}", cells=_counts(self.filled)
            ),
            *self._mapped(),
        ]
        if self.like:
            lines.append(
                Message("park's works, fee and spreads: as in the park '{park}'", park=self.like)
            )
        lines.extend(Message("ignored: column {name}", name=name) for name in self.ignored)
        lines.extend(self._left_out())
        lines.extend(self.notes)
        lines.extend(Message("accepted: {far}", far=one.message()) for one in self.far)
        lines.extend(
            Message("refused, drawn instead: {refusal}", refusal=refusal.message())
            for refusal in self.refused
        )
        if not self.refused:
            lines.append(Message("refused: nothing"))
        return lines

    def _converted(self) -> list[Message]:
        return [
            Message(
                "converted: {column}: {given} times {factor} is {unit}",
                column=column_named(one.column),
                given=one.given,
                factor=f"{one.factor:.6g}",
                unit=unit_named(one.unit),
            )
            for one in self.columns.values()
            if one.factor != 1.0
        ]

    def _words(self) -> list[Message]:
        """Columns in which a word for none stands, and marks for not known."""
        zero = {one.column: one.zero for one in self.columns.values()}
        missing = {one.column: one.missing for one in self.columns.values()}
        lines = []
        if any(zero.values()):
            lines.append(
                Message(
                    "none ('无') or not detected ('未检出'), read as 0 (cells): {cells}",
                    cells=_counts(zero),
                )
            )
        if any(missing.values()):
            lines.append(Message("marked as not known (cells): {cells}", cells=_counts(missing)))
        return lines

    def _mapped(self) -> list[Message]:
        return [
            Message(
                "industry '{text}'{code}: sector {sector} (enterprises: {count})",
                text=text,
                code=(
                    Message(" (GB/T 4754 {code} {name})", code=industry.code, name=industry.name)
                    if industry.code
                    else Message("")
                ),
                sector=self.titles.get(industry.sector, industry.sector),
                count=count,
            )
            for text, (industry, count) in self.industries.items()
            if text != industry.sector
        ]

    def _left_out(self) -> list[Message]:
        return [
            Message(
                "left out: line {line}: '{text}': {reason}",
                line=one.line,
                text=one.text,
                reason=one.reason,
            )
            for one in self.left_out
        ]

    def lines(self) -> list[str]:
        """The account as lines of English text."""
        return [str(message) for message in self.messages()]

    def __str__(self) -> str:
        """The account as English text."""
        return "\n".join(self.lines())

    def tables(self, words: Translations = ENGLISH) -> dict[str, pd.DataFrame]:
        """The account as tables by name: columns, industries, rows, remarks; in a language.

        To be written with a byte-order mark, which spreadsheets need where Chinese stands in CSV.
        """
        import pandas as pd

        tables: dict[str, tuple[Sequence[str], list[list[object]]]] = {
            "columns": (COLUMN_HEADS, [_column_row(one, words) for one in self.columns.values()]),
            "industries": (
                INDUSTRY_HEADS,
                [
                    [text, one.code, one.name, self._sector(one.sector, words), count]
                    for text, (one, count) in self.industries.items()
                ],
            ),
            "rows": (ROW_HEADS, self._rows(words)),
            "remarks": (REMARK_HEADS, [[line.said(words)] for line in self.messages()]),
        }
        return {
            name: pd.DataFrame(rows, columns=[words.gettext(head) for head in heads])
            for name, (heads, rows) in tables.items()
        }

    def _sector(self, name: str, words: Translations) -> str:
        return self.titles[name].said(words) if name in self.titles else name

    def _rows(self, words: Translations) -> list[list[object]]:
        """Rows left out, cells refused and amounts accepted, as the table tells them."""
        left_out, refused, accepted = map(words.gettext, WHAT)
        rows: list[list[object]] = [
            [one.line, "", one.text, left_out, one.reason.said(words)] for one in self.left_out
        ]
        for cell in self.refused:
            column = cell.column.said(words) if isinstance(cell.column, Message) else cell.column
            rows.append([cell.line, column, cell.value, refused, cell.reason.said(words)])
        for far in self.far:
            column = column_named(far.column).said(words)
            told = far.message().said(words)
            rows.append([far.line, column, f"{far.amount:g}", accepted, told])
        return rows


COLUMN_HEADS = (
    N_("Column"),
    N_("Written in the file"),
    N_("Unit"),
    N_("Unit in the file"),
    N_("Factor"),
    N_("Cells taken"),
    N_("Cells read as 0"),
    N_("Cells marked as not known"),
    N_("Cells refused"),
    N_("Cells drawn by the model"),
)
INDUSTRY_HEADS = (
    N_("Written in the file"), N_("Code"), N_("Industry"), N_("Sector of the model"),
    N_("Enterprises"),
)  # fmt: skip
ROW_HEADS = (N_("Line"), N_("Column"), N_("Value"), N_("What became of it"), N_("Reason"))
REMARK_HEADS = (N_("Remark"),)
WHAT = (N_("left out"), N_("refused"), N_("accepted"))
"""Heads and words of the account's tables."""


def _column_row(one: ColumnRead, words: Translations) -> list[object]:
    unit = unit_named(one.unit).said(words)
    return [
        column_named(one.column).said(words), one.written, unit, one.given or unit, one.factor,
        one.taken, one.zero, one.missing, one.refused, one.filled,
    ]  # fmt: skip


def _counts(cells: Mapping[str, int]) -> Message:
    counted = [
        Message("{name} {count}", name=column_named(name), count=count)
        for name, count in cells.items()
        if count
    ]
    return Listed(counted) if counted else Message("none")


def counted_industries(texts: Sequence[str], industries: Sequence[Industry]) -> dict[
    str, tuple[Industry, int]
]:  # fmt: skip
    """Industry and number of enterprises by the text in the file, the most frequent first."""
    by_text = dict(zip(texts, industries))
    return {text: (by_text[text], count) for text, count in Counter(texts).most_common()}
