"""A park written in any legal layout reads back as the same park."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanpark.scenarios.park import park
from cleanpark.scenarios.park_files import COLUMNS, dictionary, write_clean
from cleanpark.scenarios.park_files.ranges import typical
from cleanpark.scenarios.sectors import sectors

HEADERS = {
    "output": ["年产值", "工业总产值（当年价格）", "output", "总产值"],
    "energy": ["综合能耗", "综合能源消费量", "energy", "能源消耗"],
    "water": ["取水量", "新鲜水用量", "water", "用水总量"],
    "cod": ["COD", "化学需氧量(COD)", "COD排放量", "化学需氧量排放量", "cod"],
    "sulfur_dioxide": ["二氧化硫(SO2)", "SO2", "二氧化硫排放量", "sulfur_dioxide"],
    "generated_cod": ["COD产生量", "化学需氧量产生量", "generated_cod"],
    "hazardous_waste": ["危险废物", "危险废物产生量", "hazardous_waste"],
}
UNITS: dict[str, list[tuple[str, float]]] = {
    "output": [("万元", 1.0), ("元", 1e-4), ("千元", 0.1), ("亿元", 1e4), ("10,000 CNY", 1.0)],
    "energy": [("吨标准煤", 1.0), ("tce", 1.0), ("万吨标准煤", 1e4), ("kgce", 1e-3)],
    "water": [("立方米", 1.0), ("吨", 1.0), ("万立方米", 1e4), ("m3/a", 1.0)],
    "cod": [("千克", 1.0), ("吨", 1e3), ("kg", 1.0), ("t/a", 1e3)],
    "sulfur_dioxide": [("kg", 1.0), ("吨", 1e3), ("吨/年", 1e3)],
    "generated_cod": [("kg", 1.0), ("吨", 1e3)],
    "hazardous_waste": [("吨", 1.0), ("千克", 1e-3), ("t", 1.0)],
}
INDUSTRIES = {
    "chemicals": [
        "chemicals",
        "化工",
        "26",
        "C2614",
        "化学原料和化学制品制造业",
        "2614 有机化学原料制造",
    ],
    "food": [
        "食品饮料",
        "13",
        "1440 乳制品制造",
        "农副食品加工业",
        "C1495",
        "酒、饮料和精制茶制造业",
    ],
    "metal_finishing": ["电镀", "3360", "金属表面处理及热处理加工"],
    "other": ["造纸", "22", "造纸和纸制品业", "热电联产", "4411"],
}
MISSING = ["", "—", "/", "-", "N/A", "未知"]


@dataclass
class Layout:
    """How a park is written."""

    order: list[str]
    headers: dict[str, str]
    units: dict[str, tuple[str, float]]
    rows: int
    """Rows that the header takes."""
    titles: int
    totals: bool
    grouped: bool
    kind: str


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    columns = ["output", *draw(st.sets(st.sampled_from(list(HEADERS)[1:]), min_size=1))]
    order = draw(st.permutations(["id", "sector", *columns]))
    return Layout(
        list(order),
        {name: draw(st.sampled_from(HEADERS[name])) for name in columns},
        {name: draw(st.sampled_from(UNITS[name])) for name in columns},
        draw(st.sampled_from([1, 1, 2])),
        draw(st.integers(0, 2)),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "xlsx", "xlsx-numbers"])),
    )


@st.composite
def parks(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Enterprises with amounts around their sector's, some not known."""
    found = []
    known = {sector.name: sector for sector in sectors()}
    for number in range(draw(st.integers(1, 6))):
        sector = draw(st.sampled_from(list(INDUSTRIES)))
        output = float(draw(st.integers(1_000, 90_000)))
        row = {"id": f"企业{number}", "sector": sector, "output": output,
               "written": draw(st.sampled_from(INDUSTRIES[sector]))}  # fmt: skip
        for name in list(HEADERS)[1:]:
            usual = typical(known[sector], name)[0] * output
            amount = round(usual * draw(st.floats(0.5, 2.0)), 3)
            row[name] = draw(st.sampled_from([amount, amount, math.nan]))
        found.append(row)
    return found


def written_amount(value: float, factor: float, grouped: bool) -> str:
    """The amount in the unit, thousands set apart."""
    amount = value / factor
    return f"{amount:,.10f}".rstrip("0").rstrip(".") if grouped else repr(amount)


def cells_of(found: list[dict[str, Any]], layout: Layout, missing: str) -> list[list[str]]:
    """Title rows, header rows, enterprises and a total."""
    plain = {"id": "企业名称", "sector": "行业类别"}
    table = [["××开发区环境统计表"], ["2024年度"]][: layout.titles]
    if layout.rows == 1:
        table.append([
            plain.get(name) or f"{layout.headers[name]}（{layout.units[name][0]}）"
            for name in layout.order
        ])  # fmt: skip
    else:
        table.append([plain.get(name) or layout.headers[name] for name in layout.order])
        table.append(["" if name in plain else layout.units[name][0] for name in layout.order])
    for row in found:
        cells = []
        for name in layout.order:
            if name in plain:
                cells.append(row["id"] if name == "id" else row["written"])
            elif math.isnan(row[name]):
                cells.append(missing)
            else:
                cells.append(written_amount(row[name], layout.units[name][1], layout.grouped))
        table.append(cells)
    if layout.totals:
        table.append(["合 计" if name == "id" else "/" for name in layout.order])
        table.append(["注：数据来自企业填报"])
    return table


def write(table: list[list[str]], layout: Layout, folder: Path) -> Path:
    """The cells as a file of the layout's kind."""
    if not layout.kind.startswith("xlsx"):
        text = io.StringIO()
        csv.writer(text).writerows(table)
        path = folder / "park.csv"
        path.write_bytes(text.getvalue().encode(layout.kind))
        return path
    book = openpyxl.Workbook()
    for cells in table:
        book.active.append([_value(cell, layout.kind) for cell in cells])
    path = folder / "park.xlsx"
    book.save(path)
    return path


def _value(cell: str, kind: str) -> str | float:
    try:
        return float(cell) if kind == "xlsx-numbers" and "." in cell else cell
    except ValueError:
        return cell


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
    deadline=None,
)
@given(found=parks(), layout=layouts(), missing=st.sampled_from(MISSING))
def test_any_legal_layout_gives_the_same_park(
    found: list[dict[str, Any]], layout: Layout, missing: str, tmp_path: Path
) -> None:
    path = write(cells_of(found, layout, missing), layout, tmp_path)
    read = park(path)
    assert list(read.table["id"]) == [row["id"] for row in found]
    assert list(read.table["sector"]) == [row["sector"] for row in found]
    for name in layout.units:
        expected = [row[name] for row in found]
        if name == "cod" and "generated_cod" in layout.units:
            pass
        if name == "generated_cod" and "cod" in layout.units:
            continue  # below the discharge it is refused
        assert list(read.table[name]) == pytest.approx(expected, rel=1e-9, nan_ok=True), name
    assert read.account.refused == [] or "generated_cod" in layout.units
    left = len(read.account.left_out)
    assert left == layout.titles + 2 * layout.totals


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)
@given(found=parks(), layout=layouts(), language=st.sampled_from(["en", "zh"]))
def test_what_was_understood_is_written_and_read_as_the_same(
    found: list[dict[str, Any]], layout: Layout, language: str, tmp_path: Path
) -> None:
    read = park(write(cells_of(found, layout, ""), layout, tmp_path))
    clean = tmp_path / "clean.csv"
    clean.unlink(missing_ok=True)
    write_clean(read.table, read.account.far, clean, language)
    again = park(clean)
    for name in COLUMNS:
        if dictionary().get(name) and dictionary()[name].kind == "text":
            assert list(again.table[name]) == list(read.table[name])
        elif name != "industry":
            assert again.table[name].equals(read.table[name]), name
    assert not any(one.factor != 1.0 for one in again.account.columns.values())
