"""`cleanpark history`: a common history, run once, that comparisons and studies go on from."""

from __future__ import annotations

from typing import Annotated

import typer

from cleanpark.commands.console import progress, say, tell
from cleanpark.commands.options import (
    Accept,
    Cluster,
    Enterprises,
    Language,
    Park,
    Replace,
    Sectors,
    Settings,
    Units,
)
from cleanpark.commands.parks import given_park, tell_own_park
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.override import apply_settings, settings_of


def history(
    scenario: Annotated[str, typer.Argument(help="Scenario by name or TOML file.")],
    until: Annotated[
        str, typer.Option("--until", help="Last quarter of the history, such as 2030-Q4.")
    ],
    park: Park = "mixed",
    enterprises: Enterprises = None,
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    seeds: Annotated[int, typer.Option("--seeds", help="Number of random seeds.")] = 20,
    workers: Annotated[
        int, typer.Option("--workers", help="Processes; -1 for all cores. Results are the same.")
    ] = 1,
    cluster: Cluster = None,
    output: Annotated[
        str, typer.Option("--output", help="Folder to write the results into.")
    ] = "history",
    replace: Replace = False,
    settings: Settings = None,
    language: Language = None,
) -> None:
    """Run a scenario up to a date and keep it, for compare and study to go on from (--from)."""
    from cleanpark.analysis.studies.histories import MARK, check_histories, keep_histories
    from cleanpark.analysis.studies.runner import Place
    from cleanpark.scenarios.scenario import scenario as scenario_named

    place = Place(workers, cluster)
    chosen = apply_settings(scenario_named(scenario), settings_of(settings))
    ground = given_park(park, enterprises, units, accept, sectors)
    check_histories(chosen, ground, until, seeds, output, place, replace)
    tell_own_park(ground)
    again = (user_path(output) / MARK).is_file() and not replace
    with progress(say("Simulating")) as report:
        kept = keep_histories(
            chosen,
            ground,
            until,
            seeds,
            user_path(output),
            place,
            report,
            replace,
        )
    told = say("{seeds} histories up to {until} are in {folder}; go on with --from {folder}")
    if again:  # another history would have been refused
        told = say(
            "{seeds} histories up to {until} are in {folder} already; go on with --from {folder}"
        )
    tell(told.format(seeds=len(kept.seeds), until=until, folder=output))
