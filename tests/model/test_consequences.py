"""What results, sanctions and watching must move, since enterprises know what follows from them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.simulate import simulate_seed

SEEDS = range(1, 25)


def differences(
    base: str, before: dict[str, Any], after: dict[str, Any], name: str, park: str = "mixed"
) -> tuple[float, float, float]:
    """An outcome's mean before, and its paired 95 % interval of the change over ten years."""
    pair = [cp.scenario(base, **before), cp.scenario(base, **after)]
    parks = [cp.park(park, enterprises=200)]
    place = OUTCOME_NAMES.index(name)
    runs = np.array([simulate_seed(pair, parks, seed, 40).horizon[:, 0, place] for seed in SEEDS])
    change = runs[:, 1] - runs[:, 0]
    half = 2.069 * change.std(ddof=1) / len(SEEDS) ** 0.5
    return runs[:, 0].mean(), change.mean() - half, change.mean() + half


@pytest.mark.parametrize(
    "consequence",
    [
        {"level_award": 30.0},
        {"income_tax_reduction": 0.4},
        {"income_tax_reduction": 1.0},
        {"poor_audit_penalty": 20.0},
    ],
)
@pytest.mark.parametrize("base", ["mandatory", "standardized-tailored"])
def test_audits_with_consequences_move_investment_and_energy(
    base: str, consequence: dict[str, float]
) -> None:
    """The paper's thesis: audits work when something follows from their results."""
    mean, low, _ = differences(base, {}, consequence, "option_investment")
    assert low > 0.05 * mean
    _, _, high = differences(base, {}, consequence, "energy")
    assert high < 0.0


@pytest.mark.parametrize("sanction", [{"daily_fine": 30.0}, {"fine_gain_share": 2.0}])
def test_sanctions_deter_before_they_are_paid(sanction: dict[str, float]) -> None:
    _, low, _ = differences("voluntary", {}, sanction, "compliance_true")
    assert low > 0.01


def test_exactly_right_audits_do_not_erode_attitude() -> None:
    mean, low, high = differences(
        "no-policy", {}, {"audit_mode": "mandatory-all", "standardization": 1.0}, "attitude"
    )
    assert low > -0.01 * mean
    assert high < 0.05 * mean


def test_independent_auditors_give_fewer_false_results() -> None:
    mean, _, high = differences("mandatory", {}, {"auditor_payment": "pool"}, "audit_misclassified")
    assert high < -0.15 * mean


def test_who_is_watched_complies() -> None:
    _, low, _ = differences(
        "voluntary",
        {"inspection_targeting": "random", "inspection_rate": 0.1},
        {"inspection_targeting": "record", "inspection_rate": 0.1},
        "compliance_true",
    )
    assert low > 0.005
