"""Numbers that the sentence and the charts need of a comparison, by seed, with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import cleanpark as cp
from cleanpark.page import engine

Values = NDArray[np.float64]
PER = 1e4
"""A burden is CNY of net environmental cost per so many CNY of output."""
SIZES = ("size:small", "size:medium", "size:large")
ATTITUDES = ("attitude:low", "attitude:middle", "attitude:high")


@dataclass(frozen=True)
class Gap:
    """A difference with its 95 % interval; NaN where undefined."""

    value: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether it can be told from zero."""
        return self.low > 0 or self.high < 0

    @property
    def defined(self) -> bool:
        """Whether there is a difference at all."""
        return bool(np.isfinite(self.value))


def is_total(outcome: str) -> bool:
    """Whether an outcome adds up over quarters; else it is a level."""
    return str(engine.outcome_table()[outcome].kind) == "total"


def by_quarter(found: cp.Comparison, policy: int, outcome: str) -> Values:
    """An outcome by (seed, quarter) over the park."""
    values: Values = found.ensemble.quarterly[policy, :, :, 0, engine.place_of(outcome)]
    return values


def by_year(found: cp.Comparison, policy: int, outcome: str) -> Values:
    """An outcome by (seed, whole year): totals added, levels averaged over what is defined."""
    kind = str(engine.outcome_table()[outcome].kind)
    return engine.yearly(by_quarter(found, policy, outcome), kind)


def gap(values: Values, reference: Values) -> list[Gap]:
    """Paired differences of (seed, things), a gap for each thing."""
    pairs = engine.paired(values, reference)
    rows = zip(pairs.difference, pairs.low, pairs.high, strict=True)
    return [Gap(float(value), float(low), float(high)) for value, low, high in rows]


def burden_gap(found: cp.Comparison, policy: int, year: int) -> Gap:
    """Change of enterprises' net environmental cost in a year, CNY per 10,000 CNY of output."""
    place = year - engine.years(4)[0]
    rates = []
    for one in (policy, found.reference_place):
        cost = by_year(found, one, "enterprise_cost")[:, [place]]
        output = by_year(found, one, "output")[:, [place]]
        rates.append(PER * cost / np.where(output > 0, output, np.nan))
    return gap(rates[0], rates[1])[0]


def group_burdens(found: cp.Comparison, policy: int, groups: tuple[str, ...]) -> list[Gap]:
    """The same by groups of enterprises, over the whole horizon."""
    names = engine.group_names()
    places = [names.index(one) for one in groups]
    rates = []
    for one in (policy, found.reference_place):
        values = found.ensemble.groups[one][:, places, :]
        cost = values[..., engine.place_of("enterprise_cost")]
        output = values[..., engine.place_of("output")]
        rates.append(PER * cost / np.where(output > 0, output, np.nan))
    return gap(rates[0], rates[1])


def target_level(found: cp.Comparison, outcome: str, percent: float) -> float:
    """The level that a target means: the reference's first year, changed by so many percent."""
    first = by_year(found, found.reference_place, outcome)[:, 0]
    return float(np.nanmean(first)) * (1.0 + percent / 100.0)


def met(found: cp.Comparison, policy: int, outcome: str, percent: float, year: int) -> Any:
    """Whether the target is met in its year: the mean, the share of seeds, the first year for
    good (None for never)."""
    values = by_year(found, policy, outcome)
    goal = target_level(found, outcome, percent)
    better = values <= goal if percent < 0 else values >= goal
    mean = np.nanmean(values, axis=0)
    reached = mean <= goal if percent < 0 else mean >= goal
    first = engine.first_lasting(reached)
    place = year - engine.years(4)[0]
    since = None if first is None else engine.years(4)[0] + first
    return bool(reached[place]), float(better[:, place].mean()), since
