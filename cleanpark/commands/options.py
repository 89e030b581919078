"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleanpark.analysis.words.language import languages
from cleanpark.commands.console import choose_language

if TYPE_CHECKING:
    pass

Engine = Literal["auto", "agents", "compiled"]
From = Annotated[
    str | None,
    typer.Option("--from", help="Folder of a common history to go on from (cleanpark history)."),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", help="Dask scheduler, tcp://HOST:PORT, or local:N to try one."),
]


def listen(value: str | None) -> str | None:
    """Speak the language chosen."""
    if value is not None:
        choose_language(value)
    return value


Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="|".join(languages()),
        help="Language of texts and tables.",
        callback=listen,
        is_eager=True,
        show_default=False,
    ),
]
Date = Annotated[
    str | None,
    typer.Option(
        "--date", help="Day, month or quarter whose law applies; else the newest that is known."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
Park = Annotated[
    str, typer.Option("--park", help="Park: a packaged name, a TOML file, or a CSV of enterprises.")
]
Enterprises = Annotated[
    int | None, typer.Option("--enterprises", help="Number of enterprises, 1 to 1,000,000.")
]
Quarters = Annotated[
    int, typer.Option("--quarters", help="Horizon in quarters from 2026-Q1, at most 400.")
]
EngineOption = Annotated[
    Engine, typer.Option("--engine", help="Driver; all give the same numbers to the last bit.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="LEVER=VALUE",
        help="Change a lever, such as fine=20 or 'fine={\"2028-Q1\"=30}'; may be repeated.",
    ),
]
Output = Annotated[str | None, typer.Option("--output", help="Folder to write the results into.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace the results that the folder already holds.")
]


def numbers_of(pairs: Sequence[str] | None, option: str, example: str) -> dict[str, float]:
    """Name and number of each `name=number`."""
    from cleanpark.scenarios.errors import InputError

    found: dict[str, float] = {}
    for pair in pairs or ():
        name, _, text = pair.partition("=")
        try:
            value = float(text)
        except ValueError as cause:
            raise InputError(
                "{option} {pair}: write NAME=NUMBER, such as {option} {example}",
                option=option,
                pair=pair,
                example=example,
            ) from cause
        if name.strip() in found:
            raise InputError(
                "{option} {pair}: '{name}' is given twice",
                option=option,
                pair=pair,
                name=name.strip(),
            )
        found[name.strip()] = value
    return found
