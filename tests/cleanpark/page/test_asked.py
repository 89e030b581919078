"""What a printed page says was asked, and a saved run as a chart and in words."""

from dataclasses import replace

import pandas as pd
import pytest

from cleanpark.page import asked, engine, levers
from cleanpark.page.question import Change, Policy, Question
from cleanpark.page.run_view import last_quarter, option_of
from tests.cleanpark.page.questions import CHANGED

RUN = pd.DataFrame(
    [(quarter, "mixed", name, unit, value)
     for quarter, size in (("2026-Q1", 1.0), ("2026-Q2", 3.0))
     for name, unit, value in (("water", "m3", 2e6 * size), ("compliance_true", "share", 0.5))],
    columns=["quarter", "park", "outcome", "unit", "value"],
)  # fmt: skip


def test_a_printed_page_says_what_each_policy_changes_and_from_when():
    park, first, second = asked.lines(replace(CHANGED, language="en"))
    assert park == "Park: Mixed industrial park"
    assert first == "Voluntary audits (today)"
    assert second.startswith('Mine; \' "$HOME" {x} <b> 政策: ')
    assert "CNY 125,000, " in second
    assert "from 2027-Q1" in second
    chinese = asked.lines(replace(CHANGED, language="zh"))
    assert chinese[0].startswith("园区：")
    assert "12.5 万元" in chinese[2]


def test_a_changed_policy_is_titled_by_its_change_and_no_two_alike():
    fine = Change("fine", (("", 33.0),))
    two = Policy("voluntary", (fine, Change("daily_fine", (("", 3.0),))))
    policies = (Policy("voluntary"), Policy("voluntary", (fine,)), two, two)
    question = Question(policies=policies)
    today = "Voluntary audits (today)"
    assert asked.titles(question, "en") == [
        today, f"{today} (changed: base fine for exceeding a limit)",
        f"{today} (2 levers changed)", f"{today} (2 levers changed) 2",
    ]  # fmt: skip
    assert asked.titles(question, "zh")[2] == "自愿审核（现状）（改动 2 项）"
    for place, title in enumerate(asked.titles(question, "zh")):
        assert engine.plan(question).policies[place].title["zh"] == title


def test_a_lever_names_the_law_of_its_date_in_the_readers_language():
    assert "Ecological and Environmental Code, Article 967" in levers.facts("audit_mode", "en")
    before = levers.facts("audit_mode", "zh", "2026-Q2")
    assert "清洁生产促进法" in before
    assert "生态环境法典" not in before
    assert levers.facts("solid_waste_tax_rate", "en").startswith("Statutory value 25 CNY/t.")


@pytest.mark.parametrize(("language", "title"), [("en", "Fresh water"), ("zh", "新鲜水用量")])
def test_a_run_is_drawn_and_told_in_the_readers_language(language, title):
    option = option_of(RUN, "water", language)
    assert option["title"][0]["text"] == title
    assert option["xAxis"]["data"] == ["2026-Q1", "2026-Q2"]
    low, high = option["series"][0]["data"]
    assert high == pytest.approx(3 * low)
    told = dict(last_quarter(RUN, language))
    assert told[title].startswith(("6", "600"))
    assert len(told) == 2
