"""Parameters and scenarios beside the law of the quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.levers import (
    StatutoryRange,
    behaviour_parameters,
    levers,
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
    stretches: list[OutsideLaw] = []
    for name, lever in levers().items():
        if lever.law and not lever.choices:
            stretches.extend(_stretches(found, name, quarters))
    return stretches


def _stretches(found: Scenario, name: str, quarters: int) -> Iterator[OutsideLaw]:
    """Stretches of quarters with one value outside one range."""
    lever, start = levers()[name], 0
    known = [_held(found, name, quarter) for quarter in range(quarters)]
    for quarter in range(1, quarters + 1):
        if quarter < quarters and known[quarter] == known[start]:
            continue
        value, bounds = known[start]
        if bounds is not None and value > 0.0 and not bounds.low <= value <= bounds.high:
            yield OutsideLaw(lever.name, quarter_label(start), quarter_label(quarter - 1), value,
                             bounds.low, bounds.high, bounds.source)  # fmt: skip
        start = quarter


def _held(found: Scenario, name: str, quarter: int) -> tuple[float, StatutoryRange | None]:
    """A lever's value in a quarter, and what the law of the quarter's last day lets it be."""
    return float(found.at(quarter)[name]), statutory_range(levers()[name], _last_day(quarter))


def _last_day(quarter: int) -> str:
    label = quarter_label(quarter)
    month = 3 * int(label[-1])
    return f"{label[:4]}-{month:02d}-{31 if month in (3, 12) else 30}"
