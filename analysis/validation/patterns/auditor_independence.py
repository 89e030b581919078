"""Auditors paid from a pool and checked, against auditors chosen and paid by the plant."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial, share, steps
from cleanpark.scenarios.errors import Message

ORDER: dict[str, Any] = {
    "audit_mode": "mandatory-all",
    "audit_interval": 4.0,
    "audit_capacity": 25.0,
}
"""Every plant is audited every year."""
BELOW_III = 4


def _run(trial: Trial, **levers: Any) -> tuple[float, float, Any]:
    """False certificates, false acceptances of limits, and true ratios to the limits at the end."""
    model = trial.model(trial.scenario(**ORDER, **levers), trial.park(300), 12)
    below = certified = over = accepted = 0
    for before, now in steps(model):
        done = (now["audited"] > 0) & (now["founded"] == 0)
        low = done & (now["true_level"] == BELOW_III)
        bad = done & (before["ratio"] > 1.0).any(axis=1)
        below, certified = below + low.sum(), certified + (low & (now["level"] < BELOW_III)).sum()
        passed = (before["reported_ratio"] <= 1.0).all(axis=1)
        over, accepted = over + bad.sum(), accepted + (bad & passed).sum()
    ratios = model.world.enterprises["ratio"][:, :2].copy()
    return share(certified, below), share(accepted, over), ratios


def measure(trial: Trial) -> Numbers:
    """Twins that differ in who pays the auditor and in back-checks alone."""
    chosen = _run(trial)
    sent = _run(trial, auditor_payment="pool", back_check_rate=0.2)
    gap = ((sent[2] - chosen[2]) / chosen[2].std(axis=0)).mean(axis=1)
    order = np.argsort(chosen[2].mean(axis=1))
    tenth = len(order) // 10
    return {
        "certificates": sent[0] / chosen[0] - 1.0 if chosen[0] else math.nan,
        "limits": sent[1] / chosen[1] - 1.0 if chosen[1] else math.nan,
        "pollution": float(gap.mean()),
        "gradient": float(gap[order[-tenth:]].mean() - gap[order[:-tenth]].mean()),
    }


AUDITOR_INDEPENDENCE = Pattern(
    "auditor-independence",
    "audits",
    Message("Independent auditors tell the truth, and plants clean up"),
    (
        Source(
            "Duflo, Greenstone, Pande and Ryan (2013), Truth-telling by third-party auditors and "
            "the response of polluting firms, QJE 128(4), 1499-1545",
            "https://doi.org/10.1093/qje/qjt024",
            "recalled",
        ),
    ),
    Message(
        "Every plant is audited every year for three years; twins differ in who pays the auditor "
        "(plant or pool) and in back-checks (none or 20 %)."
    ),
    Message(
        "Random assignment, central pay and back-checks cut false reports of compliance by some "
        "80 % and pollution by 0.21 standard deviations in two years, most at the dirtiest plants."
    ),
    (
        Part("certificates", Message("false certificates of level III, relative change"), "share",
             (-0.9, -0.6)),
        Part("limits", Message("false acceptance of discharge limits, relative change"), "share",
             (-0.9, -0.6)),
        Part("pollution", Message("true pollution after three years, air and water"),
             "standard deviations", (-0.35, -0.1)),
        Part("gradient", Message("effect at the dirtiest tenth less that at the others"),
             "standard deviations", (-math.inf, -0.1)),
    ),
    measure,
    seeds=16,
)  # fmt: skip
