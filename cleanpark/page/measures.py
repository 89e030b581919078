"""Numbers that the sentence and the charts need of a comparison, by seed, with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import cleanpark as cp
from cleanpark.analysis.comparison.affected import affected_groups
from cleanpark.analysis.comparison.ledger import PER_OUTPUT
from cleanpark.analysis.comparison.targets import Target
from cleanpark.analysis.comparison.years import by_year
from cleanpark.model.outcomes import outcome
from cleanpark.page import engine
from cleanpark.page.question import Question

Values = NDArray[np.float64]
SIZES = ("size:small", "size:medium", "size:large")
ATTITUDES = ("attitude:low", "attitude:middle", "attitude:high")


@dataclass(frozen=True)
class Gap:
    """A difference with its 95 % interval; NaN where undefined."""

    value: float
    low: float
    high: float

    @property
    def told(self) -> bool:
        """Whether it can be told from zero."""
        return self.low > 0 or self.high < 0

    @property
    def defined(self) -> bool:
        """Whether there is a difference at all."""
        return bool(np.isfinite(self.value))


UNDEFINED = Gap(float("nan"), float("nan"), float("nan"))


def is_total(outcome: str) -> bool:
    """Whether an outcome adds up over quarters; else it is a level."""
    return str(engine.outcome_table()[outcome].kind) == "total"


def gap(values: Values, reference: Values) -> list[Gap]:
    """Paired differences of (seed, things), a gap for each thing."""
    pairs = engine.paired(values, reference)
    rows = zip(pairs.difference, pairs.low, pairs.high, strict=True)
    return [Gap(float(value), float(low), float(high)) for value, low, high in rows]


def burden_gap(found: cp.Comparison, policy: int, year: int) -> Gap:
    """Change of enterprises' net environmental cost in a year, CNY per 10,000 CNY of what they
    then put out under the reference."""
    place = year - engine.years(4)[0]
    base = found.reference_place
    rate = PER_OUTPUT / positive(by_year(found, base, "output")[:, [place]])
    costs = [by_year(found, one, "enterprise_cost")[:, [place]] * rate for one in (policy, base)]
    return gap(*costs)[0]


def group_burdens(found: cp.Comparison, policy: int, groups: tuple[str, ...]) -> list[Gap]:
    """The same by groups of enterprises, over the whole horizon; undefined for an empty group."""
    table = affected_groups(found)
    of_policy = table[table["scenario"] == found.names[policy]]
    keys = ["burden", "burden_low", "burden_high"]
    gaps = {
        group: Gap(*map(float, values))
        for group, values in zip(of_policy["group"], of_policy[keys].to_numpy(), strict=True)
    }
    return [gaps.get(one, UNDEFINED) for one in groups]


def positive(values: Values) -> Values:
    """Values above zero; NaN for the others, to divide by."""
    return np.where(values > 0, values, np.nan)


def target_of(question: Question) -> Target:
    """The target of a question: a change against the first policy's level in the first year, in
    percent, of a share in points; zero means no more than that level, and a rise is the most that
    is allowed of what had better be low."""
    assert question.target is not None
    below = question.target <= 0 or outcome(question.outcome).better == "low"
    return Target(question.outcome, question.target / 100.0, question.year, below=below)
