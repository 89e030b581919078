"""What an outlet discharged in a month, settled: names, amounts that are taxed, ratios, rates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cleanpark.scenarios.errors import Message, ScenarioError
from cleanpark.scenarios.law.names import (
    COLOUR_NAMES,
    PH_NAMES,
    ph_band,
    plain,
    pollutant_name,
    province_name,
)
from cleanpark.scenarios.law.outlets import Outlet, checked_number
from cleanpark.scenarios.law.statutes import Item, Law, Statutes, law

TAXED_MEDIA = ("air", "water", "waste")
PILOT = "volatile_organic_compounds"


@dataclass(frozen=True)
class Entry:
    """An amount of one pollutant that may be taxed, with what relief needs."""

    item: Item | None
    name: str
    amount: float
    ratio: float | None = None
    days: float | None = None


@dataclass(frozen=True)
class OutletMonth:
    """An outlet whose names, amounts and law are settled."""

    outlet: Outlet
    law: Law
    rates: Mapping[str, float]
    entries: Mapping[str, Entry]
    exceeds: bool


def decimal(number: float) -> Decimal:
    """The number as people write it, so that 0.95 is exactly 0.95."""
    return Decimal(repr(float(number)))


def settled(
    outlet: Outlet,
    rates: Mapping[str, float] | str,
    date: datetime.date | str | None,
    pilot: float,
    figures: Statutes | None,
) -> OutletMonth:
    """The outlet with the law of its month, its rates, and its amounts by settled names."""
    if outlet.month and date is not None:
        raise ScenarioError("give the months of outlets, or a date, not both")
    day = law(outlet.month or date, figures)
    if outlet.month and not re.fullmatch(r"\d{4}-\d{2}", outlet.month):
        raise ScenarioError("month '{month}': write it as 2026-09", month=outlet.month)
    found = _rates(rates, day)
    if pilot > 0.0:
        found[PILOT] = pilot
    ratios = _ratios(outlet, day)
    entries = _entries(outlet, day, ratios)
    _refuse_idle_ratios(outlet, ratios, entries)
    exceeds = outlet.exceeds or any(ratio > 1.0 for ratio in ratios.values())
    return OutletMonth(outlet, day, found, entries, exceeds)


def _rates(rates: Mapping[str, float] | str, day: Law) -> dict[str, float]:
    if isinstance(rates, str):
        name = province_name(rates, day.statutes)
        entry = day.provinces.get(name)
        if entry is None:
            raise ScenarioError(
                "no rates of '{province}' are known for {date}", province=name, date=day.day
            )
        return {"air": entry.air, "water": entry.water, **entry.pollutants}
    return {
        pollutant_name(name, day, also=TAXED_MEDIA): checked_number(
            value, Message("rate of {name}", name=name), upper=1e6
        )
        for name, value in rates.items()
    }


def _ratios(outlet: Outlet, day: Law) -> dict[str, float]:
    return {
        _burnt(outlet, _key(name, day, outlet.medium, also=("air", "water"))): checked_number(
            value, Message("limit_ratio of {name}", name=name)
        )
        for name, value in outlet.limit_ratio.items()
        if value is not None
    }


def _burnt(outlet: Outlet, name: str) -> str:
    """Particulates from combustion are soot (MoF/STA/MEE 2018 No. 117, Article 1)."""
    return "soot" if outlet.combustion and name == "particulates" else name


def _refuse_idle_ratios(
    outlet: Outlet, ratios: Mapping[str, float], entries: Mapping[str, Entry]
) -> None:
    """A ratio without a pollutant would silently change nothing, or everything."""
    media = {entry.item.medium for entry in entries.values() if entry.item is not None}
    for name in ratios:
        if name not in entries and name not in media:
            raise ScenarioError(
                "limit_ratio of {name}: the outlet{outlet} discharges nothing of it",
                name=name,
                outlet=f" '{outlet.name}'" if outlet.name else "",
            )


def _key(name: str, day: Law, medium: str = "", also: Iterable[str] = ()) -> str:
    """Settled name of a pollutant, a pH with its value, or colour with its times."""
    stem, at, value = str(name).partition("@")
    bare = plain(stem.rpartition(":")[2])
    if not at:
        if bare in PH_NAMES:
            raise ScenarioError("pH needs its value: write ph@4.5")
        return pollutant_name(name, day, medium, also)
    try:
        number = float(value)
    except ValueError as cause:
        raise ScenarioError("{name}: '{value}' is no number", name=name, value=value) from cause
    if bare in PH_NAMES:
        return ph_band(number)
    if bare in COLOUR_NAMES:
        return "colour"
    raise ScenarioError("{name}: only pH and colour take a value", name=name)


def _entries(outlet: Outlet, day: Law, ratios: Mapping[str, float]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for given in dict.fromkeys((*outlet.discharge, *outlet.generated)):
        name = _burnt(outlet, _key(given, day, outlet.medium))
        item = day.item(name)
        amount = _base(outlet, given, item)
        if name in entries and name not in ("", "soot", "colour"):
            raise ScenarioError("'{name}' is given twice", name=given)
        if name in entries:
            amount += entries[name].amount
        ratio = None if outlet.fraud else _ratio_of(item, name, ratios)
        entries[name] = Entry(item, name, amount, ratio, outlet.days.get(given))
    _refuse_mixed(outlet, entries)
    return entries


def _ratio_of(item: Item | None, name: str, ratios: Mapping[str, float]) -> float | None:
    """A pollutant's own ratio, or its medium's where it is measured by weight."""
    if item is None or name in ratios:
        return ratios.get(name)
    return ratios.get(item.medium) if item.unit == "kg" else None


def _base(outlet: Outlet, given: str, item: Item | None) -> float:
    """The amount that is taxed: what leaves, or after fraud what was generated."""
    kinds = {"discharge": outlet.discharge, "generated": outlet.generated,
             "stored": outlet.stored, "disposed": outlet.disposed, "used": outlet.used}  # fmt: skip
    known = {
        kind: checked_number(amounts[given], Message("{kind} of {name}", kind=kind, name=given))
        for kind, amounts in kinds.items()
        if given in amounts
    }
    waste = item is not None and item.medium == "waste"
    kept = [kind for kind in ("stored", "disposed", "used") if kind in known]
    if kept and not waste:
        raise ScenarioError("{kind} of {name}: only solid waste has it", kind=kept[0], name=given)
    if outlet.fraud and (item is None or item.medium != "noise"):
        if "generated" not in known:
            raise ScenarioError(
                "{name}: after fraud what was generated is taxed; give that amount", name=given
            )
        return known["generated"]
    if waste and "discharge" not in known:
        return _waste_base(given, known, kept)
    if "discharge" not in known:
        raise ScenarioError("{name}: no amount discharged is given", name=given)
    if kept:
        raise ScenarioError(
            "{name}: give the amount discharged, or generated, stored, disposed of and used",
            name=given,
        )
    return _times(given, known["discharge"])


def _waste_base(given: str, known: Mapping[str, float], kept: Sequence[str]) -> float:
    """Generated less stored, disposed of and used (Implementing Regulations, Article 5)."""
    base = decimal(known["generated"]) - sum((decimal(known[kind]) for kind in kept), Decimal(0))
    if base < 0:
        raise ScenarioError(
            "{name}: stored, disposed of and used are more than was generated", name=given
        )
    return float(base)


def _times(given: str, amount: float) -> float:
    """Sewage times the multiples of colour above the standard; else the amount."""
    stem, at, value = given.partition("@")
    if at and plain(stem.rpartition(":")[2]) in COLOUR_NAMES:
        return float(decimal(amount) * decimal(float(value)))
    return amount


def _refuse_mixed(outlet: Outlet, entries: Mapping[str, Entry]) -> None:
    """Table 4 is for those alone whose discharge cannot be measured."""
    media = {entry.item.medium for entry in entries.values() if entry.item is not None}
    if "small" in media and "water" in media:
        raise ScenarioError(
            "outlet '{name}': table 4 is for sources that cannot be measured; leave out what was "
            "measured, or the source",
            name=outlet.name,
        )
