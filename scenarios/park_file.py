"""A user's own enterprises: one CSV row each, taken, filled or refused with an account.

Columns `id`, `sector`, `output` (10,000 CNY a year) are required; yearly amounts by flow name,
`removal_air`, `removal_water`, `technology`, `attitude` (shares), `last_audit` (date) and
`monitored` (yes/no) may be there. Headers and sectors are read in English and Chinese.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cleanpark.scenarios.errors import Listed, Message, ParkError, nearest
from cleanpark.scenarios.flows import FLOWS, flow_table
from cleanpark.scenarios.foreign import foreign, reason_of
from cleanpark.scenarios.park_cells import (
    CellError,
    is_unknown,
    plain,
    read_number,
    read_past_quarter,
    read_share,
    read_yes,
)
from cleanpark.scenarios.sectors import Sector, sectors
from cleanpark.scenarios.writing import whole_file

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("id", "sector", "output")
SHARES = ("removal_air", "removal_water", "technology", "attitude")
COLUMNS = (*REQUIRED, *FLOWS, *SHARES, "last_audit", "monitored")
MOST_ROWS = 1_000_000
MOST_OUTPUT = 1e8
"""Largest yearly output of one enterprise, 10,000 CNY: a trillion CNY."""
IMPLAUSIBLE = 100.0
"""An amount per output this many times the sector's worst practice is taken for a wrong unit."""
SHOWN = 10
"""How many problems a message lists."""

CHINESE = {
    "id": "企业编号",
    "sector": "行业",
    "output": "年产值（万元）",
    "energy": "能源消耗（吨标准煤）",
    "water": "新鲜水用量（立方米）",
    "sulfur_dioxide": "二氧化硫（千克）",
    "nitrogen_oxides": "氮氧化物（千克）",
    "particulates": "颗粒物（千克）",
    "cod": "化学需氧量（千克）",
    "ammonia_nitrogen": "氨氮（千克）",
    "solid_waste": "一般工业固体废物（吨）",
    "hazardous_waste": "危险废物（吨）",
    "carbon_dioxide": "二氧化碳（吨）",
    "removal_air": "废气去除率",
    "removal_water": "废水去除率",
    "technology": "技术水平",
    "attitude": "环保态度",
    "last_audit": "上次审核日期",
    "monitored": "在线监测",
}
"""Chinese header of each column, as the template writes it."""
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "企业编号", "企业代码", "代码", "统一社会信用代码", "enterprise_id"),
    "sector": ("行业", "所属行业", "行业类别", "行业名称", "industry"),
    "output": ("年产值", "产值", "工业总产值", "总产值", "yearly_output", "annual_output"),
    "energy": ("能源消耗", "能耗", "综合能耗", "能源消费量", "综合能源消费量"),
    "water": ("新鲜水用量", "用水量", "用水", "新鲜水", "取水量", "新鲜水耗", "fresh_water"),
    "sulfur_dioxide": ("二氧化硫", "so2", "sulphur_dioxide"),
    "nitrogen_oxides": ("氮氧化物", "nox"),
    "particulates": ("颗粒物", "烟粉尘", "烟尘", "粉尘", "dust", "particulate_matter", "pm"),
    "cod": ("化学需氧量", "codcr", "chemical_oxygen_demand"),
    "ammonia_nitrogen": ("氨氮", "nh3_n", "nh3n"),
    "solid_waste": ("一般工业固体废物", "固体废物", "一般固废", "固废", "一般固体废物"),
    "hazardous_waste": ("危险废物", "危废"),
    "carbon_dioxide": ("二氧化碳", "co2", "碳排放"),
    "removal_air": ("废气去除率", "大气去除率", "废气治理效率", "废气处理效率"),
    "removal_water": ("废水去除率", "废水治理效率", "废水处理效率"),
    "technology": ("技术水平", "工艺水平", "technology_level"),
    "attitude": ("环保态度", "态度", "环境态度"),
    "last_audit": ("上次审核日期", "上次审核", "最近审核日期", "最近一次审核", "审核日期"),
    "monitored": ("在线监测", "自动监测", "实时监测", "是否在线监测", "是否联网"),
}
"""Other headers that are understood, without a unit and without 排放量 or 产生量 at the end."""
UNITS: Mapping[str, tuple[str, ...]] = {
    "10,000 CNY": ("10,000cny", "万元", "10000cny", "万元人民币", "10^4cny", "10kcny", "wancny"),
    "tce": ("tce", "吨标准煤", "吨标煤", "t标准煤"),
    "m3": ("m3", "m^3", "立方米", "方", "吨", "t"),
    "kg": ("kg", "千克", "公斤"),
    "t": ("t", "吨", "tons", "tonnes"),
    "share": ("share", "0-1", "0~1", "0to1", "小数"),
}
"""Ways to write each unit in a header."""


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
            shown=self.value if len(self.value) <= 40 else self.value[:37] + "...",
            reason=self.reason,
        )

    def __str__(self) -> str:
        """The place, the value and the reason, in English."""
        return str(self.message())


@dataclass
class Account:
    """What was taken from a user's file, what the model fills in, and what was refused."""

    file: str
    encoding: str
    enterprises: int = 0
    taken: dict[str, int] = field(default_factory=dict)
    filled: dict[str, int] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    ignored: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    like: str = ""

    def messages(self) -> list[Message]:
        """The account line by line, still to be said."""
        lines = [
            Message(
                "{file}: {enterprises} enterprises, read as {encoding}",
                file=self.file,
                enterprises=self.enterprises,
                encoding=self.encoding,
            ),
            Message("taken from the file (cells): {cells}", cells=_counts(self.taken)),
            Message(
                "drawn from the sector and the park (cells): {cells}", cells=_counts(self.filled)
            ),
        ]
        if self.like:
            text = "park's works, fee and spreads: as in the park '{park}'"
            lines.append(Message(text, park=self.like))
        lines.extend(Message("ignored: column {name}", name=name) for name in self.ignored)
        lines.extend(self.notes)
        lines.extend(
            Message("refused, drawn instead: {cell}", cell=refusal.message())
            for refusal in self.refused
        )
        return lines if self.refused else [*lines, Message("refused: nothing")]

    def lines(self) -> list[str]:
        """The account as lines of English text."""
        return [str(line) for line in self.messages()]

    def __str__(self) -> str:
        """The account as text."""
        return "\n".join(self.lines())


def _counts(cells: Mapping[str, int]) -> Message:
    found = [f"{name} {count}" for name, count in cells.items() if count]
    return Listed(found) if found else Message("none")


@dataclass(frozen=True)
class Header:
    """A column of the file that is understood: its name, place and how it was written."""

    name: str
    place: int
    written: str
    percent: bool


def read_enterprises(
    path: Path, catalogue: Sequence[Sector] | None = None
) -> tuple[pd.DataFrame, Account]:
    """The enterprises in a CSV file, one row each with every column, and the account.

    Amounts are per year in the flow's unit, shares in 0 to 1, `last_audit` the quarter counted
    from 2026-Q1, `monitored` 1 or 0; NaN where the file does not say.
    """
    known = tuple(catalogue if catalogue is not None else sectors())
    text, encoding = decode(path)
    account = Account(file=str(path), encoding=encoding)
    rows = _rows(text, path)
    written = next(rows, (1, []))[1]
    reader = _Reader(path, account, _headers(written, path, account), len(written), known)
    for line, cells in rows:
        reader.take(line, cells)
    return reader.finish(), account


def decode(path: Path) -> tuple[str, str]:
    """Text of the file and its encoding: UTF-8 with or without mark, UTF-16 with one, GB18030."""
    try:
        content = path.read_bytes()
    except OSError as cause:
        raise ParkError(
            "{path}: cannot be read ({reason})", path=path, reason=reason_of(cause)
        ) from cause
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ParkError("{path}: this is a workbook; save the sheet as CSV (UTF-8)", path=path)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(content, path, ("utf-16",))
    return _decoded(content, path, ("utf-8-sig", "gb18030"))


ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB18030", "utf-16": "UTF-16"}


def _decoded(content: bytes, path: Path, encodings: Sequence[str]) -> tuple[str, str]:
    furthest = -1
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as cause:
            furthest = max(furthest, cause.start)
            continue
        control = re.search(r"[\x00-\x08\x0e-\x1f]", text)
        if control:
            line, column = _place(text[: control.start()])
            raise ParkError(
                "{path}, line {line}, character {column}: control character, this is no CSV text",
                path=path,
                line=line,
                column=column,
            )
        return text, ENCODINGS[encoding]
    before = content[:furthest].decode(encodings[-1], errors="replace")
    line, column = _place(before)
    tried = Listed((ENCODINGS[encoding] for encoding in encodings), " or ")
    raise ParkError(
        "{path}, line {line}, character {column}: byte 0x{byte:02x} cannot be "
        "read as {tried}; save the file as CSV UTF-8",
        path=path,
        line=line,
        column=column,
        byte=content[furthest],
        tried=tried,
    )


def _place(before: str) -> tuple[int, int]:
    """Line and character, from 1, of what follows this text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line it begins on."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first), strict=True)
    line = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = rows.line_num + 1
    except csv.Error as cause:
        raise ParkError(
            "{path}, line {line}: not readable as CSV: {cause}",
            path=path,
            line=line,
            cause=foreign(str(cause)),
        ) from cause


def _delimiter(header: str) -> str:
    """The delimiter by which most headers are understood: comma, semicolon or tab."""
    names = _names()

    def understood(delimiter: str) -> int:
        return sum(_key(cell) in names for cell in header.split(delimiter))

    return max((",", ";", "\t"), key=understood)


def _key(header: str) -> str:
    """A header without quotes, unit, blanks and the Chinese words for discharge or generation."""
    name = re.sub(r"[(\[].*?[)\]]", "", plain(header.strip('" \ufeff'))).strip().casefold()
    name = re.sub(r"(排放量|产生量)$", "", name)
    return re.sub(r"[\s\-]+", "_", name)


def _names() -> dict[str, str]:
    """Column of every header that is understood."""
    named = {name: name for name in COLUMNS}
    for flow in FLOWS:
        for title in flow_table()[flow].title.values():
            named[_key(title)] = flow
    for name, aliases in ALIASES.items():
        named.update(dict.fromkeys(aliases, name))
        named[_key(CHINESE[name])] = name
    return named


def unit_of(column: str) -> str:
    """Unit of a column's yearly amount; empty for those without."""
    if column == "output":
        return "10,000 CNY"
    if column in FLOWS:
        return flow_table()[column].unit
    return "share" if column in SHARES else ""


def _headers(cells: list[str], path: Path, account: Account) -> list[Header]:
    """The columns that are understood; others are ignored and named in the account."""
    if not cells:
        raise ParkError(
            "{path}: the file is empty; it needs the columns {columns}",
            path=path,
            columns=Listed(REQUIRED),
        )
    names = _names()
    headers: dict[str, Header] = {}
    for place, cell in enumerate(cells):
        name = names.get(_key(cell))
        if name is None:
            continue
        if name in headers:
            raise ParkError(
                "{path}, line 1: columns '{written}' and '{cell}' both say {name}; keep one",
                path=path,
                written=headers[name].written,
                cell=cell.strip(),
                name=name,
            )
        headers[name] = Header(name, place, cell.strip(), _percent(cell, name, path))
    free = [known for known, name in names.items() if name not in headers]
    for cell in cells:
        if cell.strip() and _key(cell) not in names:
            account.ignored.append(
                Message("'{name}'{hint}", name=cell.strip(), hint=nearest(_key(cell), free))
            )
    _refuse_missing(headers, cells, path)
    return list(headers.values())


def _percent(cell: str, name: str, path: Path) -> bool:
    """Check the unit in a header; whether the column is in percent."""
    found = re.search(r"[(\[](.*?)[)\]]", plain(cell))
    unit = unit_of(name)
    if found is None or not unit:
        return False
    given = re.sub(r"\s", "", found[1].casefold())
    given = re.sub(r"(ayear|peryear|/year|/yr|/a|/年|每年)$", "", given)
    if unit == "share" and given in ("%", "percent", "百分比"):
        return True
    if given in UNITS[unit] or given == "":
        return False
    wanted = Message(unit)
    raise ParkError(
        "{path}, line 1, column '{cell}': unit '{given}' must be {unit} (write it as {spellings})",
        path=path,
        cell=cell.strip(),
        given=found[1],
        unit=wanted if unit == "share" else Message("{unit} a year", unit=wanted),
        spellings=Listed(UNITS[unit][:3]),
    )


def _refuse_missing(headers: Mapping[str, Header], cells: Sequence[str], path: Path) -> None:
    missing = [name for name in REQUIRED if name not in headers]
    if missing:
        raise ParkError(
            "{path}, line 1: no column {missing}; found: {cells}",
            path=path,
            missing=Listed(f"{n} ({CHINESE[n]})" for n in missing),
            cells=Listed(cell.strip() for cell in cells if cell.strip()),
        )


class _Reader:
    """Takes rows one by one; what makes the file unusable is collected and raised at the end."""

    def __init__(
        self,
        path: Path,
        account: Account,
        headers: Sequence[Header],
        width: int,
        catalogue: Sequence[Sector],
    ) -> None:
        """Read into `account`; the header row has `width` cells."""
        self.path = path
        self.account = account
        self.headers = {header.name: header for header in headers}
        self.width = width
        self.worst = {
            sector.name: {flow: sector.worst[flow].value for flow in FLOWS} for sector in catalogue
        }
        self.sector_names = _sector_names(catalogue)
        self.lines_of_ids: dict[str, int] = {}
        self.values: dict[str, list[object]] = {name: [] for name in COLUMNS}
        self.fatal: list[Refusal] = []

    def take(self, line: int, cells: list[str]) -> None:
        """Read one enterprise."""
        if len(self.values["id"]) >= MOST_ROWS:
            raise ParkError(
                "{path}, line {line}: more than {most:,} enterprises",
                path=self.path,
                line=line,
                most=MOST_ROWS,
            )
        if any(cell.strip() for cell in cells[self.width :]):
            self.fatal.append(
                Refusal(
                    line,
                    Message("number {place}", place=self.width + 1),
                    cells[self.width],
                    Message(
                        "the row has {cells} cells but the header {columns}; a number with a "
                        'comma, like "1,200", needs quotes',
                        cells=len(cells),
                        columns=self.width,
                    ),
                )
            )
        row: dict[str, object] = {}
        for name in COLUMNS:
            header = self.headers.get(name)
            inside = header is not None and header.place < len(cells)
            cell = cells[header.place] if header is not None and inside else ""
            row[name] = self._value(name, header, cell, line, row)
        for name, value in row.items():
            self.values[name].append(value)

    def _value(
        self, name: str, header: Header | None, cell: str, line: int, row: Mapping[str, object]
    ) -> object:
        """What the cell says; NaN and an entry in the account where it says nothing usable."""
        required = name in REQUIRED
        if header is None or (is_unknown(cell) and not required):
            return math.nan
        try:
            return self._read(name, header, cell, line, row)
        except CellError as problem:
            refusal = Refusal(line, header.written, cell.strip(), problem.message)
            (self.fatal if required else self.account.refused).append(refusal)
            return math.nan if name == "output" else (None if required else math.nan)

    def _read(
        self, name: str, header: Header, cell: str, line: int, row: Mapping[str, object]
    ) -> object:
        if name == "id":
            return self._read_id(cell, line)
        if name == "sector":
            return self._read_sector(cell)
        if name == "output":
            return _read_output(cell)
        if name in SHARES:
            return read_share(cell, header.percent)
        if name == "last_audit":
            return read_past_quarter(cell)
        if name == "monitored":
            return read_yes(cell)
        return self._read_amount(name, cell, row)

    def _read_id(self, cell: str, line: int) -> str:
        name = plain(cell)
        if not name:
            raise CellError("an id is missing")
        earlier = self.lines_of_ids.setdefault(name, line)
        if earlier != line:
            raise CellError("this id is already on line {earlier}", earlier=earlier)
        return name

    def _read_sector(self, cell: str) -> str:
        found = self.sector_names.get(_key(cell))
        if found is None:
            names = Listed(self.worst)
            hint = nearest(_key(cell), self.sector_names)
            raise CellError("unknown sector{hint} (sectors: {names})", hint=hint, names=names)
        return found

    def _read_amount(self, flow: str, cell: str, row: Mapping[str, object]) -> float:
        amount = read_number(cell)
        sector, output = row["sector"], row["output"]
        if isinstance(sector, str) and isinstance(output, float) and output > 0.0:
            times = amount / output / self.worst[sector][flow]
            if times > IMPLAUSIBLE:
                raise CellError(
                    "{times:,.0f} times the sector's worst practice: check the unit, {unit} a year",
                    times=times,
                    unit=Message(unit_of(flow)),
                )
        return amount

    def finish(self) -> pd.DataFrame:
        """The enterprises as a table; raises what makes the file unusable."""
        import pandas as pd

        if self.fatal:
            raise ParkError(_fatal_message(self.path, self.fatal))
        count = len(self.values["id"])
        if count == 0:
            raise ParkError(
                "{path}: no enterprise, only a header; add a row for each", path=self.path
            )
        table = pd.DataFrame(self.values)
        texts = ["id", "sector"]
        numbers = [name for name in COLUMNS if name not in texts]
        table[numbers] = table[numbers].astype(float)
        self.account.enterprises = count
        for name in COLUMNS:
            taken = int(table[name].notna().sum())
            self.account.taken[name] = taken
            self.account.filled[name] = count - taken
        return table


def _read_output(cell: str) -> float:
    if is_unknown(cell):
        raise CellError("the yearly output is missing; it is required, in 10,000 CNY")
    output = read_number(cell)
    if output <= 0.0:
        raise CellError("the yearly output must be above 0, in 10,000 CNY")
    if output > MOST_OUTPUT:
        raise CellError(
            "must be at most {most:,.0f}: check the unit, 10,000 CNY a year",
            most=MOST_OUTPUT,
        )
    return output


def _sector_names(catalogue: Sequence[Sector]) -> dict[str, str]:
    """Sector of every name that is understood: its own, both titles, aliases."""
    named: dict[str, str] = {}
    for sector in catalogue:
        for name in (sector.name, *sector.title.values(), *sector.aliases):
            named.setdefault(_key(name), sector.name)
    return named


def _fatal_message(path: Path, fatal: Sequence[Refusal]) -> Message:
    lines = [
        Message("{path}, {problem}", path=path, problem=refusal.message())
        for refusal in fatal[:SHOWN]
    ]
    if len(fatal) > SHOWN:
        lines.append(Message("... and {count} more", count=len(fatal) - SHOWN))
    return Listed(lines, "\n")


EXAMPLE: tuple[Mapping[str, str], ...] = (
    {
        "id": "E001", "sector": "chemicals", "output": "12500", "energy": "7800", "water": "96000",
        "sulfur_dioxide": "5200", "nitrogen_oxides": "4700", "particulates": "2900",
        "cod": "4100", "ammonia_nitrogen": "330", "solid_waste": "3600", "hazardous_waste": "240",
        "removal_air": "0.82", "removal_water": "0.78", "last_audit": "2023-06-15",
        "monitored": "yes",
    },
    {"id": "E002", "sector": "textile_dyeing", "output": "6400", "water": "175,000",
     "energy": "2950", "cod": "9800", "removal_water": "81%", "last_audit": "2021-Q4"},
    {"id": "E003", "sector": "metal_finishing", "output": "2300", "water": "38000",
     "cod": "1900", "ammonia_nitrogen": "140", "hazardous_waste": "71", "monitored": "yes"},
    {"id": "E004", "sector": "metals", "output": "21000", "energy": "19600",
     "sulfur_dioxide": "14500", "nitrogen_oxides": "19000", "particulates": "26000"},
    {"id": "E005", "sector": "food", "output": "8800", "energy": "800", "water": "43000"},
    {"id": "E006", "sector": "electronics", "output": "32000", "technology": "0.6"},
    {"id": "E007", "sector": "pharmaceuticals", "output": "9700", "cod": "2800",
     "last_audit": "2024", "attitude": "0.7", "monitored": "no"},
    {"id": "E008", "sector": "machinery", "output": "5200"},
)  # fmt: skip
"""Enterprises of the template: much is known of the first, little of the last."""
YES_NO = {"en": {"yes": "yes", "no": "no"}, "zh": {"yes": "是", "no": "否"}}


def write_template(path: str | Path, language: str = "en") -> Path:
    """Write an example park that loads, with headers in `en` or `zh`; never over a file."""
    if language not in YES_NO:
        raise ParkError("language '{language}': must be en or zh", language=language)
    target = Path(path)
    if target.exists():
        raise ParkError("{target}: already exists; choose another name", target=target)
    titles = {sector.name: sector.title["zh"] for sector in sectors()}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([name if language == "en" else CHINESE[name] for name in COLUMNS])
    for example in EXAMPLE:
        shown = dict(example)
        if language == "zh":
            shown["sector"] = titles[example["sector"]]
        if "monitored" in example:
            shown["monitored"] = YES_NO[language][example["monitored"]]
        rows.writerow([shown.get(name, "") for name in COLUMNS])
    _write(target, text.getvalue())
    return target


def _write(target: Path, text: str) -> None:
    """Write with a byte-order mark, which spreadsheets need; whole or not at all."""
    try:
        with whole_file(target) as aside:
            aside.write_bytes(text.encode("utf-8-sig"))
    except OSError as cause:
        raise ParkError(
            "{target}: cannot be written ({reason})", target=target, reason=reason_of(cause)
        ) from cause
