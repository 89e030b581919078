"""What a study is split into, and what that takes: tasks, their results, the room they need."""

from __future__ import annotations

import shutil
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.studies.runs import Chunk, Runs, address

if TYPE_CHECKING:
    import pandas as pd


class Kept:
    """A temporary folder that lives as long as the study or its results are in use."""

    def __init__(self, path: str) -> None:
        """Remove the folder when nobody refers to this any more."""
        self.path = path
        weakref.finalize(self, shutil.rmtree, path, True)


@dataclass(frozen=True)
class Task:
    """Rows of a design under one seed; ``digest`` is that of the rows, the same for all seeds."""

    first: int
    rows: pd.DataFrame
    seed: int
    digest: str = ""

    def key(self, about: dict[str, Any]) -> str:
        """Begin of the name of this task's file: seed, first row, digest of all that is run."""
        return f"s{self.seed:06d}-r{self.first:08d}-{address(about, self.digest, self.seed)}"


def run_task(runs: Runs, task: Task) -> Chunk:
    """Results of one task; runs in a worker."""
    return runs.run(task.rows, task.seed)


@dataclass(frozen=True)
class Estimate:
    """What a study will take, from a trial of a few runs."""

    runs: int
    left: int
    seconds: float
    memory_gb: float
    disk_gb: float
