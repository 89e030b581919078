"""Scenarios as a caller hands them over: one, a list, an array, a column, or labels for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cleanpark.model.given import as_scenario
from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.scenario import Scenario, packaged_names
from cleanpark.scenarios.titles import clean_name

Given = Scenario | str | Path
"""A scenario as a caller hands it over: itself, a packaged name, or a file."""


def given_scenarios(given: Given | Iterable[Given] | Mapping[str, Given] | None) -> list[Scenario]:
    """Scenarios one by one: of one alone, a list, an array or a column; of None all packaged.

    Those of a mapping are called by its keys.
    """
    if given is None:
        return [as_scenario(name) for name in packaged_names()]
    if isinstance(given, (Scenario, str, Path)):
        return [as_scenario(given)]
    if isinstance(given, bytes) or not isinstance(given, Iterable) or isinstance(given, type):
        raise ScenarioError(
            "scenarios = {given}: give a scenario's name, its file, a Scenario, or a list of them",
            given=repr(given),
        )
    if isinstance(given, Mapping):
        chosen = [labelled(one, label) for label, one in given.items()]
    else:
        chosen = [as_scenario(one) for one in given]
    if not chosen:
        raise ScenarioError(
            "no scenario is given: name at least one, or give None for all packaged"
        )
    return chosen


def labelled(one: Given, label: Any) -> Scenario:
    """A scenario called by its label; its title stays where the label is its name already."""
    called = clean_name(str(label))
    if called is None:
        raise ScenarioError("scenario {name}: give a text as its label", name=repr(label))
    found = as_scenario(one)
    return found if found.name == called else found.renamed(called)
