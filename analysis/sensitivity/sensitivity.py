"""Which parameters matter: sensitivity studies of the model, or of a function of one's own.

Each method is one call that makes the design, runs it under seeds, and analyses it:

    found = cleanpark.sensitivity.sobol("mandatory", "learning", ["pollution_equivalents"],
                                        samples=256, seeds=5)
    found.indices      # tidy: outcome, quarter, parameter, index, value, low, high, converged
    found.plot()       # figures

Indices are of the mean over seeds; the share of variance that is chance is reported beside them.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate

from cleanpark.analysis.sensitivity.method import Design, Method
from cleanpark.analysis.sensitivity.methods import method_named, method_names
from cleanpark.analysis.studies.folder import folder_of, read_study
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.model_runs import MAIN_OUTCOMES as MAIN_OUTCOMES
from cleanpark.analysis.studies.model_runs import about_model as about_model
from cleanpark.analysis.studies.model_runs import model_runs as model_runs
from cleanpark.analysis.studies.model_runs import outcomes_of as outcomes_of
from cleanpark.analysis.studies.names import outcome_names
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.runs import FunctionRuns, Runs
from cleanpark.analysis.studies.space import Space, space
from cleanpark.analysis.studies.study import Progress, Study
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.whole import whole

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

MOST_SAMPLES = 1_048_576


@dataclass
class Sensitivity:
    """A finished sensitivity study: tidy tables, and the runs behind them."""

    method: str
    study: Study
    tables: dict[str, pd.DataFrame]

    def __repr__(self) -> str:
        """In one line."""
        outcomes = ", ".join(self.study.runs.outcomes)
        return f"Sensitivity({self.method} of {outcomes}: {self.study.total:,} runs)"

    def _repr_html_(self) -> str:
        """The ranking, as notebooks show it."""
        return str(self.ranking().to_html(index=False, max_rows=60))

    @property
    def indices(self) -> pd.DataFrame:
        """outcome, quarter ("" for the horizon), parameter, index, value, low, high, converged."""
        return self.tables["indices"]

    @property
    def convergence(self) -> pd.DataFrame:
        """Indices over growing parts of the design."""
        return self.tables["convergence"]

    @property
    def chance(self) -> pd.DataFrame:
        """Shares of variance from parameters and from chance (seeds)."""
        return self.tables["chance"]

    @property
    def undefined(self) -> pd.DataFrame:
        """How many samples had no defined outcome, and what the rule did with them."""
        return self.tables["undefined"]

    def ranking(self) -> pd.DataFrame:
        """Parameters in order of the method's main index; overlapping intervals are ties."""
        from cleanpark.analysis.sensitivity.indices import ranking

        return ranking(self.indices, self.method)

    def warnings(self, language: str = "en") -> list[str]:
        """What a reader must know: indices that have not converged, undefined and failed runs."""
        from cleanpark.analysis.words.convergence import failed_lines, undefined_told, warning_lines
        from cleanpark.analysis.words.study_cautions import study_cautions

        failures = {"failed": len(self.study.results.failed()),
                    "failures": self.study.results.reasons()}  # fmt: skip
        return [*warning_lines(self.indices, language), *undefined_told(self.undefined, language),
                *study_cautions(self.study.about, language),
                *failed_lines(failures, language)]  # fmt: skip

    def save(self) -> None:
        """Write the tables beside the results."""
        self.study.write_tables(self.tables)
        self.study.write_record()

    def plot(self, language: str = "en") -> dict[str, Figure]:
        """The method's figures by name."""
        from cleanpark.analysis.figures.of_methods import figures_of

        self.save()
        return figures_of(self.method, read_study(folder_of(self.study)), language)


def sensitivity_study(
    method: str | Method,
    runs: Runs,
    chosen: Space,
    samples: int,
    seeds: int | Sequence[int],
    second_order: bool = False,
    design_seed: int = 0,
    about: Mapping[str, Any] | None = None,
) -> Study:
    """The design of a method for these parameters, ready to run."""
    from cleanpark.analysis.sensitivity.sampling import check_size

    declared = method_named(method)
    count = whole(samples)
    if count is None or not 1 <= count <= MOST_SAMPLES:
        raise InputError(
            "samples = {samples!r}: a whole number from 1 to {most:,}",
            samples=samples,
            most=MOST_SAMPLES,
        )
    moved = len(chosen.groups) if chosen.grouped else len(chosen.factors)
    check_size(declared.rows(moved, samples, second_order), len(chosen.factors))
    unit = unit_of(declared, chosen, samples, design_seed, second_order)
    settings = {"method": declared.name, "base_samples": samples, "second_order": second_order,
                "design_seed": design_seed, "grouped": chosen.grouped}  # fmt: skip
    study = Study(
        chosen.values(unit), runs, seeds=seeds, space=chosen, kind=declared.name, settings=settings
    )
    study.about = dict(about or {})
    return study


def unit_of(
    method: str | Method, chosen: Space, samples: int, design_seed: int, second_order: bool
) -> NDArray[np.float64]:
    """A method's design for these parameters, in the unit cube."""
    from cleanpark.analysis.sensitivity.sampling import unit_design

    return unit_design(
        method, len(chosen.factors), samples, design_seed, second_order, chosen.membership,
        chosen.choices,
    )  # fmt: skip


def analysed(study: Study) -> Sensitivity:
    """Tables of a sensitivity study whose runs are there."""
    import pandas as pd

    design = design_of(study)
    parts = [tables_of(study, design, name) for name in study.runs.outcomes]
    names = ("indices", "convergence", "chance", "undefined")
    tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in names}
    return Sensitivity(study.kind, study, tables)


def design_of(study: Study) -> Design:
    """The method's design, in the unit cube, and how to read it."""
    told, chosen, method = study.settings, study.space, method_named(study.kind)
    assert chosen is not None
    unit = unit_of(method, chosen, told["base_samples"], told["design_seed"], told["second_order"])
    moves = chosen.moves(study.design)
    return Design(method, unit, chosen.groups, told["second_order"], chosen.membership, moves)


def tables_of(study: Study, design: Design, name: str) -> dict[str, pd.DataFrame]:
    """Tables of one outcome: indices at the horizon and by quarter, convergence, chance."""
    import pandas as pd

    from cleanpark.analysis.sensitivity import indices as analysis
    from cleanpark.analysis.sensitivity.chance import chance_table, undefined_table

    y = study.results.values(name)
    worst = "low" if name in OUTCOME_NAMES and outcome(name).better == "high" else "high"
    frames = [analysis.analysed(design, y, name, "", worst)]
    if study.runs.over_time:
        labels = [quarter_label(number) for number in range(study.runs.quarters)]
        quarters = study.results.by_quarter(name, study.runs.quarters)
        frames.append(analysis.analyse_over_time(design, quarters, name, labels, worst))
    return {
        "indices": pd.concat(frames, ignore_index=True),
        "convergence": analysis.convergence(design, y, name, worst),
        "chance": chance_table(y, name, design.method),
        "undefined": undefined_table(design, y, name),
    }


def run_sensitivity(
    method: str | Method,
    scenario: Scenario | str | Path | Callable[..., Any],
    parameters: str | Sequence[str] | Space = "behaviour",
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    samples: int = 256,
    seeds: int | Sequence[int] = 5,
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    quarters: int = 60,
    *,
    over_time: bool = False,
    second_order: bool = False,
    grouped: bool = False,
    ranges: str | Path | None = None,
    start: int = 0,
    history: Histories | str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    folder: str | Path | None = None,
    replace: bool = False,
    design_seed: int = 0,
    progress: Progress | None = None,
) -> Sensitivity:
    """Make the design of a method, run it under every seed, and analyse it.

    ``scenario`` is a scenario, or a function (parameters, seed) -> outcomes by name, then
    ``parameters`` is a :class:`~cleanpark.analysis.studies.space.Space`. With a folder, what is
    there of an earlier, interrupted or smaller run is used; with a ``history`` all runs go on from
    its date.
    Raises InputError that says what is wrong.
    """
    declared = method_named(method)
    chosen = space(parameters, ranges, grouped)
    about: dict[str, Any] = {}
    runs: Runs
    if callable(scenario):
        runs = FunctionRuns(scenario, outcome_names(outcomes))
    else:
        runs = model_runs([scenario], park, quarters, outcomes, over_time, start, history=history)
        about = about_model(runs)
    study = sensitivity_study(
        declared, runs, chosen, samples, seeds, second_order, design_seed, about
    )
    study.run(folder, Place(workers, cluster), progress, replace)
    found = analysed(study)
    found.save()
    return found


def call_of[**P](
    method: str | Method, run: Callable[Concatenate[str | Method, P], Sensitivity]
) -> Callable[P, Sensitivity]:
    """The call of one method: what :func:`run_sensitivity` takes, but for the method."""
    declared = method_named(method)

    def call(*arguments: P.args, **options: P.kwargs) -> Sensitivity:
        return run(declared, *arguments, **options)

    told = inspect.signature(run)
    rest = list(told.parameters.values())[1:]
    call.__name__ = call.__qualname__ = declared.name
    call.__doc__ = f"{declared.help}\n\nArguments and errors as of :func:`run_sensitivity`."
    call.__signature__ = told.replace(parameters=rest)  # type: ignore[attr-defined]
    call.__annotations__ = {k: v for k, v in run.__annotations__.items() if k != "method"}
    return call


sobol = call_of("sobol", run_sensitivity)
"""Variance-based indices: first and total order, with ``second_order=True`` pairs too."""
morris = call_of("morris", run_sensitivity)
"""Screening by elementary effects."""
pawn = call_of("pawn", run_sensitivity)
"""Density-based indices from distribution functions."""
delta = call_of("delta", run_sensitivity)
"""Density-based, moment-independent indices."""
fast = call_of("fast", run_sensitivity)
"""First-order indices by random balance designs (RBD-FAST)."""
regional = call_of("regional", run_sensitivity)
"""Which parameters set the worst outcomes apart from the rest (Monte Carlo filtering)."""

if not TYPE_CHECKING:  # else every misspelt name would pass for a method

    def __getattr__(name: str) -> Any:
        """The names of the methods, and a method that is declared and has no name above."""
        if name == "METHODS":
            return method_names()
        if name in method_names():
            return call_of(name, run_sensitivity)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
