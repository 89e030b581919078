"""A quarter of a large park in chunks of its enterprises, so that one run uses the cores.

A chunk adds to parks, teams and totals of its own; these are put together in the order of the
chunks. So a result depends on the chunks, which are the same everywhere, and not on how many
cores go through them. A park of one chunk adds to its own records and needs none of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.views import rows, views
from cleanpark.model.quarter import (
    Stretch,
    close_enterprises,
    open_enterprises,
    review_list,
    run_quarter,
    work_enterprises,
)
from cleanpark.model.scene import Scene

CHUNK = 20_000
"""Enterprises of a chunk: part of what determines the last bits of a large run."""
ADDED = (
    "weight_sum",
    "group_sum",
    "queue",
    "inspected_count",
    "caught_count",
    "saving_sum",
    "audit_count",
    "evaluated_count",
    "pass_count",
    "works_load",
    "archive",
    "gap_sum",
    "gap_count",
    "cost_sum",
    "cost_count",
    "paid",
)
"""Columns of a park that its enterprises add to while a quarter goes over them."""
Records = NDArray[Any]


class Lines(NamedTuple):
    """What goes over the enterprises in a quarter: plain functions, compiled ones or in chunks."""

    review: Callable[[Scene], None]
    opening: Stretch
    work: Stretch
    closing: Stretch


PLAIN = Lines(review_list, open_enterprises, work_enterprises, close_enterprises)


def bounds(count: int) -> list[tuple[int, int]]:
    """The chunks of so many enterprises: first and end of each."""
    return [(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)]


def each_chunk(work: Callable[[int, int, int], Any], count: int, threads: int) -> None:
    """Call ``work`` with number, first and end of every chunk, on as many threads at once."""
    chunks = bounds(count)
    if len(chunks) < 2 or threads < 2:
        for number, (first, end) in enumerate(chunks):
            work(number, first, end)
        return
    numbers, firsts, ends = range(len(chunks)), *zip(*chunks, strict=True)
    with ThreadPoolExecutor(min(threads, len(chunks))) as pool:
        for _ in pool.map(work, numbers, firsts, ends):
            pass


def leaves(records: Records) -> Iterator[NDArray[Any]]:
    """Every column of numbers of an array of records, those of records within records too."""
    if records.dtype.names is None:
        yield records
        return
    for name in records.dtype.names:
        yield from leaves(records[name])


def itself(records: Records) -> Any:
    """Records as they are, which is what compiled code reads."""
    return records


class Shares:
    """Parks, teams and totals of a quarter, and each chunk's own of them."""

    def __init__(self, parks: Records, teams: Records, totals: Records, count: int) -> None:
        """Make room for the chunks of so many enterprises."""
        self.parks, self.teams, self.totals = parks, teams, totals
        number = len(bounds(count))
        self.own_parks = np.repeat(parks[None], number, axis=0)
        self.own_teams = np.repeat(teams[None], number, axis=0)
        self.own_totals = np.zeros((number, *totals.shape), totals.dtype)

    def scenes(
        self,
        scene: Scene,
        records: Callable[[Records], Any] = itself,
        table: Callable[[Records], Any] = itself,
    ) -> list[Scene]:
        """What each chunk acts in; ``records`` and ``table`` make its parks and teams, and its
        totals, into what the scene holds."""
        return [
            scene._replace(parks=records(parks), teams=records(teams), totals=table(totals))
            for parks, teams, totals in zip(
                self.own_parks, self.own_teams, self.own_totals, strict=True
            )
        ]

    def lend(self) -> None:
        """Let each chunk see the parks and teams as they are."""
        self.own_parks[:] = self.parks
        self.own_teams[:] = self.teams

    def lend_empty(self) -> None:
        """The same, with nothing added up yet."""
        self.lend()
        for name in ADDED:
            for column in leaves(self.own_parks[name]):
                column[...] = 0

    def gather(self) -> None:
        """Add what the chunks have added up, in their order; audits that a team did are counted."""
        for name in ADDED:
            whole, own = leaves(self.parks[name]), leaves(self.own_parks[name])
            for column, parts in zip(whole, own, strict=True):
                for part in parts:
                    column += part
        done = self.own_teams["audits"] - self.teams["audits"]
        self.teams["audits"] += done.sum(axis=0, dtype=done.dtype)

    def gather_totals(self) -> None:
        """Add the chunks' totals, in their order."""
        for column, parts in zip(leaves(self.totals), leaves(self.own_totals), strict=True):
            for part in parts:
                column += part


def in_chunks(lines: Lines, scenes: list[Scene], shares: Shares, threads: int) -> Lines:
    """The lines of a quarter, gone over chunk by chunk; chunk number i acts in scene i."""

    def go(stretch: Stretch, count: int) -> None:
        each_chunk(lambda i, first, end: stretch(first, end, scenes[i]), count, threads)

    def add_up(stretch: Stretch, first: int, end: int, scene: Scene) -> None:
        shares.lend_empty()
        go(stretch, end)
        shares.gather()

    def close(first: int, end: int, scene: Scene) -> None:
        shares.lend()
        go(lines.closing, end)
        shares.gather_totals()

    return Lines(lines.review, partial(add_up, lines.opening), partial(add_up, lines.work), close)


def run_objects(number: int, scene: Scene, parks: Records, teams: Records, totals: Records) -> None:
    """Run a quarter over objects that view these records, in chunks where they are many."""
    count = len(scene.enterprises)
    if count <= CHUNK:
        run_quarter(number, scene, *PLAIN)
        return
    shares = Shares(parks, teams, totals, count)
    scenes = shares.scenes(scene, views, rows)
    run_quarter(number, scene, *in_chunks(PLAIN, scenes, shares, threads=1))


def run_records(number: int, scene: Scene, seen_whole: Scene, lines: Lines, threads: int) -> None:
    """Run a quarter over records with compiled lines, in chunks.

    ``seen_whole`` is the same scene as objects, for the steps of the authority itself.
    """
    shares = Shares(scene.parks, scene.teams, scene.totals, len(scene.enterprises))  # type: ignore[arg-type]
    chunked = in_chunks(lines, shares.scenes(scene), shares, threads)
    run_quarter(number, seen_whole, *chunked._replace(review=lambda _: lines.review(scene)))
