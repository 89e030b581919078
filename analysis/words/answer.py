"""The answer to what a comparison was asked, before anything else: a sentence for each policy,
and a table of seven rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.affected import affected_groups
from cleanpark.analysis.comparison.ledger import ledger
from cleanpark.analysis.comparison.targets import Met, Target, amount_falls, met, target
from cleanpark.analysis.comparison.years import told_from
from cleanpark.analysis.words import changes, numbers
from cleanpark.analysis.words.comparison import (
    CELL,
    change,
    interval,
    is_share,
    told_in_percent,
)
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import in_language, inside
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.dates import FIRST_YEAR
from cleanpark.scenarios.errors import N_, Counted

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison.comparison import Comparison

MAIN = "pollution_equivalents"
"""What falls or rises, unless a target asks for something else."""
ROWS = (
    "pollution_equivalents",
    "carbon_dioxide",
    "compliance_true",
    "enterprise_cost",
    "profit",
    "treasury_net",
    "external_damage",
)
"""Rows of the table: what is emitted and obeyed, then money: enterprises, treasury, damage."""
MOST = 3
"""Policies of which each has its own sentences; of more the best few have."""
GROUPS = {
    "size:small": N_("small enterprises"),
    "size:medium": N_("medium-sized enterprises"),
    "size:large": N_("large enterprises"),
}
EFFECT = {
    "undefined": N_("“{policy}”: {outcome} is not defined over {years}."),
    "one seed": N_(
        "“{policy}”: {outcome} {size} against “{reference}” over {years}; one run has no interval."
    ),
    "same": N_(
        "“{policy}”: {outcome} is the same as under “{reference}” in all runs over {years}."
    ),
    "none": N_(
        "“{policy}” cannot be distinguished from “{reference}” over {years}: {outcome} {size} "
        "(95 % interval {bounds})."
    ),
    "more": N_(
        "“{policy}” raises {outcome} by {size} against “{reference}” over {years} "
        "(95 % interval {bounds})."
    ),
    "less": N_(
        "“{policy}” lowers {outcome} by {size} against “{reference}” over {years} "
        "(95 % interval {bounds})."
    ),
    "more, later": N_(
        "“{policy}” raises {outcome} by {size} against “{reference}” over {years} "
        "(95 % interval {bounds}), clearly from {since} on."
    ),
    "less, later": N_(
        "“{policy}” lowers {outcome} by {size} against “{reference}” over {years} "
        "(95 % interval {bounds}), clearly from {since} on."
    ),
}
COST = {
    "none": N_(
        "Enterprises' net environmental cost does not clearly change ({amount}; 95 % interval "
        "{bounds})"
    ),
    "more": N_(
        "Enterprises pay {amount} more for the environment, CNY {rate} per CNY 10,000 of output"
    ),
    "less": N_(
        "Enterprises pay {amount} less for the environment, CNY {rate} per CNY 10,000 of output"
    ),
}
HIT_MOST = {
    True: N_(" (relative to output {group} bear most)"),
    False: N_(" (relative to output {group} save most)"),
}
"""Which size of enterprises a change of the cost hits most, by whether the cost rises."""
PROFIT = {
    "none": N_(
        "their profit, savings of energy and water included, does not clearly change ({amount}; "
        "95 % interval {bounds})"
    ),
    "more": N_("their profit, savings of energy and water included, rises by {amount}"),
    "less": N_("their profit, savings of energy and water included, falls by {amount}"),
}
TREASURY = {
    "none": N_("the treasury does not clearly gain or lose ({amount}; 95 % interval {bounds})"),
    "more": N_("the treasury gains {amount}"),
    "less": N_("the treasury loses {amount}"),
}
STANDING = {
    "undefined": N_("Target {goal}: “{policy}”: not defined."),
    "met": N_(
        "Target {goal}: “{policy}” meets it on average ({change}), in {runs}; for "
        "good from {since} on."
    ),
    "met, not for good": N_(
        "Target {goal}: “{policy}” meets it on average ({change}), in {runs}, but not for good."
    ),
    "late": N_(
        "Target {goal}: “{policy}” misses it on average ({change}; met in {runs}) "
        "and reaches it in {since}."
    ),
    "missed": N_(
        "Target {goal}: “{policy}” misses it ({change}; met in {runs}) and does "
        "not reach it within the years simulated."
    ),
}
GOAL = {
    "at most": N_("“{outcome} at most {level} in {year}”"),
    "at least": N_("“{outcome} at least {level} in {year}”"),
    "lower": N_("“{outcome} {size} lower in {year} than in {base}”"),
    "higher": N_("“{outcome} {size} higher in {year} than in {base}”"),
    "at most higher": N_("“{outcome} at most {size} higher in {year} than in {base}”"),
    "at most lower": N_("“{outcome} at most {size} lower in {year} than in {base}”"),
}


def answer_lines(found: Comparison, language: str, targets: Sequence[Target] = ()) -> list[str]:
    """The answer in sentences: how each policy stands to the targets asked for; how many of many
    policies do something; then of each of the best what it does, from when, and who pays."""
    words = Language(language)
    others = [name for name in found.names if name != found.reference]
    main = targets[0].outcome if targets else MAIN
    ordered = best_first(found, others, main)
    lines = [] if others else [words.say("One policy alone: name another one to compare it with.")]
    for wanted in targets:
        standing = {one.scenario: one for one in met(found, wanted)}
        lines += [
            target_line(found, standing[name], wanted, language)
            for name in (*ordered, found.reference)
        ]
    lines += [_overview(found, ordered, main, language)] if len(others) > MOST else []
    money = ledger(found)
    for name in ordered[:MOST]:
        effect, payers = _effect(found, name, main, language), _payers(found, money, name, language)
        lines.append(words.say("{effect} {payers}", effect=effect, payers=payers))
    return lines


def main_of(found: Comparison) -> str:
    """The outcome that was asked for: that of the first target, else the usual one."""
    wanted = found.settings.get("targets", ())
    return target(wanted[0]).outcome if wanted else MAIN


def best_first(found: Comparison, names: Sequence[str], main: str | None = None) -> list[str]:
    """Policies by what they do to the main outcome, by default that asked for, the most welcome
    first."""
    main = main or main_of(found)
    sign = -1.0 if outcome(main).better == "high" else 1.0
    worth = {name: sign * float(found.row(name, main)["difference"]) for name in names}
    return sorted(names, key=lambda name: (math.isnan(worth[name]), worth[name]))


def _overview(found: Comparison, ordered: Sequence[str], main: str, language: str) -> str:
    """How many of the policies compared change the main outcome the welcome way."""
    upward = outcome(main).better == "high"
    rows = [found.row(name, main) for name in ordered]
    told = [row for row in rows if row["distinguishable"]]
    welcome = sum((row["difference"] > 0) == upward for row in told)
    return Language(language).say(
        "Of {count} policies ({outcome} against “{reference}”): better {welcome}, worse {worse}, "
        "not distinguishable {unclear}; the best come first.",
        count=len(rows),
        welcome=welcome,
        unclear=len(rows) - len(told),
        worse=len(told) - welcome,
        outcome=_inside(main, language),
        reference=found.title(found.reference, language),
    )


def _inside(name: str, language: str) -> str:
    """An outcome's title inside a sentence."""
    return inside(in_language(outcome(name).title, language), language)


def _bare(text: str) -> str:
    """A change without its sign, where a verb says the direction."""
    return text.replace("+", "").replace("-", "").replace("−", "")


def _effect(found: Comparison, name: str, main: str, language: str) -> str:
    """What the policy does to the main outcome over the horizon, how surely, and from when on."""
    row = found.row(name, main)
    last = FIRST_YEAR + (found.ensemble.quarters - 1) // 4
    size, bounds = change(row, language), interval(row, language)
    since = told_from(found, name, main)
    more = row["difference"] > 0
    if not math.isfinite(row["difference"]):
        kind = "undefined"
    elif row["differing"] == 0 and row["seeds"] > 1:
        kind = "same"
    elif not bounds:
        kind = "one seed"
    elif not row["distinguishable"]:
        kind = "none"
    else:
        kind = "more" if more else "less"
        kind += "" if since in (None, FIRST_YEAR) else ", later"
        size, bounds = _bare(size), _sizes(row, more, language)
    return Language(language).say(
        EFFECT[kind],
        policy=found.title(name, language),
        reference=found.title(found.reference, language),
        outcome=_inside(main, language),
        years=span_of_years(FIRST_YEAR, last, language),
        size=size,
        bounds=bounds,
        since=since,
    )


def _sizes(row: Any, more: bool, language: str) -> str:
    """The interval of a size without sign, from the smaller to the larger."""
    sides = ("low", "high") if more else ("high", "low")
    if is_share(row):
        ends = [f"{abs(100 * row[side]):.1f}" for side in sides]
        value = numbers.span(ends[0], ends[1], language)
        return Language(language).say("{value} percentage points", value=value)
    if told_in_percent(row):
        ends = [f"{abs(row[f'percent_{side}']):.1f}" for side in sides]
        return numbers.in_percent(numbers.span(ends[0], ends[1], language), language)
    low, high = (abs(row[side]) for side in sides)
    return numbers.amount_span(low, high, row["unit"], language)


def span_of_years(first: int, last: int, language: str) -> str:
    """A span of calendar years."""
    if first == last:
        return Language(language).say("the year {first}", first=first)
    return Language(language).say("the years {first} to {last}", first=first, last=last)


def _payers(found: Comparison, money: pd.DataFrame, name: str, language: str) -> str:
    """What it costs enterprises and which of them, what becomes of their profit, and what the
    treasury gets; ``money`` is the ledger."""
    lines = {row["line"]: row for row in money[money["scenario"] == name].to_dict("records")}
    cost = lines["environmental_cost"]
    return Language(language).say(
        "{cost}; {profit}; {treasury}.",
        cost=_moved(cost, COST, language) + _hit_most(found, name, cost, language),
        profit=_moved(lines["profit"], PROFIT, language),
        treasury=_moved(lines["treasury_net"], TREASURY, language),
    )


def _moved(row: Any, sayings: dict[str, str], language: str) -> str:
    """A sum of money that rises, falls, or does not clearly do either: then the estimate and its
    interval still stand."""
    kind = "none" if not row["distinguishable"] else "more" if row["difference"] > 0 else "less"
    amount, bounds = changes.change_beside(
        row["difference"], row["low"], row["high"], "CNY", language
    )
    if kind != "none":
        amount = numbers.money(abs(row["difference"]), language)
    rate = f"{abs(row['per_output']):,.3g}"
    return Language(language).say(sayings[kind], amount=amount, rate=rate, bounds=bounds)


def _hit_most(found: Comparison, name: str, cost: Any, language: str) -> str:
    """Which size of enterprises pays or saves most by its output, where it can be told."""
    if not cost["distinguishable"]:
        return ""
    table = affected_groups(found)
    sizes = table[(table["scenario"] == name) & table["group"].isin(GROUPS)]
    sign = 1.0 if cost["difference"] > 0 else -1.0
    clear = sizes[(sizes["burden_low"] * sign > 0) & (sizes["burden_high"] * sign > 0)]
    if clear.empty:
        return ""
    words = Language(language)
    most = str(clear["group"].iloc[int((clear["burden"] * sign).to_numpy().argmax())])
    return words.say(HIT_MOST[sign > 0], group=words.gettext(GROUPS[most]))


def target_line(found: Comparison, one: Met, wanted: Target, language: str) -> str:
    """How a policy stands to a target: met or not, in what share of seeds, since when."""
    if not one.seeds:
        kind = "undefined"
    elif one.on_average:
        lasting = one.since is not None and one.since <= wanted.year
        kind = "met" if lasting else "met, not for good"
    else:
        kind = "missed" if one.since is None else "late"
    return Language(language).say(
        STANDING[kind],
        goal=goal_words(wanted, language),
        policy=found.title(one.scenario, language),
        runs=Counted(
            "{runs} of {count} run",
            "{runs} of {count} runs",
            one.seeds,
            runs=round(one.share * one.seeds) if one.seeds else 0,
        ),
        since=one.since,
        change=_got_to(wanted, one, language),
    )


def _got_to(wanted: Target, one: Met, language: str) -> str:
    """Where a policy gets to: its change against the base year, or its level."""
    unit = outcome(wanted.outcome).unit
    if not wanted.relative:
        return numbers.level(one.level, unit, language)
    moved = f"{100 * one.change:+z.1f}"
    if unit.startswith("share"):
        return Language(language).say("{value} percentage points", value=moved)
    return numbers.in_percent(moved, language)


def _kind_of_goal(wanted: Target) -> str:
    """Which sentence of ``GOAL`` says a target."""
    if not wanted.relative:
        return "at most" if wanted.below else "at least"
    direction = "lower" if amount_falls(wanted) else "higher"
    return direction if amount_falls(wanted) == wanted.below else f"at most {direction}"


def goal_words(wanted: Target, language: str) -> str:
    """A target in words: outcome, amount, year and what it is measured against."""
    words, unit = Language(language), outcome(wanted.outcome).unit
    amount = f"{100 * abs(wanted.amount):g}"
    share = unit.startswith("share")
    size = (
        words.say("{value} percentage points", value=amount)
        if share
        else numbers.in_percent(amount, language)
    )
    return words.say(
        GOAL[_kind_of_goal(wanted)],
        outcome=_inside(wanted.outcome, language),
        year=wanted.year,
        base=wanted.base_year,
        size=size,
        level="" if wanted.relative else numbers.amount(wanted.amount, unit, language),
    )


def answer_table(
    found: Comparison, language: str, main: str | None = None
) -> tuple[list[str], list[list[str]]]:
    """Header and at most seven rows for the best policies, by default by the outcome asked for:
    each change with its interval; where it may be chance the estimate and its interval still stand,
    so marked."""
    main = main or main_of(found)
    others = [name for name in found.names if name != found.reference]
    chosen = best_first(found, others, main)[:MOST]
    reference = found.title(found.reference, language)
    header = [Language(language).say("Change against “{reference}”", reference=reference)]
    header += [found.title(name, language) for name in chosen]
    rows = [
        [
            in_language(outcome(key).title, language),
            *(cell(found.row(name, key), language) for name in chosen),
        ]
        for key in (main, *(row for row in ROWS if row != main))[: len(ROWS)]
    ]
    return header, rows


def cell(row: Any, language: str, size: float | None = None) -> str:
    """A change, its interval, and a mark where it cannot be distinguished from none; money in the
    unit that an amount of ``size`` has, which one column has in common."""
    if not math.isfinite(row["difference"]):
        return numbers.undefined(language)
    if row["unit"] == "CNY":
        moved, bounds = changes.change_beside(
            row["difference"], row["low"], row["high"], "CNY", language, size
        )
    else:
        moved, bounds = change(row, language), interval(row, language)
    if not math.isfinite(row["low"]):
        return moved
    return Language(language).say(CELL[bool(row["distinguishable"])], change=moved, bounds=bounds)


def summary(found: Comparison, language: str = "en", targets: Sequence[str] = ()) -> str:
    """The answer as text: its sentences, then the table in lines."""
    asked = [target(one) for one in targets]
    header, rows = answer_table(found, language, asked[0].outcome if asked else MAIN)
    lines = answer_lines(found, language, asked)
    if len(header) > 1:
        lines += ["", *(" | ".join(row) for row in [header, *rows])]
    return "\n".join(lines)
