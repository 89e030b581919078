"""Common histories of many seeds in a folder: run once, and gone on from in comparisons and
studies."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cleanpark.analysis.runner import Place, execute
from cleanpark.analysis.store import whole_folder
from cleanpark.model.history import History, load_history, run_history
from cleanpark.model.park_model import as_parks, as_scenario
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.dates import quarter_label, quarter_number
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario

MARK = "history.json"


@dataclass(frozen=True)
class Histories:
    """A folder of histories: one file a seed, and a record of what they are."""

    folder: Path
    quarters: int
    seeds: tuple[int, ...]
    digest: str

    def of(self, seed: int, parks: Sequence[Park]) -> History:
        """The history of a seed in these parks."""
        if seed not in self.seeds:
            raise InputError(
                f"{self.folder}: has no history of seed {seed}, only {spell(self.seeds)}; run as "
                "many seeds as it has, or the history with more"
            )
        return _loaded(self.folder / file_name(seed), tuple(parks))

    def check(self, seeds: Sequence[int], parks: Sequence[Park], quarters: int) -> None:
        """Refuse what the histories cannot be gone on with, before anything runs."""
        for seed in seeds:
            if seed not in self.seeds:
                self.of(seed, parks)
        self.of(seeds[0], parks).check(parks, seeds[0], quarters)


@functools.lru_cache(maxsize=2)
def _loaded(file: Path, parks: tuple[Park, ...]) -> History:
    return load_history(file, parks)


def file_name(seed: int) -> str:
    """File of a seed's history."""
    return f"seed-{seed}.npz"


def spell(seeds: Sequence[int]) -> str:
    """Seeds in few words."""
    if list(seeds) == list(range(len(seeds))):
        return f"0 to {len(seeds) - 1}"
    return ", ".join(str(seed) for seed in seeds)


def histories(given: Histories | str | Path) -> Histories:
    """Open a folder of histories; InputError where it is none."""
    if isinstance(given, Histories):
        return given
    folder = Path(given).resolve()
    try:
        about = json.loads((folder / MARK).read_text(encoding="utf-8"))
        return Histories(folder, about["quarters"], tuple(about["seeds"]), about["sha256"])
    except (OSError, ValueError, KeyError) as cause:
        raise InputError(
            f"{folder}: holds no history (no readable {MARK}); make one with: cleanpark history"
        ) from cause


def keep_histories(
    scenario: Scenario | str | Path,
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    until: str = "2030-Q4",
    seeds: int | Sequence[int] = 20,
    folder: str | Path = "history",
    place: Place | None = None,
    progress: Callable[[int, int], None] | None = None,
    replace: bool = False,
) -> Histories:
    """Run a scenario to the end of the quarter ``until`` under every seed; keep where each got to.

    The folder takes its name only when all is there.
    """
    from cleanpark.analysis.comparison import seeds_of

    scenario, parks, seeds = as_scenario(scenario), as_parks(park), seeds_of(seeds)
    try:
        quarters = quarter_number(until) + 1
    except ValueError as cause:
        raise InputError(f"until: {cause}") from cause
    path = Path(folder)
    about = {
        "version": version("cleanpark"),
        "sources": sources_digest(),
        "scenario": scenario.name,
        "scenario_sha256": scenario.digest,
        "text": scenario.to_toml(),
        "parks": [{"name": one.name, "enterprises": one.enterprises, "sha256": one.digest}
                  for one in parks],
        "quarters": quarters,
        "until": quarter_label(quarters - 1),
        "seeds": list(seeds),
    }  # fmt: skip
    with whole_folder(path, replace, MARK) as aside:
        work = partial(_keep, scenario, tuple(parks), quarters, aside)
        for done, _ in enumerate(execute(work, list(seeds), place or Place()), start=1):
            if progress is not None:
                progress(done, len(seeds))
        (aside / MARK).write_text(json.dumps(about | {"sha256": digest(about)}, indent=1), "utf-8")
    return histories(path)


def digest(about: dict[str, Any]) -> str:
    """What tells one history from another: all that determines it but the number of seeds."""
    text = json.dumps({key: value for key, value in about.items() if key != "seeds"})
    return hashlib.sha256(text.encode()).hexdigest()


def _keep(
    scenario: Scenario, parks: tuple[Park, ...], quarters: int, folder: Path, seed: int
) -> None:
    run_history(scenario, parks, quarters, seed).save(folder / file_name(seed))
