"""How Python names what results were made from: packaged scenarios and parks, seeds, parameters."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cleanpark.analysis.studies.space import Space, space
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.park import Park, park, park_names
from cleanpark.scenarios.scenario import Scenario, packaged_names, scenario


def again_call(folder: Path) -> str:
    """The call that needs nothing but the folder of the results."""
    return f"cp.again({str(folder)!r})"


def again_command(folder: Path) -> str:
    """The same as a command."""
    return shlex.join(["cleanpark", "again", str(folder)])


def call(name: str, arguments: Sequence[str], options: Mapping[str, Any]) -> str:
    """A call as text; an option that is None is not said.

    >>> call("f", ["1"], {"a": "2", "b": None})
    'f(1, a=2)'
    """
    said = [f"{key}={value}" for key, value in options.items() if value is not None]
    return f"{name}({', '.join([*arguments, *said])})"


def seeds_call(seeds: Sequence[int]) -> str:
    """How many seeds, where that says which; else which."""
    return repr(len(seeds) if counted(seeds) else list(seeds))


def parks_call(parks: Sequence[Park]) -> str:
    """One park or a list of them; empty where one cannot be named."""
    calls = [park_call(one) for one in parks]
    if not all(calls):
        return ""
    return calls[0] if len(calls) == 1 else f"[{', '.join(calls)}]"


def parameters_call(chosen: Space) -> str:
    """How Python names parameters with these ranges; empty where no short text does."""
    told = json.dumps(chosen.describe())
    for named in ("behaviour", "levers", "all", ",".join(chosen.names)):
        if json.dumps(_described(named)) == told:
            return repr(named)
    ranges = {one.name: list(one.choices) or (one.low, one.high) for one in chosen.factors}
    return repr(ranges) if json.dumps(_described(ranges)) == told else ""


def _described(selection: Any) -> Any:
    """The parameters that a selection means, as data; None where it means none."""
    try:
        return space(selection).describe()
    except InputError:
        return None


def counted(seeds: Sequence[int]) -> bool:
    """Whether a number of seeds says which."""
    return list(seeds) == list(range(len(seeds)))


def scenario_call(one: Scenario) -> str:
    """How Python names a scenario: a packaged name, or one with levers changed; else empty."""
    if one.name in packaged_names() and scenario(one.name) == one:
        return repr(one.name)
    made = one.made_from()
    if made is None or made[0].name not in packaged_names():
        return ""
    name, levers = made[0].name, made[1]
    try:
        built = scenario(name, **levers)
    except InputError:  # behaviour is changed too, which this call cannot say
        return ""
    if (built.name, built.digest) != (one.name, one.digest):
        return ""
    return f"cp.scenario({name!r}, **{levers!r})"


def park_call(one: Park) -> str:
    """How Python names a packaged park with its number of enterprises; else empty."""
    if one.name not in park_names() or park(one.name, one.enterprises) != one:
        return ""
    return f"cp.park({one.name!r}, {one.enterprises})"
