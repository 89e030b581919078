"""The compiled driver's functions in plain Python, for ``NUMBA_DISABLE_JIT``: slow, and open to a
debugger or a measure of coverage. The same sources run over views of the same records."""

from __future__ import annotations

from typing import Any

from cleanpark.agents.beginnings import begin
from cleanpark.agents.views import namespace, rows, views
from cleanpark.model.chunks import run_objects
from cleanpark.model.scene import Links, Run, Scene, Starts


def begin_all(
    enterprises: Any, sectors: Any, behaviour: Any, sites: Any, draws: Any, first: int
) -> None:
    """Set the state at the start of as many enterprises as there are rows of draws."""
    plain = [namespace(record) for record in sectors]
    places = [namespace(record) for record in sites]
    here = enterprises[first : first + len(draws)]
    for enterprise, draw in zip(views(here), draws, strict=True):
        sector, site = plain[enterprise.sector], places[enterprise.park]
        begin(enterprise, sector, namespace(behaviour[0]), site, namespace(draw))


def run_quarters(first: int, run: Run) -> None:
    """Run as many quarters as there are tables of draws, from quarter ``first`` on."""
    _run(first, run, run.behaviour[0], run.policies, run.totals, run.park_totals, first)


def run_runs(first: int, starts: Starts, runs: Run) -> None:
    """Each run from its own start through all quarters."""
    for number in range(len(runs.behaviour)):
        behaviour = runs.behaviour[number]
        for name in ("enterprises", "teams", "parks"):
            getattr(runs, name)[:] = getattr(starts, name)
        if first == 0:
            mind = runs.behaviour[number : number + 1]
            begin_all(runs.enterprises, runs.sectors, mind, starts.sites, starts.draws, 0)
        runs.parks["works_limit"] = behaviour["works_limit"]
        _run(first, runs, behaviour, runs.policies[number], runs.totals[number],
             runs.park_totals[number], 0)  # fmt: skip


def _run(
    first: int,
    run: Run,
    behaviour: Any,
    policies: Any,
    totals: Any,
    park_totals: Any,
    totals_from: int,
) -> None:
    """Run quarters; totals begin with quarter ``totals_from``."""
    enterprises, teams, parks = views(run.enterprises), views(run.teams), views(run.parks)
    sectors, mind = [namespace(record) for record in run.sectors], namespace(behaviour)
    links = Links._make(column.tolist() for column in run.links)
    for step in range(len(run.draws)):
        quarter = first + step
        scene = Scene(
            enterprises,
            teams,
            parks,
            sectors,
            [namespace(record) for record in policies[quarter]],
            mind,
            [namespace(record) for record in run.draws[step]],
            links,
            run.seen,
            rows(totals[quarter - totals_from]),
            rows(park_totals[quarter - totals_from]),  # type: ignore[arg-type]
        )
        run_objects(quarter, scene, run.parks, run.teams, totals[quarter - totals_from])
