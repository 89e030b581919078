"""Each number of the report's first table, recomputed from the folder's Parquet by hand."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import cleanpark as cp
from cleanpark.analysis.words.answer import ROWS

NUMBER = r"-?\+?[\d,]+(?:\.\d+)?"
UNITS = {"billion": 1e9, "million": 1e6, "thousand": 1e3}


def first_table(page: str) -> list[list[str]]:
    """Rows of the first table of the English part, as texts."""
    section = page.split('<section lang="en">')[1]
    body = section.split("<tbody>")[1].split("</tbody>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.S)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]


def numbers_of(text: str) -> list[float]:
    """The change and both ends of its interval; the scale of money follows its number."""
    parts = re.findall(rf"({NUMBER})(?: (billion|million|thousand))?", text)
    change, low, high = [(float(one.replace(",", "")), unit) for one, unit in parts[:3]]
    scale = high[1] or low[1]  # said once for both ends
    return [
        value * UNITS.get(unit, 1.0)
        for value, unit in (change, (low[0], low[1] or scale), (high[0], scale))
    ]


def paired_by_hand(frame: pd.DataFrame, name: str) -> tuple[float, float, float, np.ndarray]:
    """Mean paired difference, its Student interval at 95 %, and the reference by seed."""
    chosen = frame[
        (frame["outcome"] == name) & (frame["quarter"] == "") & (frame["group"] == "all")
    ]
    wide = chosen.pivot_table(index="seed", columns="scenario", values="value", observed=True)
    gap = (wide["full-mix"] - wide["voluntary"]).to_numpy()
    half = stats.t.ppf(0.975, len(gap) - 1) * gap.std(ddof=1) / np.sqrt(len(gap))
    return gap.mean(), gap.mean() - half, gap.mean() + half, wide["voluntary"].to_numpy()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    park = cp.park("mixed", enterprises=60)
    found = cp.compare(["full-mix"], park, seeds=6, quarters=12)
    return found.save(tmp_path_factory.mktemp("found") / "found")


def test_each_number_of_the_first_table_comes_out_of_the_parquet(folder: Path) -> None:
    rows = first_table((folder / "report.html").read_text(encoding="utf-8"))
    frame = pd.read_parquet(folder / "outcomes.parquet")
    assert len(rows) == len(ROWS)
    for name, (_, text) in zip(ROWS, rows, strict=True):
        mean, low, high, base = paired_by_hand(frame, name)
        shown = numbers_of(text)
        if "%" in text:
            assert shown[0] == pytest.approx(100 * mean / base.mean(), abs=0.051), name
            # bounds of a ratio of means: the sign says the same as the paired difference
            assert (shown[1] > 0 or shown[2] < 0) == (low > 0 or high < 0), name
            assert shown[1] <= shown[0] <= shown[2]
        elif "points" in text:
            assert shown == pytest.approx([100 * mean, 100 * low, 100 * high], abs=0.051), name
        else:
            assert shown == pytest.approx([mean, low, high], rel=6e-3), name
        assert ("not distinguishable" in text) == (low <= 0.0 <= high), name


def test_horizon_values_are_the_quarters_together(folder: Path) -> None:
    frame = pd.read_parquet(folder / "outcomes.parquet")
    for name in ("pollution_equivalents", "enterprise_cost", "treasury_net"):
        one = frame[(frame["outcome"] == name) & (frame["group"] == "all")]
        horizon = one[one["quarter"] == ""].set_index(["scenario", "seed"])["value"]
        quarters = one[one["quarter"] != ""].groupby(["scenario", "seed"], observed=True)["value"]
        both = pd.concat([horizon, quarters.sum()], axis=1)
        np.testing.assert_allclose(both.iloc[:, 0], both.iloc[:, 1], rtol=1e-9)
