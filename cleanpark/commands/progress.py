"""What a study will take, and how far it is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleanpark.commands.console import print_json, say, tell_exactly
from cleanpark.scenarios.errors import Counted

if TYPE_CHECKING:
    from cleanpark.analysis.studies.runner import Clock
    from cleanpark.analysis.studies.task import Estimate


def print_estimate(found: Estimate, samples: int, seeds: int, as_json: bool) -> None:
    """What a study would take."""
    from dataclasses import asdict

    if as_json:
        print_json(asdict(found))
        return
    tell_exactly(
        say(
            "{samples} samples under {seeds}: {runs} runs, {left} of them still to do; "
            "about {time}, {memory:.1f} GB of memory, {disk:.3f} GB of disk.",
            samples=f"{samples:,}",
            seeds=Counted("{count} seed", "{count} seeds", seeds),
            runs=f"{found.runs:,}",
            left=f"{found.left:,}",
            time=duration(found.seconds),
            memory=found.memory_gb,
            disk=found.disk_gb,
        )
    )


def duration(seconds: float) -> str:
    """A time in hours, minutes and seconds.

    >>> duration(3725)
    '1 h 2 min'
    """
    if seconds >= 3600:
        return f"{seconds // 3600:.0f} h {seconds % 3600 // 60:.0f} min"
    if seconds >= 60:
        return f"{seconds // 60:.0f} min {seconds % 60:.0f} s"
    return f"{seconds:.0f} s"


@contextmanager
def study_progress() -> Iterator[Callable[[Clock], None]]:
    """Runs done, rate and time left, on standard error; where that is a file, a line at times."""
    import time

    if not sys.stderr.isatty():
        last = [time.monotonic()]

        def line(clock: Clock) -> None:
            if time.monotonic() - last[0] >= 15 or (clock.done == clock.total and clock.fresh):
                last[0] = time.monotonic()
                sys.stderr.write(progress_text(clock) + "\n")

        yield line
        return
    from rich.progress import BarColumn, Progress, TextColumn

    from cleanpark.commands.console import console

    columns = (BarColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)
        yield lambda clock: bars.update(
            task, completed=clock.done, total=clock.total, description=progress_text(clock)
        )


def progress_text(clock: Clock) -> str:
    """Runs done, runs per second and time left."""
    left = duration(clock.left) if clock.fresh else "…"
    return say(
        "{done} of {total} runs, {rate} per second, {left} left",
        done=f"{clock.done:,}",
        total=f"{clock.total:,}",
        rate=f"{clock.rate:,.0f}",
        left=left,
    )
