"""The statutory figures of this folder, read and checked, and the law of a day."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleanpark.scenarios.errors import ScenarioError, nearest
from cleanpark.scenarios.law.dated import (
    Band,
    Count,
    Dated,
    NoiseSteps,
    Period,
    Pollutant,
    Rates,
    Reduction,
    Text,
    WasteRate,
    day_of,
)
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.titles import in_language
from cleanpark.scenarios.value import Record

FOLDER = Path(__file__).parent
TABLES = ("air", "water", "small")
"""The tables of Schedule 2: air, water, and small sources of water pollutants."""
_PERIOD_KEYS = ("from", "until", "equivalent", "text", "article", "certainty", "note")


class TaxFigures(Record):
    """The tax apart from its tables of pollutants."""

    not_taxed: tuple[str, ...]
    rate_range: dict[str, Dated[Band]]
    reduction: dict[str, Dated[Reduction]]
    taxed_pollutants: dict[str, Dated[Count]]
    solid_waste: dict[str, Dated[WasteRate]]
    noise: dict[str, Dated[NoiseSteps]]
    pilot: dict[str, Pollutant]


class Statutes(Record):
    """Every figure of the law through time, and the texts they name."""

    texts: dict[str, Text]
    tax: TaxFigures
    air: dict[str, Pollutant]
    water: dict[str, Pollutant]
    small: dict[str, Pollutant]
    fines: dict[str, Dated[Band]]
    duties: dict[str, Dated[Period]]
    provinces: dict[str, Dated[Rates]]

    def figures(self) -> Iterator[tuple[str, str, Dated[Any]]]:
        """Subject, name and figure of everything that is dated."""
        for subject in ("rate_range", "reduction", "taxed_pollutants", "solid_waste", "noise"):
            for name, figure in getattr(self.tax, subject).items():
                yield subject, name, figure
        for name, pilot in self.tax.pilot.items():
            yield "pilot", name, pilot
        for subject in (*TABLES, "fines", "duties", "provinces"):
            for name, figure in getattr(self, subject).items():
                yield subject, name, figure

    @property
    def newest(self) -> datetime.date:
        """The last day on which anything that is not merely assumed began to hold."""
        return max(
            one.from_
            for _, _, figure in self.figures()
            for one in figure.period
            if one.certainty != "assumed"
        )

    def source(self, period: Period, language: str = "en") -> str:
        """The text a period rests on, with its article, in words."""
        title = in_language(self.texts[period.text].title, language)
        if not period.article:
            return title
        if language == "zh":
            return title + _chinese_article(period.article)
        word = "" if period.article.startswith("Schedule") else "Article "
        return f"{title}, {word}{period.article}"


def _chinese_article(article: str) -> str:
    if article.startswith("Schedule"):
        words = article.replace("Schedule ", "附表").replace(", tables ", "之表")
        return words.replace(", table ", "之表").replace(" to ", "至")
    numbers, _, schedule = article.partition(", Schedule ")
    tail = f"、附表{schedule}" if schedule else ""
    said = "、".join(f"第{_parts(one)}" for one in numbers.split(", "))
    return said + tail


def _parts(article: str) -> str:
    """Article, paragraph and item: 27(2)1 is item 1 of paragraph 2, 83(3) item 3."""
    number, _, rest = article.partition("(")
    inner, _, item = rest.partition(")")
    if item:
        return f"{number}条第{inner}款第{item}项"
    return f"{number}条第{inner}项" if inner else f"{number}条"


@dataclass(frozen=True)
class Item:
    """A pollutant, waste or noise as the law of a day has it."""

    name: str
    medium: str
    figure: Dated[Any]
    period: Any

    @property
    def title(self) -> dict[str, str]:
        """Name by language."""
        return self.figure.title

    @property
    def unit(self) -> str:
        """Unit of its amounts."""
        return {"waste": "t", "noise": "dB"}.get(self.medium, self.figure.unit)

    @property
    def equivalent(self) -> float:
        """Amount that makes one equivalent; 1 t of waste."""
        return float(getattr(self.period, "equivalent", 1.0))

    @property
    def rate(self) -> float:
        """CNY per t of waste."""
        return float(self.period.rate)

    @property
    def class_(self) -> int:
        """Class of a water pollutant."""
        return int(getattr(self.figure, "class_", 0))

    @property
    def exempt_up_to(self) -> float:
        """Size of a small source up to which nothing is taxed."""
        return float(getattr(self.figure, "exempt_up_to", 0.0))

    @property
    def group(self) -> str:
        """Of one group only the pollutant with most equivalents is taxed at an outlet."""
        return str(getattr(self.figure, "group", ""))


@dataclass(frozen=True)
class Law:
    """What holds on a day, by name; `fines` and ranges are bands, provinces are rates."""

    day: datetime.date
    statutes: Statutes
    not_taxed: tuple[str, ...]
    rate_range: Mapping[str, Band]
    reduction: tuple[Reduction, ...]
    taxed_pollutants: Mapping[str, int]
    solid_waste: Mapping[str, Item]
    noise: Mapping[str, Item]
    air: Mapping[str, Item]
    water: Mapping[str, Item]
    small: Mapping[str, Item]
    pilot: Mapping[str, Item]
    fines: Mapping[str, Band]
    duties: Mapping[str, Period]
    provinces: Mapping[str, Rates]

    def item(self, name: str) -> Item | None:
        """What is taxed by that name."""
        for table in (self.air, self.water, self.small, self.solid_waste, self.noise, self.pilot):
            if name in table:
                return table[name]
        return None

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that is taxed on the day."""
        tables = (self.air, self.water, self.small, self.solid_waste, self.noise, self.pilot)
        return tuple(item for table in tables for item in table.values())


def read_statutes(folder: Path) -> Statutes:
    """The figures of a folder laid out like this one.

    Raises ScenarioError that names the file and the key; a figure of certainty `law` must name a
    statute, regulation, decision or notice of `texts.toml`, and what names nothing that can be
    opened must say `assumed`.
    """
    data = {name: read_toml(folder / f"{name}.toml", ScenarioError) for name in _FILES}
    for name in TABLES:
        data[name] = _rows(data[name])
    statutes = checked(Statutes, data, folder, ScenarioError)
    for subject, name, figure in statutes.figures():
        for period in figure.period:
            _check_source(statutes, f"{folder}, {subject}.{name}", period)
    return statutes


_FILES = ("texts", "tax", *TABLES, "fines", "duties", "provinces")


def _rows(table: dict[str, Any]) -> dict[str, Any]:
    """Rows of Schedule 2 with their periods; what a row leaves out stands in its head."""
    head = table["schedule"]
    common = {key: head[key] for key in ("text", "article", "certainty")}
    rows = {}
    for name, row in table["pollutants"].items():
        constant = {key: value for key, value in row.items() if key not in _PERIOD_KEYS}
        own = {key: row[key] for key in _PERIOD_KEYS if key in row}
        listed = constant.pop("period", [{"from": head["from"], **own}])
        constant["class_"] = constant.pop("class", 2)
        rows[name] = {**constant, "period": [{**common, **one} for one in listed]}
    return rows


def _check_source(statutes: Statutes, place: str, period: Period) -> None:
    text = statutes.texts.get(period.text)
    if text is None:
        hint = nearest(period.text, statutes.texts)
        raise ScenarioError(
            "{place}: unknown text '{text}'{hint}", place=place, text=period.text, hint=hint
        )
    readable = text.kind in ("statute", "regulation", "decision", "notice")
    if period.certainty == "law" and not readable:
        raise ScenarioError(
            "{place}: certainty law needs a statute or decision, not '{text}'",
            place=place,
            text=period.text,
        )
    if text.kind == "none" and period.certainty != "assumed":
        raise ScenarioError(
            "{place}: what no text supports must have certainty assumed", place=place
        )


@functools.cache
def statutes() -> Statutes:
    """The packaged figures of the law through time."""
    return read_statutes(FOLDER)


def law(date: datetime.date | str | None = None, figures: Statutes | None = None) -> Law:
    """The law of a day; without a date the newest that the data know.

    >>> law("2026-08-14").fines["false_monitoring"].low, law().fines["false_monitoring"].low
    (200000.0, 100000.0)
    """
    found = figures or statutes()
    day = found.newest if date is None else day_of(date)
    return _law_of(day) if figures is None else law_of(found, day)


@functools.lru_cache(maxsize=256)
def _law_of(day: datetime.date) -> Law:
    return law_of(statutes(), day)


def law_of(figures: Statutes, day: datetime.date) -> Law:
    """What of these figures holds on a day."""
    tax = figures.tax
    reductions = _periods(tax.reduction, day).values()
    counts = _periods(tax.taxed_pollutants, day)
    noise = {f"noise_{name}": figure for name, figure in tax.noise.items()}
    return Law(
        day=day,
        statutes=figures,
        not_taxed=tax.not_taxed,
        rate_range=_periods(tax.rate_range, day),
        reduction=tuple(reductions),
        taxed_pollutants={name: one.count for name, one in counts.items()},
        solid_waste=_items("waste", tax.solid_waste, day),
        noise=_items("noise", noise, day),
        air=_items("air", figures.air, day),
        water=_items("water", figures.water, day),
        small=_items("small", figures.small, day),
        pilot=_items("pilot", tax.pilot, max(day, _start(tax.pilot))),
        fines=_periods(figures.fines, day),
        duties=_periods(figures.duties, day),
        provinces=_periods(figures.provinces, day),
    )


def _start(table: Mapping[str, Pollutant]) -> datetime.date:
    """First day of any of these; a pilot that has not begun is known, and not taxed."""
    return min(one.period[0].from_ for one in table.values())


def _periods[P: Period](table: Mapping[str, Dated[P]], day: datetime.date) -> dict[str, P]:
    held = {name: figure.at(day) for name, figure in table.items()}
    return {name: period for name, period in held.items() if period is not None}


def _items(medium: str, table: Mapping[str, Dated[Any]], day: datetime.date) -> dict[str, Item]:
    return {
        name: Item(name, medium, table[name], period)
        for name, period in _periods(table, day).items()
    }


def medium_of(pollutant: str) -> str:
    """Medium of a taxed pollutant or waste: `air`, `water` or `waste`; empty if none."""
    item = law().item(pollutant)
    if item is None or item.medium in ("noise", "pilot"):
        return ""
    return "water" if item.medium == "small" else item.medium


def pilot_equivalents_per_kg() -> float:
    """Pollution equivalents of a kg of volatile organic compounds beyond Schedule 2, as assumed
    for a pilot under Article 27."""
    item = law().item("volatile_organic_compounds")
    return 0.0 if item is None else 1.0 / item.equivalent


def equivalents_per_unit(flow: str) -> float:
    """Pollution equivalents of one unit of a flow; 0 for what is not taxed.

    The law taxes waste by the tonne; here 1 t of general solid waste counts as one equivalent and
    other waste in proportion to its tax, so hazardous waste as 40.
    """
    item = law().item(flow)
    if item is None or item.medium in ("noise", "pilot"):
        return 0.0
    if item.medium == "waste":
        return item.rate / law().solid_waste["solid_waste"].rate
    return 1.0 / item.equivalent
