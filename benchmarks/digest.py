"""Digest of every quarterly value of all packaged scenarios and parks, under both drivers.

Two states of the sources give the same digest exactly when no value differs in any bit. Run it
from the folder of each state, with that folder first on the path::

    PYTHONPATH=$PWD python benchmarks/digest.py
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np

import cleanpark as cp
from cleanpark.model.simulate import simulate_seed
from cleanpark.scenarios.scenario import packaged_names, scenario

PARKS = ("heavy", "high-tech", "mixed")
SEEDS = (1, 2, 3)


def digest_of(values: Any) -> str:
    """First digits of the SHA-256 of an array's bits, every NaN taken as the same."""
    bits = np.where(np.isnan(values), np.nan, values)
    return hashlib.sha256(np.ascontiguousarray(bits).tobytes()).hexdigest()[:16]


def digests(engine: str, quarters: int, enterprises: int | None = None) -> list[str]:
    """A line for each park and seed: all scenarios' outcomes by quarter and by group."""
    every = [scenario(name) for name in packaged_names()]
    lines = []
    for name in PARKS:
        park = cp.park(name, enterprises=enterprises) if enterprises else cp.park(name)
        for seed in SEEDS:
            run = simulate_seed(every, [park], seed, quarters, engine)
            parts = (digest_of(run.quarterly), digest_of(run.horizon), digest_of(run.groups))
            lines.append(f"{engine} {name} seed {seed}, {quarters} quarters: {' '.join(parts)}")
    return lines


if __name__ == "__main__":
    print(f"# {Path(str(cp.__file__)).resolve().parent}")
    print("\n".join([*digests("auto", 40), *digests("agents", 6, 12)]))
