"""When a run fails: a criterion as typed, and applied to outcomes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.scenarios.errors import InputError, nearest

_CRITERION = re.compile(r"^\s*(\w+)\s*(<=|>=|<|>)\s*(?:(p?)([-+0-9.eE]+)|(reference))\s*$")
_WORSE = re.compile(r"^\s*(\w+)\s+worse\s+than\s+reference\s*$")

NOT_FAILING = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""The operator that is met where a criterion is not."""


@dataclass(frozen=True)
class Criterion:
    """When a run fails: an outcome beyond a value, a percentile of all runs, or the reference.

    ``reference``: beyond what the reference scenario has in the same future.
    """

    outcome: str
    operator: str
    value: float
    percentile: bool
    reference: bool = False

    def failed(
        self, values: NDArray[np.float64], reference: NDArray[np.float64] | None = None
    ) -> NDArray[np.bool_]:
        """Which samples fail; undefined ones do not. ``reference`` has its value per sample."""
        bound = self._reference(values, reference) if self.reference else self.bound(values)
        with np.errstate(invalid="ignore"):
            found = {"<": values < bound, "<=": values <= bound, ">": values > bound,
                     ">=": values >= bound}[self.operator]  # fmt: skip
        return np.asarray(found & np.isfinite(values), dtype=bool)

    def _reference(
        self, values: NDArray[np.float64], reference: NDArray[np.float64] | None
    ) -> NDArray[np.float64]:
        if reference is None or np.shape(reference) != np.shape(values):
            raise InputError(
                "criterion on '{outcome}': give the reference's value in every future",
                outcome=self.outcome,
            )
        return np.asarray(reference, dtype=float)

    def bound(self, values: NDArray[np.float64]) -> float:
        """The value beyond which a run fails; of a percentile, NaN where nothing is defined."""
        if not self.percentile:
            return self.value
        used = values[np.isfinite(values)]
        return float(np.percentile(used, self.value)) if used.size else np.nan


def criterion(text: str, outcomes: Any) -> Criterion:
    """A criterion as typed: ``compliance_true < 0.7``, ``pollution_equivalents > p75`` (the 75th
    percentile of all runs), or ``treasury_net worse than reference``.

    Raises InputError that says what is wrong and how to write it.
    """
    worse = _WORSE.match(text)
    match = worse or _CRITERION.match(text)
    if match is None:
        raise InputError(
            "criterion '{text}': write OUTCOME < VALUE, OUTCOME > pPERCENTILE or "
            "OUTCOME worse than reference, such as 'compliance_true < 0.7' or "
            "'pollution_equivalents > p75'",
            text=text,
        )
    name = match[1]
    if name not in outcomes:
        raise InputError(
            "criterion '{text}': no such outcome{hint}", text=text, hint=nearest(name, outcomes)
        )
    if worse:
        return Criterion(name, worse_side(text, name), np.nan, False, reference=True)
    _, operator, percentile, number, reference = match.groups()
    if reference:
        return Criterion(name, operator, np.nan, False, reference=True)
    return Criterion(name, operator, typed_value(text, number, percentile), bool(percentile))


def worse_side(text: str, name: str) -> str:
    """The operator that means worse for an outcome of the model."""
    better = outcome(name).better if name in OUTCOME_NAMES else ""
    if better not in ("low", "high"):
        raise InputError(
            "criterion '{text}': neither more nor less of '{name}' is better; write "
            "'{name} > reference' or '{name} < reference'",
            text=text,
            name=name,
        )
    return ">" if better == "low" else "<"


def typed_value(text: str, number: str, percentile: str) -> float:
    """The number of a criterion, checked."""
    try:
        value = float(number)
    except ValueError as cause:
        raise InputError(
            "criterion '{text}': '{number}' is no number", text=text, number=number
        ) from cause
    if percentile and not 0 < value < 100:
        raise InputError("criterion '{text}': a percentile between 0 and 100", text=text)
    return value


def better_of(name: str, rule: Criterion) -> str:
    """Which side of an outcome is better: as declared; of the one that fails, else the other side
    than that on which it fails. Empty where nobody says."""
    declared = outcome(name).better if name in OUTCOME_NAMES else ""
    if declared or name != rule.outcome:
        return declared
    return "low" if rule.operator.startswith(">") else "high"


def side_of(name: str, rule: Criterion) -> str:
    """The operator of an outcome's target: not failing, else the better side."""
    if name == rule.outcome and not rule.reference:
        return NOT_FAILING[rule.operator]
    return "<=" if better_of(name, rule) == "low" else ">="
