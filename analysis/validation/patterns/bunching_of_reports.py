"""Reports pile up just below the limit; the truth does not."""

from __future__ import annotations

import math
from typing import Any

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message


def _excess(trial: Trial, coverage: float) -> tuple[float, float]:
    """Shares of reported and of true ratios to the air limit from 0.75 to 1."""
    policy = trial.scenario(monitoring_coverage=coverage, monitoring_tamper_rate=0.0)
    model, _ = trial.run(policy, trial.park(400), 8)
    firms = model.world.enterprises

    def below(values: Any) -> float:
        return float(((values >= 0.75) & (values <= 1.0)).mean())

    return below(firms["reported_ratio"][:, 0]), below(firms["ratio"][:, 0])


def measure(trial: Trial) -> Numbers:
    """Without automatic monitoring, and with all enterprises monitored."""
    told, true = _excess(trial, 0.0)
    seen, truth = _excess(trial, 1.0)
    return {"told": told, "true": true, "seen": seen, "truth": truth}


BUNCHING_OF_REPORTS = Pattern(
    "bunching-of-reports",
    "structure",
    Message("Reports pile up just below the limit, the truth does not"),
    (
        Source(
            "Duflo, Greenstone, Pande and Ryan (2013), QJE 128(4), 1499-1545, figures of audit "
            "readings and back-checks",
            "https://doi.org/10.1093/qje/qjt024",
            "recalled",
        ),
        Source(
            "Karplus, Zhang and Almond (2018), Quantifying coal power plant responses to tighter "
            "SO2 emissions standards in China, PNAS 115(27), 7004-7009",
            "https://doi.org/10.1073/pnas.1800605115",
            "read",
        ),
    ),
    Message(
        "`voluntary` for two years, nobody monitored, and all monitored without tampering; shares "
        "of reported and of true air discharge from 75 to 100 % of the limit."
    ),
    Message(
        "Readings that can be bent pile up just below the standard: at least one and a half times "
        "the true share there; with networked monitoring next to nothing is left of it."
    ),
    (
        Part("manual", Message("reported over true share just below the limit, no monitoring"),
             "ratio", (1.5, math.inf), lambda m: m["told"] / m["true"]),
        Part("networked", Message("reported over true share just below the limit, all monitored"),
             "ratio", (0.9, 1.1), lambda m: m["seen"] / m["truth"]),
    ),
    measure,
    seeds=16,
    quantities=("told", "true", "seen", "truth"),
)  # fmt: skip
