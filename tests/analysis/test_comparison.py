"""The comparison: paired intervals, rules for what is undefined, files, figures, page."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text
from scipy import stats

import cleanpark as cp
from cleanpark.analysis.figures import comparison as plots
from cleanpark.analysis.figures import fonts, labels, lines
from cleanpark.analysis.figures import trajectories as over_time
from cleanpark.analysis.figures.canvas import one_panel
from cleanpark.analysis.pages import store
from cleanpark.analysis.pages.comparison import cost_rows, detail_rows, headline_rows
from cleanpark.analysis.statistics.paired import paired
from cleanpark.analysis.statistics.ratios import percent_interval, ratio_interval
from cleanpark.analysis.words.comparison import change, interval, key_findings, sentence
from cleanpark.analysis.words.numbers import number
from cleanpark.analysis.words.wording import SOURCES, source
from cleanpark.model.outcomes import OUTCOMES


@pytest.fixture(scope="module")
def found() -> cp.Comparison:
    names = ["mandatory", "tax-only", "full-mix"]
    return cp.compare(names, park=cp.park("mixed", enterprises=60), seeds=4, quarters=16)


AMOUNT = st.floats(-1e6, 1e6).map(lambda value: round(value, 6))  # squares do not vanish


@given(st.lists(st.tuples(AMOUNT, AMOUNT), min_size=3, max_size=12))
def test_interval_is_students_t_of_the_paired_difference(pairs: list[tuple[float, float]]) -> None:
    here, base = np.array(pairs).T[:, :, None]
    result = paired(here, base)
    gap = (here - base)[:, 0]
    if np.ptp(gap) <= 1e-9 * np.abs(pairs).max():
        return  # equal but for rounding: no interval is promised
    low, high = stats.t.interval(0.95, len(gap) - 1, gap.mean(), stats.sem(gap))
    scale = np.abs(gap).max()
    assert result.low[0] == pytest.approx(low, abs=1e-9 * scale)
    assert result.high[0] == pytest.approx(high, abs=1e-9 * scale)


POSITIVE = st.lists(st.tuples(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3)), min_size=2, max_size=9)


@given(POSITIVE)
def test_a_percent_interval_holds_the_change_never_falls_beyond_all_and_agrees_with_the_test(
    pairs: list[tuple[float, float]],
) -> None:
    here, base = np.array(pairs).T[:, :, None]
    low, high = (bound[0] for bound in percent_interval(here, base))
    if np.isnan(low):
        mean = base.mean()
        if np.ptp(here - base) <= 1e-9 * max(mean, here.mean()):
            return  # the same change under all seeds
        assert stats.sem(base[:, 0]) * stats.t.ppf(0.975, len(base) - 1) >= mean * (1 - 1e-9)
        return
    value = 100.0 * (here.mean() / base.mean() - 1.0)
    slack = 1e-6 * (1.0 + abs(low) + abs(high))
    assert -100.0 <= low <= value + slack
    assert value <= high + slack
    if min(abs(low), abs(high)) > slack:  # at the very edge either answer is right
        assert paired(here, base).distinguishable[0] == (low > 0 or high < 0)


def test_a_ratio_interval_is_the_set_of_ratios_that_students_t_does_not_refuse() -> None:
    rng = np.random.default_rng(3)
    under = rng.normal(5.0, 1.0, (4, 1))
    over = 2.0 * under + rng.normal(0.0, 1.0, (4, 1))
    for bound in ratio_interval(over, under):
        test = stats.ttest_1samp((over - bound * under)[:, 0], 0.0)
        assert test.pvalue == pytest.approx(0.05)


def test_a_change_of_sign_or_a_single_seed_has_no_interval_in_percent() -> None:
    here, base = np.array([[3.0], [5.0], [4.0]]), np.array([[6.0], [-7.0], [6.5]])
    assert np.isnan(percent_interval(here, base)[0][0])
    assert np.isnan(percent_interval(here, -np.abs(base))[0][0])
    assert np.isnan(percent_interval(here[:1], base[:1])[0][0])


def test_undefined_pairs_are_left_out_and_counted() -> None:
    here = np.array([[1.0, np.nan], [2.0, np.nan], [4.0, np.nan]])
    base = np.array([[0.0, 1.0], [np.nan, 1.0], [1.0, 1.0]])
    result = paired(here, base)
    assert result.seeds.tolist() == [2, 0]
    assert result.difference[0] == pytest.approx(2.0)
    assert np.isnan(result.difference[1])
    assert not result.distinguishable[1]


def test_equal_values_and_single_seeds_are_not_distinguishable() -> None:
    same = np.ones((5, 1))
    assert paired(same, same).difference[0] == 0.0
    assert not paired(same, same).distinguishable[0]
    one = paired(np.array([[3.0]]), np.array([[1.0]]))
    assert np.isnan(one.low[0])
    assert not one.distinguishable[0]


def test_table_has_a_row_for_every_scenario_and_outcome(found: cp.Comparison) -> None:
    table = found.table
    columns = "scenario outcome unit mean reference difference low high percent distinguishable"
    assert set(columns.split()) <= set(table.columns)
    assert len(table) == 4 * len(OUTCOMES)
    own = table[table["scenario"] == "voluntary"]
    assert not own["distinguishable"].any()
    assert (own["difference"].dropna() == 0).all()


def test_outcomes_are_tidy_and_agree_with_the_table(found: cp.Comparison) -> None:
    frame = found.outcomes
    assert list(frame.columns) == [
        "scenario", "park", "seed", "quarter", "group", "outcome", "unit", "value",
    ]  # fmt: skip
    whole = frame[(frame["quarter"] != "") & (frame["outcome"] == "energy")]
    by_seed = whole[whole["scenario"] == "tax-only"].groupby("seed")["value"].sum()
    assert by_seed.mean() == pytest.approx(found.row("tax-only", "energy")["mean"])
    parts = frame[(frame["outcome"] == "energy") & (frame["scenario"] == "voluntary")]
    sectors = parts[parts["group"].astype(str).str.startswith("sector:")]["value"].sum()
    everything = parts[(parts["group"] == "all") & (parts["quarter"] == "")]["value"].sum()
    assert sectors == pytest.approx(everything)


def test_workers_change_nothing(found: cp.Comparison) -> None:
    park = cp.park("mixed", enterprises=60)
    two = cp.compare(["mandatory", "tax-only", "full-mix"], park, 4, 16, workers=2)
    pd.testing.assert_frame_equal(found.table, two.table)


def test_engines_change_nothing() -> None:
    park = cp.park("mixed", enterprises=12)
    tables = [
        cp.compare(["mandatory"], park, 2, 5, engine=engine).table
        for engine in ("agents", "compiled")
    ]
    pd.testing.assert_frame_equal(*tables)


def test_save_writes_everything_and_says_how_to_reproduce(
    found: cp.Comparison, tmp_path: Path
) -> None:
    folder = found.save(tmp_path / "results", language="zh")
    names = {path.name for path in folder.iterdir()}
    figures = {f"{one.name}.{kind}" for one in plots.FIGURES for kind in ("png", "svg")}
    tables = {"outcomes.parquet", "parks.parquet", "comparison.csv", "inputs.json"}
    assert names == tables | {"report.html", "run.json"} | figures
    frame = pd.read_parquet(folder / "outcomes.parquet")
    assert len(frame) == len(found.outcomes)
    record = json.loads((folder / "run.json").read_text())
    assert record["seeds"] == [0, 1, 2, 3]
    digests = {one["name"]: one["sha256"] for one in record["scenarios"]}
    assert digests["tax-only"] == cp.scenario("tax-only").digest
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_another_runs_results_are_not_overwritten(found: cp.Comparison, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("keep")
    with pytest.raises(cp.InputError, match="not empty"):
        found.save(tmp_path / "mine", replace=True)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "run.json").write_text("{}")
    with pytest.raises(cp.InputError, match="already holds"):
        found.save(tmp_path / "old")
    found.save(tmp_path / "old", replace=True)
    assert (tmp_path / "old" / "report.html").exists()


def test_an_interrupted_save_leaves_nothing(
    found: cp.Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "draw_figures", interrupted)
    with pytest.raises(KeyboardInterrupt):
        found.save(tmp_path / "results")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", [one.name for one in plots.FIGURES])
def test_figures_draw_without_a_warning(
    found: cp.Comparison, name: str, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = getattr(found, f"plot_{name}")(language)
    assert figure.axes
    assert not caplog.records  # such as a font that is not found
    assert figure.get_suptitle() == ""  # the page says it


def test_labels_of_points_keep_clear_of_one_another() -> None:
    _, axes = one_panel("en", (6.0, 4.0))
    axes.plot([0, 1], [0, 1], linestyle="")
    points = [labels.Labelled(0.5 + 0.01 * k, 0.5 + 0.01 * (k % 3), f"a longer label {k}")
              for k in range(9)]  # fmt: skip
    labels.label_points(axes, points)
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
    assert len(boxes) == 9
    assert not [1 for k, one in enumerate(boxes) for other in boxes[:k] if one.overlaps(other)]


def test_setup_brings_a_font_with_every_chinese_character_of_the_texts() -> None:
    from matplotlib import font_manager

    name = fonts.chinese_font()
    assert name == "cleanpark Noto Sans SC"
    font = font_manager.get_font(font_manager.findfont(name, fallback_to_default=False))
    has = font.get_charmap()
    layers = ("scenarios", "agents", "model", "analysis")
    root = Path(cp.__file__).parent
    told = (".py", ".toml", ".po")
    texts = [one.read_text(encoding="utf-8") for layer in layers
             for one in (root / layer).rglob("*") if one.suffix in told]  # fmt: skip
    chinese = {one for text in texts for one in text if "\u4e00" <= one <= "\u9fff"}
    assert len(chinese) > 500
    assert not [one for one in chinese if ord(one) not in has]


@pytest.fixture
def no_packaged_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    fonts.chinese_font.cache_clear()
    monkeypatch.setattr(fonts, "PACKAGED", Path("no_such_font.ttf"))
    yield
    fonts.chinese_font.cache_clear()


@pytest.mark.usefixtures("no_packaged_font")
def test_an_installed_font_serves_where_none_is_packaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "INSTALLED", ("No Such Font", "DejaVu Serif"))
    assert fonts.chinese_font() == "DejaVu Serif"


@pytest.mark.usefixtures("no_packaged_font")
def test_without_a_chinese_font_labels_are_english_after_one_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "INSTALLED", ("No Such Font",))
    with pytest.warns(UserWarning, match="Chinese"):
        assert fonts.language_that_shows("zh") == "en"
    assert fonts.language_that_shows("zh") == "en"


def test_page_is_self_contained_in_both_languages(found: cp.Comparison, tmp_path: Path) -> None:
    page = (found.save(tmp_path / "r") / "report.html").read_text()
    assert not re.findall(r"(?:src|href)=\"(?!data:)", page)
    assert "not distinguishable" in page or "无法区分" in page
    assert '<section lang="zh">' in page
    assert '<section lang="en">' in page
    assert "主要发现" in page
    assert "How to reproduce" in page


def test_findings_say_when_nothing_can_be_told(found: cp.Comparison) -> None:
    park = cp.park("mixed", enterprises=10)
    same = cp.compare([cp.scenario("voluntary")], park, seeds=2, quarters=2,
                      reference="no-policy")  # fmt: skip
    assert len(key_findings(same, "en")) == 1
    for language in ("en", "zh"):
        assert len(key_findings(found, language)) == 3


def test_cost_of_nothing_avoided_is_undefined() -> None:
    dear = cp.scenario("voluntary", air_tax_rate=12.0, water_tax_rate=14.0)
    names = ["mandatory", "penalty-only", dear]
    found = cp.compare(names, park=cp.park("mixed", enterprises=60), seeds=8, quarters=20)
    for name in found.names:
        row = found.row(name, "pollution_equivalents")
        reduces = row["distinguishable"] and row["difference"] < 0
        for payer in ("society", "treasury", "enterprises"):
            cost = found.cost_per_equivalent(name, payer)
            assert np.isfinite(cost["value"]) == reduces
            assert not reduces or cost["low"] <= cost["value"] <= cost["high"]
    assert any(not row["why"] for row in cost_rows(found, "en"))


@pytest.fixture(scope="module")
def few() -> cp.Comparison:
    """Few seeds of a small park, where much cannot be told."""
    names = ["mandatory", "real-time", "no-policy"]
    return cp.compare(names, park=cp.park("mixed", enterprises=60), seeds=3, quarters=16)


def test_a_scenario_that_raises_pollution_says_so_in_the_costs() -> None:
    more = cp.compare(["no-policy"], park=cp.park("mixed", enterprises=60), seeds=6, quarters=16)
    assert more.row("no-policy", "pollution_equivalents")["low"] > 0
    assert [row["why"] for row in cost_rows(more, "en")] == ["pollution rises"]
    assert [row["why"] for row in cost_rows(more, "zh")] == ["污染增加"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_change_and_its_interval_have_one_unit(few: cp.Comparison, language: str) -> None:
    points = {"en": "points", "zh": "个百分点"}[language]
    for row in few.table.to_dict("records"):
        told, bounds = change(row, language), interval(row, language)
        assert ("%" in told) == ("%" in bounds) or not bounds
        assert (points in told) == (points in bounds) or not bounds


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_positive_outcome_falls_by_more_than_all(few: cp.Comparison, language: str) -> None:
    rows = detail_rows(few, language)
    text = " ".join(row["interval"] for row in rows)
    falls = [float(fall) for fall in re.findall(r"(-[\d.]+)(?: to |～)[-+][\d.]+ ?%", text)]
    assert falls
    assert min(falls) >= -100.0


def test_a_finding_goes_on_where_pollution_cannot_be_told(few: cp.Comparison) -> None:
    row = few.row("real-time", "pollution_equivalents")
    assert not row["distinguishable"]
    assert few.row("real-time", "enterprise_cost")["distinguishable"]
    text = sentence(few, "real-time", "en")
    assert re.search(r"pollution equivalents [-+].+ \([-+].+ to .+; not distinguishable\)", text)
    assert re.search(r"environmental cost \+[\d.]+ % \(.+\), CNY [\d.]+ million more", text)
    assert "增加" in sentence(few, "real-time", "zh")


def test_one_seed_has_no_interval_anywhere() -> None:
    one = cp.compare(["tax-only"], park=cp.park("mixed", enterprises=20), seeds=1, quarters=6)
    assert "95 %" not in sentence(one, "tax-only", "en")
    assert "single seed" in sentence(one, "tax-only", "en")
    assert not any(cell["interval"] for row in headline_rows(one, "en") for cell in row["cells"])
    assert [row["why"] for row in cost_rows(one, "en")] == ["n.s."]


def test_every_packaged_source_is_known_in_chinese() -> None:
    for text in cp.scenarios()["source"]:
        assert source(text, "en") == text
        assert re.search("[\u4e00-\u9fff]", source(text, "zh")) or "Duflo" in text
        assert "paper" not in text
    assert set(SOURCES) == set(cp.scenarios()["source"])
    assert source("local survey, 2024", "zh") == "local survey, 2024"


def test_when_a_target_is_met(found: cp.Comparison) -> None:
    met = found.when_met("compliance_true", 0.0, below=False)
    assert (met["quarter"] == "2026-Q1").all()
    never = found.when_met("compliance_true", 1.1, below=False)
    assert (never["quarter"] == "").all()


def test_highlighted_scenarios_have_distinct_styles_and_cut_pollution_most() -> None:
    found = cp.compare(seeds=1, quarters=8, park=cp.park("mixed", enterprises=30))
    chosen = lines.highlighted(found)
    assert len(set(chosen)) == len(chosen) == len(lines.COLOURS) == len(lines.DASHES)
    assert chosen[0] == found.reference_place
    table = found.table[found.table["outcome"] == "pollution_equivalents"].set_index("scenario")
    least = table["mean"].drop("voluntary").nsmallest(lines.MOST_LINES - 1)
    assert {found.names[k] for k in chosen[1:]} == set(least.index)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_of_a_figure_has_an_unfilled_field(found: cp.Comparison, language: str) -> None:
    for one in plots.FIGURES:
        texts = [text.get_text() for text in one.draw(found, language).findobj(Text)]
        assert not [text for text in texts if "{" in text]


def test_marks_are_hollow_where_nothing_can_be_told(found: cp.Comparison) -> None:
    figure = found.plot_trajectories()
    ends = [
        line
        for axes in figure.axes
        for line in axes.get_lines()
        if line.get_marker() == "o" and len(line.get_xdata()) == 1
    ]
    hollow = sum(line.get_markerfacecolor() == "white" for line in ends)
    rows = [found.row(name, key) for name in found.names[1:] for key in over_time.SHOWN]
    assert len(ends) == len(rows)
    assert hollow == sum(not row["distinguishable"] for row in rows)


def test_alternative_texts_tell_what_the_figures_show(found: cp.Comparison, tmp_path: Path) -> None:
    page = (found.save(tmp_path / "found") / "report.html").read_text(encoding="utf-8")
    for language, words in (("en", "True compliance"), ("zh", "真实达标率")):
        section = page.split(f'<section lang="{language}">')[1].split("</section>")[0]
        told = re.findall(r'<img alt="([^"]+)"', section)
        assert len(told) == len(plots.FIGURES)
        assert all(re.search(r"\d", text) for text in told)
        level = number(found.row("full-mix", "compliance_true")["mean"], "share", language)
        assert f"{words} {level}" in told[-1]


def policies(count: int, seeds: int = 1) -> cp.Comparison:
    """So many packaged policies, asked for by name; all of them where count is 12."""
    names = [name for name in cp.scenarios()["name"] if name != "voluntary"][:count]
    park = cp.park("mixed", enterprises=20)
    return cp.compare(names, seeds=seeds, quarters=4, park=park)


@pytest.mark.parametrize("count", [1, 6, 8, 12])
def test_policies_asked_for_by_name_are_never_grey(count: int) -> None:
    found = policies(count)
    assert sorted(lines.highlighted(found)) == list(range(count + 1))
    assert len({lines.line_style(order) for order in range(43)}) == 43


def test_what_stands_out_is_what_was_asked_for_also_after_reading_it_back(tmp_path: Path) -> None:
    park = cp.park("mixed", enterprises=20)
    for found, count in ((policies(12), 13), (cp.compare(seeds=1, quarters=4, park=park), 7)):
        assert len(lines.highlighted(found)) == count
        again = cp.load(found.save(tmp_path / str(count)))
        assert len(lines.highlighted(again.comparison)) == count


@pytest.mark.parametrize("language", ["en", "zh"])
def test_more_than_six_named_policies_have_a_row_of_panels_each(language: str) -> None:
    found = policies(7, seeds=2)
    figure = found.plot_trajectories(language)
    assert len(figure.axes) == len(over_time.SHOWN) * 8
    texts = [text.get_text().replace("\n", " ") for text in figure.findobj(Text)]
    spoken = " ".join(texts).replace(" ", "")
    for name in found.names[1:]:
        assert found.title(name, language).replace(" ", "") in spoken
    assert len(policies(6).plot_trajectories(language).axes) == 2 * len(over_time.SHOWN)


def test_a_policy_far_beyond_the_others_does_not_flatten_them() -> None:
    flat = (np.array([0.0, -1.0]), np.zeros(2))
    shared = over_time.shared_reach({1: flat, 2: flat, 3: (np.array([0.0, 90.0]), np.ones(2))})
    assert shared == (-1.0, 0.0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seeds": 0}, "seeds"),
        ({"seeds": [1, 1]}, "seeds"),
        ({"quarters": 0}, "quarters"),
        ({"quarters": 10_000}, "quarters"),
        ({"engine": "fast"}, "engine"),
        ({"workers": 0}, "workers"),
        ({"scenarios": ["mandatory", "mandatory"]}, "twice"),
        ({"reference": "volontary"}, "voluntary"),
    ],
)
def test_wrong_settings_are_named(change: dict[str, object], message: str) -> None:
    settings: dict[str, object] = {"scenarios": ["mandatory"], "seeds": 1, "quarters": 1}
    with pytest.raises(ValueError, match=message):
        cp.compare(**{**settings, **change})  # type: ignore[arg-type]
