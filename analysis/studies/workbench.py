"""The model driven by ema_workbench: its Model, Sample, perform_experiments and evaluators.

    from ema_workbench import perform_experiments
    from cleanpark.analysis.studies.workbench import policy, workbench_model

    model = workbench_model("mandatory", uncertainties="learning", levers="fine,inspection_rate")
    experiments, outcomes = perform_experiments(model, scenarios=50, policies=4)
    strict = policy(model, "strict", fine=30.0, inspection_rate=0.1)
    slow = future(model, "slow", learn_own=0.1)
    experiments, outcomes = perform_experiments(model, scenarios=slow, policies=[strict])

    with MultiprocessingEvaluator(model, n_processes=2) as evaluator:
        experiments, outcomes = evaluator.perform_experiments(scenarios=50, policies=4)

``Sample`` is what ema_workbench before 3.0 called ``Scenario`` and ``Policy``. :func:`policy` and
:func:`future` return one after checking names and values; of a ``Sample`` that is made by hand,
ema_workbench drops a name that is not among the model's parameters without a word.

Outcomes are means over the seeds that define them; a run that fails is NaN. A parameter that a
``Sample`` does not give is as in the scenario. All experiments share their seeds (common random
numbers), so policies are compared in the same future. ``optimize`` of ema_workbench 3.0 works with
levers that are numbers on a scale, not with whole numbers and choices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.statistics.means import mean_over_seeds
from cleanpark.analysis.studies.extras import load
from cleanpark.analysis.studies.model_runs import MAIN_OUTCOMES, model_runs
from cleanpark.analysis.studies.runs import ModelRuns, coded
from cleanpark.analysis.studies.seeds import seeds_of
from cleanpark.analysis.studies.space import Factor, declared, space
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import N_, InputError, Listed, Message, nearest

if TYPE_CHECKING:
    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

_names: dict[str, str] = {}
"""Models that this process has made: what each name stands for."""
OVER_TIME = "_by_quarter"
"""Ending of the names of outcomes that hold a value for every quarter."""


@dataclass
class Experiment:
    """One experiment: parameters in, outcomes out, means over seeds; picklable.

    A run that fails gives NaN, so that it does not end all the others.
    """

    runs: ModelRuns
    seeds: Sequence[int]

    def __call__(self, **parameters: Any) -> dict[str, Any]:
        """Outcomes by name; over time, arrays of one value per quarter too."""
        values, series = self._run(parameters)
        names = self.runs.outcomes
        found: dict[str, Any] = dict(zip(names, values.tolist(), strict=True))
        if series is not None:
            found |= {f"{name}{OVER_TIME}": one for name, one in zip(names, series, strict=True)}
        return found

    def _run(self, parameters: dict[str, Any]) -> tuple[Any, Any]:
        """Means over seeds: values (outcomes,), and series (outcomes, quarters) or None."""
        import pandas as pd

        row = pd.DataFrame([parameters])
        chunks = [self.runs.run(row, seed) for seed in self.seeds]
        values = mean_over_seeds(np.array([one.values[0] for one in chunks]).T)
        if not self.runs.over_time:
            return values, None
        by_seed = np.array([one.series[0] for one in chunks if one.series is not None])
        flat = by_seed.reshape(len(chunks), -1).T
        return values, mean_over_seeds(flat).reshape(by_seed.shape[1:])


def parameter(factor: Factor) -> Any:
    """A factor as a parameter of ema_workbench: its range, scale and distribution.

    None has a default, so that what a ``Sample`` leaves out stays as in the scenario.
    """
    ema = load("ema_workbench")
    if factor.scale == "choice":
        return ema.CategoricalParameter(factor.name, list(factor.choices))
    if factor.scale == "integer":
        low, high = int(np.ceil(factor.low)), int(np.floor(factor.high))
        return ema.IntegerParameter(factor.name, low, high)
    if factor.scale == "linear" and factor.distribution == "uniform":
        return ema.RealParameter(factor.name, factor.low, factor.high)
    return ema.RealParameter.from_dist(factor.name, distribution(factor))


def distribution(factor: Factor) -> Any:
    """The factor's distribution as a frozen one of scipy, where it is not uniform and linear."""
    if factor.scale == "log" and factor.distribution == "uniform":
        return load("scipy.stats").loguniform(factor.low, factor.high)
    if factor.scale == "linear":
        span = factor.high - factor.low
        return load("scipy.stats").triang((factor.mode - factor.low) / span, factor.low, span)
    peak = np.log(factor.mode / factor.low) / np.log(factor.high / factor.low)
    return load("cleanpark.analysis.studies.distributions").LogTriangular()(
        float(peak), factor.low, factor.high
    )


def model_name(given: str | None, experiment: Experiment) -> str:
    """A name that no other model of this process has; InputError where one is given that has."""
    if given is not None and not given.isidentifier():
        raise InputError(
            "model name '{name}': letters, digits and _ alone, and no digit first", name=given
        )
    content = json.dumps([experiment.runs.describe(), list(experiment.seeds)], sort_keys=True)
    base = given or re.sub(r"\W", "_", f"{experiment.runs.scenarios[0].name}")
    base = base if base.isidentifier() else f"model_{base}"
    found, number = base, 1
    while _names.setdefault(found, content) != content:
        if given is not None:
            raise InputError(
                "model name '{name}': another model has it; the workbench would run one for both",
                name=given,
            )
        number += 1
        found = f"{base}_{number}"
    return found


def workbench_model(
    scenario: Scenario | str | Path,
    park: Park | str | Path = "mixed",
    quarters: int = 60,
    seeds: int | Sequence[int] = 10,
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    uncertainties: str | Sequence[str] = "behaviour",
    levers: str | Sequence[str] = (),
    engine: str = "auto",
    over_time: bool = False,
    name: str | None = None,
) -> Any:
    """An ``ema_workbench.Model`` of a scenario on a park.

    The workbench tells models apart by ``name`` alone, and runs one for all of a name. By default
    it is the scenario's (``no-policy`` as ``no_policy``), with a number where another model of this
    process has it.

    ``uncertainties`` and ``levers`` select parameters as :func:`cleanpark.space` does, and are
    sampled over their ranges on their scales. Outcomes are to be minimised or maximised as their
    declarations say, so that ``ema_workbench.optimize`` works too; ``over_time`` adds an
    ArrayOutcome ``NAME_by_quarter`` of each. Raises InputError before anything is run.
    """
    ema = load("ema_workbench")
    runs = model_runs([scenario], park, quarters, outcomes, over_time, engine=engine)
    unsure = space(uncertainties).factors if uncertainties else ()
    chosen = space(levers).factors if levers else ()
    for shared in {one.name for one in unsure} & {one.name for one in chosen}:
        raise InputError("parameter '{name}' is both an uncertainty and a lever", name=shared)
    experiment = Experiment(runs, seeds_of(seeds))
    model = ema.Model(model_name(name, experiment), function=experiment)
    model.uncertainties = [parameter(one) for one in unsure]
    model.levers = [parameter(one) for one in chosen]
    kinds = {"low": ema.ScalarOutcome.MINIMIZE, "high": ema.ScalarOutcome.MAXIMIZE}
    model.outcomes = [
        ema.ScalarOutcome(name, kinds.get(outcome(name).better, ema.ScalarOutcome.INFO))
        for name in runs.outcomes
    ]
    if over_time:
        model.outcomes = [ema.ArrayOutcome(f"{name}{OVER_TIME}") for name in runs.outcomes]
    return model


def policy(model: Any, name: str, **levers: Any) -> Any:
    """A named policy for ``perform_experiments``: values of some of the model's levers."""
    return _sample(name, levers, [one.name for one in model.levers], N_("lever"))


def future(model: Any, name: str, **behaviour: Any) -> Any:
    """A named future for ``perform_experiments``: values of some of the model's uncertainties."""
    return _sample(name, behaviour, [one.name for one in model.uncertainties], N_("uncertainty"))


def _sample(name: str, values: dict[str, Any], known: Sequence[str], what: str) -> Any:
    for key, value in values.items():
        if key not in known:
            raise InputError(
                "'{name}': '{key}' is no {what} of this model{hint} (it has {known})",
                name=name,
                key=key,
                what=Message(what),
                hint=nearest(key, known),
                known=Listed(known or [Message("none")]),
            )
        try:
            coded(declared(key)[0], value)
        except ValueError as cause:
            raise InputError("'{name}': {cause}", name=name, cause=cause) from cause
    return load("ema_workbench").Sample(name, **values)
