"""The page `docs/law.md`: what the data hold of the law, by date, in both languages.

`python -m cleanpark.scenarios.law.page docs/law.md` writes it; a test holds the page to the data.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.law.dated import Band, Dated, NoiseSteps, Period
from cleanpark.scenarios.law.statement import unit_of
from cleanpark.scenarios.law.statutes import FOLDER, TABLES, Statutes, statutes
from cleanpark.scenarios.reading import read_toml
from cleanpark.scenarios.titles import in_language

LANGUAGES = ("en", "zh")

WORDS = {
    "en": {
        "figure": "Figure", "from": "From", "until": "Until", "amount": "Amount", "unit": "Unit",
        "text": "Text and article", "certainty": "Certainty", "law": "law",
        "estimated": "estimated", "assumed": "assumed", "measured": "measured", "open": "in force",
        "name": "Name", "key": "Key", "number": "No.", "class": "Class", "one": "One equivalent",
        "where": "Where to read it", "province": "Province", "air": "Air", "water": "Water",
        "others": "Other rates", "note": "Note", "per_case": "CNY per case", "to": " to ",
        "dB": "{low} dB: {rate}",
    },
    "zh": {
        "figure": "项目", "from": "起", "until": "止", "amount": "数额", "unit": "单位",
        "text": "文本与条款", "certainty": "可信度", "law": "法定",
        "estimated": "估计", "assumed": "假设", "measured": "实测", "open": "有效",
        "name": "名称", "key": "代码", "number": "序号", "class": "类", "one": "当量值",
        "where": "查阅处", "province": "地区", "air": "大气", "water": "水",
        "others": "其他税额", "note": "说明", "per_case": "元/件", "to": "至",
        "dB": "{low}分贝起：{rate}",
    },
}  # fmt: skip
UNITS_ZH = {
    "CNY per case": "元/件",
    "CNY per pollution equivalent": "元/污染当量",
    "times the original fine per day": "原罚款数额的倍数/日",
}


def page(figures: Statutes | None = None) -> str:
    """The whole page, English first, then Chinese."""
    known = figures or statutes()
    return "\n".join(line for language in LANGUAGES for line in _half(known, language))


def prose(language: str) -> dict[str, str]:
    """Headings and paragraphs beside the tables."""
    said: dict[str, str] = in_language(read_toml(FOLDER / "prose.toml", ScenarioError), language)
    return said


def _half(known: Statutes, language: str) -> Iterator[str]:
    said = prose(language)
    yield f"# {said['title']}\n"
    yield said["opening"].format(newest=known.newest) + "\n"
    for section, subjects in (
        ("tax", ("rate_range", "reduction", "taxed_pollutants", "solid_waste", "noise", "pilot")),
        ("fines", ("fines",)),
        ("duties", ("duties",)),
    ):
        yield f"## {said[section]}\n"
        yield from _figures(known, subjects, language)
    yield f"## {said['provinces']}\n"
    yield said["provinces_note"] + "\n"
    yield from _provinces(known, language)
    yield f"## {said['schedule']}\n"
    yield from _schedule(known, language)
    for section in ("calculator", "voc", "german", "missing"):
        yield f"## {said[section]}\n"
        yield said[f"{section}_text"] + "\n"
    yield f"## {said['texts']}\n"
    yield from _texts(known, language)


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def _figures(known: Statutes, subjects: Sequence[str], language: str) -> Iterator[str]:
    words = in_language(WORDS, language)
    names = ("figure", "from", "until", "amount", "unit", "text", "certainty", "note")
    rows = [
        (
            in_language(figure.title, language), period.from_, period.until or words["open"],
            amount_of(period, language), unit_in_words(figure, period, language),
            known.source(period, language), words[period.certainty],
            in_language(period.note, language) if period.note else "",
        )
        for subject, _, figure in known.figures()
        if subject in subjects
        for period in figure.period
    ]  # fmt: skip
    kept = [place for place in range(len(names)) if any(str(row[place]) for row in rows)]
    yield from _table(
        [words[names[place]] for place in kept], [[row[place] for place in kept] for row in rows]
    )


def amount_of(period: Period, language: str) -> str:
    """The figures of a period in words; empty where it has none."""
    words = in_language(WORDS, language)
    if isinstance(period, Band):
        if period.low == period.high:
            return f"{period.low:,g}"
        return f"{number_of(period.low)}{words['to']}{number_of(period.high)}"
    if isinstance(period, NoiseSteps):
        steps = zip(period.decibels, period.rates, strict=True)
        return "; ".join(words["dB"].format(low=low, rate=f"{rate:,.0f}") for low, rate in steps)
    for key in ("reduction", "count", "rate", "equivalent"):
        if hasattr(period, key):
            value = getattr(period, key)
            return f"-{value:.0%}" if key == "reduction" else f"{value:,g}"
    return ""


def number_of(value: float) -> str:
    """A figure of the law as it is written: thousands set apart."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:g}"


def unit_in_words(figure: Dated[Any], period: Period, language: str) -> str:
    """The unit of a period's figures; empty where it has none."""
    kinds = {"Reduction": ("of the tax", "应纳税额"), "Count": ("pollutants", "项"),
             "WasteRate": ("CNY/t", "元/吨"), "NoiseSteps": ("CNY per month", "元/月"),
             "Equivalent": ("kg", "千克")}  # fmt: skip
    kind = type(period).__name__
    if kind in kinds:
        return kinds[kind][language == "zh"]
    if not isinstance(period, Band):
        return ""
    return UNITS_ZH.get(figure.unit, figure.unit) if language == "zh" else figure.unit


def _provinces(known: Statutes, language: str) -> Iterator[str]:
    words = in_language(WORDS, language)
    header = [words[key] for key in ("province", "key", "from", "until", "air", "water", "others",
                                     "text", "certainty", "note")]  # fmt: skip
    rows = [
        (
            in_language(figure.title, language), f"`{name}`",
            period.from_, period.until or words["open"],
            f"{period.air:g}", f"{period.water:g}", _others(known, period, language),
            known.source(period, language), words[period.certainty],
            in_language(period.note, language) if period.note else "",
        )
        for name, figure in known.provinces.items()
        for period in figure.period
    ]  # fmt: skip
    yield from _table(header, rows)


def _others(known: Statutes, period: Any, language: str) -> str:
    titles = {name: in_language(item.title, language) for table in (known.air, known.water)
              for name, item in table.items()}  # fmt: skip
    joined = "，" if language == "zh" else ", "
    return joined.join(f"{titles[name]} {rate:g}" for name, rate in period.pollutants.items())


def _schedule(known: Statutes, language: str) -> Iterator[str]:
    words = in_language(WORDS, language)
    header = [words[key] for key in ("number", "name", "key", "class", "one", "unit", "certainty")]
    titles = prose(language)["tables"].split("|")
    for title, table in zip(titles, TABLES, strict=True):
        yield f"### {title}\n"
        rows = [
            (
                one.number or "", in_language(one.title, language), f"`{name}`",
                one.class_ if table == "water" else "",
                _decimal(one.period[-1].equivalent), unit_of(one.unit, language),
                words[one.period[-1].certainty],
            )
            for name, one in getattr(known, table).items()
        ]  # fmt: skip
        kept = [place for place in range(len(header)) if any(str(row[place]) for row in rows)]
        yield from _table(
            [header[place] for place in kept], [[row[place] for place in kept] for row in rows]
        )


def _decimal(value: float) -> str:
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _texts(known: Statutes, language: str) -> Iterator[str]:
    words = in_language(WORDS, language)
    header = [words[key] for key in ("text", "from", "until", "where", "note")]
    rows = [
        (in_language(text.title, language), text.from_ or "", text.until or "", text.where,
         in_language(text.note, language) if text.note else "")
        for text in known.texts.values()
    ]  # fmt: skip
    yield from _table(header, rows)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
