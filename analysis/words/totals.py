"""Published totals in words: names of sectors and flows, numbers, verdicts."""

from __future__ import annotations

from cleanpark.analysis.validation.totals import Compared
from cleanpark.analysis.words.language import Language
from cleanpark.scenarios.flows import flow_table
from cleanpark.scenarios.published import ALL, Amount
from cleanpark.scenarios.sectors import sectors


def name_of(one: Compared, language: Language) -> str:
    """The sector's title, or the park as a whole."""
    if one.published.sector == ALL:
        return language.say("mixed park")
    by_name = {sector.name: sector.title for sector in sectors()}
    return language.of(by_name[one.published.sector])


def flow_of(one: Compared, language: Language) -> str:
    """The flow's title."""
    return language.of(flow_table()[one.published.flow].title)


def per_output(value: float) -> str:
    """Three significant digits without an exponent.

    >>> per_output(0.046825), per_output(1.9728), per_output(0.00198)
    ('0.0468', '1.97', '0.00198')
    """
    return f"{float(f'{value:.3g}'):.6f}".rstrip("0").rstrip(".")


def verdict_of(one: Compared, language: Language) -> str:
    """Whether the ratio lies in its band, and if not whether there is a reason."""
    if one.inside:
        return language.say("inside the band")
    return language.say("outside, explained") if one.explained else language.say("outside")


def certainty_of(amount: Amount, language: Language) -> str:
    """How sure the source of an amount is."""
    return language.say(amount.certainty)
