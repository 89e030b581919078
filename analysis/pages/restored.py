"""A comparison read back from its folder, as it was when it was saved, and its report told again.

Nothing is simulated: the values are those of ``outcomes.parquet``, policies and parks those of
``inputs.json``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.enterprise import Enterprise
from cleanpark.analysis.comparison.comparison import Comparison
from cleanpark.analysis.comparison.experiments import Ensemble
from cleanpark.analysis.comparison.idle import idle_messages
from cleanpark.analysis.comparison.years import groups_of
from cleanpark.analysis.pages.beside import Beside, read_beside
from cleanpark.analysis.pages.own_park import FOLDER
from cleanpark.analysis.pages.reproduce import INPUTS
from cleanpark.analysis.pages.store import PARKS, save_comparison
from cleanpark.analysis.studies.inputs import park_from, scenario_from
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError, Listed, Message

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.pages.loading import SavedComparison

AXES = ("scenario", "seed", "quarter", "park", "outcome")
Values = NDArray[np.float64]


class Restored(Comparison):
    """A comparison of which the values alone are there: a class of one's own is but its name."""

    @cached_property
    def idle(self) -> list[Message]:
        """What of the scenarios does nothing in this run, or acts otherwise than it looks."""
        base = self.ensemble.scenarios[self.reference_place]
        return idle_messages(self.ensemble, base)


def restored(saved: SavedComparison) -> Restored:
    """The comparison that a folder holds; InputError where its files do not belong together, or
    an input is not the one that was run."""
    kept = inputs_in(saved.folder)
    try:
        scenarios = tuple(scenario_from(one) for one in kept["scenarios"])
        parks = tuple(park_from(one) for one in kept["parks"])
        seeds, quarters = tuple(kept["seeds"]), int(kept["quarters"])
        settings = dict(saved.about.get("settings") or {})
    except InputError:
        raise
    except (KeyError, TypeError, ValueError) as cause:
        raise InputError("{file}: is damaged; run it again", file=saved.folder / INPUTS) from cause
    kinds: tuple[type[Enterprise] | None, ...] = ()
    if own := settings.get("enterprise_class"):
        kinds = (None, type(str(own["name"]), (Enterprise,), {}))
    found = Restored(
        Ensemble(scenarios, parks, seeds, quarters, *_nothing(), kinds), saved.reference, settings
    )
    quarterly, horizon, groups = _values(saved, found)
    return Restored(
        Ensemble(scenarios, parks, seeds, quarters, quarterly, horizon, groups, kinds),
        saved.reference, settings,
    )  # fmt: skip


def _nothing() -> tuple[Values, Values, Values]:
    nothing = np.empty(0)
    return nothing, nothing, nothing


def inputs_in(folder: Path) -> dict[str, Any]:
    """What a folder's results were made from; InputError where it is not there or damaged."""
    file = folder / INPUTS
    if not file.is_file():
        raise InputError(
            "{folder}: holds no inputs (no {file} there); it was written by an earlier version",
            folder=folder, file=INPUTS,
        )  # fmt: skip
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as cause:
        raise InputError("{file}: is damaged; run it again", file=file) from cause


def _values(saved: SavedComparison, found: Comparison) -> tuple[Values, Values, Values]:
    """Values by quarter, over the horizon by park, and by group."""
    ensemble, frame = found.ensemble, saved.outcomes
    labels: dict[str, Sequence[Any]] = {
        "scenario": found.names,
        "seed": ensemble.seeds,
        "quarter": [quarter_label(number) for number in range(ensemble.quarters)],
        "park": [one.name for one in ensemble.parks],
        "outcome": OUTCOME_NAMES,
        "group": groups_of(found),
    }
    file = saved.folder / "outcomes.parquet"
    over = frame["quarter"] == ""
    quarterly = _array(frame[~over], labels, AXES, file)
    groups = _array(frame[over], labels, ("scenario", "seed", "group", "outcome"), file)
    if len(ensemble.parks) == 1 and not (saved.folder / PARKS).is_file():  # of earlier versions
        return quarterly, groups[:, :, :1], groups
    by_park = _array(_parks(saved.folder), labels, ("scenario", "seed", "park", "outcome"),
                     saved.folder / PARKS)  # fmt: skip
    return quarterly, by_park, groups


def _parks(folder: Path) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_parquet(folder / PARKS)
    except (OSError, ValueError) as cause:
        raise InputError(
            "{folder}: the values of each park over the horizon are not kept (no {file} there); "
            "run it again",
            folder=folder, file=PARKS,
        ) from cause  # fmt: skip


def _array(
    frame: pd.DataFrame, labels: dict[str, Sequence[Any]], axes: Sequence[str], file: Path
) -> Values:
    """Tidy values as an array. An outcome that this version has not is left out, one that the
    file has not is NaN; InputError where a value is missing or of nothing that was run."""
    import pandas as pd

    frame = frame[frame["outcome"].isin(OUTCOME_NAMES)]
    places = [pd.Index(list(labels[axis])).get_indexer(pd.Index(frame[axis])) for axis in axes]
    shape = [len(labels[axis]) for axis in axes]
    there = frame["outcome"].nunique()
    wanted = int(np.prod(shape[:-1])) * there
    values = np.full(shape, np.nan)
    if len(frame) != wanted or any((place < 0).any() for place in places):
        raise InputError("{file}: is damaged; run it again", file=file)
    values[tuple(places)] = frame["value"].to_numpy(dtype=float)
    return values


def untold(saved: SavedComparison, found: Comparison, language: str) -> list[Message]:
    """What the report cannot tell as it did when the results were made."""
    about, lines = saved.about, []
    if about.get("sources") != sources_digest():
        lines.append(
            Message(
                "Told again: the numbers are those of version {old}, which made them; law and "
                "wording are those of version {new}, which told them.",
                old=about.get("version"), new=version("cleanpark"),
            )
        )  # fmt: skip
    missing = [name for name in OUTCOME_NAMES if name not in set(saved.outcomes["outcome"])]
    if missing:
        lines.append(
            Message(
                "Not known to the version that made the results, and undefined here: {outcomes}.",
                outcomes=Listed([outcome_title(name, language) for name in missing]),
            )
        )
    if found.settings.get("enterprise_class"):
        lines.append(
            Message(
                "Not told again: what of the class of enterprises has no effect, which is code."
            )
        )
    own = (saved.folder / FOLDER).is_dir()
    if own and about.get("language", language) != language:
        lines.append(
            Message(
                "The tables in {folder} stay in the language in which they were written.",
                folder=FOLDER,
            )
        )
    return lines


def tell_again(saved: SavedComparison, language: str) -> list[Message]:
    """Write figures and report of a folder anew in a language; the numbers stay. Returns what
    cannot be told anew, which the report says too."""
    found = restored(saved)
    own = all(park.table is not None for park in found.ensemble.parks)
    kept = read_beside(saved.folder, saved.about, own)
    lines = [*untold(saved, found, language), *kept.untold]
    told = Beside(kept.own_parks, kept.losers, lines)
    save_comparison(found, saved.folder, language, True, (saved.about, told))
    return lines
