"""In which futures a policy fails: boxes by PRIM, a tree by CART, and how robust policies are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.boxes import LIMITS, cart_leaves, prim_box
from cleanpark.analysis.policies.cautioned import Cautioned
from cleanpark.analysis.policies.criterion import NOT_FAILING, better_of
from cleanpark.analysis.policies.criterion import Criterion as Criterion
from cleanpark.analysis.policies.criterion import criterion as criterion
from cleanpark.analysis.policies.failures import LEAST_FAILURES, MOST_FAILING, failures_of
from cleanpark.analysis.policies.robustness import robustness
from cleanpark.analysis.sensitivity.sampling import unit_design
from cleanpark.analysis.statistics.means import mean_over_seeds
from cleanpark.analysis.studies.folder import folder_of, read_study
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.model_runs import MAIN_OUTCOMES, about_model, model_runs
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.runs import SCENARIO, ModelRuns
from cleanpark.analysis.studies.space import Space, space
from cleanpark.analysis.studies.study import Progress, Study
from cleanpark.scenarios.errors import InputError, Listed

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario


@dataclass(frozen=True)
class Discovery(Cautioned):
    """Where failures lie; the tables are those of the study's folder.

    ``boxes`` has the coverage and density of the box as it is said: within the limits that are
    ``kept``. ``limits`` has every parameter that PRIM restricted, the clearest first.
    ``robustness`` (of all policies) and ``study`` are those of runs of the model.
    """

    runs: int
    failures: int
    undefined: int
    boxes: pd.DataFrame
    limits: pd.DataFrame
    trajectory: pd.DataFrame
    tree: pd.DataFrame
    rule: Criterion | None = None
    bound: float = np.nan
    robustness: pd.DataFrame | None = None
    study: Study | None = None

    def sentence(self, space: Space, language: str, title: str = "") -> str:
        """The box in words; with a scenario's ``title``, the criterion in words too."""
        from cleanpark.analysis.words.failures import box_sentence

        return box_sentence(self, space, language, title)

    def sentences(self, language: str = "en") -> list[str]:
        """Where the first policy fails, and how all of them hold up, in words."""
        from cleanpark.analysis.words.failures import discovery_lines

        return discovery_lines(read_study(folder_of(self.study)), language)


def discover_box(
    design: pd.DataFrame,
    values: NDArray[np.float64],
    rule: Criterion,
    space: Space,
    peel_alpha: float = 0.05,
    reference: NDArray[np.float64] | None = None,
) -> Discovery:
    """Find the box in which runs fail; ``values`` is the outcome per sample, NaN undefined.

    Undefined samples are left out and counted; of a criterion against the reference, a sample is
    undefined too where ``reference`` (its value per sample) is. PRIM is that of ema_workbench.
    Raises InputError where values and design do not belong together.
    """
    import pandas as pd

    if len(design) != len(values):
        raise InputError(
            "{count:,} values for {count_2:,} samples: give one per sample",
            count=len(values),
            count_2=len(design),
        )
    fails, defined = failures_of(values, rule, reference)
    table = design.loc[defined, space.names].reset_index(drop=True)
    failed = fails[defined]
    runs, failures = len(table), int(failed.sum())
    boxes = pd.DataFrame(columns=["box", "chosen", "coverage", "density", "mass", "runs"])
    limits = pd.DataFrame(columns=LIMITS)
    trajectory = pd.DataFrame(columns=["box", "step", "coverage", "density", "mass", "restricted"])
    tree = pd.DataFrame(columns=["leaf", "rule", "runs", "failures", "density", "coverage"])
    if LEAST_FAILURES <= failures <= MOST_FAILING * runs:
        boxes, limits, trajectory = prim_box(table, failed, space, peel_alpha)
        tree = cart_leaves(table, failed)
    bound = np.nan if rule.reference else rule.bound(values)
    return Discovery(runs, failures, int((~defined).sum()), boxes, limits, trajectory, tree,
                     rule, bound)  # fmt: skip


def discovery_study(
    runs: ModelRuns, chosen: Space, samples: int, seeds: int | Sequence[int], fails: str
) -> Study:
    """Every policy of ``runs`` in the same futures: rows by future, then by policy, so that more
    futures can be added at the end.

    ``fails`` is the criterion; one against the reference means the second policy. Raises
    InputError.
    """
    import pandas as pd

    if "reference" in fails and len(runs.scenarios) < 2:
        raise InputError(
            "criterion '{fails}': name the reference policy too, such as --against voluntary",
            fails=fails,
        )
    criterion(fails, runs.outcomes)
    names = [one.name for one in runs.scenarios]
    if len(set(names)) < len(names):
        raise InputError("a policy is given twice: {names}", names=Listed(names))

    unit = unit_design("pawn", len(chosen.factors), samples)
    futures = chosen.values(unit)
    parts = [futures.assign(**{SCENARIO: one.name}) for one in runs.scenarios]
    design = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    study = Study(design, runs, seeds=seeds, space=chosen, kind="discover")
    study.settings = {"futures": samples, "policies": names, "criterion": fails}
    study.about = about_model(runs)
    return study


def discovered(study: Study) -> Discovery:
    """Boxes of the first policy's failures and robustness of all; written beside the results.

    Robustness is told of the outcomes of which it is said which direction is welcome, the one that
    fails first; not to fail is its target.
    """
    assert study.space is not None
    futures, names = study.settings["futures"], study.settings["policies"]
    rule = criterion(study.settings["criterion"], study.runs.outcomes)
    tables = {
        name: mean_over_seeds(study.results.values(name)).reshape(futures, len(names)).T
        for name in study.runs.outcomes
    }
    values = tables[rule.outcome]
    reference = values[1] if rule.reference else None
    design = study.design.iloc[:: len(names)]
    found = discover_box(design, values[0], rule, study.space, reference=reference)
    held = robustness_of_policies(names, tables, rule, found.bound)
    names_of_tables = ("boxes", "limits", "trajectory", "tree")
    study.write_tables({name: getattr(found, name) for name in names_of_tables})
    study.write_tables({"robustness": held})
    bound = None if np.isnan(found.bound) else found.bound
    study.settings["found"] = {"runs": found.runs, "failures": found.failures,
                               "undefined": found.undefined, "bound": bound}  # fmt: skip
    study.write_record()
    return replace(found, robustness=held, study=study)


def robustness_of_policies(
    names: Sequence[str], tables: Mapping[str, NDArray[np.float64]], rule: Criterion, bound: float
) -> pd.DataFrame:
    """robustness.csv, the outcome of the criterion first, with not to fail as its target.

    Of a criterion against the reference there is no single value to be reached.
    """
    order = sorted(tables, key=lambda name: name != rule.outcome)
    better = {name: side for name in order if (side := better_of(name, rule))}
    target = None if rule.reference else (NOT_FAILING[rule.operator], bound)
    return robustness(names, {name: tables[name] for name in better}, better,
                      {rule.outcome: target})  # fmt: skip


def discover(
    scenario: Scenario | str | Path,
    fails: str = "pollution_equivalents > p75",
    against: Sequence[Scenario | str | Path] = (),
    parameters: str | Sequence[str] | Space = "behaviour",
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    samples: int = 512,
    seeds: int | Sequence[int] = 5,
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    quarters: int = 60,
    *,
    ranges: str | Path | None = None,
    history: Histories | str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    folder: str | Path | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Discovery:
    """In which futures a policy fails, and how robust it and the policies ``against`` are.

    >>> found = discover("voluntary", "compliance_true < p50", parameters="learn_own,moral_cost",
    ...                  samples=32, seeds=1, park=park("mixed", enterprises=10), quarters=2)
    >>> found.runs
    32
    """
    runs = model_runs([scenario, *against], park, quarters, outcomes, history=history)
    study = discovery_study(runs, space(parameters, ranges), samples, seeds, fails)
    study.run(folder, Place(workers, cluster), progress, replace)
    return discovered(study)
