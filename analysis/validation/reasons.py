"""Why parts of patterns fail, as far as it is known; written for kept results of a version.

A part that fails there has its reason here, and one that passes has none:
``tests/analysis/test_validation.py`` holds that for the kept results, not for new runs.
"""

from __future__ import annotations

from collections.abc import Mapping

from cleanpark.scenarios.errors import Message

WRITTEN_FOR = "0.2.0"
"""The version whose kept results the reasons are about."""

FADES = Message(
    "a fine of others moves the belief of linked plants, a published one that of all, and fades "
    "within a few quarters"
)
LITTLE_LEFT = Message(
    "compliance is above 90 % at random already, so that few points are left to gain"
)
NO_NEWS = Message(
    "plants learn of inspections from those that took place: one that is announced changes "
    "nothing in its own quarter"
)
OWN_REPORT = Message(
    "the audit takes the plant's own report on discharge and has no reading that an authority "
    "could act on"
)
FEW_FOUND = Message(
    "an audit finds about two options, and few of the costly ones are bought (see "
    "`low-hanging-fruit`)"
)
CHEAP_TREATMENT = Message(
    "treatment costs little against value added, and output hardly falls; the source measures all "
    "that control costs a plant"
)
OPTIONS_ALONE = Message(
    "energy is saved by options alone: other inputs, fuels and products do not change"
)
FEW_SECTORS = Message(
    "a few sectors generate most of it, so that the park's mix adds to the inequality of plants"
)

REASONS: Mapping[str, Mapping[str, Message]] = {
    "fine-spillover": {"per_fine": FADES, "per_public_fine": FADES},
    "random-inspections": {
        "all_citations": Message(
            "plants comply more where inspections double, so that citations grow less"
        ),
        "all_penalties": Message(
            "the same share of violations is sanctioned, so that penalties grow with citations"
        ),
        "seldom_penalties": Message(
            "the sum hangs on a few large cases, as its interval shows; why it grows more than "
            "citations times the share sanctioned is not known"
        ),
    },
    "targeting-leverage": {
        "gain_low": LITTLE_LEFT, "gain_today": LITTLE_LEFT, "gain_high": LITTLE_LEFT,
    },
    "automatic-monitoring": {
        "reported": Message("the truth falls in the same quarter, which takes from the rise"),
        "at_once": Message(
            "plants that are connected treat more in the same quarter, as they know of it when "
            "they decide"
        ),
        "later": Message("most of the fall comes in the first quarter and does not go on"),
    },
    "enforcement-statistics": {
        "fine": Message(
            "fines grow with severity from the statutory minimum of 100,000 CNY on; the bulletins' "
            "mean lies below it, since they count lesser offences too"
        ),
    },
    "sanctions-deter": {
        "gain": Message(
            "with inspections at 30 % a quarter compliance is so high that all three sanctions "
            "lift it by the same two to three points"
        ),
    },
    "central-inspections": {"during": NO_NEWS, "reverted": NO_NEWS},
    "after-inspection": {
        "change": Message(
            "nine of ten plants comply and have no reason to change; an inspection moves belief "
            "alone"
        ),
    },
    "disclosure": {
        "violations": Message(
            "publication acts through the belief in detection alone: customers, neighbours and "
            "reputation are not in the model"
        ),
    },
    "inspections-and-charges": {
        "order": Message(
            "most plants are within their limits, where the charge acts and inspections do not"
        ),
    },
    "auditor-independence": {
        "certificates": Message(
            "some false certificates come from errors of measurement, which independence leaves"
        ),
        "limits": OWN_REPORT,
        "pollution": OWN_REPORT,
    },
    "recommendations": {
        "adopted": Message(
            "half are adopted at the payback published, but more of the options found pay back "
            "sooner than that"
        ),
    },
    "low-hanging-fruit": {
        "low_done": Message(
            "enterprises review options in some quarters only, so that a few wait for more than "
            "a year"
        ),
        "high_done": Message("nothing asks for costly options before an audit is accepted"),
        "second": Message("the first audit finds so little that as much is left for the second"),
        "found": Message(
            "the catalogue holds some twenty options a sector, while reports count many small "
            "measures one by one"
        ),
    },
    "audits-and-efficiency": {
        "gain": FEW_FOUND, "genuine": FEW_FOUND,
        "penalties": CHEAP_TREATMENT, "tax": CHEAP_TREATMENT,
    },
    "audit-yield": dict.fromkeys(
        ("energy_avoided", "water_avoided", "cod_avoided", "sulfur_dioxide_avoided",
         "nitrogen_oxides_avoided", "energy_share", "water_share", "cod_share",
         "sulfur_dioxide_share", "invested"),
        FEW_FOUND,
    ),
    "marginal-cost": {
        "inspected": Message("at the minimum rate limits decide, not the charge"),
        "violators": Message(
            "violators run treatment at its least load, which costs more at the margin than the "
            "minimum charge"
        ),
        "inspected_high": Message(
            "at four times the minimum the charge alone decides, and marginal cost tends to it"
        ),
        "violators_high": Message("hardly any plant violates at that rate: one seed has three"),
    },
    "energy-price": {"energy": OPTIONS_ALONE, "carbon": OPTIONS_ALONE},
    "carbon-price": {"carbon": OPTIONS_ALONE},
    "nox-charge": {
        "intensity": Message(
            "the charge is a third of the Swedish one, below the cost of most removal of nitrogen "
            "oxides"
        ),
    },
    "regulation-and-productivity": {"productivity": CHEAP_TREATMENT},
    "skewness": dict.fromkeys(
        ("particulates_gini", "particulates_fifth", "solid_waste_gini", "solid_waste_fifth"),
        FEW_SECTORS,
    ),
    "bunching-of-reports": {
        "manual": Message(
            "reports understate by a share of the truth and are not set to the limit"
        ),
    },
    "exits": {
        "rate": Message("enterprises leave after long losses only; other turnover is missing"),
        "again": Message("a successor takes over the costs that ruined its predecessor"),
        "more": Message("no cost passes into prices, and without the price hardly anyone leaves"),
    },
    "no-change": {
        "attitude": Message(
            "fairness compares a score with the mean of its level, not with the true score"
        ),
        "shift": Message("results reach investment too little for weights to matter"),
    },
}  # fmt: skip
"""By pattern and part."""


def reason_for(pattern: str, part: str) -> Message | None:
    """Why a part fails; None where nothing is written."""
    return REASONS.get(pattern, {}).get(part)
