"""Results that are kept in a file, so that the page is made again without a run."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cleanpark.analysis.validation.estimate import Estimate
from cleanpark.analysis.validation.pattern import Pattern
from cleanpark.analysis.validation.verdict import PartResult, PatternResult
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.foreign import reason_of

KEPT_FILE = Path(__file__).parent / "kept.csv"
"""Results of the packaged patterns, as `tools/validate.py` last gave them."""
COLUMNS = ("pattern", "part", "effect", "low", "high", "seeds", "version")


@dataclass(frozen=True)
class Kept:
    """Results and the version of cleanpark that gave them."""

    results: tuple[PatternResult, ...]
    version: str


def text_of(results: Sequence[PatternResult], version: str) -> str:
    """Results as CSV, one part a row; six significant digits, empty where undefined."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for result in results:
        for one in result.parts:
            found = one.found
            cells = [_cell(value) for value in (found.effect, found.low, found.high)]
            writer.writerow([result.pattern.name, one.part.name, *cells, found.seeds, version])
    return stream.getvalue()


def _cell(value: float) -> str:
    return f"{value + 0.0:.6g}" if math.isfinite(value) else ""


def read_kept(path: Path, patterns: Sequence[Pattern]) -> Kept:
    """Results of these patterns from a file; InputError where it is missing, damaged, or lacks a
    part of a pattern."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
        found = {(row["pattern"], row["part"]): _estimate(row) for row in rows}
        versions = {row["version"] for row in rows}
    except OSError as cause:
        raise InputError(
            "{path}: cannot be read ({reason})", path=path, reason=reason_of(cause)
        ) from cause
    except (KeyError, TypeError, ValueError) as cause:
        raise InputError("{path}: holds no results of patterns", path=path) from cause
    results = [_result(pattern, found, path) for pattern in patterns]
    return Kept(tuple(results), ", ".join(sorted(versions)))


def _result(pattern: Pattern, found: dict[tuple[str, str], Estimate], path: Path) -> PatternResult:
    parts = []
    for part in pattern.parts:
        if (pattern.name, part.name) not in found:
            raise InputError(
                "{path}: has no result of pattern '{pattern}', part '{part}'; run make validate",
                path=path, pattern=pattern.name, part=part.name,
            )  # fmt: skip
        parts.append(PartResult(part, found[pattern.name, part.name]))
    return PatternResult(pattern, tuple(parts))


def _estimate(row: dict[str, str]) -> Estimate:
    effect, low, high = (
        float(row[name]) if row[name] else math.nan for name in ("effect", "low", "high")
    )
    return Estimate(effect, low, high, int(row["seeds"]))
