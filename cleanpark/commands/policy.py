"""`cleanpark discover`, `optimize` and `attribute`: where a policy fails, the best mix, and why."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleanpark.commands.console import Column, language, print_json, rows_of, say, table
from cleanpark.commands.files import hold
from cleanpark.commands.options import (
    Accept,
    Cluster,
    Enterprises,
    From,
    Json,
    Language,
    Park,
    Quarters,
    Replace,
    Sectors,
    Settings,
    Units,
)
from cleanpark.commands.parks import given_park, tell_own_park
from cleanpark.commands.progress import print_estimate, study_progress
from cleanpark.commands.study import (
    MAIN,
    DryRun,
    Folder,
    Outcomes,
    Parameters,
    Ranges,
    Resume,
    Seeds,
    Workers,
    carried_out,
    check_resume,
    quarter_of,
    refuse_set_and_varied,
    runs_of,
    tell_findings,
    tell_results,
    typed,
    write_pages,
)
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.override import apply_settings, settings_of

if TYPE_CHECKING:
    from cleanpark.analysis.policies.optimisation import Optimum, Search

Reference = Annotated[
    str, typer.Option("--reference", help="Scenario to compare with, by name or file.")
]
Instruments = Annotated[
    str, typer.Option("--parameters", help="Levers to set: groups or names, by commas.")
]
Generations = Annotated[int, typer.Option("--generations", help="Rounds of the search.")]
Population = Annotated[int, typer.Option("--population", help="Mixes in each round.")]
Start = Annotated[str, typer.Option("--start", help="Quarter from which levers of the study hold.")]
Budget = Annotated[
    float | None,
    typer.Option("--budget", help="What the treasury may lose against the reference, CNY."),
]
Goal = Annotated[
    str | None,
    typer.Option("--target", help="What a mix must meet, such as 'cod -20% by 2030'."),
]
GoalShare = Annotated[
    float, typer.Option("--target-share", help="Share of seeds in which it must be met.")
]
FreshSeeds = Annotated[
    int, typer.Option("--fresh-seeds", help="New seeds under which the best are rechecked.")
]


def discover(
    scenario: Annotated[str, typer.Argument(help="Scenario by name or TOML file.")],
    fails: Annotated[
        str,
        typer.Option("--fails", help="When a run fails, such as 'pollution_equivalents > p75'."),
    ] = "pollution_equivalents > p75",
    against: Annotated[
        list[str] | None,
        typer.Option("--against", help="Further policies whose robustness is compared."),
    ] = None,
    park: Park = "mixed",
    enterprises: Enterprises = None,
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    parameters: Parameters = "behaviour",
    ranges: Ranges = None,
    outcome: Outcomes = MAIN,
    samples: Annotated[int, typer.Option("--samples", help="Number of futures.")] = 512,
    seeds: Seeds = 5,
    quarters: Quarters = 60,
    begun: From = None,
    workers: Workers = 1,
    cluster: Cluster = None,
    output: Folder = "discovery",
    resume: Resume = False,
    replace: Replace = False,
    dry_run: DryRun = False,
    settings: Settings = None,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Say in which futures a policy fails, and how robust policies are."""
    from cleanpark.analysis.policies.discovery import discovered, discovery_study
    from cleanpark.analysis.studies.runner import Place
    from cleanpark.analysis.studies.space import space
    from cleanpark.scenarios.scenario import scenario as scenario_named

    place = Place(workers, cluster)
    ground = given_park(park, enterprises, units, accept, sectors)
    one = runs_of(scenario, ground, settings, outcome, quarters, False, "2026-Q1", begun)
    others = tuple(scenario_named(name) for name in against or ())
    runs = dataclasses.replace(one, scenarios=(*one.scenarios, *others))
    chosen = space(parameters, ranges)
    refuse_set_and_varied(runs, chosen)
    planned = discovery_study(runs, chosen, samples, seeds, fails)
    folder = user_path(output)
    if not carried_out(planned, folder, place, resume, replace, dry_run, as_json):
        return
    found = discovered(planned)
    write_pages(folder)
    if as_json:
        print_json({"boxes": rows_of(found.boxes), "limits": rows_of(found.limits),
                    "warnings": found.warnings(),
                    "sentences": {one: found.sentences(one) for one in ("en", "zh")},
                    "output": output})  # fmt: skip
        return
    tell_findings(folder)
    tell_results(folder)


def attribute(
    scenario: Annotated[str, typer.Argument(help="Scenario by name or TOML file.")],
    reference: Reference = "voluntary",
    by: Annotated[
        Literal["group", "lever"],
        typer.Option("--by", help="Instruments: groups of levers, or each."),
    ] = "group",
    permutations: Annotated[
        int,
        typer.Option("--permutations", help="Orders sampled where instruments exceed 12."),
    ] = 64,
    park: Park = "mixed",
    enterprises: Enterprises = None,
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    outcome: Outcomes = MAIN,
    seeds: Seeds = 20,
    quarters: Quarters = 60,
    begun: From = None,
    workers: Workers = 1,
    cluster: Cluster = None,
    output: Folder = "attribution",
    resume: Resume = False,
    replace: Replace = False,
    dry_run: DryRun = False,
    settings: Settings = None,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Say what each instrument of a mix contributes (Shapley values), with intervals."""
    from cleanpark.analysis.policies.attribution import attributed, attribution_study
    from cleanpark.analysis.studies.runner import Place
    from cleanpark.scenarios.scenario import scenario as scenario_named

    place = Place(workers, cluster)
    ground = given_park(park, enterprises, units, accept, sectors)
    runs = runs_of(scenario, ground, settings, outcome, quarters, False, "2026-Q1", begun)
    planned = attribution_study(
        runs, seeds, runs.scenarios[0], scenario_named(reference), by, permutations
    )
    folder = user_path(output)
    if not carried_out(planned, folder, place, resume, replace, dry_run, as_json):
        return
    found = attributed(planned)
    write_pages(folder)
    if as_json:
        print_json({"contributions": rows_of(found.contributions),
                    "synergies": rows_of(found.synergies), "warnings": found.warnings(),
                    "output": output})  # fmt: skip
        return
    tell_findings(folder)
    tell_results(folder)


def optimize(
    scenario: Annotated[str, typer.Argument(help="Scenario by name or TOML file.")] = "mandatory",
    parameters: Instruments = "penalties,incentives",
    ranges: Ranges = None,
    outcome: Outcomes = "pollution_equivalents,treasury_net,enterprise_cost,burden_dispersion",
    budget: Budget = None,
    target: Goal = None,
    target_share: GoalShare = 0.5,
    reference: Reference = "voluntary",
    park: Park = "mixed",
    enterprises: Enterprises = None,
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    generations: Generations = 20,
    population: Population = 40,
    seeds: Seeds = 5,
    fresh_seeds: FreshSeeds = 20,
    quarters: Quarters = 60,
    start: Start = "2027-Q1",
    begun: From = None,
    workers: Workers = 1,
    cluster: Cluster = None,
    output: Folder = "optimum",
    resume: Resume = False,
    replace: Replace = False,
    dry_run: DryRun = False,
    settings: Settings = None,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Search the best mixes of levers under a budget, as scenario files that run.

    The same command goes on where an interrupted search was; with more generations, those are
    added.
    """
    from cleanpark.analysis.policies.optimisation import lever_space, planned_search
    from cleanpark.analysis.studies.runner import Place
    from cleanpark.scenarios.scenario import scenario as scenario_named

    folder = user_path(output)
    search = planned_search(
        apply_settings(scenario_named(scenario), settings_of(settings)),
        lever_space(parameters, ranges), outcome, float("inf") if budget is None else budget,
        reference, given_park(park, enterprises, units, accept, sectors), quarters,
        quarter_of(start), begun,
        folder=folder, generations=generations, population=population, seeds=seeds,
        fresh_seeds=fresh_seeds, target=target, target_share=target_share,
        place=Place(workers, cluster),
    )  # fmt: skip
    check_search(search, resume, replace)
    if not dry_run:
        hold(folder)
    for one in search.runs.parks:
        tell_own_park(one, as_json)
    if dry_run:
        print_estimate(search.estimate(), generations * population, seeds, as_json)
        return
    with study_progress() as search.progress:
        found = search.run(replace)
    found.study.about["command"] = typed()
    found.study.write_final()
    write_pages(folder)
    tell_search(found, folder, output, as_json)


def check_search(search: Search, resume: bool, replace: bool) -> None:
    """Refuse a folder or a cluster that the search cannot use, before anything is paid for."""
    from cleanpark.analysis.policies.optimisation import MARK
    from cleanpark.analysis.studies.runner import check_place

    check_resume(search.folder, MARK, resume)
    check_place(search.place)
    if not (replace and (search.folder / MARK).is_file()):
        search.check_folder()


def tell_search(found: Optimum, folder: Path, output: str, as_json: bool) -> None:
    """What a search found, as JSON or in words."""
    if as_json:
        print_json({"mixes": rows_of(found.mixes), "budgets": rows_of(found.budgets),
                    "warnings": found.warnings(), "output": output})  # fmt: skip
    else:
        print_mixes(found)
        tell_findings(folder)
        tell_results(folder)


def print_mixes(found: object) -> None:
    """The mixes with their objectives."""
    from cleanpark.analysis.studies.folder import read_study
    from cleanpark.analysis.words.changes import change
    from cleanpark.analysis.words.mixes import mix_labels
    from cleanpark.analysis.words.titles import outcome_title
    from cleanpark.model.outcomes import outcome

    mixes = found.mixes  # type: ignore[attr-defined]
    names = found.study.settings["objectives"]  # type: ignore[attr-defined]
    labels = mix_labels(read_study(found.folder), language())  # type: ignore[attr-defined]
    columns = [Column(say("Mix"))]
    columns += [Column(outcome_title(name, language()), right=True) for name in names]
    rows = [
        (
            label + mark_of(row),
            *[change(row[name], outcome(name).unit, language()) for name in names],
        )
        for label, row in zip(labels, mixes.to_dict("records"), strict=True)
    ]
    table(columns, rows, say("Best mixes, against the reference"))


def mark_of(row: dict[str, object]) -> str:
    """That a mix is not to be taken, after its label."""
    if not row["within_budget"]:
        return say(" (exceeds the budget)")
    return "" if row["efficient"] else say(" (beaten on fresh seeds)")
