"""What stands behind a lever: rules of the model, the law through time, published evidence."""

import pytest

from cleanpark.page import behind, engine
from cleanpark.page.lessons import source_of
from cleanpark.page.question import Change, Policy, Question


@pytest.mark.parametrize("lever", ["fine", "water_tax_rate", "option_subsidy", "audit_mode"])
def test_the_rules_behind_a_lever_read_it(lever):
    rules = behind.rules_of(lever)
    assert rules
    for rule in rules:
        assert f"policy.{lever}" in source_of(rule)[1]


def test_evidence_is_what_sets_the_lever_up_and_not_what_has_its_word():
    named = [one.name for one in behind.evidence_on(["water_tax_rate"])]
    assert "inspections-and-charges" in named
    assert "carbon-price" not in named
    assert behind.evidence_on([]) == []
    assert behind.evidence_on(["no such lever"]) == []


def test_policies_differ_in_the_levers_that_were_changed():
    changed = Policy("voluntary", (Change("fine", (("2028-Q1", 30.0),)),))
    assert behind.differing(Question(policies=(Policy("voluntary"), changed))) == ["fine"]
    assert behind.differing(Question(policies=(Policy("voluntary"),))) == []


def test_the_law_behind_a_lever_is_told_from_day_to_day():
    periods = engine.law_of("fine", "zh")
    code = [one for one in periods if "生态环境法典" in one[2]]
    assert [(begin, until, band) for begin, until, _, band in code] == [
        ("2026-08-15", None, (10.0, 100.0))
    ]
    assert any(until == "2026-08-14" for _, until, _, _ in periods)
    assert engine.law_of("standardization", "en") == []
