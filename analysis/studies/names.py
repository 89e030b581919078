"""Names that a study's outcomes may have, checked before the first run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

from cleanpark.scenarios.errors import InputError

BY_QUARTER = "_by_quarter"
"""Ending of the columns that hold an outcome's values quarter by quarter."""
DUMMY = "(dummy)"
"""Name of the row of indices that says what an index is for inputs without influence: methods that
read any data see influence in every finite sample. Only what lies above the upper bound stands
out."""
RESERVED = ("sample", "seed", "status", "reason")
"""Columns of the results that no outcome can have the name of, however it is written."""


def outcome_names(given: str | Iterable[str]) -> tuple[str, ...]:
    """Outcomes of a function of one's own; one, or several.

    Tables of results tell names apart without regard to case, so two that differ in it alone are
    refused, as are names of the tables' own columns.
    """
    if given is None or not isinstance(given, Iterable):
        raise InputError("outcomes: name what the function returns")
    names = tuple([given] if isinstance(given, str) else given)
    if not names:
        raise InputError("outcomes: name what the function returns")
    folded: dict[str, str] = {}
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise InputError("outcome {name}: give a text as its name", name=repr(name))
        if name.casefold() in RESERVED or name.casefold().endswith(BY_QUARTER):
            raise InputError("outcome '{name}': is taken; give another name", name=name)
        other = folded.setdefault(name.casefold(), name)
        if names.count(name) > 1:
            raise InputError("outcome '{name}': is taken; give another name", name=name)
        if other != name:
            raise InputError(
                "outcomes '{one}' and '{other}' differ in case alone; give one another name",
                one=other, other=name,
            )  # fmt: skip
    return names


def check_parameter_names(columns: Iterable[object], outcomes: Iterable[str]) -> None:
    """Refuse parameters that have the name of an outcome or of a column of the results."""
    taken = {*RESERVED, *outcomes, DUMMY}
    for name in map(str, columns):
        if not name.strip():
            raise InputError("parameter {name}: give a text as its name", name=repr(name))
        if name in taken:
            raise InputError(
                "parameter '{name}': has the name of an outcome or of a column of the results; "
                "give another name", name=name,
            )  # fmt: skip


def check_callable(function: Callable[..., Any]) -> None:
    """Refuse a function that cannot be called with parameters and a seed."""
    try:
        takes = inspect.signature(function)
    except (ValueError, TypeError):
        return  # compiled: nobody knows before it is called
    try:
        takes.bind({}, 0)
    except TypeError as cause:
        raise InputError(
            "the function is called with two values, the parameters by name and the seed, such as "
            "lambda parameters, seed: ...; this one takes {takes}", takes=takes,
        ) from cause  # fmt: skip
