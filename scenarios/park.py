"""A park at the start: its enterprises in outline or by name, and its central wastewater works."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from cleanpark.scenarios.errors import InputError, Listed, ParkError, nearest
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.sectors import Sector, sectors
from cleanpark.scenarios.titles import clean_name
from cleanpark.scenarios.value import Certainty, Finite, Record, Title, Value
from cleanpark.scenarios.whole import whole

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park_files import Account

    Table = pd.DataFrame | None
    Report = Account | None
else:
    Table = Any
    Report = Any

FOLDER = Path(__file__).with_name("parks")
MOST_ENTERPRISES = 1_000_000
Kind = Literal["heavy", "high-tech", "mixed"]
UNITS: Mapping[str, tuple[str, float, float]] = {
    "enterprises": ("enterprises", 1, MOST_ENTERPRISES),
    "technology_mean": ("level in 0 to 1", 0.0, 1.0),
    "technology_spread": ("level in 0 to 1", 0.0, 1.0),
    "attitude_mean": ("attitude in 0 to 1", 0.0, 1.0),
    "attitude_spread": ("attitude in 0 to 1", 0.0, 1.0),
    "attitude_technology_correlation": ("correlation", -1.0, 1.0),
    "works_connected": ("share of enterprises", 0.0, 1.0),
    "works_fee": ("CNY per m3", 0.0, 1000.0),
    "works_removal": ("share of the load received", 0.0, 1.0),
}
"""Unit and accepted range of each number of a park."""


class SectorMix(Record):
    """Share of the enterprises in each sector."""

    unit: Literal["share of enterprises"]
    source: str
    certainty: Certainty
    shares: dict[str, Finite]
    files: tuple[str, ...] = ()
    """Sector files of the user's own, from the park's file."""


class ParkData(Record):
    """A park as its file states it."""

    name: str = Field(min_length=1)
    title: Title
    kind: Kind
    sectors: SectorMix
    enterprises: Value
    technology_mean: Value
    technology_spread: Value
    attitude_mean: Value
    attitude_spread: Value
    attitude_technology_correlation: Value
    works_connected: Value
    works_fee: Value
    works_removal: Value

    @model_validator(mode="after")
    def _units(self) -> Self:
        for name, (unit, _low, _high) in UNITS.items():
            given = getattr(self, name).unit
            if given != unit:
                raise InputError(
                    "key '{name}': unit '{given}' must be '{unit}'",
                    name=name,
                    given=given,
                    unit=unit,
                )
        return self


class Park(Record):
    """A park: `sectors` are shares of the enterprises; `works_fee` is in CNY per m3.

    `table` lists a user's own enterprises, one a row, NaN where something is unknown and the
    model draws it; `last_audit` is there the quarter counted from 2026-Q1, negative before it.
    `account` says what was taken from the file. `own_sectors` are sectors that are not packaged, or
    not as they are packaged. `values` holds units, ranges and sources.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    title: Title
    kind: Kind
    enterprises: int
    sectors: dict[str, float]
    technology_mean: float
    technology_spread: float
    attitude_mean: float
    attitude_spread: float
    attitude_technology_correlation: float
    works_connected: float
    works_fee: float
    works_removal: float
    table: Table = None
    account: Report = None
    own_sectors: tuple[Sector, ...] = ()
    values: dict[str, Value] = Field(default_factory=dict)

    @field_validator("name")
    @classmethod
    def _seen(cls, given: str) -> str:
        called = clean_name(given)
        if called is None:
            raise InputError(
                "cannot be a park's name; give a printable text (a file of enterprises is called "
                "by its own name: rename it)"
            )
        return called

    @model_validator(mode="after")
    def _inside(self) -> Self:
        for name, (_unit, low, high) in UNITS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise InputError(
                    "key '{name}' = {value:g}: must be from {low:g} to {high:g}",
                    name=name,
                    value=value,
                    low=low,
                    high=high,
                )
        if any(not math.isfinite(share) or share < 0.0 for share in self.sectors.values()):
            raise InputError("key 'sectors': shares must not be negative")
        total = sum(self.sectors.values())
        if abs(total - 1.0) > 1e-6:
            raise InputError(
                "key 'sectors': shares add up to {total:g}, must add up to 1", total=total
            )
        return self

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of everything that a run depends on."""
        text = self.model_dump_json(exclude={"table", "account", "own_sectors", "values"})
        found = hashlib.sha256(text.encode())
        for sector in self.own_sectors:
            found.update(sector.digest.encode())
        if self.table is not None:
            found.update(self.table.to_csv(index=False).encode())
        return found.hexdigest()

    def __hash__(self) -> int:
        """By content."""
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        """Equal when everything that a run depends on is equal."""
        return isinstance(other, Park) and self.digest == other.digest


def park_names() -> list[str]:
    """Names of the packaged parks, `mixed` first."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != "mixed")


def park(
    name_or_file: str | Path | Park,
    enterprises: int | None = None,
    *,
    like: str | Path = "mixed",
    catalogue: Sequence[Sector] | None = None,
    units: Mapping[str, str] | None = None,
    accept: Collection[str] = (),
) -> Park:
    """A packaged park by name, or a user's park: a TOML file, or a file of enterprises.

    `enterprises` changes the number of enterprises; a CSV or XLSX file lists its own. What such a
    file does not say of the park itself (kind, works, spreads) comes from the park `like`.
    `catalogue` names the sectors to be known, the packaged ones by default; those of one's own, as
    in ``cp.sectors("mine.toml")``, go with the park into every run. `units` gives the unit
    of columns whose header has none, as in ``{"cod": "t"}``; `accept` names columns, ids or
    ``id:column`` whose amounts may lie far from the sector's range. Raises ParkError.
    """
    known = tuple(catalogue if catalogue is not None else sectors())
    if isinstance(name_or_file, Park):
        found = name_or_file if catalogue is None else _with_sectors(name_or_file, known)
    else:
        found = _find(name_or_file, like, known, FileSettings(dict(units or {}), tuple(accept)))
    if enterprises is None or enterprises == found.enterprises:
        return found
    if found.table is not None:
        raise ParkError(
            "park '{park}' lists {count} enterprises of its own: leave out enterprises = {given}",
            park=found.name,
            count=found.enterprises,
            given=enterprises,
        )
    return _resized(found, enterprises)


def _resized(found: Park, enterprises: int) -> Park:
    count = whole(enterprises)
    if count is None or not 1 <= count <= MOST_ENTERPRISES:
        raise ParkError(
            "enterprises = {enterprises!r}: must be a whole number from 1 to {most:,}",
            enterprises=enterprises,
            most=MOST_ENTERPRISES,
        )
    return Park(**{**_content(found), "enterprises": count})


def _with_sectors(found: Park, catalogue: Sequence[Sector]) -> Park:
    """A park that brings along those of the sectors that are not packaged."""
    packaged = {sector.name: sector.digest for sector in sectors()}
    own = {sector.name: sector for sector in found.own_sectors}
    own |= {one.name: one for one in catalogue if packaged.get(one.name) != one.digest}
    if tuple(own.values()) == found.own_sectors:
        return found
    return Park(**{**_content(found), "own_sectors": tuple(own.values())})


def catalogue_of(parks: Sequence[Park]) -> tuple[Sector, ...]:
    """The sectors that a run of these parks has: the packaged ones and the parks' own, in order.

    Raises ParkError where two parks mean different things by one sector's name.
    """
    by_name = {sector.name: sector for sector in sectors()}
    of_park: dict[str, Park] = {}
    for found in parks:
        for sector in found.own_sectors:
            other = of_park.setdefault(sector.name, found)
            if sector not in other.own_sectors:
                raise ParkError(
                    "parks '{first}' and '{second}': sector '{sector}' is not the same in both: "
                    "give both the same sector files",
                    first=other.name,
                    second=found.name,
                    sector=sector.name,
                )
            by_name[sector.name] = sector
    if not of_park:
        return sectors()
    return tuple(sorted(by_name.values(), key=lambda one: (one.order, one.name)))


def _content(found: Park) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Park.model_fields}


@dataclass(frozen=True)
class FileSettings:
    """What a user says of a file of enterprises: units of columns, and amounts to accept."""

    units: Mapping[str, str] = dataclasses.field(default_factory=dict)
    accept: tuple[str, ...] = ()


def _find(
    name_or_file: str | Path,
    like: str | Path,
    catalogue: tuple[Sector, ...],
    said: FileSettings | None = None,
) -> Park:
    name = str(name_or_file)
    if name in park_names():
        return _packaged(name, catalogue)
    path = user_path(name)
    suffix = path.suffix.lower()
    if suffix not in (".toml", ".csv", ".txt", ".tsv", ".xlsx", ".xls") and not path.is_file():
        names = park_names()
        raise ParkError(
            "unknown park '{name}'{hint} (parks: {names}; or a file .toml, .csv or .xlsx)",
            name=name,
            hint=nearest(name, names),
            names=Listed(names),
        )
    if suffix == ".toml":
        return read_park(path, catalogue)
    found = _listed(path, _find(like, "mixed", catalogue), catalogue, said or FileSettings())
    return _with_sectors(found, catalogue)


@functools.cache
def _packaged(name: str, catalogue: tuple[Sector, ...]) -> Park:
    return read_park(FOLDER / f"{name}.toml", catalogue)


def read_park(path: Path, catalogue: Sequence[Sector]) -> Park:
    """The park in a TOML file."""
    data = checked(ParkData, read_toml(path, ParkError), path, ParkError)
    if data.sectors.files:
        catalogue = _with_files(path, data.sectors.files, catalogue)
    names = [sector.name for sector in catalogue]
    for name in data.sectors.shares:
        if name not in names:
            raise ParkError(
                "{path}, key 'sectors.shares.{name}': unknown sector{hint} (sectors: {names})",
                path=path,
                name=name,
                hint=nearest(name, names),
                names=Listed(names),
            )
    values = {name: getattr(data, name) for name in UNITS}
    numbers = {name: value.value for name, value in values.items()}
    content = {
        **{name: getattr(data, name) for name in ("name", "title", "kind")},
        **numbers,
        "sectors": data.sectors.shares,
        "values": values,
    }
    return _with_sectors(checked(Park, content, path, ParkError), catalogue)


def _with_files(
    path: Path, files: Sequence[str], catalogue: Sequence[Sector]
) -> tuple[Sector, ...]:
    """The sectors with those of the files that a park's file names, from its own folder."""
    for name in files:
        if not (path.parent / name).exists():
            raise ParkError(
                "{path}, key 'sectors.files': {file}: no such file or folder",
                path=path,
                file=name,
            )
    by_name = {sector.name: sector for sector in catalogue}
    packaged = {sector.name: sector.digest for sector in sectors()}
    for sector in sectors(*(path.parent / name for name in files)):
        if packaged.get(sector.name) != sector.digest:
            by_name[sector.name] = sector
    return tuple(sorted(by_name.values(), key=lambda one: (one.order, one.name)))


def _listed(path: Path, like: Park, catalogue: Sequence[Sector], said: FileSettings) -> Park:
    """A park of the enterprises in a CSV or XLSX file, otherwise like another park."""
    from cleanpark.scenarios.park_files import read_enterprises

    table, account = read_enterprises(path, catalogue, said.units, said.accept)
    counts = table["sector"].value_counts()
    shares = {str(name): int(count) / len(table) for name, count in counts.items()}
    account.like = like.name
    content = {
        **_content(like),
        "name": path.stem,
        "title": {"en": path.stem, "zh": path.stem},
        "enterprises": len(table),
        "sectors": shares,
        "table": table,
        "account": account,
    }
    return checked(Park, content, path, ParkError)


def parks() -> pd.DataFrame:
    """The packaged parks: name, titles, kind, number of enterprises, sectors, other values."""
    import pandas as pd

    rows = []
    for name in park_names():
        found = park(name)
        mix = ", ".join(f"{sector} {share:.0%}" for sector, share in found.sectors.items())
        titles = {"title_en": found.title["en"], "title_zh": found.title["zh"]}
        numbers = {key: getattr(found, key) for key in UNITS}
        rows.append({"name": name, **titles, "kind": found.kind, **numbers, "sectors": mix})
    return pd.DataFrame(rows)
