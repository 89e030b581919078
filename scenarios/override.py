"""Levers and behavioural parameters changed from text, as every front door takes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    from cleanpark.scenarios.scenario import Scenario


def settings_of(pairs: Sequence[str] | None) -> dict[str, Any]:
    """Lever and value of each ``lever=value``; a value is written as in a scenario file.

    >>> settings_of(["fine=20", "inspection_targeting=record"])
    {'fine': 20, 'inspection_targeting': 'record'}
    """
    found: dict[str, Any] = {}
    for pair in pairs or ():
        name, equals, text = pair.partition("=")
        if not equals or not name.strip() or not text.strip():
            raise InputError("--set {pair}: write LEVER=VALUE, such as --set fine=20", pair=pair)
        if name.strip() in found:
            raise InputError("--set {pair}: '{name}' is set twice", pair=pair, name=name.strip())
        found[name.strip()] = _value(text.strip())
    return found


def _value(text: str) -> Any:
    """A number, a table of dates, or else the text itself."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def apply_settings(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """The scenario with levers, and behavioural parameters, changed; InputError where one is
    unknown or its value not allowed."""
    from cleanpark.scenarios.levers import behaviour_parameters

    known = behaviour_parameters()
    behaviour = {name: value for name, value in settings.items() if name in known}
    levers = {name: value for name, value in settings.items() if name not in known}
    changed = scenario.with_levers(**levers) if levers else scenario
    return changed.with_behaviour(**behaviour) if behaviour else changed
