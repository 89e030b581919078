"""A comparison on the terminal: what changes, by how much, and where nothing can be told apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.comparison.targets import target
from cleanpark.analysis.words.cautions import marked
from cleanpark.analysis.words.numbers import horizon, large_unit, number
from cleanpark.analysis.words.titles import inside
from cleanpark.commands.console import Column, language, say, table, tell
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import N_, Counted, Listed
from cleanpark.scenarios.titles import enterprises_counted

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

FLOWS = ("pollution_equivalents", "energy", "carbon_dioxide")
SHARES = ("compliance_true", "compliance_apparent", "audit_coverage")
ENTERPRISES = ("enterprise_cost", "resource_cost", "profit")
SOCIETY = ("treasury_net", "society_cost", "external_damage")
HEADERS = {
    "pollution_equivalents": N_("Pollution"),
    "energy": N_("Energy"),
    "carbon_dioxide": N_("Carbon dioxide"),
    "compliance_true": N_("True compliance"),
    "compliance_apparent": N_("Apparent compliance"),
    "audit_coverage": N_("Audit coverage"),
    "enterprise_cost": N_("Environmental cost"),
    "resource_cost": N_("Energy and water"),
    "profit": N_("Profit"),
    "treasury_net": N_("Treasury, net"),
    "society_cost": N_("Cost to society"),
    "external_damage": N_("External damage"),
}


OF_ENTERPRISES = N_("Money of enterprises over the horizon: change in {unit}")
OF_SOCIETY = N_("Treasury and society over the horizon: change in {unit}")
ACCOUNTS_NOTE = N_(
    "Environmental cost: treatment, options, audits, taxes and fines, less support; profit is what "
    "is left after this, energy, water and all else. Society counts what is used up, whoever pays: "
    "taxes and fines, which the treasury gets, are no cost to it, and energy and water saved are a "
    "gain. So enterprises may pay more for the environment while profit rises and society's cost "
    "falls."
)
"""Why the accounts may move in opposite directions."""
LONGEST_LABEL = 24
"""Columns of text that a scenario's name may take before it is broken."""


def print_summary(found: Comparison, ranked: bool) -> None:
    """The headline outcomes as four tables of three columns, so that they fit 80 columns.

    `ranked` puts the largest cut of pollution first; else the order is the one given.
    """
    from cleanpark.analysis.words.answer import answer_lines

    names = _order(found, ranked)
    tell(_heading(found))
    tell()
    targets = [target(text) for text in found.settings.get("targets", ())]
    for line in answer_lines(found, language(), targets):
        tell(line)
        tell()
    for title, outcomes, cell in (
        (say("Pollution and resources over the horizon: change in %"), FLOWS, _relative),
        (say("Compliance and audits, mean over the horizon: change in points"), SHARES, _points),
        (_money_title(OF_ENTERPRISES), ENTERPRISES, _money),
        (_money_title(OF_SOCIETY), SOCIETY, _money),
    ):
        _section(found, names, title, outcomes, cell)
    tell(say(ACCOUNTS_NOTE))
    _legend(found)
    _cautions(found)


def print_parts(found: Comparison, kinds: Sequence[str]) -> None:
    """What each policy does to every sector, size, commitment or park, or to the enterprises that
    lose and gain most."""
    from cleanpark.analysis.comparison.affected import affected_enterprises
    from cleanpark.analysis.words.accounts import KIND_TITLES, jobs_told, losers_table, parts_table

    others = [name for name in found.names if name != found.reference]
    for kind in dict.fromkeys(kinds):
        for name in others:
            policy = found.title(name, language())
            if kind == "enterprise":
                title = say(
                    "Who loses and who gains most under “{policy}”, by net environmental cost",
                    policy=policy,
                )
                sites = affected_enterprises(found, name)
                note = jobs_told(sites, language())
                header, rows = losers_table(sites, found.ensemble.parks, language())
            else:
                title = say("By {kind}: “{policy}” against the reference", policy=policy,
                            kind=inside(say(KIND_TITLES[kind]), language()))  # fmt: skip
                header, rows = parts_table(found, name, kind, language())
                note = ""
            columns = [Column(head, right=place > 0) for place, head in enumerate(header)]
            tell()
            tell(title, style="bold")
            table(columns, rows, wide=100)
            if note:
                tell(note)


def _order(found: Comparison, ranked: bool) -> list[str]:
    """Names of the scenarios, the reference first."""
    others = [name for name in found.names if name != found.reference]
    if ranked:
        others.sort(key=lambda name: float(found.row(name, "pollution_equivalents")["mean"]))
    return [found.reference, *others]


def _heading(found: Comparison) -> str:
    ensemble = found.ensemble
    return say(
        "{park}: {enterprises}, {seeds}, {horizon}; against {reference}",
        park=Listed(language().of(park.title) for park in ensemble.parks),
        enterprises=enterprises_counted(sum(park.enterprises for park in ensemble.parks)),
        seeds=Counted("{count} seed", "{count} seeds", len(ensemble.seeds)),
        horizon=horizon(ensemble.quarters, language()),
        reference=_label(found, found.reference),
    )


def _label(found: Comparison, name: str) -> str:
    """What a scenario is called in a table: in English its name as typed, else its title, which
    also stands for what was set on the command line."""
    typed = language() == "en" and ", " not in name
    return name if typed else found.title(name, language())


def _section(
    found: Comparison,
    names: Sequence[str],
    title: str,
    outcomes: Sequence[str],
    cell: Callable[[Any], str],
) -> None:
    from rich.cells import cell_len

    longest = max(cell_len(_label(found, name)) for name in names)
    columns = [Column(say("Scenario"), wrap=longest > LONGEST_LABEL)]
    columns += [Column(say(HEADERS[key]), right=True) for key in outcomes]
    entries = [[found.row(name, key) for key in outcomes] for name in names]
    base = [_absolute(row, key) for row, key in zip(entries[0], outcomes)]
    rows = [[_label(found, names[0]), *base]]
    rows += [
        [_label(found, name), *(_difference(row, cell) for row in line)]
        for name, line in zip(names[1:], entries[1:])
    ]

    def style(line: int, place: int) -> str:
        return _colour(entries[line][place - 1], outcomes[place - 1]) if line and place else ""

    table(columns, rows, title, style)


def _absolute(row: Any, key: str) -> str:
    """The reference's own value, with its unit."""
    declared = outcome(key)
    shown = number(float(row["mean"]), declared.unit, language())
    if declared.unit in ("tce", "t"):
        return f"{shown}{' ' if language() == 'en' else ''}{say(declared.unit)}"
    return shown


def _difference(row: Any, cell: Callable[[Any], str]) -> str:
    """A change with its interval, and below it that it cannot be distinguished where it cannot."""
    if not math.isfinite(row["difference"]):
        return say("undefined")
    if row["differing"] == 0 and row["seeds"] > 1:
        return say("the same")
    if math.isfinite(row["low"]) and not row["distinguishable"]:
        return f"{cell(row)}\n{say('not distinguishable')}"
    return marked(row, cell(row))


def _with_interval(value: float, half: float, decimals: int) -> str:
    if math.isfinite(half) and half < 0.5 * 10.0**-decimals:
        decimals += 1
    shown = f"{value:+,.{decimals}f}"
    return f"{shown} ± {half:,.{decimals}f}" if math.isfinite(half) else shown


def _half(row: Any) -> float:
    return float(row["high"] - row["low"]) / 2.0


def _relative(row: Any) -> str:
    """A change in percent of the reference, with its interval where it has one in percent."""
    if not math.isfinite(row["percent"]):
        return say("undefined")
    if not math.isfinite(row["percent_low"]):
        return f"{row['percent']:+z.1f}"
    bounds = (row[side] for side in ("percent", "percent_low", "percent_high"))
    shown, low, high = (f"{value:+z.1f}" for value in bounds)
    return f"{shown} ({low}…{high})"


def _points(row: Any) -> str:
    """A share, its change in points, and the interval."""
    return _with_interval(100.0 * row["difference"], 100.0 * _half(row), 1)


def _money_title(title: str) -> str:
    return say(title, unit=large_unit("CNY", language())[1])


def _money(row: Any) -> str:
    """A change of money, with its interval."""
    divisor, _ = large_unit("CNY", language())
    return _with_interval(row["difference"] / divisor, _half(row) / divisor, 0)


def _colour(row: Any, key: str) -> str:
    """Green for a welcome change, red for an unwelcome one, dim where there is none to tell."""
    better = outcome(key).better
    if not row["distinguishable"]:
        return "dim"
    if not better:
        return ""
    welcome = (row["difference"] > 0) == (better == "high")
    return "green" if welcome else "red"


def _legend(found: Comparison) -> None:
    if len(found.ensemble.seeds) < 2:
        tell(say("One seed has no interval: nothing can be told from chance."))
        return
    tell(
        say(
            "In brackets and after ±: the 95 % interval and half of it, paired over {seeds} seeds; "
            "'not distinguishable': the interval includes zero.",
            seeds=len(found.ensemble.seeds),
        )
    )


def _cautions(found: Comparison) -> None:
    """What a reader must know beside the numbers."""
    for line in found.warnings(language()):
        tell(f"- {line}")
