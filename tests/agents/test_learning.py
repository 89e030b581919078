"""Learning: belief, attitude, and options that spread from peer to peer."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpark.agents import learning as k
from cleanpark.agents.technology import has_option
from cleanpark.model.network import complete
from tests.agents import makers


def test_peer_learning_on_a_complete_graph_is_logistic() -> None:
    """Only peers, one option, everybody linked: dI/dt = b I (1 - I / n)."""
    sector = makers.sector()
    behaviour = makers.behaviour(peer_contact=0.2)
    policy = makers.policy()
    size, seeds = 400, 8
    offsets, linked = complete(size)
    rng = np.random.default_rng(5)
    curves = []
    for _ in range(seeds):
        firms = [makers.enterprise(sector) for _ in range(size)]
        for firm in firms[:40]:
            firm.identified = firm.implemented = 1
        curve = [40]
        for _ in range(40):
            before = [firm.implemented for firm in firms]
            for number, firm in enumerate(firms):
                row = makers.draws(
                    contact=rng.random(), peer=rng.random(), peer_option=rng.random()
                )
                link = k.pick_link(int(offsets[number]), int(offsets[number + 1]), row)
                if k.meets_peer(behaviour, row):
                    shown = before[linked[link]]
                    k.learn_from_peer(firm, sector, policy, makers.park(), shown, row)
                firm.implemented = firm.identified
            curve.append(sum(has_option(firm.implemented, 0) for firm in firms))
        curves.append(curve)
    share = 0.1
    expected = [share]
    for _ in range(40):
        share += 0.2 * share * (1.0 - share)
        expected.append(share)
    measured = np.mean(curves, axis=0) / size
    assert measured == pytest.approx(np.array(expected), abs=0.035)


@given(
    belief=st.floats(0, 1),
    caught=st.floats(0, 1),
    inspected=st.floats(0, 1),
    own=st.integers(0, 1),
    park_caught=st.floats(0, 1),
)
def test_belief_stays_a_probability(
    belief: float, caught: float, inspected: float, own: int, park_caught: float
) -> None:
    firm = makers.enterprise(makers.sector(), belief=belief, inspected=own)
    park = makers.park(caught_share=park_caught)
    policy = makers.policy(disclosure=0.5)
    k.learn_detection(firm, policy, makers.behaviour(), park, caught, inspected)
    assert 0.0 <= firm.belief <= 1.0


def test_others_fines_raise_belief_and_silence_lets_it_decay() -> None:
    """Reputation spillover: enterprises that were not fined learn from those that were."""
    sector, behaviour, park = makers.sector(), makers.behaviour(), makers.park()
    policy = makers.policy()
    warned = makers.enterprise(sector, belief=0.3)
    k.learn_detection(warned, policy, behaviour, park, 1.0, 1.0)
    calm = makers.enterprise(sector, belief=0.3)
    k.learn_detection(calm, policy, behaviour, park, 0.0, 0.0)
    assert calm.belief < 0.3 < warned.belief


def test_an_inspection_tells_the_less_the_more_often_ones_group_is_inspected() -> None:
    sector, behaviour, policy = makers.sector(), makers.behaviour(), makers.policy()
    park = makers.park(mean_group=2.0)
    gains = []
    for key in (0, 1):
        firm = makers.enterprise(sector, belief=0.1, inspected=1, key=key)
        k.learn_detection(firm, policy, behaviour, park, 0.0, 0.0)
        gains.append(firm.belief - 0.1)
    assert gains[0] == pytest.approx(behaviour.key_inspection_ratio * gains[1])


def test_beliefs_come_within_a_factor_of_two_of_the_truth() -> None:
    sector, behaviour, policy = makers.sector(), makers.behaviour(), makers.policy()
    park, rng = makers.park(), np.random.default_rng(4)
    firms = [makers.enterprise(sector, belief=start) for start in (0.01, 0.6) for _ in range(300)]
    rate = 0.06
    for _ in range(40):
        for firm in firms:
            firm.inspected = int(rng.random() < rate)
            links = (rng.random(6) < rate).mean()
            k.learn_detection(firm, policy, behaviour, park, 0.0, float(links))
    true = rate * policy.detection
    for group in (firms[:300], firms[300:]):
        assert true / 2 <= np.mean([firm.belief for firm in group]) <= 2 * true


def test_discovery_finds_each_option_at_its_yearly_rate() -> None:
    sector, behaviour, policy = makers.sector(), makers.behaviour(), makers.policy()
    count, quarters = 2000, 8
    rng = np.random.default_rng(1)
    firms = [makers.enterprise(sector) for _ in range(count)]
    for quarter in range(quarters):
        park = makers.park(quarter=quarter)
        for firm in firms:
            row = makers.draws(chance=float(rng.random()))
            k.discover(firm, sector, policy, behaviour, park, row)
    now = [o for o in range(sector.options) if sector.available[o] <= 0]
    known = np.mean([[has_option(firm.identified, o) for o in now] for firm in firms])
    expected = 1.0 - (1.0 - behaviour.discovery_rate / 4.0) ** quarters
    assert known == pytest.approx(expected, abs=0.003)
    late = [o for o in range(sector.options) if sector.available[o] > quarters]
    assert not any(has_option(firm.identified, o) for firm in firms for o in late)


def test_unfair_treatment_lowers_attitude_more_than_favour_raises_it() -> None:
    sector, behaviour, policy = makers.sector(), makers.behaviour(), makers.policy()
    park = makers.park(gap_sum=[0.0, 0.0, 0.0, 10.0, 0.0], gap_count=[0, 0, 0, 2.0, 0])
    changes = []
    for score in (45.0, 65.0):
        firm = makers.enterprise(
            sector, attitude=0.5, evaluated=1, true_level=3, score=score, true_score=50.0
        )
        k.adjust_attitude(firm, policy, behaviour, park, 0.5)
        changes.append(firm.attitude - 0.5)
    assert changes[0] < 0.0 < changes[1]
    assert abs(changes[0]) == pytest.approx(behaviour.unfairness_aversion * changes[1])


@given(scores=st.lists(st.floats(0.0, 100.0), min_size=2, max_size=6), gift=st.floats(-20, 20))
def test_right_scores_and_equal_favours_are_fair(scores: list[float], gift: float) -> None:
    """Like enterprises that all get their true score, or all as much more, are treated alike."""
    count = len(scores)
    park = makers.park(gap_sum=[0.0, 0.0, 0.0, gift * count, 0.0], gap_count=[0, 0, 0, count, 0])
    for true in scores:
        firm = makers.enterprise(
            makers.sector(), evaluated=1, true_level=3, score=true + gift, true_score=true
        )
        assert k.fairness(firm, park) == pytest.approx(0.0, abs=1e-12)


def test_records_get_better_towards_perfect_ones() -> None:
    firm = makers.enterprise(makers.sector(), data_quality=0.4)
    k.better_records(firm, 0.5)
    assert firm.data_quality == pytest.approx(0.7)
    k.better_records(firm, 1.0)
    assert firm.data_quality == 1.0


def test_training_has_diminishing_returns_and_is_forgotten() -> None:
    sector, behaviour = makers.sector(), makers.behaviour()
    policy = makers.policy(training_reach=1.0, training_intensity=1.0)
    firm = makers.enterprise(sector)
    gains = []
    for _ in range(3):
        before = firm.knowledge
        k.train(firm, policy, behaviour, makers.draws(trained=0.0))
        gains.append(firm.knowledge - before)
    assert gains[0] > gains[1] > gains[2]
    k.train(firm, makers.policy(training_reach=0.0), behaviour, makers.draws())
    assert firm.knowledge == pytest.approx((1 - behaviour.forgetting / 4) * sum(gains))


@given(st.floats(1e-6, 1 - 1e-6))
def test_the_normal_quantile_is_scipys(uniform: float) -> None:
    from scipy.special import ndtri

    from cleanpark.agents.draws import normal

    assert normal(uniform) == pytest.approx(float(ndtri(uniform)), abs=1e-9)


def test_further_draws_of_one_uniform_are_uniform_and_uncorrelated() -> None:
    from cleanpark.agents.draws import another_draw

    uniforms = np.random.default_rng(3).random(20_000).tolist()
    table = np.array([[another_draw(u, option) for option in range(24)] for u in uniforms])
    assert table.mean(axis=0) == pytest.approx(np.full(24, 0.5), abs=0.012)
    correlation = np.corrcoef(table.T) - np.eye(24)
    assert np.abs(correlation).max() < 5.0 / math.sqrt(len(uniforms))


def test_readings_in_real_time_teach_how_often_they_are_acted_on() -> None:
    """An announcement moves nothing (Telle 2013); with time belief comes to the true rate."""
    policy, behaviour = makers.policy(monitoring_enforcement=0.5), makers.behaviour()
    firm = makers.enterprise(makers.sector(), belief=0.05, monitored=1)
    k.learn_detection(firm, policy, behaviour, makers.park(), 0.0, 0.0)
    assert firm.belief == pytest.approx(0.05 + behaviour.belief_decay * 0.45)
    for _ in range(60):
        k.learn_detection(firm, policy, behaviour, makers.park(), 0.0, 0.0)
    assert firm.belief == pytest.approx(0.5)
