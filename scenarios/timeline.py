"""A lever over time: constant, stepped by dates, or phased in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.scenarios.dates import LAST_QUARTER, quarter_label, quarter_number
from cleanpark.scenarios.errors import InputError, shown
from cleanpark.scenarios.levers import Parameter

Series = NDArray[np.float64]
"""Value of a lever in every quarter of the longest horizon."""

PHASE_KEYS = {"from", "to", "start", "end"}


def constant(lever: Parameter, value: Any) -> Series:
    """One value for all quarters."""
    return np.full(LAST_QUARTER + 1, lever.code(value))


def apply(series: Series, lever: Parameter, given: Any) -> Series:
    """The series after a scenario's entry: a value, dates with values, or phase-ins.

    A value replaces all; a date holds until the next; before the first date, and outside a
    phase-in, the inherited value stays. Raises ValueError that says what is wrong.
    """
    if isinstance(given, Mapping):
        if PHASE_KEYS & set(given):
            return phase_in(series, lever, [given])
        return step(series, lever, given)
    if isinstance(given, Sequence) and not isinstance(given, (str, bytes, bytearray)):
        if not given:
            raise InputError("[] says nothing: {allowed}, or a list of phase-ins",
                             allowed=lever.allowed)  # fmt: skip
        return phase_in(series, lever, given)
    return constant(lever, given)


def plain(given: Any) -> Any:
    """A number that NumPy wraps as the number, and a column of pandas by quarter as a table."""
    if isinstance(given, np.ndarray) and given.ndim == 0:
        return given.item()
    to_dict = getattr(given, "to_dict", None)
    index = getattr(given, "index", ())
    if to_dict is not None and all(isinstance(label, str) for label in index):
        return to_dict()
    return given


def step(series: Series, lever: Parameter, dates: Mapping[str, Any]) -> Series:
    """Values from dates on."""
    if not dates:
        raise InputError('no date given: write { "2028-Q1" = value }')
    result = series.copy()
    by_quarter = dated(dates)
    for quarter in sorted(by_quarter):
        result[quarter:] = lever.code(by_quarter[quarter])
    return result


def dated(dates: Mapping[str, Any]) -> dict[int, Any]:
    """Values by the number of their quarter; ValueError where two dates are the same quarter."""
    found: dict[int, Any] = {}
    for date, value in dates.items():
        quarter = quarter_number(date)
        if quarter in found:
            raise InputError(
                "{quarter} is given twice: write each quarter once, as {quarter}",
                quarter=quarter_label(quarter),
            )
        found[quarter] = value
    return found


def phase_in(series: Series, lever: Parameter, phases: Sequence[Any]) -> Series:
    """Straight lines between dates; afterwards the end value holds.

    A whole-number lever takes the nearest whole number on the way.
    """
    if lever.choices:
        raise InputError("a choice cannot be phased in: {allowed}", allowed=lever.allowed)
    result = series.copy()
    busy_until = -1
    for phase in sorted(phases, key=_first):
        first, last = _first(phase), quarter_number(phase["to"])
        if last <= first:
            raise InputError(
                "phase-in ends {end}, not after it begins {start}",
                end=phase["to"],
                start=phase["from"],
            )
        if first <= busy_until:
            raise InputError(
                "phase-in from {start} overlaps the one that ends {end}",
                start=phase["from"],
                end=quarter_label(busy_until),
            )
        end = lever.code(phase["end"])
        start = lever.code(phase["start"]) if "start" in phase else result[first]
        line = np.linspace(start, end, last - first + 1)
        result[first : last + 1] = np.floor(line + 0.5) if lever.scale == "integer" else line
        result[last:] = end
        busy_until = last
    return result


def _first(phase: Any) -> int:
    if not isinstance(phase, Mapping):
        raise InputError(
            "{phase} is no phase-in: a list holds {{ from = ..., to = ..., end = ... }}; for "
            'values by date write {{ "2028-Q1" = value }}',
            phase=shown(phase),
        )
    unknown = set(phase) - PHASE_KEYS
    if unknown:
        raise InputError(
            "a phase-in has only from, to, start and end, not {unknown!r}",
            unknown=sorted(unknown)[0],
        )
    for key in ("from", "to", "end"):
        if key not in phase:
            raise InputError(
                "phase-in without '{key}': write {{ from = ..., to = ..., end = ... }}", key=key
            )
    return quarter_number(phase["from"])


def changes(series: Series) -> list[tuple[int, float]]:
    """Quarters in which the value changes, with the value from then on; the first always."""
    starts = [0, *(np.flatnonzero(np.diff(series)) + 1).tolist()]
    return [(quarter, float(series[quarter])) for quarter in starts]


def describe(lever: Parameter, series: Series) -> Any:
    """The series as a scenario file would state it: a value, or dates with values."""

    def said(value: float) -> Any:
        return lever.choices[int(value)] if lever.choices else value

    found = changes(series)
    if len(found) == 1:
        return said(found[0][1])
    return {quarter_label(quarter): said(value) for quarter, value in found}
