"""What a comparison asks: which scenarios against which reference, after settings are made.

The market rule: settings change the scenarios compared; conditions of the market (prices, growth,
interest), which are nobody's policy, change the reference as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cleanpark.scenarios.levers import levers
from cleanpark.scenarios.override import apply_settings
from cleanpark.scenarios.scenario import Scenario, packaged_names, scenario

MARKET = "market"
"""Group of the levers that are conditions, not policy: they hold for the reference as well."""


def of_the_market(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that are conditions of the market."""
    known = levers()
    return {
        name: value
        for name, value in settings.items()
        if name in known and known[name].group == MARKET
    }


def scenarios_of(
    names: Sequence[str] | None, reference: str, settings: Mapping[str, Any]
) -> tuple[list[Scenario], Scenario]:
    """The scenarios with the settings made, and the reference with the market's alone.

    ``names`` and ``reference`` are packaged names or files; without names, all packaged scenarios.
    Where the reference is among those named, it is compared with itself, changed: a changed
    scenario's name says what was set.
    """
    market = of_the_market(settings)
    base = scenario(reference)
    changed_base = apply_settings(base, market)
    chosen: list[Scenario] = []
    for name in names or packaged_names():
        one = scenario(name)
        is_base = one.name == base.name and one == base
        if is_base and (not names or market == settings):
            chosen.append(changed_base)
            continue
        chosen.append(apply_settings(one, settings))
    return chosen, changed_base
