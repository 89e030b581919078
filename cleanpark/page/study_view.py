"""A finished study, looked at: its sentences, its indices and their convergence, its tables."""

from __future__ import annotations

from typing import Any

import numpy as np
from nicegui import ui

from cleanpark.analysis.words.studies import index_words, parameter_title
from cleanpark.page import engine
from cleanpark.page.answer import outcome_title
from cleanpark.page.chart_parts import (
    COLOURS,
    NARROW_NAMES,
    base,
    category_axis,
    finite,
    fitted,
    line,
    value_axis,
)
from cleanpark.page.library import Report, table_rows
from cleanpark.page.take_along import csv_of
from cleanpark.page.texts import say

MOST_BARS = 20
MOST_LINES = 4
MOST_ROWS = 60
MAIN = ("mu_star", "ST")
IN_UNITS = ("mu_star", "mu", "sigma")
"""Indices in the outcome's own unit."""


def indices_option(table: Any, outcome: str, language: str) -> dict[str, Any]:
    """Main indices of an outcome over the horizon with their intervals, the largest on top."""
    rows = table[(table["outcome"] == outcome) & (table["quarter"].fillna("") == "")]
    main = _main(rows)
    rows = rows[rows["index"] == main].dropna(subset=["value"])
    rows = rows.sort_values("value").tail(MOST_BARS)
    rows, unit = _scaled(rows, outcome, language)
    option = base(
        say("What moves {outcome}", language,
            outcome=outcome_title(outcome, language, inside=True)),
        say("{index}, over all quarters; strokes: 95 % intervals", language,
            index=index_words(str(main), language) + unit),
        language,
    )  # fmt: skip
    names = [parameter_title(str(one), language) for one in rows["parameter"]]
    option["yAxis"] = category_axis(names)
    option["yAxis"]["axisLabel"] = {"width": 300, "overflow": "break", "interval": 0}
    option["xAxis"] = value_axis(zero=True)
    option["tooltip"]["axisPointer"] = {"type": "shadow"}
    option["legend"]["show"] = False
    option["series"] = [
        {"type": "bar", "name": str(main), "data": [finite(one) for one in rows["value"]],
         "itemStyle": {"color": COLOURS[2]}, "barMaxWidth": 18},
        *_strokes(rows),
    ]  # fmt: skip
    return fitted(option, yAxis=NARROW_NAMES)


def _main(rows: Any) -> str:
    """The index that ranks the assumptions: of Morris mu*, of Sobol the total one; else the first
    that there is."""
    there = list(dict.fromkeys(rows["index"]))
    return next((one for one in MAIN if one in there), str(there[0]) if there else "")


def _scaled(rows: Any, outcome: str, language: str) -> tuple[Any, str]:
    """Values of an index that has the outcome's unit in a size that can be read, and that unit in
    brackets; other indices are numbers without one."""
    if rows.empty or str(rows["index"].iloc[0]) not in IN_UNITS:
        return rows, ""
    ends = ["value", "low", "high"]
    largest = float(rows[ends].abs().max().max())
    divisor, unit = engine.scale(largest, engine.outcome_table()[outcome].unit, language)
    if unit == "%":
        unit = say("percentage points", language)
    rows = rows.assign(**{end: rows[end] / divisor for end in ends})
    return rows, f"（{unit}）" if language == "zh" else f" ({unit})"


def _defined(table: Any, outcome: str) -> bool:
    """Whether there is anything to draw of an outcome; of its convergence, more than one part of
    the design."""
    rows = table[(table["outcome"] == outcome) & table["value"].notna()]
    return len(rows) > 0 and ("runs" not in rows or rows["runs"].nunique() > 1)


def _strokes(rows: Any) -> list[dict[str, Any]]:
    """A stroke from low to high for each bar."""
    ends = zip(rows["low"], rows["high"], strict=True)
    return [
        {"type": "line", "id": f"band-{place}", "silent": True, "symbol": "none",
         "data": [[finite(low), place], [finite(high), place]],
         "lineStyle": {"color": "#1F2933", "width": 1.5}}
        for place, (low, high) in enumerate(ends) if np.isfinite(low) and np.isfinite(high)
    ]  # fmt: skip


def convergence_option(table: Any, outcome: str, language: str) -> dict[str, Any]:
    """The largest indices over growing parts of the design."""
    rows = table[table["outcome"] == outcome]
    main = _main(rows)
    rows, unit = _scaled(rows[rows["index"] == main], outcome, language)
    last = rows[rows["runs"] == rows["runs"].max()].sort_values("value", ascending=False)
    option = base(
        say("Does it hold with more runs?", language),
        say("{index} of the largest assumptions, by number of runs used", language,
            index=index_words(str(main), language) + unit),
        language,
    )  # fmt: skip
    runs = sorted(rows["runs"].unique())
    option["xAxis"] = category_axis([f"{int(one):,}" for one in runs])
    option["yAxis"] = value_axis(zero=True)
    for place, name in enumerate(last["parameter"].head(MOST_LINES)):
        values = rows[rows["parameter"] == name].set_index("runs")["value"].reindex(runs)
        title = parameter_title(str(name), language)
        option["series"].append(line(title, values.to_numpy(dtype=float), place))
    return fitted(option)


def plain_table(table: Any, most: int) -> None:
    """A table's first rows where the caller stands, to be scrolled sideways by keyboard too."""
    place = ui.element("div").classes("cp-wide").props("tabindex=0 role=region")
    place.props["aria-label"] = ", ".join(map(str, table.columns))
    with place, ui.element("table").classes("cp-table cp-plain-table"):
        with ui.element("thead"), ui.element("tr"):
            for column in table.columns:
                with ui.element("th").props("scope=col"):
                    ui.label(str(column))
        with ui.element("tbody"):
            for row in table_rows(table, most):
                with ui.element("tr"):
                    for text in row:
                        with ui.element("td"):
                            ui.label(text)


def _figure(title: str, source: str) -> None:
    """A figure as it stands in the report: on a phone it scrolls rather than shrinks."""
    place = ui.element("div").classes("cp-wide").props("tabindex=0 role=region")
    place.props["aria-label"] = title
    with place:
        picture = ui.element("img").classes("cp-figure")
        picture.props["src"], picture.props["alt"] = source, title


class StudyView:
    """A study's report as a page."""

    def __init__(self, report: Report, name: str, language: str) -> None:
        """Lay it out where the caller stands."""
        self.report, self.name, self.language = report, name, language
        body = report.body
        with ui.element("section").classes("cp-card"):
            with ui.element("h1").classes("cp-title").props("data-ready=1"):
                ui.label(str(body["title"]))
            ui.label(str(body["question"])).classes("cp-text")
            for text in body["findings"]:
                ui.label(str(text)).classes("cp-finding")
            for text in body["run"]:
                ui.label(str(text)).classes("cp-note")
        self._charts()
        for figure in body["figures"]:
            with ui.element("section").classes("cp-card"):
                with ui.element("h2").classes("cp-head"):
                    ui.label(str(figure["title"]))
                _figure(str(figure["title"]), str(figure["source"]))
        self._tables()

    def say(self, english: str, **fields: object) -> str:
        """A text in the visitor's language."""
        return say(english, self.language, **fields)

    def _charts(self) -> None:
        indices = self.report.tables.get("indices")
        if indices is None or indices.empty:
            return
        outcomes = {str(one): outcome_title(str(one), self.language)
                    for one in dict.fromkeys(indices["outcome"])}  # fmt: skip
        first = next(iter(outcomes))
        with ui.element("section").classes("cp-card"):
            row = ui.element("div").classes("cp-row")
            with row:
                select = ui.select(outcomes, value=first, label=self.say("Outcome"))
            select.props("dense").style("min-width: 260px")
            self.bars = (
                ui.echart({"series": []})
                .classes("cp-chart cp-bars")
                .props("role=img data-chart=indices")
            )
            self.lines = (
                ui.echart({"series": []})
                .classes("cp-chart cp-small")
                .props("role=img data-chart=convergence")
            )
            select.on_value_change(lambda event: self._draw(event.value))
        self._draw(first)

    def _draw(self, outcome: str) -> None:
        tables = self.report.tables
        drawings = (
            (self.bars, tables["indices"], indices_option),
            (self.lines, tables.get("convergence"), convergence_option),
        )
        for element, table, draw in drawings:
            there = table is not None and _defined(table, outcome)
            element.set_visibility(there)
            if not there:
                continue
            option = draw(table, outcome, self.language)
            element.props["options"] = option
            if element is self.bars:
                element.style(f"--bars: {len(option['yAxis']['data'])}")
            element.props["aria-label"] = option["aria"]["label"]["description"]
            element.update()

    def _tables(self) -> None:
        with ui.element("section").classes("cp-card"):
            with ui.element("h2").classes("cp-head"):
                ui.label(self.say("Tables"))
            for name, table in self.report.tables.items():
                text = self.say("{name}: {rows} rows", name=f"{name}.csv", rows=len(table))
                with ui.expansion(text).props("dense"):
                    button = ui.button("CSV", icon="download").props(
                        f'flat dense no-caps color=primary aria-label="CSV: {name}"'
                    )
                    button.on_click(lambda name=name: self._take(name))
                    plain_table(table, MOST_ROWS)

    def _take(self, name: str) -> None:
        table = self.report.tables[name]
        rows = list(table.itertuples(index=False))
        content = csv_of(tuple(table.columns), rows)
        ui.download.content(content, f"{name}.csv", "text/csv")
