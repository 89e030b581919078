"""Mixes that are searched for from the page, and what becomes of one that is taken over."""

from dataclasses import replace

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.page import engine, find_mix, limits
from cleanpark.page.find_mix import Limits
from cleanpark.page.jobs import Cancelled
from cleanpark.page.question import Change, Policy, Question
from cleanpark.scenarios.errors import InputError

QUESTION = Question(
    enterprises=30, quarters=8, year=2027, seeds=2, outcome="inspections", target=1.0,
    policies=(Policy("voluntary"), Policy("mandatory", (Change("fine", (("", 3.0),
                                                                       ("2027-Q3", 9.0))),))),
)  # fmt: skip


@pytest.fixture(scope="module")
def small():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find_mix, "MOST_GENERATIONS", 3)
        clocks = []
        found = find_mix.searched(QUESTION, Limits((find_mix.MOST,)), clocks.append)
        assert clocks[-1].done == clocks[-1].total
        yield found


def test_mixes_meet_the_target_and_the_cheapest_comes_first(small):
    assert 0 < len(small.table) <= small.count
    assert (small.table["target_met"] >= find_mix.SHARE).all()
    costs = small.table["society_cost"].to_numpy()
    assert (np.diff(costs) >= 0).all()
    assert "20 %" not in find_mix.headline(small, QUESTION)
    assert f"{len(small.table)} of {small.count}" in find_mix.headline(small, QUESTION)


def test_a_mix_taken_over_gives_the_numbers_that_the_search_told(small):
    question = find_mix.taken(QUESTION, small, 0)
    assert [one.base for one in question.policies] == ["voluntary", "mandatory", "mandatory"]
    assert question.policies[-1].name == "Mix 1"
    todo = engine.plan(question)
    seeds = range(1_000_000, 1_000_000 + find_mix.FRESH)
    found = cp.compare(list(todo.policies), todo.park, seeds=list(seeds), quarters=8,
                       reference=todo.policies[0])  # fmt: skip
    told = small.table.iloc[0]
    row = found.row(found.names[-1], "society_cost")
    assert row["difference"] == pytest.approx(told["society_cost"], rel=1e-9)


def test_where_there_is_no_room_a_mix_takes_the_last_place(small):
    full = replace(QUESTION, policies=QUESTION.policies * 2)
    assert len(full.policies) == limits.POLICIES
    question = find_mix.taken(full, small, 0)
    assert len(question.policies) == limits.POLICIES
    assert question.policies[-1].name == "Mix 1"
    assert question.policies[:-1] == full.policies[:-1]


def test_a_second_mix_varies_what_the_first_did_and_one_that_is_there_keeps_its_place(small):
    base = QUESTION.policies[-1]
    once = find_mix.taken(QUESTION, small, 0, base)
    assert find_mix.taken(once, small, 0, base) == once
    last = len(small.table) - 1
    twice = find_mix.taken(once, small, last, base)
    assert twice.policies[:2] == QUESTION.policies
    assert twice.policies[-1] == find_mix.taken(QUESTION, small, last).policies[-1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_mixes_stand_side_by_side_with_what_they_do_and_set(small, language):
    asked = replace(QUESTION, language=language)
    told = dict(find_mix.rows(small, asked, 1))
    titles = engine.lever_table()
    for lever in small.levers:
        assert len(told[titles[lever].title[language]]) == 1
    assert "mandatory-" not in str(told)
    many = replace(small, levers=small.levers * 2)
    assert small.told[0][0] in str(list(find_mix.rows(many, asked, 1)))


def test_without_a_target_the_outcome_is_weighed_first():
    assert find_mix.objectives(replace(QUESTION, target=None, outcome="water"))[0] == "water"
    assert find_mix.objectives(QUESTION) == find_mix.COSTS


def test_what_cannot_be_searched_is_refused_in_a_sentence():
    with pytest.raises(InputError, match="at least one group"):
        find_mix.searched(QUESTION, Limits(()), lambda clock: None)
    with pytest.raises(InputError, match="too many to search"):
        find_mix.generations(Question(), cp.park("mixed", 5000))


def test_a_search_that_is_given_up_ends_with_its_generation():
    clocks = []

    def follow(clock):
        clocks.append(clock)
        raise Cancelled

    with pytest.raises(Cancelled):
        find_mix.searched(QUESTION, Limits((find_mix.MOST,)), follow)
    assert len(clocks) == 1


def test_where_no_mix_holds_it_is_said(small):
    none = replace(small, table=small.table.head(0))
    assert find_mix.headline(none, QUESTION).startswith(f"None of the {small.count} mixes")
