"""The six lessons: each asks what the runs can answer, with rules that are in the code."""

import dataclasses
import functools

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.page import engine
from cleanpark.page.lessons import LESSONS, lesson, lost_output, percent_in_all, source_of
from cleanpark.page.measures import Gap
from cleanpark.page.question import Question
from cleanpark.page.verdicts import judged, result

SMALL = 8
NAN = float("nan")


def compared(question: Question) -> cp.Comparison:
    todo = engine.plan(dataclasses.replace(question, enterprises=SMALL, seeds=3))
    return cp.compare(todo.policies, todo.park, seeds=3, quarters=todo.quarters,
                      reference=todo.policies[0])  # fmt: skip


@functools.cache
def measured(one, value: float) -> Gap:
    found = compared(one.asks(value, "en"))
    return one.measure(found, len(found.names) - 1)


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_lesson_asks_about_a_value_that_can_be_chosen_and_whose_guess_is_in_reach(
    one, language
):
    assert one.asked in one.values
    question = one.asks(one.asked, language).checked()
    assert len(set(question.names)) == len(question.names)
    assert one.low < one.high
    assert one.told(one.asked, language)


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.name)
def test_the_lever_at_its_value_in_the_first_policy_changes_nothing_or_else_the_policies_differ(
    one,
):
    found = compared(one.asks(one.asked, "en"))
    gap = one.measure(found, len(found.names) - 1)
    assert gap.defined or np.isnan(gap.value)
    assert found.ensemble.scenarios[0].digest != found.ensemble.scenarios[-1].digest


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.name)
def test_each_rule_is_shown_as_it_stands_in_the_code(one):
    for rule in one.rules:
        where, code = source_of(rule)
        name = rule.partition(":")[2]
        assert f"def {name}(" in code
        assert '"""' in code
        assert where.startswith("agents/")


def test_a_lesson_that_is_unknown_is_the_first():
    assert lesson("none-such") is LESSONS[0]
    assert lesson("who-pays").name == "who-pays"


def test_lost_output_is_all_of_the_reduction_where_only_output_falls():
    found = compared(lesson("next-door").asks(300.0, "en"))
    quarterly = found.ensemble.quarterly
    for name in ("output", "pollution_equivalents"):
        place = engine.place_of(name)
        factors = np.array([0.8, 0.79, 0.81])[:, None, None]
        quarterly[1, ..., place] = factors * quarterly[0, ..., place]
    gap = lost_output(found, 1)
    assert gap.value == pytest.approx(100.0)
    assert gap.low == pytest.approx(100.0)


def test_percent_in_all_is_the_tables():
    found = compared(lesson("which-first").asks(2033.0, "en"))
    row = found.row(found.names[1], "pollution_equivalents")
    assert percent_in_all(found, 1).value == row["percent"]


@pytest.mark.parametrize(
    ("guess", "found", "word"),
    [
        (5.5, (5.0, 4.0, 6.0), "lies within"),
        (9.0, (5.0, 4.0, 6.0), "is lower: 5"),
        (1.0, (5.0, 4.0, 6.0), "is higher: 5"),
        (-20.0, (-7.2, -13.0, -1.6), "the fall is smaller: −7.2"),
        (-1.0, (-7.2, -13.0, -1.6), "the fall is larger: −7.2"),
        (3.0, (-7.2, -13.0, -1.6), "is lower: −7.2"),
        (3.0, (0.0, NAN, NAN), "nothing changes"),
        (3.0, (0.0, 0.0, 0.0), "nothing changes"),
        (3.0, (6.6, NAN, NAN), "6.6 %, with no interval"),
        (3.0, (NAN, NAN, NAN), "undefined"),
    ],
)
def test_a_guess_is_judged_by_the_interval(guess, found, word):
    one = lesson("fine-and-tax")
    assert word in judged(one, guess, Gap(*found), "en")
    assert judged(one, guess, Gap(*found), "zh") != judged(one, guess, Gap(*found), "en")


@pytest.mark.parametrize("one", LESSONS, ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_value_of_the_lever_is_told_one_that_changes_nothing_too(one, language):
    gaps = {value: measured(one, value) for value in one.values}
    told = {value: result(one, found, language) for value, found in gaps.items()}
    assert not [text for text in told.values() if "nan" in text]
    for value, found in gaps.items():
        if found.value == 0 and not found.low < found.high:
            assert told[value] == {"en": "no change", "zh": "无变化"}[language]


def test_where_no_interval_can_be_had_the_number_says_so():
    told = result(lesson("next-door"), Gap(3.25, NAN, NAN), "en")
    assert told == "3.2 % (no interval: chance is too large)"
