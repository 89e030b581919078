"""`cleanpark compare` and `cleanpark demo`: scenarios against a reference."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanpark.commands.console import (
    language,
    plain,
    print_json,
    progress,
    rows_of,
    say,
    tell,
    tell_exactly,
)
from cleanpark.commands.files import hold
from cleanpark.commands.options import (
    Accept,
    BaseYear,
    By,
    Cluster,
    EngineOption,
    Enterprises,
    From,
    Horizon,
    Json,
    Language,
    Output,
    Parks,
    Replace,
    Sectors,
    Settings,
    Targets,
    Title,
    Units,
    Until,
    horizon_of,
    parts_of,
)
from cleanpark.commands.parks import given_park, given_parks, tell_own_park
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.override import settings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleanpark.analysis.comparison.comparison import Comparison
    from cleanpark.analysis.studies.runner import Place
    from cleanpark.scenarios.park import Park as ParkData
    from cleanpark.scenarios.scenario import Scenario

Seeds = Annotated[int, typer.Option("--seeds", help="Number of random seeds.")]
Reference = Annotated[
    str, typer.Option("--reference", help="Scenario to compare with, by name or file.")
]


def compare(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SCENARIO|FILE",
            help="Scenarios by name or TOML file; all packaged ones if none is named.",
            show_default=False,
        ),
    ] = None,
    park: Parks = None,
    enterprises: Enterprises = None,
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    seeds: Seeds = 20,
    quarters: Horizon = None,
    until: Until = None,
    target: Targets = None,
    base_year: BaseYear = None,
    title: Title = None,
    by: By = None,
    reference: Reference = "voluntary",
    output: Output = None,
    replace: Replace = False,
    engine: EngineOption = "auto",
    workers: Annotated[
        int, typer.Option("--workers", help="Processes; -1 for all cores. Results are the same.")
    ] = 1,
    cluster: Cluster = None,
    begun: From = None,
    settings: Settings = None,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Compare policy scenarios on one park, with 95 % intervals.

    Every scenario meets the same random shocks, so differences are paired. --set changes the
    scenarios compared; conditions of the market (prices, growth, interest) also the reference.
    """
    from cleanpark.analysis.comparison.question import scenarios_of
    from cleanpark.analysis.studies.runner import Place

    horizon = horizon_of(quarters, until)
    wanted = targets_of(target, base_year, horizon)
    chosen, base = scenarios_of(scenarios, reference, settings_of(settings))
    chosen = titled(chosen, base, title)
    places = given_parks(park or ["mixed"], enterprises, units, accept, sectors)
    kinds = parts_of(by)
    check_parts(kinds, places)
    found = run_comparison(
        chosen, base, places, seeds, horizon, engine, Place(workers, cluster), output, replace,
        begun, wanted, as_json, not scenarios,
    )  # fmt: skip
    if as_json:
        print_json(_content(found, output, kinds))
        return
    _tell(found, not scenarios, kinds, output)


def _tell(found: Comparison, ranked: bool, kinds: Sequence[str], output: str | None) -> None:
    """The answer, the tables asked for, and where everything is."""
    from cleanpark.commands.summary import print_parts, print_summary

    print_summary(found, ranked)
    print_parts(found, kinds)
    if "history" in found.settings:
        until = found.settings["history"]["until"]
        tell(say("All go on from a common history up to {until}.", until=until))
    if output is None:
        tell(say("To keep figures, tables and a report, add --output FOLDER."))
    else:
        tell_where(user_path(output))


def demo(
    seeds: Annotated[int, typer.Option("--seeds", help="Number of random seeds.")] = 20,
    output: Annotated[
        str, typer.Option("--output", help="Folder to write the results into.")
    ] = "demo",
    language: Language = None,
) -> None:
    """Compare all packaged scenarios on the packaged park, into the folder `demo`.

    An earlier demo in that folder is replaced.
    """
    from cleanpark.analysis.comparison.question import scenarios_of
    from cleanpark.analysis.studies.runner import Place

    chosen, base = scenarios_of(None, "voluntary", {})
    found = run_comparison(
        chosen, base, [given_park("mixed")], seeds, 60, "auto", Place(), output, True, ranked=True
    )
    from cleanpark.commands.summary import print_summary

    print_summary(found, ranked=True)
    tell()
    tell(say("To look at them in a browser: make page, or cleanpark serve --results {folder}",
             folder=output))  # fmt: skip
    tell_where(user_path(output))


def titled(chosen: list[Scenario], base: Scenario, title: str | None) -> list[Scenario]:
    """The scenarios, the one compared under a title of the user's own."""
    if title is None:
        return chosen
    others = [place for place, one in enumerate(chosen) if one != base]
    if len(others) != 1:
        raise InputError("--title names one scenario; {count} are compared", count=len(others))
    place = others[0]
    return [*chosen[:place], chosen[place].renamed(chosen[place].name, title), *chosen[place + 1 :]]


def targets_of(given: Sequence[str] | None, base_year: int | None, quarters: int) -> list[str]:
    """Targets, checked before anything runs, each with the year against which it counts."""
    from cleanpark.analysis.comparison.targets import target, written
    from cleanpark.analysis.comparison.years import place_of_year

    if base_year is not None and not given:
        raise InputError("--base-year needs a --target")
    wanted = [target(one, base_year) for one in given or ()]
    for one in wanted:
        place_of_year(one.year, quarters)
    return [written(one) for one in wanted]


def check_parts(kinds: Sequence[str], places: Sequence[ParkData]) -> None:
    """Refuse to name enterprises where no file names them."""
    if "enterprise" in kinds and any(place.table is None for place in places):
        raise InputError(
            "--by enterprise needs parks from files that name their enterprises; in a packaged "
            "park each seed draws others (possible: sector, size, commitment, park)"
        )


def run_comparison(
    chosen: list[Scenario],
    base: Scenario,
    places: Sequence[ParkData],
    seeds: int,
    quarters: int,
    engine: str,
    where: Place,
    output: str | None,
    replace: bool,
    begun: str | None = None,
    targets: Sequence[str] = (),
    quiet: bool = False,
    ranked: bool = False,
) -> Comparison:
    """Check everything first, say what became of users' parks (`quiet` keeps that off standard
    output), run, and keep the results. `ranked`: no policy was named, so all packaged ones are."""
    from cleanpark.analysis.comparison.comparison import EVERY_PACKAGED, asked, compare
    from cleanpark.analysis.pages.store import check_folder
    from cleanpark.analysis.studies.memory import refuse_too_large
    from cleanpark.analysis.studies.runner import check_place

    question = asked(chosen, places, seeds, quarters, base, engine, where.workers, begun)
    check_place(where)
    runs = seeds * (len(chosen) + 1)
    processes = min(seeds, where.processes)
    enterprises = sum(place.enterprises for place in places)
    refuse_too_large(enterprises, runs, quarters, processes, engine == "agents")
    if output is not None:
        check_folder(user_path(output), replace)
        hold(output)
    for place in places:
        tell_own_park(place, quiet)
    with progress(say("Simulating")) as report:
        found = compare(chosen, places, seeds, quarters, base, engine, where.workers, report,
                        where.cluster, question.history)  # fmt: skip
    if ranked:
        found.settings["policies"] = EVERY_PACKAGED
    if targets:
        found.settings["targets"] = list(targets)
    found.settings["command"] = shlex.join(["cleanpark", *sys.argv[1:]])
    if output is not None:
        with progress(say("Drawing figures and report")):
            found.save(output, language(), replace)
    return found


def _content(found: Comparison, output: str | None, kinds: Sequence[str]) -> dict[str, Any]:
    """The comparison and where it comes from, as JSON has them."""
    from cleanpark.analysis.comparison.affected import affected_enterprises
    from cleanpark.analysis.comparison.years import parts_by
    from cleanpark.analysis.pages.store import provenance

    content = {"comparison": rows_of(found.table), **plain(provenance(found, language()))}
    others = [name for name in found.names if name != found.reference]
    for kind in kinds:
        if kind == "enterprise":
            sites = {name: affected_enterprises(found, name) for name in others}
            content["by_enterprise"] = {name: rows_of(one) for name, one in sites.items()}
            jobs = {name: one.attrs["jobs"] for name, one in sites.items()}
            content["jobs"] = {name: one._asdict() for name, one in jobs.items() if one}
            continue
        content[f"by_{kind}"] = {
            name: rows_of(part.table) for name, part in parts_by(found, kind).items()
        }
    if output is not None:
        content["output"] = str(user_path(output))
    return content


def tell_where(folder: Path) -> None:
    """One sentence that says where the results are."""
    whole = folder.resolve()
    tell()
    tell_exactly(
        say(
            "The figures and tables are in {folder} and the page to open is {page}.",
            folder=whole,
            page=whole / "report.html",
        )
    )
