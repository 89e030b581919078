"""Policy scenarios: files of dated levers that extend one another, read and checked."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from cleanpark.scenarios import timeline
from cleanpark.scenarios.errors import Listed, Message, ScenarioError, nearest
from cleanpark.scenarios.levers import (
    behaviour_parameters,
    behaviour_value,
    levers,
)
from cleanpark.scenarios.reading import checked, read_text, read_toml
from cleanpark.scenarios.records import POLICY
from cleanpark.scenarios.value import Record, Title

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).with_name("policies")
BASE = "defaults"
"""Name of the scenario that every chain starts from: each lever's default."""


class ScenarioFile(Record):
    """A scenario as its file states it: only what differs from the one it extends."""

    name: str
    title: Title
    description: Title | None = None
    extends: str | None = None
    source: str = ""
    levers: dict[str, Any] = Field(default_factory=dict)
    parks: dict[str, dict[str, Any]] = Field(default_factory=dict)
    behaviour: dict[str, Any] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)


class Scenario:
    """A checked scenario with every lever resolved over time; frozen.

    Made by :func:`scenario`; ``with_levers`` and ``with_behaviour`` return changed copies.
    """

    __slots__ = ("_behaviour", "_frozen", "_levers", "_parks", "description", "digest", "extends",
                 "name", "source", "sources", "title")  # fmt: skip

    def __init__(
        self,
        name: str,
        title: Mapping[str, str],
        description: Mapping[str, str],
        extends: str | None,
        source: str,
        sources: Mapping[str, str],
        lever_series: Mapping[str, timeline.Series],
        park_series: Mapping[str, Mapping[str, timeline.Series]],
        behaviour: Mapping[str, float],
    ) -> None:
        """Hold the resolved values and their digest."""
        self.name = name
        self.title = dict(title)
        self.description = dict(description)
        self.extends = extends
        self.source = source
        self.sources = dict(sources)
        self._levers = dict(lever_series)
        self._parks = {park: dict(series) for park, series in park_series.items()}
        self._behaviour = dict(behaviour)
        self.digest = hashlib.sha256(self._canonical().encode()).hexdigest()
        self._frozen = True

    def __setattr__(self, name: str, value: Any) -> None:
        if getattr(self, "_frozen", False):
            raise AttributeError(f"a scenario is frozen: use with_levers() to change '{name}'")
        object.__setattr__(self, name, value)

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__ if name != "_frozen"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_frozen", True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Scenario({self.name!r}, {self.digest[:12]})"

    def _canonical(self) -> str:
        content = {
            "levers": self.values(),
            "parks": {park: self.values(park) for park in sorted(self._parks)},
            "behaviour": dict(sorted(self._behaviour.items())),
        }
        return json.dumps(content, sort_keys=True)

    def values(self, park: str | None = None) -> dict[str, Any]:
        """Every lever: its value, or its dates with values; for one park where that differs."""
        own = self._parks.get(park or "", {})
        return {
            name: timeline.describe(lever, own.get(name, self._levers[name]))
            for name, lever in levers().items()
        }

    def differences(self) -> dict[str, Any]:
        """The levers that differ from their defaults."""
        declared = levers()
        return {
            name: value for name, value in self.values().items() if value != declared[name].default
        }

    def at(self, quarter: int, park: str | None = None) -> dict[str, Any]:
        """Every lever's value in one quarter."""
        own = self._parks.get(park or "", {})
        result: dict[str, Any] = {}
        for name, lever in levers().items():
            value = float(own.get(name, self._levers[name])[quarter])
            result[name] = lever.choices[int(value)] if lever.choices else value
        return result

    def behaviour_values(self) -> dict[str, float]:
        """The behavioural parameters that the scenario changes."""
        return dict(self._behaviour)

    def schedule(self, quarters: int, parks: Sequence[str]) -> NDArray[Any]:
        """The levers in force as records of dtype ``POLICY``, shape (quarters, parks).

        Beyond the last quarter a scenario can name, the last values hold.
        """
        records = np.zeros((quarters, len(parks)), dtype=POLICY)
        for place, park in enumerate(parks):
            own = self._parks.get(park, {})
            for name in levers():
                series = own.get(name, self._levers[name])
                reach = min(quarters, len(series))
                records[name][:reach, place] = series[:reach]
                records[name][reach:, place] = series[-1]
        return records

    def with_levers(self, **changed: Any) -> Self:
        """A copy with levers overridden, each by a value or ``{"2028-Q1": value}``."""
        where = Message("scenario '{name}'", name=self.name)
        return self._copy(_apply_levers(self._levers, changed, where, None), self._behaviour)

    def with_levers_of(self, other: Scenario, names: Iterable[str]) -> Self:
        """A copy in which these levers are as in another scenario, dates and all."""
        taken = {name: other._levers[name] for name in names}
        return self._copy({**self._levers, **taken}, self._behaviour)

    def with_behaviour(self, **changed: float) -> Self:
        """A copy with behavioural parameters overridden."""
        where = Message("scenario '{name}'", name=self.name)
        checked_values = _check_behaviour(changed, where, None)
        return self._copy(self._levers, {**self._behaviour, **checked_values})

    def renamed(self, name: str, title: Mapping[str, str]) -> Self:
        """A copy of another name and title."""
        return type(self)(
            name,
            title,
            self.description,
            self.extends,
            self.source,
            self.sources,
            self._levers,
            self._parks,
            self._behaviour,
        )

    def _copy(
        self, lever_series: Mapping[str, timeline.Series], behaviour: Mapping[str, float]
    ) -> Self:
        return type(self)(
            self.name,
            self.title,
            self.description,
            self.extends,
            self.source,
            self.sources,
            lever_series,
            self._parks,
            behaviour,
        )

    def to_toml(self) -> str:
        """A scenario file, extending nothing, that says the same."""
        lines = [
            f"name = {json.dumps(self.name)}",
            f"title = {_toml(self.title)}",
            f"source = {json.dumps(self.source, ensure_ascii=False)}",
            "",
            "[levers]",
        ]
        lines += [f"{name} = {_toml(value)}" for name, value in self.differences().items()]
        for park in sorted(self._parks):
            lines += ["", f"[parks.{json.dumps(park)}]"]
            own = self.values(park)
            lines += [f"{name} = {_toml(own[name])}" for name in self._parks[park]]
        if self._behaviour:
            lines += ["", "[behaviour]"]
            lines += [f"{name} = {value!r}" for name, value in sorted(self._behaviour.items())]
        return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items())
        return f"{{ {inner} }}"
    return json.dumps(value, ensure_ascii=False)


class Place:
    """Where in a file an entry stands, for messages."""

    def __init__(self, path: Path) -> None:
        """Read the file's lines."""
        self.path = path
        self.lines = read_text(path, ScenarioError).splitlines()

    def of(self, table: str, key: str) -> Message:
        """File, line and key of an entry."""
        inside = ""
        pattern = re.compile(rf'^\s*"?{re.escape(key)}"?\s*[=.]')
        for number, line in enumerate(self.lines, start=1):
            header = re.match(r"^\s*\[([^\[\]]+)\]", line)
            if header:
                inside = header[1].strip().replace('"', "")
            elif inside == table and pattern.match(line):
                return Message(
                    "{path}, line {line}, key '{key}'", path=self.path, line=number, key=key
                )
        return Message("{path}, key '{key}'", path=self.path, key=key)


def _where(place: Place | None, where: Message, table: str, key: str) -> Message:
    if place is not None:
        return place.of(table, key)
    return Message("{where}, lever '{key}'", where=where, key=key)


def _apply_levers(
    inherited: Mapping[str, timeline.Series],
    changed: Mapping[str, Any],
    where: Message,
    place: Place | None,
    table: str = "levers",
) -> dict[str, timeline.Series]:
    declared = levers()
    result = dict(inherited)
    for name, given in changed.items():
        spot = _where(place, where, table, name)
        if name not in declared:
            hint = nearest(name, declared)
            raise ScenarioError(
                "{spot}: unknown lever{hint} (cleanpark parameters lists all)", spot=spot, hint=hint
            )
        try:
            result[name] = timeline.apply(result[name], declared[name], given)
        except ValueError as cause:
            raise ScenarioError("{spot}: {cause}", spot=spot, cause=cause) from cause
    return result


def _check_behaviour(
    changed: Mapping[str, Any], where: Message, place: Place | None
) -> dict[str, float]:
    result = {}
    for name, value in changed.items():
        spot = (
            place.of("behaviour", name)
            if place
            else Message("{where}, behaviour '{name}'", where=where, name=name)
        )
        result[name] = behaviour_value(spot, name, value)
    return result


def packaged_names() -> list[str]:
    """Names of the packaged scenarios, ``voluntary`` first."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != "voluntary")


def _find(reference: str | Path, beside: Path | None) -> Path:
    """File of a scenario by its packaged name or its path; relative to the file that extends."""
    text = str(reference)
    if text in packaged_names():
        return FOLDER / f"{text}.toml"
    path = Path(text)
    for candidate in (path, *([beside.parent / path] if beside else [])):
        if candidate.is_file():
            return candidate
    if path.suffix == ".toml" or len(path.parts) > 1:
        raise ScenarioError("{text}: no such scenario file", text=text)
    hint = nearest(text, packaged_names())
    raise ScenarioError(
        "unknown scenario '{text}'{hint} (packaged: {packaged}; or give a .toml file)",
        text=text,
        hint=hint,
        packaged=Listed(packaged_names()),
    )


def _defaults() -> Scenario:
    series = {name: timeline.constant(lever, lever.default) for name, lever in levers().items()}
    title = {"en": "Defaults of all levers", "zh": "全部默认值"}
    return Scenario(BASE, title, title, None, "levers.toml", {}, series, {}, {})


def _load(path: Path, chain: tuple[Path, ...]) -> Scenario:
    path = path.resolve()
    if path in chain:
        names = " -> ".join(one.stem for one in (*chain, path))
        raise ScenarioError("{file}, key 'extends': a cycle ({names})", file=chain[-1], names=names)
    data = checked(ScenarioFile, read_toml(path, ScenarioError), path, ScenarioError)
    place = Place(path)
    parent = _defaults()
    if data.extends is not None:
        try:
            parent = _load(_find(data.extends, path), (*chain, path))
        except ScenarioError as cause:
            if "extends" in str(cause) or chain:
                raise
            raise ScenarioError(
                "{place}: {cause}", place=place.of("", "extends"), cause=cause
            ) from cause
    return _merge(data, parent, place)


def _merge(data: ScenarioFile, parent: Scenario, place: Place) -> Scenario:
    where = Message("{path}", path=place.path)
    merged = _apply_levers(parent._levers, data.levers, where, place)
    parks: dict[str, dict[str, timeline.Series]] = {
        name: {**series} for name, series in parent._parks.items()
    }
    for name, changed in data.parks.items():
        full = _apply_levers({**merged, **parks.get(name, {})}, changed, where, place,
                             f"parks.{name}")  # fmt: skip
        parks[name] = {lever: full[lever] for lever in {*parks.get(name, {}), *changed}}
    for lever in data.sources:
        if lever not in levers() and lever not in behaviour_parameters():
            hint = nearest(lever, levers())
            raise ScenarioError(
                "{place}: no such lever{hint}", place=place.of("sources", lever), hint=hint
            )
    return Scenario(
        data.name,
        data.title,
        data.description or data.title,
        data.extends,
        data.source,
        {**parent.sources, **data.sources},
        merged,
        parks,
        {**parent.behaviour_values(), **_check_behaviour(data.behaviour, where, place)},
    )


@functools.lru_cache(maxsize=64)
def _packaged(name: str) -> Scenario:
    return _load(FOLDER / f"{name}.toml", ())


def scenario(name_or_file: str | Path | Scenario, **levers: Any) -> Scenario:
    """A checked, frozen scenario by packaged name or TOML file, with levers overridden.

    >>> scenario("voluntary", fine=20.0).at(0)["fine"]
    20.0
    >>> scenario("voluntary", fine={"2028-Q1": 30.0}).at(7)["fine"]
    10.0

    Raises ScenarioError that names file, line, key, value and what is allowed.
    """
    if isinstance(name_or_file, Scenario):
        found = name_or_file
    elif str(name_or_file) in packaged_names():
        found = _packaged(str(name_or_file))
    else:
        found = _load(_find(name_or_file, None), ())
    return found.with_levers(**levers) if levers else found


def scenarios() -> pd.DataFrame:
    """The packaged scenarios: name, titles, what each extends, description, source."""
    import pandas as pd

    rows = []
    for name in packaged_names():
        one = scenario(name)
        rows.append(
            {
                "name": one.name,
                "title_en": one.title["en"],
                "title_zh": one.title["zh"],
                "extends": one.extends or "",
                "description_en": one.description["en"],
                "description_zh": one.description["zh"],
                "source": one.source,
            }
        )
    return pd.DataFrame(rows)


def new_scenario_text(name: str, extends: str, language: str = "en") -> str:
    """Text of a new scenario file to start from, with a comment on each lever it could set."""
    scenario(extends)
    say = {
        "en": "Only what differs from the scenario it extends. A value, or dates with values, or a"
        " phase-in.",
        "zh": "只写与所继承情景不同之处：一个数值，或按日期的数值，或逐步引入。",
    }[language]
    lines = [
        f"name = {json.dumps(name)}",
        f"title = {{ zh = {json.dumps(name)}, en = {json.dumps(name)} }}",
        f"extends = {json.dumps(extends)}",
        'source = "assumed: ..."',
        "",
        f"# {say}",
        "[levers]",
        '# fine = { "2027-Q1" = 15.0, "2030-Q1" = 20.0 }',
        '# monitoring_coverage = { from = "2027-Q1", to = "2030-Q1", end = 0.5 }',
    ]
    for lever in levers().values():
        lines.append(f"# {lever.name} = {_toml(lever.default)}  # {lever.title[language]}; "
                     f"{lever.allowed}")  # fmt: skip
    return "\n".join(lines) + "\n"
