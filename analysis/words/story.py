"""One enterprise's story in words, a paragraph a quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.agents.payments import RECEIPTS
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import in_percent
from cleanpark.scenarios.errors import N_
from cleanpark.scenarios.flows import MEDIA

if TYPE_CHECKING:
    from cleanpark.model.trace import Quarter

ITEMS = {
    "sales": N_("sales"),
    "materials": N_("materials"),
    "energy": N_("energy"),
    "water": N_("fresh water"),
    "treatment": N_("treatment"),
    "works_fee": N_("works fee"),
    "option_investment": N_("option investment"),
    "option_running": N_("option running"),
    "interest": N_("interest"),
    "environmental_tax": N_("environmental tax"),
    "energy_tax": N_("energy tax"),
    "carbon_charge": N_("carbon charge"),
    "income_tax": N_("income tax"),
    "fines": N_("fines"),
    "subsidies": N_("subsidies"),
    "awards": N_("awards"),
    "audit_fee": N_("audit fee"),
    "audit_time": N_("audit time"),
    "monitoring": N_("monitoring"),
    "dividends": N_("dividends"),
    "equity": N_("equity"),
    "write_off": N_("write off"),
}
"""Payments in words."""
MEDIUM = {"air": N_("air"), "water": N_("water"), "waste": N_("waste")}
LEVEL = {"I": N_("I"), "II": N_("II"), "III": N_("III"), "below III": N_("below III")}
"""Levels of an audit in words."""
FOR_RESULT = "buys for the audit's result"
"""What the trace calls options bought for acceptance or a better level."""
INDENT = "    "


def story_lines(story: Sequence[Quarter], language: str) -> Iterator[str]:
    """The story in a language; money in 10,000 CNY, shares of one as percent."""
    spoken = Language(language)
    yield spoken.say(
        "Money in 10,000 CNY of 2025. A plan's cost is what the enterprise believes it costs."
    )
    for quarter in story:
        yield _headline(quarter, spoken)
        for line in _body(quarter, spoken):
            yield INDENT + line


def _headline(quarter: Quarter, spoken: Language) -> str:
    state = quarter.state
    return spoken.say(
        "{label}: output {output:,.0f}, cash {cash:,.0f}, technology {technology:.2f}, "
        "attitude {attitude:.2f}, knowledge {knowledge:.2f}, perceived detection {belief:.2f}",
        label=quarter.label,
        **{name: state[name] for name in ("output", "cash", "technology", "attitude",
                                          "knowledge", "belief")},
    )  # fmt: skip


def _body(quarter: Quarter, spoken: Language) -> Iterator[str]:
    decided = dict(quarter.decisions)
    state = quarter.state
    yield from _audit(decided, state, spoken)
    if decided.get("buys", "nothing") != "nothing":
        yield spoken.say("Buys options: {names}", names=decided["buys"])
    if decided.get(FOR_RESULT, "nothing") != "nothing":
        yield spoken.say("Buys for the audit's result: {names}", names=decided[FOR_RESULT])
    for place, medium in enumerate(MEDIA):
        if medium in quarter.plans:
            yield _treatment(medium, quarter.plans[medium], decided, spoken)
        yield _discharge(medium, place, state, decided, spoken)
    if state["inspected"]:
        yield (
            spoken.say("Inspected: a violation is found")
            if state["caught"]
            else spoken.say("Inspected: nothing found")
        )
    yield from _payments(quarter.payments, spoken)
    if decided.get("leaves"):
        yield spoken.say("Leaves the park; a new enterprise takes the site")


def _audit(decided: Mapping[str, Any], state: Mapping[str, Any], spoken: Language) -> Iterator[str]:
    if "joins audit" in decided:
        joins = decided["joins audit"]
        yield spoken.say("Audit: registers") if joins else spoken.say("Audit: does not register")
    if "audits genuinely" in decided:
        genuine = decided["audits genuinely"]
        yield (
            spoken.say("Audit: takes it seriously")
            if genuine
            else spoken.say("Audit: goes through the motions")
        )
    if "found" in state:
        yield spoken.say("Audit: finds {count} options", count=state["found"])
    if "level" in state:
        yield spoken.say(
            "Audit result: level {level} (in truth {true}), score {score:.0f}",
            level=spoken.say(LEVEL[state["level"]]),
            true=spoken.say(LEVEL[state["true_level"]]),
            score=state["score"],
        )
        if not state["accepted"]:
            yield spoken.say("Audit: fails its acceptance and must be repeated")


def _treatment(
    medium: str,
    plans: Sequence[tuple[str, float, float]],
    decided: Mapping[str, Any],
    spoken: Language,
) -> str:
    """The effort chosen, and the believed cost of each plan, the cheapest first."""
    ranked = sorted(plans, key=lambda plan: plan[2])
    costs = spoken.say("; ").join(
        f"{spoken.say(plan)} {cost:,.2f}" for plan, _effort, cost in ranked
    )
    effort = float(decided.get(f"effort {medium}", ranked[0][1]))
    return spoken.say(
        "{medium}: treats at {effort} of full effort, out of: {costs}",
        medium=spoken.say(MEDIUM[medium]).capitalize(),
        effort=in_percent(f"{100 * effort:.0f}", spoken),
        costs=costs,
    )


def _discharge(
    medium: str,
    place: int,
    state: Mapping[str, Any],
    decided: Mapping[str, Any],
    spoken: Language,
) -> str:
    """What goes out against the limit, and what is declared."""
    text = spoken.say(
        "{medium}: discharges {ratio:.2f} of the limit, reports {reported:.2f}",
        medium=spoken.say(MEDIUM[medium]).capitalize(),
        ratio=state["limit_ratio"][place],
        reported=state["reported"][place],
    )
    if decided.get(f"hides exceedance {medium}"):
        text += spoken.say(" (hides the exceedance)")
    share = decided.get(f"choose reported share {medium}", 1.0)
    if share < 1.0:
        told = in_percent(f"{100 * share:.0f}", spoken)
        text += spoken.say(" (declares {share} of the amount)", share=told)
    return text


def _payments(payments: Mapping[str, float], spoken: Language) -> Iterator[str]:
    for title, wanted in ((N_("Pays"), False), (N_("Receives"), True)):
        items = [
            f"{spoken.say(ITEMS[name])} {amount:,.2f}"
            for name, amount in payments.items()
            if (name in RECEIPTS) == wanted
        ]
        if items:
            yield spoken.say("{what}: {items}", what=spoken.say(title),
                             items=spoken.say(", ").join(items))  # fmt: skip
