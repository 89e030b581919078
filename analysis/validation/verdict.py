"""What comes of a pattern: each part against its band, and the verdict on the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cleanpark.analysis.validation.estimate import Estimate
from cleanpark.analysis.validation.pattern import Band, Part, Pattern
from cleanpark.scenarios.errors import N_

VERDICTS = {
    "pass": N_("pass"),
    "partly": N_("partly"),
    "fail": N_("fail"),
    "cannot": N_("cannot be set up"),
}
"""Verdicts by code."""


@dataclass(frozen=True)
class PartResult:
    """A part, what the model gives, and how that lies to the published band."""

    part: Part
    found: Estimate

    @property
    def inside(self) -> bool:
        """Whether the effect lies in the band; an undefined one does not."""
        return within(self.found.effect, self.part.band)

    @property
    def straddles(self) -> bool:
        """Whether the interval lies on both sides of a bound, so that chance may have decided."""
        low, high = self.part.band
        ends = (self.found.low, self.found.high)
        return any(ends[0] < bound < ends[1] for bound in (low, high))


@dataclass(frozen=True)
class PatternResult:
    """A pattern with the results of all its parts."""

    pattern: Pattern
    parts: tuple[PartResult, ...]

    @property
    def verdict(self) -> str:
        """``pass`` with all parts inside and nothing missing, ``fail`` with none inside,
        ``partly`` between, ``cannot`` without parts."""
        inside = sum(one.inside for one in self.parts)
        if not self.parts:
            return "cannot"
        if inside == len(self.parts) and not self.pattern.missing:
            return "pass"
        return "partly" if inside else "fail"


def within(value: float, band: Band) -> bool:
    """Whether a value lies in a band, its bounds included."""
    return band[0] <= value <= band[1]


def standardised(result: PartResult) -> tuple[float, float, float]:
    """Effect and interval on a scale on which the band runs from -1 to 1.

    Where the band is open at one end, its bound is at 1 (or -1) and the unit is the bound's size,
    or half the interval where that is larger.
    """
    found = result.found
    low, high = result.part.band
    if math.isfinite(low) and math.isfinite(high):
        centre, unit = (low + high) / 2.0, (high - low) / 2.0
    else:
        bound, side = (high, 1.0) if math.isfinite(high) else (low, -1.0)
        half = (found.high - found.low) / 2.0
        unit = max(abs(bound), half if math.isfinite(half) else 0.0) or abs(found.effect) or 1.0
        centre = bound - side * unit
    values = (found.effect, found.low, found.high)
    return tuple((value - centre) / unit for value in values)  # type: ignore[return-value]


def count(results: Sequence[PatternResult]) -> dict[str, int]:
    """Patterns by verdict."""
    return {name: sum(one.verdict == name for one in results) for name in VERDICTS}
