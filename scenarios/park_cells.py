"""Cells of a user's table as people write them: numbers, shares, dates, yes and no."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata

from cleanpark.scenarios.errors import InputError, Message

FIRST_YEAR = 2026
UNKNOWN = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "n/a", "na", "nan", "null", "none", "nil", "?", "unknown"}
    | {"未知", "不详", "暂无", "缺", "缺失", "空", "无数据"}
)
"""What people write where they do not know."""
YES = frozenset({"yes", "y", "true", "1", "1.0", "是", "有", "已", "√", "已联网", "已安装", "真"})
NO = frozenset(
    {"no", "n", "false", "0", "0.0", "否", "无", "未", "×", "x", "未联网", "未安装", "假"}
)
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?\d{1,3}([,' ]\d{3})+(\.\d+)?")
DAY_ZERO = datetime.date(1899, 12, 30)
"""Day from which spreadsheets count."""


class CellError(InputError):
    """A cell that cannot be used, and why."""


def plain(text: str) -> str:
    """The text without full-width forms, and without blanks around it."""
    return unicodedata.normalize("NFKC", text).strip()


def is_unknown(text: str) -> bool:
    """Whether the cell says that the value is not known."""
    return plain(text).casefold() in UNKNOWN


def read_number(text: str) -> float:
    """A finite number that is not negative; thousands may be set apart by `,`, `'` or a blank."""
    cell = plain(text).replace("\u00a0", " ").replace("\u2009", " ").replace("’", "'")
    if GROUPED.fullmatch(cell):
        cell = re.sub("[,' ]", "", cell)
    if not NUMBER.fullmatch(cell):
        raise CellError(_why_no_number(cell))
    number = float(cell)
    if not math.isfinite(number):
        raise CellError("the number is too large")
    if number < 0.0:
        raise CellError("must not be negative")
    return abs(number)


def _why_no_number(cell: str) -> Message:
    if re.fullmatch(r"[+-]?[\d.]+,\d+", cell):
        return Message("not clear whether the comma is decimal: write 1.5 or 1,500")
    if re.match(r"[+-]?\d", cell):
        return Message("not a number: write the number alone, without a unit")
    return Message("not a number")


def read_share(text: str, percent: bool = False) -> float:
    """A share in 0 to 1, also written with a percent sign; `percent`: the column is in percent."""
    cell = plain(text)
    if cell.endswith("%"):
        cell, percent = cell[:-1], True
    share = read_number(cell) / 100.0 if percent else read_number(cell)
    if share > 1.0:
        raise CellError("must be a share from 0 to 1 (or, with a percent sign, up to 100 %)")
    return share


def read_yes(text: str) -> float:
    """1 for yes, 0 for no."""
    cell = plain(text).casefold()
    if cell in YES:
        return 1.0
    if cell in NO:
        return 0.0
    raise CellError("must be yes or no (是/否, 1/0)")


def quarter_of(day: datetime.date) -> int:
    """Quarter of a day counted from 2026-Q1."""
    return (day.year - FIRST_YEAR) * 4 + (day.month - 1) // 3


def read_past_quarter(text: str) -> float:
    """Quarter of a past date counted from 2026-Q1, so negative.

    Read are 2024-03-15, 2024/3/15, 2024.3.15, 20240315, 15.03.2024, 2024-03, 202403, 2024-Q1,
    2024年3月15日, 2024年第一季度, a year alone (its third quarter) and a spreadsheet's day number.
    """
    quarter = _read_quarter(plain(text).casefold())
    if quarter >= 0:
        raise CellError("must be before the start of the simulation, 2026-Q1")
    if quarter < -4 * 40:
        raise CellError("too long ago: must be 1986 or later")
    return float(quarter)


CHINESE_DIGIT = {"一": "1", "二": "2", "三": "3", "四": "4"}


def _read_quarter(cell: str) -> int:
    named = re.fullmatch(r"(\d{4})[-/. ]?(?:q([1-4])|年第?([1-4一二三四])季度?)", cell)
    if named:
        digit = named[2] or CHINESE_DIGIT.get(named[3], named[3])
        return (int(named[1]) - FIRST_YEAR) * 4 + int(digit) - 1
    return quarter_of(_read_day(cell))


def _read_day(cell: str) -> datetime.date:
    cell = re.sub(r"[t ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?z?$", "", cell).rstrip("日.")
    cell = cell.replace("年", "-").replace("月", "-").rstrip("-")
    parts = [part for part in re.split(r"[-/. ]", cell) if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise CellError(DATE_HELP)
    if len(parts) == 1:
        return _day_of_digits(parts[0])
    if len(parts) == 2 and cell.replace(".", "", 1).isdigit() and len(parts[0]) == 5:
        return _day_of_digits(parts[0])
    return _day_of_parts(parts)


DATE_HELP = "not a date: write it as 2024-03-15, 2024-03 or 2024-Q1"


def _day(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError as cause:
        raise CellError("no such day") from cause


def _day_of_digits(digits: str) -> datetime.date:
    """20240315, 202403, 2024, or the day number of a spreadsheet."""
    if len(digits) == 8:
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if len(digits) == 6:
        return _day(int(digits[:4]), int(digits[4:]), 1)
    if len(digits) == 5:
        return DAY_ZERO + datetime.timedelta(days=int(digits))
    if len(digits) == 4:
        return _day(int(digits), 7, 1)
    raise CellError(DATE_HELP)


def _day_of_parts(parts: list[str]) -> datetime.date:
    """Year first, or year last with the day before the month."""
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4 and len(parts) in (2, 3):
        return _day(numbers[0], numbers[1], numbers[2] if len(parts) == 3 else 1)
    if len(parts) == 3 and len(parts[2]) == 4:
        first, second, year = numbers
        if first > 12 or first == second:
            return _day(year, second, first)
        if second > 12:
            return _day(year, first, second)
        raise CellError("not clear which is the month: write it as 2024-03-15")
    raise CellError(DATE_HELP)
