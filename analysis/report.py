"""The page of a comparison: self-contained, printable, in both languages."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.findings import HEADLINES, interval, key_findings
from cleanpark.analysis.wording import LANGUAGES, number, percent, say, unit
from cleanpark.model.outcomes import OUTCOMES, outcome

if TYPE_CHECKING:
    from cleanpark.analysis.comparison import Comparison

TEMPLATES = Path(__file__).with_name("templates")


def headline_rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """A row per scenario for the main table."""
    rows = []
    for name in comparison.names:
        cells = []
        for key in HEADLINES:
            row = comparison.row(name, key)
            cells.append(
                {
                    "value": number(row["mean"], outcome(key).unit, language),
                    "change": "" if name == comparison.reference else change(row, key, language),
                    "same": not row["distinguishable"] and name != comparison.reference,
                    "interval": "" if name == comparison.reference else interval(row, language),
                }
            )
        rows.append({"title": comparison.title(name, language), "name": name, "cells": cells})
    return rows


def change(row: Any, key: str, language: str) -> str:
    """A difference: in points for shares, in percent for what is never near zero."""
    if not row["distinguishable"]:
        return say("same", language)
    if outcome(key).unit.startswith("share"):
        points = {"en": "points", "zh": "个百分点"}[language]
        return f"{100 * row['difference']:+.1f} {points}"
    return percent(row["percent"], language)


def headline(key: str, language: str) -> str:
    """A column's title, with its unit where the cells do not show it."""
    declared = outcome(key)
    title = declared.title[language]
    if declared.unit == "CNY" or declared.unit.startswith("share"):
        return title
    return f"{title} ({unit(declared.unit, language)})"


def detail_rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """Every outcome of every scenario."""
    rows = []
    for name in comparison.names:
        if name == comparison.reference:
            continue
        for declared in OUTCOMES:
            row = comparison.row(name, declared.name)
            rows.append(
                {
                    "scenario": comparison.title(name, language),
                    "outcome": declared.title[language],
                    "unit": unit(declared.unit, language),
                    "mean": number(row["mean"], declared.unit, language),
                    "reference": number(row["reference"], declared.unit, language),
                    "change": change(row, declared.name, language),
                    "interval": interval(row, language),
                }
            )
    return rows


def cost_rows(comparison: Comparison, language: str) -> list[dict[str, str]]:
    """Cost of an equivalent avoided, for society and for the treasury, by scenario."""
    rows = []
    for name in comparison.names:
        if name == comparison.reference:
            continue
        cells = {"title": comparison.title(name, language)}
        for payer in ("society", "treasury", "enterprises"):
            found = comparison.cost_per_equivalent(name, payer)
            cells[payer] = (
                f"{found['value']:,.2f} ({found['low']:,.2f} … {found['high']:,.2f})"
                if found["value"] == found["value"]
                else say("undefined", language)
            )
        rows.append(cells)
    return rows


def comparison_page(
    comparison: Comparison,
    record: dict[str, Any],
    drawings: dict[str, dict[str, str]],
    language: str,
) -> str:
    """The page as HTML text; it loads nothing from outside."""
    bodies = {
        tongue: {
            "findings": key_findings(comparison, tongue),
            "headlines": [headline(key, tongue) for key in HEADLINES],
            "rows": headline_rows(comparison, tongue),
            "costs": cost_rows(comparison, tongue),
            "details": detail_rows(comparison, tongue),
            "figures": [
                {"title": say(name, tongue), "source": embedded(drawing[tongue])}
                for name, drawing in drawings.items()
            ],
            "reference": comparison.title(comparison.reference, tongue),
            "scenarios": [
                {"title": one.title[tongue], "text": one.description[tongue], "name": one.name,
                 "digest": one.digest, "source": one.source}
                for one in comparison.ensemble.scenarios
            ],
            "parks": [
                {"title": park.title[tongue], "enterprises": park.enterprises}
                for park in comparison.ensemble.parks
            ],
        }
        for tongue in LANGUAGES
    }  # fmt: skip
    return rendered("comparison.html", bodies=bodies, record=record, language=language)


def rendered(template: str, **values: Any) -> str:
    """A page from one of the templates."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template(template).render(**values)


def embedded(svg: str) -> str:
    """A drawing as an address that holds its own content."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
