"""What of a comparison does nothing in its run: messages about scenarios, parks and reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import Message
from cleanpark.scenarios.idle import borrowed_park, idle, packaged_parks
from cleanpark.scenarios.park import Park, park
from cleanpark.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.experiments import Ensemble


def idle_messages(ensemble: Ensemble, reference: Scenario) -> list[Message]:
    """What of the scenarios, and of the parks' names, acts otherwise than it looks."""
    names = [one.name for one in ensemble.parks]
    found: list[Message] = []
    for one in ensemble.scenarios:
        if one.name in unbegun(ensemble, reference):
            found.append(
                Message(
                    "{scenario}: is the same policy as {reference} up to {last}, where the run "
                    "ends",
                    scenario=one.name,
                    reference=reference.name,
                    last=quarter_label(ensemble.quarters - 1),
                )
            )
        else:
            found += idle(one, ensemble.quarters, names)
        found += [told for place in ensemble.parks if (told := borrowed(one, place))]
    return found


def unbegun(ensemble: Ensemble, reference: Scenario) -> set[str]:
    """Names of the scenarios that are the reference in all but name in this run."""
    names = [one.name for one in ensemble.parks]
    return {
        one.name
        for one in ensemble.scenarios
        if one.name != reference.name
        and ensemble.kind(one.name) is ensemble.kind(reference.name)
        and same_policy(one, reference, ensemble.quarters, names)
    }


def same_policy(one: Scenario, other: Scenario, quarters: int, parks: list[str]) -> bool:
    """Whether two scenarios set the same levers and behaviour in every quarter and park."""
    alike = np.array_equal(one.schedule(quarters, parks), other.schedule(quarters, parks))
    return bool(alike) and one.behaviour_values() == other.behaviour_values()


def borrowed(one: Scenario, place: Park) -> Message | None:
    """That a park of one's own takes the values meant for the packaged park of its name."""
    if place.name not in packaged_parks() or place == park(place.name, place.enterprises):
        return None
    return borrowed_park(one, place.name, place.account.file if place.account else place.name)
