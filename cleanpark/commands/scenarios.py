"""`cleanpark scenarios`: list, show, start and check policy scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanpark.commands.console import (
    Column,
    language,
    print_json,
    rows_of,
    say,
    table,
    tell,
    tell_exactly,
    title_of,
)
from cleanpark.commands.options import Json, Language, Replace, Settings
from cleanpark.commands.shell import BAD_INPUT, Command, Group, refuse
from cleanpark.scenarios.override import settings_of

if TYPE_CHECKING:
    from cleanpark.scenarios.scenario import Scenario

app = typer.Typer(cls=Group, no_args_is_help=True, help="List, show, start and check scenarios.")


@app.command("list", cls=Command)
def list_scenarios(as_json: Json = False, language: Language = None) -> None:
    """List the packaged scenarios."""
    from cleanpark.scenarios.scenario import scenarios

    frame = scenarios()
    if as_json:
        print_json(rows_of(frame))
        return
    columns = [
        Column(say("Name"), wrap=False),
        Column(say("Title")),
        Column(say("Extends"), wrap=False),
        Column(say("Description")),
    ]
    rows = [
        [row["name"], title_of(row), row["extends"], title_of(row, "description")]
        for row in frame.to_dict("records")
    ]
    table(columns, rows)


@app.command("show", cls=Command)
def show(
    name: Annotated[str, typer.Argument(metavar="SCENARIO|FILE", help="Name or TOML file.")],
    toml: Annotated[
        bool, typer.Option("--toml", help="Print a scenario file that says the same.")
    ] = False,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Show what a scenario sets, with the source of each value."""
    from cleanpark.scenarios.scenario import scenario

    found = scenario(name)
    if as_json:
        print_json(_content(found))
    elif toml:
        tell_exactly(found.to_toml().removesuffix("\n"))
    else:
        _print(found)


@app.command("new", cls=Command)
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="File to write.")],
    extends: Annotated[
        str, typer.Option("--extends", help="Scenario it starts from, by name or file.")
    ] = "voluntary",
    title: Annotated[
        str | None,
        typer.Option("--title", help="What tables and figures call it.", show_default=False),
    ] = None,
    settings: Settings = None,
    replace: Replace = False,
    language: Language = None,
) -> None:
    """Write a scenario file to start from, with every lever in a comment; --set sets levers."""
    from cleanpark.commands.console import language as spoken
    from cleanpark.commands.files import write_new
    from cleanpark.scenarios.folders import user_path
    from cleanpark.scenarios.scenario import new_scenario_text

    path = user_path(file)
    path = path if path.suffix == ".toml" else path.with_name(path.name + ".toml")
    text = new_scenario_text(path.stem, extends, spoken(), title, settings_of(settings))
    write_new(path, text, replace)
    tell(say("Wrote {path}; check it with: cleanpark scenarios check {path}", path=path))


@app.command("check", cls=Command)
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Scenario files, or packaged names.")
    ],
    language: Language = None,
) -> None:
    """Check scenario files; says what is wrong by file, line and key."""
    from cleanpark.scenarios.errors import InputError
    from cleanpark.scenarios.scenario import scenario

    wrong = 0
    for file in files:
        try:
            found = scenario(file)
        except InputError as problem:
            refuse(problem)
            wrong += 1
            continue
        changed = len(found.differences())
        tell(
            say("{file}: good; '{name}' sets {count} levers", file=file, name=found.name,
                count=changed)
        )  # fmt: skip
    if wrong:
        raise typer.Exit(BAD_INPUT)


def _content(found: Scenario) -> dict[str, Any]:
    return {
        "name": found.name,
        "title": found.title,
        "description": found.description,
        "extends": found.extends,
        "source": found.source,
        "sha256": found.digest,
        "levers": found.values(),
        "changed": found.differences(),
        "behaviour": found.behaviour_values(),
        "sources": found.sources,
    }


def _print(found: Scenario) -> None:
    from cleanpark.scenarios.levers import behaviour_parameters, levers

    tongue = language()
    tell(f"{found.name}: {tongue.of(found.title)}", style="bold")
    tell(tongue.of(found.description))
    if found.extends:
        tell(say("Extends: {name}", name=found.extends))
    tell(say("Source: {source}", source=found.source))
    tell()
    declared = {**levers(), **behaviour_parameters()}
    changed = {**found.differences(), **found.behaviour_values()}
    if not changed:
        tell(say("Every lever has its default; cleanpark parameters lists them."))
        _print_outside_law(found)
        return
    columns = [
        Column(say("Lever"), width=20),
        Column(say("Meaning")),
        Column(say("Value")),
        Column(say("Default"), right=True),
        Column(say("Unit")),
        Column(say("Source")),
    ]
    rows = [
        [
            name,
            tongue.of(declared[name].title),
            _value(value),
            _one(declared[name].default),
            "" if declared[name].choices else declared[name].unit,
            found.sources.get(name, found.source),
        ]
        for name, value in changed.items()
    ]
    table(columns, rows, wide=120)
    _print_outside_law(found)


def _print_outside_law(found: Scenario) -> None:
    """Say which levers leave the statutory range of their quarter, and by which text."""
    from cleanpark.analysis.words.law import beside_the_law

    for line in beside_the_law(found, language()):
        tell(line)


def _value(value: Any) -> str:
    """A value; dated ones as a few dates, a long phase-in by its ends."""
    if not isinstance(value, dict):
        return _one(value)
    dates = list(value.items())
    if len(dates) > 4:
        (first, low), (start, _), (last, high) = dates[0], dates[1], dates[-1]
        steady = say("{value} from {date}", value=_one(low), date=first)
        return f"{steady}; {start} … {last}: {_one(low)} … {_one(high)}"
    return "; ".join(say("{value} from {date}", value=_one(one), date=date) for date, one in dates)


def _one(value: Any) -> str:
    return value if isinstance(value, str) else f"{value:g}"
