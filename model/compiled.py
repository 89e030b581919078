"""The compiled driver: the same sources as the agents run, through Numba, cached on disk."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba import njit

from cleanpark import agents
from cleanpark.agents.beginnings import begin
from cleanpark.model.quarter import run_quarter
from cleanpark.model.sources import digest_of
from cleanpark.scenarios import law


def begin_all(
    enterprises: Any, sectors: Any, behaviour: Any, sites: Any, draws: Any, first: int
) -> None:
    """Set the state at the start of as many enterprises as there are rows of draws."""
    for row in range(len(draws)):
        enterprise = enterprises[first + row]
        sector = sectors[enterprise.sector]
        begin(enterprise, sector, behaviour[0], sites[enterprise.park], draws[row])


def run_quarters(
    first: int,
    enterprises: Any,
    teams: Any,
    parks: Any,
    sectors: Any,
    policies: Any,
    behaviour: Any,
    draws: Any,
    links: Any,
    before: Any,
    totals: Any,
    park_totals: Any,
) -> None:
    """Run as many quarters as there are tables of draws, from quarter ``first`` on."""
    for step in range(len(draws)):
        run_quarter(
            first + step,
            enterprises,
            teams,
            parks,
            sectors,
            policies[first + step],
            behaviour[0],
            draws[step],
            links,
            before,
            totals[step],
            park_totals[step],
        )


def source_stamp() -> str:
    """Digest of every source that is compiled in: agents, model, and the law's small functions."""
    folders = [Path(agents.__file__).parent, Path(__file__).parent]
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    return digest_of([*files, *sorted(Path(law.__file__).parent.glob("*.py"))])


def compile_cached(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile without fast-math, so both drivers agree to the last bit; kept between processes.

    Numba looks only at the compiled function's own file to tell whether its cache is fresh; here
    the callees count too, so its stamp is replaced by a digest of all sources.
    """
    dispatcher = njit(function, cache=True, error_model="numpy", nogil=True)
    cache_file = getattr(dispatcher._cache, "_cache_file", None)
    if cache_file is not None:
        cache_file._source_stamp = source_stamp()
    compiled: Callable[..., Any] = dispatcher
    return compiled


@functools.cache
def compiled_begin() -> Callable[..., Any]:
    """The compiled start of a run."""
    return compile_cached(begin_all)


@functools.cache
def compiled_run() -> Callable[..., Any]:
    """The compiled run of quarters."""
    return compile_cached(run_quarters)
