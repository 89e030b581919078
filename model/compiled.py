"""The compiled driver: the same sources as the agents run, through Numba, cached on disk."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba

from cleanpark import agents
from cleanpark.agents.beginnings import begin
from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.parameters import BehaviourParameters
from cleanpark.agents.views import namespace, rows, views
from cleanpark.model import chunks, interpreted
from cleanpark.model.chunks import PLAIN, Lines, run_records
from cleanpark.model.cores import cores
from cleanpark.model.kept_code import keep_compiled
from cleanpark.model.quarter import run_quarter
from cleanpark.model.scene import Run, Scene, Starts
from cleanpark.model.sources import digest_of
from cleanpark.scenarios import flows, law
from cleanpark.scenarios.levers import LEVER_FILE


def begin_all(
    enterprises: Any, sectors: Any, behaviour: Any, sites: Any, draws: Any, first: int
) -> None:
    """Set the state at the start of as many enterprises as there are rows of draws."""
    for row in range(len(draws)):
        enterprise = enterprises[first + row]
        sector = sectors[enterprise.sector]
        begin(enterprise, sector, behaviour[0], sites[enterprise.park], draws[row])


def run_quarters(first: int, run: Run) -> None:
    """Run as many quarters as there are tables of draws, from quarter ``first`` on.

    The run's policies are by quarter from the first on, its draws and totals by quarter from
    ``first`` on, its behaviour is an array of one record.
    """
    for step in range(len(run.draws)):
        quarter = first + step
        run_quarter_of(
            quarter,
            run,
            run.behaviour[0],
            run.policies[quarter],
            run.draws[step],
            run.totals[step],
            run.park_totals[step],
        )


@behaviour
def run_quarter_of(
    quarter: int,
    run: Run,
    behaviour: BehaviourParameters,
    policies: Any,
    draws: Any,
    totals: Any,
    park_totals: Any,
) -> None:
    """Run one quarter, given that quarter's part of what a run has an axis more of."""
    scene = Scene(
        run.enterprises,
        run.teams,
        run.parks,
        run.sectors,
        policies,
        behaviour,
        draws,
        run.links,
        run.seen,
        totals,
        park_totals,
    )
    run_quarter(quarter, scene, review, opening, work, closing)


@behaviour
def start_run(first: int, starts: Starts, runs: Run, behaviour: BehaviourParameters) -> None:
    """Set the records to where a run of this behaviour starts."""
    enterprises, teams, parks = runs.enterprises, runs.teams, runs.parks
    for i in range(len(enterprises)):
        enterprises[i] = starts.enterprises[i]
        if first == 0:
            enterprise = enterprises[i]
            site = starts.sites[enterprise.park]
            begin(enterprise, runs.sectors[enterprise.sector], behaviour, site, starts.draws[i])
    for i in range(len(teams)):
        teams[i] = starts.teams[i]
    for i in range(len(parks)):
        parks[i] = starts.parks[i]
        parks[i].works_limit = behaviour.works_limit


def source_stamp() -> str:
    """Digest of every source that is compiled in: agents, model, the law's small functions, and
    the data from which codes and places are made."""
    folders = [Path(agents.__file__).parent, Path(__file__).parent]
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    statutes = sorted(Path(law.__file__).parent.glob("*.py"))
    return digest_of([*files, *statutes, Path(flows.__file__), flows.FILE, LEVER_FILE])


def compile_cached(
    function: Callable[..., Any], as_python: Callable[..., Any]
) -> Callable[..., Any]:
    """Compile without fast-math, so both drivers agree to the last bit; kept between processes.

    Where Numba is told not to compile (``NUMBA_DISABLE_JIT``), ``as_python`` runs in its place:
    the same sources over views of the records.
    """
    if numba.config.DISABLE_JIT:
        return as_python
    dispatcher = numba.njit(function, error_model="numpy", nogil=True)
    keep_compiled(dispatcher, source_stamp())
    compiled: Callable[..., Any] = dispatcher
    return compiled


LINES = Lines._make(compile_cached(line, line) for line in PLAIN)
"""The lines over the enterprises, each compiled on its own: all loops of quarters share them."""
review, opening, work, closing = LINES


@functools.cache
def compiled_begin() -> Callable[..., Any]:
    """The compiled start of a run."""
    return compile_cached(begin_all, interpreted.begin_all)


@functools.cache
def compiled_run() -> Callable[..., Any]:
    """The compiled run of quarters."""
    return compile_cached(run_quarters, interpreted.run_quarters)


def run_large(first: int, run: Run) -> None:
    """Run quarters as :func:`run_quarters`, in chunks on the cores that there are."""
    sectors = [namespace(record) for record in run.sectors]
    threads = cores()
    for step in range(len(run.draws)):
        policies = run.policies[first + step]
        records = Scene(
            run.enterprises,
            run.teams,
            run.parks,
            run.sectors,
            policies,
            run.behaviour[0],
            run.draws[step],
            run.links,
            run.seen,
            run.totals[step],
            run.park_totals[step],
        )
        objects = records._replace(
            parks=views(run.parks),
            sectors=sectors,
            policies=[namespace(record) for record in policies],
            behaviour=namespace(run.behaviour[0]),
            totals=rows(run.totals[step]),
            park_totals=rows(run.park_totals[step]),  # type: ignore[arg-type]
        )
        run_records(first + step, records, objects, LINES, threads)


def run_of_size(enterprises: int) -> Callable[[int, Run], None]:
    """What runs quarters of so many enterprises."""
    if enterprises > chunks.CHUNK and not numba.config.DISABLE_JIT:
        return run_large
    return compiled_run()
