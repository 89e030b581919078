"""What a reader of a comparison must know beside its numbers, in plain sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.findings import FAMILY, chance_count, may_be_chance
from cleanpark.analysis.comparison.idle import unbegun
from cleanpark.analysis.statistics.rare import MEASURED_LOWEST, MEASURED_MEAN, at_most
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.scenarios.errors import Counted, Listed, Message

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison.comparison import Comparison

Detail = Callable[[Any], Message | str | None]
"""What stands in brackets behind the title of a row."""
MOST_SEEDS = 10_000
"""Seeds needed that are told; more are told as more than these."""
MOST_NAMED = 8
"""Differences that a sentence names; the table has all."""
LARGE_SHARE = 0.5
"""Part of the differences from which they hang on one seed."""
LEAST_SEEDS = 5
"""Seeds from which the part of one of them is worth a word."""


def caution_lines(comparison: Comparison, language: str) -> list[str]:
    """All of them: of the scenarios, of what is undefined, of intervals, and of chance."""
    spoken = Language(language)
    told = [*comparison.idle, *_of_numbers(comparison, spoken), *chance_lines(comparison, FAMILY)]
    return [spoken.say(one) for one in told]


def shown_first(comparison: Comparison) -> pd.DataFrame:
    """The rows of the headline outcomes of the scenarios compared."""
    table = comparison.table
    compared = table["scenario"] != comparison.reference
    return table[compared & table["outcome"].isin(FAMILY)]


def _of_numbers(comparison: Comparison, language: Language) -> Iterator[Message]:
    """What holds of single rows, a sentence for each kind."""
    rows, seeds = shown_first(comparison), len(comparison.ensemble.seeds)
    base = comparison.ensemble.scenarios[comparison.reference_place]
    rows = rows[~rows["scenario"].isin(unbegun(comparison.ensemble, base))]
    if rows.empty:
        return

    def listed(part: pd.DataFrame, detail: Detail) -> Listed:
        return by_scenario(comparison, part, detail, language)

    undefined = rows[rows["seeds"] < seeds]
    if len(undefined):
        yield Message(
            "Undefined under some seeds and left out there, pair by pair (in brackets the seeds "
            "that count, of {seeds}): {rows}.",
            seeds=seeds, rows=listed(undefined, lambda row: str(row.seeds)),
        )  # fmt: skip
    if seeds < 2:
        return
    same = rows[(rows["differing"] == 0) & (rows["seeds"] == seeds)]
    if len(same):
        yield Message(
            "The same as in the reference under all {seeds} seeds, and therefore without an "
            "interval: {rows}. They may still differ in up to {share} of all seeds (rule of three, "
            "95 %).",
            seeds=seeds, share=percent_of(float(at_most(seeds)), language),
            rows=listed(same, lambda row: None),
        )  # fmt: skip
    yield Message(
        "Intervals are Student's t at 95 %; measured over thousands of seeds of a small park they "
        "hold the truth in {mean} of cases on average, and in {lowest} where an effect hangs on a "
        "rare, very large enterprise (docs/statistics.md).",
        mean=percent_of(MEASURED_MEAN / 100, language),
        lowest=percent_of(MEASURED_LOWEST / 100, language),
    )  # fmt: skip
    few = rows[rows["seeds_needed"] > 0].sort_values("seeds_needed", ascending=False)
    if len(few):
        yield Message(
            "With {seeds} seeds these intervals may promise too much, since the differences are "
            "skewed or rare (in brackets the seeds that Cochran's rule asks for): {rows}.",
            seeds=seeds, rows=listed(few, lambda row: seeds_words(int(row.seeds_needed))),
        )  # fmt: skip
    hanging = rows[(rows["seed_share"] > LARGE_SHARE) & (rows["differing"] > 1)]
    hanging = hanging.sort_values("seed_share", ascending=False)
    if len(hanging) and seeds >= LEAST_SEEDS:
        yield Message(
            "More than half of these differences comes from one seed alone, mostly from one "
            "very large enterprise in it: {rows}.",
            rows=listed(hanging, lambda row: Message("seed {seed}", seed=row.seed)),
        )  # fmt: skip


def percent_of(share: float, language: Language) -> str:
    """A share in whole percent."""
    return language.say("{value} %", value=f"{100 * share:.0f}")


def seeds_words(count: int) -> Message | str:
    """A number of seeds, up to one that nobody runs."""
    if count > MOST_SEEDS:
        return Message("more than {count}", count=f"{MOST_SEEDS:,}")
    return f"{count:,}"


def by_scenario(
    comparison: Comparison,
    rows: pd.DataFrame,
    detail: Detail,
    language: Language,
) -> Listed:
    """Scenarios with their outcomes, each with a detail in brackets where there is one; the first
    few rows, and how many more there are."""
    parts: list[object] = []
    for name, part in rows.head(MOST_NAMED).groupby("scenario", sort=False):
        outcomes: list[object] = []
        for row in part.itertuples():
            title = outcome_title(str(row.outcome), language)
            more = detail(row)
            outcomes.append(
                Message("{title} ({text})", title=title, text=more) if more is not None else title
            )
        scenario = comparison.title(str(name), language)
        parts.append(
            Message("{scenario}: {outcomes}", scenario=scenario, outcomes=Listed(outcomes))
        )
    if len(rows) > MOST_NAMED:
        parts.append(Message("and {count} more", count=len(rows) - MOST_NAMED))
    return Listed(parts, "; ")


def marked(row: Any, text: str) -> str:
    """A change with a star where it does not hold when all headline outcomes are tested at once."""
    return f"{text}*" if may_be_chance(row) else text


def chance_lines(
    comparison: Comparison, outcomes: Sequence[str], marked: bool = True
) -> list[Message]:
    """How many differences of these outcomes are distinguishable, how many chance would give, and
    what the star means."""
    count = chance_count(comparison.table, comparison.reference, outcomes)
    if not count["tests"]:
        return []
    found = [Counted(
        "Of {count} difference {found} is distinguishable; chance alone would give {chance}.",
        "Of {count} differences {found} are distinguishable; chance alone would give {chance}.",
        count["tests"], found=count["found"], chance=f"{count['chance']:.1f}",
    )]  # fmt: skip
    rows = shown_first(comparison)
    doubtful = marked and sum(may_be_chance(row) for row in rows.to_dict("records"))
    if doubtful:
        found.append(Counted(
            "Marked with *: {count} headline difference that does not hold when all are tested at "
            "once (Holm).",
            "Marked with *: {count} headline differences that do not hold when all are tested at "
            "once (Holm).",
            doubtful,
        ))  # fmt: skip
    return list(found)
