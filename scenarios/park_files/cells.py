"""Cells of a user's table as people write them: numbers, shares, dates, yes and no."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata

from cleanpark.scenarios.errors import InputError, Message

FIRST_YEAR = 2026
UNKNOWN = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "―", "ー", "/", "//", "\\", "n/a", "na", "nan", "null"}
    | {"none", "nil", "?", "??", "unknown", "missing", ".", "…", "...", "*", "_", "#n/a", "(blank)"}
    | {
        "未知",
        "不详",
        "暂无",
        "缺",
        "缺失",
        "空",
        "无数据",
        "未填",
        "未填报",
        "不明",
        "待定",
        "空白",
    }
    | {"待定", "空白", "无资料", "未统计", "不适用", "暂缺"}
)
"""What people write where they do not know."""
NOTHING = frozenset({"无", "没有", "无排放", "不产生", "未产生", "不排放", "nothing"})
"""What people write where there is none: zero of a pollutant or waste, else not known."""
UNDETECTED = frozenset(
    {
        "未检出",
        "未检测出",
        "nd",
        "n.d.",
        "bdl",
        "低于检出限",
        "低于检测限",
        "小于检出限",
        "检出限以下",
    }
    | {"<检出限", "<lod", "<mdl"}
)
"""What laboratories write where nothing was found: zero of a pollutant."""
DETECTION_LIMIT = re.compile(r"\d+(\.\d+)?l")
"""A detection limit with L behind it, which in laboratories' tables says that nothing was found."""
PARTS = "+"
"""Mark between the parts of a year of which one is no number."""
NEVER = frozenset({"未开展", "未审核", "从未", "未做", "否", "无", "never", "no", "没有"})
"""What people write where there was no audit yet."""
YES = frozenset({"yes", "y", "true", "1", "1.0", "是", "有", "已", "√", "已联网", "已安装", "真"})
NO = frozenset(
    {"no", "n", "false", "0", "0.0", "否", "无", "未", "×", "x", "未联网", "未安装", "假"}
)
CONNECTED = re.compile("已?(安装|建设|验收)?[、,并且已]*(联网|安装|验收)")
NOT_CONNECTED = re.compile(
    "(不|未|没有?|无需|尚未)(安装|建设|验收)?[、,并且未]*(联网|安装|在线监测)"
)
SPOILED = re.compile(r"\d(\.\d+)?e\+?\d{2,}", re.IGNORECASE)
"""A long code of which a spreadsheet left a rounded number, such as 9.13204E+17."""
SPOILED_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2} 00:00:00|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}|\d{1,2}月\d{1,2}日"
)
"""A code that a spreadsheet took for a date, such as 2-Mar."""
ROUNDED = re.compile(r"\d{15}000|\d{15}0{1,3}\.0")
"""A code of 18 digits whose last three a spreadsheet set to 0: it keeps fifteen."""
MERGED = "\ue000"
"""Mark of a number that a workbook shows in several merged cells at once."""
FORMULA = "\ue001"
"""Mark of a formula whose result the workbook does not hold."""
SAME = re.compile('同上|同前|〃|\u2033|"|ditto|same( as above)?|idem', re.IGNORECASE)
"""What people write where a cell is meant to repeat the one above."""
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?\d{1,3}([,' ]\d{3})+(\.\d+)?")
DAY_ZERO = datetime.date(1899, 12, 30)
"""Day from which spreadsheets count."""


class CellError(InputError):
    """A cell that cannot be used, and why."""


def plain(text: str) -> str:
    """The text without full-width forms, and without blanks around it."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).strip()


def is_zero(text: str) -> bool:
    """Whether the cell is a zero."""
    return re.fullmatch(r"0+([.,]0*)?", plain(text)) is not None


def is_above_zero(text: str) -> bool:
    """Whether the cell has any digit but 0."""
    return re.search("[1-9]", plain(text)) is not None


def is_unknown(text: str) -> bool:
    """Whether the cell says that the value is not known."""
    return plain(text).casefold() in UNKNOWN


def is_nothing(text: str) -> bool:
    """Whether the cell says in a word that there is none."""
    return plain(text).casefold() in NOTHING


def is_undetected(text: str) -> bool:
    """Whether the cell says that nothing was found."""
    cell = plain(text).casefold()
    return cell in UNDETECTED or DETECTION_LIMIT.fullmatch(cell) is not None


def is_never(text: str) -> bool:
    """Whether the cell says that there was no audit yet."""
    return plain(text).casefold() in NEVER


def spoiled_code(text: str) -> Message | None:
    """Why an identifier is not what was typed: a spreadsheet made a number or a date of it."""
    code = plain(text)
    if SPOILED.fullmatch(code) or ROUNDED.fullmatch(code):
        return Message(
            "a spreadsheet has rounded this code to a number; format the column as text and "
            "enter the code again"
        )
    if SPOILED_DATE.fullmatch(code):
        return Message(
            "a spreadsheet has made a date of this code; format the column as text and enter the "
            "code again"
        )
    return None


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


REASONS: tuple[tuple[str, Message], ...] = (
    (
        rf"{MERGED}.*",
        Message("merged over several rows: not clear whose amount it is; write it into one row"),
    ),
    (
        FORMULA,
        Message("a formula without its result; open the workbook in a spreadsheet and save it"),
    ),
    (r"#[A-Z/0]+[!?]?", Message("the spreadsheet could not compute this cell")),
    (r"[+-]?[\d.]+,\d+", Message("not clear whether the comma is decimal: write 1.5 or 1,500")),
    (
        r".+ \+ .+",
        Message("the parts of the year are not all numbers, and the year is their sum"),
    ),
    (
        r"([<≤]|小于|低于|不足|不到).*",
        Message(
            "below a limit is no amount: write 0 where nothing was found, else the amount itself"
        ),
    ),
    (
        r"([>≥≈~约近]|大于|高于|超过|大约|微量|少量|若干).*|.*(左右|上下|以上|以下|多|余)",
        Message("not one number: write the amount itself"),
    ),
    (
        r"\d[\d.,]* ?[-~–—―至到]+ ?\d[\d.,]*",
        Message("from one amount to another: write one number, such as the middle"),
    ),
    (r"\([\d,. ]+\)", Message("brackets around a number mean that it is negative")),
    (SAME.pattern, Message("'as above': write the value into each row")),
    (r"[+-]?\d.*", Message("not a number: write the number alone, without a unit")),
)
"""What a cell looks like that is no number, and what to say of it."""


def _why_no_number(cell: str) -> Message:
    for pattern, reason in REASONS:
        if re.fullmatch(pattern, cell, re.DOTALL):
            return reason
    return Message("not a number")


def read_share(text: str, percent: bool = False) -> float:
    """A share in 0 to 1, also written with a percent sign; `percent`: the column is in percent."""
    cell = plain(text)
    if cell.endswith("%"):
        cell, percent = cell[:-1], True
    elif percent and 0.0 < read_number(cell) < 1.0:
        raise CellError(
            "below 1 in a column of percent: write {small}% or {large}%, whichever is meant",
            small=cell,
            large=f"{100 * read_number(cell):.6g}",
        )
    share = read_number(cell) / 100.0 if percent else read_number(cell)
    if share > 1.0:
        raise CellError("must be a share from 0 to 1 (or, with a percent sign, up to 100 %)")
    return share


def read_yes(text: str) -> float:
    """1 for yes, 0 for no."""
    cell = re.sub(r"[(\[].*[)\]]$", "", plain(text).casefold()).strip()
    if cell in YES or CONNECTED.fullmatch(cell):
        return 1.0
    if cell in NO or NOT_CONNECTED.fullmatch(cell):
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


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CHINESE_DIGIT = {"一": "1", "二": "2", "三": "3", "四": "4"}


def _read_quarter(cell: str) -> int:
    named = re.fullmatch(r"(\d{4})[-/. ]?(?:q([1-4])|年第?([1-4一二三四])季度?)", cell)
    if named:
        digit = named[2] or CHINESE_DIGIT.get(named[3], named[3])
        return (int(named[1]) - FIRST_YEAR) * 4 + int(digit) - 1
    return quarter_of(_read_day(cell))


SEVERAL_MONTHS = re.compile(r"\d{1,2}月?(份)?[-~～—–至到]+(\d{4}年)?\d{1,2}月")
"""From one month to another, which is no day."""


def _read_day(cell: str) -> datetime.date:
    if SEVERAL_MONTHS.search(cell):
        raise CellError(DATE_HELP)
    named = re.fullmatch(r"(?:(\d{1,2})[- ])?([a-z]{3})[a-z]*[-. ,]+(\d{2}|\d{4})", cell)
    if named and named[2] in MONTHS:
        year = int(named[3]) + (2000 if len(named[3]) == 2 else 0)
        return _day(year, MONTHS.index(named[2]) + 1, int(named[1] or 1))
    cell = re.sub(r"[t ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?z?$", "", cell).rstrip("日号.")
    cell = re.sub(r"年度?", "-", cell).replace("月", "-").rstrip("-")
    parts = [part for part in re.split(r"[-/. ]", cell) if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise CellError(DATE_HELP)
    if len(parts) == 1:
        return _day_of_digits(parts[0])
    if len(parts) == 2 and cell.replace(".", "", 1).isdigit() and len(parts[0]) == 5:
        return _day_of_digits(parts[0])
    return _day_of_parts(parts)


DATE_HELP = Message("not a date: write it as 2024-03-15, 2024-03 or 2024-Q1")


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
