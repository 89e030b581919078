"""What a comparison's report tells beside its numbers: users' parks, and who loses by enterprise.

Both are found once, by reading a file and by further runs, and kept with the results, so that the
report can be told again, in any language, from the folder alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.affected import Jobs, affected_enterprises
from cleanpark.analysis.pages.own_park import park_sections
from cleanpark.analysis.words.answer import MOST, best_first
from cleanpark.analysis.words.language import Language, languages
from cleanpark.scenarios.errors import Message

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison.comparison import Comparison

AFFECTED = "affected.parquet"
"""File of a comparison's folder with the enterprises by what a policy costs them."""
Sections = list[dict[str, Any]]


@dataclass(frozen=True)
class Beside:
    """``own_parks`` are sections of the page by language, ``losers`` tables by scenario as
    :func:`affected_enterprises` gives them, ``untold`` what can no longer be told."""

    own_parks: Mapping[str, Sections]
    losers: Mapping[str, pd.DataFrame]
    untold: list[Message] = field(default_factory=list)

    def parks_in(self, language: str) -> Sections:
        """The sections of users' parks in a language; in English where it is not among them."""
        if language in self.own_parks or not self.own_parks.get("en"):
            return list(self.own_parks.get(language, []))
        note = Language(language).say(
            Message("This account is said in English, as the folder of the results has it.")
        )
        return [{**one, "lines": [note, *one["lines"]]} for one in self.own_parks["en"]]


def beside(comparison: Comparison, language: str) -> Beside:
    """What is found of a comparison just made; in the packaged languages and the one given."""
    parks = comparison.ensemble.parks
    tongues = dict.fromkeys([*languages(), language])
    return Beside({one: park_sections(parks, one) for one in tongues}, losers_of(comparison))


def losers_of(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Enterprises by what a policy costs them, where parks come from files that name them; of
    the best policies."""
    if not all(park.table is not None for park in comparison.ensemble.parks):
        return {}
    others = [name for name in comparison.names if name != comparison.reference]
    chosen = best_first(comparison, others)[:MOST]
    return {name: affected_enterprises(comparison, name) for name in chosen}


def write_beside(told: Beside, folder: Path) -> dict[str, Any]:
    """Keep it in a folder; returns what belongs into the folder's record."""
    import pandas as pd

    if told.losers:
        frames = [one.assign(scenario=name) for name, one in told.losers.items()]
        for one in frames:
            one.attrs = {}  # jobs go into the record
        pd.concat(frames).to_parquet(folder / AFFECTED, index=False)
    jobs = {name: one.attrs.get("jobs") for name, one in told.losers.items()}
    return {
        "own_parks": {tongue: parks for tongue, parks in told.own_parks.items() if parks},
        "jobs": {name: one._asdict() for name, one in jobs.items() if one is not None},
    }


def read_beside(folder: Path, about: Mapping[str, Any], own: bool) -> Beside:
    """What a folder keeps of it; ``own``: whether all parks are users' own."""
    losers = _losers(folder / AFFECTED, about.get("jobs") or {})
    untold = []
    if own and not losers:
        untold.append(
            Message(
                "Not told again: who loses by enterprise is not kept in this folder (to have it: "
                "cleanpark again, or compare with --by enterprise)."
            )
        )
    if own and not about.get("own_parks"):
        untold.append(
            Message(
                "Not told again: what was read from the park's file is not kept for the report (it "
                "stands in {place}).",
                place="own-park, run.json",
            )
        )
    return Beside(about.get("own_parks") or {}, losers, untold)


def _losers(file: Path, jobs: Mapping[str, Mapping[str, float]]) -> dict[str, pd.DataFrame]:
    import pandas as pd

    if not file.is_file():
        return {}
    found = {}
    for scenario, part in pd.read_parquet(file).groupby("scenario", sort=False):
        frame, name = part.drop(columns="scenario").reset_index(drop=True), str(scenario)
        frame.attrs["jobs"] = Jobs(**jobs[name]) if name in jobs else None
        found[name] = frame
    return found
