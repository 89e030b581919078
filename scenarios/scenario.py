"""Policy scenarios: files of dated levers that extend one another, read and checked."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from cleanpark.scenarios import timeline
from cleanpark.scenarios.errors import Listed, Message, ScenarioError, nearest
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.levers import behaviour_parameters, levers
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.resolved import Scenario as Scenario
from cleanpark.scenarios.resolved import (
    apply_levers,
    check_behaviour,
    override_in_parks,
    titles,
    toml_value,
)
from cleanpark.scenarios.scenario_place import Place
from cleanpark.scenarios.targets import TargetFile, read_targets
from cleanpark.scenarios.titles import clean_name, in_language
from cleanpark.scenarios.value import Record

if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).with_name("policies")
BASE = "defaults"
"""Name of the scenario that every chain starts from: each lever's default."""


class ScenarioFile(Record):
    """A scenario as its file states it: only what differs from the one it extends.

    ``title`` and ``description`` are one text, or a text by language; without a title the name
    serves.
    """

    name: str
    title: dict[str, str] | str | None = None
    description: dict[str, str] | str | None = None
    extends: str | None = None
    source: str = ""
    levers: dict[str, Any] = Field(default_factory=dict)
    parks: dict[str, dict[str, Any]] = Field(default_factory=dict)
    groups: dict[str, TargetFile] = Field(default_factory=dict)
    targets: dict[str, TargetFile] = Field(default_factory=dict)
    """An earlier name of ``groups``, still read."""
    behaviour: dict[str, Any] = Field(default_factory=dict)
    sources: dict[str, str] = Field(default_factory=dict)


def packaged_names() -> list[str]:
    """Names of the packaged scenarios, ``voluntary`` first."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return sorted(names, key=lambda name: name != "voluntary")


def _find(reference: str | Path, beside: Path | None) -> Path:
    """File of a scenario by its packaged name or its path; relative to the file that extends."""
    text = str(reference)
    if text in packaged_names():
        return FOLDER / f"{text}.toml"
    path = user_path(text)
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
    merged = apply_levers(parent._levers, data.levers, where, place)
    # What the file says for all parks acts in the parks that its parent singled out, too.
    parks = override_in_parks(parent._parks, data.levers, where)
    for name, changed in data.parks.items():
        full = apply_levers({**merged, **parks.get(name, {})}, changed, where, place,
                             f"parks.{name}")  # fmt: skip
        parks[name] = {lever: full[lever] for lever in {*parks.get(name, {}), *changed}}
    for lever in data.sources:
        if lever not in levers() and lever not in behaviour_parameters():
            hint = nearest(lever, levers())
            raise ScenarioError(
                "{place}: no such lever{hint}", place=place.of("sources", lever), hint=hint
            )
    called = clean_name(data.name)
    if called is None:
        raise ScenarioError(
            "{place}: {name} cannot be its name; give a printable text",
            place=place.of("", "name"), name=repr(data.name),
        )  # fmt: skip
    return Scenario(
        called,
        titles(data.title or called),
        titles(data.description or data.title or called),
        data.extends,
        data.source,
        {**parent.sources, **data.sources},
        merged,
        parks,
        {**parent.behaviour_values(), **check_behaviour(data.behaviour, where, place)},
        place.path,
        read_targets(_groups(data, place.path), parent.targets, merged, place.path),
    )


def _groups(data: ScenarioFile, path: Path) -> dict[str, TargetFile]:
    """Groups of enterprises with levers of their own, under either name of the table."""
    for name in data.groups:
        if name in data.targets:
            raise ScenarioError(
                "{path}: [groups.{name}] and [targets.{name}] are the same table under two names; "
                "keep [groups.{name}]",
                path=path,
                name=name,
            )
    return {**data.targets, **data.groups}


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


def new_scenario_text(
    name: str,
    extends: str,
    language: str = "en",
    title: str | None = None,
    settings: Mapping[str, Any] | None = None,
) -> str:
    """Text of a new scenario file to start from, with a comment on each lever it could set.

    ``settings`` are levers that it sets, each as a scenario file has it: a value or dates with
    values. Raises ScenarioError where one is unknown or not allowed.
    """
    set_levers = dict(settings or {})
    scenario(extends, **set_levers)
    heads = {
        "en": "Only what differs from the scenario it extends. A value, or dates with values, or a"
        " phase-in.",
        "zh": "只写与所继承情景不同之处：一个数值，或按日期的数值，或逐步引入。",
    }
    say = in_language(heads, language)
    lines = [
        f"name = {toml_value(name)}",
        f"title = {toml_value(title or name)}",
        f"extends = {toml_value(extends)}",
        'source = "assumed: ..."',
        "",
        f"# {say}",
        "[levers]",
        *(f"{lever} = {toml_value(value)}" for lever, value in set_levers.items()),
        '# fine = { "2027-Q1" = 15.0, "2030-Q1" = 20.0 }',
        '# monitoring_coverage = { from = "2027-Q1", to = "2030-Q1", end = 0.5 }',
    ]
    for lever in levers().values():
        title = in_language(lever.title, language)
        default = toml_value(lever.default)
        lines.append(f"# {lever.name} = {default}  # {title}; {lever.allowed}")
    return "\n".join(lines) + "\n"
