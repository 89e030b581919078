"""Results under one folder: what is there, found by a key that is no path, and read back.

The browser names a folder by a digest that this module gave it, so that no text from a browser
becomes a path; links that lead out of the folder are not followed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import cleanpark as cp
from cleanpark.analysis.pages.loading import SavedComparison
from cleanpark.analysis.studies.files import MARK as STUDY
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.histories import MARK as HISTORY
from cleanpark.page import engine, limits
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.writing import MARK

if TYPE_CHECKING:
    import pandas as pd

DEEPEST = 3
"""Folders below the root that are looked into."""
MOST = 300
"""Results that are listed."""
COMPARISON, RUN, UNFINISHED, OTHER = "comparison", "run", "unfinished", "histories"


@dataclass(frozen=True)
class Entry:
    """One result: its key, its folder's name below the root, its kind, title and time.

    ``kind`` is ``comparison``, ``run``, ``histories``, ``unfinished`` or a study's kind.
    """

    key: str
    name: str
    folder: Path
    kind: str
    title: dict[str, str]
    when: str


class Library:
    """The results under a root."""

    def __init__(self, root: Path) -> None:
        """Look under this folder, which must be there."""
        if not root.is_dir():
            raise InputError("--results {folder}: is no folder", folder=root)
        self.root = root.resolve()

    def entries(self) -> list[Entry]:
        """What is there now, the latest first."""
        found = [one for one in map(self._entry, self._folders()) if one is not None]
        return sorted(found, key=lambda one: one.when, reverse=True)[:MOST]

    def find(self, key: str) -> Entry:
        """The result with this key; InputError where there is none."""
        for folder in self._folders():
            if self._key(folder) == key and (found := self._entry(folder)) is not None:
                return found
        raise InputError("there is no such result any more")

    def _folders(self) -> Iterator[Path]:
        """Folders that hold a result, not those inside a result."""
        waiting = [(self.root, 0)]
        while waiting:
            folder, depth = waiting.pop()
            if any((folder / mark).is_file() for mark in (MARK, STUDY, HISTORY)):
                yield folder
            elif depth < DEEPEST:
                waiting += [(one, depth + 1) for one in _inside(folder)]

    def _key(self, folder: Path) -> str:
        name = folder.relative_to(self.root).as_posix()
        return hashlib.sha256(name.encode()).hexdigest()[:16]

    def _entry(self, folder: Path) -> Entry | None:
        for mark in (STUDY, MARK, HISTORY):
            path = folder / mark
            if not path.is_file():
                continue
            about = _read(path)
            when = datetime.datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
            inside = folder.relative_to(self.root).as_posix()
            name = self.root.name if inside == "." else inside
            kind, title = _kind(mark, about)
            return Entry(self._key(folder), name, folder, kind, title, when)
        return None


def _inside(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            real = [one for one in entries if one.is_dir(follow_symlinks=False)]
            return [Path(one.path) for one in real if not one.name.startswith(".")]
    except OSError:
        return []


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _kind(mark: str, about: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Kind and title of a result by its record; the title is empty where the record has none."""
    if mark == HISTORY:
        return OTHER, {}
    if mark == MARK:
        return (COMPARISON if "reference" in about else RUN), {}
    title = about.get("title")
    known = {key: str(text) for key, text in title.items()} if isinstance(title, dict) else {}
    return (str(about.get("kind", "")) if about.get("finished") else UNFINISHED), known


def restored(saved: SavedComparison) -> cp.Comparison:
    """A comparison as it was when it was saved, for the charts.

    Policies and parks stand for those that were run by name and title alone. Outcomes that this
    version does not have are left out, and those that the saved one did not have are undefined.
    """
    from cleanpark.analysis.comparison.experiments import Ensemble

    about, frame = saved.about, saved.outcomes
    sizes = (len(saved.names), len(about["seeds"]), int(about["quarters"]), len(about["parks"]))
    outcomes = list(dict.fromkeys(frame["outcome"]))
    groups = list(dict.fromkeys(frame["group"]))
    values = frame["value"].to_numpy(dtype=float)
    first = int(np.prod(sizes)) * len(outcomes)
    second = sizes[0] * sizes[1] * len(groups) * len(outcomes)
    if len(values) != first + second:
        raise InputError("{file}: is damaged; run it again", file=saved.folder.name)
    by_quarter = values[:first].reshape(*sizes, len(outcomes))
    by_group = values[first:].reshape(*sizes[:2], len(groups), len(outcomes))
    known = list(engine.outcome_table())
    by_group = _placed(by_group, groups, engine.group_names(), 2)
    by_group = _placed(by_group, outcomes, known, 3)
    ensemble = Ensemble(
        tuple(_named(one) for one in about["scenarios"]),
        tuple(_place(one) for one in about["parks"]),
        tuple(about["seeds"]),
        sizes[2],
        _placed(by_quarter, outcomes, known, 4),
        by_group[:, :, :1, :],
        by_group,
    )
    return _first(cp.Comparison(ensemble, saved.reference))


def _first(found: cp.Comparison) -> cp.Comparison:
    """The reference first, and as many others as the charts tell apart."""
    places = [found.reference_place]
    places += [place for place in range(len(found.names)) if place not in places]
    places = places[: limits.POLICIES]
    whole = found.ensemble
    parts = {name: getattr(whole, name)[places] for name in ("quarterly", "horizon", "groups")}
    chosen = tuple(whole.scenarios[place] for place in places)
    return cp.Comparison(replace(whole, scenarios=chosen, **parts), found.reference)


def _placed(values: Any, there: list[str], wanted: list[str], axis: int) -> Any:
    """Values along an axis of names, in the order of other names; NaN where one is missing."""
    shape = list(values.shape)
    shape[axis] = len(wanted)
    found = np.full(shape, np.nan)
    both = [name for name in wanted if name in there]
    into: list[Any] = [slice(None)] * len(shape)
    into[axis] = [wanted.index(name) for name in both]
    found[tuple(into)] = np.take(values, [there.index(name) for name in both], axis)
    return found


def _named(record: dict[str, Any]) -> cp.Scenario:
    """A policy that has the name and title of one that was run."""
    name = str(record["name"])
    try:
        title = tomllib.loads(str(record.get("text", ""))).get("title", {})
    except tomllib.TOMLDecodeError:
        title = {}
    told = {tongue: str(title.get(tongue) or name) for tongue in ("en", "zh")}
    return cp.scenario(engine.policy_names()[0]).renamed(name, told)


def _place(record: dict[str, Any]) -> cp.Park:
    """A park that has the name and size of one that was run."""
    stand_in = cp.park(engine.parks()[0], int(record["enterprises"]))
    return stand_in.model_copy(update={"name": str(record["name"])})


@dataclass(frozen=True)
class Report:
    """A study's report in one language, as its page has it, with its tables."""

    body: dict[str, Any]
    tables: dict[str, pd.DataFrame]


def report_of(study: StudyFolder, language: str) -> Report:
    """The report of a finished study; its figures are drawn anew, and nothing is written."""
    from cleanpark.analysis.figures.canvas import svg_text
    from cleanpark.analysis.pages.kinds import draw_all, kind_of
    from cleanpark.analysis.pages.study import body

    kind_of(study).check(study)
    drawings = {name: {language: svg_text(one)} for name, one in draw_all(study, language).items()}
    return Report(body(study, drawings, language), study.tables)


def table_rows(table: pd.DataFrame, most: int = 200) -> list[list[str]]:
    """A table's first rows as texts."""
    return [[_cell(value) for value in row] for row in table.head(most).itertuples(index=False)]


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.5g}" if value == value else ""
    return str(value)
