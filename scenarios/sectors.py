"""Sectors of industry: worst practice, limits, treatment, economics, catalogue of options.

Each sector is one TOML file. A user adds a sector, or replaces a packaged one of the same name, by
pointing at a file of the same shape or at a folder of them: ``sectors("my_sectors/")``.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from cleanpark.scenarios import law
from cleanpark.scenarios.errors import InputError, Listed, ScenarioError, nearest
from cleanpark.scenarios.flows import FLOWS, MEDIA, ORGANIC, flow_table
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.indicators import INDICATORS, Levels, usual_reference
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Certainty, Finite, Record, Title, Value

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).with_name("sectors")
MAX_OPTIONS = 64
"""Options that a sector's catalogue can hold: one bit each."""
LEVELS = 3
KINDS = ("housekeeping", "process", "equipment", "recycling")
"""Kinds of options; their position is the code in the records."""
FIRST_YEAR = 2026
LOW_COST_INVESTMENT = 20.0
"""An option below this investment, CNY per 10,000 CNY of yearly output, is no/low-cost."""
LOW_COST_PAYBACK = 0.5
"""So is one that pays back within this many years."""
WAN = 1e-4
"""10,000 CNY in a CNY."""

SECTOR = np.dtype(
    [
        ("worst", "f8", (len(FLOWS),)),
        ("removal", "f8", (len(FLOWS),)),
        ("limit", "f8", (len(MEDIA),)),
        ("treatment_slope", "f8", (len(MEDIA),)),
        ("treatment_fixed", "f8", (len(MEDIA),)),
        ("voc_slope", "f8"),
        ("reference", "f8", (len(INDICATORS), LEVELS)),
        ("wastewater", "f8"),
        ("electricity", "f8"),
        ("growth", "f8"),
        ("margin", "f8"),
        ("demand_elasticity", "f8"),
        ("output_median", "f8"),
        ("output_spread", "f8"),
        ("listed_share", "f8"),
        ("options", "i8"),
        ("option_kind", "i8", (MAX_OPTIONS,)),
        ("investment", "f8", (MAX_OPTIONS,)),
        ("running_cost", "f8", (MAX_OPTIONS,)),
        ("material_saving", "f8", (MAX_OPTIONS,)),
        ("saving", "f8", (MAX_OPTIONS, len(FLOWS))),
        ("life", "f8", (MAX_OPTIONS,)),
        ("available", "f8", (MAX_OPTIONS,)),
        ("low_cost", "i8", (MAX_OPTIONS,)),
    ]
)
"""A sector as the model reads it. `worst`: unit of the flow per 10,000 CNY of output; `removal`:
share removed at full effort; `limit`: equivalents per 10,000 CNY; `treatment_slope`: marginal
variable cost at full effort, CNY per equivalent; `treatment_fixed`: CNY per equivalent of what
full effort could remove with no option; `voc_slope`: whole marginal cost of volatile organic
compounds at full effort, CNY per equivalent; `reference`: ratio to worst practice by level;
`wastewater`: m3 per 10,000 CNY; `electricity`: share of
energy, at calorific value; `output_median`: 10,000 CNY a quarter; options' money: 10,000 CNY
per 10,000 CNY of yearly output; `available`: first quarter, 0 being the first of 2026."""


class Reference(Record):
    """Reference values for levels I, II and III, as ratio to worst practice; lower is better."""

    energy: Levels
    water: Levels
    air: Levels
    water_pollutants: Levels
    waste: Levels
    process: Levels
    management: Levels
    innovation: Levels = Field(default_factory=lambda: usual_reference("innovation"))
    facilities: Levels = Field(default_factory=lambda: usual_reference("facilities"))
    unit: str
    source: str
    certainty: Certainty

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        for indicator in INDICATORS:
            first, second, third = getattr(self, indicator)
            if not 0.0 < first <= second <= third <= 1.0:
                raise InputError(
                    "{indicator}: levels I, II, III must rise inside 0 to 1", indicator=indicator
                )
        return self


class Column(Record):
    """Unit of a column of the options, and factors to its plausible range."""

    unit: str
    low_factor: Finite
    high_factor: Finite


class Option(Record):
    """A cleaner-production option; money in CNY per 10,000 CNY of yearly output."""

    name: str
    title: Title
    kind: Literal["housekeeping", "process", "equipment", "recycling"]
    investment: Finite = Field(ge=0.0, le=10_000.0)
    running_cost: Finite = Field(default=0.0, ge=-10_000.0, le=10_000.0)
    material_saving: Finite = Field(default=0.0, ge=0.0, le=10_000.0)
    saving: dict[str, Finite]
    life: Finite = Field(gt=0.0, le=100.0)
    payback: Finite | None = Field(default=None, ge=0.0)
    available_from: int = Field(default=FIRST_YEAR, ge=1900, le=2100)
    source: str
    certainty: Certainty

    @model_validator(mode="after")
    def _savings_of_flows(self) -> Self:
        for flow, share in self.saving.items():
            if flow not in FLOWS:
                raise InputError(
                    "saving of unknown flow '{flow}'{hint}", flow=flow, hint=nearest(flow, FLOWS)
                )
            if not 0.0 <= share < 1.0:
                raise InputError(
                    "saving of {flow} = {share:g}: must be from 0 to below 1",
                    flow=flow,
                    share=share,
                )
        return self

    @property
    def low_cost(self) -> bool:
        """Whether audit practice counts it as no/low-cost."""
        quick = self.payback is not None and self.payback < LOW_COST_PAYBACK
        return self.investment < LOW_COST_INVESTMENT or quick

    @property
    def available(self) -> float:
        """First quarter in which it can be bought; 0 is the first quarter of 2026."""
        return max(0.0, 4.0 * (self.available_from - FIRST_YEAR))


COLUMN_UNITS = {
    "investment": "CNY per 10,000 CNY of yearly output",
    "running_cost": "CNY per 10,000 CNY of yearly output, per year",
    "material_saving": "CNY per 10,000 CNY of yearly output, per year",
    "saving": "fraction of the flow at worst practice, pollutants before treatment",
    "life": "years",
    "payback": "years",
    "available_from": "year",
}


class Economy(Record):
    """Size, growth and profit of the sector's enterprises, their wastewater and electricity."""

    wastewater: Value
    electricity: Value
    growth: Value
    margin: Value
    demand_elasticity: Value
    output_median: Value
    output_spread: Value
    listed_share: Value


LIMITS: Mapping[str, tuple[str, float, float]] = {
    "limit": ("equivalents per 10,000 CNY", 0.0, 1e6),
    "treatment_slope": ("CNY per equivalent", 0.0, 1e6),
    "treatment_fixed": ("CNY per equivalent of capacity", 0.0, 1e6),
    "removal": ("share", 0.0, 1.0),
    "combustion": ("share", 0.0, 1.0),
    "wastewater": ("m3 per 10,000 CNY", 0.0, 1e6),
    "electricity": ("share of energy", 0.0, 1.0),
    "growth": ("share per year", -0.5, 0.5),
    "margin": ("share of output", 0.0, 0.9),
    "demand_elasticity": ("elasticity", 0.0, 10.0),
    "output_median": ("10,000 CNY per quarter", 1e-3, 1e9),
    "output_spread": ("sigma of ln", 0.0, 4.0),
    "listed_share": ("share of enterprises", 0.0, 1.0),
}
"""Unit and accepted range of each value of a sector."""


class Sector(Record):
    """A sector of industry as its file states it."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    order: int
    title: Title
    aliases: tuple[str, ...] = ()
    note: str = ""
    worst: dict[str, Value]
    removal: dict[str, Value]
    combustion: dict[str, Value] = Field(default_factory=dict)
    limit: dict[str, Value]
    treatment_slope: dict[str, Value]
    treatment_fixed: dict[str, Value]
    reference: Reference
    economy: Economy
    columns: dict[str, Column]
    option: tuple[Option, ...]

    def __hash__(self) -> int:
        """By content, so that a catalogue can key a cache."""
        return hash(self.digest)

    @property
    def options(self) -> tuple[Option, ...]:
        """The catalogue; an option's position is its bit."""
        return self.option

    def equivalents_per_unit(self, flow: str) -> float:
        """Pollution equivalents of one unit of a flow.

        Particulates from combustion are taxed as soot, others as dust (MoF/STA/MEE 2018 No. 117,
        Article 1); without a share of combustion all of a sector's are dust.
        """
        each = flow_table()[flow].equivalents_per_unit
        if flow not in self.combustion:
            return each
        burnt = self.combustion[flow].value
        return burnt * law.equivalents_per_unit("soot") + (1.0 - burnt) * each

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of the sector's content."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        _same_names("worst", self.worst, FLOWS)
        removed = [flow for flow in FLOWS if flow_table()[flow].medium in (*MEDIA, ORGANIC)]
        _same_names("removal", self.removal, removed)
        _same_names("limit", self.limit, MEDIA)
        _same_names("treatment_slope", self.treatment_slope, (*MEDIA, "voc"))
        _same_names("treatment_fixed", self.treatment_fixed, MEDIA)
        _same_names("columns", self.columns, tuple(COLUMN_UNITS))
        for flow, value in self.worst.items():
            unit = f"{flow_table()[flow].unit} per 10,000 CNY"
            _inside(f"worst.{flow}", value, (unit, 1e-9, 1e6))
        if self.combustion:
            _same_names("combustion", self.combustion, ("particulates",))
        tables = ("removal", "combustion", "limit", "treatment_slope", "treatment_fixed")
        for table in tables:
            for name, value in getattr(self, table).items():
                _inside(f"{table}.{name}", value, LIMITS[table])
        for name in Economy.model_fields:
            _inside(f"economy.{name}", getattr(self.economy, name), LIMITS[name])
        _check_options(self)
        return self


def _same_names(table: str, given: Mapping[str, Any], expected: Sequence[str]) -> None:
    for name in given:
        if name not in expected:
            raise InputError(
                "key '{table}.{name}': unknown{hint} (allowed: {allowed})",
                table=table,
                name=name,
                hint=nearest(name, expected),
                allowed=Listed(expected),
            )
    for name in expected:
        if name not in given:
            raise InputError("key '{table}.{name}': missing", table=table, name=name)


def _inside(key: str, value: Value, allowed: tuple[str, float, float]) -> None:
    unit, low, high = allowed
    if value.unit != unit:
        raise InputError(
            "key '{key}': unit '{unit}' must be '{wanted}'", key=key, unit=value.unit, wanted=unit
        )
    if not low <= value.value <= high:
        raise InputError(
            "key '{key}' = {value:g}: must be from {low:g} to {high:g}",
            key=key,
            value=value.value,
            low=low,
            high=high,
        )


def _check_options(sector: Sector) -> None:
    if len(sector.options) > MAX_OPTIONS:
        raise InputError(
            "{count} options: at most {most} are possible",
            count=len(sector.options),
            most=MAX_OPTIONS,
        )
    for name, column in sector.columns.items():
        if column.unit != COLUMN_UNITS[name]:
            raise InputError(
                "key 'columns.{name}': unit '{unit}' must be '{wanted}'",
                name=name,
                unit=column.unit,
                wanted=COLUMN_UNITS[name],
            )
    names = [option.name for option in sector.option]
    for name in names:
        if names.count(name) > 1:
            raise InputError(
                "option '{name}' is there {count} times", name=name, count=names.count(name)
            )


def read_sector(path: Path) -> Sector:
    """The sector in a file."""
    return checked(Sector, read_toml(path, ScenarioError), path, ScenarioError)


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        found = sorted(place.glob("*.toml"))
        if not found:
            raise ScenarioError("{place}: no sector file (*.toml) in this folder", place=place)
        return found
    if not place.exists():
        raise ScenarioError("{place}: no such file or folder", place=place)
    return [place]


@functools.cache
def _packaged() -> tuple[Sector, ...]:
    return _in_order(read_sector(path) for path in _files(FOLDER))


def _in_order(found: Iterable[Sector]) -> tuple[Sector, ...]:
    return tuple(sorted(found, key=lambda sector: (sector.order, sector.name)))


def sectors(*places: str | Path) -> tuple[Sector, ...]:
    """The packaged sectors, with those of the user's files or folders added.

    A user's sector of a packaged sector's name takes its place; others follow by their `order`.
    """
    by_name = {sector.name: sector for sector in _packaged()}
    origin: dict[str, Path] = {}
    for place in places:
        for path in _files(user_path(place)):
            sector = read_sector(path)
            if sector.name in origin:
                raise ScenarioError(
                    "{path}, key 'name': '{sector}' is already in {origin}",
                    path=path,
                    sector=sector.name,
                    origin=origin[sector.name],
                )
            origin[sector.name] = path
            by_name[sector.name] = sector
    return _in_order(by_name.values())


def sector_records(catalogue: Sequence[Sector]) -> NDArray[np.void]:
    """The sectors as records of dtype `SECTOR`, in their order."""
    records = np.zeros(len(catalogue), dtype=SECTOR)
    for record, sector in zip(records, catalogue, strict=True):
        _fill_sector(record, sector)
        for number, option in enumerate(sector.options):
            _fill_option(record, number, option)
    return records


def _fill_sector(record: Any, sector: Sector) -> None:
    record["worst"] = [sector.worst[flow].value for flow in FLOWS]
    record["removal"] = [sector.removal[f].value if f in sector.removal else 0.0 for f in FLOWS]
    record["limit"] = [sector.limit[medium].value for medium in MEDIA]
    record["treatment_slope"] = [sector.treatment_slope[medium].value for medium in MEDIA]
    record["treatment_fixed"] = [sector.treatment_fixed[medium].value for medium in MEDIA]
    record["voc_slope"] = sector.treatment_slope["voc"].value
    record["reference"] = [getattr(sector.reference, indicator) for indicator in INDICATORS]
    for name in Economy.model_fields:
        record[name] = getattr(sector.economy, name).value
    record["options"] = len(sector.options)


def _fill_option(record: Any, number: int, option: Option) -> None:
    record["option_kind"][number] = KINDS.index(option.kind)
    record["investment"][number] = option.investment * WAN
    record["running_cost"][number] = option.running_cost * WAN
    record["material_saving"][number] = option.material_saving * WAN
    record["saving"][number] = [option.saving.get(flow, 0.0) for flow in FLOWS]
    record["life"][number] = option.life
    record["available"][number] = option.available
    record["low_cost"][number] = int(option.low_cost)


def sector_table(catalogue: Sequence[Sector] | None = None) -> pd.DataFrame:
    """Every value of the sectors: sector, key, value, unit, low, high, source, certainty."""
    import pandas as pd

    rows = []
    for sector in catalogue if catalogue is not None else sectors():
        tables = {
            "worst": sector.worst,
            "removal": sector.removal,
            "combustion": sector.combustion,
            "limit": sector.limit,
            "treatment_slope": sector.treatment_slope,
            "treatment_fixed": sector.treatment_fixed,
            "economy": dict(sector.economy),
        }
        for table, values in tables.items():
            for name, value in values.items():
                rows.append({"sector": sector.name, "key": f"{table}.{name}", **dict(value)})
    return pd.DataFrame(rows)


def option_table(catalogue: Sequence[Sector] | None = None) -> pd.DataFrame:
    """Every option with its money (CNY per 10,000 CNY of yearly output), savings and source."""
    import pandas as pd

    rows = []
    for sector in catalogue if catalogue is not None else sectors():
        for option in sector.options:
            row = option.model_dump(exclude={"title", "saving"})
            titles = {"title_en": option.title["en"], "title_zh": option.title["zh"]}
            savings = {flow: option.saving.get(flow, 0.0) for flow in FLOWS}
            cost = {"low_cost": option.low_cost}
            rows.append({"sector": sector.name, **row, **titles, **cost, **savings})
    return pd.DataFrame(rows)
