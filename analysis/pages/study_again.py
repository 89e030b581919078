"""A saved study run again into a temporary folder: a function for each kind of study."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from cleanpark.analysis.comparison.targets import Target
from cleanpark.analysis.policies.attribution import Attribution, attributed, attribution_study
from cleanpark.analysis.policies.discovery import Discovery, discovered, discovery_study
from cleanpark.analysis.policies.optimisation import Optimum, Search
from cleanpark.analysis.policies.pareto import WORST
from cleanpark.analysis.sensitivity.sensitivity import Sensitivity, analysed, sensitivity_study
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.model_runs import about_model
from cleanpark.analysis.studies.rows import told_rows
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.runs import ModelRuns
from cleanpark.analysis.studies.space import Space
from cleanpark.analysis.studies.study import Study
from cleanpark.analysis.studies.task import Kept

Studied = Sensitivity | Discovery | Attribution | Optimum | Study


def sensitivity_again(saved: StudyFolder, runs: ModelRuns, place: Place) -> Sensitivity:
    """The indices of a method."""
    told = saved.settings
    study = sensitivity_study(
        saved.kind, runs, Space.read(saved.about["parameters"], told["grouped"]),
        told["base_samples"], saved.about["seeds"], told["second_order"], told["design_seed"],
        about_model(runs),
    )  # fmt: skip
    study.run(place=place)
    found = analysed(study)
    found.save()
    return found


def discovery_again(saved: StudyFolder, runs: ModelRuns, place: Place) -> Discovery:
    """Where a policy fails."""
    told = saved.settings
    chosen = Space.read(saved.about["parameters"])
    study = discovery_study(runs, chosen, told["futures"], saved.about["seeds"], told["criterion"])
    study.run(place=place)
    return discovered(study)


def attribution_again(saved: StudyFolder, runs: ModelRuns, place: Place) -> Attribution:
    """What each instrument contributes."""
    told = saved.settings
    number = {"permutations": told["permutations"]} if "permutations" in told else {}
    one, other = runs.scenarios
    study = attribution_study(runs, saved.about["seeds"], one, other, told["by"], **number)
    study.run(place=place)
    return attributed(study)


def search_again(saved: StudyFolder, runs: ModelRuns, place: Place) -> Optimum:
    """The best mixes."""
    told = saved.settings
    numbers = {key: told[key] for key in
               ("generations", "population", "seeds", "fresh_seeds", "search_seed")}  # fmt: skip
    goal: dict[str, Any] = {}
    if "target" in told:
        goal = {"target": Target(**told["target"]), "target_share": told["target_share"]}
    kept = Kept(tempfile.mkdtemp(prefix="cleanpark-search-"))
    search = Search(
        runs, Space.read(saved.about["parameters"]), tuple(told["objectives"]),
        WORST if told["budget"] is None else told["budget"], Path(kept.path), place=place,
        **numbers, **goal,
    )  # fmt: skip
    found = search.run()
    found.study.keep(kept)
    return found


def rows_again(saved: StudyFolder, runs: ModelRuns, place: Place) -> Study:
    """A design of one's own; the runs alone, of a kind that declares nothing else."""
    design = saved.design().reset_index(drop=True)
    study = Study(design, runs, seeds=saved.about["seeds"], about=about_model(runs))
    study.run(place=place)
    if "rows" in saved.tables:
        told_rows(study)
    return study
