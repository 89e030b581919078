"""What a scenario says and a run cannot do: told beside the result, or refused where it is a slip.

A date after the horizon, or values for a park that the run does not have, change nothing. Where
the combination alone makes them idle, a message says so; a park that nobody knows is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import Listed, Message, ScenarioError, nearest
from cleanpark.scenarios.levers import levers
from cleanpark.scenarios.resolved import Scenario

PARKS = Path(__file__).with_name("parks")


def packaged_parks() -> list[str]:
    """Names of the packaged parks."""
    return sorted(path.stem for path in PARKS.glob("*.toml"))


def check_parks(scenario: Scenario, parks: Sequence[str]) -> None:
    """Refuse values for a park that is neither in the run nor packaged: the name is a slip."""
    for name in scenario.park_levers():
        if name not in parks and name not in packaged_parks():
            raise ScenarioError(
                "{scenario}, [parks.{name}]: no park of this run has that name{hint} "
                "(parks of the run: {parks})",
                scenario=scenario.origin or Message("scenario '{name}'", name=scenario.name),
                name=name,
                hint=nearest(name, [*parks, *packaged_parks()]),
                parks=Listed(parks),
            )


def idle(scenario: Scenario, quarters: int, parks: Sequence[str]) -> list[Message]:
    """What of a scenario does nothing in a run of so many quarters on these parks."""
    found = [*_beyond(scenario, quarters), *_nothing_to_announce(scenario, quarters)]
    for name, own in scenario.park_levers().items():
        if name not in parks:
            found.append(
                Message(
                    "{scenario}: its values for park '{park}' ({levers}) do nothing here; that "
                    "park is not in the run",
                    scenario=scenario.name,
                    park=name,
                    levers=Listed(own),
                )
            )
    return found


def _beyond(scenario: Scenario, quarters: int) -> Iterable[Message]:
    """A message for each date after the last quarter on which levers change first, and which no
    announcement brings into the run."""
    by_date: dict[int, list[str]] = {}
    notice = scenario.longest_notice()
    for name, first in scenario.first_changes().items():
        if first >= quarters + (notice if levers()[name].announced else 0):
            by_date.setdefault(first, []).append(name)
    for first, names in sorted(by_date.items()):
        yield Message(
            "{scenario}: does nothing from {date} on, since the run ends in {last}: {levers}",
            scenario=scenario.name,
            levers=Listed(names),
            date=quarter_label(first),
            last=quarter_label(quarters - 1),
        )


def _nothing_to_announce(scenario: Scenario, quarters: int) -> Iterable[Message]:
    """A message where changes are announced ahead and none comes."""
    notice = scenario.longest_notice()
    if notice == 0:
        return
    dated = [n for n, first in scenario.first_changes().items() if first < quarters + notice]
    if not any(levers()[name].announced for name in dated):
        yield Message(
            "{scenario}: notice = {notice:g} does nothing, since none of the levers that are "
            "announced ahead ({levers}) changes at a date",
            scenario=scenario.name,
            notice=notice,
            levers=Listed([name for name, lever in levers().items() if lever.announced]),
        )


def borrowed_park(scenario: Scenario, park: str, file: str | Path | None) -> Message | None:
    """A park of one's own that takes the values meant for the packaged park of its name."""
    if file is None or park not in packaged_parks() or park not in scenario.park_levers():
        return None
    return Message(
        "{file}: as it is named '{park}', the values of {scenario} for the park '{park}' act on it",
        file=str(file),
        park=park,
        scenario=scenario.name,
    )
