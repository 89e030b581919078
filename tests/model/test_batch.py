"""Many runs under one seed at once: each is the run it would be alone, on either driver."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.batch import simulate_batch, simulate_batch_with_agents
from cleanpark.model.outcomes import OUTCOME_NAMES
from cleanpark.model.simulate import simulate_seed
from cleanpark.scenarios.records import behaviour_record

MIXES = [
    {},
    {"fine": 30.0, "audit_mode": "mandatory-all", "audit_teams": 9.0},
    {"carbon_price": 80.0, "monitoring_coverage": 0.7, "closure_after": 2.0},
]
BEHAVIOURS: list[dict[str, float]] = [{}, {"learn_own": 0.6}, {"mix_spread": 0.3, "moral_cost": 0}]


def inputs(parks: list[Any], quarters: int) -> tuple[Any, Any]:
    """Three rows of levers and behaviour."""
    names = [park.name for park in parks]
    policies = np.stack(
        [cp.scenario("full-mix", **levers).schedule(quarters, names) for levers in MIXES]
    )
    return policies, np.array([behaviour_record(one)[0] for one in BEHAVIOURS])


@pytest.mark.parametrize(
    ("names", "size", "quarters"),
    [(["mixed"], 40, 6), (["heavy", "high-tech"], 25, 5), (["mixed"], 1, 4), (["heavy"], 30, 1)],
)
def test_a_batch_is_its_runs_alone_and_its_runs_with_agents(
    names: list[str], size: int, quarters: int
) -> None:
    parks = [cp.park(name, enterprises=size) for name in names]
    policies, behaviours = inputs(parks, quarters)
    together = simulate_batch(policies, behaviours, parks, 3, OUTCOME_NAMES, over_time=True)
    agents = simulate_batch_with_agents(policies, behaviours, parks, 3, OUTCOME_NAMES, True)
    assert np.array_equal(together.values, agents.values, equal_nan=True)
    assert together.series is not None
    assert agents.series is not None
    assert np.array_equal(together.series, agents.series, equal_nan=True)
    for row in range(len(MIXES)):
        here = slice(row, row + 1)
        alone = simulate_batch(policies[here], behaviours[here], parks, 3, OUTCOME_NAMES)
        assert np.array_equal(alone.values[0], together.values[row], equal_nan=True)


@pytest.mark.parametrize("simulate", [simulate_batch, simulate_batch_with_agents])
def test_what_is_asked_for_does_not_change_what_is_found(simulate: Any) -> None:
    parks = [cp.park("mixed", enterprises=30)]
    policies, behaviours = inputs(parks, 5)
    whole = simulate(policies, behaviours, parks, 3, OUTCOME_NAMES).values
    assert np.nanmax(whole[:, OUTCOME_NAMES.index("audit_spread")]) > 0.0
    for name in ("audit_spread", "audit_genuine", "compliance_true", "treasury_net"):
        alone = simulate(policies, behaviours, parks, 3, [name]).values[:, 0]
        assert np.array_equal(alone, whole[:, OUTCOME_NAMES.index(name)], equal_nan=True)


def test_a_batch_agrees_with_single_runs_that_keep_groups() -> None:
    """Sums by cell, then over cells, differ from sums over the park in their last bits only."""
    parks = [cp.park("mixed", enterprises=60)]
    policies, behaviours = inputs(parks, 8)
    found = simulate_batch(policies, behaviours, parks, 5, OUTCOME_NAMES)
    for row, (levers, behaviour) in enumerate(zip(MIXES, BEHAVIOURS, strict=True)):
        one = cp.scenario("full-mix", **levers).with_behaviour(**behaviour)
        single = simulate_seed([one], parks, 5, 8).horizon[0, 0]
        assert found.values[row] == pytest.approx(single, rel=1e-11, abs=1e-9, nan_ok=True)


def test_the_draws_of_many_enterprises_are_not_kept_together() -> None:
    """Above the limit runs go one by one; the numbers are the same."""
    from cleanpark.model import batch

    parks = [cp.park("mixed", enterprises=30)]
    policies, behaviours = inputs(parks, 3)
    together = simulate_batch(policies, behaviours, parks, 2, OUTCOME_NAMES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "CHUNK", 10)
        one_by_one = simulate_batch(policies, behaviours, parks, 2, OUTCOME_NAMES)
    assert np.array_equal(together.values, one_by_one.values, equal_nan=True)
