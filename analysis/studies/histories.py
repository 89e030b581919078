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
from typing import Any, NamedTuple

from cleanpark.analysis.studies.identity import differences
from cleanpark.analysis.studies.runner import Place, carried, check_place, execute
from cleanpark.analysis.studies.seeds import seeds_of
from cleanpark.model.given import as_parks, as_scenario
from cleanpark.model.history import History, load_history, run_history
from cleanpark.model.history_file import check_maker
from cleanpark.model.sources import sources_digest
from cleanpark.model.world import policy_records
from cleanpark.scenarios.dates import quarter_label, quarter_number
from cleanpark.scenarios.errors import InputError, Listed, Message
from cleanpark.scenarios.folders import SIGNED, user_path
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.reading import refuse_pipe
from cleanpark.scenarios.scenario import Scenario
from cleanpark.scenarios.writing import check_folder, whole_folder

MARK = "history.json"


@dataclass(frozen=True)
class Histories:
    """A folder of histories: one file a seed, and a record of what they are."""

    folder: Path
    quarters: int
    seeds: tuple[int, ...]
    digest: str
    files: tuple[str, ...]
    """digest of each seed's file"""

    def __repr__(self) -> str:
        """In one line."""
        told = f"{self.quarters} quarters, {len(self.seeds)} seeds"
        return f"Histories({self.folder}: {told})"

    def of(self, seed: int, parks: Sequence[Park]) -> History:
        """The history of a seed in these parks; from what the task carried, else from its file."""
        content = carried()
        stamp = (0, 0) if content is not None else self._stamp(seed)
        return _loaded(self._kept(seed), stamp, content, tuple(parks))

    def packed(self, task: Any) -> bytes:
        """The file of a task's seed, for a worker on another machine (0.3 MB for 200
        enterprises): one seed's at a time, so that memory does not grow with the seeds."""
        file = self._file(getattr(task, "seed", task))
        refuse_pipe(file, InputError)
        try:
            return file.read_bytes()
        except OSError as cause:
            raise InputError(
                "{file}: cannot be read ({reason})", file=file, reason=reason_of(cause)
            ) from cause

    def check(self, seeds: Sequence[int], parks: Sequence[Park], quarters: int) -> None:
        """Refuse what the histories cannot be gone on with, before anything runs.

        Every seed's file is read once, so that a damaged one is not found out in the midst of a
        study; one at a time is in memory.
        """
        for seed in seeds:
            self._file(seed)
        for seed in seeds:
            _checked(self._kept(seed), self._stamp(seed), tuple(parks), seed, quarters)

    def _file(self, seed: int) -> Path:
        if seed not in self.seeds:
            raise InputError(
                "{folder}: has no history of seed {seed}, only {seeds}; run as many "
                "seeds as it has, or the history with more",
                folder=self.folder,
                seed=seed,
                seeds=spell(self.seeds),
            )
        return self.folder / file_name(seed)

    def _kept(self, seed: int) -> _Kept:
        """A seed's file, and what the folder's record tells of it."""
        return _Kept(self._file(seed), self.files[self.seeds.index(seed)], self.quarters)

    def _stamp(self, seed: int) -> tuple[int, int]:
        """When the file was written and how long it is: another file is read again."""
        try:
            found = self._file(seed).stat()
        except OSError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_size)


class _Kept(NamedTuple):
    """A seed's file, its digest and its quarters, as the folder's record tells them."""

    file: Path
    digest: str
    quarters: int

    def check(self, history: History, content: bytes | None) -> None:
        """Refuse a file that is a history, but not the one that was kept here."""
        told = hashlib.sha256(self.file.read_bytes() if content is None else content).hexdigest()
        if (told, history.quarters) != (self.digest, self.quarters):
            raise InputError(
                "{path}: is not the file that {mark} tells of; take the whole folder as it was "
                "kept, or run the history again",
                path=self.file,
                mark=MARK,
            )


@functools.lru_cache(maxsize=2)
def _loaded(
    kept: _Kept, stamp: tuple[int, int], content: bytes | None, parks: tuple[Park, ...]
) -> History:
    history = load_history(kept.file, parks, content)
    kept.check(history, content)
    return history


@functools.lru_cache(maxsize=65_536)
def _checked(
    kept: _Kept, stamp: tuple[int, int], parks: tuple[Park, ...], seed: int, quarters: int
) -> None:
    history = load_history(kept.file, parks)
    history.check(parks, seed, quarters)
    kept.check(history, None)


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
    folder = user_path(given).resolve()
    about = _record(folder)
    if about is None:
        raise InputError(
            "{folder}: holds no history (no readable {mark}); make one with: cleanpark history",
            folder=folder,
            mark=MARK,
        )
    check_maker(about, folder / MARK)
    if not _is_whole(about):
        raise InputError(
            "{path}: is damaged or was changed; take the folder as it was kept, or run the "
            "history again",
            path=folder / MARK,
        )
    seeds = tuple(about["seeds"])
    files = tuple(about["files"][file_name(seed)] for seed in seeds)
    return Histories(folder, about["quarters"], seeds, about["sha256"], files)


def _is_whole(about: dict[str, Any]) -> bool:
    """Whether a record has the digest that it tells of itself, and one for each seed's file."""
    seeds, files = about["seeds"], about.get("files")
    return (
        isinstance(files, dict)
        and len(set(seeds)) == len(seeds)
        and all(0 <= seed < 2**63 for seed in seeds)
        and sorted(files) == sorted(map(file_name, seeds))
        and all(isinstance(one, str) for one in files.values())
        and about["sha256"] == digest(about)
    )


def _record(folder: Path) -> dict[str, Any] | None:
    """What a folder's histories are; None where it holds none, or no readable record of them."""
    if not (folder / MARK).is_file():
        return None
    try:
        about = json.loads((folder / MARK).read_text(encoding="utf-8"))
        seeds, quarters = about["seeds"], about["quarters"]
        whole = [quarters, *seeds]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    readable = (
        isinstance(seeds, list)
        and seeds
        and all(type(number) is int and number >= 0 for number in whole)
        and quarters > 0
        and isinstance(about.get("sha256"), str)
    )
    return about if readable else None


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

    The folder takes its name only when all is there. Where it holds this very history already,
    that is checked and given back; another one is refused unless ``replace``. Workers write
    nothing: each gives a history back, and it is written here as it comes.
    """
    asked = check_histories(scenario, park, until, seeds, folder, place, replace)
    scenario, parks, seeds, quarters, path, about = asked
    if not replace and _is_there(path, about):
        found = histories(path)
        found.check(seeds, parks, quarters + 1)
        return found
    with whole_folder(path, replace, MARK) as aside:
        work = partial(_run, scenario, tuple(parks), quarters)
        for done, (number, content) in enumerate(
            execute(work, list(seeds), place or Place()), start=1
        ):
            (aside / file_name(seeds[number])).write_bytes(content)
            if progress is not None:
                progress(done, len(seeds))
        (aside / MARK).write_text(json.dumps(about, indent=1), "utf-8")
    return histories(path)


class Asked(NamedTuple):
    """Histories that are to be kept, all of it checked; ``about`` is the folder's record."""

    scenario: Scenario
    parks: list[Park]
    seeds: list[int]
    quarters: int
    folder: Path
    about: dict[str, Any]


def check_histories(
    scenario: Scenario | str | Path,
    park: Park | str | Path | Sequence[Park | str | Path],
    until: str,
    seeds: int | Sequence[int],
    folder: str | Path,
    place: Place | None = None,
    replace: bool = False,
) -> Asked:
    """Check all that :func:`keep_histories` is given, before anything is run or a park fitted to
    its file; InputError says what cannot be kept."""
    scenario, parks, seeds = as_scenario(scenario), as_parks(park), seeds_of(seeds)
    try:
        quarters = quarter_number(until) + 1
    except ValueError as cause:
        raise InputError("until: {cause}", cause=cause) from cause
    policy_records(scenario, parks, quarters)
    check_place(place or Place())
    path = user_path(folder)
    about: dict[str, Any] = {
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
    about["sha256"] = digest(about)
    if replace or not _is_there(path, about):
        check_folder(path, replace, MARK)
    return Asked(scenario, parks, seeds, quarters, path, about)


def _is_there(folder: Path, about: dict[str, Any]) -> bool:
    """Whether a folder holds this very history; InputError where it holds another."""
    there = _record(folder)
    if there is None:
        return False
    derived = ("sha256", "quarters")  # of all others, of until
    told = {name: value for name, value in about.items() if name not in derived}
    differs = list(dict.fromkeys(differences(told, there)))
    if differs:
        raise InputError(
            "{folder}: holds another history (it differs in {differs}); name another "
            "folder or say --replace",
            folder=folder,
            differs=Listed(map(Message, differs)),
        )
    return True


def digest(about: dict[str, Any]) -> str:
    """What tells one history from another: all that determines it but the number of seeds."""
    own = ("seeds", "files", "format", "sha256", SIGNED)
    text = json.dumps({key: value for key, value in about.items() if key not in own})
    return hashlib.sha256(text.encode()).hexdigest()


def _run(scenario: Scenario, parks: tuple[Park, ...], quarters: int, seed: int) -> bytes:
    """One task: a seed's history as the content of its file."""
    return run_history(scenario, parks, quarters, seed).content()
