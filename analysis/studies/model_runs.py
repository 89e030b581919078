"""The model as studies run it: scenarios, parks, horizon and outcomes, checked by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.studies.histories import Histories, histories
from cleanpark.analysis.studies.inputs import runs_content
from cleanpark.analysis.studies.runs import ModelRuns
from cleanpark.analysis.studies.seeds import check_settings
from cleanpark.model.given import as_parks, as_scenario
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError, Listed, nearest

if TYPE_CHECKING:
    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

MAIN_OUTCOMES = ("pollution_equivalents", "compliance_true", "enterprise_cost", "treasury_net")


def outcomes_of(names: str | Sequence[str]) -> tuple[str, ...]:
    """Outcomes by name, checked; a list, or separated by commas."""
    parts = names.split(",") if isinstance(names, str) else list(names)
    found = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    for name in found:
        if name not in OUTCOME_NAMES:
            raise InputError(
                "unknown outcome '{name}'{hint} (there are {outcomes})",
                name=name,
                hint=nearest(name, OUTCOME_NAMES),
                outcomes=Listed(OUTCOME_NAMES),
            )
    if not found:
        raise InputError("no outcome: name at least one")
    return found


def model_runs(
    scenarios: Sequence[Scenario | str | Path],
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    quarters: int = 60,
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    over_time: bool = False,
    start: int = 0,
    engine: str = "auto",
    history: Histories | str | Path | None = None,
) -> ModelRuns:
    """The model as a study runs it, everything checked before the first run."""
    check_settings(quarters, engine, 1)
    if not 0 <= start < quarters:
        raise InputError(
            "start = {start} (--start {label}): a quarter of the horizon, 0 "
            "(2026-Q1) to {last} ({last_label})",
            start=start,
            label=quarter_label(start),
            last=quarters - 1,
            last_label=quarter_label(quarters - 1),
        )
    chosen = tuple(as_scenario(one) for one in scenarios)
    begun = histories(history) if history is not None else None
    return ModelRuns(
        chosen, tuple(as_parks(park)), quarters, outcomes_of(outcomes), over_time, start, engine,
        begun,
    )  # fmt: skip


def about_model(runs: ModelRuns) -> dict[str, Any]:
    """Scenarios, parks and common history for a study's record, and the content of all of them."""
    begun = runs.history
    return {
        "scenarios": [
            {"name": one.name, "title": dict(one.title), "sha256": one.digest,
             "text": one.to_toml()}
            for one in runs.scenarios
        ],
        "parks": [
            {"name": one.name, "title": dict(one.title), "enterprises": one.enterprises,
             "sha256": one.digest}
            for one in runs.parks
        ],
        "inputs": runs_content(runs),
        **({} if begun is None else {"history": {"until": quarter_label(begun.quarters - 1),
                                                 "sha256": begun.digest[:12]}}),
    }  # fmt: skip
