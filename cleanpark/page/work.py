"""Runs in the background: threads that all sessions share, what is first seen first, a cache.

The compiled driver lets go of Python's lock, so threads use all cores. A task is one policy under
one seed; a session that asks anew cancels what it had waiting, and what runs ends with its task.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import PriorityQueue
from typing import Any

import joblib

import cleanpark as cp
from cleanpark.page import engine, limits
from cleanpark.page.question import Question
from cleanpark.scenarios.errors import N_

ROUGH_SEEDS = 5
"""Seeds of the answer that is shown at once."""
PREPARING = N_("Preparing the model, which is done once on a machine: about half a minute …")
FIRST, LATER = 0, 1
"""Rough answers go before refinements, whosever they are."""


class Pool:
    """Threads that take the most urgent task, then the oldest; a cancelled one is skipped."""

    def __init__(self, threads: int | None = None) -> None:
        """Start the threads; they end with the process."""
        self._waiting: PriorityQueue[tuple[int, int, Future[Any], Callable[[], Any]]] = (
            PriorityQueue()
        )
        self._count = itertools.count()
        for number in range(threads or joblib.cpu_count()):
            threading.Thread(target=self._work, name=f"runs-{number}", daemon=True).start()

    def submit(self, urgency: int, task: Callable[[], Any]) -> Future[Any]:
        """Do a task when its turn comes; the future can be cancelled until then."""
        future: Future[Any] = Future()
        self._waiting.put((urgency, next(self._count), future, task))
        return future

    def _work(self) -> None:
        while True:
            _, _, future, task = self._waiting.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(task())
            except BaseException as problem:  # noqa: BLE001 - it belongs to whoever waits
                future.set_exception(problem)


class Cache:
    """Single runs by what they depend on, the latest used, up to a number of bytes."""

    def __init__(self, most: int = limits.CACHE_BYTES) -> None:
        """Nothing kept yet."""
        self._kept: OrderedDict[Any, engine.Single] = OrderedDict()
        self._most = most
        self._size = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Runs that are kept."""
        return len(self._kept)

    def get(self, key: Any) -> engine.Single | None:
        """A run that was kept, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Any, found: engine.Single) -> None:
        """Keep a run; the ones longest unused leave."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = found
            self._size += _bytes(found)
            while self._size > self._most and self._kept:
                self._size -= _bytes(self._kept.popitem(last=False)[1])


def _bytes(found: engine.Single) -> int:
    return int(found.quarterly.nbytes + found.horizon.nbytes + found.groups.nbytes)


@dataclass(frozen=True)
class State:
    """How far an answer is: runs done of all, and the comparison when there is a new one.

    ``rough``: more seeds are to come. ``stopped``: the time allowed was over, and this is final.
    """

    done: int
    total: int
    found: cp.Comparison | None = None
    rough: bool = True
    stopped: bool = False


class Worker:
    """The pool and the cache of a server, and whether the model is ready to run at once."""

    def __init__(self, threads: int | None = None) -> None:
        """Start the threads, and make the model ready: compiled once on a machine."""
        self.pool = Pool(threads)
        self.studies = Pool(1)
        """Screenings, one after the other: each is hundreds of runs."""
        self.cache = Cache()
        self.ready = self.pool.submit(FIRST, _warm)

    async def prepared(self, tell: Callable[[str], Any]) -> None:
        """Wait until the model is compiled, which a machine does once, and tell so in English."""
        if not self.ready.done():
            tell(PREPARING)
            await asyncio.wrap_future(self.ready)

    async def answer(self, question: Question) -> AsyncGenerator[State]:
        """States of an answer: rough from few seeds, then of all, with progress between.

        Close the iterator (or cancel its task) to give up: what waits is not run any more.
        Raises InputError where the question cannot be asked.
        """
        todo = await self._soon(lambda: engine.plan(question))
        begun = time.monotonic()
        every = list(range(question.seeds))
        steps = [every[:ROUGH_SEEDS], every] if len(every) > ROUGH_SEEDS else [every]
        total = len(todo.policies) * len(every)
        runs: dict[tuple[int, int], engine.Single] = {}
        for urgency, seeds in zip((FIRST, LATER), steps, strict=False):
            last = seeds == every
            async for _ in self._collect(todo, seeds, urgency, runs, begun):
                yield State(len(runs), total)
            have = [seed for seed in seeds if all((k, seed) in runs for k in _places(todo))]
            found = await self._soon(lambda have=have: _assemble(todo, runs, have))  # type: ignore[misc]
            stopped = len(have) < len(seeds)
            yield State(len(runs), total, found, not last and not stopped, stopped)
            if stopped:
                return

    async def _collect(
        self,
        todo: engine.Plan,
        seeds: list[int],
        urgency: int,
        runs: dict[tuple[int, int], engine.Single],
        begun: float,
    ) -> AsyncGenerator[None]:
        """Fill in the runs that are missing; yields after each."""
        futures = {}
        for seed, place in itertools.product(seeds, _places(todo)):
            kept = self.cache.get(todo.key(place, seed))
            if kept is not None:
                runs[place, seed] = kept
            else:
                task = self._task(todo, place, seed)
                futures[place, seed] = self.pool.submit(urgency, task)
        try:
            for key, future in futures.items():
                left = limits.RUN_SECONDS - (time.monotonic() - begun)
                if left <= 0 and len(runs) >= 2 * len(todo.policies):
                    return
                runs[key] = await asyncio.wrap_future(future)
                yield
        finally:
            for future in futures.values():
                future.cancel()

    def _task(self, todo: engine.Plan, place: int, seed: int) -> Callable[[], engine.Single]:
        def run() -> engine.Single:
            key = todo.key(place, seed)
            found = self.cache.get(key)
            if found is None:
                found = engine.single(todo, place, seed)
                self.cache.put(key, found)
            return found

        return run

    async def _soon(self, task: Callable[[], Any]) -> Any:
        return await asyncio.wrap_future(self.pool.submit(FIRST, task))


def _places(todo: engine.Plan) -> range:
    return range(len(todo.policies))


def _assemble(
    todo: engine.Plan, runs: dict[tuple[int, int], engine.Single], seeds: list[int]
) -> cp.Comparison:
    """One comparison, with its table made here and not where a page would wait for it."""
    rows = [[runs[place, seed] for seed in seeds] for place in _places(todo)]
    found = engine.together(todo, rows, seeds)
    _ = found.table
    return found


def _warm() -> None:
    """Run something small: this compiles the model where it is not yet compiled."""
    small = Question(enterprises=10, quarters=4, year=2026, seeds=2)
    todo = engine.plan(small)
    runs = {(place, seed): engine.single(todo, place, seed) for place in (0, 1) for seed in (0, 1)}
    _assemble(todo, runs, [0, 1])
