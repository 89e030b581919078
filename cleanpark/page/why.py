"""Why an enterprise chose as it did and not the next best, as sentences to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cleanpark.agents.enterprise import Enterprise
from cleanpark.agents.investment import (
    hurdle_of,
    paid_investment,
    worth_buying,
    worth_of_savings,
    yearly_value,
)
from cleanpark.agents.technology import is_offered
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import in_percent, money
from cleanpark.analysis.words.story import MEDIUM
from cleanpark.analysis.words.titles import in_language
from cleanpark.model.trace import SAME_EFFORT, Quarter, options_in, sector_of
from cleanpark.page.texts import say
from cleanpark.scenarios.errors import N_

SHOWN = 3
"""Options told that were not bought, the nearest to worth it first."""


@dataclass
class Watch:
    """What was seen of an enterprise in a quarter: whether it was asked about options at all, and
    how it weighed each."""

    asked: bool = False
    weighed: list[Weighed] = field(default_factory=list)


@dataclass(frozen=True)
class Weighed:
    """An option as the enterprise saw it: whether it bought it; yearly saving, own payment
    and net present value, 10,000 CNY; the return it asks for, share a year; whether it can be
    bought yet."""

    bought: bool
    name: str
    titles: Any
    yearly: float
    paid: float
    worth: float
    hurdle: float
    offered: bool


def watching(number: int, quarter: int, seen: Watch) -> type[Enterprise]:
    """A class of enterprises that decide as ever; the one of this number writes into ``seen`` how
    it weighed its options in a quarter."""

    class Watched(Enterprise):
        """An enterprise whose options are written down."""

        def choose_options(self, *given: Any) -> Any:
            """As every enterprise."""
            here = self.row == number and self.model.steps == quarter + 1
            before = list(_weigh(self, *given)) if here else []
            bought = super().choose_options(*given)
            names = set(options_in(self, Quarter(""), int(bought))) if here else set()
            seen.asked |= here
            seen.weighed.extend(Weighed(one[0] in names, *one) for one in before)
            return bought

    return Watched


def _weigh(firm: Any, sector: Any, policy: Any, behaviour: Any, park: Any) -> Iterator[Any]:
    """What the rule of investment sees of each option known and not yet in place."""
    worth = worth_of_savings(firm, sector, policy, behaviour, park)
    hurdle = hurdle_of(firm, policy, behaviour)
    known = int(firm.identified) & ~int(firm.implemented)
    for place, option in enumerate(sector_of(firm).option):
        if known >> place & 1:
            yield (
                option.name, option.title,
                float(yearly_value(firm, sector, policy, behaviour, worth, place)),
                float(paid_investment(firm, sector, policy, place)),
                float(worth_buying(firm, sector, policy, behaviour, park, worth, hurdle, place)),
                float(hurdle.rate), bool(is_offered(sector, policy, park, place)),
            )  # fmt: skip


def reasons(quarter: Quarter, seen: Watch, language: str) -> list[str]:
    """The sentences: treatment of each medium, then the options bought and those left."""
    told = [_treatment(medium, quarter, language) for medium in quarter.plans]
    options = sorted(seen.weighed, key=lambda one: -one.worth)
    told += [_bought(one, language) for one in options if one.bought]
    left = [one for one in options if not one.bought]
    told += [_left(one, language) for one in left[:SHOWN]]
    if len(left) > SHOWN:
        told.append(say("{count} further options that it knows are worth still less to it.",
                        language, count=len(left) - SHOWN))  # fmt: skip
    elif seen.asked and not options:
        told.append(say("It knows of no option that is not already in place: an audit would "
                        "show it some.", language))  # fmt: skip
    return [text for text in told if text]


def _treatment(medium: str, quarter: Quarter, language: str) -> str:
    """The plan taken and what the next best would have cost more."""
    costs = {name: (effort, cost) for name, effort, cost in quarter.plans[medium]}
    taken = costs.get(quarter.chosen[medium])
    if taken is None:
        return ""
    spoken = Language(language)
    others = sorted((cost, name) for name, (effort, cost) in costs.items()
                    if abs(effort - taken[0]) > SAME_EFFORT and cost > taken[1])  # fmt: skip
    plain = {"medium": spoken.say(MEDIUM[medium]), "plan": spoken.say(quarter.chosen[medium]),
             "effort": in_percent(f"{100 * taken[0]:.0f}", spoken)}  # fmt: skip
    if not others:
        return ""
    dearer, name = others[0]
    return say("For {medium} it runs its treatment at {effort} (“{plan}”), because that looks "
               "cheapest once tax, believed fines and its conscience are counted. The next best, "
               "“{other}”, looks {more} dearer.", language, **plain, other=spoken.say(name),
               more=_money(dearer - taken[1], language))  # fmt: skip


def _bought(one: Weighed, language: str) -> str:
    return say("It buys “{option}”: {yearly} saved a year are worth more to it than the {paid} it "
               "pays, at the {hurdle} a year that it asks of an investment.", language,
               **_fields(one, language))  # fmt: skip


def _left(one: Weighed, language: str) -> str:
    if not one.offered:
        text = N_("It leaves “{option}”: that cannot be bought yet.")
    elif one.yearly <= 0.0:
        text = N_("It leaves “{option}”: running it costs more than it saves.")
    elif one.worth > 0.0:
        text = N_(
            "It leaves “{option}” although that is worth its {paid}: cash and credit do not reach."
        )
    else:
        text = N_(
            "It leaves “{option}”: the {yearly} saved a year are worth less to it than what "
                "the {paid} feel like, at the {hurdle} a year that it asks of an investment; "
                "it is {short} short.")  # fmt: skip
    return say(text, language, **_fields(one, language))


def _fields(one: Weighed, language: str) -> dict[str, str]:
    spoken = Language(language)
    return {
        "option": in_language(one.titles, spoken), "yearly": _money(one.yearly, language),
        "paid": _money(one.paid, language), "short": _money(-one.worth, language),
        "hurdle": in_percent(f"{100 * one.hurdle:.0f}", spoken),
    }  # fmt: skip


def _money(amount: float, language: str) -> str:
    return money(1e4 * amount, language)
