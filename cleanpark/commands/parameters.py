"""`cleanpark parameters`: every lever and behavioural parameter with its origin."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cleanpark.commands.console import Column, print_json, rows_of, say, table, tell, title_of
from cleanpark.commands.options import Date, Json, Language

if TYPE_CHECKING:
    import pandas as pd

KINDS = {"levers": "lever", "behaviour": "behaviour"}


def parameters(
    kind: Annotated[
        Literal["levers", "behaviour"] | None,
        typer.Option("--kind", help="Levers of policy and market, or behavioural parameters."),
    ] = None,
    search: Annotated[
        str | None,
        typer.Option("--search", help="Only those whose name, meaning, group or source has this."),
    ] = None,
    sources: Annotated[
        bool, typer.Option("--sources/--no-sources", help="Show the source of each default.")
    ] = True,
    date: Date = None,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """List levers and behavioural parameters: meaning, unit, default, range, source, certainty."""
    frame = found(kind, search, date)
    if as_json:
        print_json(rows_of(frame))
        return
    rows = frame.to_dict("records")
    columns = [
        Column(say("Name"), width=20),
        Column(say("Meaning")),
        Column(say("Default"), right=True),
        Column(say("Allowed")),
        Column(say("Unit")),
        Column(say("Certainty"), wrap=False),
        Column(say("By law")),
    ]
    cells = [_cells(row) for row in rows]
    if sources:
        columns.append(Column(say("Source")))
        cells = [[*line, row["source"]] for line, row in zip(cells, rows)]
    if rows:
        table(columns, cells, wide=130)
    else:
        tell(say("Nothing matches '{text}'.", text=search))


def found(kind: str | None, search: str | None, date: str | None = None) -> pd.DataFrame:
    """The parameters of a kind that contain a text."""
    from cleanpark.scenarios.lawful import parameters as all_parameters

    frame = all_parameters(date)
    if kind is not None:
        frame = frame[frame["kind"] == KINDS[kind]]
    if search:
        columns = ["name", "title_en", "title_zh", "group", "choices", "source"]
        text = frame[columns].agg(" ".join, axis=1).str.replace("_", " ")
        wanted = search.replace("_", " ")
        frame = frame[text.str.contains(wanted, case=False, regex=False)]
    return frame


def _cells(row: Mapping[Hashable, Any]) -> list[str]:
    return [
        row["name"],
        title_of(row),
        _shown(row["default"]),
        row["choices"] or f"{row['low']:g} … {row['high']:g}",
        "" if row["choices"] else row["unit"],
        say(row["certainty"]),
        _by_law(row),
    ]


def _by_law(row: Mapping[Hashable, Any]) -> str:
    """The statutory range of the day, with text and article; empty where the law sets none."""
    text = title_of(row, "law")
    if not text:
        return ""
    low, high = row["law_low"], row["law_high"]
    figure = f"{low:g}" if low == high else f"{low:g} … {high:g}"
    return say("{figure} ({text})", figure=figure, text=text)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"
