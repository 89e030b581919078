"""Published totals of discharge and revenue that sectors are held against."""

from __future__ import annotations

import functools
from pathlib import Path

from pydantic import Field

from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.reading import checked, read_toml
from cleanpark.scenarios.value import Certainty, Finite, Record, Title

FILE = Path(__file__).with_name("published.toml")
ALL = "all"
"""In place of a sector: the whole park beside the whole of industry."""
KILO, TERA, WAN = 1e3, 1e12, 1e4


class Amount(Record):
    """A published amount; ``source`` names an entry of the file's sources."""

    value: Finite = Field(gt=0.0)
    low: Finite = Field(gt=0.0)
    high: Finite = Field(gt=0.0)
    source: str
    certainty: Certainty


class Published(Record):
    """One flow of one industry in one year: total, revenue, scope, and the band of the ratio."""

    flow: str
    sector: str
    year: int
    total: Amount
    revenue: Amount
    scope: Title
    band: tuple[Finite, Finite]
    why: Title | None = None

    @property
    def per_output(self) -> float:
        """Kilograms per 10,000 CNY of revenue, from 1,000 t and 10^12 CNY."""
        return _per_output(self.total.value, self.revenue.value)

    @property
    def range(self) -> tuple[float, float]:
        """Least and most that the ranges of total and revenue allow, kg per 10,000 CNY."""
        return (
            _per_output(self.total.low, self.revenue.high),
            _per_output(self.total.high, self.revenue.low),
        )


def _per_output(kilotonnes: float, trillion: float) -> float:
    return kilotonnes * KILO * KILO / (trillion * TERA / WAN)


class _File(Record):
    source: dict[str, Title]
    published: tuple[Published, ...]


@functools.cache
def _file() -> _File:
    return checked(_File, read_toml(FILE, ScenarioError), FILE, ScenarioError)


def published_totals() -> tuple[Published, ...]:
    """All entries, in the file's order."""
    return _file().published


def source_of(amount: Amount) -> dict[str, str]:
    """What an amount was taken from, by language."""
    return _file().source[amount.source]
