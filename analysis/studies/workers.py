"""What a worker does besides its tasks: it ends with the process that started it, and runs no task
with other code or data than the caller's."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from cleanpark.model.cores import CORES
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.errors import InputError

GLANCE = 1.0
"""Seconds after which a worker looks whether its parent still lives."""


def begin_worker(parent: int) -> None:
    """In a worker of this machine, first of all: Ctrl-C, which a terminal sends to all, is for the
    caller to answer; and the worker ends when the caller does, however that came."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault(CORES, "1")  # the cores have a worker each
    threading.Thread(target=end_with, args=(parent,), daemon=True).start()


def end_with(parent: int, leave: Callable[[int], object] = os._exit) -> None:
    """Wait until the parent is gone, and leave at once.

    Asked by polling, which all systems know: on Linux and macOS an orphan has another parent; on
    Windows the parent's number is gone.
    """
    while lives(parent):
        time.sleep(GLANCE)
    leave(1)


def lives(parent: int) -> bool:
    """Whether the process that started this one is still there."""
    if os.name == "posix":
        return os.getppid() == parent
    import psutil

    return psutil.pid_exists(parent)


def check_code(client: Any) -> None:
    """Refuse a cluster of which a worker has another code or data, before it runs anything."""
    own = sources_digest()
    try:
        found = client.run(sources_digest, on_error="return")
    except Exception as cause:
        raise InputError(
            "the cluster's workers do not have this version of cleanpark ({reason}); install it "
            "there", reason=" ".join(str(cause).split()),
        ) from cause  # fmt: skip
    for worker, digest in found.items():
        if digest != own:
            raise other_code(worker)


def other_code(worker: str) -> InputError:
    """That a worker would give other numbers."""
    return InputError(
        "the worker {worker} has another cleanpark (its code or data differ from those here); "
        "install the same version there and start it again", worker=worker,
    )  # fmt: skip


def check_own_code(expected: str | None) -> None:
    """In a worker of a cluster, before a task: one that joined later is refused too."""
    if expected is not None and sources_digest() != expected:
        raise other_code(f"{os.uname().nodename if hasattr(os, 'uname') else ''} {os.getpid()}")


def is_script_again() -> bool:
    """Whether a script without a guard is run again by a worker that is just starting."""
    return bool(getattr(multiprocessing.current_process(), "_inheriting", False))


@contextlib.contextmanager
def starting() -> Iterator[None]:
    """Say in words that the processes of a cluster on this machine could not be started."""
    if is_script_again():
        os._exit(1)  # quietly: the caller says it
    try:
        yield
    except (RuntimeError, OSError, TimeoutError, EOFError) as cause:
        raise InputError(
            "the processes of the cluster on this machine could not be started; a script needs "
            "the line if __name__ == '__main__': before what it runs ({reason})",
            reason=" ".join(str(cause).split()),
        ) from cause
