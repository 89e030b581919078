"""The quarter's lines: links are looked at as they were, the longest waiting are served."""

from __future__ import annotations

import numpy as np
import pytest

from cleanpark.model import quarter as q
from cleanpark.model.network import complete
from cleanpark.model.world import nothing_seen
from tests.agents import makers


def test_shares_among_links_leave_oneself_out() -> None:
    seen = nothing_seen(4)
    seen.caught[:] = [1, 1, 0, 0]
    seen.inspected[:] = [1, 1, 1, 0]
    seen.attitude[:] = [0.9, 0.3, 0.3, 0.3]
    caught, inspected, mood = q.look_at_links(0, complete(4), seen)
    assert (caught, inspected) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert mood == pytest.approx(0.3)


def test_without_links_there_is_no_news() -> None:
    seen = nothing_seen(1)
    seen.attitude[0] = 0.7
    assert q.look_at_links(0, complete(1), seen) == (0.0, 0.0, 0.7)


def test_capacity_reaches_those_who_waited_longest_first() -> None:
    park, sector = makers.park(serve_from=3, serve_share=0.4), makers.sector()
    served = [
        q.is_served(makers.enterprise(sector, waiting=waiting), park, makers.draws(queue=queue))
        for waiting, queue in ((0, 0.1), (2, 0.1), (3, 0.39), (3, 0.41), (4, 0.99))
    ]
    assert served == [False, False, True, False, True]


def test_awards_and_penalties_follow_the_result() -> None:
    policy = makers.policy(level_award=8.0, poor_audit_penalty=3.0)
    paid = []
    for level in range(5):
        firm = makers.enterprise(makers.sector(), evaluated=1, level=level)
        q.reward_result(firm, policy)
        paid.append((firm.paid.awards, firm.paid.fines))
    assert paid == [(0.0, 0.0), (8.0, 0.0), (4.0, 0.0), (0.0, 0.0), (0.0, 3.0)]


def test_what_others_see_is_a_copy() -> None:
    seen = nothing_seen(1)
    firm = makers.enterprise(makers.sector(), attitude=0.4, implemented=5)
    q.show(0, firm, seen)
    firm.attitude = 0.9
    assert seen.attitude[0] == 0.4
    assert seen.implemented[0] == np.uint64(5)
