"""Readings: what a team writes down must follow the rules of measurement."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import readings as a
from cleanpark.agents.draws import another_draw
from cleanpark.agents.levels import true_indicators
from cleanpark.agents.state import N_INDICATORS
from tests.agents import makers


def team(skill: float = 0.0, temperament: float = 0.0) -> SimpleNamespace:
    return SimpleNamespace(skill=skill, temperament=temperament)


def written(
    firm: Any, sector: Any, policy: Any, behaviour: Any, park: Any, by: Any, uniform: float
) -> list[float]:
    """The indicators as a team writes them down under one draw of noise and leniency."""
    row = makers.draws(reading=uniform, leniency=uniform)
    measured, readings = [0.0] * N_INDICATORS, [0.0] * N_INDICATORS
    true_indicators(firm, sector, measured)
    a.measure(firm, policy, behaviour, row, measured)
    a.take_readings(firm, sector, policy, behaviour, park, by, row, measured, readings)
    return readings


def test_pass_rate_of_a_noisy_reading_is_the_normal_integral() -> None:
    """One team without bias: P(reading below the threshold) = Phi(-distance / spread)."""
    sector = makers.sector()
    policy = makers.policy(standardization=0.0, on_site_verification=0.0, team_expertise=1.0)
    behaviour = makers.behaviour(leniency=0.0, procedure_noise=0.2, data_noise=0.0)
    park = makers.park()
    firm = makers.enterprise(sector)
    true = firm.intensity[0] / sector.worst[0]
    threshold = sector.reference[0, 2]
    rng = np.random.default_rng(4)
    passed = 0
    trials = 4000
    for uniform in rng.random(trials).tolist():
        passed += written(firm, sector, policy, behaviour, park, team(), uniform)[0] <= threshold
    distance = math.log(true / threshold) / 0.2
    expected = 0.5 * math.erfc(distance / math.sqrt(2.0))
    error = 4 * math.sqrt(expected * (1 - expected) / trials)
    assert passed / trials == pytest.approx(expected, abs=error)


@given(skill=st.floats(-3, 3), temperament=st.floats(-3, 3), uniform=st.floats(0.001, 0.999))
def test_full_standardization_leaves_no_difference_between_teams(
    skill: float, temperament: float, uniform: float
) -> None:
    sector = makers.sector()
    policy = makers.policy(standardization=1.0)
    behaviour = makers.behaviour()
    firm = makers.enterprise(sector, genuine=0)
    park = makers.park()
    one = written(firm, sector, policy, behaviour, park, team(), uniform)
    other = written(firm, sector, policy, behaviour, park, team(skill, temperament), uniform)
    assert one == other


def test_leniency_falls_by_four_fifths_with_a_pool_and_back_checks() -> None:
    """Duflo et al. 2013: about 80 % fewer false 'compliant' reports; allow 60 to 90 %."""
    behaviour = makers.behaviour()
    before = a.leniency(makers.policy(), behaviour)
    after = a.leniency(makers.policy(auditor_payment="pool", back_check_rate=0.2), behaviour)
    assert 0.6 <= 1.0 - after / before <= 0.9


def dirty(**changes: Any) -> Any:
    """An enterprise above a limit that reports that it is not."""
    given = {"ratio": [2.0, 0.5, 0.5], "reported_ratio": [0.9, 0.5, 0.5], **changes}
    return makers.enterprise(makers.sector(), **given)


def test_exact_auditors_without_leniency_state_what_is() -> None:
    policy = makers.policy(standardization=1.0, on_site_verification=1.0, team_expertise=1.0)
    behaviour = makers.behaviour(leniency=0.0)
    row = makers.draws()
    for ratio, stated in ((0.99, False), (1.01, True)):
        firm = dirty(ratio=[ratio, 0.2, 0.2])
        assert a.states_exceedance(firm, policy, behaviour, team(), row) == stated


def test_false_statements_on_discharge_fall_with_a_pool_and_back_checks() -> None:
    """Duflo et al. 2013: false reports of compliance fall by 80 %; allow 60 to 90 %."""
    behaviour = makers.behaviour(procedure_noise=0.0, data_noise=0.0)
    uniforms = np.random.default_rng(2).random(2000).tolist()
    rates = []
    for levers in ({}, {"auditor_payment": "pool", "back_check_rate": 0.2}):
        policy = makers.policy(**levers)
        clean = sum(
            not a.states_exceedance(
                dirty(), policy, behaviour, team(), makers.draws(statement=uniform)
            )
            for uniform in uniforms
        )
        rates.append(clean / len(uniforms))
    assert 0.6 <= 1.0 - rates[1] / rates[0] <= 0.9


def test_what_an_enterprise_reports_of_itself_is_stated() -> None:
    firm = dirty(reported_ratio=[1.5, 0.5, 0.5])
    row = makers.draws(statement=0.0)
    assert a.states_exceedance(firm, makers.policy(), makers.behaviour(leniency=1.0), team(), row)


def test_lenient_auditors_are_no_threat_and_a_statement_is() -> None:
    policy, behaviour = makers.policy(audit_enforcement=0.4), makers.behaviour(leniency=0.7)
    before = a.statement_followed(dirty(), policy, behaviour)
    assert before == pytest.approx(0.4 * (1.0 - a.leniency(policy, behaviour)))
    assert a.statement_followed(dirty(stated=1), policy, behaviour) == 0.4


def test_readings_of_one_draw_are_independent() -> None:
    uniforms = np.random.default_rng(5).random(4000).tolist()
    table = np.array([[another_draw(u, k) for k in range(N_INDICATORS)] for u in uniforms])
    correlation = np.corrcoef(table.T) - np.eye(N_INDICATORS)
    assert np.abs(correlation).max() < 5.0 / math.sqrt(len(uniforms))


def test_independent_auditors_take_over_nothing_that_they_are_shown() -> None:
    """Duflo et al. 2013: who picks and pays is indulged; a pool and back-checks end that."""
    behaviour = makers.behaviour(pool_effect=0.6, back_check_effect=2.5, leniency=0.7, shading=0.2)
    firm = makers.enterprise(makers.sector(), genuine=0)
    paid = makers.policy(standardization=0.0, auditor_payment="enterprise", team_expertise=0.5)
    pool = makers.policy(standardization=0.0, auditor_payment="pool", back_check_rate=0.0)
    checked = makers.policy(auditor_payment="pool", back_check_rate=0.4, back_check_penalty=10.0)
    assert a.indulgence(paid, behaviour) == 1.0
    assert a.indulgence(pool, behaviour) == pytest.approx(0.4)
    assert a.indulgence(checked, behaviour) == 0.0
    assert a.leniency(paid, behaviour) == pytest.approx(0.7)
    shaded = [a.systematic_error(firm, p, behaviour, team()) for p in (paid, checked)]  # type: ignore[arg-type]
    assert shaded == pytest.approx([-0.2 * 0.5, 0.0])


def test_a_statement_is_expected_where_an_audit_is_due_or_under_way() -> None:
    policy, behaviour = makers.policy(audit_enforcement=0.5), makers.behaviour(leniency=0.0)
    for state, expected in (({}, 0.0), ({"duty": 1}, 0.5), ({"until_result": 2}, 0.5)):
        firm = makers.enterprise(makers.sector(), **state)
        assert a.statement_expected(firm, policy, behaviour) == expected
