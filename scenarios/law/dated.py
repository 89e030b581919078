"""Figures of the law by date: what holds from when until when, by which article of which text."""

from __future__ import annotations

import datetime
import itertools
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from cleanpark.scenarios.errors import InputError, ScenarioError
from cleanpark.scenarios.value import Certainty, Finite, Record, Title

FIRST_DAY = datetime.date(2018, 1, 1)
"""The environmental protection tax is in force since this day."""
LAST_DAY = datetime.date(2060, 12, 31)
"""End of the longest horizon."""


class Text(Record):
    """A law, a decision or another text that figures name, and where to read it.

    ``kind``: statute, regulation, decision of a province, notice; list: a published summary;
    news; none: nothing to open, so that what names it is assumed.
    """

    kind: Literal["statute", "regulation", "decision", "notice", "list", "news", "none"]
    title: Title
    from_: datetime.date | None = Field(default=None, alias="from")
    until: datetime.date | None = None
    where: str = ""
    note: Title | None = None


class Period(Record):
    """One period of a figure; ``until`` is the last day, empty while it is open."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    from_: datetime.date = Field(alias="from")
    until: datetime.date | None = None
    text: str
    article: str = ""
    certainty: Certainty
    note: Title | None = None

    def holds(self, day: datetime.date) -> bool:
        """Whether the period covers the day."""
        return self.from_ <= day and (self.until is None or day <= self.until)


class Band(Period):
    """A statutory range, in the unit of its figure."""

    low: Finite
    high: Finite


class Reduction(Period):
    """Relief for a concentration so far below the standard."""

    below_standard: Finite
    reduction: Finite


class Count(Period):
    """How many pollutants of an outlet are taxed."""

    count: int


class WasteRate(Period):
    """Tax on a kind of solid waste, CNY per t."""

    rate: Finite


class NoiseSteps(Period):
    """Tax on noise, CNY per month, from so many decibels above the standard on."""

    decibels: tuple[int, ...]
    rates: tuple[Finite, ...]


class Equivalent(Period):
    """Amount of a pollutant that makes one pollution equivalent."""

    equivalent: Annotated[Finite, Field(gt=0.0)]


class Rates(Period):
    """Rates of a province, CNY per pollution equivalent."""

    air: Finite
    water: Finite
    pollutants: dict[str, Finite] = Field(default_factory=dict)


def _closed(periods: Any) -> Any:
    """Periods that end the day before the next begins, where nothing else is said."""
    if not isinstance(periods, list) or not all(isinstance(one, dict) for one in periods):
        return periods
    closed = [dict(one) for one in periods]
    for one, following in itertools.pairwise(closed):
        start = following.get("from")
        if isinstance(start, datetime.date):
            one.setdefault("until", start - datetime.timedelta(days=1))
    return closed


class Dated[P: Period](Record):
    """A figure of the law through time: its title and its periods, earliest first."""

    title: Title
    unit: str = "CNY per case"
    aliases: tuple[str, ...] = ()
    period: Annotated[tuple[P, ...], BeforeValidator(_closed)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.period:
            raise InputError("needs a period")
        for one in self.period:
            if one.until is not None and one.until < one.from_:
                raise InputError(
                    "a period ends {until}, before it begins {from_}",
                    until=one.until,
                    from_=one.from_,
                )
        for one, following in itertools.pairwise(self.period):
            if one.until is None or one.until >= following.from_:
                raise InputError(
                    "periods overlap: one begins {from_} in another", from_=following.from_
                )
        return self

    def at(self, day: datetime.date) -> P | None:
        """The period that holds on a day; None where none does."""
        return next((one for one in self.period if one.holds(day)), None)


class Pollutant(Dated[Equivalent]):
    """A pollutant of Schedule 2: the amount in ``unit`` that makes one equivalent.

    ``class_`` is that of water pollutants; of one ``group`` only the pollutant with most
    equivalents is taxed at an outlet; up to ``exempt_up_to`` nothing is taxed.
    """

    unit: str = "kg"
    number: int = 0
    class_: int = 2
    group: str = ""
    exempt_up_to: Finite = 0.0


def day_of(date: datetime.date | str) -> datetime.date:
    """The day of a date, of a month (its first day) or of a quarter (its first day).

    >>> day_of("2026-Q4"), day_of("2026-09")
    (datetime.date(2026, 10, 1), datetime.date(2026, 9, 1))
    """
    day = date.date() if isinstance(date, datetime.datetime) else date
    if isinstance(day, str):
        day = _read_day(day.strip())
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ScenarioError(
            "date {date}: outside what is known, {first} to {last}",
            date=date,
            first=FIRST_DAY,
            last=LAST_DAY,
        )
    return day


def _read_day(text: str) -> datetime.date:
    year, _, rest = text.partition("-")
    try:
        if rest[:1] in ("Q", "q"):
            return datetime.date(int(year), 3 * _quarter(rest[1:]) - 2, 1)
        if rest and "-" not in rest:
            return datetime.date(int(year), int(rest), 1)
        return datetime.date.fromisoformat(text)
    except ValueError as cause:
        raise ScenarioError(
            "date {date}: write a day, a month or a quarter, such as 2026-09-30, 2026-09 or "
            "2026-Q3",
            date=repr(text),
        ) from cause


def _quarter(text: str) -> int:
    if text not in ("1", "2", "3", "4"):
        raise InputError(text)
    return int(text)
