"""A saved run, looked at: an outcome over time, and every outcome by year as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
from nicegui import ui

from cleanpark.analysis.pages.loading import SavedRun
from cleanpark.page import engine, table
from cleanpark.page.answer import outcome_title
from cleanpark.page.chart_parts import base, category_axis, fitted, line, value_axis
from cleanpark.page.take_along import csv_of
from cleanpark.page.texts import say

FIRST = "pollution_equivalents"
MOST_PARKS = 4


def option_of(frame: pd.DataFrame, outcome: str, language: str) -> dict[str, Any]:
    """An outcome by quarter as an ECharts option, a line for each of the first four parks."""
    rows = frame[frame["outcome"] == outcome]
    quarters = list(dict.fromkeys(map(str, rows["quarter"])))
    largest = float(rows["value"].abs().max())
    unit = engine.outcome_table()[outcome].unit
    divisor, shown = engine.scale(largest, unit, language)
    option = base(outcome_title(outcome, language),
                  say("by quarter; {unit}", language, unit=shown), language)  # fmt: skip
    option["xAxis"] = category_axis(quarters, quarters)
    option["yAxis"] = value_axis(zero=unit != "share")
    for place, park in enumerate(list(dict.fromkeys(rows["park"]))[:MOST_PARKS]):
        values = rows[rows["park"] == park]["value"].to_numpy(dtype=float)
        title = engine.park_title(park, language) if park in engine.parks() else str(park)
        option["series"].append(line(title, values / divisor, place))
    return fitted(option)


def last_quarter(frame: pd.DataFrame, language: str) -> list[tuple[str, str]]:
    """Every outcome of the last quarter, its title and its level in words; parks one by one."""
    rows = frame[frame["quarter"] == frame["quarter"].iloc[-1]]
    known = engine.outcome_table()
    several = rows["park"].nunique() > 1
    return [
        (outcome_title(one.outcome, language) + (f" · {one.park}" if several else ""),
         table.level(float(one.value), known[one.outcome].unit, language))
        for one in rows.itertuples() if one.outcome in known and one.value == one.value
    ]  # fmt: skip


class RunView:
    """A run's outcomes, one of them over time."""

    def __init__(self, found: SavedRun, language: str) -> None:
        """Lay it out where the caller stands."""
        self.frame, self.language = found.outcomes, language
        known = engine.outcome_table()
        names = [one for one in dict.fromkeys(self.frame["outcome"]) if one in known]
        titles = {one: outcome_title(one, language) for one in names}
        with ui.element("section").classes("cp-card"):
            with ui.element("h1").classes("cp-title").props("data-ready=1"):
                ui.label(say("Single run", language))
            first = FIRST if FIRST in titles else names[0]
            select = ui.select(titles, value=first, label=say("Outcome", language),
                               on_change=lambda event: self._draw(event.value))  # fmt: skip
            select.props("dense").style("min-width: 260px; max-width: 100%")
            self.chart = ui.echart({"series": []}).classes("cp-chart")
            self.chart.props("role=img data-chart=run")
            button = ui.button("CSV", icon="download", on_click=self._take)
            button.props("flat dense no-caps color=primary").classes("cp-noprint")
            button.props["aria-label"] = say("CSV of the table", language)
        self._draw(first)
        self._table()

    def _draw(self, outcome: str) -> None:
        option = option_of(self.frame, outcome, self.language)
        self.chart.props["options"] = option
        self.chart.props["aria-label"] = option["aria"]["label"]["description"]
        self.chart.update()

    def _table(self) -> None:
        last = str(self.frame["quarter"].iloc[-1])
        heads = (say("Outcome", self.language), last)
        with ui.element("section").classes("cp-card"):
            with ui.element("h2").classes("cp-head"):
                ui.label(say("All outcomes in {quarter}", self.language, quarter=last))
            with ui.element("table").classes("cp-table"), ui.element("tbody"):
                for cells in last_quarter(self.frame, self.language):
                    with ui.element("tr"):
                        for head, text in zip(heads, cells, strict=True):
                            with ui.element("td") as cell:
                                ui.label(text)
                            cell.props["data-label"] = head

    def _take(self) -> None:
        content = csv_of(tuple(self.frame.columns), list(self.frame.itertuples(index=False)))
        ui.download.content(content, "cleanpark-run.csv", "text/csv")
