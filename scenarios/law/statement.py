"""The tax of outlets as a statement that can be put beside a return: rows, in either language."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.law.statutes import law
from cleanpark.scenarios.law.tax import EnvironmentalTax, TaxLine
from cleanpark.scenarios.titles import in_language

HEADERS = {
    "en": ("Outlet", "Month", "Pollutant", "Tax base", "Unit", "Pollution equivalents",
           "Rate, CNY", "Before relief, CNY", "Relief, CNY", "Tax, CNY", "Note"),
    "zh": ("排放口", "所属月份", "污染物", "计税数量", "单位", "污染当量数", "适用税额（元）",
           "减免前税额（元）", "减免税额（元）", "应纳税额（元）", "说明"),
}  # fmt: skip

UNITS = {
    "kg": "千克",
    "t": "吨",
    "t of sewage": "吨污水",
    "t x times": "吨水·倍",
    "head": "头",
    "birds": "羽",
    "beds": "床",
    "dB": "分贝",
    "": "",
}
NOTES = {
    "": "",
    "not among the first 3 air pollutants": "不在大气污染物前三项之列",
    "not among the first 5 class-1 water pollutants": "不在第一类水污染物前五项之列",
    "not among the first 3 other water pollutants": "不在其他类水污染物前三项之列",
    "another measure of oxygen demand counts": "化学需氧量、生化需氧量和总有机碳只征收一项",
    "another measure of disinfection counts": "大肠菌群数和余氯量只征收一项",
    "pH from 6 to 9 is not taxed": "pH值6至9不征税",
    "not subject to this tax": "不征收此税",
    "not taxed up to this size (Schedule 2, table 4)": "规模未达征税标准（附表二之四）",
    "not taxed: the rules of the pilot are not known": "不征税：试点办法尚不明确",
    "not taxed before the law allows a pilot": "法律授权试点之前不征税",
    "fewer than 15 days: half": "不足十五日，减半",
    "equivalent estimated, to be checked": "当量值为估计，须核对",
    "pilot: rate and equivalent are assumed": "试点：税额和当量值为假定",
    "generated amount, no relief": "按产生量计税，不予减征",
    "no relief: a value of the month was above its standard": "当月有超标数值，不予减征",
}
"""What a line may note, and its Chinese."""


def title_of(name: str, language: str) -> str:
    """Title of a pollutant, waste or noise; else its name."""
    item = law().item(name)
    if item is not None:
        return in_language(item.title, language)
    return {"ph": {"en": "pH", "zh": "pH值"}}.get(name, {}).get(language, name)


def note_of(note: str, language: str) -> str:
    """A line's note in a language."""
    return NOTES.get(note, note) if language == "zh" else note


def unit_of(unit: str, language: str) -> str:
    """A unit in a language."""
    return UNITS.get(unit, unit) if language == "zh" else unit


def row_of(line: TaxLine, language: str) -> tuple[str, ...]:
    """One line of the statement: texts and numbers under HEADERS."""
    return (
        line.outlet,
        line.month,
        title_of(line.flow, language),
        f"{line.amount:.15g}",
        unit_of(line.unit, language),
        f"{line.equivalents:.6f}".rstrip("0").rstrip("."),
        f"{line.rate:g}",
        f"{line.gross:.2f}",
        f"{line.reduction:.2f}",
        f"{line.tax:.2f}",
        note_of(line.note, language),
    )


def filing_day(quarter: str) -> datetime.date:
    """Last day to file a quarter: within 15 days of its end (Article 19).

    >>> filing_day("2026-Q3")
    datetime.date(2026, 10, 15)
    """
    year, number = int(quarter[:4]), int(quarter[-1])
    return datetime.date(year + number // 4, 3 * number % 12 + 1, 15)


def statement(found: EnvironmentalTax, language: str = "en") -> str:
    """The whole statement as CSV text: lines, total, quarters with their last day, law used."""
    words = in_language(_WORDS, language)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(in_language(HEADERS, language))
    writer.writerows(row_of(line, language) for line in found.lines)
    blank = ("",) * (len(in_language(HEADERS, language)) - 3)
    writer.writerow((words["total"], "", *blank[:7], f"{found.total:.2f}", ""))
    for quarter, amount in found.by_quarter.items():
        told = words["filed"].format(day=filing_day(quarter))
        writer.writerow((quarter, "", *blank[:7], f"{amount:.2f}", told))
    for sentence in (words["rounding"], f"{words['law']}{found.law.get(language, '')}"):
        writer.writerow((sentence, *("",) * (len(in_language(HEADERS, language)) - 1)))
    return text.getvalue()


_WORDS = {
    "en": {
        "total": "Total",
        "filed": "file by {day}",
        "rounding": "Each month's tax on a pollutant is rounded to the fen, halves up; the total "
        "adds what was rounded; equivalents are not rounded.",
        "law": "Law: ",
    },
    "zh": {
        "total": "合计",
        "filed": "申报期限 {day}",
        "rounding": "各污染物按月计算的税额四舍五入到分后合计；污染当量数不舍入。",
        "law": "依据：",
    },
}


def write_statement(found: EnvironmentalTax, path: Path | str, language: str = "en") -> Path:
    """Write the statement; a spreadsheet opens it in either language (UTF-8 with a mark)."""
    place = user_path(path)
    try:
        place.write_text(statement(found, language), encoding="utf-8-sig")
    except OSError as cause:
        raise ScenarioError(
            "{file}: cannot be written ({reason})", file=place, reason=cause.strerror
        ) from cause
    return place
