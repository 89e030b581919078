"""Six lessons: what is set up, what is asked, which lever moves, what is measured, and why.

A lesson asks for a number. The model's own number comes from runs, with its interval; nothing here
says what it is.
"""

# ruff: noqa: E501 - a sentence is easier to mend on one line

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import cleanpark as cp
from cleanpark.analysis.comparison.ledger import PER_OUTPUT
from cleanpark.analysis.comparison.years import by_year, of_year
from cleanpark.page import engine, measures
from cleanpark.page.measures import Gap
from cleanpark.page.question import MOST_NAME, START, Change, Policy, Question
from cleanpark.page.texts import say
from cleanpark.scenarios.errors import N_

YEAR = 2035
ENTERPRISES = 100
SEEDS = 10
Measure = Callable[[cp.Comparison, int], Gap]
"""What a lesson asks for, of a comparison and the policy at a place in it."""


@dataclass(frozen=True)
class Lesson:
    """One lesson; texts are English templates.

    ``before`` makes the policy that others are compared with, ``after`` the one of a value of the
    lever, ``beside`` is a further policy shown beside it; ``called`` names the first and the last. ``values`` are those that the learner
    may choose, ``asked`` the one that the guess is about. The guess is a number from ``low`` to
    ``high`` in ``unit``. ``rules`` are the behaviours that explain it, as MODULE:FUNCTION.
    ``difference`` draws what differs where two levels would lie on one another; ``all_years`` tells
    that the question is of all years and not of one.
    """

    name: str
    title: str
    setting: str
    question: str
    lever: str
    unit: str
    low: float
    high: float
    values: tuple[float, ...]
    asked: float
    before: Callable[[float], Policy]
    after: Callable[[float], Policy]
    measure: Measure
    outcome: str
    explanation: str
    rules: tuple[str, ...]
    chart: str = "trajectories"
    difference: bool = False
    all_years: bool = False
    beside: tuple[Policy, ...] = ()
    called: tuple[str, str] = ("", "")

    def asks(self, value: float, language: str) -> Question:
        """The comparison that answers the lesson for a value of its lever."""
        first, last = (say(one, language) if one else "" for one in self.called)
        beside = (replace(one, name=say(one.name, language)) for one in self.beside)
        policies = (
            replace(self.before(value), name=first),
            *beside,
            replace(self.after(value), name=last or self.named(value, language)),
        )
        return Question(enterprises=ENTERPRISES, policies=policies, outcome=self.outcome,
                        year=YEAR, seeds=SEEDS, language=language)  # fmt: skip

    def named(self, value: float, language: str) -> str:
        """The lever with a value in words, as the policy is called."""
        title = engine.lever_table()[self.lever].title[language]
        told = self.told(value, language)
        return (f"{title}：{told}" if language == "zh" else f"{title}: {told}")[:MOST_NAME]

    def told(self, value: float, language: str) -> str:
        """A value of the lever in words."""
        from cleanpark.page.levers import told

        if self.lever == SECOND_STEP:
            return str(int(value))
        return told(self.lever, value, language)


SECOND_STEP = "second_step"
"""The year of the second of two steps, which is no lever of the model."""


def change(lever: str, value: float | str, begin: str = START) -> Change:
    """A lever at a value from a quarter on."""
    return Change(lever, ((begin, value),))


def in_year(found: cp.Comparison, policy: int, outcome: str) -> Any:
    """An outcome by seed in the lessons' year."""
    return by_year(found, policy, outcome)[:, YEAR - engine.years(4)[0]]


def points(outcome: str) -> Measure:
    """Change of a share in percentage points."""

    def measure(found: cp.Comparison, policy: int) -> Gap:
        pair = (100 * in_year(found, one, outcome)[:, None] for one in (policy, 0))
        return measures.gap(*pair)[0]

    return measure


def blind_spot(found: cp.Comparison, policy: int) -> Gap:
    """By how many points reported compliance is closer to true compliance than before."""
    gaps = [
        100 * (in_year(found, one, "compliance_apparent") - in_year(found, one, "compliance_true"))
        for one in (0, policy)
    ]
    return measures.gap(gaps[0][:, None], gaps[1][:, None])[0]


def percent_in_year(found: cp.Comparison, policy: int) -> Gap:
    """Change of pollution in the lessons' year, percent."""
    row = of_year(found, YEAR).row(found.names[policy], "pollution_equivalents")
    return Gap(*(float(row[key]) for key in ("percent", "percent_low", "percent_high")))


def percent_in_all(found: cp.Comparison, policy: int) -> Gap:
    """Change of pollution over all quarters, percent."""
    row = found.row(found.names[policy], "pollution_equivalents")
    return Gap(*(float(row[key]) for key in ("percent", "percent_low", "percent_high")))


def lost_output(found: cp.Comparison, policy: int) -> Gap:
    """Share of the reduction of pollution that is lost output, percent: the most that could be
    made, and emitted, elsewhere."""
    logs = [
        np.log(in_year(found, policy, name)) - np.log(in_year(found, 0, name))
        for name in ("output", "pollution_equivalents")
    ]
    low, high = engine.ratio_interval(logs[0][:, None], logs[1][:, None])
    total = float(logs[1].mean())
    value = float(logs[0].mean()) / total if total else np.nan
    return Gap(100 * value, 100 * float(low[0]), 100 * float(high[0]))


def small_less_large(found: cp.Comparison, policy: int) -> Gap:
    """How much more small enterprises pay than large ones, CNY per 10,000 CNY of output."""
    names = engine.group_names()
    rates = []
    for size in ("size:small", "size:large"):
        values = found.ensemble.groups[:, :, names.index(size), :]
        cost, output = (values[..., engine.place_of(one)] for one in ("enterprise_cost", "output"))
        change = PER_OUTPUT * (cost[policy] - cost[0]) / measures.positive(output[0])
        rates.append(change[:, None])
    return measures.gap(*rates)[0]


def always(base: str) -> Callable[[float], Policy]:
    """A packaged policy, whatever the lever's value."""
    return lambda value: Policy(base)


def _steps(standard: str, subsidy: str) -> Policy:
    """Mandatory audits with a standard from one quarter and a subsidy from another."""
    changes = (change("standardization", 0.9, standard), change("option_subsidy", 0.4, subsidy))
    return Policy("mandatory", changes)


def _duty_for_all(interval: float) -> Policy:
    """Audits of all enterprises, with teams enough for them, so many quarters apart."""
    levers: dict[str, float | str] = {"audit_mode": "mandatory-all", "audit_interval": interval, "audit_capacity": 25.0,
              "audit_teams": 10.0}  # fmt: skip
    return Policy("voluntary", tuple(change(name, value) for name, value in levers.items()))


FIRST_STEP = "2027-Q1"
LESSONS = (
    Lesson(
        "formality",
        N_("Why audits become a formality"),
        N_("From 2027 audits are mandatory, and nothing follows from the result. An enterprise that takes its audit seriously opens its books and loses working time; one that goes through the motions pays only the fee."),
        N_("By how many percentage points does the share of genuine audits in 2035 rise if missing level III costs CNY 200,000?"),
        "poor_audit_penalty", "points", 0.0, 100.0, (0.0, 5.0, 10.0, 20.0, 50.0), 20.0,
        always("mandatory"), lambda value: Policy("mandatory", (change("poor_audit_penalty", value, FIRST_STEP),)),
        points("audit_genuine"), "audit_genuine",
        N_("An enterprise weighs what it believes a genuine audit brings (savings found, a better level, a penalty avoided) against the time it takes. Without a consequence only the savings count, and many do not expect much of them: the duty buys a report. What reaches the result, and not the act of auditing, changes the choice. Look at pollution in Compare too: an audit taken seriously is not yet a tonne less."),
        ("auditing:audits_genuinely", "auditing:believed_benefit"),
    ),
    Lesson(
        "fine-and-tax",
        N_("What a fine does that a tax does not"),
        N_("A tax is paid on every unit, below the limit too. A fine is paid above the limit, and only when caught. Beside your fine stands a tax on air and water ten times the least rate in law."),
        N_("By how many percent does a base fine ten times as high, CNY 1 million, change pollution in 2035?"),
        "fine", "%", -60.0, 20.0, (10.0, 30.0, 60.0, 100.0), 100.0,
        always("voluntary"), lambda value: Policy("voluntary", (change("fine", value),)),
        percent_in_year, "pollution_equivalents",
        N_("Treatment is chosen where a further unit costs as much as it saves. A tax saves a little on each unit, so all move, those below the limit too. A fine works at the limit alone, as strongly as the enterprise believes it will be caught: some come back under it, others hide, and those below it have no reason to do more. The tax moves the amount, the fine the share within the limits: see true compliance in Compare."),
        ("abatement:taxed_effort", "abatement:sanction_at", "reporting:hides_exceedance"),
        beside=(Policy("voluntary", (change("water_tax_rate", 14.0), change("air_tax_rate", 12.0)), N_("Taxes tenfold")),),
    ),
    Lesson(
        "which-first",
        N_("Standard first, or incentive first?"),
        N_("A park will standardise its audits and will subsidise medium and high-cost options by 40 %, but not in the same year. The first step is in 2027. You choose when the second one comes."),
        N_("Second step in 2033: by how many percent does standard first change pollution from 2026 to 2040, against incentive first?"),
        SECOND_STEP, "%", -20.0, 20.0, (2029.0, 2031.0, 2033.0, 2036.0), 2033.0,
        lambda value: _steps(f"{int(value)}-Q1", FIRST_STEP), lambda value: _steps(FIRST_STEP, f"{int(value)}-Q1"),
        percent_in_all, "pollution_equivalents",
        N_("A standard makes audits find more and level more truly; a subsidy makes what was found worth buying. Found but not affordable, and affordable but not found, both wait. Which of them waits longer depends on what is known already. If the interval holds zero, the order cannot be told from chance here: then other reasons, such as what the treasury can pay in which year, may decide."),
        ("findings:finding_probability", "investment:worth_buying"),
        difference=True, all_years=True,
        called=(N_("Incentive first"), N_("Standard first")),
    ),
    Lesson(
        "monitoring",
        N_("What monitoring reveals"),
        N_("Authorities see what is reported. Some enterprises discharge above the limit and do not say so. Real-time monitoring takes part of the choice away."),
        N_("By how many percentage points does the gap between reported and true compliance shrink by 2035 if half of all enterprises are monitored?"),
        "monitoring_coverage", "points", -5.0, 20.0, (0.05, 0.2, 0.5, 1.0), 0.5,
        always("voluntary"), lambda value: Policy("voluntary", (change("monitoring_coverage", value),)),
        blind_spot, "compliance_true",
        N_("A monitored enterprise cannot report less than its instrument shows, unless it tampers with it. So the report comes closer to the truth, and since exceedances are seen, fewer of them are worth their while. How much that is depends on how many hide at all: a small gap cannot shrink by much."),
        ("reporting:hides_exceedance", "targeting:is_watched"), "compliance",
    ),
    Lesson(
        "next-door",
        N_("Does a strict park only push dirt next door?"),
        N_("This park alone puts a price on carbon. It discharges less. Part of that may be production it has lost, and what is no longer made here could be made, and discharged, elsewhere."),
        N_("Carbon price CNY 300 a tonne: what share of the reduction of pollution in 2035, in percent, is lost output?"),
        "carbon_price", "%", -20.0, 100.0, (50.0, 100.0, 300.0, 600.0), 300.0,
        always("voluntary"), lambda value: Policy("voluntary", (change("carbon_price", value),)),
        lost_output, "output",
        N_("Costs above those of its sector slow an enterprise’s growth, and one that runs out of cash closes. The rest of the reduction is cleaner production of the same output, which cannot move away. The share of lost output is an upper bound of what is pushed next door: the model has one park, and follows nobody to another."),
        ("growth:grow", "growth:leaves"), difference=True,
    ),
    Lesson(
        "who-pays",
        N_("Who pays?"),
        N_("A rule that is the same for all does not cost all the same. Here every enterprise must be audited, small ones too, and you choose how often."),
        N_("An audit every two years (8 quarters): how much more do small enterprises pay than large ones, in CNY per 10,000 CNY of output?"),
        "audit_interval", "CNY", 0.0, 50.0, (4.0, 8.0, 12.0, 20.0), 8.0,
        always("voluntary"), _duty_for_all, small_less_large, "enterprise_cost",
        N_("The consultant’s fee grows with output, but less than in proportion, and so does the working time an audit takes: half the output is not half the fee. What an audit finds saves in proportion to output. So the same duty weighs most on small enterprises, and the larger one is, the more of it the savings pay back. Longer intervals, or a subsidy on the fee, move the burden: try them in Compare."),
        ("auditing:audit_fee", "accounts:burden"), "payers",
    ),
)  # fmt: skip


def lesson(name: str) -> Lesson:
    """A lesson by name; the first for none that is known."""
    return next((one for one in LESSONS if one.name == name), LESSONS[0])


def source_of(rule: str) -> tuple[str, str]:
    """Where a behaviour stands, and its code."""
    module, _, name = rule.partition(":")
    found = importlib.import_module(f"cleanpark.agents.{module}")
    function = inspect.unwrap(getattr(found, name))
    function = getattr(function, "py_func", function)
    return f"agents/{module}.py, {name}()", inspect.getsource(function)
