"""A common history: a run up to a date, kept in a file, from which several futures go on.

A future that goes on from a history equals, to the last bit, the run of a scenario that has the
history's levers before the date and its own from then on.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from cleanpark.model.history_file import read_arrays, tables_of, write_arrays
from cleanpark.model.regimes import assign
from cleanpark.model.scene import Links, Seen
from cleanpark.model.simulate import advance, draw_blocks, empty_totals
from cleanpark.model.world import (
    Records,
    World,
    build_world,
    change_policy,
    most_teams,
    policy_records,
    technique_records,
)
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.park import Park, catalogue_of
from cleanpark.scenarios.records import behaviour_record
from cleanpark.scenarios.scenario import Scenario
from cleanpark.scenarios.writing import whole_file


@dataclass(frozen=True)
class History:
    """The state of parks after ``quarters`` quarters of one seed, and the sums until then.

    ``cells`` (quarters, parks, cells, measures) and ``park_sums`` (quarters, parks, items) are
    what the outcomes of those quarters are made from.
    """

    seed: int
    quarters: int
    parks: tuple[Park, ...]
    world: World
    cells: NDArray[np.float64]
    park_sums: NDArray[np.float64]

    def world_for(self, policies: Records, values: dict[str, float]) -> World:
        """The state to go on from under these levers, shape (quarters, parks), and behaviour.

        Behaviour that acts only at the start, such as how enterprises differ, has acted.
        """
        world = self.world.copy()
        world.enterprises["regime"] = world.enterprises["park"]
        change_policy(world, self.seed, policies, self.parks, values)
        return world

    def totals(self, quarters: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Sums of a whole horizon with those of the history in place."""
        cells = np.zeros((quarters, *self.cells.shape[1:]))
        park_sums = np.zeros((quarters, *self.park_sums.shape[1:]))
        cells[: self.quarters] = self.cells
        park_sums[: self.quarters] = self.park_sums
        return cells, park_sums

    def check(self, parks: Sequence[Park], seed: int, quarters: int) -> None:
        """Refuse to go on in other parks, under another seed, or to an earlier date."""
        if [park.digest for park in parks] != [park.digest for park in self.parks]:
            own = ", ".join(f"{park.name} ({park.enterprises})" for park in self.parks)
            raise InputError("the history is of other parks than these: it has {own}", own=own)
        if seed != self.seed:
            raise InputError(
                "the history is of seed {seed}, not {given}", seed=self.seed, given=seed
            )
        if quarters <= self.quarters:
            raise InputError(
                "quarters = {quarters}: the history has {own} already, up to "
                "{last}; go on to a later date",
                quarters=quarters,
                own=self.quarters,
                last=quarter_label(self.quarters - 1),
            )

    def save(self, file: str | Path) -> Path:
        """Write to a file under a temporary name and rename it; returns its path."""
        path = user_path(file)
        try:
            with whole_file(path) as aside, open(aside, "wb") as stream:
                self._write(stream)
        except OSError as cause:
            raise InputError(
                "{path}: cannot be written ({reason})", path=path, reason=reason_of(cause)
            ) from cause
        return path

    def content(self) -> bytes:
        """What :meth:`save` writes, for a worker that has no disk in common with the caller."""
        stream = io.BytesIO()
        self._write(stream)
        return stream.getvalue()

    def _write(self, stream: IO[bytes]) -> None:
        world = self.world
        about = {
            "seed": self.seed,
            "quarters": self.quarters,
            "parks": [park.digest for park in self.parks],
        }
        tables = tables_of(world, world.links, world.seen, self.cells, self.park_sums)
        write_arrays(stream, about, tables)


def run_history(scenario: Scenario, parks: Sequence[Park], quarters: int, seed: int) -> History:
    """Run a scenario for so many quarters with the compiled driver, and keep where it got to."""
    policies = policy_records(scenario, parks, quarters)
    world = build_world(parks, seed, most_teams(policies, parks), scenario.behaviour_values())
    assign(world.enterprises, scenario, parks)
    cells, park_sums = empty_totals(quarters, len(parks), len(world.sectors))
    for first, draws in draw_blocks(seed, len(world.enterprises), quarters):
        advance(world, policies, first, draws, cells, park_sums)
        del draws
    return History(seed, quarters, tuple(parks), world, cells, park_sums)


def load_history(file: str | Path, parks: Sequence[Park], content: bytes | None = None) -> History:
    """Read a history of these parks; InputError where the file is none, is damaged or changed, or
    is of other parks, code or data than these.

    With ``content`` the file itself is not opened: its name is only for messages.
    """
    path = user_path(file)
    technique = technique_records(catalogue_of(parks))
    options = int(technique["options"].max())
    try:
        with open(path, "rb") if content is None else io.BytesIO(content) as stream:
            about, arrays = read_arrays(stream, path, parks, len(technique), options)
    except FileNotFoundError as cause:
        raise InputError("{path}: no such file; keep a history there first", path=path) from cause
    except InputError:
        raise
    except Exception as cause:
        raise InputError("{path}: is no history, or is damaged", path=path) from cause
    world = World(
        arrays["enterprises"],
        arrays["teams"],
        arrays["parks"],
        technique,
        behaviour_record({}),
        Links(**{name: arrays[name] for name in Links._fields}),
        Seen(**{name: arrays[f"seen_{name}"] for name in Seen._fields}),
    )
    return History(
        about["seed"], about["quarters"], tuple(parks), world, arrays["cells"], arrays["park_sums"]
    )
