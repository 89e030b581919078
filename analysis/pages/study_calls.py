"""What is printed under 'How to reproduce' of a study.

As of comparisons: the command as it was typed; the call that says it all, where packaged scenarios
and parks are enough; else :func:`cleanpark.again` of the study's folder. Of a study of one's own
function nothing is offered: its text is not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleanpark.analysis.studies.calls import (
    again_call,
    again_command,
    parameters_call,
    seeds_call,
)
from cleanpark.analysis.studies.calls import (
    call as called,
)
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.space import Space

MOST_ROWS = 12
"""Rows of a design of one's own that a line still says."""
Options = dict[str, Any]
Inputs = dict[str, Any]
"""What a study keeps of the model that it ran."""
Call = Callable[[StudyFolder, Inputs, list[str]], str]
"""How a study is called, from its record, its inputs, and how its scenarios are named."""


def study_reproduction(study: StudyFolder, call: Call) -> dict[str, str]:
    """The command line and the Python that make the same study again; empty where none can.

    ``call`` tells how a study of this kind is called.
    """
    command = str(study.about.get("command", ""))
    if "inputs" not in study.about:
        return {"command": command, "python": str(study.about.get("python", ""))}
    return {"command": command or again_command(study.folder),
            "python": call_of(study, call) or again_call(study.folder)}  # fmt: skip


def call_of(study: StudyFolder, call: Call) -> str:
    """A call that says all; empty where no such call can."""
    inputs = study.about["inputs"]
    named = inputs["calls"]
    if not all([*named["scenarios"], named["parks"]]):
        return ""
    return call(study, inputs, list(named["scenarios"]))


def said(study: StudyFolder, inputs: Inputs, outcomes: bool = True) -> Options:
    """What every kind of study takes."""
    return {
        "outcomes": repr(inputs["outcomes"]) if outcomes else None,
        "seeds": seeds_call(study.about["seeds"]),
        "park": inputs["calls"]["parks"],
        "quarters": repr(inputs["quarters"]),
        "history": None if inputs["history"] is None else repr(inputs["history"]),
    }


def sensitivity_call(study: StudyFolder, inputs: Inputs, scenarios: list[str]) -> str:
    """The call of a method."""
    told = study.settings
    options = {
        "parameters": parameters_call(Space.read(study.about["parameters"])),
        "samples": repr(told["base_samples"]),
        **said(study, inputs),
        **{key: "True" for key in ("second_order", "grouped") if told[key]},
        "over_time": "True" if inputs["over_time"] else None,
        "start": repr(inputs["start"]) if inputs["start"] else None,
        "design_seed": repr(told["design_seed"]) if told["design_seed"] else None,
    }
    if not options["parameters"]:
        return ""
    return called(f"cp.sensitivity.{study.kind}", scenarios, options)


def discovery_call(study: StudyFolder, inputs: Inputs, scenarios: list[str]) -> str:
    """The call of a scenario discovery."""
    told = study.settings
    options = {
        "against": f"[{', '.join(scenarios[1:])}]" if scenarios[1:] else None,
        "parameters": parameters_call(Space.read(study.about["parameters"])),
        "samples": repr(told["futures"]),
        **said(study, inputs),
    }
    if not options["parameters"]:
        return ""
    return called("cp.discover", [scenarios[0], repr(told["criterion"])], options)


def attribution_call(study: StudyFolder, inputs: Inputs, scenarios: list[str]) -> str:
    """The call of an attribution."""
    told = study.settings
    options = {
        **said(study, inputs),
        "by": repr(told["by"]),
        "permutations": repr(told["permutations"]) if "permutations" in told else None,
    }
    return called("cp.attribute", scenarios, options)


def search_call(study: StudyFolder, inputs: Inputs, scenarios: list[str]) -> str:
    """The call of a search, into a folder of its own beside the one where it is given."""
    told = study.settings
    levers = parameters_call(Space.read(study.about["parameters"]))
    if not levers or "generations" not in told:
        return ""
    goal = told.get("target")
    options = {
        **said(study, inputs, outcomes=False),
        "reference": scenarios[1],
        "budget": None if told["budget"] is None else repr(told["budget"]),
        **{key: repr(told[key])
           for key in ("generations", "population", "seeds", "fresh_seeds", "search_seed")},
        "start": repr(inputs["start"]),
        "target": None if goal is None else goal_text(goal),
        "target_share": None if goal is None else repr(told["target_share"]),
        "folder": repr("again"),
    }  # fmt: skip
    return called("cp.optimize", [scenarios[0], levers, repr(told["objectives"])], options)


def goal_text(goal: dict[str, Any]) -> str:
    """A target as its text; it is read back as it was."""
    from cleanpark.analysis.comparison.targets import Target, written

    return repr(written(Target(**goal)))


def rows_call(study: StudyFolder, inputs: Inputs, scenarios: list[str]) -> str:
    """A short design of one's own, row by row."""
    design = study.design()
    if len(design) > MOST_ROWS:
        return ""
    rows = [
        {str(key): value for key, value in row.items() if value is not None and value == value}
        for row in design.to_dict("records")
    ]
    if not any(rows) or set().union(*rows) != set(design.columns):
        return ""
    options = said(study, inputs, outcomes=False)
    seeds = options.pop("seeds")
    options |= {
        "outcomes": repr(inputs["outcomes"]),
        "over_time": "True" if inputs["over_time"] else None,
        "start": repr(inputs["start"]) if inputs["start"] else None,
    }
    model = called("cp.sensitivity.model_runs", [f"[{', '.join(scenarios)}]"], options)
    return called("cp.Study", [repr(rows), model], {"seeds": seeds}) + ".run()"


def no_call(study: StudyFolder, inputs: Inputs, scenarios: list[str]) -> str:
    """No call says all of a study of this kind."""
    return ""
