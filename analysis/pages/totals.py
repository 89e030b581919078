"""The page on data: sectors and flows beside published totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cleanpark.analysis.pages.markdown import head, row
from cleanpark.analysis.studies.results import write_text
from cleanpark.analysis.validation.totals import Compared
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.totals import (
    certainty_of,
    flow_of,
    name_of,
    per_output,
    verdict_of,
)
from cleanpark.scenarios.published import source_of

PAGES = {"en": "data.md", "zh": "data.zh.md"}
"""Names of the pages by language."""


def write_pages(compared: Sequence[Compared], folder: Path) -> list[Path]:
    """Write the page in every language; returns the paths."""
    return [
        write_text(folder / name, page(compared, Language(code))) for code, name in PAGES.items()
    ]


def page(compared: Sequence[Compared], language: Language) -> str:
    """The whole page as Markdown."""
    return "\n".join(_lines(compared, language)) + "\n"


def _lines(compared: Sequence[Compared], language: Language) -> Iterator[str]:
    yield "# " + language.say("Sectors beside published totals") + "\n"
    yield language.say(
        "What reaches the environment in the first year of the mixed park without a policy, after "
        "central works, per 10,000 CNY of output and weighted by output, beside published totals "
        "over revenue of the same year. A ratio outside its band has a reason, or `make data` "
        "fails. Waste is left out: statistics count what is generated, the model what is left "
        "outside lawful disposal. Published figures at 2020, the model's at 2026. This page is "
        "made by `make data`, never by hand."
    ) + "\n"  # fmt: skip
    yield from _table(compared, language)
    yield "\n## " + language.say("Why a ratio leaves its band") + "\n"
    for one in compared:
        why = one.published.why
        if why is not None and not one.inside:
            yield "- " + language.say(
                "{sector}, {flow}: {why}",
                sector=name_of(one, language),
                flow=flow_of(one, language),
                why=language.of(why),
            )
    yield "\n## " + language.say("Sources") + "\n"
    yield from _sources(compared, language)


def _table(compared: Sequence[Compared], language: Language) -> Iterator[str]:
    heads = (
        language.say("Sector"),
        language.say("Flow"),
        language.say("Model, kg per 10,000 CNY"),
        language.say("Published, kg per 10,000 CNY"),
        language.say("Ratio"),
        language.say("Accepted ratio"),
        language.say("Verdict"),
        language.say("Year"),
        language.say("What is counted"),
    )
    yield from head(*heads)
    for one in compared:
        low, high = map(per_output, one.published.range)
        yield row(
            name_of(one, language),
            flow_of(one, language),
            per_output(one.model),
            f"{per_output(one.published.per_output)} ({low}–{high})",
            f"{one.ratio:.2f}",
            "{:g}–{:g}".format(*one.published.band),
            verdict_of(one, language),
            str(one.published.year),
            language.of(one.published.scope),
        )


def _sources(compared: Sequence[Compared], language: Language) -> Iterator[str]:
    told = dict.fromkeys(
        "- "
        + language.say(
            "{certainty}: {source}",
            certainty=certainty_of(amount, language),
            source=language.of(source_of(amount)),
        )
        for one in compared
        for amount in (one.published.total, one.published.revenue)
    )
    yield from told
