"""Whether a run fits into memory, asked before it starts."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from cleanpark.scenarios.errors import InputError

BYTES_PER_ENTERPRISE = 1_300
"""Measured: state, draws, links and the start that scenarios share."""
BYTES_PER_AGENT = 2_000
"""Measured: one enterprise as a Mesa agent, with its views of the state."""
BYTES_PER_VALUE = 60
"""One outcome of one quarter in results and in the tidy frame."""


def _candidates() -> Iterator[int]:
    """Every limit this system states, in bytes."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                yield 1024 * int(line.split()[1])
    with contextlib.suppress(OSError, ValueError):
        yield int(Path("/sys/fs/cgroup/memory.max").read_text())
    with contextlib.suppress(AttributeError, OSError, ValueError):
        yield os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def available() -> int | None:
    """Bytes that a run can use; None where the system does not say."""
    return min((size for size in _candidates() if size > 0), default=None)


def needed(
    enterprises: int,
    runs: int,
    quarters: int,
    outcomes: int,
    workers: int = 1,
    agents: bool = False,
) -> int:
    """Bytes that a number of runs (scenarios times seeds) of a park takes."""
    each = BYTES_PER_ENTERPRISE + (BYTES_PER_AGENT if agents else 0)
    return enterprises * each * workers + runs * quarters * outcomes * BYTES_PER_VALUE


def refuse_too_large(
    enterprises: int, runs: int, quarters: int, workers: int = 1, agents: bool = False
) -> None:
    """Stop, before anything starts, what cannot fit."""
    from cleanpark.model.outcomes import OUTCOMES

    need = needed(enterprises, runs, quarters, len(OUTCOMES), workers, agents)
    free = available()
    if free is not None and need > free:
        raise InputError(
            "{enterprises} enterprises in {runs} runs of {quarters} quarters need about "
            "{need:.1f} GB of memory; {free:.1f} GB are available: ask for fewer enterprises, "
            "seeds or workers",
            enterprises=f"{enterprises:,}",
            runs=f"{runs:,}",
            quarters=quarters,
            need=need / 1e9,
            free=free / 1e9,
        )
