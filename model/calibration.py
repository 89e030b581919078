"""The first year of a user's park under the reference comes out as its file says.

What the file says is a report, so what is reported is fitted, not what is true. An enterprise's
yearly use, generation (of waste) or reported discharge is the mean over `seeds` of the first
four quarters under the scenario `voluntary`. Each round multiplies a correction of each amount by
file over model, to a power that dampens; from what it is in excess, loads are scaled down; what
falls short is had by installations that remove less, and, once these remove nothing, by larger
loads. Nothing else is touched: not the law, nor what enterprises decide by.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.elementary import logarithms
from cleanpark.agents.state import (
    AIR,
    CARBON_DIOXIDE,
    END_FLOW,
    ENERGY,
    FIRST_FLOW,
    N_FLOWS,
    VOC,
    WATER,
)
from cleanpark.model.kept_fits import keep, kept, place_of
from cleanpark.model.known import (
    DISCHARGED,
    MEDIUM_OF,
    TREATED,
    USUAL_EFFORT,
    installations,
    known,
    left_usually,
    passed_on,
    removal_at_full_effort,
    scale_load,
    set_removal,
)
from cleanpark.model.simulate import advance, empty_totals
from cleanpark.model.streams import quarter_draws
from cleanpark.model.world import World, build_world, most_teams, policy_records
from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.flows import FLOWS
from cleanpark.scenarios.park import Park, catalogue_of
from cleanpark.scenarios.scenario import scenario
from cleanpark.scenarios.sectors import Sector

if TYPE_CHECKING:
    import pandas as pd

Numbers = NDArray[np.float64]
REFERENCE = "voluntary"
QUARTERS = 4
ROUNDS = 16
"""Rounds in which each enterprise is corrected by its own mean."""
FEW_ROUNDS = 8
"""Rounds of a large park, whose sums settle sooner than each of its enterprises."""
DAMPED_FROM = 6
"""Round from which steps become ever smaller, so that choices that jump do not swing."""
JUMP = 0.02
"""Distance from what an amount should become at which it has jumped."""
FEW = 0.05
"""Share of a column up to which steady enterprises are too few to make up for the others."""
CLOSE = 0.002
"""Distance from the file, in logarithms, at which rounds end."""
SMALLEST, LARGEST = 0.02, 50.0
"""Corrections end here; what would need more is not reproduced, and said."""
LEVELLED = 20
"""Last rounds, which correct a column's steady enterprises alike until its sum is right."""
MOST_SEEDS, LEAST_SEEDS = 20, 4
ENTERPRISES_RUN = 20_000
"""Enterprises times seeds that a round aims at."""


@dataclass(frozen=True)
class Fitted:
    """One column of a file against the first year of the model; amounts in the column's unit.

    `file` and `model` are sums over the `enterprises` for which the file gives the column, of the
    model the mean over seeds, whose standard deviation between seeds is `spread`. `correction` is
    the middle factor by which loads or what is left of them were corrected. Of the enterprises,
    `near` is the share whose own mean is within a tenth of the file's amount. `others` is what
    the model draws for the rest of the park.
    """

    column: str
    enterprises: int
    file: float
    model: float
    spread: float
    correction: float
    near: float
    others: float

    @property
    def ratio(self) -> float:
        """Model over file; NaN where the file's sum is zero."""
        return self.model / self.file if self.file > 0.0 else float("nan")


@dataclass(frozen=True)
class Calibration:
    """Corrections by (connected to the works, enterprise, flow), and what they achieve."""

    corrections: Numbers
    fitted: tuple[Fitted, ...]
    seeds: int
    reference: str = REFERENCE


def columns_fitted(park: Park) -> list[int]:
    """Flows of which a park's file gives what the first year is fitted to."""
    if park.table is None:
        return []
    return [flow for flow in range(N_FLOWS) if np.isfinite(targets(park)[:, flow]).any()]


def targets(park: Park) -> Numbers:
    """Yearly amounts of the file by enterprise and flow, NaN where it has none: discharges, and of
    a flow whose discharge it does not give, of waste and of resources, what is used or generated.
    """
    amounts = np.stack([known(_table(park), name) for name in FLOWS], axis=1)
    for flow in DISCHARGED:
        generated = known(_table(park), f"generated_{FLOWS[flow]}")
        lacks = ~np.isfinite(amounts[:, flow])
        amounts[lacks, flow] = generated[lacks]
    return amounts


def _table(park: Park) -> pd.DataFrame:
    """The enterprises of a user's park."""
    if park.table is None:
        raise ParkError("park '{park}' lists no enterprises", park=park.name)
    return park.table


def by_discharge(park: Park) -> NDArray[np.bool_]:
    """Where what is fitted is a reported discharge, by enterprise and flow."""
    found = np.zeros((park.enterprises, N_FLOWS), dtype=bool)
    for flow in DISCHARGED:
        found[:, flow] = np.isfinite(known(_table(park), FLOWS[flow]))
    return found


def correct(rows: Any, park: Park, technique: Any, corrections: Numbers) -> None:
    """Apply corrections to enterprises at the start, in place; ``technique`` are the sectors'
    records."""
    sector = installations(rows, technique)
    place = np.arange(len(rows))
    discharged = by_discharge(park)
    own = corrections[rows["connected"], place]
    for flow in range(N_FLOWS):
        factor = own[:, flow]
        if flow in TREATED:
            factor = _by_removal(rows, sector, flow, factor, discharged[:, flow])
        scale_load(rows, flow, factor)
        if flow == ENERGY:
            follows = ~np.isfinite(known(_table(park), FLOWS[CARBON_DIOXIDE]))
            scale_load(rows, CARBON_DIOXIDE, np.where(follows, factor, 1.0))


def _by_removal(rows: Any, sector: Any, flow: int, factor: Any, discharged: Any) -> Any:
    """Let installations remove less where more is to leave; returns what is left to loads."""
    left = left_usually(rows, sector, flow)
    more = np.minimum(1.0, left * factor)
    where = discharged & (factor > 1.0) & (sector["removal"][:, flow] > 0.0)
    set_removal(rows, sector, flow, (1.0 - more) / USUAL_EFFORT, where)
    return np.where(where, factor * left / more, factor)


def first_year(
    world: World, park: Park, policies: Any, draws: Sequence[Any], discharged: NDArray[np.bool_]
) -> Numbers:
    """Amounts of the first year by enterprise and flow, as they would stand in the file.

    Where a tenant leaves, its last quarter is taken to be as the one before: the record already
    is the newcomer's.
    """
    amounts = np.zeros((park.enterprises, N_FLOWS))
    before = amounts
    for quarter, drawn in enumerate(draws):
        cells, sums = empty_totals(1, 1, len(world.sectors))
        advance(world, policies, quarter, drawn[None], cells, sums)
        found = amounts_of(world.enterprises, world.sectors, park.works_removal, discharged)
        left = (world.enterprises["founded"] == quarter)[:, None] & (quarter > 0)
        before = np.where(left, before, found)
        amounts += before
    return amounts


def _left(rows: Any, sector: Any, flow: int, load: Any) -> Any:
    """What left each enterprise of a flow, as treatment went this quarter."""
    removed = removal_at_full_effort(rows, sector, flow)
    if flow == VOC:
        return load * (1.0 - removed * rows["voc_effort"])
    medium = MEDIUM_OF[flow]
    left = load * (1.0 - removed * rows["effort"][:, medium])
    return np.minimum(load, left * rows["shock"][:, medium])


def amounts_of(rows: Any, sectors: Any, works: float, discharged: NDArray[np.bool_]) -> Numbers:
    """What a quarter just run used, generated or, where `discharged`, reported to have reached the
    environment, by enterprise and flow."""
    made = rows["paid"]["sales"][:, None]
    load = rows["intensity"] * made
    sector = installations(rows, sectors)
    found = load.copy()
    for flow in DISCHARGED:
        medium = MEDIUM_OF.get(flow, AIR)  # organics stand in the report on the air
        ratio, told = rows["ratio"][:, medium], rows["reported_ratio"][:, medium]
        share = np.divide(told, ratio, out=np.ones_like(ratio), where=ratio > 0.0)
        out = _left(rows, sector, flow, load[:, flow])
        reported = out * share * passed_on(rows, flow, works)
        found[:, flow] = np.where(discharged[:, flow], reported, load[:, flow])
    return found


@dataclass(frozen=True)
class _Start:
    """A seed's park before any correction, and its draws."""

    world: World
    draws: Any


class _State(NamedTuple):
    """Corrections, the amounts under them, and how far the park's columns are off."""

    corrections: Numbers
    amounts: Numbers
    miss: Numbers


class _Fit:
    """The rounds of a calibration."""

    def __init__(self, park: Park, catalogue: Sequence[Sector] | None) -> None:
        """Build the park for every seed, without corrections."""
        self.park = park
        self.targets = targets(park)
        self.discharged = by_discharge(park)
        self.policies = policy_records(scenario(REFERENCE), [park], QUARTERS)
        teams = most_teams(self.policies, [park])
        self.seeds = range(seeds_for(park.enterprises))
        self.starts = [
            _Start(
                build_world([park], seed, teams, catalogue=catalogue, calibrated=False),
                quarter_draws(seed, 0, QUARTERS, park.enterprises),
            )
            for seed in self.seeds
        ]
        self.corrections = np.ones((2, park.enterprises, N_FLOWS))
        self.fits = np.isfinite(self.targets) & (self.targets > 0.0)
        self.steady = self.fits.copy()

    def run(self) -> Numbers:
        """Amounts by seed, enterprise and flow under the corrections as they are."""
        amounts = []
        for start in self.starts:
            world = start.world.copy()
            world.parks["compares_teams"] = 0
            rows = world.enterprises
            correct(rows, self.park, world.sectors, self.corrections)
            amounts.append(first_year(world, self.park, self.policies, start.draws,
                                      self.discharged))  # fmt: skip
        return np.array(amounts)

    def step(self, amounts: Numbers, share: float) -> None:
        """Correct each enterprise by its own mean, by this share of what is missing."""
        connected = np.array([start.world.enterprises["connected"] > 0 for start in self.starts])
        overall = amounts.mean(axis=0)
        for to_works in (0, 1):
            here = connected == bool(to_works)
            seen = here.sum(axis=0)[:, None]
            total = (amounts * here[:, :, None]).sum(axis=0)
            mean = np.where(seen > 0, total / np.maximum(seen, 1), overall)
            factor = 1.0 + share * (self._factor(self.targets, mean) - 1.0)
            self.corrections[to_works] *= np.where(self.fits, factor, 1.0)
        np.clip(self.corrections, SMALLEST, LARGEST, out=self.corrections)

    def level(self, amounts: Numbers) -> Numbers:
        """Correct the steady enterprises of a column alike, so that the park's sum is right;
        returns what their amounts should become."""
        mean = np.where(self.fits, amounts.mean(axis=0), 0.0)
        missing = np.where(self.fits, self.targets, 0.0).sum(axis=0) - mean.sum(axis=0)
        had = np.where(self.steady, mean, 0.0).sum(axis=0)
        self.steady |= self.fits & (had < FEW * mean.sum(axis=0))
        had = np.where(self.steady, mean, 0.0).sum(axis=0)
        factor = self._factor(np.maximum(had + missing, 0.25 * had), had)
        factor = np.where(self.steady, factor, 1.0)
        self.corrections = np.clip(self.corrections * factor, SMALLEST, LARGEST)
        return np.asarray(mean * factor)

    def note_jumps(self, amounts: Numbers, expected: Numbers) -> None:
        """Who is steady no longer: whose amounts did not become what they should, with all that
        the same treatment takes out of the same enterprise."""
        mean = np.where(self.fits, amounts.mean(axis=0), 0.0)
        off = self.fits & (np.abs(mean - expected) > JUMP * expected)
        for medium in (AIR, WATER):
            flows = slice(FIRST_FLOW[medium], END_FLOW[medium])
            off[:, flows] |= off[:, flows].any(axis=1, keepdims=True)
        self.steady &= ~off

    def _factor(self, wanted: Numbers, had: Numbers) -> Numbers:
        ratio = np.divide(wanted, had, out=np.ones_like(had), where=(had > 0.0) & (wanted > 0.0))
        return np.clip(ratio, 0.25, 4.0)

    def miss(self, amounts: Numbers) -> Numbers:
        """Distance of each of the park's columns from the file, in logarithms."""
        wanted = np.where(self.fits, self.targets, 0.0).sum(axis=0)
        had = np.where(self.fits, amounts.mean(axis=0), 0.0).sum(axis=0)
        given = (wanted > 0.0) & (had > 0.0)
        return logarithms(had[given] / wanted[given])

    def rounds(self) -> Calibration:
        """All rounds; the corrections of the round that misses least."""
        best = self._by_enterprise()
        for _ in range(LEVELLED):
            if np.abs(best.miss).max(initial=0.0) < CLOSE:
                break
            self.corrections = best.corrections.copy()
            expected = self.level(best.amounts)
            found = self._state()
            self.note_jumps(found.amounts, expected)
            best = min(best, found, key=lambda one: float((one.miss**2).sum()))
        self.corrections = best.corrections
        return Calibration(best.corrections, tuple(self._fitted(best.amounts)), len(self.seeds))

    def _by_enterprise(self) -> _State:
        """The best of the rounds in which each enterprise is corrected by its own mean."""
        states = []
        rounds = ROUNDS if len(self.seeds) == MOST_SEEDS else FEW_ROUNDS
        for number in range(rounds):
            states.append(self._state())
            damped = min(1.0, DAMPED_FROM / (number + 1))
            self.step(states[-1].amounts, damped * math.sqrt(damped))
        return min(states[rounds // 2 :], key=lambda one: float((one.miss**2).sum()))

    def _state(self) -> _State:
        amounts = self.run()
        return _State(self.corrections.copy(), amounts, self.miss(amounts))

    def _fitted(self, amounts: Numbers) -> list[Fitted]:
        return [self._column(flow, amounts[:, :, flow]) for flow in columns_fitted(self.park)]

    def _column(self, flow: int, amounts: Numbers) -> Fitted:
        given = np.isfinite(self.targets[:, flow])
        wanted = self.targets[given, flow]
        totals = amounts[:, given].sum(axis=1)
        above = wanted > 0.0
        ratio = amounts[:, given].mean(axis=0)[above] / wanted[above]
        own = self.corrections[:, given, flow][:, above]
        return Fitted(
            FLOWS[flow],
            int(given.sum()),
            float(wanted.sum()),
            float(totals.mean()),
            float(totals.std(ddof=1)),
            float(np.median(own)) if above.any() else 1.0,
            float(np.mean(np.abs(ratio - 1.0) <= 0.1)) if above.any() else 1.0,
            float(amounts[:, ~given].sum(axis=1).mean()),
        )


def seeds_for(enterprises: int) -> int:
    """Seeds that a calibration runs: 20 as a comparison does; fewer where enterprises are many,
    whose shocks even out."""
    return min(MOST_SEEDS, max(LEAST_SEEDS, ENTERPRISES_RUN // enterprises))


@functools.lru_cache(maxsize=16)
def _calibrated(park: Park, catalogue: tuple[Sector, ...] | None) -> Calibration:
    place = place_of(park, catalogue)
    found = kept(place) if place is not None else None
    if found is None:
        found = _Fit(park, catalogue).rounds()
        if place is not None:
            keep(place, found)
    return found


def calibration(park: Park, catalogue: Sequence[Sector] | None = None) -> Calibration | None:
    """Corrections by which a park's first year comes out as its file says; None for a park without
    a file of enterprises, or whose file gives no amounts. The same park has the same."""
    if not columns_fitted(park):
        return None
    return _calibrated(park, tuple(catalogue) if catalogue is not None else None)


def calibrate_first(parks: Sequence[Park]) -> None:
    """Calibrate users' parks before processes part, so that workers find it done."""
    for park in parks:
        calibration(park, catalogue_of(parks))
