"""`cleanpark law`: what the data hold of the law on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cleanpark.commands.console import Column, language, print_json, say, table, tell
from cleanpark.commands.options import Date, Json, Language

if TYPE_CHECKING:
    from cleanpark.scenarios.law import Law

Subject = Literal["fines", "duties", "tax"]


def law(
    subject: Annotated[
        Subject | None, typer.Argument(help="Fines, duties or the tax; all of them if left out.")
    ] = None,
    date: Date = None,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Show the law of a day: figures, articles, since when, and how certain they are."""
    from cleanpark.scenarios.law import law as law_of

    held = law_of(date)
    rows = rows_held(held, subject)
    if as_json:
        print_json({"day": held.day.isoformat(), "figures": rows})
        return
    columns = [
        Column(say("Figure")),
        Column(say("Value"), right=True),
        Column(say("Unit")),
        Column(say("Since"), wrap=False),
        Column(say("Until"), wrap=False),
        Column(say("Certainty"), wrap=False),
        Column(say("Text and article")),
    ]
    cells = [
        [row["title"], row["amount"], row["unit"], row["from"], row["until"],
         say(row["certainty"]), row["source"]]
        for row in rows
    ]  # fmt: skip
    table(columns, cells, say("The law on {day}", day=held.day), wide=110)
    tell(say("Rates of the provinces: cleanpark tax --provinces; pollutants: --pollutants"))


TAX = ("rate_range", "reduction", "taxed_pollutants", "solid_waste", "noise", "pilot")
_SUBJECTS = {"tax": TAX, "fines": ("fines",), "duties": ("duties",)}


def rows_held(held: Law, subject: Subject | None) -> list[dict[str, Any]]:
    """Figures in force on the day, in the language spoken."""
    from cleanpark.scenarios.law.page import amount_of, unit_in_words

    wanted = _SUBJECTS[subject] if subject else (*TAX, "fines", "duties")
    known, tongue = held.statutes, language()
    rows = []
    for kind, name, figure in known.figures():
        period = figure.at(held.day)
        if kind not in wanted or period is None:
            continue
        rows.append(
            {
                "subject": kind,
                "name": name,
                "title": tongue.of(figure.title),
                "amount": amount_of(period, tongue),
                "unit": unit_in_words(figure, period, tongue),
                "from": period.from_.isoformat(),
                "until": period.until.isoformat() if period.until else "",
                "certainty": period.certainty,
                "source": known.source(period, tongue),
            }
        )
    return rows
