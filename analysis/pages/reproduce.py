"""What is printed under 'How to reproduce', and what is kept so that it holds.

One of three: the call that says it all, where packaged scenarios and parks are enough; the command
as it was typed; and, where the results are in a folder, :func:`cleanpark.again` of it, which needs
nothing but the folder.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from cleanpark.analysis.studies.inputs import park_content, scenario_content
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.park import Park, park, park_names
from cleanpark.scenarios.scenario import Scenario, packaged_names, scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleanpark.analysis.comparison.comparison import Comparison

INPUTS = "inputs.json"
"""File of a comparison's folder with its scenarios and parks."""


def write_inputs(comparison: Comparison, file: Path) -> None:
    """Keep the scenarios and parks, and how they were run."""
    ensemble = comparison.ensemble
    content = {
        "scenarios": [scenario_content(one) for one in ensemble.scenarios],
        "parks": [park_content(one) for one in ensemble.parks],
        "reference": comparison.reference,
        "seeds": list(ensemble.seeds),
        "quarters": ensemble.quarters,
        "history": comparison.settings.get("history", {}).get("folder"),
    }
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def reproduction(comparison: Comparison, language: str, folder: Path | None) -> dict[str, str]:
    """The command line and the Python that make the same comparison again; empty where nothing
    short of its folder does and it has none."""
    python = call_of(comparison)
    command = str(comparison.settings.get("command", "")) or command_of(comparison, language)
    if folder is not None:
        python = python or f"cp.again({str(folder)!r})"
        command = command or shlex.join(["cleanpark", "again", str(folder)])
    return {"command": command, "python": python}


def call_of(comparison: Comparison) -> str:
    """A call of :func:`compare` that says all; empty where no such call can."""
    ensemble = comparison.ensemble
    scenarios = [scenario_call(one) for one in ensemble.scenarios]
    parks = [park_call(one) for one in ensemble.parks]
    if not all([*scenarios, *parks]):
        return ""
    seeds = list(ensemble.seeds)
    history = comparison.settings.get("history", {}).get("folder")
    said = {
        "park": parks[0] if len(parks) == 1 else f"[{', '.join(parks)}]",
        "seeds": repr(len(seeds) if counted(seeds) else seeds),
        "quarters": repr(ensemble.quarters),
        "reference": scenarios[comparison.reference_place],
        **({"history": repr(history)} if history else {}),
    }
    rest = ", ".join(f"{name}={value}" for name, value in said.items())
    return f"cp.compare([{', '.join(scenarios)}], {rest})"


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


def command_of(comparison: Comparison, language: str) -> str:
    """The command line of packaged scenarios on one packaged park; else empty."""
    ensemble = comparison.ensemble
    plain = all(scenario_call(one) == repr(one.name) for one in ensemble.scenarios)
    one_park = len(ensemble.parks) == 1 and park_call(ensemble.parks[0])
    if not plain or not one_park or not counted(ensemble.seeds):
        return ""
    history = comparison.settings.get("history", {}).get("folder")
    words = ["cleanpark", "compare", *comparison.names, "--park", ensemble.parks[0].name,
             "--enterprises", str(ensemble.parks[0].enterprises), "--seeds",
             str(len(ensemble.seeds)), "--quarters", str(ensemble.quarters), "--reference",
             comparison.reference, *(["--from", history] if history else []), "--language",
             language]  # fmt: skip
    return shlex.join(words)
