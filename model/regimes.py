"""Which levers each enterprise is under: its park's, or those of the targets that it is in.

Behind the parks' levers stand, park by park, those of every combination of a scenario's targets,
so that the rows depend on the scenario alone, and an enterprise's number on what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.state import SIZES
from cleanpark.scenarios.errors import Listed, ScenarioError, nearest
from cleanpark.scenarios.park import Park, catalogue_of
from cleanpark.scenarios.scenario import Scenario
from cleanpark.scenarios.sectors import Sector
from cleanpark.scenarios.targets import Target

Flags = NDArray[np.bool_]


def with_targets(scenario: Scenario, schedule: Any) -> Any:
    """The levers in force, shape (quarters, parks), with those of targets behind the parks'."""
    count = len(scenario.targets)
    if not count:
        return schedule
    rows = [schedule]
    for place in range(schedule.shape[1]):
        for mask in range(1, 2**count):
            row = schedule[:, place : place + 1].copy()
            for number, target in enumerate(scenario.targets):
                if mask >> number & 1:
                    _fill(row, target)
            rows.append(row)
    return np.concatenate(rows, axis=1)


def _fill(row: Any, target: Target) -> None:
    for name, series in target.levers.items():
        reach = min(len(row), len(series))
        row[name][:reach, 0] = series[:reach]
        row[name][reach:, 0] = series[-1]


def assign(rows: Any, scenario: Scenario, parks: Sequence[Park]) -> None:
    """Put every enterprise under its levers, in place."""
    rows["regime"] = rows["park"]
    if not scenario.targets:
        return
    catalogue = catalogue_of(parks)
    mask = np.zeros(len(rows), dtype=np.int64)
    names = _names(parks)
    for number, target in enumerate(scenario.targets):
        mask |= inside(rows, target, names, catalogue).astype(np.int64) << number
    combinations = 2 ** len(scenario.targets) - 1
    first = len(parks) + rows["park"] * combinations
    rows["regime"] = np.where(mask > 0, first + mask - 1, rows["park"])


def inside(
    rows: Any, target: Target, names: Sequence[set[str]], catalogue: Sequence[Sector]
) -> Flags:
    """Who belongs to a target."""
    found = np.ones(len(rows), dtype=bool)
    if target.sectors:
        wanted = [place for place, one in enumerate(catalogue) if _is_named(one, target.sectors)]
        found &= np.isin(rows["sector"], wanted)
    if target.sizes:
        found &= np.isin(rows["size_class"], [SIZES.index(name) for name in target.sizes])
    if target.ids:
        wanted_ids = set(target.ids)
        found &= np.array([bool(own & wanted_ids) for own in names], dtype=bool)
    return found


def _is_named(sector: Sector, names: Sequence[str]) -> bool:
    return bool({sector.name, *sector.title.values()} & set(names))


def _names(parks: Sequence[Park]) -> list[set[str]]:
    """By enterprise what it may be called: id and name, or its number from 1."""
    found: list[set[str]] = []
    for park in parks:
        if park.table is None:
            found += [{str(number)} for number in range(1, park.enterprises + 1)]
        else:
            found += [{str(one), str(name)} - {""}
                      for one, name in zip(park.table["id"], park.table["name"])]  # fmt: skip
    return found


def check_targets(scenario: Scenario, parks: Sequence[Park]) -> None:
    """Refuse a target that names a sector or an id which the parks of the run do not have."""
    if not scenario.targets:
        return
    sectors = catalogue_of(parks)
    known = [title for one in sectors for title in (one.name, *one.title.values())]
    ids = {name for own in _names(parks) for name in own}
    for target in scenario.targets:
        _check(scenario, target, "sectors", target.sectors, known, [one.name for one in sectors])
        _check(scenario, target, "ids", target.ids, sorted(ids), sorted(ids)[:10])


def _check(
    scenario: Scenario,
    target: Target,
    key: str,
    given: Sequence[str],
    known: Sequence[str],
    shown: Sequence[str],
) -> None:
    possible = set(known)
    for name in given:
        if name not in possible:
            raise ScenarioError(
                "{scenario}, [groups.{target}], key '{key}': no enterprise of the run has "
                "'{name}'{hint} (there are {known})",
                scenario=scenario.origin or scenario.name,
                target=target.name,
                key=key,
                name=name,
                hint=nearest(name, known),
                known=Listed([*shown, "…"] if len(possible) > len(shown) else shown),
            )
