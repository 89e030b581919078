"""The environmental protection tax of outlets, by month, to the fen.

Each pollutant's tax of a month is rounded to the fen, halves up, and the total adds what was
rounded; pollution equivalents are not rounded. The statute says no more than that the tax is
equivalents times rate; forms print two decimals.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.law.names import province_name
from cleanpark.scenarios.law.outlets import Outlet, checked_number, outlets_of
from cleanpark.scenarios.law.settle import Entry, OutletMonth, decimal, settled
from cleanpark.scenarios.law.statutes import Item, Law, Statutes, law

if TYPE_CHECKING:
    import pandas as pd

FEN = Decimal("0.01")
FULL_MONTH = 15
"""Days from which noise above the standard is taxed in full (Schedule 1, note 4)."""


@dataclass(frozen=True)
class TaxLine:
    """Tax on one pollutant or waste; money in CNY, rounded to the fen."""

    flow: str
    medium: str
    amount: float
    unit: str
    equivalents: float
    rate: float
    gross: float
    reduction: float
    tax: float
    exact: float
    note: str
    outlet: str = ""
    month: str = ""


@dataclass(frozen=True)
class EnvironmentalTax:
    """Environmental protection tax of outlets, by pollutant and in total, CNY.

    `total` adds what is due by pollutant, each rounded to the fen; `exact` is not rounded.
    `law` names the law and the rates that were used, by language.
    """

    lines: tuple[TaxLine, ...]
    total: float
    exact: float
    law: Mapping[str, str] = field(default_factory=dict)

    @property
    def breakdown(self) -> pd.DataFrame:
        """One row per outlet, month and pollutant: equivalents, rate, gross, relief, tax, note."""
        import pandas as pd

        return pd.DataFrame(self.lines, columns=list(TaxLine.__dataclass_fields__))

    def total_by(self, key: str) -> dict[str, float]:
        """Tax by `outlet`, `month`, `medium` or `flow`, CNY."""
        found: dict[str, Decimal] = {}
        for line in self.lines:
            name = getattr(line, key)
            found[name] = found.get(name, Decimal(0)) + decimal(line.tax)
        return {name: float(amount) for name, amount in found.items()}

    @property
    def by_quarter(self) -> dict[str, float]:
        """Tax by the quarter in which its months are filed, CNY; empty without months."""
        found: dict[str, Decimal] = {}
        for month, amount in self.total_by("month").items():
            if month:
                quarter = quarter_of(month)
                found[quarter] = found.get(quarter, Decimal(0)) + decimal(amount)
        return {name: float(amount) for name, amount in found.items()}


Discharge = Mapping[str, float] | Sequence[Outlet] | Outlet | str | Path


def environmental_tax(
    discharge: Discharge,
    limit_ratio: Mapping[str, float | None] | None = None,
    rates: Mapping[str, float] | str | None = None,
    *,
    date: datetime.date | str | None = None,
    combustion: bool = False,
    pilot_rate: float = 0.0,
    figures: Statutes | None = None,
) -> EnvironmentalTax:
    """Environmental protection tax of what outlets discharge.

    `discharge`: amount by pollutant of Schedule 2, waste or noise, in its unit (kg; t for waste),
    of one outlet; or several `Outlet`s, each with its own limits, relief and first three or five
    pollutants; or a CSV file of them. Names are English keys or titles, or Chinese; `ph@4.5` is t
    of sewage of that pH, `colour@8` t of sewage at eight times over the standard.
    `limit_ratio`: concentration over its limit by medium (`air`, `water`) or by pollutant of the
    one outlet; without it there is no reduction. Any exceedance at any outlet voids all
    reductions of its month (MoF/STA/MEE 2018 No. 117, Article 2).
    `rates`: a province by name, or CNY per equivalent by medium (`air`, `water`) or pollutant;
    `waste` is CNY per t of general solid waste, hazardous waste 40 times; 25 and 1,000 if absent.
    `date`: day, month or quarter whose law applies; months of outlets come before it. Without
    either it is the newest law that the data know; the result says which.
    `combustion`: particulates of the one outlet come from combustion and are taxed as soot.
    `pilot_rate`: assumed CNY per equivalent of volatile organic compounds beyond Schedule 2.
    `figures`: other statutory figures than the packaged ones.

    >>> environmental_tax({"sulfur_dioxide": 950}, {"air": 0.7}, {"air": 1.2}).total
    900.0
    """
    if rates is None:
        raise ScenarioError("no rates: name a province, or give CNY per equivalent by medium")
    outlets = _outlets(discharge, limit_ratio, combustion)
    pilot = checked_number(pilot_rate, "pilot_rate", upper=1e6)
    months = [settled(one, rates, date, pilot, figures) for one in outlets]
    if pilot > 0.0:
        _refuse_idle_pilot(months)
    voided = {one.outlet.month for one in months if one.exceeds}
    lines = tuple(line for one in months for line in _lines(one, one.outlet.month in voided))
    total = sum((decimal(line.tax) for line in lines), Decimal(0))
    exact = math.fsum(line.exact for line in lines)
    return EnvironmentalTax(lines, float(total), exact, _law_used(months, rates))


def _refuse_idle_pilot(months: Iterable[OutletMonth]) -> None:
    """A rate for what is not discharged would silently change nothing."""
    entries = (entry for month in months for entry in month.entries.values())
    if not any(entry.item is not None and entry.item.medium == "pilot" for entry in entries):
        raise ScenarioError("pilot_rate: no volatile organic compounds are discharged (voc)")


def _outlets(
    discharge: Discharge, limit_ratio: Mapping[str, float | None] | None, combustion: bool
) -> Sequence[Outlet]:
    if isinstance(discharge, Mapping):
        return [Outlet(discharge=discharge, limit_ratio=limit_ratio or {}, combustion=combustion)]
    if limit_ratio or combustion:
        raise ScenarioError(
            "limit_ratio and combustion belong to each outlet where there are several"
        )
    if isinstance(discharge, Outlet):
        return [discharge]
    if isinstance(discharge, str | Path):
        return outlets_of(discharge)
    seen: set[tuple[str, str]] = set()
    for one in discharge:
        if (one.name, one.month) in seen:
            raise ScenarioError(
                "outlet '{name}' stands twice{month}",
                name=one.name,
                month=f" ({one.month})" if one.month else "",
            )
        seen.add((one.name, one.month))
    return discharge


def _fen(amount: Decimal) -> float:
    return float(amount.quantize(FEN, rounding=ROUND_HALF_UP))


def quarter_of(month: str) -> str:
    """Quarter in which a month such as 2026-09 is filed."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"


def _lines(month: OutletMonth, voided: bool) -> list[TaxLine]:
    beyond = _left_untaxed(month)
    return [_line(month, entry, beyond, voided) for entry in month.entries.values()]


def _equivalents(entry: Entry) -> Decimal:
    """Pollution equivalents of an amount; of waste t, of noise none."""
    if entry.item is None or entry.item.medium == "noise":
        return Decimal(0)
    return decimal(entry.amount) / decimal(entry.item.equivalent)


def _left_untaxed(month: OutletMonth) -> dict[str, str]:
    """Pollutants of the outlet that Article 9 and Schedule 2 leave untaxed, and why."""
    counts = month.law.taxed_pollutants
    reasons = _smaller_of_group(month.entries.values())
    listed = [entry for entry in month.entries.values() if entry.name not in reasons]
    air = [one for one in listed if one.item is not None and one.item.medium == "air"]
    water = [one for one in listed if one.item is not None and one.item.medium == "water"]
    outlets = (
        ("air", counts["air"], air),
        ("class-1 water", counts["water_class_1"], [e for e in water if _class(e) == 1]),
        ("other water", counts["water_class_2"], [e for e in water if _class(e) != 1]),
    )
    for title, count, entries in outlets:
        entries.sort(key=_equivalents, reverse=True)
        for entry in entries[count:]:
            reasons[entry.name] = f"not among the first {count} {title} pollutants"
    return reasons


def _class(entry: Entry) -> int:
    return entry.item.class_ if entry.item is not None else 0


def _smaller_of_group(entries: Iterable[Entry]) -> dict[str, str]:
    """Pollutants that measure the same thing as one with more equivalents at the outlet."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.item is not None and entry.item.group:
            groups.setdefault(entry.item.group, []).append(entry)
    reasons = {}
    for group, members in groups.items():
        largest = max(members, key=_equivalents)
        for entry in members:
            if entry is not largest:
                reasons[entry.name] = f"another measure of {group} counts"
    return reasons


def _rate(entry: Entry, month: OutletMonth) -> float:
    """CNY per equivalent, for waste per t, for noise per month."""
    item, rates = entry.item, month.rates
    if item is None:
        return 0.0
    if entry.name in rates:
        return rates[entry.name]
    if item.medium == "waste":
        general = month.law.solid_waste["solid_waste"].rate
        return rates["waste"] * (item.rate / general) if "waste" in rates else item.rate
    if item.medium == "noise":
        return _noise_rate(item, entry.amount)
    if item.medium == "pilot":
        return 0.0
    medium = "water" if item.medium == "small" else item.medium
    if medium not in rates:
        raise ScenarioError(
            "no rate for {medium}, which {name} needs: give rates = {{'{medium}': CNY per "
            "equivalent}} or the name of a province",
            medium=medium,
            name=entry.name,
        )
    return rates[medium]


def _noise_rate(item: Item, decibels: float) -> float:
    rounded = math.floor(decibels + 0.5)
    steps = zip(item.period.decibels, item.period.rates, strict=True)
    due = [rate for step, rate in steps if rounded >= step]
    return float(due[-1]) if due else 0.0


def noise_tax(decibels: float, date: datetime.date | str | None = None) -> float:
    """Tax on industrial noise this far above the standard, CNY per month (Schedule 1).

    Decibels are rounded to the nearest whole number, halves up.
    """
    if not math.isfinite(decibels):
        raise ScenarioError(
            "noise of {decibels} dB above the standard: must be a finite number",
            decibels=repr(decibels),
        )
    return _noise_rate(law(date).noise["noise_day"], decibels)


def _untaxed_note(entry: Entry, month: OutletMonth, rate: float) -> str:
    """Why an amount bears no tax by itself; empty where it does."""
    item = entry.item
    if entry.name == "":
        return "pH from 6 to 9 is not taxed"
    if item is None:
        return "not subject to this tax"
    if item.medium == "small" and entry.amount <= item.exempt_up_to > 0.0:
        return "not taxed up to this size (Schedule 2, table 4)"
    if item.medium == "pilot" and rate == 0.0:
        return "not taxed: the rules of the pilot are not known"
    if item.medium == "pilot" and month.law.day < item.period.from_:
        return "not taxed before the law allows a pilot"
    return ""


def _line(month: OutletMonth, entry: Entry, beyond: Mapping[str, str], voided: bool) -> TaxLine:
    """Tax on one pollutant, rounded to the fen at the end."""
    item = entry.item
    medium = (
        "" if item is None else {"small": "water", "pilot": "air"}.get(item.medium, item.medium)
    )
    rate = _rate(entry, month)
    equivalents = _equivalents(entry)
    note = beyond.get(entry.name, "") or _untaxed_note(entry, month, rate)
    units = decimal(_places(month.outlet)) if medium == "noise" else equivalents
    gross = Decimal(0) if note else units * decimal(rate)
    share, told = _share(month, entry, voided)
    due = gross * decimal(share)
    return TaxLine(
        flow=entry.name or "ph",
        medium=medium,
        amount=entry.amount,
        unit="" if item is None else item.unit,
        equivalents=float(equivalents),
        rate=rate,
        gross=_fen(gross),
        reduction=float(decimal(_fen(gross)) - decimal(_fen(due))),
        tax=_fen(due),
        exact=float(due),
        note=note or told,
        outlet=month.outlet.name,
        month=month.outlet.month,
    )


def _places(outlet: Outlet) -> int:
    if outlet.places not in (1, 2):
        raise ScenarioError(
            "places = {count}: 1, or 2 where a boundary of more than 100 m has two or more",
            count=outlet.places,
        )
    return outlet.places


def _share(month: OutletMonth, entry: Entry, voided: bool) -> tuple[float, str]:
    """Share of the tax that remains, by Article 13 or for few days of noise; and what to note."""
    item = entry.item
    if item is not None and item.medium == "noise":
        if entry.days is None or entry.days >= FULL_MONTH:
            return 1.0, ""
        return 0.5, "fewer than 15 days: half"
    if entry.days is not None:
        raise ScenarioError("days of {name}: only noise has days", name=entry.name)
    if item is not None and item.medium == "pilot":
        return 1.0, "pilot: rate and equivalent are assumed"
    if month.outlet.fraud:
        return 1.0, "generated amount, no relief"
    if entry.ratio is None:
        doubtful = item is not None and item.period.certainty != "law"
        return 1.0, "equivalent estimated, to be checked" if doubtful else ""
    share = share_left(entry.ratio, month.law)
    if voided and share < 1.0:
        return 1.0, "no relief: a value of the month was above its standard"
    return (1.0 if voided else share), ""


def share_left(ratio: float, day: Law) -> float:
    """Share of the tax that remains by the reliefs of a day: `tax_share` by the law of today."""
    reliefs = [one.reduction for one in day.reduction if ratio <= 1.0 - one.below_standard + 1e-9]
    return 1.0 - max(reliefs, default=0.0)


def _law_used(months: Sequence[OutletMonth], rates: Mapping[str, float] | str) -> dict[str, str]:
    """The law and the rates that were used, in words by language."""
    days = sorted({one.law.day for one in months})
    if not days:
        return {}
    figures = months[0].law.statutes
    span = str(days[0]) if len(days) == 1 else f"{days[0]}/{days[-1]}"
    english = [f"Environmental Protection Tax Law, as it stands on {span}"]
    chinese = [f"《中华人民共和国环境保护税法》，适用日期 {span}"]
    if isinstance(rates, str):
        name = province_name(rates, figures)
        for period in dict.fromkeys(one.law.provinces[name].from_ for one in months):
            held = figures.provinces[name].at(period)
            if held is None:
                continue
            title = figures.provinces[name].title
            english.append(
                f"{title['en']}, rates since {held.from_}: {figures.source(held)}"
                f" ({_CERTAINTY[held.certainty]['en']})"
            )
            chinese.append(
                f"{title['zh']}自{held.from_}起的税额：{figures.source(held, 'zh')}"
                f"（{_CERTAINTY[held.certainty]['zh']}）"
            )
    return {"en": "; ".join(english), "zh": "；".join(chinese)}


_CERTAINTY = {
    "law": {"en": "read in the decision", "zh": "据决定文本"},
    "measured": {"en": "measured", "zh": "实测"},
    "estimated": {"en": "estimated, to be checked", "zh": "估计，须核对"},
    "assumed": {"en": "assumed, to be checked", "zh": "假定，须核对"},
}
