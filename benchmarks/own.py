"""What one run of a ParkModel costs against a run of the batch, interleaved so that both meet the
same load of the machine; printed as JSON: ``python benchmarks/own.py``."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

import cleanpark as cp
from cleanpark.model.batch import simulate_batch
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.world import policy_records
from cleanpark.scenarios.records import behaviour_record

ENTERPRISES, QUARTERS, RUNS = 200, 60, 32
PARK = cp.park("mixed", enterprises=ENTERPRISES)
POLICY = cp.scenario("full-mix")


def own() -> None:
    """A model made and run."""
    cp.ParkModel(POLICY, PARK, rng=1, quarters=QUARTERS).run()


def stepped() -> None:
    """The same quarter by quarter, as somebody who looks between quarters has it run."""
    model = cp.ParkModel(POLICY, PARK, rng=1, quarters=QUARTERS)
    while model.running:
        model.step()


def collected() -> None:
    """A model run, and its collected outcomes read."""
    cp.ParkModel(POLICY, PARK, rng=1, quarters=QUARTERS).run().datacollector.model_vars  # noqa: B018


def batch() -> Callable[[], None]:
    """As many runs as are in memory together, under one seed."""
    policies = np.stack([policy_records(POLICY, [PARK], QUARTERS)] * RUNS)
    behaviours = np.array([behaviour_record(POLICY.behaviour_values())[0]] * RUNS)
    return lambda: simulate_batch(policies, behaviours, [PARK], 1, OUTCOME_NAMES) and None


def measure(rounds: int = 15) -> dict[str, Any]:
    """Nanoseconds for an enterprise and quarter, best of the rounds, and ratios to the batch's."""
    works = {"batch": (batch(), RUNS), "own": (own, 1), "own_collected": (collected, 1),
             "own_stepped": (stepped, 1)}  # fmt: skip
    for work, _ in works.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, (work, runs) in works.items():
            begun = time.perf_counter()
            work()
            taken = time.perf_counter() - begun
            times[name].append(taken / runs / ENTERPRISES / QUARTERS * 1e9)
    best = {name: min(taken) for name, taken in times.items()}
    pairs = zip(times["own"], times["batch"], strict=True)
    return {
        "ns_per_enterprise_quarter": {name: round(value) for name, value in best.items()},
        "over_batch": {name: round(value / best["batch"], 2) for name, value in best.items()},
        "own_over_batch_median_of_rounds": round(statistics.median(a / b for a, b in pairs), 2),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
