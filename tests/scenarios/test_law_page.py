"""The page of the law is the data's; levers are held against the law of their quarter."""

from pathlib import Path

import pytest

import cleanpark as cp
from cleanpark.scenarios.errors import ScenarioError
from cleanpark.scenarios.law.page import page
from cleanpark.scenarios.lawful import outside_law
from cleanpark.scenarios.levers import (
    behaviour_parameters,
    levers,
    statutory_figure,
    statutory_range,
)

PAGE = Path(__file__).parents[2] / "docs" / "law.md"


def test_the_page_is_made_from_the_data():
    told = "write it anew: python -m cleanpark.scenarios.law.page docs/law.md"
    assert PAGE.read_text(encoding="utf-8") == page(), told


def test_the_page_has_both_languages_and_every_figure_of_the_code():
    english, chinese = page().split("# 按日期的法律依据")
    for article in ("1107", "1102", "1103", "1108", "1060", "1086", "1110", "1088", "1221", "1226"):
        assert f"Article {article}" in english
        assert f"第{article}条" in chinese
    assert not any(word in chinese for word in ("CNY", "in force", "assumed", "Article"))


@pytest.mark.parametrize(
    ("lever", "date", "low", "high"),
    [
        ("fine", "2026-Q2", 10, 100),
        ("fine", "2027-Q1", 10, 100),
        ("falsification_fine", "2026-08-14", 20, 100),
        ("falsification_fine", "2026-08-15", 10, 100),
        ("audit_refusal_fine", "2030-Q1", 5, 50),
        ("air_tax_rate", "2019", 1.2, 12),
        ("tax_reduction_30", "2026", 0.25, 0.25),
        ("solid_waste_tax_rate", "2026", 25, 25),
    ],
)
def test_a_lever_s_statutory_range_is_that_of_the_day(lever, date, low, high):
    day = f"{date}-01" if date in ("2019", "2026") else date
    found = statutory_range(levers()[lever], day)
    assert (found.low, found.high) == pytest.approx((low, high))


def test_parameters_name_the_law_of_the_day():
    before = cp.parameters("2026-08-14").set_index("name").loc["falsification_fine"]
    since = cp.parameters().set_index("name").loc["falsification_fine"]
    assert "Order 736" in before["law_en"]
    assert "1088" in since["law_en"]
    assert "生态环境法典" in since["law_zh"]


def test_no_source_that_cannot_be_opened():
    for parameter in (*levers().values(), *behaviour_parameters().values()):
        told = parameter.source.casefold()
        assert told, parameter.name
        assert not any(word in told for word in ("from memory", "fact base", "catalogue notes"))


def test_an_unknown_figure_of_the_law_is_refused():
    with pytest.raises(
        ScenarioError, match=r"unknown figure of the law 'fines\.airs'; did you mean"
    ):
        statutory_figure("fines.airs", "levers.toml")


def test_a_scenario_outside_the_law_is_told():
    found = outside_law(cp.scenario("voluntary", fine={"2027-Q1": 5.0, "2028-Q1": 12.0}))
    fines = [one for one in found if one.lever == "fine"]
    assert [(one.first, one.last, one.value, one.low) for one in fines] == [
        ("2027-Q1", "2027-Q4", 5.0, pytest.approx(10.0))
    ]
    assert "1107" in fines[0].source["en"]
    assert not outside_law(cp.scenario("no-policy"))
