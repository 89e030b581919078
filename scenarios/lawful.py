"""Parameters and scenarios beside the law of the quarter."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.scenarios.dates import LAST_QUARTER, quarter_label
from cleanpark.scenarios.law.dated import Dated, Period
from cleanpark.scenarios.levers import (
    behaviour_parameters,
    levers,
    statutory_figure,
    statutory_range,
)

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.scenario import Scenario

LOOKED_AT = 60
"""Quarters of a scenario that are held against the law: 2026 to 2040."""


def parameters(date: str | None = None) -> pd.DataFrame:
    """Every lever and behavioural parameter: name, kind, meaning, unit, default, bounds, range,
    scale, distribution, choices, source, certainty; and where the law sets one, its range on a
    day (without a date by the newest law that the data know) with the text and article."""
    import pandas as pd

    rows = []
    for kind, table in (("lever", levers()), ("behaviour", behaviour_parameters())):
        for name, one in table.items():
            numeric = one.scale != "choice"
            statutory = statutory_range(one, date)
            rows.append(
                {
                    "name": name,
                    "kind": kind,
                    "group": one.group,
                    "title_en": one.title["en"],
                    "title_zh": one.title["zh"],
                    "unit": one.unit,
                    "default": one.default,
                    "low": one.low if numeric else np.nan,
                    "high": one.high if numeric else np.nan,
                    "range_low": one.range[0] if numeric else np.nan,
                    "range_high": one.range[1] if numeric else np.nan,
                    "scale": one.scale,
                    "distribution": one.distribution,
                    "choices": ", ".join(one.choices),
                    "source": one.source,
                    "certainty": one.certainty,
                    "law_low": statutory.low if statutory else np.nan,
                    "law_high": statutory.high if statutory else np.nan,
                    "law_en": statutory.source["en"] if statutory else "",
                    "law_zh": statutory.source["zh"] if statutory else "",
                }
            )
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class OutsideLaw:
    """A lever outside its statutory range from a quarter on, until a quarter that is still so."""

    lever: str
    first: str
    last: str
    value: float
    low: float
    high: float
    source: dict[str, str]


def outside_law(found: Scenario, quarters: int = LOOKED_AT) -> list[OutsideLaw]:
    """Where a scenario's levers leave the statutory range of their quarter.

    A scenario may explore what the law does not allow; then this says so. Zero where an
    instrument is not used counts as absent, not as outside.
    """
    values = [found.at(quarter) for quarter in range(quarters)]
    stretches: list[OutsideLaw] = []
    for name, lever in levers().items():
        if lever.law and not lever.choices:
            told = [float(one[name]) for one in values]
            stretches.extend(_stretches(name, told))
    return stretches


def _stretches(name: str, values: list[float]) -> Iterator[OutsideLaw]:
    """Stretches of quarters with one value outside one range."""
    lever, start, quarters = levers()[name], 0, len(values)
    known = [
        (value, statutory_range(lever, last_day(quarter))) for quarter, value in enumerate(values)
    ]
    for quarter in range(1, quarters + 1):
        if quarter < quarters and known[quarter] == known[start]:
            continue
        value, bounds = known[start]
        if bounds is not None and value > 0.0 and not bounds.low <= value <= bounds.high:
            yield OutsideLaw(lever.name, quarter_label(start), quarter_label(quarter - 1), value,
                             bounds.low, bounds.high, bounds.source)  # fmt: skip
        start = quarter


def taxes_on_trial(found: Scenario, quarters: int = LOOKED_AT) -> bool:
    """Whether a scenario taxes volatile organic compounds, whose rate no text sets yet."""
    return any(float(found.at(quarter)["voc_tax_rate"]) > 0.0 for quarter in range(quarters))


@dataclass(frozen=True)
class Holding:
    """A figure of the law behind the levers, and the quarters of a horizon for which it holds."""

    figure: Dated[Any]
    period: Period
    first: str
    last: str


def holds_by_law(quarters: int = LOOKED_AT) -> list[Holding]:
    """What holds by law over a horizon: every dated figure behind a lever or a behavioural
    parameter, by the quarter from which it holds; a change within the horizon is a row of its own.

    The law of a quarter is that of its last day.
    """
    named = dict.fromkeys(
        (name, lever.name)
        for lever in (*levers().values(), *behaviour_parameters().values())
        for name in lever.law
    )
    figures = {name: statutory_figure(name, lever) for name, lever in reversed(list(named))}
    found = [one for figure in reversed(figures.values()) for one in _periods(figure, quarters)]
    return sorted(found, key=lambda one: one.first)


def _periods(figure: Dated[Any], quarters: int) -> Iterator[Holding]:
    """Stretches of quarters for which one period of a figure holds."""
    days = [datetime.date.fromisoformat(last_day(quarter)) for quarter in range(quarters)]
    for period, places in groupby(range(quarters), lambda quarter: figure.at(days[quarter])):
        if period is not None:
            held = list(places)
            yield Holding(figure, period, quarter_label(held[0]), quarter_label(held[-1]))


def last_day(quarter: int) -> str:
    """The last day of a quarter by its number, whose law is the quarter's; beyond the last that is
    known, that one's law goes on."""
    label = quarter_label(min(quarter, LAST_QUARTER))
    month = 3 * int(label[-1])
    return f"{label[:4]}-{month:02d}-{31 if month in (3, 12) else 30}"
