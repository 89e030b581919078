"""Where tasks run: in this process, over the cores with joblib, or on a Dask cluster.

A task is a function's arguments; its result does not depend on where or when it runs, so results
come in any order and the caller puts each in its place. Workers of a cluster need no disk of this
machine: what a task reads from files here travels with it.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from cleanpark.analysis.studies.workers import (
    begin_worker,
    check_code,
    check_own_code,
    starting,
)
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.whole import whole

Work = Callable[[Any], Any]
Result = tuple[int, Any]
MOST_RESTARTS = 5
"""How often in a row workers are lost, nothing being finished, before the study stops."""
IN_FLIGHT = 4
"""Tasks that each worker of a cluster is given ahead, so that none waits."""
MOST_WORKERS = 1_024
"""Processes of one machine: more were a slip of the finger."""
PATIENCE = 10
"""Seconds that a cluster has to answer, and then to have a worker."""
ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://(\[[^\]/]+\]|[^:/\s]+):([0-9]{1,5})", re.ASCII)
"""Scheme, host and port of a scheduler."""
_carried: ContextVar[bytes | None] = ContextVar("carried", default=None)


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
        count = whole(self.workers)
        if count is None or count == 0 or not -1 <= count <= MOST_WORKERS:
            raise InputError(
                "workers = {workers!r} (--workers): a whole number from 1 to {most:,}, or -1 for "
                "all cores",
                workers=self.workers,
                most=MOST_WORKERS,
            )
        if self.cluster is not None and not is_address(self.cluster):
            raise InputError(
                "cluster = {cluster!r} (--cluster): a Dask scheduler's address "
                "SCHEME://HOST:PORT such as tcp://host:8786, the port from 1 to "
                "65535, or local:2 for two processes of this machine (at most "
                "{most:,})",
                cluster=self.cluster,
                most=MOST_WORKERS,
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
        return count.isascii() and count.isdigit() and 1 <= int(count) <= MOST_WORKERS
    found = ADDRESS.fullmatch(text)
    return found is not None and 1 <= int(found[3]) <= 65_535


def check_place(place: Place) -> None:
    """Refuse a cluster that does not answer or has no worker, before anything is written.

    Connects and disconnects; of processes on this machine there is nothing to ask.
    """
    if place.cluster is not None and not place.cluster.startswith("local:"):
        with _client(place.cluster) as client:
            check_code(client)


@runtime_checkable
class Reads(Protocol):
    """What reads files of this machine in a task, and can say which bytes the task needs."""

    def packed(self, task: Any) -> bytes:
        """Content that travels with a task to a worker that does not have the files."""


def carried() -> bytes | None:
    """What travelled with the task that runs here; None where the files themselves are at hand."""
    return _carried.get()


def _packed(work: Work, task: Any) -> bytes | None:
    """What a task needs of this machine's files, if its work reads any."""
    for part in getattr(work, "args", ()):
        for one in (part, getattr(part, "history", None)):
            if isinstance(one, Reads):
                return one.packed(task)
    return None


def execute(work: Work, tasks: Sequence[Any], place: Place) -> Iterator[Result]:
    """Run ``work`` on every task; yields (number of the task, result) as they come.

    A lost worker costs its own tasks alone: they are given to another.
    """
    if place.cluster is not None:
        yield from _on_cluster(work, tasks, place.cluster)
    elif min(place.processes, len(tasks)) < 2:
        yield from ((number, work(task)) for number, task in enumerate(tasks))
    else:
        yield from _on_cores(work, tasks, place.processes)


class _Losses:
    """How often workers were lost, and whether anything is finished between the losses."""

    def __init__(self) -> None:
        self.times = 0
        self.in_a_row = 0

    def add(self) -> None:
        """Count one loss; InputError where nothing but losses comes."""
        self.times += 1
        self.in_a_row += 1
        if self.in_a_row > MOST_RESTARTS:
            raise self.error()

    def error(self) -> InputError:
        """What the caller is told in the end."""
        return InputError(
            "workers were lost {times} times (memory?): use fewer workers; "
            "what was finished is kept",
            times=self.times,
        )


def _on_cores(work: Work, tasks: Sequence[Any], processes: int) -> Iterator[Result]:
    """Results from processes of this machine; InputError in the end if some cannot be had.

    With a worker that dies goes the pool, and what the others had under way. Each of these tasks
    is then tried with no other beside it, so that the one that ends its worker is known: it waits
    until all others are finished, is tried once more, and keeps none of them from its result.
    """
    left, ending = dict.fromkeys(range(len(tasks))), list[int]()
    losses = _Losses()
    while left:
        begun: list[int] = []
        for result in _in_pool(work, tasks, left, processes, begun):
            losses.in_a_row = 0
            del left[result[0]]
            yield result
        if left:
            losses.add()
        doubtful = [number for number in begun if number in left]
        yield from _one_by_one(work, tasks, doubtful, ending, losses)
        for number in doubtful:
            del left[number]
    still: list[int] = []
    yield from _one_by_one(work, tasks, ending, still, losses)
    if still:
        raise losses.error()


def _one_by_one(
    work: Work, tasks: Sequence[Any], numbers: Sequence[int], ending: list[int], losses: _Losses
) -> Iterator[Result]:
    """Each of these tasks alone in a process; those that end it are added to ``ending``."""
    for number in numbers:
        found = list(_in_pool(work, tasks, [number], 1, []))
        if found:
            losses.in_a_row = 0
            yield from found
        else:
            ending.append(number)
            losses.add()


def _in_pool(
    work: Work, tasks: Sequence[Any], numbers: Iterable[int], processes: int, begun: list[int]
) -> Iterator[Result]:
    """Results until all are there or a worker is lost; what is handed in is added to ``begun``."""
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    def calls() -> Iterator[Any]:
        for number in waiting:
            begun.append(number)
            yield delayed(_call)(work, number, tasks[number])

    waiting = list(numbers)
    try:
        with Parallel(
            # Of one job joblib makes a call here: what ended the workers would end the caller.
            n_jobs=max(2, min(processes, len(waiting))),
            return_as="generator_unordered",
            batch_size=1,
            initializer=begin_worker,
            initargs=(os.getpid(),),
        ) as pool:
            yield from pool(calls())
    except TerminatedWorkerError:
        return


def stop_workers() -> None:
    """End the processes that :func:`execute` started on this machine, as after Ctrl-C."""
    if "joblib.externals.loky" in sys.modules:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown(wait=True, kill_workers=True)


def _on_cluster(work: Work, tasks: Sequence[Any], address: str) -> Iterator[Result]:
    """Results from a cluster; InputError where the cluster is lost on the way.

    Here and on each worker, no more than a few tasks' content is in memory at once, however many
    seeds there are. It travels with the task, as the work does (and not once for all), so that a
    task that is given to another worker has both: what was scattered is lost with its worker.
    """
    if not tasks:
        return
    local = address.startswith("local:")
    with _client(address, len(tasks)) as client, _losses():
        check_code(client)
        own = None if local else sources_digest()
        waiting = iter(range(len(tasks)))
        places = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))

        def submit(number: int) -> Any:
            task = tasks[number]
            content = None if local else _packed(work, task)
            return client.submit(
                _call, work, number, task, content, own, pure=False, retries=MOST_RESTARTS
            )

        lost: list[int] = []
        yield from _as_they_come(submit, waiting, places * IN_FLIGHT, lost)
        # What waited on a worker behind the task that ended it is counted lost with it: alone.
        yield from _as_they_come(submit, iter(lost), 1, None)


def _as_they_come(
    submit: Callable[[int], Any], waiting: Iterator[int], places: int, lost: list[int] | None
) -> Iterator[Result]:
    """Results, with so many tasks under way; of those that ended their workers the numbers go to
    ``lost`` or, where that is None, KilledWorker is raised once the others are there."""
    from distributed import KilledWorker, as_completed

    # The range comes first: zip asks it before it takes a task that it could not place.
    under_way = {submit(number): number for _, number in zip(range(places), waiting)}
    running, cause = as_completed(list(under_way)), None
    for done in running:
        number = under_way.pop(done)
        try:
            yield done.result()
        except KilledWorker as killed:
            cause = killed
            if lost is not None:
                lost.append(number)
        done.release()
        following = next(waiting, None)
        if following is not None:
            future = submit(following)
            under_way[future] = following
            running.add(future)
    if lost is None and cause is not None:
        raise cause


def _call(
    work: Work, number: int, task: Any, content: bytes | None = None, sources: str | None = None
) -> Result:
    """One task in a worker, with the content that travelled with it; InputError where the worker's
    code or data are not those of ``sources``."""
    check_own_code(sources)
    token = _carried.set(content)
    try:
        return number, work(task)
    finally:
        _carried.reset(token)


@contextlib.contextmanager
def _losses() -> Iterator[None]:
    """Say in words that the cluster is gone."""
    from asyncio import CancelledError as Cancelled
    from concurrent.futures import CancelledError

    from distributed import KilledWorker
    from distributed.comm import CommClosedError

    try:
        yield
    except (Cancelled, CancelledError, KilledWorker, CommClosedError, TimeoutError) as cause:
        raise InputError(
            "the cluster was lost; what was finished is kept: give the same command again"
        ) from cause


def _reach(address: str) -> None:
    """Raise where nothing listens, or this machine lacks what the scheme needs.

    A client that fails while it starts leaves a thread behind, which a second try can trip over.
    """
    from distributed.comm.registry import get_backend
    from distributed.security import Security

    scheme, host, port = ADDRESS.fullmatch(address).groups()  # type: ignore[union-attr]
    get_backend(scheme)
    secure = scheme in ("tls", "wss")
    if secure and Security().get_connection_args("client").get("ssl_context") is None:
        raise ValueError(f"{scheme} needs certificates")
    if scheme != "ucx":
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()


@contextlib.contextmanager
def _client(address: str, tasks: int = 1) -> Iterator[Any]:
    """A connection to the cluster; a local one is started for as long as it is used, with no more
    processes than there are tasks."""
    import dask
    from distributed import Client, LocalCluster

    if address.startswith("local:"):
        count = min(tasks, int(address.removeprefix("local:")))
        with starting():
            # Certificates for this cluster alone: no other account of the machine can speak to it.
            cluster = LocalCluster(
                n_workers=count, threads_per_worker=1, dashboard_address=None, security=True
            )
        try:
            with Client(cluster) as client:
                yield client
        finally:
            # A worker that is just being started again cannot be closed; what was lost is told.
            with contextlib.suppress(AssertionError, RuntimeError, OSError, TimeoutError):
                cluster.close()
        return
    try:
        _reach(address)
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TypeError, ImportError, RuntimeError) as cause:
        raise InputError(
            "cluster = {address!r} (--cluster): no Dask scheduler answers there ({reason})",
            address=address,
            reason=" ".join(str(cause).split()),
        ) from cause
    # A large park's history may travel with a task; dask would advise on graphs of one's own.
    with client, dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TiB"}):
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as cause:
            raise InputError(
                "cluster = {address!r} (--cluster): the scheduler has no workers "
                "after {seconds} seconds; start some, or wait until a queue has "
                "given them",
                address=address,
                seconds=PATIENCE,
            ) from cause
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
