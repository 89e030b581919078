"""One enterprise's story as text, a paragraph a quarter, in the language spoken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.agents.payments import RECEIPTS
from cleanpark.commands.console import say
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
INDENT = "    "


def story_lines(story: Sequence[Quarter]) -> Iterator[str]:
    """The story; money in 10,000 CNY, shares of one as percent."""
    yield say(
        "Money in 10,000 CNY of 2025. A plan's cost is what the enterprise believes it costs."
    )
    for quarter in story:
        yield _headline(quarter)
        for line in _body(quarter):
            yield INDENT + line


def _headline(quarter: Quarter) -> str:
    state = quarter.state
    return say(
        "{label}: output {output:,.0f}, cash {cash:,.0f}, technology {technology:.2f}, "
        "attitude {attitude:.2f}, knowledge {knowledge:.2f}, perceived detection {belief:.2f}",
        label=quarter.label,
        **{name: state[name] for name in ("output", "cash", "technology", "attitude",
                                          "knowledge", "belief")},
    )  # fmt: skip


def _body(quarter: Quarter) -> Iterator[str]:
    decided = dict(quarter.decisions)
    state = quarter.state
    yield from _audit(decided, state)
    if decided.get("buys", "nothing") != "nothing":
        yield say("Buys options: {names}", names=decided["buys"])
    for place, medium in enumerate(MEDIA):
        if medium in quarter.plans:
            yield _treatment(medium, quarter.plans[medium], decided)
        yield _discharge(medium, place, state, decided)
    if state["inspected"]:
        yield (
            say("Inspected: a violation is found")
            if state["caught"]
            else say("Inspected: nothing found")
        )
    yield from _payments(quarter.payments)
    if decided.get("leaves"):
        yield say("Leaves the park; a new enterprise takes the site")


def _audit(decided: Mapping[str, Any], state: Mapping[str, Any]) -> Iterator[str]:
    if "joins audit" in decided:
        joins = decided["joins audit"]
        yield say("Audit: registers") if joins else say("Audit: does not register")
    if "audits genuinely" in decided:
        genuine = decided["audits genuinely"]
        yield (
            say("Audit: takes it seriously") if genuine else say("Audit: goes through the motions")
        )
    if "audit" in state:
        yield say("Audit result: {result}", result=state["audit"])


def _treatment(
    medium: str, plans: Sequence[tuple[str, float, float]], decided: Mapping[str, Any]
) -> str:
    """The effort chosen, and the believed cost of each plan, the cheapest first."""
    ranked = sorted(plans, key=lambda plan: plan[2])
    costs = "; ".join(f"{say(plan)} {cost:,.2f}" for plan, _effort, cost in ranked)
    return say(
        "{medium}: treats at {effort:.0%} of full effort, out of: {costs}",
        medium=say(MEDIUM[medium]).capitalize(),
        effort=decided.get(f"effort {medium}", ranked[0][1]),
        costs=costs,
    )


def _discharge(
    medium: str, place: int, state: Mapping[str, Any], decided: Mapping[str, Any]
) -> str:
    """What goes out against the limit, and what is declared."""
    text = say(
        "{medium}: discharges {ratio:.2f} of the limit, reports {reported:.2f}",
        medium=say(MEDIUM[medium]).capitalize(),
        ratio=state["limit_ratio"][place],
        reported=state["reported"][place],
    )
    if decided.get(f"hides exceedance {medium}"):
        text += say(" (hides the exceedance)")
    share = decided.get(f"choose reported share {medium}", 1.0)
    if share < 1.0:
        text += say(" (declares {share:.0%} of the amount)", share=share)
    return text


def _payments(payments: Mapping[str, float]) -> Iterator[str]:
    for title, wanted in ((N_("Pays"), False), (N_("Receives"), True)):
        items = [
            f"{say(ITEMS[name])} {amount:,.2f}"
            for name, amount in payments.items()
            if (name in RECEIPTS) == wanted
        ]
        if items:
            yield f"{say(title)}: {', '.join(items)}"
