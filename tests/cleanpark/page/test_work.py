"""Answers in the background: rough at once, then whole, given up when nobody waits."""

import asyncio
import threading
from dataclasses import replace

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.page import engine, limits
from cleanpark.page.question import Policy, Question
from cleanpark.page.work import FIRST, LATER, Cache, Pool, Worker
from cleanpark.scenarios.errors import InputError

SMALL = Question(enterprises=15, quarters=8, year=2027, seeds=7)


@pytest.fixture(scope="module")
def worker():
    return Worker(2)


def states_of(worker, question):
    async def every():
        return [state async for state in worker.answer(question)]

    return asyncio.run(every())


def test_runs_put_together_are_the_comparison_to_the_last_bit(worker):
    found = states_of(worker, SMALL)[-1].found
    park = cp.park("mixed", 15)
    whole = cp.compare(["full-mix"], park, seeds=7, quarters=8, reference="voluntary")
    for name in ("quarterly", "horizon", "groups"):
        here, there = getattr(found.ensemble, name), getattr(whole.ensemble, name)
        assert np.array_equal(here, there, equal_nan=True)
    assert found.table.equals(whole.table)


def test_an_answer_is_rough_first_then_whole_with_progress_between(worker):
    states = states_of(worker, replace(SMALL, park="heavy"))
    shown = [state for state in states if state.found is not None]
    assert [len(one.found.ensemble.seeds) for one in shown] == [5, 7]
    assert [one.rough for one in shown] == [True, False]
    done = [state.done for state in states]
    assert done == sorted(done)
    assert done[-1] == states[-1].total == 14


def test_a_changed_policy_runs_alone_the_other_is_kept(worker):
    states_of(worker, SMALL)
    before = len(worker.cache)
    states_of(worker, replace(SMALL, policies=(Policy("voluntary"), Policy("tax-only"))))
    assert len(worker.cache) == before + 7


def test_what_is_given_up_is_not_run_any_more(monkeypatch):
    worker = Worker(1)
    worker.ready.result()
    begun = []
    whole = engine.single

    def counted(todo, place, seed):
        begun.append(seed)
        return whole(todo, place, seed)

    monkeypatch.setattr(engine, "single", counted)

    async def asked():
        states = worker.answer(replace(SMALL, seeds=100))
        await anext(states)
        await states.aclose()

    asyncio.run(asked())
    worker.pool.submit(LATER, lambda: None).result()
    assert 0 < len(begun) < 20


def test_a_question_that_cannot_be_asked_is_refused(worker):
    with pytest.raises(InputError, match="allows 2 to"):
        states_of(worker, replace(SMALL, seeds=1))


def test_over_the_time_allowed_what_was_reached_is_shown(worker, monkeypatch):
    monkeypatch.setattr(limits, "RUN_SECONDS", 0.0)
    last = states_of(worker, replace(SMALL, seeds=60))[-1]
    assert last.stopped
    assert 2 <= len(last.found.ensemble.seeds) < 60


def test_urgent_tasks_go_first_and_failures_reach_who_waits():
    pool, order, gate = Pool(1), [], threading.Event()
    pool.submit(FIRST, gate.wait)
    later = pool.submit(LATER, lambda: order.append("later"))
    pool.submit(FIRST, lambda: order.append("first"))
    bad = pool.submit(FIRST, lambda: 1 / 0)
    dropped = pool.submit(FIRST, lambda: order.append("dropped"))
    assert dropped.cancel()
    gate.set()
    later.result()
    assert order == ["first", "later"]
    assert isinstance(bad.exception(), ZeroDivisionError)


def test_the_cache_forgets_what_is_longest_unused():
    todo = engine.plan(SMALL)
    run = engine.single(todo, 0, 0)
    size = run.quarterly.nbytes + run.horizon.nbytes + run.groups.nbytes
    cache = Cache(2 * size)
    for key in "abb":
        cache.put(key, run)
    assert cache.get("a") is run
    cache.put("c", run)
    assert len(cache) == 2
    assert cache.get("b") is None
    assert cache.get("a") is run
