"""The model driven by ema_workbench: its Model, Sample, perform_experiments and evaluators.

    from ema_workbench import Sample, perform_experiments
    from cleanpark.analysis.workbench import workbench_model

    model = workbench_model("mandatory", uncertainties="learning", levers="fine,inspection_rate")
    experiments, outcomes = perform_experiments(model, scenarios=50, policies=4)
    strict = Sample("strict", fine=30.0, inspection_rate=0.1)
    experiments, outcomes = perform_experiments(model, scenarios=50, policies=[strict])

(``Sample`` is what ema_workbench before 3.0 called ``Scenario`` and ``Policy``.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.comparison import seeds_of
from cleanpark.analysis.extras import load
from cleanpark.analysis.runs import ModelRuns
from cleanpark.analysis.sensitivity import MAIN_OUTCOMES, model_runs
from cleanpark.analysis.space import Factor, space

if TYPE_CHECKING:
    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario


@dataclass
class Experiment:
    """One experiment: parameters in, outcomes out, means over seeds; picklable.

    A run that fails gives NaN, so that it does not end all the others.
    """

    runs: ModelRuns
    seeds: Sequence[int]

    def __call__(self, **parameters: Any) -> dict[str, float]:
        """Outcomes by name."""
        import pandas as pd

        row = pd.DataFrame([parameters])
        values = np.array([self.runs.run(row, seed).values[0] for seed in self.seeds])
        return dict(zip(self.runs.outcomes, values.mean(axis=0).tolist(), strict=True))


def parameter(factor: Factor) -> Any:
    """A factor as a parameter of ema_workbench, over the range of the data files."""
    ema = load("ema_workbench")
    if factor.scale == "choice":
        return ema.CategoricalParameter(factor.name, list(factor.choices))
    if factor.scale == "integer":
        return ema.IntegerParameter(factor.name, int(factor.low), int(factor.high))
    return ema.RealParameter(factor.name, factor.low, factor.high)


def workbench_model(
    scenario: Scenario | str | Path,
    park: Park | str | Path = "mixed",
    quarters: int = 60,
    seeds: int | Sequence[int] = 10,
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    uncertainties: str | Sequence[str] = "behaviour",
    levers: str | Sequence[str] = (),
    engine: str = "auto",
) -> Any:
    """An ``ema_workbench.Model`` of a scenario on a park.

    ``uncertainties`` and ``levers`` select parameters as :func:`cleanpark.space` does; numbers on
    a log scale are drawn evenly by ema_workbench's samplers unless given as rows of one's own.
    """
    ema = load("ema_workbench")
    runs = model_runs([scenario], park, quarters, outcomes, engine=engine)
    model = ema.Model("cleanpark", function=Experiment(runs, seeds_of(seeds)))
    model.uncertainties = [parameter(one) for one in space(uncertainties).factors]
    if levers:
        model.levers = [parameter(one) for one in space(levers).factors]
    model.outcomes = [ema.ScalarOutcome(name) for name in runs.outcomes]
    return model
