"""Studies that run behind the page: started, followed, cancelled, gone on with.

A study writes its runs into a folder under the results' root, so that a reload, a dropped
connection or the server's end loses none: it goes on where it was. What was asked for is kept
beside it, for that.
"""

from __future__ import annotations

import datetime
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cleanpark as cp
from cleanpark.page import engine
from cleanpark.scenarios.errors import InputError, Message, message_of

KINDS = ("screening", "search")
ASSUMPTIONS = "behaviour"
"""What a screening varies."""
LEVERS = "penalties,incentives"
"""What a search may change."""
BOUNDS = {"enterprises": (5, 500), "quarters": (4, 120), "size": (8, 64), "seeds": (1, 20)}
"""What one may ask of a study from the page; larger ones belong to the command line."""
MOST = 2
"""Studies that run at once."""
ASKED = ".cleanpark-page"
"""Folder under the root with what was asked for, a file for each study."""
RUNNING, WAITING, DONE, CANCELLED, FAILED = "running", "waiting", "done", "cancelled", "failed"


@dataclass(frozen=True)
class Request:
    """A study as the page asks for it: a screening of the assumptions behind a policy (Morris), or
    a search for the best mixes of levers; ``size`` is the trajectories or the generations."""

    kind: str = "screening"
    policy: str = "mandatory"
    park: str = "mixed"
    enterprises: int = 60
    quarters: int = 40
    size: int = 10
    seeds: int = 3

    def checked(self) -> Request:
        """The request itself; InputError where it cannot be meant."""
        if self.kind not in KINDS:
            raise InputError("unknown kind of study '{kind}'", kind=self.kind)
        engine.policy(self.policy, {})
        if self.park not in engine.parks():
            raise InputError("unknown park '{name}'{hint}", name=self.park, hint="")
        for key, (low, high) in BOUNDS.items():
            if not low <= getattr(self, key) <= high:
                raise InputError(
                    "{key} = {value}: the page allows {low} to {high}",
                    key=key, value=getattr(self, key), low=low, high=high,
                )  # fmt: skip
        return self


class Cancelled(Exception):
    """Raised inside a study that somebody gave up."""


class Job:
    """One study under way or ended; fields are read by pages while its thread writes them."""

    def __init__(self, name: str, request: Request) -> None:
        """Not begun yet."""
        self.name, self.request = name, request
        self.state = WAITING
        self.done, self.total = 0, 0
        self.problem: Message | None = None
        self.given_up = threading.Event()

    def follow(self, clock: Any) -> None:
        """Take over how far the study is; end it here if somebody gave it up."""
        self.done, self.total = int(clock.done), int(clock.total)
        if self.given_up.is_set():
            raise Cancelled


class Jobs:
    """All studies that this server runs or ran."""

    def __init__(self, root: Path) -> None:
        """None yet; what earlier servers were asked is found beside the studies."""
        self.root = root
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def all(self) -> list[Job]:
        """The studies of this server, the latest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def start(self, request: Request) -> Job:
        """Begin a study in a folder of its own."""
        request.checked()
        now = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
        with self._lock:
            name = f"{request.kind}-{request.policy}-{now}"
            number = 2
            while name in self._jobs or (self.root / name).exists():
                name, number = f"{request.kind}-{request.policy}-{now}-{number}", number + 1
            return self._begin(name, request)

    def go_on(self, name: str) -> Job:
        """Go on with a study that was cancelled or cut off."""
        with self._lock:
            job = self._jobs.get(name)
            if job is not None and job.state in (RUNNING, WAITING):
                return job
            return self._begin(name, self.asked(name))

    def cancel(self, name: str) -> None:
        """Give a study up; what was run stays."""
        with self._lock:
            if name in self._jobs:
                self._jobs[name].given_up.set()

    def asked(self, name: str) -> Request:
        """What was asked of a study begun from the page; InputError where it was not."""
        path = self.root / ASKED / f"{name}.json"
        known = {one.stem for one in path.parent.glob("*.json")} if path.parent.is_dir() else set()
        if name not in known:
            raise InputError("this study was not begun here: give its command again")
        try:
            return Request(**json.loads(path.read_text(encoding="utf-8"))).checked()
        except (OSError, ValueError, TypeError) as cause:
            raise InputError("this study was not begun here: give its command again") from cause

    def _begin(self, name: str, request: Request) -> Job:
        running = [one for one in self._jobs.values() if one.state in (RUNNING, WAITING)]
        if len(running) >= MOST:
            raise InputError("{count} studies are under way: wait, or cancel one", count=MOST)
        place = self.root / ASKED
        try:
            place.mkdir(exist_ok=True)
            text = json.dumps(asdict(request), indent=1)
            (place / f"{name}.json").write_text(text, encoding="utf-8")
        except OSError as cause:
            raise InputError(
                "{folder}: cannot be written to ({cause})", folder=self.root.name,
                cause=cause.strerror or cause,
            ) from cause  # fmt: skip
        job = self._jobs[name] = Job(name, request)
        threading.Thread(target=self._run, args=(job,), name=name, daemon=True).start()
        return job

    def _run(self, job: Job) -> None:
        job.state = RUNNING
        try:
            MAKERS[job.request.kind](job.request, self.root / job.name, job.follow)
            job.state = DONE
        except Cancelled:
            job.state = CANCELLED
        except InputError as problem:
            job.problem, job.state = message_of(problem), FAILED
        except Exception as problem:  # noqa: BLE001 - a thread's end must not go unseen
            job.problem, job.state = Message("{problem}", problem=str(problem)), FAILED


def screen(request: Request, folder: Path, follow: Callable[[Any], None]) -> None:
    """Which assumptions move a policy's outcomes most, by elementary effects."""
    from cleanpark.analysis.pages.study import write_report
    from cleanpark.analysis.sensitivity.sensitivity import morris

    morris(
        request.policy, ASSUMPTIONS, samples=request.size, seeds=request.seeds,
        park=cp.park(request.park, request.enterprises), quarters=request.quarters,
        folder=folder, progress=follow,
    )  # fmt: skip
    write_report(folder)


def search(request: Request, folder: Path, follow: Callable[[Any], None]) -> None:
    """The mixes of levers that no other mix beats."""
    from cleanpark.analysis.pages.study import write_report

    cp.optimize(
        request.policy, LEVERS, park=cp.park(request.park, request.enterprises),
        quarters=request.quarters, folder=folder, generations=request.size, population=16,
        seeds=request.seeds, fresh_seeds=max(4, request.seeds), start=min(4, request.quarters - 1),
        progress=follow,
    )  # fmt: skip
    write_report(folder)


MAKERS: Mapping[str, Callable[[Request, Path, Callable[[Any], None]], None]] = {
    "screening": screen,
    "search": search,
}
