"""Quarters by label and by number; the first is 2026-Q1."""

from __future__ import annotations

import re
from typing import Any

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.whole import whole

FIRST_YEAR = 2026
LAST_QUARTER = 4 * (2060 - FIRST_YEAR) + 3
"""Number of the last quarter a scenario may name, 2060-Q4."""
MOST_QUARTERS = 400
"""Quarters of the longest run; beyond the last that a scenario may name its last values hold."""
_LABEL = re.compile(r"^(\d{4})-?Q([1-4])$")


def quarter_label(number: int) -> str:
    """Label of a quarter by its number.

    >>> quarter_label(5)
    '2027-Q2'
    """
    return f"{FIRST_YEAR + number // 4}-Q{number % 4 + 1}"


def quarter_number(label: str) -> int:
    """Number of a quarter by its label; ValueError for what is no quarter of the horizon.

    >>> quarter_number("2027-Q2")
    5
    """
    match = _LABEL.match(str(label).strip())
    if match is None:
        raise InputError(
            "{label!r} is no quarter: write a year and a quarter, such as 2028-Q1", label=label
        )
    number = 4 * (int(match[1]) - FIRST_YEAR) + int(match[2]) - 1
    if not 0 <= number <= LAST_QUARTER:
        last = quarter_label(LAST_QUARTER)
        raise InputError(
            "{label!r} is outside the horizon {first} to {last}",
            label=label,
            first=quarter_label(0),
            last=last,
        )
    return number


def quarter_of(given: Any) -> int:
    """Number of the quarter whose values hold: of a number, the last that can be named at most;
    of a label, its own. InputError for anything else.

    >>> quarter_of("2027-Q2"), quarter_of(399) == LAST_QUARTER
    (5, True)
    """
    if isinstance(given, str):
        return quarter_number(given)
    number = whole(given)
    if number is None or number < 0:
        raise InputError(
            "quarter = {given}: a whole number from 0, or a quarter such as 2028-Q1",
            given=repr(given),
        )
    return min(number, LAST_QUARTER)
