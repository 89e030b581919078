"""Who pays, named: the enterprises whose burden changes most, and those that leave."""

from __future__ import annotations

from typing import Any

import pandas as pd
from nicegui import ui

from cleanpark.analysis.comparison.affected import affected_enterprises
from cleanpark.analysis.words.accounts import jobs_told
from cleanpark.analysis.words.numbers import in_percent
from cleanpark.page import engine
from cleanpark.page.on_request import Follow, OnRequest
from cleanpark.page.question import Question
from cleanpark.page.take_along import csv_of
from cleanpark.page.texts import say
from cleanpark.page.uploads import FILE
from cleanpark.scenarios.errors import N_, InputError

SHOWN = 12
SEEDS = 5
HEADS = (
    N_("Enterprise"), N_("Sector"), N_("Change of net environmental cost, CNY"),
    N_("CNY per 10,000 of output"), N_("Leaves, share of seeds"),
)  # fmt: skip


class WhoPays(OnRequest):
    """Names the enterprises that the last policy burdens most against the first."""

    button_text = N_("Name the enterprises")
    note = N_("Runs the first five seeds again, enterprise by enterprise.")

    def run(self, question: Question, follow: Follow) -> pd.DataFrame:
        """Every enterprise's change of cost, the most burdened first."""
        if self.found is None or len(self.found.names) < 2:
            raise InputError("there is nothing to compare yet")
        return affected_enterprises(self.found, self.found.names[-1], SEEDS)

    def show(self, result: pd.DataFrame, question: Question) -> None:
        """The most burdened and the most relieved."""
        own = question.park.startswith(FILE)
        text = (
            "Over all quarters, with 95 % intervals; the most burdened first, then the most "
            "relieved."
            if own
            else "Over all quarters, with 95 % intervals; the most burdened first, then the most "
            "relieved. In a packaged park each seed draws other enterprises: a row is a site."
        )
        ui.label(self.say(text)).classes("cp-note")
        half = SHOWN // 2
        ends = result if len(result) <= SHOWN else pd.concat([result.head(half), result.tail(half)])
        titles = engine.sector_titles(question.language)
        heads = [self.say(one) for one in HEADS]
        with ui.element("table").classes("cp-table").props("data-affected=1"):
            with ui.element("thead"), ui.element("tr"):
                for head in heads:
                    with ui.element("th").props("scope=col"):
                        ui.label(head)
            with ui.element("tbody"):
                for row in ends.to_dict("records"):
                    _row(heads, told(row, titles, question.language))
        if jobs := jobs_told(result, question.language):
            ui.label(jobs).classes("cp-note").props("data-jobs=1")
        button = ui.button("CSV", icon="download").props("flat dense no-caps color=primary")
        button.props["aria-label"] = self.say("CSV of the table")
        columns = tuple(map(str, result.columns))
        content = csv_of(columns, list(result.itertuples(index=False)))
        button.on_click(lambda: ui.download.content(content, "cleanpark-who-pays.csv", "text/csv"))


def told(row: Any, titles: dict[str, str], language: str) -> list[str]:
    """An enterprise's cells in words."""
    low, high = (engine.signed(float(row[key]), "CNY", language) for key in ("low", "high"))
    cost = engine.signed(float(row["cost"]), "CNY", language)
    span = say("{value} ({low} to {high})", language, value=cost, low=low, high=high)
    rounded = round(float(row["burden"]), 1) + 0.0  # no minus before zero
    burden = f"{rounded:+,.1f}".replace("-", "−") if row["burden"] == row["burden"] else "–"
    leaves = in_percent(f"{100 * row['exits']:.0f}", language)
    return [str(row["id"]), titles.get(row["sector"], row["sector"]), span, burden, leaves]


def _row(heads: list[str], cells: list[str]) -> None:
    with ui.element("tr"):
        for head, text in zip(heads, cells, strict=True):
            cell = ui.element("td")
            cell.props["data-label"] = head
            with cell:
                ui.label(text)
