"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleanpark.analysis.words.language import languages
from cleanpark.commands.console import choose_language
from cleanpark.scenarios.errors import InputError

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
    str,
    typer.Option(
        "--park", help="Park: a packaged name, a TOML file, or a CSV or XLSX of enterprises."
    ),
]
Parks = Annotated[
    list[str] | None,
    typer.Option(
        "--park",
        help="Park: a packaged name, a TOML file, or a CSV or XLSX of enterprises; `mixed` if none "
        "is named. Several parks: the option again.",
        show_default=False,
    ),
]
Until = Annotated[
    int | None,
    typer.Option(
        "--until", help="Last year simulated, in place of --quarters.", show_default=False
    ),
]
Horizon = Annotated[
    int | None,
    typer.Option(
        "--quarters",
        help="Horizon in quarters from 2026-Q1, at most 400; 60 if not given.",
        show_default=False,
    ),
]
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        help="What is to be met, such as 'cod -20% by 2030' or 'compliance_true >= 95% by 2028'; "
        "may be given again.",
        show_default=False,
    ),
]
BaseYear = Annotated[
    int | None,
    typer.Option(
        "--base-year",
        help="Year against which targets count; 2026 if not given.",
        show_default=False,
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="KIND",
        help="Who gains and who loses, told by sector, size, commitment, park or enterprise; "
        "several by commas.",
    ),
]
Title = Annotated[
    str | None,
    typer.Option(
        "--title",
        help="What tables and figures call the scenario compared, where it is one.",
        show_default=False,
    ),
]
Units = Annotated[
    list[str] | None,
    typer.Option(
        "--units",
        metavar="COLUMN=UNIT",
        help="Unit of a column whose header has none, such as cod=t,output=万元; may be repeated.",
    ),
]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        "--accept",
        metavar="COLUMN|ID|ID:COLUMN",
        help="Amounts that are right though far from the sector's range; may be repeated.",
    ),
]
Sectors = Annotated[
    list[str] | None,
    typer.Option(
        "--sectors",
        metavar="FILE|FOLDER",
        help="Sector file of your own, or a folder of them; may be repeated.",
    ),
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


def units_of(pairs: Sequence[str] | None) -> dict[str, str]:
    """Column and unit of each `column=unit`; commas part them where a next column follows."""
    from cleanpark.scenarios.errors import InputError

    found: dict[str, str] = {}
    for pair in (one for pairs_of_one in pairs or () for one in _parted(pairs_of_one)):
        name, equals, unit = pair.partition("=")
        if not equals or not name.strip() or not unit.strip():
            raise InputError("--units {pair}: write COLUMN=UNIT, such as --units cod=t", pair=pair)
        found[name.strip()] = unit.strip()
    return found


def _parted(pairs: str) -> list[str]:
    """Pairs between commas; the comma of `output=10,000 CNY` parts nothing."""
    return re.split(r"[,，](?=[^,，=]+=)", pairs)


def parts_of(names: Sequence[str] | None) -> tuple[str, ...]:
    """Kinds of parts that results are told by, each once; InputError where one is unknown."""
    from cleanpark.analysis.comparison.years import KINDS
    from cleanpark.scenarios.errors import InputError, Listed, nearest

    possible = (*KINDS, "enterprise")
    found = tuple(dict.fromkeys(accepted_of(names)))
    for name in found:
        if name not in possible:
            raise InputError("--by {kind}: unknown{hint} (possible: {kinds})", kind=name,
                             hint=nearest(name, possible), kinds=Listed(possible))  # fmt: skip
    return found


def accepted_of(names: Sequence[str] | None) -> tuple[str, ...]:
    """Names of what is accepted, between commas or given one by one."""
    parts = (one.strip() for name in names or () for one in re.split("[,，]", name))
    return tuple(part for part in parts if part)


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


def horizon_of(quarters: int | None, until: int | None) -> int:
    """The horizon in quarters; InputError where it is given twice."""
    from cleanpark.analysis.comparison.years import quarters_until

    if until is None:
        return 60 if quarters is None else quarters
    if quarters is not None:
        raise InputError("--until and --quarters are both given: give one of them")
    return quarters_until(until)
