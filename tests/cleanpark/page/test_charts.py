"""Charts, sentences and tables from a result, without a browser."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.analysis.comparison.years import by_year, of_year
from cleanpark.page import answer, charts, engine, measures, numbers, table
from cleanpark.page.chart_parts import in_lines
from cleanpark.page.question import Policy, Question
from cleanpark.page.take_along import csv_of

QUESTION = Question(
    enterprises=40, quarters=24, seeds=6, year=2030, target=-20.0,
    policies=(Policy("voluntary"), Policy("full-mix"), Policy("voluntary", (), "<b>same</b> {x}")),
)  # fmt: skip
LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def found():
    todo = engine.plan(QUESTION)
    seeds = range(QUESTION.seeds)
    runs = [[engine.single(todo, place, seed) for seed in seeds] for place in range(3)]
    return engine.together(todo, runs, seeds)


def texts(option):
    """Every title and axis name of an option."""
    for title in option["title"]:
        yield title["text"]
        yield title.get("subtext", "")
    for axis in ("xAxis", "yAxis"):
        yield option[axis].get("name", "")


@pytest.mark.parametrize("name", charts.NAMES)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("difference", [False, True])
def test_each_chart_is_json_with_title_unit_and_source(found, name, language, difference):
    question = replace(QUESTION, language=language)
    chart = charts.draw(name, found, question, difference)
    text = json.dumps(chart.option, allow_nan=False)
    assert chart.option["series"]
    assert "cleanpark" in text
    assert chart.option["tooltip"]["renderMode"] == "richText"
    assert len(set(chart.columns)) == len(chart.columns)
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    if language == "zh":
        said = [one for one in texts(chart.option) if "cleanpark" not in one]
        assert not [one for one in said if LATIN.search(one.replace("<b>same</b>", ""))]


def test_a_trajectory_shows_the_mean_over_seeds_in_the_unit_it_names(found):
    chart = charts.trajectories(found, QUESTION)
    lines = [one for one in chart.option["series"] if "name" in one]
    mean = found.series(1, QUESTION.outcome).mean(axis=0)
    shown = np.array(lines[1]["data"])
    assert np.allclose(shown / shown[0], mean / mean[0], rtol=1e-4)
    rows = [row for row in chart.rows if row[0] == "full-mix"]
    assert np.array_equal([row[4] for row in rows], mean)


def test_a_difference_leaves_the_reference_out_and_is_zero_for_the_same_policy(found):
    chart = charts.trajectories(found, QUESTION, difference=True)
    lines = [one for one in chart.option["series"] if "name" in one]
    assert [one["name"] for one in lines] == ["Full mix", "<b>same</b> {x}"]
    assert set(lines[1]["data"]) == {0.0}


def test_a_band_holds_no_value_that_the_outcome_cannot_have(found):
    few = cp.compare(["voluntary", "full-mix"], cp.park("mixed", 4), seeds=2, quarters=8)
    cut = 0
    for outcome, declared in engine.outcome_table().items():
        question = replace(QUESTION, outcome=outcome, year=2027, target=None)
        lows = [row[5] for row in charts.trajectories(few, question).rows]
        highs = [row[6] for row in charts.trajectories(few, question).rows]
        if outcome not in charts.SIGNED:
            cut += sum(low == 0.0 for low in lows)
            assert not any(low < 0.0 for low in lows), outcome
        if declared.unit == "share":
            assert not any(high > 1.0 for high in highs), outcome
    assert cut
    profit = charts.trajectories(few, replace(QUESTION, outcome="profit", year=2027, target=None))
    whole = measures.gap(few.series(0, "profit"), np.zeros_like(few.series(0, "profit")))
    assert [row[5] for row in profit.rows[:8]] == [one.low for one in whole]


@pytest.mark.parametrize(
    "name", ["强制审核（改动 2 项）", "综合政策（改动：超标基础罚款）", "综合政策", "（甲）"]
)
def test_a_chinese_name_at_an_axis_keeps_its_letters_and_its_closing_marks(name):
    lines = in_lines(name).split("\n")
    assert "".join(lines) == name
    assert not [one for one in lines if one[0] in "）”，。；：、" or not 0 < len(one) <= 10]


def test_a_group_without_enterprises_is_called_so(found, monkeypatch):
    whole = measures.group_burdens
    monkeypatch.setattr(
        measures, "group_burdens",
        lambda *given: [measures.UNDEFINED, *whole(*given)[1:]],
    )  # fmt: skip
    axis = charts.who_pays(found, replace(QUESTION, language="zh")).option["xAxis"]["data"]
    assert axis[:2] == ["小型（无）", "中型"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", charts.NAMES)
def test_the_numbers_of_a_chart_are_read_in_the_readers_words(found, name, language):
    chart = charts.draw(name, found, replace(QUESTION, language=language))
    page = numbers.html(chart, found, language)
    assert page.count("<tr>") == 1 + len(chart.rows)
    assert "<b>" not in page
    assert "_" not in re.sub("<[^>]*>", "", page)
    assert "nan" not in page
    assert ("<caption" in page) == (name in ("trajectories", "levels", "seeds"))
    said = re.sub("<[^>]*>|&lt;b&gt;same&lt;/b&gt;|III", " ", page)
    assert language == "en" or not LATIN.search(said)


def test_a_target_is_a_line_at_a_quarter_of_its_year(found):
    chart = charts.trajectories(found, QUESTION)
    marks = chart.option["series"][-1]["markLine"]["data"]
    first = by_year(found, 0, QUESTION.outcome)[:, 0].mean()
    divisor, _ = engine.scale(first / 4, "equivalents", "en")
    assert marks[0]["yAxis"] == pytest.approx(0.8 * first / 4 / divisor, rel=1e-4)
    assert marks[0]["label"]["formatter"] == "target −20 %"


def test_a_year_of_a_comparison_adds_its_quarters(found):
    that_year = of_year(found, 2030)
    whole = found.ensemble.quarterly[:, :, 16:20, 0, engine.place_of("water")].sum(axis=2)
    assert np.allclose(that_year.totals[:, :, engine.place_of("water")], whole)
    row = that_year.row("full-mix", "water")
    assert row["difference"] == pytest.approx((whole[1] - whole[0]).mean())


def test_the_sentence_gives_the_tables_numbers_and_says_what_cannot_be_told(found):
    row = of_year(found, 2030).row("full-mix", QUESTION.outcome)
    lines = answer.sentences(found, QUESTION)
    way = "lower" if row["difference"] < 0 else "higher"
    assert f"{abs(row['percent']):.1f} % {way}" in lines[0] or not row["distinguishable"]
    assert "the same as under" in lines[1]
    assert "no distinguishable change" in lines[1]
    assert sum("20 % lower in 2030 than in 2026" in line for line in lines) == 2


def test_chinese_sentences_are_chinese(found):
    lines = answer.sentences(found, replace(QUESTION, language="zh"))
    for line in lines:
        assert not LATIN.search(line.replace("<b>same</b> {x}", ""))


@pytest.mark.parametrize(("percent", "below"), [(-20.0, True), (0.0, True), (20.0, False)])
def test_a_target_is_a_change_against_the_first_policys_first_year(percent, below):
    """A rise of what had better be low is the most that is allowed."""
    for outcome, welcome in (("pollution_equivalents", False), ("output", True)):
        question = replace(QUESTION, outcome=outcome, target=percent)
        wanted = measures.target_of(question)
        expected = (2030, 2026, below or not welcome)
        assert (wanted.year, wanted.base_year, wanted.below) == expected
    assert wanted.goal(np.array([50.0])) == pytest.approx([50.0 * (1 + percent / 100)])


def test_a_target_of_a_share_is_in_points(found):
    question = replace(QUESTION, outcome="compliance_true", target=10.0, language="zh")
    assert answer.goal(question) == "+10 个百分点"
    assert "百分点" in answer.sentences(found, question)[-1]


def test_who_pays_is_the_change_of_each_groups_burden(found):
    gaps = measures.group_burdens(found, 1, measures.SIZES)
    place = engine.group_names().index("size:small")
    groups = found.ensemble.groups[:, :, place, :]
    cost, output = (engine.place_of(one) for one in ("enterprise_cost", "output"))
    rate = 1e4 * groups[..., cost] / groups[0, ..., output]
    assert gaps[0].value == pytest.approx((rate[1] - rate[0]).mean())


def test_the_table_escapes_names_and_says_what_is_not_distinguishable(found):
    html = table.html(of_year(found, 2030), 2030, "en", all_of_them=True)
    assert "<b>same</b>" not in html
    assert "&lt;b&gt;same&lt;/b&gt; {x}" in html
    assert "no change" in html
    assert all(answer.outcome_title(name, "en") in html.replace("&#39;", "'")
               for name in engine.outcome_table())  # fmt: skip


ROW = {
    "unit": "tce", "difference": -3.0, "low": -8.0, "high": 2.0, "distinguishable": False,
    "percent": -3.1, "percent_low": -8.2, "percent_high": 2.1,
}  # fmt: skip


class Year:
    """A comparison of a year of which one row is known."""

    names = ("voluntary", "full-mix")
    reference = "voluntary"
    reference_place = 0

    def __init__(self, **changed):
        self._row = {**ROW, **changed}

    def row(self, name, outcome):
        return self._row

    def title(self, name, language):
        return name


def sentence_of(language="en", **changed):
    question = replace(QUESTION, language=language, outcome="energy")
    return answer._outcome(Year(**changed), question, 1)


def test_what_cannot_be_told_from_nothing_keeps_its_estimate_in_sentence_and_cell():
    said = sentence_of()
    assert said == (
        "“full-mix” in 2030: energy not distinguishable from “voluntary” "
        "(estimate −3.1 %, 95 % interval −8.2 % to +2.1 %)."
    )
    assert "无法区分" in sentence_of("zh")
    cell = table._change(ROW, "en")
    assert (cell.text, cell.small, cell.same) == (
        "−3.1 %", "−8.2 % to +2.1 %; not distinguishable", True,
    )  # fmt: skip


def test_what_can_be_told_has_its_interval_and_no_such_word():
    told = {"high": -1.0, "percent_high": -1.1, "distinguishable": True}
    assert "3.1 % lower than under" in sentence_of(**told)
    assert "interval 1.1 % to 8.2 %" in sentence_of(**told)
    cell = table._change({**ROW, **told}, "en")
    assert (cell.text, cell.small, cell.same) == ("−3.1 %", "−8.2 % to −1.1 %", False)


@pytest.mark.parametrize("bound", [0.0, float("nan")])
def test_the_same_seed_by_seed_is_no_change_and_what_is_undefined_is_called_so(bound):
    same = {**ROW, "difference": 0.0, "low": bound, "high": bound}
    assert table._change(same, "en") == table.Cell("no change", same=True)
    assert "the same as under" in sentence_of(**same)
    none = {**ROW, "difference": float("nan")}
    assert table._change(none, "en") == table.Cell("undefined", same=True)
    assert "is not defined" in sentence_of(**none)


def test_a_share_is_told_in_points_and_a_small_change_keeps_a_digit():
    share = {**ROW, "unit": "share", "difference": 0.08, "low": 0.073, "high": 0.088,
             "distinguishable": True}  # fmt: skip
    cell = table._change(share, "en")
    assert (cell.text, cell.small) == ("+8.0 percentage points", "+7.3 to +8.8")
    small = {**ROW, "percent": 0.012, "percent_low": 0.004, "percent_high": 0.02,
             "distinguishable": True}  # fmt: skip
    cell = table._change(small, "en")
    assert (cell.text, cell.small) == ("+0.012 %", "+0.004 % to +0.020 %")


def test_a_csv_holds_no_formula():
    content = csv_of(("policy", "value"), [("=1+1", -3.5), ("@x", float("nan")), ("a,b", 2.0)])
    lines = content.decode("utf-8-sig").splitlines()
    assert lines == ["policy,value", "'=1+1,-3.5", "'@x,", '"a,b",2.0']


def test_one_policy_alone_is_shown_with_a_word_that_a_second_is_missing(found):
    question = replace(QUESTION, policies=(Policy("voluntary"),), target=None)
    todo = engine.plan(question)
    alone = engine.together(todo, [[engine.single(todo, 0, seed) for seed in (0, 1)]], (0, 1))
    for name in charts.NAMES:
        json.dumps(charts.draw(name, alone, question).option, allow_nan=False)
    assert "second" in answer.sentences(alone, question)[0]
    assert isinstance(alone, cp.Comparison)
