"""Where tasks run: in this process, over the cores with joblib, or on a Dask cluster.

A task is a function's arguments; its result does not depend on where or when it runs, so results
come in any order and the caller puts each in its place.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cleanpark.scenarios.errors import InputError

Work = Callable[[Any], Any]
Result = tuple[int, Any]
MOST_RESTARTS = 5
"""How often lost workers are replaced before the study stops (its finished tasks are kept)."""
IN_FLIGHT = 4
"""Tasks that each worker of a cluster is given ahead, so that none waits."""


@dataclass(frozen=True)
class Place:
    """Where a study runs: processes of this machine, or a Dask cluster by its address.

    ``cluster`` is a scheduler's address such as ``tcp://host:8786``, or ``local:N`` for a cluster
    of N processes on this machine.
    """

    workers: int = 1
    cluster: str | None = None

    def __post_init__(self) -> None:
        """Refuse numbers and addresses that cannot be meant."""
        if self.workers == 0 or self.workers < -1:
            raise InputError(f"workers = {self.workers}: 1 or more, or -1 for all cores")
        if self.cluster is not None and not is_address(self.cluster):
            raise InputError(
                f"cluster = {self.cluster!r}: a Dask scheduler's address such as "
                "tcp://host:8786, or local:2 for two processes of this machine"
            )

    @property
    def processes(self) -> int:
        """Processes on this machine."""
        import joblib

        if self.cluster is not None and self.cluster.startswith("local:"):
            return int(self.cluster.removeprefix("local:"))
        return joblib.cpu_count() if self.workers == -1 else self.workers


def is_address(text: str) -> bool:
    """Whether this names a Dask cluster."""
    if text.startswith("local:"):
        count = text.removeprefix("local:")
        return count.isdigit() and 1 <= int(count) <= 1024
    kind, separator, rest = text.partition("://")
    return bool(separator and rest) and kind in ("tcp", "tls", "ws", "wss", "ucx", "inproc")


def execute(work: Work, tasks: Sequence[Any], place: Place) -> Iterator[Result]:
    """Run ``work`` on every task; yields (number of the task, result) as they come.

    A lost worker costs its own tasks alone: they are given to another.
    """
    if place.cluster is not None:
        yield from _on_cluster(work, tasks, place.cluster)
    elif place.processes == 1 or len(tasks) < 2:
        yield from ((number, work(task)) for number, task in enumerate(tasks))
    else:
        yield from _on_cores(work, tasks, place.processes)


def _numbered(work: Work, number: int, task: Any) -> Result:
    return number, work(task)


def _on_cores(work: Work, tasks: Sequence[Any], processes: int) -> Iterator[Result]:
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    left = set(range(len(tasks)))
    for attempt in range(MOST_RESTARTS + 1):
        calls = (delayed(_numbered)(work, number, tasks[number]) for number in sorted(left))
        try:
            with Parallel(n_jobs=processes, return_as="generator_unordered", batch_size=1) as pool:
                for number, result in pool(calls):
                    left.discard(number)
                    yield number, result
            return
        except TerminatedWorkerError as cause:
            if attempt == MOST_RESTARTS:
                raise InputError(
                    f"workers were lost {attempt + 1} times (memory?): use fewer workers; "
                    "what was finished is kept"
                ) from cause


def _on_cluster(work: Work, tasks: Sequence[Any], address: str) -> Iterator[Result]:
    from distributed import as_completed

    with _client(address) as client:
        shared = client.scatter(work, broadcast=True, hash=False)
        waiting = iter(range(len(tasks)))
        places = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

        def submit(number: int) -> Any:
            return client.submit(
                _call, shared, number, tasks[number], pure=False, retries=MOST_RESTARTS
            )

        # The range comes first: zip asks it before it takes a task that it could not place.
        first = [submit(number) for _, number in zip(range(places * IN_FLIGHT), waiting)]
        running = as_completed(first)
        for done in running:
            yield done.result()
            done.release()
            following = next(waiting, None)
            if following is not None:
                running.add(submit(following))


def _call(work: Work, number: int, task: Any) -> Result:
    return number, work(task)


@contextlib.contextmanager
def _client(address: str) -> Iterator[Any]:
    """A connection to the cluster; a local one is started for as long as it is used."""
    from distributed import Client, LocalCluster

    if address.startswith("local:"):
        count = int(address.removeprefix("local:"))
        with (
            LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            yield client
        return
    try:
        client = Client(address, timeout=10)
    except (OSError, TimeoutError) as cause:
        raise InputError(f"cluster = {address!r}: no Dask scheduler answers there") from cause
    with client:
        yield client


@dataclass
class Clock:
    """How far a study is: runs done, rate and time left."""

    total: int
    done: int = 0
    begun: float = field(default_factory=time.monotonic)
    fresh: int = 0

    def add(self, runs: int) -> None:
        """Count runs that were made just now."""
        self.done += runs
        self.fresh += runs

    @property
    def rate(self) -> float:
        """Runs per second since the start."""
        return self.fresh / max(1e-9, time.monotonic() - self.begun)

    @property
    def left(self) -> float:
        """Seconds that the rest takes at this rate; infinite before the first run."""
        return (self.total - self.done) / self.rate if self.fresh else float("inf")
