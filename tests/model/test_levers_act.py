"""Every lever acts: between the ends of its range, where it should matter, some outcome moves."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.simulate import simulate_seed
from cleanpark.scenarios.levers import levers

SEEDS = range(1, 17)
ALL_AUDITED = {"audit_mode": "mandatory-all", "audit_capacity": 10.0}
ADAPTIVE = {"audit_threshold_mode": "adaptive"}
LATER_TAX = {"2026-Q1": 0.0, "2028-Q1": 1000.0}
INSPECTED = {"inspection_rate": 0.15}


class Place(NamedTuple):
    """Where a lever should matter, between which values, and what it moves."""

    moves: str
    ends: tuple[Any, Any]
    scenario: str = "full-mix"
    others: dict[str, Any] = {}  # noqa: RUF012
    park: str = "mixed"
    enterprises: int = 150
    quarters: int = 24


PLACES = {
    "audit_mode": Place("audits", ("none", "mandatory-all"), "reward-and-punish"),
    "audit_interval": Place(
        "audits",
        (8.0, 20.0),
        "mandatory",
        others=ALL_AUDITED,
    ),
    "audit_threshold_mode": Place("level_one", ("fixed", "adaptive")),
    "adaptive_percentile": Place(
        "audit_misclassified",
        (0.4, 0.8),
        "mandatory",
        others={
            "audit_threshold_mode": "adaptive",
            "audit_mode": "mandatory-all",
            "audit_capacity": 10.0,
        },
        quarters=60,
    ),
    "indicator_weights": Place(
        "audit_spread", ("park-type", "unified"), "reward-and-punish", park="heavy"
    ),
    "standardization": Place("audit_misclassified", (0.0, 1.0), "mandatory", park="heavy"),
    "tailoring": Place("options_identified", (0.0, 1.0), "reward-and-punish"),
    "audit_teams": Place(
        "audit_spread",
        (1.0, 6.0),
        "mandatory",
        others=ALL_AUDITED,
        enterprises=50,
    ),
    "audit_capacity": Place("options_implemented", (1.0, 10.0)),
    "team_expertise": Place("technology_dispersion", (0.3, 0.9)),
    "auditor_payment": Place("burden", ("enterprise", "pool"), "mandatory"),
    "audit_duration": Place("technology_level", (1.0, 4.0), "mandatory"),
    "acceptance_share": Place("technology_level", (0.0, 0.8), "mandatory"),
    "acceptance_penalty": Place("option_investment", (0.0, 50.0)),
    "audit_enforcement": Place("reported_sulfur_dioxide", (0.0, 0.8)),
    "results_published": Place("audit_genuine", (0.0, 1.0), "mandatory"),
    "back_check_rate": Place("audit_cost", (0.0, 0.3), "reward-and-punish"),
    "back_check_penalty": Place(
        "audit_misclassified",
        (0.0, 20.0),
        "mandatory",
        others={"back_check_rate": 0.3},
        park="heavy",
    ),
    "on_site_verification": Place("audit_misclassified", (0.0, 1.0), "reward-and-punish"),
    "follow_up": Place("options_implemented", (0.0, 1.0), "mandatory"),
    "training_reach": Place("knowledge", (0.0, 0.5), "mandatory"),
    "training_intensity": Place("knowledge", (0.1, 1.0)),
    "technical_support": Place("options_identified", (0.0, 1.0), "reward-and-punish"),
    "monitoring_coverage": Place("monitored", (0.0, 1.0)),
    "monitoring_target": Place(
        "compliance_apparent",
        ("list", "random"),
        "voluntary",
        others={"monitoring_coverage": 0.4},
        park="heavy",
    ),
    "monitoring_tamper_rate": Place(
        "compliance_apparent",
        (0.0, 0.3),
        "voluntary",
        others={"monitoring_coverage": 1.0, "fine": 5.0},
        park="heavy",
    ),
    "monitoring_enforcement": Place(
        "compliance_true",
        (0.1, 0.8),
        "real-time",
        others={"monitoring_coverage": 1.0},
        park="heavy",
    ),
    "monitoring_payment": Place("income_tax", ("enterprise", "authority")),
    "notice": Place(
        "options_implemented",
        (0.0, 4.0),
        "voluntary",
        others={"energy_tax": LATER_TAX},
        park="heavy",
        enterprises=400,
        quarters=8,
    ),
    "air_tax_rate": Place("burden", (1.2, 12.0), "mandatory"),
    "water_tax_rate": Place("profit", (1.4, 14.0), "reward-and-punish"),
    "solid_waste_tax_rate": Place("compliance_true", (10.0, 50.0), "reward-and-punish"),
    "voc_tax_rate": Place("burden", (0.0, 19.0), "mandatory"),
    "tax_reduction_30": Place("enterprise_cost", (0.0, 0.5), "tax-only", park="heavy"),
    "tax_reduction_50": Place("taxes", (0.0, 1.0)),
    "income_tax_reduction": Place("audit_genuine", (0.0, 0.4), "mandatory"),
    "income_tax_rate": Place("profit", (0.15, 0.25)),
    "investment_credit": Place("technology_level", (0.0, 0.3), park="heavy"),
    "option_subsidy": Place("technology_dispersion", (0.0, 0.4)),
    "audit_fee_subsidy": Place("subsidies", (0.0, 0.8), "mandatory"),
    "level_award": Place("audit_genuine", (0.0, 30.0), "mandatory"),
    "credit_discount": Place("options_implemented", (0.0, 0.01), park="heavy"),
    "energy_tax": Place("burden", (0.0, 200.0), "reward-and-punish"),
    "energy_tax_relief": Place(
        "audit_genuine", (0.0, 0.9), "mandatory", others={"energy_tax": 200.0}, park="heavy"
    ),
    "carbon_price": Place("burden", (0.0, 200.0), "voluntary"),
    "free_allowances": Place("burden", (0.0, 1.0), "voluntary", others={"carbon_price": 100.0}),
    "inspection_rate": Place("belief", (0.03, 0.15), "mandatory"),
    "inspection_targeting": Place(
        "compliance_true", ("random", "record"), "voluntary", others=INSPECTED
    ),
    "detection": Place("belief", (0.5, 0.95), "mandatory"),
    "fine": Place("compliance_true", (5.0, 40.0), "voluntary"),
    "bypass_fine": Place("compliance_true", (10.0, 100.0), "no-policy", park="heavy"),
    "sanctioned_share": Place("violations_found", (0.3, 1.0), "mandatory"),
    "fine_gain_share": Place("violations_found", (0.0, 2.0), "voluntary"),
    "fine_escalation": Place(
        "compliance_true", (1.0, 2.0), "voluntary", others={"inspection_rate": 0.2}, park="heavy"
    ),
    "daily_fine": Place("compliance_true", (0.0, 30.0), "voluntary"),
    "audit_refusal_fine": Place(
        "audit_coverage",
        (5.0, 50.0),
        "no-policy",
        others=ALL_AUDITED | {"poor_audit_penalty": 20.0},
        park="heavy",
        quarters=30,
    ),
    "falsification_fine": Place("compliance_apparent", (10.0, 100.0), "voluntary"),
    "poor_audit_penalty": Place("audit_genuine", (0.0, 20.0), "mandatory"),
    "production_restriction": Place("compliance_apparent", (0.0, 0.5), "mandatory"),
    "restriction_after": Place(
        "compliance_true",
        (2.0, 5.0),
        "voluntary",
        others={"production_restriction": 0.5, "inspection_rate": 0.2},
        park="heavy",
    ),
    "closure_after": Place(
        "compliance_true", (0.0, 2.0), "voluntary", others=INSPECTED, park="heavy"
    ),
    "disclosure": Place("compliance_true", (0.0, 1.0), park="heavy"),
    "energy_price": Place("burden", (800.0, 1500.0), "voluntary"),
    "energy_price_growth": Place("resource_cost", (-0.01, 0.03), "voluntary"),
    "water_price": Place("water", (3.0, 8.0), "voluntary"),
    "grid_factor": Place("carbon_dioxide", (0.45, 0.57), "voluntary"),
    "output_growth": Place("audit_cost", (-0.02, 0.02)),
    "interest_rate": Place("options_implemented", (0.03, 0.06), park="heavy"),
    "new_options": Place("options_identified", ("none", "catalogue")),
}


def test_every_lever_has_its_place() -> None:
    assert list(PLACES) == list(levers())
    for name, place in PLACES.items():
        lever = levers()[name]
        if lever.choices:
            assert set(place.ends) <= set(lever.choices)
        else:
            assert all(lever.low <= end <= lever.high for end in place.ends)


@pytest.mark.parametrize("name", PLACES)
def test_a_lever_moves_what_it_should(name: str) -> None:
    """Pairs under common random numbers: their mean difference is at least four standard errors
    from zero (Student's t with 15 degrees of freedom: 1 in 860 by chance)."""
    place = PLACES[name]
    park = [cp.park(place.park, enterprises=place.enterprises)]
    policies = [cp.scenario(place.scenario, **{**place.others, name: end}) for end in place.ends]
    column = OUTCOME_NAMES.index(place.moves)
    pairs = [
        simulate_seed(policies, park, seed, place.quarters).horizon[:, 0, column] for seed in SEEDS
    ]
    differences = np.diff(pairs)[:, 0]
    error = differences.std(ddof=1) / np.sqrt(len(differences))
    assert np.isfinite(differences).all()
    assert abs(differences.mean()) > 4.0 * error
