"""The six lessons: each asks what the runs can answer, with rules that are in the code."""

import dataclasses

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.page import engine
from cleanpark.page.learn import verdict
from cleanpark.page.lessons import LESSONS, lesson, lost_output, percent_in_all, source_of
from cleanpark.page.measures import Gap
from cleanpark.page.question import Question

SMALL = 8


def compared(question: Question) -> cp.Comparison:
    todo = engine.plan(dataclasses.replace(question, enterprises=SMALL, seeds=3))
    return cp.compare(todo.policies, todo.park, seeds=3, quarters=todo.quarters,
                      reference=todo.policies[0])  # fmt: skip


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
    ("guess", "word"), [(5.0, "agrees"), (9.0, "says less"), (1.0, "says more")]
)
def test_a_guess_is_judged_by_the_interval(guess, word):
    assert word in verdict(guess, Gap(5.0, 4.0, 6.0))
    assert "undefined" in verdict(guess, Gap(*[float("nan")] * 3))
