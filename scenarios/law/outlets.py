"""What an outlet discharges in a month, by hand or from a CSV file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cleanpark.scenarios.errors import Message, ScenarioError, nearest
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.law.names import medium_name, plain
from cleanpark.scenarios.reading import read_bytes, read_text

EMPTY: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Outlet:
    """One outlet, or a site of solid waste or noise, in one month.

    Amounts are by pollutant, in the pollutant's unit. Of solid waste `stored`, `disposed` and
    `used` are taken from what was `generated`. `limit_ratio` is concentration over its limit by
    pollutant or medium; `exceeds` says that some hourly or daily mean was above the standard.
    With `fraud` what was `generated` is taxed (Implementing Regulations, Articles 6 and 7), as
    where a monitor that the law demands is missing or not linked. `combustion`: particulates are
    soot. Noise is in decibels above the standard, with the `days` it was; `places` is 2 where a
    boundary of more than 100 m has two or more places above it.
    """

    name: str = ""
    discharge: Mapping[str, float] = EMPTY
    limit_ratio: Mapping[str, float | None] = field(default_factory=dict)
    month: str = ""
    medium: str = ""
    generated: Mapping[str, float] = EMPTY
    stored: Mapping[str, float] = EMPTY
    disposed: Mapping[str, float] = EMPTY
    used: Mapping[str, float] = EMPTY
    days: Mapping[str, float] = EMPTY
    places: int = 1
    fraud: bool = False
    combustion: bool = False
    exceeds: bool = False


COLUMNS = {
    "outlet": ("outlet", "排放口", "排放口名称", "污染源"),
    "month": ("month", "月份", "所属月份", "税款所属期"),
    "medium": ("medium", "类别", "污染物类别"),
    "pollutant": ("pollutant", "污染物", "污染物名称", "应税污染物"),
    "value": ("value", "数值", "ph值", "超标倍数"),
    "amount": ("amount", "排放量", "超标分贝"),
    "generated": ("generated", "产生量"),
    "stored": ("stored", "贮存量"),
    "disposed": ("disposed", "处置量"),
    "used": ("used", "综合利用量"),
    "limit_ratio": ("limit_ratio", "浓度与标准之比"),
    "concentration": ("concentration", "浓度", "实测浓度", "浓度值"),
    "limit": ("limit", "标准限值", "排放标准", "排放限值"),
    "exceeds": ("exceeds", "超标", "是否超标"),
    "fraud": ("fraud", "按产生量计税"),
    "combustion": ("combustion", "燃烧产生"),
    "days": ("days", "超标天数"),
    "places": ("places", "超标处数"),
}
"""Columns of the file by every name they are given; only `pollutant` is always needed."""
AMOUNTS = ("generated", "stored", "disposed", "used", "days")
_YES = ("1", "yes", "true", "y", "是")
_NO = ("", "0", "no", "false", "n", "否")

TEMPLATE_EN = """outlet,month,medium,pollutant,value,amount,generated,stored,disposed,used,\
concentration,limit,exceeds,fraud,combustion,days,places
Boiler,2026-09,air,sulfur_dioxide,,1200,,,,,28,50,no,no,yes,,
Boiler,2026-09,air,particulates,,300,,,,,6,10,no,no,yes,,
Main sewer,2026-09,water,cod,,850,,,,,30,60,no,no,no,,
Main sewer,2026-09,water,ph,4.5,200,,,,,,,no,no,no,,
Waste yard,2026-09,waste,tailings,,,1000,200,0,300,,,no,no,no,,
North fence,2026-09,noise,noise_day,,7,,,,,,,no,no,no,20,1
"""
TEMPLATE_ZH = """排放口,月份,类别,污染物,数值,排放量,产生量,贮存量,处置量,综合利用量,浓度,标准限值,\
是否超标,按产生量计税,燃烧产生,超标天数,超标处数
锅炉,2026-09,大气,二氧化硫,,1200,,,,,28,50,否,否,是,,
锅炉,2026-09,大气,颗粒物,,300,,,,,6,10,否,否,是,,
总排口,2026-09,水,化学需氧量,,850,,,,,30,60,否,否,否,,
总排口,2026-09,水,pH,4.5,200,,,,,,,否,否,否,,
渣场,2026-09,固体废物,尾矿,,,1000,200,0,300,,,否,否,否,,
北厂界,2026-09,噪声,昼间噪声,,7,,,,,,,否,否,否,20,1
"""
TEMPLATES = {"en": TEMPLATE_EN, "zh": TEMPLATE_ZH}
"""A file to start from, by language."""


def outlets_of(path: Path | str) -> list[Outlet]:
    """The outlets of a CSV file, one row for each outlet, month and pollutant.

    Headers in English or Chinese (see COLUMNS); UTF-8 or GB 18030. Raises ScenarioError with
    file, line and column.
    """
    place = user_path(path)
    rows = list(_rows(place, _text(place)))
    if not rows:
        raise ScenarioError("{file}: has no rows", file=place)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line, row in rows:
        where = Message("{file}, line {line}", file=place, line=line)
        outlet, month = row["outlet"], row["month"]
        known = found.setdefault((outlet, month), {"name": outlet, "month": month})
        _add(known, row, where)
    for content in found.values():
        del content["named"]
    return [Outlet(**content) for content in found.values()]


def _text(path: Path) -> str:
    """Text of the file; what is not UTF-8 is read as GB 18030, as Chinese spreadsheets save it."""
    try:
        return read_text(path, ScenarioError)
    except ScenarioError:
        try:
            return read_bytes(path, ScenarioError).decode("gb18030")
        except (ScenarioError, UnicodeDecodeError):
            pass
        raise


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text))
    header = _header(path, next(reader, []))
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise ScenarioError(
                "{file}, line {line}: {count} cells under {columns} columns",
                file=path,
                line=reader.line_num,
                count=len(cells),
                columns=len(header),
            )
        row = dict.fromkeys(COLUMNS, "")
        row.update(zip(header, (cell.strip() for cell in cells)))
        yield reader.line_num, row


def _header(path: Path, cells: Sequence[str]) -> list[str]:
    by_name = {plain(name): column for column, names in COLUMNS.items() for name in names}
    header: list[str] = []
    for cell in cells:
        column = by_name.get(plain(cell))
        if column is None:
            hint = nearest(cell, by_name)
            raise ScenarioError("{file}: unknown column '{name}'{hint}", file=path, name=cell,
                                hint=hint)  # fmt: skip
        if column in header:
            raise ScenarioError("{file}: column '{name}' stands twice", file=path, name=cell)
        header.append(column)
    if "pollutant" not in header:
        raise ScenarioError("{file}: needs a column 'pollutant' (污染物)", file=path)
    return header


def _add(known: dict[str, Any], row: Mapping[str, str], where: Message) -> None:
    """Put a row's pollutant into its outlet."""
    name = row["pollutant"]
    if not name:
        raise ScenarioError("{where}: a row without a pollutant", where=where)
    if row["medium"]:
        name = f"{medium_name(row['medium'])}:{name}"
    if row["value"]:
        name = f"{name}@{row['value']}"
    if name in known.setdefault("named", set()):
        raise ScenarioError(
            "{where}: '{name}' stands twice for outlet '{outlet}' and this month",
            where=where,
            name=row["pollutant"],
            outlet=row["outlet"],
        )
    known["named"].add(name)
    _add_amounts(known, row, name, where)
    ratio = _ratio(row, where)
    if ratio is not None:
        known.setdefault("limit_ratio", {})[name] = ratio
    for flag in ("exceeds", "fraud", "combustion"):
        known[flag] = known.get(flag, False) or _yes(row[flag], _cell(where, flag))
    if row["places"]:
        known["places"] = int(_number(row["places"], _cell(where, "places")))


def _add_amounts(known: dict[str, Any], row: Mapping[str, str], name: str, where: Message) -> None:
    if not row["amount"] and not row["generated"]:
        raise ScenarioError("{where}: neither amount nor generated is given", where=where)
    if row["amount"]:
        known.setdefault("discharge", {})[name] = _number(row["amount"], _cell(where, "amount"))
    for column in AMOUNTS:
        if row[column]:
            known.setdefault(column, {})[name] = _number(row[column], _cell(where, column))


def _ratio(row: Mapping[str, str], where: Message) -> float | None:
    if row["limit_ratio"]:
        if row["concentration"] or row["limit"]:
            raise ScenarioError(
                "{where}: give a ratio, or a concentration and its limit", where=where
            )
        return _number(row["limit_ratio"], _cell(where, "limit_ratio"))
    if bool(row["concentration"]) != bool(row["limit"]):
        raise ScenarioError("{where}: a concentration needs its limit, and a limit a concentration",
                            where=where)  # fmt: skip
    if not row["limit"]:
        return None
    limit = _number(row["limit"], _cell(where, "limit"))
    if limit == 0.0:
        raise ScenarioError("{where}: a limit must be above 0", where=where)
    return _number(row["concentration"], _cell(where, "concentration")) / limit


def _yes(text: str, where: Message) -> bool:
    if plain(text) in _YES:
        return True
    if plain(text) in _NO:
        return False
    raise ScenarioError("{where}: '{text}' is neither yes nor no", where=where, text=text)


def _cell(where: Message, column: str) -> Message:
    return Message("{where}, {column}", where=where, column=column)


def _number(text: str, what: Message) -> float:
    try:
        return checked_number(float(text.replace(",", "")), what)
    except ValueError as cause:
        if isinstance(cause, ScenarioError):
            raise
        raise ScenarioError(
            "{what} = {value}: must be a number", what=what, value=repr(text)
        ) from (cause)


def checked_number(value: Any, what: str | Message, upper: float = 1e15) -> float:
    """The value as a number from 0 to `upper`; ScenarioError that names it."""
    if isinstance(value, bool | str):
        raise ScenarioError("{what} = {value}: must be a number", what=what, value=repr(value))
    try:
        number = float(value)
    except (TypeError, ValueError) as cause:
        raise ScenarioError(
            "{what} = {value}: must be a number", what=what, value=repr(value)
        ) from cause
    if not math.isfinite(number) or not 0.0 <= number <= upper:
        raise ScenarioError(
            "{what} = {value}: must be a number from 0 to {upper}",
            what=what,
            value=repr(value),
            upper=f"{upper:g}",
        )
    return number
