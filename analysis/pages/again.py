"""Running saved results again: everything that they were made from is kept with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.comparison.comparison import Comparison, compare
from cleanpark.analysis.pages.kinds import kind_of
from cleanpark.analysis.pages.loading import SavedComparison, SavedRun, load
from cleanpark.analysis.pages.reproduce import INPUTS
from cleanpark.analysis.pages.restored import inputs_in
from cleanpark.analysis.policies.attribution import Attribution
from cleanpark.analysis.policies.discovery import Discovery
from cleanpark.analysis.policies.optimisation import Optimum
from cleanpark.analysis.sensitivity.sensitivity import Sensitivity
from cleanpark.analysis.studies.folder import StudyFolder, folder_of, read_study
from cleanpark.analysis.studies.inputs import park_from, runs_from, scenario_from
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.study import Study
from cleanpark.model.park_model import ParkModel
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path

if TYPE_CHECKING:
    import pandas as pd

Found = Comparison | ParkModel | Sensitivity | Discovery | Attribution | Optimum | Study
"""What the results of each kind are made again as."""


def again(folder: str | Path, workers: int = 1) -> Found:
    """Run saved results again, of whatever kind, from what their folder holds alone.

    The numbers are the very same with the same version of the program. A common history is read
    from where it was. Returns what the call that made them returned; of a single run the model at
    its end. Raises InputError where the folder holds no results with their inputs, or an input was
    changed.
    """
    place = user_path(folder).resolve()
    saved = load(place)
    if isinstance(saved, StudyFolder):
        return _study(saved, workers)
    if isinstance(saved, SavedComparison):
        return _read(place, lambda kept: _compared(kept, workers))
    if isinstance(saved, SavedRun):
        return _read(place, _run)
    raise InputError(
        "{folder}: holds common histories; they are gone on from, not run again", folder=place
    )


def _study(saved: StudyFolder, workers: int) -> Found:
    """What the study found, found again; InputError where its inputs are not all there."""
    if "inputs" not in saved.about:
        raise InputError(
            "{folder}: holds no inputs to run again: it is a study of a function of one's own, or "
            "was written by an earlier version",
            folder=saved.folder,
        )
    try:
        return kind_of(saved).again(saved, runs_from(saved.about["inputs"]), Place(workers))
    except (KeyError, TypeError, ValueError) as cause:
        if isinstance(cause, InputError):
            raise
        raise InputError("{file}: is damaged; run it again", file=saved.folder) from cause


def _read[Made: Found](place: Path, make: Callable[[dict[str, Any]], Made]) -> Made:
    """What is made from the inputs in a folder; InputError where they are not there or damaged."""
    kept = inputs_in(place)
    try:
        return make(kept)
    except InputError:
        raise
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as cause:
        raise InputError("{file}: is damaged; run it again", file=place / INPUTS) from cause


def _compared(kept: dict[str, Any], workers: int) -> Comparison:
    if own := kept.get("enterprise_class"):
        raise InputError(
            "the comparison contrasts {name}, a class of one's own, which is code: run the program "
            "that made it (run.json has the text of the class)",
            name=own,
        )
    chosen = [scenario_from(one) for one in kept["scenarios"]]
    places = [park_from(one) for one in kept["parks"]]
    base = next(one for one in chosen if one.name == kept["reference"])
    found = compare(chosen, places, kept["seeds"], kept["quarters"], base, workers=workers,
                    history=kept["history"])  # fmt: skip
    if kept.get("targets"):
        found.settings["targets"] = list(kept["targets"])
    if kept.get("policies"):
        found.settings["policies"] = kept["policies"]
    return found


def _run(kept: dict[str, Any]) -> ParkModel:
    places = [park_from(one) for one in kept["parks"]]
    model = ParkModel(
        scenario_from(kept["scenario"]), places, rng=kept["seed"], quarters=kept["quarters"]
    )
    return model.run()


def differing(folder: str | Path, found: Found) -> tuple[int, int]:
    """How many numbers of a folder's tables differ in any bit from those found, and of how many."""
    saved = load(folder)
    if isinstance(found, Comparison | ParkModel):
        assert isinstance(saved, SavedComparison | SavedRun)
        told = found.outcomes
        table = told() if callable(told) else told  # a method of models
        return _differ(saved.outcomes[["value"]], table[["value"]])
    assert isinstance(saved, StudyFolder)
    other = read_study(folder_of(found if isinstance(found, Study) else found.study))
    counts = [_differ(table, other.tables.get(name)) for name, table in saved.tables.items()]
    if saved.has_runs:
        counts.append(_differ(saved.results().frame(), other.results().frame()))
    return sum(one for one, _ in counts), sum(of for _, of in counts)


def _differ(kept: pd.DataFrame, found: pd.DataFrame | None) -> tuple[int, int]:
    """Cells that are not the same, and all of them; of tables of another shape, all."""
    if found is None or kept.shape != found.shape or list(kept) != list(found):
        return kept.size, kept.size
    same = np.zeros(kept.shape, dtype=bool)
    for place, name in enumerate(kept):
        here, there = kept[name].to_numpy(dtype=object), found[name].to_numpy(dtype=object)
        same[:, place] = (here == there) | ((here != here) & (there != there))
    return int((~same).sum()), kept.size
