"""Figures of policies say against what, which way is better, and what their marks mean."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cleanpark.analysis.figures import mixes as mix_plots
from cleanpark.analysis.figures.policies import synergy_values
from cleanpark.analysis.figures.policy_axes import wide, wrapped
from cleanpark.analysis.pages.kinds import draw
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.space import Factor, Space

SCENARIOS = [
    {"name": "mandatory", "title": {"en": "Mandatory audits", "zh": "强制审核"}},
    {"name": "voluntary", "title": {"en": "Voluntary audits", "zh": "自愿审核"}},
]
FINE = {"en": "Fine", "zh": "罚款"}
NAMES = ["pollution_equivalents", "treasury_net", "enterprise_cost"]


def texts(figure):
    import matplotlib.text

    found = [one.get_text() for one in figure.findobj(matplotlib.text.Text)]
    return " | ".join(one.replace("\n", " ") for one in found if one)


def attribution(pollution=-10e6, synergy=2e6):
    parts = ["audit", "incentives", "penalties"]
    rows = [{"outcome": "pollution_equivalents", "instrument": one, "value": pollution / 3,
             "low": pollution / 3 - 1e6, "high": pollution / 3 + 1e6} for one in parts]  # fmt: skip
    rows.append({"outcome": "pollution_equivalents", "instrument": "(all)", "value": pollution,
                 "low": pollution - 1e6, "high": pollution + 1e6})  # fmt: skip
    pairs = [{"outcome": "pollution_equivalents", "first": one, "second": two, "value": synergy,
              "distinguishable": two == "penalties"}
             for one, two in (("audit", "incentives"), ("audit", "penalties"),
                              ("incentives", "penalties"))]  # fmt: skip
    about = {"kind": "attribute", "outcomes": NAMES[:1], "scenarios": SCENARIOS,
             "settings": {"instruments": {one: [one] for one in parts}}}  # fmt: skip
    tables = {"attribution": pd.DataFrame(rows), "synergy": pd.DataFrame(pairs)}
    return StudyFolder(Path("."), about, tables)


def search(budget=5e8):
    count = 6
    table = pd.DataFrame({"mix": [f"mix-{k + 1:02d}" for k in range(count)],
                          "fine": 10.0 + np.arange(count)})  # fmt: skip
    for name, step in zip(NAMES, (-1e7, -2e8, 1e8), strict=True):
        table[name] = step * np.arange(1, count + 1)
        table[f"{name}_low"], table[f"{name}_high"] = table[name] - 1e6, table[name] + 1e6
    table["efficient"] = [True, False, True, True, True, True]
    table["within_budget"] = table["treasury_net"] >= -budget
    fine = Factor("fine", 5.0, 40.0, unit="10,000 CNY", title=FINE)
    settings = {"objectives": NAMES, "budget": budget, "base": {"fine": 10.0}}
    about = {"kind": "optimize", "scenarios": SCENARIOS, "settings": settings,
             "parameters": Space((fine,)).describe()}  # fmt: skip
    budgets = pd.DataFrame({"mix": ["mix-01", "mix-02"]})
    return StudyFolder(Path("."), about, {"pareto": table, "budget": budgets})


def test_positive_synergy_reinforces_the_mix_whichever_way_the_outcome_goes():
    for whole, value, sign in ((-10e6, 2e6, -1), (10e6, 2e6, 1), (-10e6, -2e6, 1)):
        matrix, sure, clear = synergy_values(attribution(whole, value), NAMES[0], "en")
        assert clear
        assert np.sign(matrix[0, 0]) == sign
        assert matrix.shape == (2, 2)
        assert sure.tolist() == [[False, False], [True, True]]
    matrix, _, clear = synergy_values(attribution(0.5e6, 2e6), NAMES[0], "en")
    assert not clear
    assert matrix[0, 0] == 2


@pytest.mark.parametrize("name", ["waterfall", "synergy"])
def test_attribution_says_against_what_and_what_marks_mean(name):
    told = texts(draw(attribution(), name, "en"))
    if name == "waterfall":
        assert "change against “Voluntary audits”, million equivalents" in told
        for mark in ("lowers the outcome", "raises the outcome", "95 % interval of the step"):
            assert mark in told
    else:
        assert "positive reinforces" in told
        assert "-2 *" in told


def test_the_front_has_a_panel_for_each_objective_and_a_legend():
    figure = draw(search(), "pareto", "en")
    told = texts(figure)
    for title in (
        "Net income of the treasury  (better →)",
        "Enterprises' net environmental cost  (← better)",
    ):
        assert title in told
    assert "change against “Voluntary audits”, million CNY" in told
    for mark in ("holds on", "beaten by another", "exceeds the budget", "best: Pollution"):
        assert mark in told
    assert mix_plots.states(search().table("pareto")) == [
        "mix_held", "mix_beaten", "mix_over", "mix_over", "mix_over", "mix_over"
    ]  # fmt: skip


def test_numbers_of_mixes_do_not_cover_each_other():
    figure = draw(search(), "pareto", "en")
    panel = figure.axes[0]
    boxes = [one.get_window_extent() for one in panel.texts]
    assert len(boxes) == 6
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_the_budget_is_drawn_where_it_binds_and_left_out_where_it_would_squeeze_all_else():
    assert "budget: CNY 500.0 million" in texts(draw(search(), "budget", "en"))
    assert "mix 2" in texts(draw(search(), "budget", "en"))
    assert "budget:" not in texts(draw(search(1e12), "budget", "en"))
    empty = search()
    empty.tables["budget"] = empty.tables["budget"].iloc[:0]
    assert not mix_plots.BUDGET.applies(empty)


def test_text_is_wrapped_by_its_width_in_both_languages():
    for text in ("Enterprises reached by training in a quarter", "每季培训覆盖率与审核专业水平"):
        lines = wrapped(text, 16, 5).split("\n")
        assert max(wide(one) for one in lines) <= 16
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrapped("one two three four", 8, 1).endswith("…")
