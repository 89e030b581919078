"""Targets: whether a policy meets one, from when on, and in what share of seeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.comparison.years import by_year, place_of_year, years_of
from cleanpark.analysis.statistics.means import first_lasting
from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES, outcome
from cleanpark.scenarios.dates import FIRST_YEAR
from cleanpark.scenarios.errors import InputError, nearest

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

FORM = "cod -20% by 2030"
CONVERTED = {("t", "kg"): 1000.0, ("kg", "t"): 0.001}
"""Factor from the unit written to the outcome's own."""
_WRITTEN = re.compile(
    r"""^\s*(?P<outcome>.+?)\s*
    (?P<sign>[-+−]|[<>≤≥]=?)\s*(?P<moved>[-+−]?)\s*(?P<number>\d+(?:\.\d+)?)\s*
    (?P<unit>%|％|[a-zA-Z³][\w³]*)?\s*
    (?:by|到|至|于|,|，)?\s*(?P<year>\d{4})\s*年?(?:前|底|末)?
    (?:\s*(?:from|against|比|较|自)\s*(?P<base>\d{4})\s*年?)?\s*$""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Target:
    """A level of an outcome that is to be met in a year.

    With ``relative`` the ``amount`` is a change against the level that the reference has in
    ``base_year``, as a share (-0.2 for 20 % less; of an outcome that is a share, points); else it
    is the level itself in the outcome's unit. ``below`` tells whether less or more is wanted: 0.05
    more at most, where an amount above zero is wanted below.
    """

    outcome: str
    amount: float
    year: int
    base_year: int = FIRST_YEAR
    relative: bool = True
    below: bool = True

    def goal(self, base: Any) -> Any:
        """The level to meet, from the level in the base year."""
        if not self.relative:
            return np.full_like(base, self.amount)
        if outcome(self.outcome).unit.startswith("share"):
            return base + self.amount
        return base * (1.0 + self.amount)


def named_outcome(text: str) -> str:
    """An outcome by its name or its title in any language; InputError where it is none."""
    wanted = text.strip().strip("'\"“”").casefold()
    for declared in OUTCOMES:
        titles = (title.casefold() for title in declared.title.values())
        if wanted in (declared.name, *titles):
            return declared.name
    known = [*OUTCOME_NAMES, *(title for one in OUTCOMES for title in one.title.values())]
    raise InputError(
        "unknown outcome '{outcome}'{hint}", outcome=text.strip(), hint=nearest(wanted, known)
    )


def target(text: str, base_year: int | None = None) -> Target:
    """A target as people write it; InputError says what is missing.

    >>> target("cod -20% by 2030")
    Target(outcome='cod', amount=-0.2, year=2030, base_year=2026, relative=True, below=True)
    >>> target("compliance_true >= 95% by 2028").amount
    0.95
    >>> target("carbon_dioxide <= +5% by 2030").amount
    0.05
    """
    written = _WRITTEN.match(text) if isinstance(text, str) else None
    if written is None:
        raise InputError("target '{target}': write it as '{form}'", target=text, form=FORM)
    name = named_outcome(written["outcome"])
    declared = outcome(name)
    share = declared.unit.startswith("share")
    change = written["moved"] or written["sign"]
    relative = change in ("-", "−", "+")
    percent = written["unit"] in ("%", "％")
    amount = float(written["number"])
    if not relative and (written["unit"], declared.unit) in CONVERTED:
        amount *= CONVERTED[written["unit"], declared.unit]
    else:
        _check_unit(text, written["unit"], declared.unit, relative or share, percent)
    if relative or share:
        amount /= 100.0
    below = written["sign"][0] in "-−<≤"
    if relative and change != "+":
        amount = -amount
    base = int(written["base"] or base_year or FIRST_YEAR)
    if base >= int(written["year"]) and relative:
        raise InputError(
            "target '{target}': its base year {base} is not before {year}",
            target=text, base=base, year=int(written["year"]),
        )  # fmt: skip
    return Target(name, amount, int(written["year"]), base, relative, below)


def written(wanted: Target) -> str:
    """The target as :func:`target` reads it.

    >>> written(target("化学需氧量 -20%，2030年底"))
    'cod -20% by 2030 from 2026'
    """
    unit = outcome(wanted.outcome).unit
    number, named = wanted.amount, unit
    if wanted.relative or unit.startswith("share"):
        number, named = 100.0 * number, "%"
    size = f"{round(abs(number), 9):.12g}"
    if not wanted.relative:
        sign = "<=" if wanted.below else ">="
        return f"{wanted.outcome} {sign} {size} {named} by {wanted.year}"
    sign = "-" if amount_falls(wanted) else "+"
    if amount_falls(wanted) != wanted.below:
        sign = ("<= " if wanted.below else ">= ") + sign
    return f"{wanted.outcome} {sign}{size}{named} by {wanted.year} from {wanted.base_year}"


def amount_falls(wanted: Target) -> bool:
    """Whether a change is a fall; none at all is one where less is wanted."""
    return wanted.amount < 0.0 or (wanted.amount == 0.0 and wanted.below)


def _check_unit(
    text: str, given: str | None, unit: str, percent_wanted: bool, is_percent: bool
) -> None:
    """Refuse a target whose unit is not the one it can be told in."""
    wanted = "%" if percent_wanted else unit
    if is_percent == percent_wanted and (is_percent or given == unit):
        return
    raise InputError(
        "target '{target}': its unit must be {wanted}, such as '{form}'",
        target=text, wanted=wanted, form=FORM,
    )  # fmt: skip


def shortfall(wanted: Target, level: Any, base: Any) -> Any:
    """By how much levels miss the target, as a share of the base (points for a share, and of the
    goal where the target is a level): at or below zero where it is met."""
    goal = wanted.goal(base)
    gap = (level - goal) if wanted.below else (goal - level)
    if outcome(wanted.outcome).unit.startswith("share"):
        return gap
    scale = np.abs(base if wanted.relative else goal)
    return gap / np.where(scale > 0.0, scale, np.nan)


@dataclass(frozen=True)
class Met:
    """How a scenario stands to a target, means over seeds in the outcome's unit.

    ``base`` is the reference's level in the base year, ``goal`` what is to be met, ``level`` the
    scenario's in the target's year; ``change`` the level's change against the base as a share
    (points of a share), with its range over the middle 90 % of seeds (``low``, ``high``).
    ``share`` is that of the seeds which meet it, each against its own base; ``on_average`` whether
    the mean level does; ``since`` the first year from which on the mean level does for good, None
    where it never does.
    """

    scenario: str
    base: float
    goal: float
    level: float
    change: float
    low: float
    high: float
    share: float
    seeds: int
    on_average: bool
    since: int | None


def met(found: Comparison, wanted: Target) -> list[Met]:
    """How each scenario stands to a target, in the comparison's order.

    A seed's base is the reference's level of that seed in the base year: each seed is a park of
    its own. Seeds in which a level is undefined are left out and not counted.
    """
    quarters = found.ensemble.quarters
    place = place_of_year(wanted.year, quarters)
    base = by_year(found, found.reference_place, wanted.outcome)
    base = base[:, place_of_year(wanted.base_year, quarters)]
    return [_standing(found, wanted, number, base, place) for number in range(len(found.names))]


def _standing(found: Comparison, wanted: Target, number: int, base: Any, place: int) -> Met:
    levels = by_year(found, number, wanted.outcome)
    goals = wanted.goal(base)
    used = np.isfinite(levels[:, place]) & np.isfinite(goals)
    if not used.any():
        nan = float("nan")
        return Met(found.names[number], nan, nan, nan, nan, nan, nan, nan, 0, False, None)
    at, goal, start = levels[used, place], goals[used], base[used]
    reaches = at <= goal if wanted.below else at >= goal
    share = outcome(wanted.outcome).unit.startswith("share")
    moved = at - start if share else at / np.where(start > 0, start, np.nan) - 1.0
    mean, aim = np.nanmean(levels[used], axis=0), float(goal.mean())
    on_way = mean <= aim if wanted.below else mean >= aim
    since = first_lasting(on_way)
    overall = float(at.mean() - start.mean() if share else at.mean() / start.mean() - 1.0)
    return Met(
        found.names[number], float(start.mean()), aim, float(at.mean()), overall,
        float(np.nanquantile(moved, 0.05)), float(np.nanquantile(moved, 0.95)),
        float(reaches.mean()), int(used.sum()), bool(on_way[place]),
        None if since is None else years_of(found.ensemble.quarters)[since],
    )  # fmt: skip
