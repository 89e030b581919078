"""The header of a table: which rows it takes, and what each of its columns says.

A header names a column, its unit and whether the amount is generated or discharged, in one cell or
in up to three rows: ``二氧化硫(SO2)排放量(吨)``, ``COD (kg/a)``, ``综合能耗/吨标准煤``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cleanpark.scenarios.park_files.cells import NUMBER, SEVERAL_MONTHS, plain
from cleanpark.scenarios.park_files.dictionary import (
    POLLUTANTS,
    REQUIRED,
    column_names,
    dictionary,
    key_of,
)
from cleanpark.scenarios.park_files.sheet import MOST_COLUMNS
from cleanpark.scenarios.park_files.units import AMOUNTS, Unit, is_any_unit, unit_of

TOP_ROWS = 30
"""Rows at the top among which a header is looked for."""
MOST_NAME = 200
"""Characters above which a cell is a text and names no column."""
MOST_DEPTH = 3
"""Rows that one header may take."""
BRACKETED = re.compile(r"[(\[【〔<{]([^()\[\]【】〔〕<>{}]*)[)\]】〕>}]")
GENERATED = re.compile(r"(产生总?量|产生|生成量|产污量|generated|generation)")
DISCHARGED = re.compile(r"(实际)?(排放总?量|排放|外排量|排污量|discharged?|emissions?|emitted)")
NOT_AMOUNTS = re.compile(
    r"(许可|核定|总量指标|指标量|限值|标准(?!煤)|浓度|去年|上年|上一年|同期|目标|计划|环评|削减|去除量|处理量|处置"
    r"|综合利用|贮存|储存|转移|倾倒|丢弃|回用|重复用水|重复利用|循环|单位产品|单位产值|万元产值|万元增加值"
    r"|permit|limit|standard|concentration|previous|last year|target|quota|reused)"
)
"""What makes an amount another one than what was used, generated or discharged in the year."""
WASTES = ("solid_waste", "hazardous_waste")
LEADING = re.compile(
    r"^(其中|指标|污染物名称|污染物|废水污染物|废气污染物|废水|废气|工业|企业|全年|本年度?|年度|年|\d{4}年度?"
    r"|报告期|实际|total|annual|yearly)"
)
TRAILING = re.compile(
    r"(总量|量|数|合计|总计|情况|consumption|used?|total|ayear|peryear|/a|/年|年)$"
)


@dataclass(frozen=True)
class Period:
    """A part of the year: so many make it up, and which one it is."""

    of: int
    number: int


DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
PERIODS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"([上下])半年(度)?")),
    (4, re.compile(r"第?(?<![-~～至到\d])([一二三四1-4])季度?")),
    (4, re.compile(r"(?<![a-z])q([1-4])(?!\d)")),
    (12, re.compile(r"(?<![-~～至到\d])(1[0-2]|0?[1-9])月(份)?")),
)
"""How parts of the year are written, by how many make it up."""


def period_of(text: str) -> tuple[Period | None, str]:
    """The part of the year that a header names, and the text without it."""
    if SEVERAL_MONTHS.search(plain(text)):
        return None, text  # neither one month nor the year
    for of, pattern in PERIODS:
        found = pattern.search(plain(text).casefold())
        if found:
            number = DIGITS.get(found[1]) or int(found[1])
            return Period(of, number), re.sub(pattern.pattern, " ", plain(text), flags=re.I)
    return None, text


@dataclass(frozen=True)
class Header:
    """A column that is understood: its name, place, how it was written, and its unit if given."""

    name: str
    place: int
    written: str
    unit: Unit | None
    told: str = ""
    """The unit as written where it is none of this column's kind."""
    period: Period | None = None
    """The part of the year whose amount it is; None for the whole year."""
    parts: tuple[int, ...] = ()
    """Places of the parts of the year that are added up."""

    @property
    def kind(self) -> str:
        """Kind of its amounts."""
        return dictionary()[self.name].kind

    @property
    def needs_unit(self) -> bool:
        """Whether a unit must be said and is not."""
        return self.unit is None and not self.told and self.kind in AMOUNTS


@dataclass(frozen=True)
class Head:
    """The header of a sheet: its columns, others, and the rows from `first` to below `end`."""

    headers: tuple[Header, ...]
    written: tuple[str, ...]
    first: int
    end: int

    @property
    def score(self) -> tuple[int, int, int]:
        """Required columns, columns and units that are understood: the better header has more."""
        names = {header.name for header in self.headers}
        columns = {(header.name, header.period) for header in self.headers}
        units = sum(header.unit is not None for header in self.headers)
        required = sum(name in names for name in REQUIRED) + ("id" not in names and "name" in names)
        return required, len(columns), units - (self.end - self.first)


def understood(cells: Sequence[str]) -> int:
    """How many cells of a row name a column."""
    return sum(
        read_header((cell,), 0) is not None
        for cell in cells[:MOST_COLUMNS]
        if cell.strip() and len(cell) <= MOST_NAME
    )


def find_head(rows: Sequence[Sequence[str]]) -> Head:
    """The rows at the top that make the best header."""
    best = Head((), tuple(rows[0]) if rows else (), 0, 1)
    for first in range(min(TOP_ROWS, len(rows))):
        for depth in range(1, MOST_DEPTH + 1):
            block = rows[first : first + depth]
            if len(block) < depth or (depth > 1 and not _continues(block[-1])):
                break
            head = _head(block, first)
            if head.score > best.score:
                best = head
    return best


def _continues(cells: Sequence[str]) -> bool:
    """Whether a row can be part of a header: it has no number, but units, names or kinds."""
    texts = [plain(cell) for cell in cells if cell.strip()]
    if not texts or any(NUMBER.fullmatch(text.replace(",", "")) for text in texts):
        return False
    fitting = sum(
        is_any_unit(text.strip("()[]"))
        or key_of(text) in column_names()
        or GENERATED.search(text) is not None
        or DISCHARGED.search(text) is not None
        or period_of(text)[0] is not None
        or text in ("-", "—", "/")
        for text in texts
    )
    return 2 * fitting >= len(texts)


def _head(block: Sequence[Sequence[str]], first: int) -> Head:
    """What the rows of a block say together, column by column."""
    width = max(len(cells) for cells in block)
    filled = [_carried(cells, block[level + 1 :], width) for level, cells in enumerate(block)]
    headers = []
    written = []
    for place in range(width):
        parts = tuple(dict.fromkeys(part for cells in filled if (part := cells[place].strip())))
        written.append(" ".join(parts))
        short = sum(map(len, parts)) <= MOST_DEPTH * MOST_NAME
        header = read_header(parts, place) if parts and short else None
        if header is not None:
            headers.append(header)
    return Head(tuple(headers), tuple(written), first, first + len(block))


def _carried(cells: Sequence[str], below: Sequence[Sequence[str]], width: int) -> list[str]:
    """A row's cells, a group's name carried to the right over the columns below it."""
    found = [*cells, *[""] * (width - len(cells))]
    carried = ""
    for place in range(width):
        if found[place].strip():
            carried = found[place]
        elif any(len(row) > place and _names_a_kind(row[place]) for row in below):
            found[place] = carried
    return found


def _names_a_kind(cell: str) -> bool:
    text = plain(cell)
    bare = BRACKETED.sub("", text)
    return bool(GENERATED.search(bare) or DISCHARGED.search(bare) or period_of(bare)[0])


def read_header(parts: Sequence[str], place: int) -> Header | None:
    """The column that a header's cells name, or None."""
    written = " ".join(" ".join(part.split()) for part in parts)
    texts, units = _without_units(parts)
    text = " ".join(texts)
    name = _column(text) or (_column(texts[-1]) if len(texts) > 1 else None)
    if name is None:
        return _of_a_period(parts, place, written)
    kind = dictionary()[name].kind
    if kind in AMOUNTS and NOT_AMOUNTS.search(text.casefold()):
        return None
    unit = next((found for one in units if (found := unit_of(one, kind))), None)
    told = "" if unit or not units or kind in ("text", "date", "yes_no") else units[0]
    return Header(name, place, written, unit, told)


def _of_a_period(parts: Sequence[str], place: int, written: str) -> Header | None:
    """The column of a header that names a part of the year beside an amount, or None."""
    found = [period_of(part) for part in parts]
    period = next((one for one, _ in found if one is not None), None)
    if period is None:
        return None
    bare = [text for _, text in found if text.strip()]
    header = read_header(bare, place) if bare else None
    if header is None or header.kind not in AMOUNTS or header.period is not None:
        return None
    return replace(header, written=written, period=period)


def _without_units(parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The texts of a header without the units in them, and the units."""
    texts, units = [], []
    for part in parts:
        text = plain(part.strip('" \ufeff'))
        for inside in BRACKETED.findall(text):
            if is_any_unit(inside) or _looks_like_unit(inside):
                units.append(inside)
                text = re.sub(rf"[(\[【〔<{{]{re.escape(inside)}[)\]】〕>}}]", " ", text)
        bare, tail = _tail(text)
        for inside in BRACKETED.findall(text):
            last = re.split("[,;、 ]", inside.strip())[-1]
            if is_any_unit(last) and key_of(last) not in column_names():
                units.append(last)
                text = text.replace(inside, inside.removesuffix(last).rstrip(",;、 "))
                bare, tail = _tail(text)
        if is_any_unit(text):
            units.append(text)
            text = ""
        elif tail and is_any_unit(tail):
            units.append(tail)
            text = bare
        texts.append(text)
    return texts, units


TAIL = re.compile(
    r"^(.*?\S)\s*[/,，:：;；_\s]\s*((?:万|千)?[A-Za-z\u4e00-\u9fff%^0-9,]+(?:/(?:a|年|yr|year))?)$"
)
"""A name, a mark, and what may be a unit behind it."""


def _tail(text: str) -> tuple[str, str]:
    """A text parted at the first mark behind which a unit may stand."""
    found = TAIL.search(text)
    return (found[1], found[2]) if found else (text, "")


def _looks_like_unit(text: str) -> bool:
    """Whether a bracket holds something that can only be a unit, though of no kind here."""
    return bool(
        re.search(r"^(美元|usd|eur|\$|tons? of|mg|吨/|t/|kg/|亿|万|千)", plain(text).casefold())
    )


def _column(text: str) -> str | None:
    """The column by its name without brackets, years and the words for the kind of amount."""
    names = column_names()
    told = text.casefold()
    generated = GENERATED.search(told) is not None
    column = next((names[one] for one in _candidates(text) if one in names), None)
    if column in WASTES and not generated and re.search("排放|discharge|emission", told):
        return None  # what leaves unlawfully or is dumped, not what is generated
    return f"generated_{column}" if generated and column in POLLUTANTS else column


def _candidates(text: str) -> list[str]:
    """Keys under which a header's text may be known, the most exact first."""
    inside = BRACKETED.findall(text)
    bare = BRACKETED.sub(" ", text)
    texts = [text, bare]
    for one in (bare, *inside):
        amount = DISCHARGED.sub("", GENERATED.sub("", one.casefold()))
        texts.append(amount)
        texts.extend(_trimmed(amount))
    return [key for one in texts if (key := key_of(one))]


def _trimmed(text: str) -> list[str]:
    """The text without what stands before or behind a name, step by step."""
    found = []
    for _ in range(4):
        bare = LEADING.sub("", key_of(text))
        shorter = TRAILING.sub("", bare)
        if shorter == text or not shorter:
            break
        found += [bare, shorter]
        text = shorter
    return found


def by_name(headers: Sequence[Header]) -> Mapping[str, Header]:
    """Headers by the column they name."""
    return {header.name: header for header in headers}
