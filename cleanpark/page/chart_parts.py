"""What the charts share: colours, axes, lines with bands, one way to write a title."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from cleanpark.analysis.words.numbers import is_han
from cleanpark.page import engine
from cleanpark.page.texts import say

COLOURS = ("#1F2933", "#D55E00", "#0072B2", "#009E73")
"""Okabe and Ito's, which the colour-blind tell apart; lines differ in dash and symbol as well."""
DASHES: tuple[Any, ...] = ("solid", [10, 4], [3, 3], [12, 3, 3, 3])
SYMBOLS = ("circle", "diamond", "triangle", "rect")
WIDE, NARROW, TURN = 800, 320, 560
"""Pixels that a legend has in a wide chart and on a phone, and the width at which they change."""
WIDE_LETTERS, NARROW_LETTERS = 116, 50
NARROW_NAMES = {"axisLabel": {"width": 128, "overflow": "break", "fontSize": 10, "lineHeight": 12}}
"""An axis of long names on a phone."""
HAN_LINE = 9
"""Chinese letters in a line at an axis."""
INK = "#1F2933"
GREY = "#5B6670"
FONT = (
    'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Noto Sans SC", '
    '"PingFang SC", "Microsoft YaHei", sans-serif'
)
TOOLTIP = """
params => {
  const shown = value => typeof value === "number"
    ? value.toLocaleString(undefined, {maximumSignificantDigits: 4}) : value;
  const many = Array.isArray(params) ? params : [params];
  const real = many.filter(one => !String(one.seriesId).startsWith("band"));
  const told = one => Array.isArray(one.value)
    ? (one.seriesType === "boxplot"
        ? `${shown(one.value[3])} (${shown(one.value[1])} … ${shown(one.value[5])})`
        : one.value.map(shown).join(" / "))
    : shown(one.value);
  const head = Array.isArray(params) && real.length ? real[0].name + "\\n" : "";
  return head + real.map(one => `${one.seriesName}: ${told(one)}`).join("\\n");
}
"""
NUMBER = """
value => value.toLocaleString("en-US", {maximumSignificantDigits: 6}).replace("-", "\u2212")
"""
"""A number at an axis, with a minus sign that is none but a minus sign."""


def finite(value: float) -> float | None:
    """A number as JSON has it: no NaN, and no more digits than a chart can show."""
    return float(f"{value:.6g}") if math.isfinite(value) else None


def base(title: str, subtitle: str, language: str) -> dict[str, Any]:
    """An option with its title, what is measured, its source, and no series yet."""
    source = say("Source: simulation with cleanpark {version}", language, version=engine.version())
    return {
        "textStyle": {"fontFamily": FONT, "color": INK},
        "backgroundColor": "#FFFFFF",
        "animationDuration": 250,
        "animationDurationUpdate": 250,
        "aria": {"enabled": True, "label": {"description": f"{title}. {subtitle}"}},
        "title": [
            {"text": title, "subtext": subtitle, "left": 8, "top": 4,
             "textStyle": {"fontSize": 17, "color": INK, "fontFamily": FONT},
             "subtextStyle": {"fontSize": 12, "color": GREY, "fontFamily": FONT, "lineHeight": 16}},
            {"text": source, "right": 8, "bottom": 2,
             "textStyle": {"fontSize": 10, "fontWeight": "normal", "color": GREY}},
        ],
        "legend": {"bottom": 22, "left": 8, "right": 8, "itemWidth": 28,
                   "textStyle": {"fontSize": 12, "color": INK}},
        "grid": {"left": 12, "right": 22, "top": 64, "bottom": 62, "containLabel": True},
        "tooltip": {"trigger": "axis", "renderMode": "richText", "confine": True,
                    ":formatter": TOOLTIP},
        "series": [],
    }  # fmt: skip


def fitted(option: dict[str, Any], **narrow: Any) -> dict[str, Any]:
    """The option with a layout for wide charts and one for a phone's width, of which ECharts takes
    the one that fits; ``narrow`` is what else differs there."""
    named = [one["name"] for one in option["series"] if "name" in one]
    names = option["legend"].get("data", list(dict.fromkeys(named)))
    shown = names if option["legend"].get("show", True) else []
    beside = option["legend"]["itemWidth"] + 15
    below = 24 if isinstance(option["xAxis"], dict) and option["xAxis"].get("name") else 0
    layouts: list[dict[str, Any]] = []
    for letters, width in ((WIDE_LETTERS, WIDE), (NARROW_LETTERS, NARROW)):
        told = _wrapped(option["title"][0]["subtext"], letters)
        rows = max(1, _rows_of([beside + text_width(one) for one in shown], width))
        grid = {"top": 48 + 16 * len(told.splitlines()), "bottom": 40 + 22 * rows + below}
        layouts.append({"title": [{"subtext": told}], "grid": grid})
    wide, phone = layouts
    option["title"][0]["subtext"] = wide["title"][0]["subtext"]
    option["grid"] |= wide["grid"]
    option["media"] = [{"query": {"maxWidth": TURN}, "option": phone | narrow}, {"option": wide}]
    return option


def text_width(text: str) -> float:
    """About how many pixels a text of 12 pixels takes."""
    return sum(12.5 if is_han(one) else 7.0 for one in text)


def _rows_of(widths: list[float], most: float) -> int:
    """Rows that items side by side fill."""
    rows, used = 0, most
    for width in widths:
        if rows == 0 or used + width > most:
            rows, used = rows + 1, 0.0
        used += width
    return rows


def _wrapped(text: str, letters: int) -> str:
    """A subtitle in lines of so many Latin letters, or half as many Chinese ones."""
    import textwrap

    if any(map(is_han, text)):
        return "\n".join(_lines_of(text, letters // 2))
    return "\n".join(textwrap.wrap(text, letters))


def _lines_of(text: str, letters: int) -> Iterator[str]:
    """Lines of so many letters; none begins with a mark that belongs to the line before."""
    while text:
        end = letters
        while text[end : end + 1] and text[end] in "，。；：、）”%":
            end += 1
        yield text[:end]
        text = text[end:]


def category_axis(labels: list[str], shown: list[str] | None = None) -> dict[str, Any]:
    """An axis of names or dates; of quarters only each year's first is written."""
    axis: dict[str, Any] = {
        "type": "category",
        "data": labels,
        "axisLabel": {"color": INK, "hideOverlap": True},
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": GREY}},
    }
    if shown is not None:
        axis["axisLabel"][":formatter"] = "value => value.slice(0, 4)"
        axis["axisLabel"][":interval"] = "(index, value) => value.endsWith('Q1')"
        axis["boundaryGap"] = False
    return axis


def value_axis(name: str = "", zero: bool = False) -> dict[str, Any]:
    """An axis of numbers; ``zero``: it begins at zero. Its unit stands in the subtitle, or as
    ``name`` where there are two such axes."""
    return {
        "type": "value",
        "name": name,
        "scale": not zero,
        "nameTextStyle": {"color": GREY, "fontSize": 12},
        "axisLabel": {"color": INK, ":formatter": NUMBER, "hideOverlap": True},
        "splitLine": {"lineStyle": {"color": "#E5E8EB"}},
    }


def names_at_axis(names: list[str]) -> dict[str, Any]:
    """How an axis writes names: all of them, in lines that end where a reader would end them."""
    told = json.dumps({one: in_lines(one) for one in names})
    return {
        "axisLabel": {
            "interval": 0, "width": 126, "overflow": "break", "color": INK,
            ":formatter": f"value => ({told})[value] ?? value",
        }
    }  # fmt: skip


def in_lines(name: str) -> str:
    r"""A name in short lines; a Chinese one breaks before a bracket, and none begins with the mark
    that closes one.

    >>> in_lines("强制审核（改动 2 项）"), in_lines("Mandatory audits for all")
    ('强制审核\n（改动 2 项）', 'Mandatory audits\nfor all')
    """
    import textwrap

    if not any(map(is_han, name)):
        return "\n".join(textwrap.wrap(name, 18))
    head, bracket, rest = name.partition("（")
    parts = [head, bracket + rest] if head and rest and len(name) > HAN_LINE else [name]
    return "\n".join(line for part in parts for line in _balanced(part))


def _balanced(text: str) -> Iterator[str]:
    """Lines of about the same length, as few as the width allows."""
    count = math.ceil(len(text) / HAN_LINE)
    return _lines_of(text, math.ceil(len(text) / max(1, count)))


def line(name: str, values: Any, number: int) -> dict[str, Any]:
    """A policy's line, told from the others by colour, dash and symbol."""
    count = len(values)
    return {
        "type": "line",
        "id": f"line-{name}-{number}",
        "name": name,
        "data": [finite(value) for value in values],
        "symbol": SYMBOLS[number],
        "symbolSize": 7 if count <= 20 else 5,
        "showSymbol": count <= 20,
        "lineStyle": {"color": COLOURS[number], "width": 2.5, "type": DASHES[number]},
        "itemStyle": {"color": COLOURS[number]},
        "emphasis": {"disabled": True},
        "z": 3,
    }


def band(key: str, low: Any, high: Any, colour: str) -> list[dict[str, Any]]:
    """The shade between two lines: an unseen line, and an area stacked on it."""
    common = {
        "type": "line", "stack": key, "stackStrategy": "all", "symbol": "none", "silent": True,
        "lineStyle": {"opacity": 0}, "emphasis": {"disabled": True}, "z": 1,
    }  # fmt: skip
    width = high - low
    return [
        {**common, "id": f"{key}-low", "data": [finite(value) for value in low]},
        {**common, "id": f"{key}-high", "data": [finite(value) for value in width],
         "areaStyle": {"color": colour, "opacity": 0.14}},
    ]  # fmt: skip
