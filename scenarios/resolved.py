"""A scenario with every lever resolved over time: what is in force, and copies that differ."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from cleanpark.scenarios import timeline
from cleanpark.scenarios.changed import changed_title, what_changed
from cleanpark.scenarios.dates import quarter_of
from cleanpark.scenarios.errors import Message, ScenarioError, nearest
from cleanpark.scenarios.levers import behaviour_value, levers
from cleanpark.scenarios.records import POLICY
from cleanpark.scenarios.scenario_place import Place, spot
from cleanpark.scenarios.targets import Target
from cleanpark.scenarios.titles import clean_name
from cleanpark.scenarios.value import LANGUAGES


class Scenario:
    """A checked scenario with every lever resolved over time; frozen.

    Made by :func:`~cleanpark.scenarios.scenario.scenario`; ``with_levers`` and ``with_behaviour``
    return changed copies whose names say what was changed: ``voluntary, fine=60``.
    """

    __slots__ = ("_behaviour", "_changed", "_frozen", "_levers", "_parks", "description", "digest",
                 "extends", "name", "origin", "source", "sources", "targets", "title")  # fmt: skip

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
        origin: Path | None = None,
        targets: Sequence[Target] = (),
    ) -> None:
        """Hold the resolved values and their digest; ``origin`` is the file they were read from."""
        self.name = name
        self.title = dict(title)
        self.description = dict(description)
        self.extends = extends
        self.source = source
        self.sources = dict(sources)
        self.origin = origin
        self._levers = dict(lever_series)
        self._parks = {park: dict(series) for park, series in park_series.items()}
        self._behaviour = dict(behaviour)
        self.targets = tuple(targets)
        self.digest = hashlib.sha256(self._canonical().encode()).hexdigest()
        self._changed: tuple[Scenario, dict[str, Any]] | None = None
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
        content: dict[str, Any] = {
            "levers": self.values(),
            "parks": {park: self.values(park) for park in sorted(self._parks)},
            "behaviour": dict(sorted(self._behaviour.items())),
        }
        if self.targets:
            content["targets"] = [[one.who(), one.values()] for one in self.targets]
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

    def at(self, quarter: int | str, park: str | None = None) -> dict[str, Any]:
        """Every lever's value in one quarter, by its number from 0 or its label.

        Beyond the last quarter a scenario can name, the last values hold. InputError for what is
        no quarter.
        """
        place = quarter_of(quarter)
        own = self._parks.get(park or "", {})
        result: dict[str, Any] = {}
        for name, lever in levers().items():
            value = float(own.get(name, self._levers[name])[place])
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
        """A copy with levers overridden, each by a value or ``{"2028-Q1": value}``.

        What is overridden acts in every park, also where the scenario has a value of its own for
        one. The copy's name says what was changed.
        """
        where = Message("scenario '{name}'", name=self.name)
        changed = {name: timeline.plain(value) for name, value in changed.items()}
        found = self._copy(
            apply_levers(self._levers, changed, where, None),
            override_in_parks(self._parks, changed, where),
            self._behaviour,
            override_in_targets(self.targets, changed, where),
        )
        return self._named_after(found, changed)

    def with_levers_of(self, other: Scenario, names: Iterable[str]) -> Self:
        """A copy in which these levers, and behavioural parameters, are as in another scenario,
        dates, parks and all."""
        chosen = set(names)
        taken = chosen & set(levers())
        behaviour = {
            **{name: one for name, one in self._behaviour.items() if name not in chosen},
            **{name: one for name, one in other._behaviour.items() if name in chosen},
        }
        parks = {
            park: {
                **{name: one for name, one in self._own(park).items() if name not in taken},
                **{name: one for name, one in other._own(park).items() if name in taken},
            }
            for park in {**self._parks, **other._parks}
        }
        filled = {park: own for park, own in parks.items() if own}
        series = {**self._levers, **{name: other._levers[name] for name in taken}}
        return self._copy(series, filled, behaviour)

    def with_behaviour(self, **changed: float) -> Self:
        """A copy with behavioural parameters overridden, named after what was changed."""
        where = Message("scenario '{name}'", name=self.name)
        changed = {name: timeline.plain(value) for name, value in changed.items()}
        values = {**self._behaviour, **check_behaviour(changed, where, None)}
        return self._named_after(self._copy(self._levers, self._parks, values), changed)

    def renamed(self, name: str, title: Mapping[str, str] | str | None = None) -> Self:
        """A copy of another name; its title is the name unless given, in one language or more."""
        called = clean_name(name)
        if called is None:
            raise ScenarioError(
                "scenario '{scenario}': {name} cannot be its name; give a printable text",
                scenario=self.name, name=repr(name),
            )  # fmt: skip
        found = self._copy(self._levers, self._parks, self._behaviour)
        return found._finished(called, titles(title or called), None)

    def made_from(self) -> tuple[Scenario, dict[str, Any]] | None:
        """The scenario that this was changed from and the changes; None where it was not."""
        return None if self._changed is None else (self._changed[0], dict(self._changed[1]))

    def park_levers(self) -> dict[str, tuple[str, ...]]:
        """The levers that have a value of their own in a park, by the park's name."""
        return {park: tuple(series) for park, series in self._parks.items()}

    def first_changes(self) -> dict[str, int]:
        """The first quarter in which each dated lever changes, in any park."""
        found: dict[str, int] = {}
        for series in (self._levers, *self._parks.values(), *(one.levers for one in self.targets)):
            for name, values in series.items():
                dates = timeline.changes(values)
                if len(dates) > 1:
                    found[name] = min(found.get(name, dates[1][0]), dates[1][0])
        return found

    def longest_notice(self) -> int:
        """Quarters by which changes are announced ahead, at most, anywhere in the scenario."""
        everywhere = (self._levers, *self._parks.values(), *(one.levers for one in self.targets))
        given = [max(series["notice"]) for series in everywhere if "notice" in series]
        return int(max(given))

    def _own(self, park: str) -> Mapping[str, timeline.Series]:
        return self._parks.get(park, {})

    def _copy(
        self,
        lever_series: Mapping[str, timeline.Series],
        park_series: Mapping[str, Mapping[str, timeline.Series]],
        behaviour: Mapping[str, float],
        targets: Sequence[Target] | None = None,
    ) -> Self:
        return type(self)(
            self.name,
            self.title,
            self.description,
            self.extends,
            self.source,
            self.sources,
            lever_series,
            park_series,
            behaviour,
            self.origin,
            self.targets if targets is None else targets,
        )

    def _named_after(self, found: Self, changed: Mapping[str, Any]) -> Self:
        """``found`` under the name of what it was made from and of what differs from that."""
        plain, before = self._changed or (self, {})
        if found.digest == plain.digest:
            return found._finished(plain.name, plain.title, None)
        said = {**before, **changed}
        words = what_changed(said, found.digest)
        title = {
            language: changed_title(text, said, found.digest, language)
            for language, text in plain.title.items()
        }
        return found._finished(f"{plain.name}, {words}", title, (plain, said))

    def _finished(
        self, name: str, title: Mapping[str, str], changed: tuple[Scenario, dict[str, Any]] | None
    ) -> Self:
        """Name a scenario that is still being made."""
        for key, value in (("name", name), ("title", dict(title)), ("_changed", changed)):
            object.__setattr__(self, key, value)
        return self

    def to_toml(self) -> str:
        """A scenario file, extending nothing, that says the same."""
        lines = [
            f"name = {toml_value(self.name)}",
            f"title = {toml_value(self.title)}",
            f"source = {toml_value(self.source)}",
            "",
            "[levers]",
        ]
        if self.description != self.title:
            lines.insert(2, f"description = {toml_value(self.description)}")
        lines += [f"{name} = {toml_value(value)}" for name, value in self.differences().items()]
        for park in sorted(self._parks):
            lines += ["", f"[parks.{toml_value(park)}]"]
            own = self.values(park)
            lines += [f"{name} = {toml_value(own[name])}" for name in self._parks[park]]
        for target in self.targets:
            where = f"groups.{toml_value(target.name)}"
            lines += ["", f"[{where}]"]
            lines += [f"{key} = {toml_value(names)}" for key, names in target.who().items()]
            lines += ["", f"[{where}.levers]"]
            lines += [f"{key} = {toml_value(value)}" for key, value in target.values().items()]
        if self._behaviour:
            lines += ["", "[behaviour]"]
            lines += [f"{name} = {value!r}" for name, value in sorted(self._behaviour.items())]
        return "\n".join(lines) + "\n"


def titles(given: Mapping[str, str] | str) -> dict[str, str]:
    """A title in every language, from one text or from some of the languages."""
    if isinstance(given, str):
        return dict.fromkeys(LANGUAGES, given)
    if not given:
        raise ScenarioError("a title needs a text, or a text by language")
    first = next(iter(given.values()))
    return {**dict.fromkeys(LANGUAGES, first), **given}


def toml_value(value: Any) -> str:
    """A value as TOML writes it, in the characters that it has."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{toml_value(key)} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}"
    # JSON's strings are TOML's but for the one control character that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def apply_levers(
    inherited: Mapping[str, timeline.Series],
    changed: Mapping[str, Any],
    where: Message,
    place: Place | None,
    table: str = "levers",
) -> dict[str, timeline.Series]:
    """Each lever's series after a file's or a caller's entries; ScenarioError says which is bad."""
    declared = levers()
    result = dict(inherited)
    for name, given in changed.items():
        at = spot(place, where, table, name)
        if name not in declared:
            raise ScenarioError(
                "{place}: unknown lever{hint} (cleanpark parameters lists all)",
                place=at,
                hint=nearest(name, declared),
            )
        try:
            result[name] = timeline.apply(result[name], declared[name], given)
        except ValueError as cause:
            raise ScenarioError("{place}: {reason}", place=at, reason=cause) from cause
    return result


def override_in_parks(
    parks: Mapping[str, Mapping[str, timeline.Series]], changed: Mapping[str, Any], where: Message
) -> dict[str, dict[str, timeline.Series]]:
    """The parks' own values after a change meant for all parks: it acts on them too."""
    found = {}
    for park, own in parks.items():
        both = {name: changed[name] for name in changed if name in own}
        found[park] = apply_levers(own, both, where, None)
    return found


def override_in_targets(
    targets: Sequence[Target], changed: Mapping[str, Any], where: Message
) -> tuple[Target, ...]:
    """Targets after a change meant for all enterprises: it acts on them too."""
    found = []
    for target in targets:
        both = {name: changed[name] for name in changed if name in target.levers}
        found.append(
            dataclasses.replace(target, levers=apply_levers(target.levers, both, where, None))
        )
    return tuple(found)


def check_behaviour(
    changed: Mapping[str, Any], where: Message, place: Place | None
) -> dict[str, float]:
    """Behavioural parameters by name, each checked; ScenarioError names what cannot be used."""
    return {
        name: behaviour_value(spot(place, where, "behaviour", name), name, value)
        for name, value in changed.items()
    }
