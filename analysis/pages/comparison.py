"""The page of a comparison: self-contained, printable, in both languages."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.targets import Target, target
from cleanpark.analysis.escaping import in_html
from cleanpark.analysis.figures.comparison import all_figures
from cleanpark.analysis.pages.beside import Beside
from cleanpark.analysis.words.accounts import (
    groups_table,
    jobs_told,
    losers_table,
    money_table,
    parks_table,
)
from cleanpark.analysis.words.answer import answer_lines, answer_table
from cleanpark.analysis.words.cautions import chance_lines, marked
from cleanpark.analysis.words.comparison import (
    HEADLINES,
    change,
    interval,
    is_share,
    key_findings,
    told_in_percent,
)
from cleanpark.analysis.words.figure_texts import told as told_by
from cleanpark.analysis.words.language import Language, languages
from cleanpark.analysis.words.law import law_headers, law_rows, scenarios_beside_the_law
from cleanpark.analysis.words.numbers import by_ten_thousand, horizon, number, scale, span, unit
from cleanpark.analysis.words.titles import in_language
from cleanpark.analysis.words.wording import say, source
from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES, outcome
from cleanpark.scenarios.errors import N_, Counted, Message
from cleanpark.scenarios.targets import said_targets
from cleanpark.scenarios.titles import enterprises_counted

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

TEMPLATES = Path(__file__).with_name("templates")
MONEY = N_("Money, account by account")
MONEY_NOTE = N_(
    "Changes against the reference over the whole horizon. The accounts overlap: what enterprises "
    "pay in taxes is income of the treasury. Society counts what is used up and damaged, whoever "
    "pays; transfers between its members cancel."
)
BY_PARK = N_("By park")
WHO_PAYS = N_("Who pays")
WHO_PAYS_NOTE = N_(
    "Change of the net environmental cost, by sector, size and commitment to compliance."
)
LOSERS = N_("Who loses, who gains: {policy}")
LOSERS_NOTE = N_(
    "The five enterprises that lose most and the five that gain most, mean of the first five runs; "
    "in the last columns the share of runs in which the enterprise leaves its site, and why."
)
UNPRINTED = N_("Tables that are folded on the screen are not printed: open them first.")
PAYERS = ("society", "treasury", "enterprises")


def cautions(
    comparison: Comparison, language: str, untold: Sequence[Message] = ()
) -> dict[str, Any]:
    """Heading and sentences of what a reader must know; first what cannot be told any more."""
    words = Language(language)
    lines = [*(words.say(one) for one in untold), *comparison.warnings(language)]
    return {"title": words.say("What to know when reading this"), "lines": lines}


def chance_words(comparison: Comparison, outcomes: Sequence[str], language: str) -> str:
    """How many differences a table finds, and how many chance alone would give."""
    lines = chance_lines(comparison, outcomes, marked=outcomes is HEADLINES)
    return " ".join(Language(language).say(one) for one in lines)


def headline_scales(comparison: Comparison, language: str) -> list[tuple[float, str]]:
    """Divisor and unit of each column of the main table, by the reference's value."""
    rows = [comparison.row(comparison.reference, key) for key in HEADLINES]
    return [scale(abs(row["mean"]), row["unit"], language) for row in rows]


def headline_rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """A row per scenario for the main table."""
    scales = headline_scales(comparison, language)
    return [
        {
            "title": comparison.title(name, language),
            "cells": [
                headline_cell(comparison.row(name, key), divisor, name == comparison.reference,
                              language)
                for key, (divisor, _) in zip(HEADLINES, scales, strict=True)
            ],
        }
        for name in comparison.names
    ]  # fmt: skip


def headline_cell(row: Any, divisor: float, bare: bool, language: str) -> dict[str, Any]:
    """A mean in its column's unit; unless ``bare`` its change with bounds, and a note where it is
    not distinguishable from none."""
    value = digits(row["mean"] / divisor, language)
    value = f"{100 * row['mean']:.1f}" if is_share(row) else value
    if bare:
        return {"value": value, "change": "", "interval": "", "note": "", "same": False}
    moved, bounds = change(row, language), interval(row, language)
    if not is_share(row) and not told_in_percent(
        row
    ):  # in the column's unit, which need not be said
        moved, low, high = (digits(row[side] / divisor, language, "+")
                            for side in ("difference", "low", "high"))  # fmt: skip
        bounds = f"{low} … {high}" if bounds else ""
    return {
        "value": value,
        "change": marked(row, moved),
        "interval": bounds,
        "note": say("ns", language) if same(row) else "",
        "same": not row["distinguishable"],
    }


def same(row: Any) -> bool:
    """Whether a difference has an interval that holds zero."""
    return math.isfinite(row["low"]) and not row["distinguishable"]


def told(row: Any, language: str) -> str:
    """A change, with the mark that it is not distinguishable where its interval holds zero."""
    note = say("bracket", language, text=say("ns", language)) if same(row) else ""
    return marked(row, change(row, language)) + note


def digits(value: float, language: str, sign: str = "") -> str:
    """A number with four significant digits, thousands set apart; ``sign`` "+" shows it always.

    >>> digits(3.5199, "en"), digits(174.6, "en"), digits(12345.6, "en")
    ('3.520', '174.6', '12,346')
    """
    if not math.isfinite(value):
        return say("undefined", language)
    places = next((places for limit, places in ((10, 3), (100, 2), (1000, 1))
                   if abs(value) < limit), 0)  # fmt: skip
    return f"{value:{sign},.{places}f}"


TEXTS = {
    "colon": N_(": "),
    "answer": N_("The answer"),
    "title": N_("Comparison of policy scenarios"),
    "found": N_("What was found"),
    "read": N_(
        "Each scenario met the same random shocks as the reference, so differences are "
        "paired; the 95 % intervals stand in brackets. Where an interval includes zero, the "
        "difference is not distinguishable from none."
    ),
    "main": N_("Main outcomes over the whole horizon"),
    "law": N_("What holds by law over the horizon"),
    "lawnote": N_(
        "Figures of the law behind the levers, by the quarter from which they hold; the law of a "
        "quarter is that of its last day."
    ),
    "lawtable": N_("Figures by date"),
    "beside": N_("Scenarios that leave the law, or go beyond what it settles:"),
    "mainnote": N_(
        "Below each value: the change against the reference and its 95 % interval, in points "
        "for shares; without a sign of percent they are in the unit of the column, since few "
        "seeds may leave a percentage without bounds. n.s.: not distinguishable from none, "
        "the interval includes zero."
    ),
    "cost": N_("Cost of a pollution equivalent avoided, CNY"),
    "costnote": N_(
        "Ratio of mean differences with its 95 % interval; negative means a gain. n.s.: "
        "there is no cost where no reduction is distinguishable from zero. Treasury includes "
        "enterprise income tax."
    ),
    "society": N_("Society"),
    "treasury": N_("Treasury"),
    "enterprises": N_("Enterprises"),
    "figures": N_("Figures"),
    "all": N_("All outcomes"),
    "run": N_("What was run"),
    "limits": N_("Limits of validity"),
    "limitstext": N_(
        "The model ranks and explains policies; it does not forecast a park’s tonnage. Many "
        "behavioural parameters are assumptions inside stated ranges (cleanpark parameters "
        "lists source and certainty of each). Intervals cover chance between seeds, not the "
        "uncertainty of these parameters."
    ),
    "again": N_("How to reproduce"),
    "scenario": N_("Scenario"),
    "outcome": N_("Outcome"),
    "mean": N_("Mean"),
    "ref": N_("Reference"),
    "change": N_("Change"),
    "interval": N_("95 % interval"),
    "against": N_("Reference"),
    "park": N_("Park"),
}
"""What the page says between what it shows."""


def headlines(comparison: Comparison, language: str) -> list[dict[str, str]]:
    """Title and unit of each column of the main table."""
    return [
        {"title": in_language(outcome(key).title, language), "unit": named}
        for key, (_, named) in zip(HEADLINES, headline_scales(comparison, language), strict=True)
    ]


def detail_rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """Every outcome of every scenario."""
    rows = []
    for name in comparison.names:
        if name == comparison.reference:
            continue
        for declared in OUTCOMES:
            row = comparison.row(name, declared.name)
            said = declared.unit not in ("CNY", "share")  # else the numbers say it
            rows.append(
                {
                    "scenario": comparison.title(name, language),
                    "outcome": in_language(declared.title, language),
                    "unit": unit(declared.unit, language) if said else "",
                    "mean": number(row["mean"], declared.unit, language),
                    "reference": number(row["reference"], declared.unit, language),
                    "change": told(row, language),
                    "same": same(row),
                    "interval": interval(row, language),
                }
            )
    return rows


def cost_rows(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """Cost of an equivalent avoided, to each payer, by scenario; or why there is none."""
    rows: list[dict[str, Any]] = []
    for name in comparison.names:
        if name == comparison.reference:
            continue
        why = no_cost(comparison, name, language)
        cells = [] if why else [cost_text(comparison.cost_per_equivalent(name, payer), language)
                                for payer in PAYERS]  # fmt: skip
        rows.append({"title": comparison.title(name, language), "cells": cells, "why": why})
    return rows


def cost_text(found: dict[str, float], language: str) -> str:
    """A cost with its interval."""
    bounds = span(f"{found['low']:,.2f}", f"{found['high']:,.2f}", language)
    return f"{found['value']:,.2f}{say('bracket', language, text=bounds)}"


def no_cost(comparison: Comparison, name: str, language: str) -> str:
    """Why a scenario has no cost of an equivalent avoided; empty where it has one."""
    row = comparison.row(name, "pollution_equivalents")
    if not row["distinguishable"]:
        return say("ns", language)
    return say("rises", language) if row["difference"] > 0 else ""


def money_parts(
    comparison: Comparison, language: str, losers: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Tables of who pays: by account, by park, by group, and of an own park by enterprise."""
    words = Language(language)
    if len(comparison.names) < 2:
        return []
    parts = [(MONEY, MONEY_NOTE, money_table(comparison, language))]
    if (parks := parks_table(comparison, language)) is not None:
        parts.append((BY_PARK, "", parks))
    parts.append((WHO_PAYS, WHO_PAYS_NOTE, groups_table(comparison, language)))
    found = [
        {"title": words.gettext(title), "note": words.gettext(note), "table": table}
        for title, note, table in parts
    ]
    for name, rows in losers.items():
        title = words.say(LOSERS, policy=comparison.title(name, language))
        parted = "" if language == "zh" else " "
        note = parted.join(filter(None, (words.gettext(LOSERS_NOTE), jobs_told(rows, language))))
        found.append(
            {
                "title": title,
                "note": note,
                "table": losers_table(rows, comparison.ensemble.parks, language),
            }
        )
    return found


def targets_of(comparison: Comparison) -> list[Target]:
    """The targets that the comparison was asked for."""
    return [target(text) for text in comparison.settings.get("targets", ())]


def scenarios_told(comparison: Comparison, language: str) -> list[dict[str, Any]]:
    """Of each scenario its title, description, digest, source and whom its targets treat."""
    words = Language(language)
    return [
        {
            "title": in_language(one.title, language),
            "text": in_language(one.description, language),
            "name": one.name,
            "digest": one.digest,
            "source": words.say("Source: {source}", source=source(one.source, language)),
            "targets": said_targets(one.targets, words),
        }
        for one in comparison.ensemble.scenarios
    ]


def comparison_page(
    comparison: Comparison,
    record: dict[str, Any],
    drawings: dict[str, dict[str, str]],
    language: str,
    told: Beside,
) -> str:
    """The page as HTML text; it loads nothing from outside."""
    titles = {one.name: one for one in all_figures()}
    asked = targets_of(comparison)
    tongues = dict.fromkeys([*languages(), language])
    bodies = {
        tongue: {
            "horizon": horizon(comparison.ensemble.quarters, tongue),
            "comma": "、" if by_ten_thousand(tongue) else ", ",
            "seeds": Counted("{count} seed", "{count} seeds", len(comparison.ensemble.seeds)).said(
                Language(tongue)
            ),
            "answer": answer_lines(comparison, tongue, asked),
            "table": answer_table(comparison, tongue),
            "parts": money_parts(comparison, tongue, told.losers),
            "findings": key_findings(comparison, tongue),
            "cautions": cautions(comparison, tongue, told.untold),
            "main_chance": chance_words(comparison, HEADLINES, tongue),
            "all_chance": chance_words(comparison, OUTCOME_NAMES, tongue),
            "headlines": headlines(comparison, tongue),
            "rows": headline_rows(comparison, tongue),
            "costs": cost_rows(comparison, tongue),
            "details": detail_rows(comparison, tongue),
            "figures": [
                {"title": titles[name].titled(tongue), "source": embedded(drawing[tongue]),
                 "told": alternative(titles[name].titled(tongue), told_by(name, comparison, tongue),
                                     tongue)}
                for name, drawing in drawings.items()
            ],
            "law": {"headers": law_headers(tongue),
                    "rows": law_rows(comparison.ensemble.quarters, tongue)},
            "beside": scenarios_beside_the_law(
                comparison.ensemble.scenarios, tongue, comparison.ensemble.quarters
            ),
            "reference": comparison.title(comparison.reference, tongue),
            "scenarios": scenarios_told(comparison, tongue),
            "own_parks": told.parks_in(tongue),
            "parks": [
                {"title": in_language(park.title, tongue),
                 "enterprises": say("bracket", tongue, text=enterprises_counted(
                     park.enterprises).said(Language(tongue)))}
                for park in comparison.ensemble.parks
            ],
        }
        for tongue in tongues
    }  # fmt: skip
    texts = {
        tongue: {key: Language(tongue).gettext(text) for key, text in TEXTS.items()}
        for tongue in tongues
    }
    return rendered("comparison.html", bodies=bodies, record=record, language=language, texts=texts)


def rendered(template: str, **values: Any) -> str:
    """A page from one of the templates, with every language in ``bodies``."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=in_html,
    )
    tongues = [Language(one) for one in values["bodies"]]
    unprinted = {str(one): one.gettext(UNPRINTED) for one in tongues}
    names = [one.name for one in reversed(tongues)]
    return environment.get_template(template).render(names=names, unprinted=unprinted, **values)


def alternative(title: str, finding: str, language: str) -> str:
    """What stands for a figure where it is not seen: its title and what it shows."""
    if not finding:
        return title
    return Language(language).say("{title}: {told}", title=title, told=finding)


def embedded(svg: str) -> str:
    """A drawing as an address that holds its own content."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
