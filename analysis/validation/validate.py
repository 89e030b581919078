"""Run patterns over their seeds: in parallel, resumable, as studies of one row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.study import Study
from cleanpark.analysis.validation.estimate import Table, estimate
from cleanpark.analysis.validation.pattern import Numbers, Pattern
from cleanpark.analysis.validation.patterns import all_patterns, pattern_names
from cleanpark.analysis.validation.trial import Trial
from cleanpark.analysis.validation.verdict import PartResult, PatternResult
from cleanpark.scenarios.errors import InputError, Listed, nearest

Progress = Callable[[int, int], None]
"""Told how many patterns of how many are done."""

DRAW = "draw"
"""Column of a study's design that numbers its parameter sets; 0 is that of the defaults."""


def measured(
    pattern: Pattern, scale: float, row: Mapping[str, Any], seed: int
) -> Mapping[str, float]:
    """What a pattern measures under one seed, for one row of behavioural parameters."""
    assert pattern.measure is not None
    behaviour = {name: float(value) for name, value in row.items() if name != DRAW}
    found: Numbers = pattern.measure(Trial(seed, scale, behaviour))
    return found


def study_of(pattern: Pattern, seeds: int | None = None, scale: float = 1.0) -> Study:
    """The study that measures a pattern: one row, the pattern's seeds."""
    function = partial(measured, pattern, scale)
    return Study(
        [{DRAW: 0}],
        function,
        pattern.measured,
        pattern.seeds if seeds is None else seeds,
        kind="pattern",
    )


def table_of(
    pattern: Pattern,
    place: Place | None = None,
    folder: Path | None = None,
    seeds: int | None = None,
) -> Table:
    """Quantities by seed; a folder keeps them, and what of it is of this very pattern is used."""
    study = study_of(pattern, seeds)
    replace = folder is not None and not study.continues(folder)
    results = study.run(folder, place, None, replace)
    for row in results.reasons(1):
        raise InputError(
            "pattern '{pattern}': could not be measured ({reason})",
            pattern=pattern.name,
            reason=row["reason"],
        )
    return {name: results.values(name)[0] for name in pattern.measured}


def judged(pattern: Pattern, table: Table) -> PatternResult:
    """Each part of a pattern against its band."""
    parts = tuple(PartResult(part, estimate(part, table)) for part in pattern.parts)
    return PatternResult(pattern, parts)


def validate(
    patterns: Sequence[str | Pattern] | None = None,
    place: Place | None = None,
    folder: str | Path | None = None,
    seeds: int | None = None,
    progress: Progress | None = None,
) -> list[PatternResult]:
    """Measure patterns and judge each part against its published band.

    All patterns where none are named; ``seeds`` runs each under so many instead of its own
    number. With a ``folder`` an interrupted call goes on where it stopped. InputError for a name
    that no pattern has, or where a measure fails.
    """
    chosen = [pattern_of(one) for one in patterns or all_patterns()]
    results = []
    for number, pattern in enumerate(chosen):
        if progress is not None:
            progress(number, len(chosen))
        table: Table = {}
        if pattern.parts:
            kept = None if folder is None else Path(folder) / pattern.name
            table = table_of(pattern, place, kept, seeds)
        results.append(judged(pattern, table))
    return results


def pattern_of(name: str | Pattern) -> Pattern:
    """A pattern by its name; InputError where none has it."""
    if isinstance(name, Pattern):
        return name
    for one in all_patterns():
        if one.name == name:
            return one
    raise InputError(
        "unknown pattern '{pattern}'{hint} (there are {patterns})",
        pattern=name,
        hint=nearest(name, pattern_names()),
        patterns=Listed(pattern_names()),
    )
