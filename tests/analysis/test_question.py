"""What a comparison asks, and two of them at once in two languages."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleanpark as cp
from cleanpark.analysis.comparison.question import of_the_market, scenarios_of
from cleanpark.analysis.figures.canvas import svg_text
from cleanpark.analysis.statistics.means import over_parks
from cleanpark.analysis.words.comparison import key_findings
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.story import story_lines
from cleanpark.model.trace import trace
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.levers import levers
from cleanpark.scenarios.override import apply_settings, settings_of

MARKET = next(name for name, one in levers().items() if one.group == "market" and not one.choices)


def test_settings_change_the_scenarios_compared_and_the_market_the_reference_too():
    high = levers()[MARKET].high
    chosen, base = scenarios_of(["tax-only"], "voluntary", {"fine": 30.0, MARKET: high})
    assert chosen[0].at(0)["fine"] == 30.0
    assert base.at(0)["fine"] == cp.scenario("voluntary").at(0)["fine"]
    assert chosen[0].at(0)[MARKET] == base.at(0)[MARKET] == high
    assert of_the_market({"fine": 30.0, MARKET: high}) == {MARKET: high}


def test_the_reference_compared_with_itself_changed_says_what_was_set():
    chosen, base = scenarios_of(["voluntary"], "voluntary", {"fine": 30.0})
    assert base == cp.scenario("voluntary")
    assert chosen[0].name == "voluntary, fine=30"
    assert chosen[0].title["zh"].endswith("，超标基础罚款 30")


def test_settings_from_text_act_or_are_refused():
    made = apply_settings(cp.scenario("voluntary"), settings_of(["fine={'2028-Q1'=30}"]))
    assert [made.at(quarter)["fine"] for quarter in (7, 8)][1] == 30.0
    for pair in ("fine", "=3", "fine="):
        with pytest.raises(InputError, match="write LEVER=VALUE"):
            settings_of([pair])
    with pytest.raises(InputError, match="fine"):
        apply_settings(cp.scenario("voluntary"), {"finee": 3})


PARK = cp.park("mixed", enterprises=10)


def told(language: str, seed: int) -> tuple[list[str], str, list[str]]:
    """Findings, a figure and a story of a comparison, in a language."""
    found = cp.compare(["tax-only"], PARK, [seed, seed + 1], 4)
    story = trace("tax-only", PARK, "1", seed, 2)
    return (
        key_findings(found, language),
        svg_text(found.plot_trajectories(language)),
        list(story_lines(story, language)),
    )


def test_two_comparisons_in_two_languages_in_two_threads_get_each_its_own():
    asked = [("en", 1), ("zh", 5)]
    alone = [told(*one) for one in asked]
    together = threading.Barrier(2)

    def at_once(one: tuple[str, int]) -> tuple[list[str], str, list[str]]:
        together.wait()
        return told(*one)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(at_once, asked)) == alone
    english, chinese = alone
    assert not re.search("[\u4e00-\u9fff]", "".join(english[2]))
    assert re.search("[\u4e00-\u9fff]", chinese[2][0])
    assert english[0] != chinese[0]


def test_a_story_is_told_in_the_language_asked_for():
    story = trace("mandatory", PARK, "2", 3, 3)
    english, chinese = (list(story_lines(story, tongue)) for tongue in ("en", "zh"))
    assert len(english) == len(chinese)
    assert chinese[0] == Language("zh").say(english[0])


def test_parks_count_in_levels_by_their_enterprises():
    values = np.array([[0.2, 0.8], [np.nan, 0.6], [np.nan, np.nan]])
    assert over_parks(values, [30, 10], "level") == pytest.approx([0.35, 0.6, np.nan], nan_ok=True)
    assert over_parks(values[:1], [30, 10], "total") == pytest.approx([1.0])


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 1000)), min_size=1, max_size=5))
def test_a_level_over_parks_lies_between_those_of_the_parks(parks):
    levels, counts = np.array([one for one, _ in parks]), [count for _, count in parks]
    found = float(over_parks(levels, counts, "level"))
    assert levels.min() - 1e-12 <= found <= levels.max() + 1e-12


def test_when_a_target_is_met_is_said_of_what_the_figures_show():
    from cleanpark.analysis.figures.lines import series

    parks = [cp.park("heavy", enterprises=5), cp.park("mixed", enterprises=40)]
    found = cp.compare(["mandatory"], parks, 2, 8)
    for name in ("technology_level", "pollution_equivalents"):
        shown = [series(found, place, name).mean(axis=0) for place in range(2)]
        target = float(np.median(shown))
        met = found.when_met(name, target, below=True).set_index("scenario")["quarter"]
        for place, scenario in enumerate(found.names):
            last_above = np.flatnonzero(shown[place] > target)
            first = int(last_above[-1]) + 1 if len(last_above) else 0
            expected = "" if first == 8 else f"{2026 + first // 4}-Q{first % 4 + 1}"
            assert met[scenario] == expected


@pytest.mark.parametrize(
    ("language", "chosen", "refused", "who"),
    [
        ("en", "Air: chooses “", "Air: refuses ", "Sector: "),
        ("zh", "废气：选定“", "废气：未选 ", "行业："),
    ],
)
def test_a_story_names_who_the_plan_chosen_and_those_refused(language, chosen, refused, who):
    story = trace("mandatory", PARK, "2", 3, 2)
    lines = [line.strip() for line in story_lines(story, language)]
    assert lines[1].startswith(who)
    told = next(line for line in lines if line.startswith(chosen))
    others = next(line for line in lines if line.startswith(refused))
    taken = told.split("“")[1].split("”")[0]
    assert taken not in others
    assert ("(" if language == "en" else "（") in others
