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

from cleanpark.analysis.studies.calls import (
    again_call,
    again_command,
    call,
    counted,
    park_call,
    parks_call,
    scenario_call,
    seeds_call,
)
from cleanpark.analysis.studies.inputs import park_content, scenario_content

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison
    from cleanpark.model.park_model import ParkModel

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
        "targets": comparison.settings.get("targets", []),
        "policies": comparison.settings.get("policies"),
        "enterprise_class": comparison.settings.get("enterprise_class", {}).get("name"),
    }
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def run_inputs(model: ParkModel) -> str:
    """The scenario and parks of a single run, and how it was run, as JSON."""
    content = {
        "scenario": scenario_content(model.policy),
        "parks": [park_content(one) for one in model.parks],
        "seed": model.seed_number,
        "quarters": model.quarters,
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def run_reproduction(model: ParkModel, command: str, folder: Path) -> dict[str, str]:
    """The command line and the Python that make a single run again."""
    scenario, parks = scenario_call(model.policy), parks_call(model.parks)
    options = {"rng": repr(model.seed_number), "quarters": repr(model.quarters)}
    python = call("cp.ParkModel", [scenario, parks], options) + ".run()"
    return {"command": command, "python": python if scenario and parks else again_call(folder)}


def reproduction(comparison: Comparison, language: str, folder: Path | None) -> dict[str, str]:
    """The command line and the Python that make the same comparison again; empty where nothing
    short of its folder does and it has none."""
    if "enterprise_class" in comparison.settings:
        return {"command": "", "python": call_of_class(comparison)}
    python = call_of(comparison)
    command = str(comparison.settings.get("command", "")) or command_of(comparison, language)
    if folder is not None:
        python = python or again_call(folder)
        command = command or again_command(folder)
    return {"command": command, "python": python}


def call_of(comparison: Comparison) -> str:
    """A call of :func:`compare` that says all; empty where no such call can."""
    scenarios = [scenario_call(one) for one in comparison.ensemble.scenarios]
    if not all([*scenarios, parks_call(comparison.ensemble.parks)]):
        return ""
    listed = f"[{', '.join(scenarios)}]"
    if unnamed(comparison):
        listed = "None"
    return compare_call(comparison, listed, {"reference": scenarios[comparison.reference_place]})


def unnamed(comparison: Comparison) -> bool:
    """Whether no policy was named and all packaged ones were run as they are."""
    plain = all(scenario_call(one) == repr(one.name) for one in comparison.ensemble.scenarios)
    return plain and not comparison.named


def compare_call(comparison: Comparison, scenarios: str, more: dict[str, str]) -> str:
    """A call of :func:`compare` on the comparison's parks, seeds and quarters."""
    ensemble = comparison.ensemble
    history = comparison.settings.get("history", {}).get("folder")
    said = {
        "park": parks_call(ensemble.parks),
        "seeds": seeds_call(ensemble.seeds),
        "quarters": repr(ensemble.quarters),
        **more,
        **({"history": repr(history)} if history else {}),
    }
    return call("cp.compare", [scenarios], said)


def call_of_class(comparison: Comparison) -> str:
    """The class's source, and the call that contrasts it; empty where no short call can."""
    about = comparison.settings["enterprise_class"]
    if not about["policy"] or not parks_call(comparison.ensemble.parks):
        return ""
    contrast = compare_call(comparison, about["policy"], {"enterprise_class": about["name"]})
    return "\n\n".join(part for part in (about["source"], contrast) if part)


def command_of(comparison: Comparison, language: str) -> str:
    """The command line of packaged scenarios on one packaged park; else empty."""
    ensemble = comparison.ensemble
    plain = all(scenario_call(one) == repr(one.name) for one in ensemble.scenarios)
    one_park = len(ensemble.parks) == 1 and park_call(ensemble.parks[0])
    if not plain or not one_park or not counted(ensemble.seeds):
        return ""
    history = comparison.settings.get("history", {}).get("folder")
    names = [] if unnamed(comparison) else comparison.names
    words = ["cleanpark", "compare", *names, "--park", ensemble.parks[0].name,
             "--enterprises", str(ensemble.parks[0].enterprises), "--seeds",
             str(len(ensemble.seeds)), "--quarters", str(ensemble.quarters), "--reference",
             comparison.reference, *(["--from", history] if history else []), "--language",
             language]  # fmt: skip
    return shlex.join(words)
