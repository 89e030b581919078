"""A comparison by calendar year, by park and by sector: the same pairs, other sums."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.statistics.means import first_lasting
from cleanpark.analysis.statistics.paired import paired
from cleanpark.model.outcomes import OUTCOMES, group_names, outcome
from cleanpark.scenarios.dates import FIRST_YEAR
from cleanpark.scenarios.errors import Counted, InputError, Listed, nearest
from cleanpark.scenarios.park import catalogue_of

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison.comparison import Comparison

Values = NDArray[np.float64]


def years_of(quarters: int) -> list[int]:
    """The whole calendar years among so many quarters.

    >>> years_of(9)
    [2026, 2027]
    """
    return [FIRST_YEAR + number for number in range(quarters // 4)]


def place_of_year(year: int, quarters: int) -> int:
    """Position of a year among the whole ones; InputError where it is none of them."""
    whole = years_of(quarters)
    if year not in whole:
        if not whole:
            raise InputError(
                Counted(
                    "{count} quarter holds no whole year", "{count} quarters hold no whole year",
                    quarters,
                )
            )  # fmt: skip
        raise InputError(
            "year {year}: the quarters simulated hold the years {first} to {last}",
            year=year, first=whole[0], last=whole[-1],
        )  # fmt: skip
    return year - FIRST_YEAR


def yearly(values: Values, kind: str) -> Values:
    """Values by quarter (last axis) to values by whole year: totals added, levels averaged over
    the quarters in which they are defined."""
    whole = values.shape[-1] // 4
    quarters = values[..., : 4 * whole].reshape(*values.shape[:-1], whole, 4)
    if kind == "total":
        return np.asarray(quarters.sum(axis=-1))
    defined = np.isfinite(quarters)
    count = defined.sum(axis=-1)
    total = np.where(defined, quarters, 0.0).sum(axis=-1)
    return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)


def by_year(found: Comparison, scenario: int, name: str) -> Values:
    """An outcome over all parks by (seed, whole year)."""
    return yearly(found.series(scenario, name), outcome(name).kind)


def _with_totals(found: Comparison, of: Callable[[int, str], Values]) -> Comparison:
    """The comparison with other horizon values: ``of`` gives those of a scenario and outcome by
    seed."""
    values = np.stack(
        [
            np.stack([of(place, declared.name) for declared in OUTCOMES], axis=-1)
            for place in range(len(found.names))
        ]
    )
    return replace(found, ensemble=replace(found.ensemble, groups=values[:, :, None, :]))


def of_year(found: Comparison, year: int) -> Comparison:
    """The comparison of one year alone: its ``table`` and ``row`` tell of that year."""
    place = place_of_year(year, found.ensemble.quarters)
    return _with_totals(found, lambda number, name: by_year(found, number, name)[:, place])


def of_park(found: Comparison, name: str) -> Comparison:
    """The comparison of one of several parks, over the horizon."""
    names = [park.name for park in found.ensemble.parks]
    if name not in names:
        raise InputError(
            "park '{park}': is not among those compared{hint} (there are {known})",
            park=name, hint=nearest(name, names), known=Listed(names),
        )  # fmt: skip
    park = names.index(name)
    places = {declared.name: place for place, declared in enumerate(OUTCOMES)}
    horizon = found.ensemble.horizon
    return _with_totals(found, lambda number, one: horizon[number, :, park, places[one]])


def of_sector(found: Comparison, name: str) -> Comparison:
    """The comparison of one sector's enterprises over all parks, over the horizon."""
    names = [sector.name for sector in catalogue_of(found.ensemble.parks)]
    if name not in names:
        raise InputError(
            "sector '{sector}': unknown{hint} (there are {known})",
            sector=name, hint=nearest(name, names), known=Listed(names),
        )  # fmt: skip
    return of_group(found, f"sector:{name}")


def groups_of(found: Comparison) -> list[str]:
    """Names of the groups of enterprises that a comparison has sums of."""
    return group_names([sector.name for sector in catalogue_of(found.ensemble.parks)])


def of_group(found: Comparison, name: str) -> Comparison:
    """The comparison of a group of enterprises over all parks, over the horizon; groups are named
    as :func:`cleanpark.model.outcomes.group_names` names them."""
    group = groups_of(found).index(name)
    places = {declared.name: place for place, declared in enumerate(OUTCOMES)}
    groups = found.ensemble.groups
    return _with_totals(found, lambda number, one: groups[number, :, group, places[one]])


KINDS = ("sector", "size", "commitment", "park")
"""What a comparison can be parted by."""
GROUPED_BY = {"sector": "sector", "size": "size", "commitment": "attitude"}


def parts_by(found: Comparison, kind: str) -> dict[str, Comparison]:
    """The comparison of each part, by the part's name: of a sector, size or commitment to the
    environment as ``group_names`` has them, of a park by its own; parts without output are left
    out."""
    if kind == "park":
        names = [park.name for park in found.ensemble.parks]
        return {name: of_park(found, name) for name in names}
    chosen = [name for name in groups_of(found) if name.startswith(f"{GROUPED_BY[kind]}:")]
    parts = {name: of_group(found, name) for name in chosen}
    return {name: part for name, part in parts.items()
            if part.row(found.reference, "output")["mean"] > 0.0}  # fmt: skip


def yearly_table(found: Comparison, name: str) -> pd.DataFrame:
    """An outcome by scenario and year: mean, reference, paired difference with its 95 % interval
    (``low``, ``high``), and whether it is distinguishable from zero; in the outcome's unit."""
    import pandas as pd

    base = by_year(found, found.reference_place, name)
    frames = []
    for place, scenario in enumerate(found.names):
        pairs = paired(by_year(found, place, name), base)
        frames.append(
            pd.DataFrame(
                {
                    "scenario": scenario,
                    "year": years_of(found.ensemble.quarters),
                    "outcome": name,
                    "unit": outcome(name).unit,
                    "mean": pairs.mean,
                    "reference": pairs.reference,
                    "difference": pairs.difference,
                    "low": pairs.low,
                    "high": pairs.high,
                    "distinguishable": pairs.distinguishable,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def told_from(found: Comparison, scenario: str, name: str) -> int | None:
    """First year from which on an outcome differs from the reference's, distinguishably and in one
    direction, up to the end; None where there is none."""
    base = by_year(found, found.reference_place, name)
    if not base.shape[1]:
        return None
    pairs = paired(by_year(found, found.names.index(scenario), name), base)
    sign = np.sign(pairs.difference)
    since = first_lasting(pairs.distinguishable & (sign == sign[-1]))
    return None if since is None else years_of(found.ensemble.quarters)[since]


def quarters_until(year: int) -> int:
    """Number of quarters up to the end of a year.

    >>> quarters_until(2030), quarter_label(quarters_until(2030) - 1)
    (20, '2030-Q4')
    """
    last = 2060
    if not FIRST_YEAR <= year <= last:
        raise InputError(
            "until {year}: a year from {first} to {last} is needed",
            year=year, first=FIRST_YEAR, last=last,
        )  # fmt: skip
    return 4 * (year - FIRST_YEAR + 1)
