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
BY_CHANCE = Message(
    "it lies so near the bound that the interval holds values inside the band: chance decides"
)
ACCEPTANCE = Message(
    "a mandatory audit is accepted when part of what it recommends is implemented; nobody asked "
    "that of the recommendations of the source"
)
SMALLER_PLANTS = Message(
    "the park's plants generate less of it than those of the source: the shares saved lie in their "
    "bands"
)

REASONS: Mapping[str, Mapping[str, Message]] = {
    "fine-spillover": {"per_fine": FADES},
    "enforcement-statistics": {"fine": BY_CHANCE},
    "random-inspections": {
        "all_penalties": Message(
            "the same share of violations is sanctioned, so that penalties grow with citations"
        ),
        "all_citations": BY_CHANCE,
        "seldom_penalties": Message(
            "the sum hangs on a few large cases, as its interval shows; why it grows more than "
            "citations times the share sanctioned is not known"
        ),
    },
    "targeting-leverage": {
        "gain_low": LITTLE_LEFT, "gain_today": LITTLE_LEFT, "gain_high": LITTLE_LEFT,
    },
    "automatic-monitoring": {
        "later": Message(
            "violators make a small part of the park's discharge to air, and steadier operations "
            "let plants plan closer to the limit"
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
    "inspections-and-charges": {
        "order": Message(
            "most plants are within their limits, where the charge acts and inspections do not"
        ),
    },
    "recommendations": {"adopted": ACCEPTANCE, "payback": ACCEPTANCE, "hurdle": ACCEPTANCE},
    "low-hanging-fruit": {
        "second": Message(
            "housekeeping that lapsed and options that reached the market since are found again"
        ),
        "found": Message(
            "the catalogue holds some twenty options a sector, while reports count many small "
            "measures one by one"
        ),
    },
    "audits-and-efficiency": {"penalties": CHEAP_TREATMENT, "tax": CHEAP_TREATMENT},
    "audit-yield": {
        "cod_avoided": SMALLER_PLANTS,
        "sulfur_dioxide_avoided": SMALLER_PLANTS,
        "nitrogen_oxides_avoided": SMALLER_PLANTS,
        "invested": Message("an audit leads to less than one costly option on average"),
    },
    "marginal-cost": {
        "inspected_high": Message(
            "at four times the minimum the charge alone decides, and marginal cost tends to it"
        ),
        "violators_high": Message("hardly any plant violates at that rate"),
    },
    "energy-price": {"carbon": OPTIONS_ALONE},
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
    "no-change": {
        "shift": Message(
            "energy limits every level whatever its weight, so that weights move it only through "
            "what audits look for first, by about a tenth of a per cent"
        ),
    },
    "notches": {
        "excess_10": Message(
            "at ten times the minimum full treatment of wastewater pays without any reduction"
        ),
    },
}  # fmt: skip
"""By pattern and part."""


def reason_for(pattern: str, part: str) -> Message | None:
    """Why a part fails; None where nothing is written."""
    return REASONS.get(pattern, {}).get(part)
