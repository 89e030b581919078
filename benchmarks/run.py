"""Speed as ratios of one run on this machine, printed as JSON: ``make benchmark``."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np

import cleanpark as cp
from cleanpark.model.simulate import advance, empty_totals, simulate_seed
from cleanpark.model.streams import quarter_draws
from cleanpark.model.world import build_world, most_teams, policy_records


def seconds(work: Callable[[], Any], times: int = 1) -> float:
    """Shortest time of some runs, after nothing else."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def compiled_time(enterprises: int, quarters: int) -> float:
    """Seconds per enterprise and quarter of the compiled driver, draws and start included."""

    def run() -> None:
        parks = [cp.park("mixed", enterprises=enterprises)]
        policies = policy_records(cp.scenario("full-mix"), parks, quarters)
        world = build_world(parks, 1, most_teams(policies, parks))
        cells, sums = empty_totals(quarters, 1, len(world.sectors))
        for first in range(quarters):
            draws = quarter_draws(1, first, 1, enterprises)
            advance(world, policies, first, draws, cells, sums)

    return seconds(run, 3 if enterprises <= 10_000 else 1) / enterprises / quarters


def agents_time(enterprises: int, quarters: int) -> float:
    """Seconds per enterprise and quarter of the agents driver."""
    park = cp.park("mixed", enterprises=enterprises)
    model = cp.ParkModel("full-mix", park, engine="agents", quarters=quarters)
    return seconds(lambda: model.run()) / enterprises / quarters


def kernel_time(seeds: int, enterprises: int, quarters: int) -> float:
    """Seconds that the compiled kernel alone needs for the default comparison."""
    parks = [cp.park("mixed", enterprises=enterprises)]
    scenarios = [cp.scenario(str(name)) for name in cp.scenarios()["name"]]
    tables = [policy_records(one, parks, quarters) for one in scenarios]
    teams = max(most_teams(table, parks) for table in tables)
    total = 0.0
    for seed in range(seeds):
        start = build_world(parks, seed, teams)
        draws = quarter_draws(seed, 0, quarters, enterprises)
        for table in tables:
            world = start.copy()
            cells, sums = empty_totals(quarters, 1, len(world.sectors))
            begun = time.perf_counter()
            advance(world, table, 0, draws, cells, sums)
            total += time.perf_counter() - begun
    return total


def cores_gain(enterprises: int = 200_000, quarters: int = 16) -> float:
    """How many times as fast one large run is on two cores as on one."""
    park = cp.park("mixed", enterprises=enterprises)

    def on(count: int) -> float:
        with mock.patch.dict(os.environ, CLEANPARK_CORES=str(count)):
            return seconds(lambda: simulate_seed([cp.scenario("full-mix")], [park], 1, quarters))

    times = [(on(1), on(2)) for _ in range(3)]
    return min(one for one, _ in times) / min(two for _, two in times)


def million_memory() -> float:
    """Peak memory, GB, of a million enterprises for 60 quarters in a process of their own."""
    code = (
        "import resource, cleanpark as cp\n"
        "from cleanpark.model.simulate import simulate_seed\n"
        "park = cp.park('mixed', enterprises=1_000_000)\n"
        "simulate_seed([cp.scenario('voluntary')], [park], 1, 60)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(done.stdout) * 1024 / 1e9


def main() -> None:
    """Measure and print."""
    cp.compare(["mandatory"], cp.park("mixed", enterprises=10), 1, 2)  # compile
    small = compiled_time(200, 60)
    sizes = {size: compiled_time(size, 20) for size in (200, 2_000, 20_000, 200_000, 1_000_000)}
    agents = agents_time(200, 4)
    kernel = kernel_time(20, 200, 60)
    found: list[cp.Comparison] = []
    whole = seconds(lambda: found.append(cp.compare()))
    tables = seconds(lambda: (found[0].table, found[0].outcomes))
    help_time = seconds(
        lambda: subprocess.run(
            [str(Path(sys.executable).with_name("cleanpark")), "--help"],
            check=True,
            capture_output=True,
        ),
        3,
    )
    result = {
        "compiled_ns_per_enterprise_quarter": {str(k): round(v * 1e9) for k, v in sizes.items()},
        "compiled_200_enterprises_60_quarters_ns": round(small * 1e9),
        "agents_ns_per_enterprise_quarter": round(agents * 1e9),
        "agents_over_compiled": round(agents / small),
        "largest_over_smallest_size": round(max(sizes.values()) / min(sizes.values()), 2),
        "two_cores_over_one": round(cores_gain(), 2),
        "million_enterprises_peak_gb": round(million_memory(), 2),
        "compare_kernel_seconds": round(kernel, 2),
        "compare_seconds": round(whole, 2),
        "compare_over_kernel": round(whole / kernel, 2),
        "compare_with_tables_over_kernel": round((whole + tables) / kernel, 2),
        "help_seconds": round(help_time, 2),
        "own_peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9, 2),
        "numpy": np.__version__,
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
