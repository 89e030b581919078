"""`cleanpark study`: sensitivity studies and designs of one's own; `cleanpark report`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanpark.commands.console import (
    Column,
    language,
    note,
    print_json,
    rows_of,
    say,
    table,
    tell,
    tell_exactly,
)
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
from cleanpark.commands.shell import Command
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.override import apply_settings, settings_of

if TYPE_CHECKING:
    from cleanpark.analysis.studies.runs import ModelRuns
    from cleanpark.analysis.studies.space import Space
    from cleanpark.analysis.studies.study import Study
    from cleanpark.scenarios.park import Park as ParkData

ROWS = "rows"
"""What is typed instead of a method for a design of one's own."""
Parameters = Annotated[
    str,
    typer.Option(
        "--parameters",
        help="What varies: all, behaviour, levers, groups or names, separated by commas.",
    ),
]
Ranges = Annotated[
    str | None, typer.Option("--ranges", help="TOML file that narrows ranges, a table each.")
]
Outcomes = Annotated[
    str, typer.Option("--outcome", "--outcomes", help="Outcomes by name, separated by commas.")
]
Seeds = Annotated[int, typer.Option("--seeds", help="Number of random seeds.")]
Workers = Annotated[
    int, typer.Option("--workers", help="Processes; -1 for all cores. Results are the same.")
]
Folder = Annotated[
    str, typer.Option("--output", help="Folder of the study; what is there is used, not redone.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with an interrupted study; it must be there.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say how many runs, time, memory and disk; run nothing.")
]
Start = Annotated[str, typer.Option("--start", help="Quarter from which levers of the study hold.")]
MAIN = "pollution_equivalents,compliance_true,enterprise_cost,treasury_net"


class StudyCommand(Command):
    """The command whose help names every method that is declared."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help; methods are loaded only here."""
        from cleanpark.analysis.sensitivity.methods import method_names

        for parameter in self.params:
            if parameter.name == "method":
                parameter.metavar = "|".join((*method_names(), ROWS))
        super().format_help(ctx, formatter)


def study(
    method: Annotated[
        str,
        typer.Argument(metavar="METHOD", help="Method; rows runs a table of one's own (--design)."),
    ],
    scenario: Annotated[str, typer.Argument(help="Scenario by name or TOML file.")],
    park: Park = "mixed",
    enterprises: Enterprises = None,
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    parameters: Parameters = "behaviour",
    ranges: Ranges = None,
    grouped: Annotated[
        bool, typer.Option("--groups", help="Analyse groups of parameters as one (sobol, morris).")
    ] = False,
    outcome: Outcomes = MAIN,
    samples: Annotated[
        int, typer.Option("--samples", help="Base samples; a power of two for sobol.")
    ] = 64,
    seeds: Seeds = 5,
    quarters: Quarters = 60,
    second_order: Annotated[
        bool, typer.Option("--second-order", help="Pairs of parameters too (sobol).")
    ] = False,
    over_time: Annotated[
        bool, typer.Option("--over-time", help="Indices of every quarter too.")
    ] = False,
    start: Start = "2026-Q1",
    begun: From = None,
    design: Annotated[
        str | None,
        typer.Option("--design", help="CSV or Parquet file, a row per sample (rows)."),
    ] = None,
    workers: Workers = 1,
    cluster: Cluster = None,
    output: Folder = "study",
    resume: Resume = False,
    replace: Replace = False,
    dry_run: DryRun = False,
    settings: Settings = None,
    language: Language = None,
    as_json: Json = False,
) -> None:
    """Vary parameters over their ranges and see which matter, with intervals.

    A study that was interrupted goes on where it was when the same command is given again; with
    more samples, those are added.
    """
    from cleanpark.analysis.studies.runner import Place

    place = Place(workers, cluster)
    ground = given_park(park, enterprises, units, accept, sectors)
    runs = runs_of(scenario, ground, settings, outcome, quarters, over_time, start, begun)
    planned = planned_study(
        method, runs, parameters, ranges, grouped, samples, seeds, second_order, design
    )
    if carried_out(planned, user_path(output), place, resume, replace, dry_run, as_json):
        finish(planned, user_path(output), as_json)


PLACES = ("--workers", "--cluster", "--output", "--language")
SWITCHES = ("--resume", "--replace", "--json")
"""Options, with a value and without, that change nothing in the results."""


def typed() -> str:
    """The command as it was typed, without what changes nothing in the results, so that a study's
    files are the same wherever it ran.

    >>> sys.argv = ["cleanpark", "study", "sobol", "x.toml", "--workers", "2", "--resume"]
    >>> typed()
    'cleanpark study sobol x.toml'
    """
    kept, skip = [], False
    for word in sys.argv[1:]:
        name, equals, _ = word.partition("=")
        if not skip and name not in (*PLACES, *SWITCHES):
            kept.append(word)
        skip = name in PLACES and not equals
    return shlex.join(["cleanpark", *kept])


def runs_of(
    scenario: str,
    place: ParkData,
    settings: list[str] | None,
    outcomes: str,
    quarters: int,
    over_time: bool,
    start: str,
    begun: str | None = None,
) -> Any:
    """The model as the study runs it, from the beginning or from a common history."""
    from cleanpark.analysis.sensitivity.sensitivity import model_runs
    from cleanpark.scenarios.scenario import scenario as scenario_named

    changed = apply_settings(scenario_named(scenario), settings_of(settings))
    return model_runs(
        [changed], place, quarters, outcomes, over_time, quarter_of(start), history=begun
    )


def quarter_of(label: str) -> int:
    """Number of the quarter typed."""
    from cleanpark.scenarios.dates import quarter_number
    from cleanpark.scenarios.errors import InputError

    try:
        return quarter_number(label)
    except ValueError as cause:
        raise InputError("--start: {cause}", cause=cause) from cause


def planned_study(
    method: str,
    runs: Any,
    parameters: str,
    ranges: str | None,
    grouped: bool,
    samples: int,
    seeds: int,
    second_order: bool,
    design: str | None,
) -> Study:
    """The study, everything checked before the first run."""
    from cleanpark.analysis.sensitivity.methods import method_named
    from cleanpark.analysis.sensitivity.sensitivity import about_model, sensitivity_study
    from cleanpark.analysis.studies.design import DesignError, read_design
    from cleanpark.analysis.studies.space import space
    from cleanpark.analysis.studies.study import Study
    from cleanpark.scenarios.errors import InputError

    if method != ROWS:
        method_named(method, beside=(ROWS,))
    if (method == ROWS) != (design is not None):
        raise InputError("the method rows needs --design FILE, and no other method takes it")
    if design is not None:
        try:
            return Study(read_design(design), runs, seeds=seeds, about=about_model(runs))
        except DesignError as cause:
            raise InputError("{file}: {cause}", file=design, cause=cause.message) from cause
    declared = method_named(method)
    chosen = space(parameters, ranges, grouped)
    refuse_set_and_varied(runs, chosen)
    about = about_model(runs)
    return sensitivity_study(declared, runs, chosen, samples, seeds, second_order, 0, about)


def refuse_set_and_varied(runs: ModelRuns, chosen: Space) -> None:
    """Refuse --set of what the study varies in all quarters: it would do nothing."""
    from cleanpark.scenarios.levers import behaviour_parameters

    made = runs.scenarios[0].made_from()
    varied = {one.name for one in chosen.factors}
    for name in made[1] if made else ():
        if name in varied and (runs.start == 0 or name in behaviour_parameters()):
            raise InputError(
                "--set {name}: does nothing, since {name} is varied; leave one of the two out",
                name=name,
            )


def carried_out(
    planned: Study,
    folder: Path,
    place: Any,
    resume: bool,
    replace: bool,
    dry_run: bool,
    as_json: bool,
) -> bool:
    """Run what is missing, or say what that would take (a dry run); whether results are there."""
    from cleanpark.analysis.studies.files import MARK
    from cleanpark.analysis.studies.runner import check_place
    from cleanpark.analysis.studies.study import check_study_folder

    planned.about["command"] = typed()
    check_resume(folder, MARK, resume)
    check_place(place)
    check_study_folder(folder, planned, replace)
    if not dry_run:
        hold(folder)
    for park in getattr(planned.runs, "parks", ()):
        tell_own_park(park, as_json)
    if dry_run:
        planned.folder = None if replace else folder
        print_estimate(planned.estimate(place), planned.samples, len(planned.numbers), as_json)
        return False
    run_study(planned, folder, place, replace)
    return True


def check_resume(folder: Path, mark: str, resume: bool) -> None:
    """Refuse --resume where nothing was begun."""
    from cleanpark.scenarios.errors import InputError

    if resume and not (folder / mark).is_file():
        raise InputError("{folder}: holds no study to go on with", folder=folder)


def run_study(planned: Study, folder: Path, place: Any, replace: bool) -> None:
    """Run what is missing, with progress; say how many runs failed."""
    from cleanpark.model.calibration import calibrate_first

    calibrate_first(getattr(planned.runs, "parks", ()))
    with study_progress() as report:
        results = planned.run(folder, place, report, replace)
    failed = results.failed()
    if not len(failed):
        return
    first = failed.iloc[0]
    note(
        say(
            "{failed} of {runs} runs failed and count as undefined; the first: sample "
            "{sample}, seed {seed}: {reason}",
            failed=f"{len(failed):,}",
            runs=f"{planned.total:,}",
            sample=first["sample"],
            seed=first["seed"],
            reason=first["reason"],
        )
    )
    if len(failed) == planned.total:
        raise InputError("every run failed; nothing can be analysed")


def finish(planned: Study, folder: Path, as_json: bool) -> None:
    """Analyse, write the tables and the report, and print what matters."""
    if planned.space is None:
        finish_rows(planned, folder, as_json)
    else:
        finish_sensitivity(planned, folder, as_json)


def finish_rows(planned: Study, folder: Path, as_json: bool) -> None:
    """The rows of a design of one's own."""
    from cleanpark.analysis.studies.rows import told_rows

    told = told_rows(planned)
    write_pages(folder)
    if as_json:
        print_json({"rows": rows_of(told), "runs": rows_of(planned.results.frame()),
                    "failed": len(planned.results.failed())})  # fmt: skip
        return
    tell_findings(folder)
    tell_results(folder)


def finish_sensitivity(planned: Study, folder: Path, as_json: bool) -> None:
    """The indices of a method."""
    from cleanpark.analysis.sensitivity.sensitivity import analysed

    found = analysed(planned)
    found.save()
    write_pages(folder)
    if as_json:
        print_json({"indices": rows_of(found.indices), "output": str(folder),
                    "warnings": found.warnings(),
                    "failed": len(planned.results.failed())})  # fmt: skip
        return
    print_ranking(found)
    for line in found.warnings(language()):
        tell(line)
    tell_results(folder)


def tell_findings(folder: Path) -> None:
    """What was found, in the language spoken."""
    from cleanpark.analysis.pages.kinds import findings
    from cleanpark.analysis.studies.folder import read_study

    for line in findings(read_study(folder), language()):
        tell(line)


def write_pages(folder: Path) -> None:
    """The report in both languages, with its figures."""
    from cleanpark.analysis.pages.study import write_report

    write_report(folder, language())


def tell_results(folder: Path) -> None:
    """Where everything is."""
    tell()
    tell_exactly(say("The study is in {folder}.", folder=folder.resolve()))


def print_ranking(found: Any) -> None:
    """The parameters that matter most, by outcome; grey where it may be no influence at all."""
    from cleanpark.analysis.words.studies import say as in_words
    from cleanpark.analysis.words.titles import outcome_title

    ranked = found.ranking()
    for name, part in ranked.groupby("outcome", sort=False):
        leading = part.head(10).to_dict("records")
        faint = [not row["stands_out"] for row in leading]
        rows = [
            (
                row["parameter"],
                title_in(found, str(row["parameter"])),
                *intervals(row, language()),
                say("not distinguishable from no influence") if unsure else "",
            )
            for row, unsure in zip(leading, faint, strict=True)
        ]
        columns = [
            Column(say("Parameter")),
            Column(say("Meaning"), wrap=True),
            Column(in_words(str(part["index"].iloc[0]), language()), right=True),
            Column(say("95 % interval"), right=True),
            Column("", wrap=True),
        ]
        shown = len(columns) if any(faint) else len(columns) - 1
        cells = [one[:shown] for one in rows]
        title = outcome_title(str(name), language())
        table(columns[:shown], cells, title, partial(faint_style, faint))


def intervals(row: Any, tongue: str) -> tuple[str, str]:
    """An index and its 95 % interval; an effect in the outcome's unit."""
    from cleanpark.analysis.words.study_findings import in_words

    value, low, high = (
        in_words(row["index"], row[key], row["outcome"], tongue) for key in ("value", "low", "high")
    )
    return value, f"{low} … {high}"


def faint_style(faint: Sequence[bool], row: int, _: int) -> str:
    """Grey for the rows that are not distinguishable from no influence."""
    return "dim" if faint[row] else ""


def title_in(found: Any, name: str) -> str:
    """Title of a parameter or of a group."""
    from cleanpark.analysis.words.studies import parameter_title

    known = found.study.space
    if name in known.names:
        return str(known.factor(name).titled(language()))
    return parameter_title(name, language())
