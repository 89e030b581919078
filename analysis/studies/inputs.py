"""Scenarios and parks as data, so that results hold all that is needed to run them again.

Each comes back with the digest that it had, or is refused: what was written by hand since, or by
a version that reads it otherwise, is not what was run.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleanpark.analysis.studies.calls import parks_call, scenario_call
from cleanpark.analysis.studies.histories import histories
from cleanpark.analysis.studies.runs import ModelRuns
from cleanpark.scenarios.errors import N_, InputError, Message
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario, scenario


def scenario_content(one: Scenario) -> dict[str, Any]:
    """A scenario with its digest; its text is a file that says the same."""
    return {"name": one.name, "title": dict(one.title), "sha256": one.digest,
            "text": one.to_toml()}  # fmt: skip


def scenario_from(content: Mapping[str, Any]) -> Scenario:
    """The scenario of such content; InputError where it is not the one that was run."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.toml"
        file.write_text(content["text"], encoding="utf-8")
        found = scenario(file).renamed(content["name"], content["title"])
    return _same(found, content, N_("scenario"))


def park_content(park: Park) -> dict[str, Any]:
    """A park with its digest and its own enterprises, where it lists them."""
    content = json.loads(park.model_dump_json(exclude={"table", "account", "values"}))
    if park.table is not None:
        content["table"] = {
            str(name): [_cell(value) for value in park.table[name].tolist()]
            for name in park.table.columns
        }
    return {"name": park.name, "title": dict(park.title), "enterprises": park.enterprises,
            "sha256": park.digest, "content": content}  # fmt: skip


def _cell(value: Any) -> Any:
    """A cell of a table: nothing where it is not known."""
    return None if isinstance(value, float) and math.isnan(value) else value


def park_from(content: Mapping[str, Any]) -> Park:
    """The park of such content; InputError where it is not the one that was run."""
    import pandas as pd

    whole = dict(content["content"])
    table = whole.pop("table", None)
    if table is not None:
        columns = {name: _column(cells) for name, cells in table.items()}
        whole["table"] = pd.DataFrame(columns)
    return _same(Park(**whole), content, N_("park"))


def _column(cells: list[Any]) -> Any:
    """Text, or numbers with NaN where one is not known."""
    if any(isinstance(one, str) for one in cells):
        return cells
    return [math.nan if one is None else float(one) for one in cells]


def runs_content(runs: ModelRuns) -> dict[str, Any]:
    """All that the model is run from in a study, but for its rows and seeds; ``calls`` is how
    Python names it, empty where it has no name."""
    return {
        "scenarios": [scenario_content(one) for one in runs.scenarios],
        "parks": [park_content(one) for one in runs.parks],
        "calls": {"scenarios": [scenario_call(one) for one in runs.scenarios],
                  "parks": parks_call(runs.parks)},
        "quarters": runs.quarters,
        "outcomes": list(runs.outcomes),
        "over_time": runs.over_time,
        "start": runs.start,
        "history": None if runs.history is None else str(runs.history.folder),
    }  # fmt: skip


def runs_from(content: Mapping[str, Any]) -> ModelRuns:
    """The model as it was run; InputError where an input is not what it was."""
    begun = content["history"]
    return ModelRuns(
        tuple(scenario_from(one) for one in content["scenarios"]),
        tuple(park_from(one) for one in content["parks"]),
        content["quarters"],
        tuple(content["outcomes"]),
        content["over_time"],
        content["start"],
        history=None if begun is None else histories(begun),
    )


def _same[Kept: (Scenario, Park)](found: Kept, content: Mapping[str, Any], what: str) -> Kept:
    """What was read, if its digest is the one that is kept beside it."""
    if found.digest != content["sha256"]:
        raise InputError(
            "{what} '{name}': is not the one that was run; it was changed since, or written by "
            "another version",
            what=Message(what), name=content["name"],
        )  # fmt: skip
    return found
