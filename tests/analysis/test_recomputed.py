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


CONSULTANT = """Park baseline 2025 - prepared for the park's management
Company,Industry,Annual turnover (million CNY),Electricity and fuel (GJ),Freshwater (m3),\
COD discharged (t/yr),SO2 emissions (t/yr),Employees,Last audit
Alpha Chemicals Ltd,Chemicals,"1,250",410000,960000,41.2,5.2,620,2023-06
Blue River Textiles,Textile dyeing,640,86000,1750000,98,n/a,410,2021-Q4
Castle Plating,Metal finishing,230,31000,380000,19,-,150,never
East Food,Food and beverages,880,24000,430000,28,2.1,300,2022-11-03
Hill Machinery,Machinery,520,9000,45000,2.1,0.3,210,
TOTAL,,3520,560000,3565000,188.3,7.6,1690,
Source: questionnaires and site visits
"""


def consultants(folder: Path) -> cp.Park:
    file = folder / "baseline.csv"
    file.write_text(CONSULTANT.replace("\\\n", ""), encoding="utf-8")
    return cp.park(file)


def permits(folder: Path) -> cp.Park:
    """A list of permits as it is exported: a title, a header in two rows, merged groups."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["全国排污许可证管理信息平台"])
    sheet.append(
        [
            "序号",
            "单位名称",
            "行业类别",
            "许可证编号",
            "化学需氧量",
            "",
            "氨氮",
            "工业总产值（万元）",
        ]
    )
    sheet.append(
        ["", "", "", "", "许可排放量（t/a）", "实际排放量（t/a）", "实际排放量（t/a）", ""]
    )
    for area in ("A1:H1", "E2:F2"):
        sheet.merge_cells(area)
    sheet.append([1, "甲公司", "有机化学原料制造", "91320580MA1X00015K001P", 8, 4.1, 0.33, 12500])
    sheet.append([2, "乙公司", "棉印染精加工", "91320580MA1X00025K001P", 15, 9.8, 0.4, 6400])
    sheet.append([3, "丙公司", "机制纸及纸板制造", "91320580MA1X00035K001P", 9, 3.0, "/", 8000])
    sheet.append(["注：数据来源于执行报告"])
    book.save(folder / "permits.xlsx")
    return cp.park(folder / "permits.xlsx")


PARKS = {
    "packaged": lambda folder: cp.park("mixed", enterprises=60),
    "consultants": consultants,
    "permits": permits,
}


@pytest.fixture(scope="module", params=PARKS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("found")
    found = cp.compare(["full-mix"], PARKS[request.param](place), seeds=6, quarters=12)
    return found.save(place / "found")


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
            assert 0.0 in shown or (shown[1] > 0 or shown[2] < 0) == (low > 0 or high < 0), name
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
