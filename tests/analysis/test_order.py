"""Whether the order of two policies turns, and which assumptions move their difference."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.analysis.policies.order import movers_of, order_of
from cleanpark.scenarios.errors import InputError

PARK = cp.park("mixed", 12)


@given(st.integers(0, 2**32 - 1))
def test_the_assumption_that_alone_makes_the_gap_is_named_first_and_noise_is_not(seed):
    rng = np.random.default_rng(seed)
    design = pd.DataFrame({name: rng.random(60) for name in ("noise", "cause", "other")})
    movers = movers_of(design, -3.0 * design["cause"].to_numpy() ** 3)
    assert movers["parameter"][0] == "cause"
    assert movers["correlation"][0] == pytest.approx(-1.0)
    assert movers["told"][0]


def test_nothing_is_named_where_nothing_varies():
    design = pd.DataFrame({"one": [0.5] * 8, "two": range(8)})
    assert not movers_of(design, np.zeros(8))["told"].any()


def test_gaps_are_those_of_a_comparison_where_assumptions_hardly_vary():
    policy, reference = cp.scenario("full-mix"), cp.scenario("voluntary")
    default = float(cp.parameters().set_index("name").loc["audit_fee", "default"])
    narrow = cp.Space([cp.Factor("audit_fee", default, default * (1 + 1e-9), kind="behaviour")])
    found = order_of(policy, reference, PARK, "pollution_equivalents", 2027, 8, 2, narrow)
    compared = cp.compare([policy], PARK, seeds=2, quarters=8, reference=reference)
    pairs = [compared.series(place, "pollution_equivalents")[:, 4:].sum(axis=1) for place in (0, 1)]
    names = compared.names
    sign = 1 if names[0] == "full-mix" else -1
    assert found.gaps == pytest.approx(float(sign * (pairs[0] - pairs[1]).mean()), rel=1e-6)
    assert not found.turns


def test_a_policy_against_itself_has_no_order():
    one = cp.scenario("voluntary")
    again = one.renamed("again", {"en": "again", "zh": "again"})
    found = order_of(again, one, PARK, "pollution_equivalents", 2026, 4, 1, "learning")
    assert (found.below, found.above) == (0, 0)
    assert not found.turns


def test_a_year_before_the_first_is_refused():
    with pytest.raises(InputError, match="begins before 2026"):
        order_of(cp.scenario("full-mix"), cp.scenario("voluntary"), PARK, "water", 2025)
