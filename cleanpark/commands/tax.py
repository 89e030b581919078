"""`cleanpark tax`: the environmental protection tax of a discharge."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from cleanpark.commands.console import (
    Column,
    language,
    print_json,
    rows_of,
    say,
    table,
    tell,
    title_of,
)
from cleanpark.commands.options import Json, Language, numbers_of

if TYPE_CHECKING:
    from cleanpark.scenarios.law import EnvironmentalTax


def tax(
    discharge: Annotated[
        list[str] | None,
        typer.Option(
            "--discharge",
            metavar="POLLUTANT=AMOUNT",
            help="Discharge of a period, such as sulfur_dioxide=1200; kg, waste in t. Repeat.",
        ),
    ] = None,
    province: Annotated[
        str | None,
        typer.Option("--province", help="Province whose rates apply, such as jiangsu-nanjing."),
    ] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option(
            "--rate", metavar="MEDIUM=CNY",
            help="Rate per equivalent instead of a province's, such as air=1.2. Repeat.",
        ),
    ] = None,
    limit_ratio: Annotated[
        list[str] | None,
        typer.Option(
            "--limit-ratio", metavar="MEDIUM=RATIO",
            help="Concentration over its limit, such as air=0.6. Repeat.",
        ),
    ] = None,
    provinces: Annotated[
        bool, typer.Option("--provinces", help="List the provinces and their rates.")
    ] = False,
    as_json: Json = False,
    language: Language = None,
) -> None:  # fmt: skip
    """Work out the environmental protection tax of a discharge, to the fen."""
    if provinces:
        list_provinces(as_json)
        return
    found = _worked_out(discharge, province, rate, limit_ratio)
    if as_json:
        lines = [dataclasses.asdict(line) for line in found.lines]
        print_json({"breakdown": lines, "total": found.total, "unit": "CNY"})
        return
    print_tax(found)


def _worked_out(
    discharge: list[str] | None,
    province: str | None,
    rate: list[str] | None,
    limit_ratio: list[str] | None,
) -> EnvironmentalTax:
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.law import environmental_tax

    if not discharge:
        raise InputError("no discharge given; write for example --discharge sulfur_dioxide=1200")
    if (province is None) == (not rate):
        raise InputError(
            "give either --province NAME or rates such as --rate air=1.2 --rate water=1.4"
        )
    amounts = numbers_of(discharge, "--discharge", "sulfur_dioxide=1200")
    ratios = numbers_of(limit_ratio, "--limit-ratio", "air=0.6")
    rates = province or numbers_of(rate, "--rate", "air=1.2")
    return environmental_tax(amounts, ratios, rates)


def print_tax(found: EnvironmentalTax) -> None:
    """The breakdown by pollutant, and the total."""
    columns = [
        Column(say("Pollutant")),
        Column(say("Amount"), right=True, wrap=False),
        Column(say("Equivalents"), right=True),
        Column(say("Rate, CNY"), right=True),
        Column(say("Before reduction"), right=True),
        Column(say("Reduction"), right=True),
        Column(say("Tax, CNY"), right=True),
    ]
    rows = [
        [
            pollutant_title(line.flow),
            f"{line.amount:,g} {say(line.unit)}".strip(),
            f"{line.equivalents:,.2f}",
            f"{line.rate:g}",
            f"{line.gross:,.2f}",
            f"{line.reduction:,.2f}",
            f"{line.tax:,.2f}",
        ]
        for line in found.lines
    ]
    rows.append([say("Total"), "", "", "", "", "", f"{found.total:,.2f}"])
    table(columns, rows)
    for line in found.lines:
        if line.note:
            tell(say("{name}: {note}", name=pollutant_title(line.flow), note=say(line.note)))


def pollutant_title(name: str) -> str:
    """Title of a pollutant of the schedules, or of an untaxed flow."""
    from cleanpark.scenarios.flows import flow_table
    from cleanpark.scenarios.law import law

    figures = law()
    entry = figures.air.get(name) or figures.water.get(name) or figures.solid_waste.get(name)
    found = entry or flow_table().get(name)
    return found.title[language()] if found is not None else name


def list_provinces(as_json: bool) -> None:
    """Every province with its rates and where they come from."""
    from cleanpark.scenarios.law import provinces

    frame = provinces()
    if as_json:
        print_json(rows_of(frame))
        return
    columns = [
        Column(say("Name"), wrap=False),
        Column(say("Title")),
        Column(say("Air"), right=True),
        Column(say("Water"), right=True),
        Column(say("Other rates")),
        Column(say("Certainty"), wrap=False),
        Column(say("Source")),
    ]
    rows = [
        [row["name"], title_of(row), f"{row['air']:g}", f"{row['water']:g}", row["pollutants"],
         say(row["certainty"]), row["source"]]
        for row in frame.to_dict("records")
    ]  # fmt: skip
    table(columns, rows, say("Rates in CNY per pollution equivalent"))
