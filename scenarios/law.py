"""Statutory figures, and the environmental protection tax of a discharge to the fen.

Source of the figures: `law.toml`, as printed in the Environmental Protection Tax Law, its
Implementing Regulations (State Council Order 693) and the laws named beside each figure.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from cleanpark.scenarios.errors import Listed, Message, ScenarioError, nearest
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Certainty, Finite, Record, Title

if TYPE_CHECKING:
    import pandas as pd

FILE = Path(__file__).with_name("law.toml")
FEN = Decimal("0.01")
TAXED_MEDIA = ("air", "water", "waste")


class Statute(Record):
    """The tax law itself."""

    title: Title
    in_force: datetime.date
    source: str
    certainty: Certainty
    not_taxed: tuple[str, ...]


class Band(Record):
    """A statutory range."""

    low: Finite
    high: Finite
    unit: str = "CNY per case"
    title: Title | None = None
    source: str
    certainty: Certainty


class Reduction(Record):
    """Relief for a concentration below the standard (Article 13)."""

    below_standard: Finite
    reduction: Finite
    source: str
    certainty: Certainty


class TaxedPollutants(Record):
    """How many pollutants of one outlet are taxed (Article 9)."""

    air: int
    water_class_1: int
    water_class_2: int
    source: str
    certainty: Certainty


class WasteRate(Record):
    """Tax on a kind of solid waste, CNY per t (Schedule 1)."""

    rate: Finite
    title: Title


class NoiseStep(Record):
    """Tax on noise from this many decibels above the standard on, CNY per month (Schedule 1)."""

    decibels: int
    rate: Finite


class Equivalent(Record):
    """Amount of a pollutant that makes one pollution equivalent (Schedule 2)."""

    equivalent: Finite
    unit: str = "kg"
    class_: int = 2
    group: str = ""
    title: Title


class Province(Record):
    """Rates of a province or of a part of it, CNY per pollution equivalent."""

    name: str
    title: Title
    air: Finite
    water: Finite
    pollutants: dict[str, Finite] = Field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    source: str
    certainty: Certainty


class Law(Record):
    """Every statutory figure."""

    environmental_tax: Statute
    rate_range: dict[str, Band]
    reduction: tuple[Reduction, ...]
    taxed_pollutants: TaxedPollutants
    solid_waste: dict[str, WasteRate]
    noise: tuple[NoiseStep, ...]
    air: dict[str, Equivalent]
    water: dict[str, Equivalent]
    fines: dict[str, Band]
    province: tuple[Province, ...]


@functools.cache
def law() -> Law:
    """The statutory figures of `law.toml`."""
    data = read_toml(FILE, ScenarioError)
    for pollutant in data["water"].values():
        pollutant["class_"] = pollutant.pop("class", 2)
    return checked(Law, data, FILE, ScenarioError)


def tax_share(ratio: float, notch_30: float, notch_50: float) -> float:
    """Share of the tax that remains at this concentration over its limit.

    The statute reduces the tax where the concentration is lower than the standard by 30 percent
    (`ratio` up to 0.7: 1 - `notch_30`) and by 50 percent (up to 0.5: 1 - `notch_50`); no ratio
    above 0.7, and so no exceedance, is reduced. The tolerance of 1e-9 is for ratios that are 0.7
    or 0.5 but for rounding in their last digit. Source: Environmental Protection Tax Law,
    Article 13.
    """
    if ratio <= 0.5 + 1e-9:
        return 1.0 - notch_50
    if ratio <= 0.7 + 1e-9:
        return 1.0 - notch_30
    return 1.0


def medium_of(pollutant: str) -> str:
    """Medium of a taxed pollutant or waste: `air`, `water` or `waste`; empty if none."""
    figures = law()
    if pollutant in figures.air:
        return "air"
    if pollutant in figures.water:
        return "water"
    return "waste" if pollutant in figures.solid_waste else ""


def equivalents_per_unit(flow: str) -> float:
    """Pollution equivalents of one unit of a flow; 0 for what is not taxed.

    The law taxes waste by the tonne; here 1 t of general solid waste counts as one equivalent and
    other waste in proportion to its tax, so hazardous waste as 40.
    """
    figures = law()
    medium = medium_of(flow)
    if medium == "waste":
        return figures.solid_waste[flow].rate / figures.solid_waste["solid_waste"].rate
    if medium == "air":
        return 1.0 / figures.air[flow].equivalent
    return 1.0 / figures.water[flow].equivalent if medium == "water" else 0.0


def noise_tax(decibels: float) -> float:
    """Tax on industrial noise this far above the standard, CNY per month (Schedule 1).

    Decibels are rounded to the nearest whole number, halves up.
    """
    if not math.isfinite(decibels):
        raise ScenarioError(
            "noise of {decibels!r} dB above the standard: must be a finite number",
            decibels=decibels,
        )
    rounded = math.floor(decibels + 0.5)
    due = [step.rate for step in law().noise if rounded >= step.decibels]
    return due[-1] if due else 0.0


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "-").replace("_", "-")


@functools.cache
def _provinces_by_name() -> dict[str, Province]:
    named = {}
    for entry in law().province:
        for name in (entry.name, entry.title["en"], entry.title["zh"], *entry.aliases):
            named[_plain(name)] = entry
    return named


def province(name: str) -> Province:
    """Rates of a province by its name, such as `guangdong`, `jiangsu-nanjing` or `北京`."""
    found = _provinces_by_name().get(_plain(name))
    if found is None:
        names = [entry.name for entry in law().province]
        within = [other for other in names if other.startswith(_plain(name) + "-")]
        hint = nearest(name, _provinces_by_name())
        if within:
            hint = Message("; did you mean one of {names}?", names=Listed(within))
        raise ScenarioError(
            "unknown province '{name}'{hint} (provinces: {names})",
            name=name,
            hint=hint,
            names=Listed(names),
        )
    return found


def provinces() -> pd.DataFrame:
    """Every province with its rates, CNY per pollution equivalent, source and certainty."""
    import pandas as pd

    return pd.DataFrame(
        {
            "name": entry.name,
            "title_en": entry.title["en"],
            "title_zh": entry.title["zh"],
            "air": entry.air,
            "water": entry.water,
            "pollutants": ", ".join(f"{key} {rate:g}" for key, rate in entry.pollutants.items()),
            "source": entry.source,
            "certainty": entry.certainty,
        }
        for entry in law().province
    )


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


@dataclass(frozen=True)
class EnvironmentalTax:
    """Environmental protection tax of a discharge, by pollutant and in total, CNY.

    `total` adds what is due by pollutant, each rounded to the fen; `exact` is not rounded.
    """

    lines: tuple[TaxLine, ...]
    total: float
    exact: float

    @property
    def breakdown(self) -> pd.DataFrame:
        """One row per pollutant: equivalents, rate, gross tax, reduction, tax and a note."""
        import pandas as pd

        return pd.DataFrame(self.lines, columns=list(TaxLine.__dataclass_fields__))


def environmental_tax(
    discharge: Mapping[str, float],
    limit_ratio: Mapping[str, float | None] | None,
    rates: Mapping[str, float] | str,
) -> EnvironmentalTax:
    """Environmental protection tax of what one outlet discharges in a period.

    `discharge`: amount by flow or other pollutant of Schedule 2, in its unit (kg; t for waste).
    `limit_ratio`: discharge concentration over its limit by medium (`air`, `water`) or by
    pollutant; without it there is no reduction. Any ratio above 1 voids all reductions, since the
    statute grants none to who exceeds a standard at any outlet (Implementing Regulations of the
    Environmental Protection Tax Law, Articles 10 to 12).
    `rates`: a province by name, or CNY per equivalent by medium (`air`, `water`) or pollutant;
    `waste` is CNY per t of general solid waste, hazardous waste 40 times; 25 and 1,000 if absent.

    >>> environmental_tax({"sulfur_dioxide": 950}, {"air": 0.7}, {"air": 1.2}).total
    900.0
    """
    amounts = _checked_amounts(discharge)
    ratios = _checked_ratios(limit_ratio or {})
    rate_of = _province_rates(rates) if isinstance(rates, str) else _checked_rates(rates)
    beyond = _not_taxed(amounts)
    exceeds = any(ratio > 1.0 for ratio in ratios.values())
    lines = tuple(
        _line(name, amount, _rate(name, rate_of), _share(name, ratios, exceeds), beyond)
        for name, amount in amounts.items()
    )
    total = sum((_decimal(line.tax) for line in lines), Decimal(0))
    return EnvironmentalTax(lines, float(total), math.fsum(line.exact for line in lines))


def _decimal(number: float) -> Decimal:
    """The number as people write it, so that 0.95 is exactly 0.95."""
    return Decimal(repr(float(number)))


def _fen(amount: Decimal) -> float:
    return float(amount.quantize(FEN, rounding=ROUND_HALF_UP))


def _number(value: Any, what: str | Message, upper: float = 1e15) -> float:
    """The value as a number from 0 to `upper`."""
    if isinstance(value, bool | str):
        raise ScenarioError("{what} = {value!r}: must be a number", what=what, value=value)
    try:
        number = float(value)
    except (TypeError, ValueError) as cause:
        raise ScenarioError(
            "{what} = {value!r}: must be a number", what=what, value=value
        ) from cause
    if not math.isfinite(number) or not 0.0 <= number <= upper:
        raise ScenarioError(
            "{what} = {value!r}: must be a number from 0 to {upper:g}",
            what=what,
            value=value,
            upper=upper,
        )
    return number


def _known() -> list[str]:
    figures = law()
    return [*figures.air, *figures.water, *figures.solid_waste]


def _refuse_unknown(name: object, what: Message, allowed: Sequence[str]) -> None:
    if name not in allowed:
        raise ScenarioError(
            "unknown {what} '{name}'{hint} (allowed: {shown})",
            what=what,
            name=name,
            hint=nearest(name, allowed),
            shown=Listed(allowed),
        )


def _checked_amounts(discharge: Mapping[str, float]) -> dict[str, float]:
    allowed = [*_known(), *law().environmental_tax.not_taxed]
    amounts = {}
    for name, value in discharge.items():
        _refuse_unknown(name, Message("flow"), allowed)
        amounts[name] = _number(value, Message("discharge of {name}", name=name))
    return amounts


def _checked_ratios(limit_ratio: Mapping[str, float | None]) -> dict[str, float]:
    allowed = ["air", "water", *law().air, *law().water]
    ratios = {}
    for name, value in limit_ratio.items():
        _refuse_unknown(name, Message("medium in limit_ratio"), allowed)
        if value is not None:
            ratios[name] = _number(value, Message("limit_ratio of {name}", name=name))
    return ratios


def _checked_rates(rates: Mapping[str, float]) -> dict[str, float]:
    allowed = [*TAXED_MEDIA, *_known()]
    found = {}
    for name, value in rates.items():
        _refuse_unknown(name, Message("medium in rates"), allowed)
        found[name] = _number(value, Message("rate of {name}", name=name), upper=1e6)
    return found


def _province_rates(name: str) -> dict[str, float]:
    entry = province(name)
    return {"air": entry.air, "water": entry.water, **entry.pollutants}


def _rate(name: str, rates: Mapping[str, float]) -> float:
    """CNY per equivalent, for waste per t."""
    medium = medium_of(name)
    if not medium:
        return 0.0
    if name in rates:
        return rates[name]
    if medium == "waste":
        if "waste" in rates:
            return rates["waste"] * equivalents_per_unit(name)
        return law().solid_waste[name].rate
    if medium not in rates:
        raise ScenarioError(
            "no rate for {medium}, which {name} needs: give rates = {{'{medium}': "
            "CNY per equivalent}} or the name of a province",
            medium=medium,
            name=name,
        )
    return rates[medium]


def _share(name: str, ratios: Mapping[str, float], exceeds: bool) -> float:
    """Share of the tax that remains by Article 13; waste has no such relief."""
    ratio = ratios.get(name, ratios.get(medium_of(name)))
    if exceeds or ratio is None:
        return 1.0
    first, second = (entry.reduction for entry in law().reduction)
    return tax_share(ratio, first, second)


def _equivalents(name: str, amount: float) -> Decimal:
    """Pollution equivalents of an amount; of waste, t."""
    medium = medium_of(name)
    if medium == "waste":
        return _decimal(amount)
    if not medium:
        return Decimal(0)
    table = law().air if medium == "air" else law().water
    return _decimal(amount) / _decimal(table[name].equivalent)


def _not_taxed(amounts: Mapping[str, float]) -> dict[str, str]:
    """Pollutants of the outlet that Article 9 and Schedule 2 leave untaxed, and why."""
    counts = law().taxed_pollutants
    alike = _smaller_of_group(amounts)
    reasons = dict.fromkeys(alike, "another measure of oxygen demand counts")
    outlets = (
        ("air", counts.air, [name for name in amounts if medium_of(name) == "air"]),
        ("class-1 water", counts.water_class_1, [n for n in amounts if _water_class(n) == 1]),
        ("other water", counts.water_class_2, [n for n in amounts if _water_class(n) == 2]),
    )
    for title, count, names in outlets:
        listed = [name for name in names if name not in alike]
        listed.sort(key=lambda name: _equivalents(name, amounts[name]), reverse=True)
        for name in listed[count:]:
            reasons[name] = f"not among the first {count} {title} pollutants"
    return reasons


def _water_class(name: str) -> int:
    water = law().water
    return water[name].class_ if name in water else 0


def _smaller_of_group(amounts: Mapping[str, float]) -> list[str]:
    """Pollutants that measure the same thing as one with more equivalents at the outlet."""
    largest: dict[str, str] = {}
    smaller = []
    for name, entry in law().water.items():
        if name not in amounts or not entry.group:
            continue
        rival = largest.setdefault(entry.group, name)
        if rival != name:
            ahead = _equivalents(name, amounts[name]) > _equivalents(rival, amounts[rival])
            smaller.append(rival if ahead else name)
            largest[entry.group] = name if ahead else rival
    return smaller


def _unit(name: str) -> str:
    figures = law()
    entry = figures.air.get(name) or figures.water.get(name)
    if entry:
        return entry.unit
    return "t" if name in figures.solid_waste else ""


def _line(
    name: str, amount: float, rate: float, share: float, beyond: Mapping[str, str]
) -> TaxLine:
    """Tax on one pollutant, rounded to the fen at the end."""
    medium = medium_of(name)
    equivalents = _equivalents(name, amount)
    note = beyond.get(name, "" if medium else "not subject to this tax")
    gross = Decimal(0) if note else equivalents * _decimal(rate)
    due = gross * _decimal(share)
    return TaxLine(
        flow=name,
        medium=medium,
        amount=amount,
        unit=_unit(name),
        equivalents=float(equivalents),
        rate=rate,
        gross=_fen(gross),
        reduction=float(_decimal(_fen(gross)) - _decimal(_fen(due))),
        tax=_fen(due),
        exact=float(due),
        note=note,
    )
