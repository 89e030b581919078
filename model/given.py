"""What a model is given, as the objects it runs: scenarios, parks and seeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.agents.enterprise import Enterprise
from cleanpark.scenarios.dates import MOST_QUARTERS
from cleanpark.scenarios.errors import InputError, ParkError
from cleanpark.scenarios.park import Park, park
from cleanpark.scenarios.scenario import Scenario, scenario
from cleanpark.scenarios.whole import whole

if TYPE_CHECKING:
    from cleanpark.model.history import History


def as_scenario(given: Scenario | str | Path) -> Scenario:
    """A checked scenario from its name, its file, or itself."""
    return given if isinstance(given, Scenario) else scenario(given)


def as_parks(given: Park | str | Path | Sequence[Park | str | Path]) -> list[Park]:
    """Checked parks from names, files, or themselves; ParkError where two share a name."""
    if isinstance(given, (Park, str, Path)):
        given = [given]
    if isinstance(given, (Mapping, bytes)) or not isinstance(given, Iterable):
        raise ParkError(
            "park = {given}: give a park's name, its file, a Park, or a list of them",
            given=repr(given),
        )
    parks = [one if isinstance(one, Park) else park(one) for one in given]
    if not parks:
        raise ParkError("park: none is given; name at least one")
    names = [one.name for one in parks]
    for name in names:
        if names.count(name) > 1:
            raise ParkError(
                "two parks are named '{name}', so their results could not be told apart: "
                "give one another name",
                name=name,
            )
    return parks


def identities(parks: Sequence[Park]) -> list[str]:
    """The enterprises' identifiers: a user's own, or their number from 1."""
    names: list[str] = []
    for one in parks:
        if one.table is not None:
            names += [str(name) for name in one.table["id"]]
        else:
            first = len(names) + 1
            names += [str(number) for number in range(first, first + one.enterprises)]
    return names


def seed_of(rng: Any) -> int:
    """A seed from what Mesa calls ``rng``: a number as it is, a generator's next, or fresh."""
    seed = whole(rng)
    if seed is not None:
        if not 0 <= seed < 2**63:
            raise InputError("rng = {rng}: a seed is a whole number from 0 to 2**63 - 1", rng=rng)
        return seed
    if isinstance(rng, (bool, np.bool_)):
        raise _no_seed(rng)
    try:
        generator = np.random.default_rng(rng)
    except (TypeError, ValueError) as cause:
        raise _no_seed(rng) from cause
    return int(generator.integers(2**63 - 1))


def _no_seed(rng: Any) -> InputError:
    return InputError(
        "rng = {rng}: give a whole number from 0 to 2**63 - 1, a generator of NumPy, or None for "
        "a fresh seed", rng=repr(rng),
    )  # fmt: skip


def quarters_of(given: Any) -> int:
    """The number of quarters, a whole number of Python or NumPy; InputError for any other."""
    count = whole(given)
    if count is None or not 1 <= count <= MOST_QUARTERS:
        raise InputError(
            "quarters = {quarters!r}: a whole number from 1 to {most}",
            quarters=given,
            most=MOST_QUARTERS,
        )
    return count


def class_of(given: Any) -> type[Enterprise]:
    """The class of the enterprises, Enterprise where none is given; InputError for what is none."""
    if given is None:
        return Enterprise
    if not isinstance(given, type) or not issubclass(given, Enterprise):
        raise InputError(
            "enterprise_class = {given}: give a subclass of Enterprise itself (the class, not its "
            "name or an enterprise), made with class Mine(cp.Enterprise): ...",
            given=repr(given),
        )
    return given


def history_of(given: Any) -> History | None:
    """The history to go on from, if any; InputError for what is none, such as its folder."""
    from cleanpark.model.history import History

    if given is None or isinstance(given, History):
        return given
    raise InputError(
        "history = {given}: give what model.history() returns; to go on from a folder of "
        "histories: cp.compare(..., history=FOLDER)",
        given=repr(given),
    )
