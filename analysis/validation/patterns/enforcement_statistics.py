"""Fines a case and violations an inspection, as bulletins count them."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Numbers, Part, Pattern, Source
from cleanpark.analysis.validation.trial import Trial
from cleanpark.scenarios.errors import Message


def measure(trial: Trial) -> Numbers:
    """Ten years of today's enforcement, without audits and automatic monitoring."""
    policy = trial.scenario(falsification_fine=0.0, monitoring_coverage=0.0, audit_mode="none")
    model, found = trial.run(policy, trial.park(200), 40)
    fines, cases, visits = (
        float(found[name].sum()) for name in ("fines", "violations_found", "inspections")
    )
    belief = float(model.world.enterprises["belief"].mean()) / (0.06 * 0.8)
    return {"fine": fines / max(cases, 1.0), "hit": cases / visits, "belief": belief}


ENFORCEMENT_STATISTICS = Pattern(
    "enforcement-statistics",
    "enforcement",
    Message("Cases, fines and inspections as bulletins count them"),
    (
        Source(
            "Ministry of Ecology and Environment, yearly reports on administrative penalties and "
            "random inspections, 2018 to 2022",
            "https://www.mee.gov.cn",
            "approximate",
        ),
    ),
    Message("`voluntary` as it is for ten years, without audits and automatic monitoring."),
    Message(
        "Bulletins give 73,000 to 88,000 CNY a case; the statute starts at 100,000 CNY where it "
        "applies. 91,000 cases over 509,900 random inspections (2022) bound the share from above, "
        "since cases have other causes too. People overrate small probabilities by up to two."
    ),
    (
        Part("fine", Message("fine a case"), "CNY", (70_000.0, 150_000.0)),
        Part("hit", Message("violations found an inspection"), "share", (0.05, 0.18)),
        Part("belief", Message("believed over true probability of being found, after ten years"),
             "ratio", (1.0, 2.0)),
    ),
    measure,
    seeds=16,
)  # fmt: skip
