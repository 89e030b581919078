"""What voluntary audits do to compliance."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message

LATE = slice(12, 32)


def measure(trial: Trial) -> Numbers:
    """True compliance and violations found, with voluntary audits and without any."""
    place = trial.park(200)
    none, some = (
        trial.series(trial.scenario(audit_mode=mode), place, 32) for mode in ("none", "voluntary")
    )
    gap = 100.0 * (some["compliance_true"] - none["compliance_true"])[LATE].mean()
    return {
        "compliance": float(gap),
        "none": float(none["inspections"][LATE].sum()),
        "some": float(some["inspections"][LATE].sum()),
    }


VOLUNTARY_AUDITS = Pattern(
    "voluntary-audits",
    "audits",
    Message("Voluntary audits alone do not raise compliance"),
    (
        Source(
            "Evans, Liu and Stafford (2011), Do environmental audits improve long-term "
            "compliance?, Journal of Regulatory Economics 40(3), 279-302",
            "https://doi.org/10.1007/s11149-011-9163-2",
            "read",
        ),
    ),
    Message(
        "Voluntary audits against none, fourth to eighth year: true compliance of all, and the "
        "number of inspections."
    ),
    Message(
        "No significant long-run effect of auditing on compliance, nor on the chance of being "
        "inspected, among facilities in Michigan: within 2 points, and within 5 %."
    ),
    (
        Part("compliance", Message("true compliance"), "points", (-2.0, 2.0)),
        Part("inspections", Message("inspections, relative change"), "share", (-0.05, 0.05),
             lambda m: m["some"] / m["none"] - 1.0),
    ),
    measure,
    seeds=24,
    quantities=("compliance", "none", "some"),
)  # fmt: skip
