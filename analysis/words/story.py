"""One enterprise's story in words, a paragraph a quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.agents.payments import RECEIPTS
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import in_percent
from cleanpark.analysis.words.titles import in_language
from cleanpark.scenarios.dates import quarter_label, quarter_number
from cleanpark.scenarios.errors import N_, Counted
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
SIZE = {"small": N_("small"), "medium": N_("medium"), "large": N_("large")}
"""Size classes in words."""
FOR_RESULT = "buys for the audit's result"
"""What the trace calls options bought for acceptance or a better level."""
BUYS = {
    "buys": N_("Buys options: {names}"),
    FOR_RESULT: N_("Buys for the audit's result: {names}"),
}
"""Options bought, by what for."""
INDENT = "    "
SAME_EFFORT = 1e-6
"""Efforts that lie closer are the same plan."""


def story_lines(story: Sequence[Quarter], language: str) -> Iterator[str]:
    """The story in a language; money in 10,000 CNY, shares of one as percent."""
    spoken = Language(language)
    yield spoken.say(
        "Money in 10,000 CNY of 2025. A plan's cost is what the enterprise believes it costs."
    )
    before: Quarter | None = None
    for quarter in story:
        if before is None or _has_left(before) or _who(before, spoken) != _who(quarter, spoken):
            yield _who(quarter, spoken)
        before = quarter
        yield _headline(quarter, spoken)
        for line in _body(quarter, spoken):
            yield INDENT + line


def _has_left(quarter: Quarter) -> bool:
    """Whether another enterprise is on the site from the next quarter on."""
    return bool(dict(quarter.decisions).get("leaves") or quarter.state["replaced"])


def _who(quarter: Quarter, spoken: Language) -> str:
    """Sector and size of the enterprise on the site as a quarter begins."""
    sector, size = quarter.state["sector"], quarter.state["size"]
    return spoken.say(
        "Sector: {sector}; size: {size}",
        sector=in_language(quarter.titles[sector], spoken),
        size=spoken.say(SIZE[size]),
    )


def _options(names: Sequence[str], quarter: Quarter, spoken: Language) -> str:
    """Options by their titles."""
    return spoken.say("; ").join(in_language(quarter.titles[name], spoken) for name in names)


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
    yield from _audit(quarter, decided, spoken)
    for what, said in BUYS.items():
        bought = decided.get(what, "nothing")
        if bought != "nothing":
            names = _options(bought.split(", "), quarter, spoken)
            yield spoken.say(said, names=names)
    for place, medium in enumerate(MEDIA):
        if medium in quarter.plans:
            yield from _treatment(medium, quarter, decided, spoken)
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
    elif state["replaced"]:
        yield spoken.say("Leaves the park for reasons of its own; a new enterprise takes the site")


def _audit(quarter: Quarter, decided: Mapping[str, Any], spoken: Language) -> Iterator[str]:
    """An audit from registration over the queue and its work to the result."""
    state = quarter.state
    if "joins audit" in decided:
        joins = decided["joins audit"]
        yield spoken.say("Audit: registers") if joins else spoken.say("Audit: does not register")
    if state["waiting"]:
        yield spoken.say(
            "Audit: waits for a team, quarter {count} in the queue", count=state["waiting"]
        )
    if "audits genuinely" in decided:
        genuine = decided["audits genuinely"]
        yield (
            spoken.say("Audit: takes it seriously")
            if genuine
            else spoken.say("Audit: goes through the motions")
        )
    if "found" in state:
        yield spoken.say(
            Counted("Audit: finds {count} option", "Audit: finds {count} options", state["found"])
        )
        yield _recommended(quarter, spoken)
    if state["until_result"]:
        yield _under_way(quarter, spoken)
    if "level" in state:
        yield from _result(quarter, spoken)


def _recommended(quarter: Quarter, spoken: Language) -> str:
    """What a team recommends."""
    names = quarter.state["recommended"]
    if not names:
        return spoken.say("Audit: recommends no medium or high-cost option")
    told = _options(names, quarter, spoken)
    return spoken.say("Audit: recommends these medium and high-cost options: {names}", names=told)


def _under_way(quarter: Quarter, spoken: Language) -> str:
    """How far an audit is before its result, and when that is due."""
    state = quarter.state
    due = quarter_label(quarter_number(quarter.label) + state["until_result"])
    if not state["recommended"]:
        return spoken.say("Audit: under way, result due in {due}", due=due)
    return spoken.say(
        "Audit: under way, result due in {due}; {done} of {count} recommended options in place",
        due=due,
        done=state["recommended_in_place"],
        count=len(state["recommended"]),
    )


def _result(quarter: Quarter, spoken: Language) -> Iterator[str]:
    """Level and score, what became of the recommendations, and whether it is accepted."""
    state = quarter.state
    yield spoken.say(
        "Audit result: level {level} (in truth {true}), score {score:.0f}",
        level=spoken.say(LEVEL[state["level"]]),
        true=spoken.say(LEVEL[state["true_level"]]),
        score=state["score"],
    )
    if state["recommended"]:
        yield spoken.say(
            "Audit: {done} of {count} recommended options in place at its result",
            done=state["recommended_in_place"],
            count=len(state["recommended"]),
        )
    if not state["accepted"]:
        yield spoken.say("Audit: fails its acceptance and must be repeated")


def _treatment(
    medium: str, quarter: Quarter, decided: Mapping[str, Any], spoken: Language
) -> Iterator[str]:
    """The plan chosen with its effort and believed cost, then those refused, the cheapest first."""
    plans = quarter.plans[medium]
    effort, taken = float(decided[f"effort {medium}"]), quarter.chosen[medium]
    own = {name: (one, cost) for name, one, cost in plans}.get(taken)
    called = spoken.say(MEDIUM[medium])
    called = called[:1].upper() + called[1:]
    said = in_percent(f"{100 * effort:.0f}", spoken)
    if own is None:
        yield spoken.say(
            "{medium}: treats at {effort} of full effort, by a rule of its own",
            medium=called, effort=said,
        )  # fmt: skip
    else:
        yield spoken.say(
            "{medium}: chooses “{plan}” ({effort} of full effort), believed to cost {cost}",
            medium=called, plan=spoken.say(taken), effort=said, cost=_cost(own[1]),
        )  # fmt: skip
    refused = [one for one in plans if own is None or abs(one[1] - own[0]) > SAME_EFFORT]
    if refused:
        told = [
            spoken.say("{plan} ({cost})", plan=spoken.say(name), cost=_cost(cost))
            for name, _, cost in sorted(refused, key=lambda plan: plan[2])
        ]
        yield spoken.say("{medium}: refuses {plans}", medium=called,
                         plans=spoken.say("; ").join(told))  # fmt: skip


def _cost(amount: float) -> str:
    """A cost in 10,000 CNY: a small one to the yuan, so that plans that differ are told apart."""
    return f"{amount:,.4f}" if abs(amount) < 10 else f"{amount:,.2f}"


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
