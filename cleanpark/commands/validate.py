"""`cleanpark validate`: published patterns against what the model gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleanpark.analysis.studies.runner import Place
from cleanpark.commands.console import (
    Column,
    language,
    print_json,
    progress,
    say,
    table,
    tell,
)
from cleanpark.commands.options import Cluster, Json, Language, Output

if TYPE_CHECKING:
    from cleanpark.analysis.validation.verdict import PatternResult


def validate(
    patterns: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATTERN",
            help="Patterns by name; all of them if none is named.",
            show_default=False,
        ),
    ] = None,
    seeds: Annotated[
        int | None,
        typer.Option(
            "--seeds",
            help="Seeds for each pattern, instead of its own number.",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    workers: Annotated[
        int, typer.Option("--workers", help="Processes; -1 for all cores. Results are the same.")
    ] = 1,
    cluster: Cluster = None,
    as_json: Json = False,
    language: Language = None,
) -> None:
    """Set the model up as published studies were, and compare what it gives with what they found.

    Each part is a mean over seeds with its 95 % interval; docs/validation.md tells sources, set-ups
    and reasons.
    """
    from cleanpark.analysis.validation.validate import validate as validated

    with progress(say("Measuring")) as report:
        found = validated(patterns, Place(workers, cluster), output, seeds, report)
    if as_json:
        print_json([_content(one) for one in found])
    else:
        _print(found)


def _print(found: list[PatternResult]) -> None:
    from cleanpark.analysis.words import validation as words

    tongue = language()
    columns = [
        Column(say("Part")),
        Column(say("Unit")),
        Column(say("Model"), right=True),
        Column(say("95 % interval"), right=True),
        Column(say("Published"), right=True),
        Column(say("Lies")),
    ]
    for result in found:
        cells = [
            [say(one.part.title), words.unit_of(one.part.unit, tongue),
             words.number_of(one.found.effect, one.part.unit, tongue),
             words.interval_of(one, tongue), words.band_of(one, tongue), words.lies(one, tongue)]
            for one in result.parts
        ]  # fmt: skip
        named = f"{say(result.pattern.title)} ({result.pattern.name})"
        table(columns, cells, f"{named}{say(': ')}{words.verdict_of(result, tongue)}", wide=100)
    tell(words.summed_up(found, tongue))


def _content(result: PatternResult) -> dict[str, Any]:
    """A pattern's results by name; open ends of a band are null."""
    parts = [
        {"part": one.part.name, "unit": one.part.unit, "effect": one.found.effect,
         "low": one.found.low, "high": one.found.high, "seeds": one.found.seeds,
         "band": list(one.part.band), "inside": one.inside, "straddles": one.straddles}
        for one in result.parts
    ]  # fmt: skip
    return {"pattern": result.pattern.name, "verdict": result.verdict, "parts": parts}
