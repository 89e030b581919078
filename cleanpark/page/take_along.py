"""Charts, tables and reports as files: CSV, PNG, SVG, Parquet, HTML."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import cleanpark as cp


def csv_of(columns: Any, rows: Any) -> bytes:
    """A table as CSV that spreadsheets read as text and numbers, never as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: Any) -> Any:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return "" if cell != cell else cell


def parquet_of(found: cp.Comparison) -> bytes:
    """Every value by scenario, seed, quarter, park and outcome, as Parquet."""
    buffer = io.BytesIO()
    found.outcomes.to_parquet(buffer, index=False)
    return buffer.getvalue()


def report_of(found: cp.Comparison, language: str) -> bytes:
    """The report of a comparison: one page that needs nothing else, in both languages."""
    with tempfile.TemporaryDirectory(prefix="cleanpark-") as folder:
        place = Path(folder) / "report"
        found.save(place, language)
        return (place / "report.html").read_bytes()


def picture_code(element: int, kind: str, name: str) -> str:
    """JavaScript that draws a chart anew, 1200 x 640, and hands it over as a file."""
    renderer = "svg" if kind == "svg" else "canvas"
    url = (
        '"data:image/svg+xml;charset=utf-8," + encodeURIComponent(fresh.renderToSVGString())'
        if kind == "svg"
        else 'fresh.getDataURL({type: "png", pixelRatio: 2, backgroundColor: "#fff"})'
    )
    return f"""
      const {{echarts}} = await import("nicegui-echart");
      const place = document.createElement("div");
      place.style.cssText = "position:absolute;left:-9999px;width:1200px;height:640px";
      document.body.append(place);
      const size = {{renderer: "{renderer}", width: 1200, height: 640}};
      const fresh = echarts.init(place, null, size);
      fresh.setOption({{...getElement({element}).chart.getOption(), animation: false}});
      const link = document.createElement("a");
      link.href = {url};
      link.download = {json.dumps(f"cleanpark-{name}.{kind}")};
      link.click();
      fresh.dispose();
      place.remove();
    """
