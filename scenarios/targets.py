"""Who is treated: levers with values of their own for a part of a park's enterprises.

A scenario's ``[groups.NAME]`` (earlier: ``[targets.NAME]``) says which enterprises, by ``sectors``,
``sizes`` and ``ids`` (or a file of them, ``ids_file``), all that is given at once;
``[groups.NAME.levers]`` what holds for them instead of the scenario's levers. Where an enterprise
is in two, the later one counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from cleanpark.scenarios import timeline
from cleanpark.scenarios.errors import (
    Counted,
    Listed,
    Message,
    ScenarioError,
    Translations,
    nearest,
)
from cleanpark.scenarios.levers import levers
from cleanpark.scenarios.park_files.named import Titled
from cleanpark.scenarios.reading import read_bytes
from cleanpark.scenarios.value import Record

MOST_TARGETS = 6
"""Targets of one scenario."""
SIZES: Mapping[str, Mapping[str, str]] = {
    "small": {"en": "small", "zh": "小微型"},
    "medium": {"en": "medium", "zh": "中型"},
    "large": {"en": "large", "zh": "大型"},
}
"""Size classes of the national statistical standard, with their titles."""
OF_THE_PARK = (
    "audit_threshold_mode", "adaptive_percentile", "audit_teams", "audit_capacity",
    "team_expertise", "auditor_payment", "training_reach", "training_intensity",
    "technical_support", "inspection_rate", "inspection_targeting", "energy_price",
    "energy_price_growth", "water_price", "grid_factor", "output_growth", "interest_rate",
    "new_options", "income_tax_rate",
)  # fmt: skip
"""Levers of a park as a whole: its teams and programmes, its inspection plan, the market."""


class TargetFile(Record):
    """A target as a scenario's file states it."""

    sectors: tuple[str, ...] = ()
    sizes: tuple[Literal["small", "medium", "large"], ...] = ()
    ids: tuple[str, ...] = ()
    ids_file: str | None = None
    levers: dict[str, Any] = Field(min_length=1)


@dataclass(frozen=True)
class Target:
    """Enterprises for which some levers have values of their own.

    Empty criteria let every enterprise pass; an enterprise must pass all of them.
    """

    name: str
    sectors: tuple[str, ...]
    sizes: tuple[str, ...]
    ids: tuple[str, ...]
    levers: Mapping[str, timeline.Series]

    def who(self) -> dict[str, list[str]]:
        """The criteria that are given, as a scenario's file has them."""
        given = {"sectors": self.sectors, "sizes": self.sizes, "ids": self.ids}
        return {name: list(values) for name, values in given.items() if values}

    def values(self) -> dict[str, Any]:
        """Its levers: a value each, or dates with values."""
        declared = levers()
        return {name: timeline.describe(declared[name], one) for name, one in self.levers.items()}

    def message(self) -> Message:
        """Who is treated, and how."""
        return Message(
            "for {who}: {levers}",
            who=Listed(self._criteria(), "; "),
            levers=Listed([_LeverIs(name, value) for name, value in self.values().items()]),
        )

    def _criteria(self) -> list[Message]:
        found = []
        if self.sectors:
            found.append(Message("enterprises of the sectors {names}", names=Listed(self.sectors)))
        if self.sizes:
            sizes = [Titled(name, SIZES[name]) for name in self.sizes]
            found.append(Message("enterprises of the sizes {names}", names=Listed(sizes)))
        if self.ids:
            found.append(
                Counted(
                    "{count} enterprise by its id",
                    "{count} enterprises by their ids",
                    len(self.ids),
                )
            )
        return found


class _LeverIs(Message):
    """A lever by its title, and its value or the dates with values."""

    def __init__(self, name: str, value: Any) -> None:
        """Keep both."""
        title = Titled(levers()[name].title["en"], levers()[name].title)
        super().__init__("{title} {value}", title=title, value=_brief(value))


def _brief(value: Any) -> str | Message:
    if isinstance(value, Mapping):
        dates = [Message("{value} from {date}", value=_brief(one), date=date)
                 for date, one in value.items()]  # fmt: skip
        return Listed(dates)
    return value if isinstance(value, str) else f"{value:g}"


def read_targets(
    given: Mapping[str, TargetFile],
    inherited: Sequence[Target],
    base: Mapping[str, timeline.Series],
    path: Path,
) -> tuple[Target, ...]:
    """A scenario's targets: those it inherits, and its own; one of the same name takes the
    other's place. ``base`` are the scenario's levers, from which a dated value begins."""
    found = {target.name: target for target in inherited}
    for name, stated in given.items():
        found.pop(name, None)
        found[name] = _target(name, stated, base, path)
    if len(found) > MOST_TARGETS:
        raise ScenarioError(
            "{path}: {count} targets; at most {most} are possible",
            path=path,
            count=len(found),
            most=MOST_TARGETS,
        )
    return tuple(found.values())


def _target(
    name: str, stated: TargetFile, base: Mapping[str, timeline.Series], path: Path
) -> Target:
    where = Message("{path}, [groups.{name}]", path=path, name=name)
    ids = (*stated.ids, *(_ids_in(path.parent / stated.ids_file) if stated.ids_file else ()))
    if not (stated.sectors or stated.sizes or ids):
        raise ScenarioError(
            "{where}: says nobody; give sectors, sizes, ids or ids_file", where=where
        )
    series = {lever: _series(where, lever, value, base) for lever, value in stated.levers.items()}
    return Target(name, stated.sectors, stated.sizes, tuple(dict.fromkeys(ids)), series)


def _series(
    where: Message, lever: str, value: Any, base: Mapping[str, timeline.Series]
) -> timeline.Series:
    declared = levers()
    if lever not in declared:
        raise ScenarioError(
            "{where}, lever '{lever}': unknown lever{hint} (cleanpark parameters lists all)",
            where=where,
            lever=lever,
            hint=nearest(lever, declared),
        )
    if lever in OF_THE_PARK:
        possible = [name for name in declared if name not in OF_THE_PARK]
        raise ScenarioError(
            "{where}, lever '{lever}': acts on the park as a whole, not on single enterprises "
            "(possible: {names})",
            where=where,
            lever=lever,
            names=Listed(possible),
        )
    try:
        return timeline.apply(base[lever], declared[lever], value)
    except ValueError as cause:
        raise ScenarioError(
            "{where}, lever '{lever}': {reason}", where=where, lever=lever, reason=cause
        ) from cause


def _ids_in(path: Path) -> list[str]:
    """Ids in a text or CSV file: the first cell of each row; a header that names ids is none."""
    from cleanpark.scenarios.park_files.cells import plain
    from cleanpark.scenarios.park_files.dictionary import dictionary
    from cleanpark.scenarios.park_files.text import text_sheet

    sheet = text_sheet(read_bytes(path, ScenarioError), path)
    heads = {one.casefold() for name in ("id", "name") for one in dictionary()[name].names}
    heads |= {"id", "name"}
    cells = [plain(row.cells[0]) for row in sheet.rows if row.cells and row.cells[0].strip()]
    ids = cells[1:] if cells and cells[0].casefold() in heads else cells
    if not ids:
        raise ScenarioError("{path}: no id; write one a row", path=path)
    return ids


def said_targets(targets: Sequence[Target], words: Translations) -> list[str]:
    """Who is treated by each target, in a language."""
    return [target.message().said(words) for target in targets]
