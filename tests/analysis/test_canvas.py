"""Figures change nothing of matplotlib, and nothing of matplotlib's settings harms them."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import image
from matplotlib.figure import Figure
from matplotlib.text import Text

import cleanpark as cp
from cleanpark.analysis.figures import fonts
from cleanpark.analysis.figures.canvas import new_figure, one_panel, svg_text

PLOTS = ("trajectories", "cost_reduction", "who_pays", "levels", "compliance")


@pytest.fixture(scope="module")
def comparison():
    park = cp.park("mixed", enterprises=8)
    odd = cp.scenario("tax-only").renamed("odd", {"en": "Cost $x_1$ & 5 %", "zh": "费用 $x_1$"})
    return cp.compare([odd, "penalty-only"], park, seeds=2, quarters=3)


def pixels(figure, tmp_path):
    figure.savefig(tmp_path / "one.png", dpi=60)
    return image.imread(tmp_path / "one.png")


@pytest.mark.parametrize("name", PLOTS)
def test_drawing_leaves_settings_as_they_are_and_opens_no_window(comparison, name):
    before = dict(mpl.rcParams)
    figure = getattr(comparison, f"plot_{name}")("zh")
    assert isinstance(figure, Figure)
    assert figure.canvas.manager is None
    assert dict(mpl.rcParams) == before
    assert figure._repr_png_().startswith(b"\x89PNG")


def test_texts_are_shown_as_they_are_written(comparison):
    figure = comparison.plot_cost_reduction("en")
    texts = figure.findobj(Text)
    assert any("$x_1$" in one.get_text() for one in texts)
    assert not any(one.get_parse_math() or one.get_usetex() for one in texts)


def test_settings_of_matplotlib_do_no_harm(comparison, tmp_path):
    usual = pixels(comparison.plot_trajectories("zh"), tmp_path)
    odd = {"text.usetex": True, "font.family": ["cursive"], "font.size": 30.0,
           "axes.titlesize": 40.0, "axes.spines.top": True, "axes.unicode_minus": False,
           "axes.formatter.use_mathtext": True, "axes.labelsize": 33.0, "legend.fontsize": 40.0,
           "xtick.labelsize": 30.0, "figure.dpi": 30.0}  # fmt: skip
    with mpl.rc_context(odd):
        assert np.array_equal(pixels(comparison.plot_trajectories("zh"), tmp_path), usual)


def test_threads_draw_each_in_its_language(comparison):
    alone = {tongue: svg_text(comparison.plot_levels(tongue)) for tongue in ("en", "zh")}
    tongues = ["en", "zh"] * 3
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda one: svg_text(comparison.plot_levels(one)), tongues))
    assert drawn == [alone[one] for one in tongues]
    assert alone["en"] != alone["zh"]


def test_an_unknown_backend_is_never_asked_for():
    code = (
        "import cleanpark as cp, sys\n"
        "found = cp.compare(['tax-only'], cp.park('mixed', enterprises=3), seeds=2, quarters=2)\n"
        "found.plot_levels('en').savefig(sys.argv[1])\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "/dev/null"], capture_output=True, text=True,
        env={"MPLBACKEND": "module://nowhere", "PATH": ""}, check=False,
    )  # fmt: skip
    assert done.returncode == 0 or "MPLBACKEND" not in done.stderr, done.stderr


def test_a_drawing_is_the_same_to_the_byte_each_time():
    def drawn(colour):
        figure, axes = one_panel("en", (3.0, 2.0))
        axes.barh([0, 1], [2, 3], hatch="//", color=colour)
        axes.plot([0, -3], [0, 1], marker="o")
        return svg_text(figure)

    assert drawn("red") == drawn("red") != drawn("blue")


def test_a_language_has_its_font_first():
    assert new_figure("en", (1.0, 1.0)).family[0] == "DejaVu Sans"
    assert new_figure("zh", (1.0, 1.0)).family[0] == fonts.chinese_font()


def test_chinese_names_are_drawn_in_figures_in_english(tmp_path) -> None:
    import warnings

    figure, axes = one_panel("en", (2.0, 2.0))
    axes.set_title("Tax 税额加倍")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(tmp_path / "one.png")
