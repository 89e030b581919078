"""Why an enterprise chose as it did: the reasons agree with what it decided and with the model."""

from dataclasses import replace

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model.given import identities
from cleanpark.model.trace import trace
from cleanpark.page import behind, engine, why
from cleanpark.page.film import film
from cleanpark.page.question import Question

QUESTION = replace(Question(), enterprises=10, quarters=20, seeds=2)


QUARTER = 4
"""A quarter in which some enterprise looks into its options."""


@pytest.fixture(scope="module")
def watched():
    """What each enterprise weighed in a quarter under the second policy, with its story."""
    todo = engine.plan(QUESTION)
    found = []
    for number, name in enumerate(identities([todo.park])):
        seen = why.Watch()
        watching = why.watching(number, QUARTER, seen)
        story = trace(todo.policies[1], todo.park, name, 3, QUARTER + 1, watching)
        found.append((story, seen))
    return found


def test_what_is_watched_decides_as_ever(watched):
    todo = engine.plan(QUESTION)
    for number in (0, 4):
        name = identities([todo.park])[number]
        plain = trace(todo.policies[1], todo.park, name, 3, QUARTER + 1)
        assert [one.payments for one in watched[number][0]] == [one.payments for one in plain]


def test_an_option_is_bought_where_it_is_worth_it_and_there_is_money(watched):
    weighed = [one for _, seen in watched for one in seen.weighed]
    assert weighed
    assert all(one.worth > 0.0 for one in weighed if one.bought)
    for quarters, seen in watched:
        names = {one.name for one in seen.weighed if one.bought}
        told = dict(quarters[-1].decisions).get("buys", "nothing")
        assert names == set(told.replace("nothing", "").split(", ")) - {""}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_story_gives_reasons_and_the_next_best(language):
    word = {"en": "The next best", "zh": "次优"}[language]
    told = engine.story(engine.plan(QUESTION), 1, 3, "1", 4, language)
    assert any(word in text for text in told.reasons)
    assert told.lines


def test_the_links_of_the_film_are_those_of_the_model():
    todo = engine.plan(QUESTION)
    shown = film(todo, 0, 3, "x")
    world = cp.ParkModel(todo.policies[0], todo.park, rng=3, quarters=20).world
    pairs = {tuple(sorted((k, int(other)))) for k in range(10)
             for other in world.links.linked[world.links.offsets[k]:world.links.offsets[k + 1]]
             if k != other}  # fmt: skip
    assert {tuple(map(int, pair)) for pair in shown.links} == pairs
    assert shown.links.dtype == np.int32


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_pattern_that_can_be_set_up_comes_with_the_models_verdict(language):
    for pattern in behind.PATTERNS:
        lines = behind.verdict_lines(pattern, language)
        assert len(lines) == (1 + len(pattern.parts) if pattern.parts else 0)
