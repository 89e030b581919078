"""Speed of studies as ratios of one run on this machine: ``make benchmark``; ``make study`` runs
the large one."""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import numpy as np

import cleanpark as cp
from cleanpark.analysis.sensitivity.sensitivity import model_runs, sensitivity_study
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.study import Study

SEEDS = 60
"""Two minutes of work: the start of worker processes, three to five seconds, does not decide."""
OUTCOMES = ["pollution_equivalents", "compliance_true", "enterprise_cost", "treasury_net"]
TWENTY = (
    "moral_cost,severity_slope,belief_decay,treatment_cost_spread,over_estimation,learn_own,"
    "learn_links,honesty_threshold,hurdle_median,cost_salience,audit_norm,finding_base,"
    "works_limit,operation_spread,initial_belief,under_reporting,mix_spread,own_spread,"
    "peer_pressure,peer_contact"
)


def seconds(work: Callable[[], Any]) -> float:
    """Time that a call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def study(samples: int, seeds: int, parameters: str, enterprises: int = 200) -> Study:
    """A Sobol study of the packaged park over 60 quarters."""
    runs = model_runs(["mandatory"], cp.park("mixed", enterprises=enterprises), 60, OUTCOMES)
    return sensitivity_study("sobol", runs, cp.space(parameters), samples, seeds)


def timed(place: Place, seeds: int) -> float:
    """Seconds of a small study at a place, workers' start included."""
    return seconds(lambda: study(32, seeds, "learning").run(place=place))


def kernel(seeds: int) -> float:
    """Seconds of the compiled calls alone for the same runs."""
    one = study(32, seeds, "learning")
    return sum(seconds(lambda s=s: one.runs.run(one.design, s)) for s in range(seeds))


def agents_speed() -> int:
    """Nanoseconds per enterprise-quarter with Mesa agents, on a small part of the large study."""
    one = study(4, 1, "moral_cost,learn_own")
    rows = one.design[:1]
    runs = model_runs(["mandatory"], cp.park("mixed"), 8, OUTCOMES, engine="agents")
    runs.run(rows, 0)
    return round(seconds(lambda: runs.run(rows, 1)) / 200 / 8 * 1e9)


def agents_small() -> dict[str, float]:
    """The same few runs with Mesa agents, by mesa.batch_run, ema_workbench and a study."""
    from cleanpark.analysis.studies.workbench import workbench_model

    park = cp.park("mixed", enterprises=30)
    fines = [8.0, 16.0, 24.0, 32.0]

    def by_study() -> None:
        runs = model_runs(["mandatory"], park, 8, OUTCOMES, engine="agents")
        Study([{"fine": one} for one in fines], runs, seeds=2).run()

    def by_mesa() -> None:
        mesa.batch_run(
            cp.ParkModel,
            {"scenario": "mandatory", "park": [park], "engine": "agents", "quarters": 8,
             "fine": fines},
            rng=[0, 1], max_steps=8, data_collection_period=-1, display_progress=False,
        )  # fmt: skip

    def by_workbench() -> None:
        from ema_workbench import Sample, perform_experiments

        model = workbench_model("mandatory", park, 8, 2, OUTCOMES, "learn_own", "fine", "agents")
        perform_experiments(
            model,
            scenarios=[Sample("now", learn_own=0.3)],
            policies=[Sample(f"fine {one}", fine=one) for one in fines],
        )

    by_study()
    base = seconds(by_study)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        by_workbench()
        return {
            "study_with_agents_seconds": round(base, 2),
            "mesa_batch_run_over_study": round(seconds(by_mesa) / base, 2),
            "ema_workbench_over_study": round(seconds(by_workbench) / base, 2),
        }


def small() -> dict[str, Any]:
    """Overheads: a study against its kernel, two workers and Dask against one."""
    timed(Place(), 1)
    core = kernel(4) / 4 * SEEDS
    alone, two = timed(Place(), SEEDS), timed(Place(2), SEEDS)
    runs = 32 * (len(cp.space("learning").factors) + 2) * SEEDS
    return {
        "study_over_kernel": round(alone / core, 2),
        "two_workers_over_one": round(alone / two, 2),
        "dask_over_joblib_speed": round(two / timed(Place(cluster="local:2"), SEEDS), 2),
        "study_seconds": round(alone),
        "study_ns_per_enterprise_quarter": round(alone / runs / 200 / 60 * 1e9),
        "agents_ns_per_enterprise_quarter": agents_speed(),
        **agents_small(),
    }


def large(folder: Path, samples: int, seeds: int) -> dict[str, Any]:
    """The Sobol study of 20 parameters; an interrupted one goes on."""
    one = study(samples, seeds, TWENTY)
    begun = time.perf_counter()

    def tell(clock: Any) -> None:
        sys.stderr.write(f"\r{clock.done:,} of {clock.total:,}, {clock.left:,.0f} s left   ")

    one.run(folder, Place(-1), tell)
    spent = time.perf_counter() - begun
    peak = max(resource.getrusage(who).ru_maxrss
               for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))  # fmt: skip
    return {
        "runs": one.total,
        "minutes": round(spent / 60, 1),
        "enterprise_quarters_per_second": round(one.total * 200 * 60 / spent),
        "largest_process_gb": round(peak * 1024 / 1e9, 2),
        "numpy": np.__version__,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--samples", type=int, default=1024)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--output", default="")
    told = parser.parse_args()
    if not told.large:
        print(json.dumps(small(), indent=1))
        return
    folder = Path(told.output or tempfile.mkdtemp(prefix="cleanpark-"))
    print(json.dumps(large(folder, told.samples, told.seeds), indent=1))


if __name__ == "__main__":
    main()
