"""How many cores one large run may use."""

from __future__ import annotations

import os

from cleanpark.scenarios.errors import InputError

CORES = "CLEANPARK_CORES"
"""Variable of the environment that says how many cores one large run may use."""


def cores() -> int:
    """Threads that one large run may use: as many as there are cores, or as the environment says.

    Raises InputError where what it says is no whole number above zero.
    """
    told = os.environ.get(CORES, "").strip()
    if not told:
        affinity = getattr(os, "sched_getaffinity", None)  # not on every system
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    if not (told.isascii() and told.isdigit() and int(told) > 0):
        raise InputError("{name} = {told!r}: a whole number of cores", name=CORES, told=told)
    return int(told)
