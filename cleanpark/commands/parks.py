"""`cleanpark parks`: list, show and check parks, and write an example of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanpark.commands.console import (
    Column,
    language,
    note,
    print_json,
    progress,
    rows_of,
    say,
    table,
    tell,
    title_of,
)
from cleanpark.commands.options import (
    Accept,
    Json,
    Language,
    Sectors,
    Units,
    accepted_of,
    units_of,
)
from cleanpark.commands.shell import BAD_INPUT, Command, Group, refuse
from cleanpark.scenarios.errors import N_
from cleanpark.scenarios.titles import enterprises_counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleanpark.scenarios.park import Park

app = typer.Typer(
    cls=Group, no_args_is_help=True, help="List, show and check parks; write an example file."
)


@app.command("list", cls=Command)
def list_parks(as_json: Json = False, language: Language = None) -> None:
    """List the packaged parks."""
    from cleanpark.scenarios.park import parks

    frame = parks()
    if as_json:
        print_json(rows_of(frame))
        return
    columns = [
        Column(say("Name"), wrap=False),
        Column(say("Title")),
        Column(say("Kind"), wrap=False),
        Column(say("Number of enterprises"), right=True),
        Column(say("Technology level"), right=True),
        Column(say("Sectors")),
    ]
    rows = [
        [row["name"], title_of(row), row["kind"], row["enterprises"],
         f"{row['technology_mean']:g}", row["sectors"]]
        for row in frame.to_dict("records")
    ]  # fmt: skip
    table(columns, rows)


@app.command("show", cls=Command)
def show(
    name: Annotated[str, typer.Argument(metavar="PARK|FILE", help="Name, TOML, CSV or XLSX file.")],
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Show a park's figures with unit, range and source."""
    found = given_park(name, None, units, accept, sectors)
    if as_json:
        print_json(_content(found))
    else:
        _print(found)


@app.command("template", cls=Command)
def template(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="File to write.")] = Path(
        "park.csv"
    ),
    language: Language = None,
) -> None:
    """Write an example of a park's CSV file that runs."""
    from cleanpark.commands.console import language as spoken
    from cleanpark.scenarios.park_files import write_template

    path = write_template(file, spoken())
    tell(say("Wrote {path}; try it with: cleanpark compare --park {path}", path=path))


@app.command("check", cls=Command)
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="CSV, XLSX or TOML files.")],
    units: Units = None,
    accept: Accept = None,
    sectors: Sectors = None,
    account: Annotated[
        Path | None,
        typer.Option("--account", help="Folder to write the account into, as tables."),
    ] = None,
    clean: Annotated[
        Path | None,
        typer.Option("--clean", help="File to write the park to as it was understood."),
    ] = None,
    language: Language = None,
) -> None:
    """Check park files: what is taken, filled in and refused, by line and column."""
    from cleanpark.scenarios.errors import InputError

    if len(files) > 1 and (account or clean):
        raise InputError("--account and --clean take one file at a time")
    wrong = 0
    for file in files:
        try:
            found = given_park(file, None, units, accept, sectors)
        except InputError as problem:
            refuse(problem)
            wrong += 1
            continue
        _tell_account(found, file)
        _keep(found, account, clean)
    if wrong:
        raise typer.Exit(BAD_INPUT)


def _tell_account(found: Park, file: str) -> None:
    if found.account is None:
        tell(
            say(
                "{file}: good; {enterprises}",
                file=file,
                enterprises=enterprises_counted(found.enterprises),
            )
        )
        return
    tell_own_park(found)


def given_park(
    name: str,
    enterprises: int | None = None,
    units: Sequence[str] | None = None,
    accept: Sequence[str] | None = None,
    sector_files: Sequence[str] | None = None,
) -> Park:
    """The park that a command's options name."""
    return given_parks([name], enterprises, units, accept, sector_files)[0]


def given_parks(
    names: Sequence[str],
    enterprises: int | None,
    units: Sequence[str] | None,
    accept: Sequence[str] | None,
    sector_files: Sequence[str] | None,
) -> list[Park]:
    """The parks that a command's options name; options of files are refused where no park is one.

    Raises InputError.
    """
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.folders import user_path
    from cleanpark.scenarios.park import park
    from cleanpark.scenarios.sectors import sectors

    catalogue = sectors(*map(user_path, sector_files)) if sector_files else None
    said, accepted = units_of(units), accepted_of(accept)
    found = [park(one, enterprises, catalogue=catalogue, units=said, accept=accepted)
             for one in names]  # fmt: skip
    if (units or accept) and all(one.account is None for one in found):
        raise InputError("--units and --accept need a file of enterprises")
    return found


def tell_own_park(found: Park, quiet: bool = False) -> None:
    """Say what was done with a user's file, and what its first year comes out as.

    `quiet` keeps it off standard output, where a program reads.
    """
    from cleanpark.analysis.pages.own_park import FIRST_YEAR
    from cleanpark.analysis.words.own_park import (
        CORRECTION_NOTE,
        HEADS,
        first_year_rows,
        own_park,
    )
    from cleanpark.commands.console import language as spoken

    if found.account is None:
        return
    with progress(say("Fitting the first year to the file")):
        told = own_park(found)
    if told is None:
        return
    for line in told.messages():
        (note if quiet else tell)(say(line))
    rows = first_year_rows(told, spoken())
    if rows and not quiet:
        tell()
        tell(say(FIRST_YEAR), style="bold")
        heads = [Column(say(head), right=place > 1) for place, head in enumerate(HEADS)]
        table(heads, rows, wide=140)
        tell(say(CORRECTION_NOTE))
    (note if quiet else tell)("")


def _keep(found: Park, account: Path | None, clean: Path | None) -> None:
    """Write the account and the park as it was understood."""
    from cleanpark.commands.console import language as spoken
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.park_files import write_clean

    if (account or clean) and (found.account is None or found.table is None):
        raise InputError("--account and --clean need a file of enterprises")
    if found.account is None or found.table is None:
        return
    if clean is not None:
        tell(say("Wrote {path}", path=write_clean(found.table, found.account.far, clean, spoken())))
    if account is not None:
        write_account(found, account)
        tell(say("Wrote the account into {folder}", folder=account))


def write_account(found: Park, folder: Path) -> None:
    """Write the tables of a park's account as CSV files with the mark that spreadsheets need."""
    from cleanpark.analysis.pages.own_park import write_own_park
    from cleanpark.analysis.words.own_park import own_park
    from cleanpark.commands.console import language as spoken
    from cleanpark.scenarios.writing import whole_folder

    with whole_folder(folder, replace=False, mark="account.json") as aside:
        (aside / "account.json").write_text('{"kind": "account of a park"}', encoding="utf-8")
        told = own_park(found)
        if told is not None:
            write_own_park(told, aside, spoken())


@app.command("columns", cls=Command)
def columns(as_json: Json = False, language: Language = None) -> None:
    """List the columns that a park's file may have: meaning, unit, names, and what a gap means."""
    from cleanpark.commands.console import language as spoken
    from cleanpark.scenarios.park_files import dictionary
    from cleanpark.scenarios.park_files.units import UNITS

    found = dictionary()
    if as_json:
        print_json({name: {**one.model_dump(), "unit": one.unit} for name, one in found.items()})
        return
    tongue = str(spoken())
    heads = [
        Column(say("Column"), width=20),
        Column(say("Chinese header") if tongue == "en" else say("English header")),
        Column(say("Unit"), wrap=False),
        Column(say("Other units read")),
        Column(say("Meaning")),
        Column(say("When missing")),
    ]
    rows = []
    for name, one in found.items():
        own, other = (name, one.title["zh"]) if tongue == "en" else (one.title["zh"], name)
        others = ", ".join(names[0] for names in UNITS.get(one.kind, ()))
        rows.append(
            [own, other, one.unit, others,
             one.meaning.get(tongue, one.meaning["en"]), one.missing.get(tongue, one.missing["en"])]
        )  # fmt: skip
    table(heads, rows, wide=150)


FIGURES = {
    "enterprises": N_("Number of enterprises"),
    "technology_mean": N_("Technology level, mean"),
    "technology_spread": N_("Technology level, spread"),
    "attitude_mean": N_("Attitude to compliance, mean"),
    "attitude_spread": N_("Attitude to compliance, spread"),
    "attitude_technology_correlation": N_("Correlation of attitude and technology"),
    "works_connected": N_("Connected to the central wastewater works"),
    "works_fee": N_("Fee of the works"),
    "works_removal": N_("Removal at the works"),
}
"""Figures of a park and what they mean."""


def _content(found: Park) -> dict[str, Any]:
    return {
        "name": found.name,
        "title": found.title,
        "kind": found.kind,
        "sha256": found.digest,
        "sectors": found.sectors,
        **{name: getattr(found, name) for name in FIGURES},
        "values": {name: value.model_dump() for name, value in found.values.items()},
        "account": found.account.lines() if found.account is not None else None,
    }


def _print(found: Park) -> None:
    from cleanpark.scenarios.park import catalogue_of

    tongue = language()
    tell(f"{found.name}: {tongue.of(found.title)} ({found.kind})", style="bold")
    titles = {sector.name: tongue.of(sector.title) for sector in catalogue_of([found])}
    mix = [f"{titles[name]} {share:.0%}" for name, share in found.sectors.items()]
    tell(say("Sectors: {mix}", mix=", ".join(mix)))
    for line in found.account.messages() if found.account is not None else ():
        tell(say(line))
    tell()
    columns = [
        Column(say("Name"), width=20),
        Column(say("Meaning")),
        Column(say("Value"), right=True),
        Column(say("Range"), wrap=False),
        Column(say("Unit")),
        Column(say("Certainty"), wrap=False),
        Column(say("Source")),
    ]
    rows = []
    for name, meaning in FIGURES.items():
        origin = found.values.get(name)
        rest = ["", "", "", ""]
        if origin is not None:
            span = f"{origin.low:g} … {origin.high:g}"
            rest = [span, origin.unit, say(origin.certainty), origin.source]
        rows.append([name, say(meaning), f"{getattr(found, name):g}", *rest])
    table(columns, rows, wide=130)
