"""What of a study's scenarios does nothing in its runs, or acts otherwise than it looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.idle import borrowed, same_policy
from cleanpark.analysis.studies.inputs import park_from, scenario_from
from cleanpark.analysis.words.convergence import failed_lines
from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import Listed, Message
from cleanpark.scenarios.idle import idle

if TYPE_CHECKING:
    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario


def cautions(about: Mapping[str, Any], language: str) -> list[str]:
    """What a reader of any kind of study must beware of: what did nothing, and what failed."""
    return [*study_cautions(about, language), *failed_lines(about, language)]


def study_cautions(about: Mapping[str, Any], language: str) -> list[str]:
    """All of them in words, from a study's record; of a function of one's own there are none."""
    inputs = about.get("inputs")
    if inputs is None:
        return []
    spoken = Language(language)
    chosen = [scenario_from(one) for one in inputs["scenarios"]]
    parks = [park_from(one) for one in inputs["parks"]]
    told = [*_of_policies(chosen, parks, inputs["quarters"]), *_of_futures(about)]
    return [spoken.say(one) for one in told]


def _of_policies(chosen: list[Scenario], parks: list[Park], quarters: int) -> Iterator[Message]:
    """Dates after the horizon, values for parks that are not there, policies that are the same."""
    names = [one.name for one in parks]
    for number, one in enumerate(chosen):
        yield from idle(one, quarters, names)
        yield from (told for place in parks if (told := borrowed(one, place)))
        for other in chosen[:number]:
            if other.name != one.name and same_policy(one, other, quarters, names):
                yield Message(
                    "{scenario}: is the same policy as {reference} up to {last}, where the run "
                    "ends",
                    scenario=one.name, reference=other.name, last=quarter_label(quarters - 1),
                )  # fmt: skip


def _of_futures(about: Mapping[str, Any]) -> Iterator[Message]:
    """Levers that are varied as futures: no policy keeps its own."""
    rows: list[dict[str, Any]] = about.get("parameters", [])
    levers = [str(row["name"]) for row in rows if row["kind"] == "lever"]
    if about.get("kind") == "discover" and levers:
        yield Message(
            "Levers of the policies are varied as futures ({levers}): in each future they take the "
            "same value in every policy, whatever the policies themselves set, so that these are "
            "no longer what their names say; vary assumptions alone, or leave these levers out.",
            levers=Listed(levers),
        )
