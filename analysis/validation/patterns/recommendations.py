"""Which recommendations of an audit are adopted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.validation.findings import Finding, audited, found_now, note_adopted
from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, steps
from cleanpark.scenarios.errors import Message

WITHIN = 8
"""Quarters within which a recommendation counts as adopted."""
LONGEST_PAYBACK = 9.0
"""Years, as in the source's data."""


def logit(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coefficients of a logistic regression by Newton's method."""
    found = np.zeros(x.shape[1])
    for _ in range(60):
        chance = 1.0 / (1.0 + np.exp(-np.clip(x @ found, -30.0, 30.0)))
        weight = np.maximum(chance * (1.0 - chance), 1e-9)
        square = (x * weight[:, None]).T @ x + 1e-9 * np.eye(x.shape[1])
        step = np.linalg.solve(square, x.T @ (y - chance))
        found = found + step
        if np.abs(step).max() < 1e-9:
            break
    return found


def _findings(trial: Trial) -> list[Finding]:
    """Recommendations of genuine audits that two years have passed over."""
    policy = trial.scenario("mandatory", audit_mode="mandatory-all", audit_capacity=12.0)
    model = trial.model(policy, trial.park(300), 20)
    found: list[Finding] = []
    for before, now in steps(model):
        for row in audited(now):
            found += [one for one in found_now(model, before, row) if one.genuine]
        note_adopted(model, found)
    stayed = model.world.enterprises["founded"] == 0
    return [one for one in found if one.quarter + WITHIN <= 20 and stayed[one.enterprise]]


def measure(trial: Trial) -> Numbers:
    """Logit of adoption on the logarithms of cost and yearly saving."""
    rows = [
        (one.cost, one.saving, 0 < one.adopted <= one.quarter + WITHIN)
        for one in _findings(trial)
        if one.cost > 0 < one.saving and one.cost < LONGEST_PAYBACK * one.saving
    ]
    cost, saved, adopted = np.array(rows, dtype=float).T
    ones = np.ones(len(cost))
    both = logit(np.column_stack([ones, np.log(cost), np.log(saved)]), adopted)
    alone = logit(np.column_stack([ones, np.log(cost / saved)]), adopted)
    half = float(np.exp(-alone[0] / alone[1]))
    return {
        "adopted": float(adopted.mean()),
        "weight": float(-both[1] / both[2]),
        "payback": half,
        "hurdle": 1.0 / half,
    }


RECOMMENDATIONS = Pattern(
    "recommendations",
    "audits",
    Message("Half of the recommendations are adopted, cost weighing more than saving"),
    (
        Source(
            "Anderson and Newell (2004), Information programs for technology adoption: the case "
            "of energy-efficiency audits, Resource and Energy Economics 26(1), 27-50",
            "https://doi.org/10.1016/j.reseneeco.2003.07.001",
            "read",
        ),
    ),
    Message(
        "All enterprises are audited once; recommendations of genuine audits, adoption within two "
        "years, logit on the logarithms of cost and yearly saving as the auditor computes them."
    ),
    Message(
        "About half (53 %) were adopted; adoption answered 1.4 times as strongly to cost as to "
        "saving; half were adopted at a payback of one to two years, a hurdle of 50 to 100 %."
    ),
    (
        Part("adopted", Message("share adopted within two years"), "share", (0.40, 0.60)),
        Part("weight", Message("sensitivity to cost over sensitivity to saving"), "ratio",
             (1.2, 1.7)),
        Part("payback", Message("payback at which half adopt"), "years", (1.0, 2.0)),
        Part("hurdle", Message("implied hurdle"), "share per year", (0.5, 1.0)),
    ),
    measure,
    seeds=8,
)  # fmt: skip
