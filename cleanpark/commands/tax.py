"""`cleanpark tax`: the environmental protection tax of outlets, and a statement of it."""

from __future__ import annotations

import dataclasses
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
    title_of,
)
from cleanpark.commands.options import Date, Json, Language, numbers_of
from cleanpark.scenarios.errors import N_

if TYPE_CHECKING:
    from cleanpark.scenarios.law import EnvironmentalTax

MEDIA = {
    "air": N_("Air"),
    "water": N_("Water"),
    "small": N_("Small source of water pollutants"),
    "waste": N_("Solid waste"),
    "noise": N_("Noise"),
    "pilot": N_("Pilot, not in force"),
}


Discharge = Annotated[
    list[str] | None,
    typer.Option(
        "--discharge",
        metavar="POLLUTANT=AMOUNT",
        help="Discharge of a period, such as sulfur_dioxide=1200; kg, waste in t. Repeat.",
    ),
]
Rates = Annotated[
    list[str] | None,
    typer.Option(
        "--rate",
        metavar="MEDIUM=CNY",
        help="Rate per equivalent instead of a province's, such as air=1.2. Repeat.",
    ),
]
LimitRatios = Annotated[
    list[str] | None,
    typer.Option(
        "--limit-ratio",
        metavar="MEDIUM=RATIO",
        help="Concentration over its limit, such as air=0.6. Repeat.",
    ),
]
PilotRate = Annotated[
    float,
    typer.Option(
        "--pilot-rate",
        metavar="CNY",
        show_default=False,
        help="Assumed rate per equivalent of volatile organic compounds beyond Schedule 2.",
    ),
]


def tax(
    discharge: Discharge = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="CSV of outlets, months and pollutants, instead."),
    ] = None,
    province: Annotated[
        str | None,
        typer.Option("--province", help="Province whose rates apply, such as jiangsu-nanjing."),
    ] = None,
    rate: Rates = None,
    limit_ratio: LimitRatios = None,
    date: Date = None,
    combustion: Annotated[
        bool, typer.Option("--combustion", help="Particulates come from combustion: soot.")
    ] = False,
    pilot_rate: PilotRate = 0.0,
    statement: Annotated[
        Path | None, typer.Option("--statement", help="Write a statement (CSV) for the return.")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="Write a CSV of outlets to start from.")
    ] = None,
    provinces: Annotated[
        bool, typer.Option("--provinces", help="List the provinces and their rates.")
    ] = False,
    pollutants: Annotated[
        bool, typer.Option("--pollutants", help="List what is taxed: names and equivalents.")
    ] = False,
    as_json: Json = False,
    language: Language = None,
) -> None:  # fmt: skip
    """Work out the environmental protection tax of a discharge, to the fen."""
    if provinces:
        list_provinces(date, as_json)
    elif pollutants:
        list_pollutants(date, as_json)
    elif template is not None:
        write_template(template)
    else:
        given = {"discharge": discharge, "file": file, "limit_ratio": limit_ratio,
                 "combustion": combustion, "date": date, "pilot_rate": pilot_rate}  # fmt: skip
        show_tax(_worked_out(given, province, rate), statement, as_json)


def show_tax(found: EnvironmentalTax, statement: Path | None, as_json: bool) -> None:
    """Print the tax as JSON or a table, and write its statement where one is asked for."""
    if statement is not None:
        from cleanpark.scenarios.law.statement import write_statement

        write_statement(found, statement, language())
        note(say("Statement written: {file}", file=statement))
    if as_json:
        lines = [dataclasses.asdict(line) for line in found.lines]
        print_json({"breakdown": lines, "total": found.total, "unit": "CNY",
                    "by_quarter": found.by_quarter, "law": dict(found.law)})  # fmt: skip
        return
    print_tax(found)


def _worked_out(
    given: dict[str, Any], province: str | None, rate: list[str] | None
) -> EnvironmentalTax:
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.law import environmental_tax

    if not given["discharge"] and given["file"] is None:
        raise InputError("no discharge given; write for example --discharge sulfur_dioxide=1200")
    if (province is None) == (not rate):
        raise InputError(
            "give either --province NAME or rates such as --rate air=1.2 --rate water=1.4"
        )
    rates = province or numbers_of(rate, "--rate", "air=1.2")
    if given["file"] is not None:
        if given["discharge"] or given["limit_ratio"] or given["combustion"]:
            raise InputError("--file holds all of every outlet: give no discharge beside it")
        return environmental_tax(
            given["file"], None, rates, date=given["date"], pilot_rate=given["pilot_rate"]
        )
    amounts = numbers_of(given["discharge"], "--discharge", "sulfur_dioxide=1200")
    ratios = numbers_of(given["limit_ratio"], "--limit-ratio", "air=0.6")
    return environmental_tax(
        amounts,
        ratios,
        rates,
        date=given["date"],
        combustion=given["combustion"],
        pilot_rate=given["pilot_rate"],
    )


def print_tax(found: EnvironmentalTax) -> None:
    """The breakdown by outlet, month and pollutant, the total, and the law it follows."""
    from cleanpark.scenarios.law.statement import filing_day, note_of

    placed = [bool(found.total_by(key).keys() - {""}) for key in ("outlet", "month")]
    columns = _columns(placed)
    rows = [_cells(line, placed) for line in found.lines]
    blank = [""] * (len(columns) - 2)
    rows.append([say("Total"), *blank, f"{found.total:,.2f}"])
    for quarter, amount in found.by_quarter.items():
        rows.append([quarter, *blank, f"{amount:,.2f}"])
    table(columns, rows)
    for line in found.lines:
        if line.note:
            name = " ".join(part for part in (line.outlet, pollutant_title(line.flow)) if part)
            tell(say("{name}: {note}", name=name, note=note_of(line.note, language())))
    for quarter in found.by_quarter:
        tell(say("{quarter}: file by {day}", quarter=quarter, day=filing_day(quarter)))
    tell(say("Law: {law}", law=found.law.get(language(), "")))


def _columns(placed: list[bool]) -> list[Column]:
    first = [
        Column(say(name)) for name, wanted in zip((N_("Outlet"), N_("Month")), placed) if wanted
    ]
    return [
        *first,
        Column(say("Pollutant")),
        Column(say("Amount"), right=True, wrap=False),
        Column(say("Equivalents"), right=True),
        Column(say("Rate, CNY"), right=True),
        Column(say("Before reduction"), right=True),
        Column(say("Reduction"), right=True),
        Column(say("Tax, CNY"), right=True),
    ]


def _cells(line: Any, placed: list[bool]) -> list[str]:
    from cleanpark.scenarios.law.statement import unit_of

    first = [text for text, wanted in zip((line.outlet, line.month), placed) if wanted]
    return [
        *first,
        pollutant_title(line.flow),
        f"{line.amount:,g} {unit_of(line.unit, language())}".strip(),
        f"{line.equivalents:,.2f}",
        f"{line.rate:g}",
        f"{line.gross:,.2f}",
        f"{line.reduction:,.2f}",
        f"{line.tax:,.2f}",
    ]


def pollutant_title(name: str) -> str:
    """Title of a pollutant of the schedules, or of an untaxed flow."""
    from cleanpark.scenarios.flows import flow_table
    from cleanpark.scenarios.law.statement import title_of as taxed_title

    found = flow_table().get(name)
    taxed = taxed_title(name, language())
    return language().of(found.title) if taxed == name and found is not None else taxed


def write_template(path: Path) -> None:
    """Write a file of outlets to start from, in the language spoken; never over another."""
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.folders import user_path
    from cleanpark.scenarios.foreign import reason_of
    from cleanpark.scenarios.law.outlets import TEMPLATES

    path = user_path(path)
    if path.exists():
        raise InputError("{file}: stands already; name another file", file=path)
    text = language().of(TEMPLATES)
    try:
        path.write_text(text, encoding="utf-8-sig")
    except OSError as cause:
        raise InputError(
            "{file}: cannot be written ({reason})", file=path, reason=reason_of(cause)
        ) from cause
    tell(say("{file} written: one row for each outlet, month and pollutant.", file=path))


def list_pollutants(date: str | None, as_json: bool) -> None:
    """Everything the tax knows: key, title, medium, amount of one equivalent."""
    from cleanpark.scenarios.law import law
    from cleanpark.scenarios.law.statement import unit_of

    found = [
        {"name": item.name, "title_en": item.title["en"], "title_zh": item.title["zh"],
         "medium": item.medium, "class": item.class_ if item.medium == "water" else None,
         "equivalent": None if item.medium in ("noise", "waste") else item.equivalent,
         "unit": item.unit}
        for item in law(date).items
    ]  # fmt: skip
    if as_json:
        print_json(found)
        return
    columns = [
        Column(say("Name"), wrap=False),
        Column(say("Title")),
        Column(say("Medium")),
        Column(say("One equivalent"), right=True),
        Column(say("Unit")),
    ]
    rows = [
        [one["name"], title_of(one), say(MEDIA[str(one["medium"])]),
         "" if one["equivalent"] is None else f"{one['equivalent']:.7g}",
         unit_of(str(one["unit"]), language())]
        for one in found
    ]  # fmt: skip
    table(columns, rows)


def list_provinces(date: str | None, as_json: bool) -> None:
    """Every province with its rates and where they come from."""
    from cleanpark.scenarios.law import provinces

    frame = provinces(date)
    if as_json:
        print_json(rows_of(frame))
        return
    columns = [
        Column(say("Name"), wrap=False),
        Column(say("Title")),
        Column(say("Air"), right=True),
        Column(say("Water"), right=True),
        Column(say("Other rates")),
        Column(say("Since"), wrap=False),
        Column(say("Certainty"), wrap=False),
        Column(say("Source")),
    ]
    rows = [
        [row["name"], title_of(row), f"{row['air']:g}", f"{row['water']:g}", row["pollutants"],
         row["from"], say(row["certainty"]), row.get(f"source_{language()}", row["source"])]
        for row in frame.to_dict("records")
    ]  # fmt: skip
    table(columns, rows, say("Rates in CNY per pollution equivalent"))
