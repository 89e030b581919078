"""Money by account and group in words: the tables of who gains and who loses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cleanpark.agents.state import ATTITUDES, SIZES
from cleanpark.analysis.comparison.affected import affected_groups
from cleanpark.analysis.comparison.ledger import LINES, ledger
from cleanpark.analysis.comparison.years import of_park, parts_by
from cleanpark.analysis.words import changes, numbers
from cleanpark.analysis.words.answer import GROUPS, MAIN, MOST, best_first, cell
from cleanpark.analysis.words.comparison import CELL
from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import capital, in_language
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import N_
from cleanpark.scenarios.park import Park, catalogue_of

if TYPE_CHECKING:
    from cleanpark.analysis.comparison.comparison import Comparison

Table = tuple[list[str], list[list[str]]]
"""Header and rows of cells."""
ACCOUNTS = {
    "enterprises": N_("Enterprises"),
    "treasury": N_("Treasury"),
    "society": N_("Society"),
}
LINE_TITLES = {
    "environmental_cost": N_("net environmental cost: control, taxes, fines, audits, less support"),
    "resource_cost": N_("energy and water"),
    "profit": N_("profit after all of these"),
    "treasury_net": N_("net income, enterprise income tax included"),
    "treasury_without_income_tax": N_("net income without enterprise income tax"),
    "control_cost": N_("resources, control, audits and oversight, whoever pays"),
    "external_damage": N_("damage to health and environment"),
    "society_total": N_("both together"),
}
SIZE_TITLES = {size: GROUPS[f"size:{size}"] for size in SIZES}
ATTITUDE_TITLES = dict(
    zip(ATTITUDES, (N_("little commitment"), N_("some commitment"), N_("much commitment")),
        strict=True)
)  # fmt: skip
LOSER_COLUMNS = (
    N_("Enterprise"),
    N_("Sector"),
    N_("Size"),
    N_("Net environmental cost"),
    N_("per CNY 10,000 of output"),
    N_("Profit"),
    N_("Leaves in this share of runs"),
    N_("Cause"),
)


def _compared(found: Comparison) -> list[str]:
    """The policies that tables have columns for: the best few."""
    others = [name for name in found.names if name != found.reference]
    return best_first(found, others)[:MOST]


def money_table(found: Comparison, language: str) -> Table:
    """Every line of the ledger against the reference: in all with its interval, by enterprise and
    year, and by output."""
    words, names = Language(language), _compared(found)
    table = ledger(found).set_index(["scenario", "line"])
    header = [words.say("Account"), *(found.title(name, language) for name in names)]
    sizes = {name: _column_size(table.loc[[name]].to_dict("records"), language) for name in names}
    rows = []
    for line in LINES:
        account = words.gettext(ACCOUNTS[line.account])
        title = words.say("{account}: {line}", account=account,
                          line=words.gettext(LINE_TITLES[line.name]))  # fmt: skip
        cells = [_money_cell(table.loc[[(name, line.name)]].iloc[0], language, sizes[name])
                 for name in names]  # fmt: skip
        rows.append([title, *cells])
    return header, rows


def _money_cell(row: Any, language: str, size: float) -> str:
    moved, bounds = changes.change_beside(
        row["difference"], row["low"], row["high"], "CNY", language, size
    )
    if not math.isfinite(row["low"]):
        return moved
    told = Language(language).say(CELL[bool(row["distinguishable"])], change=moved, bounds=bounds)
    return Language(language).say(
        "{told}; {each} per enterprise and year, CNY {rate} per CNY 10,000 of output",
        told=told,
        each=numbers.money(numbers.three_digits(row["per_enterprise_and_year"]), language),
        rate=f"{row['per_output']:+,.3g}",
    )


def group_title(group: str, parks: Sequence[Park], language: str) -> str:
    """A group of enterprises in words; ``parks`` may bring sectors of their own."""
    kind, _, name = group.partition(":")
    if kind == "sector":
        titles = {one.name: one.title for one in catalogue_of(parks)}
        return in_language(titles[name], language)
    return Language(language).gettext((SIZE_TITLES if kind == "size" else ATTITUDE_TITLES)[name])


def groups_table(found: Comparison, language: str) -> Table:
    """Change of the net environmental cost by group, in CNY per 10,000 CNY of its output."""
    words, names = Language(language), _compared(found)
    table = affected_groups(found).set_index(["scenario", "group"])
    groups = table.loc[found.reference].index
    header = [words.say("CNY per CNY 10,000 of output"),
              *(found.title(name, language) for name in names)]  # fmt: skip
    rows = [
        [capital(group_title(str(group), found.ensemble.parks, language)),
         *(_burden_cell(table.loc[[(name, group)]].iloc[0], language) for name in names)]
        for group in groups
    ]  # fmt: skip
    return header, rows


def _burden_cell(row: Any, language: str) -> str:
    moved, low, high = (f"{row[key]:+,.1f}" for key in ("burden", "burden_low", "burden_high"))
    if not math.isfinite(row["burden_low"]):
        return moved
    told = row["burden_low"] > 0 or row["burden_high"] < 0
    return Language(language).say(
        CELL[told], change=moved, bounds=numbers.span(low, high, language)
    )


def parks_table(found: Comparison, language: str) -> Table | None:
    """What each of several parks emits less; None where there is one park."""
    parks = found.ensemble.parks
    if len(parks) < 2:
        return None
    names = _compared(found)
    header = [Language(language).say("Pollution by park"),
              *(found.title(name, language) for name in names)]  # fmt: skip
    rows = []
    for park in parks:
        alone = of_park(found, park.name)
        cells = [cell(alone.row(name, MAIN), language) for name in names]
        rows.append([in_language(park.title, language), *cells])
    return header, rows


KIND_TITLES = {
    "sector": N_("Sector"),
    "size": N_("Size"),
    "commitment": N_("Commitment"),
    "park": N_("Park"),
}


def parts_table(found: Comparison, scenario: str, kind: str, language: str) -> Table:
    """What a policy does to each sector, size, commitment or park (``kind``): pollution, net
    environmental cost, this by output, and profit, against the reference."""
    words = Language(language)
    header = [
        words.gettext(KIND_TITLES[kind]),
        in_language(outcome("pollution_equivalents").title, language),
        words.say("Net environmental cost"),
        words.say("per CNY 10,000 of output"),
        in_language(outcome("profit").title, language),
    ]
    titles = {park.name: in_language(park.title, language) for park in found.ensemble.parks}
    rows = []
    parts = parts_by(found, kind)
    sizes = {
        key: _column_size([part.row(scenario, key) for part in parts.values()], language)
        for key in ("enterprise_cost", "profit")
    }
    for name, part in parts.items():
        money = ledger(part).set_index(["scenario", "line"])
        cost = money.loc[[(scenario, "environmental_cost")]].iloc[0]
        rows.append(
            [
                titles[name]
                if kind == "park"
                else capital(group_title(name, found.ensemble.parks, language)),
                cell(part.row(scenario, "pollution_equivalents"), language),
                cell(part.row(scenario, "enterprise_cost"), language, sizes["enterprise_cost"]),
                f"{cost['per_output']:+,.3g}",
                cell(part.row(scenario, "profit"), language, sizes["profit"]),
            ]
        )
    return header, rows


def _column_size(rows: Sequence[Any], language: str) -> float:
    """The size whose unit a column of changes in money has, with their intervals."""
    return _largest([row[key] for row in rows for key in ("difference", "low", "high")], language)


def _largest(amounts: Sequence[float], language: str) -> float:
    """The size whose unit a column of CNY has, so that its rows can be read down: that of its
    largest number, but no more than millions or 万."""
    largest = max((abs(one) for one in amounts if math.isfinite(one)), default=0.0)
    return min(largest, numbers.large_unit("CNY", language)[0])


def jobs_told(rows: Any, language: str) -> str:
    """Employees at enterprises that are made to leave, of a table by
    :func:`~cleanpark.analysis.comparison.affected.affected_enterprises`; empty where no file has
    employees."""
    jobs = rows.attrs.get("jobs")
    if jobs is None:
        return ""
    words = Language(language)
    known = f"{jobs.known:,.0f}"
    if not jobs.difference and not math.isfinite(jobs.low):
        return words.say(
            "Lack of cash or an order to close makes the same enterprises leave as under the "
            "reference in each of these runs: no job of the {known} in the file depends on it.",
            known=known,
        )
    if not math.isfinite(jobs.low):
        return words.say(
            "Employees of enterprises that leave for lack of cash or by order: {jobs} against the "
            "reference, of {known} in the file (mean of the seeds run again; an interval is not "
            "defined).",
            jobs=f"{jobs.difference:+z,.0f}", known=known,
        )  # fmt: skip
    return words.say(
        "Employees of enterprises that leave for lack of cash or by order: {jobs} against the "
        "reference, of {known} in the file (95 % interval {low} to {high}).",
        jobs=f"{jobs.difference:+z,.0f}", known=known,
        low=f"{jobs.low:+z,.0f}", high=f"{jobs.high:+z,.0f}",
    )  # fmt: skip


def losers_table(rows: Any, parks: Sequence[Park], language: str, most: int = 5) -> Table:
    """The enterprises that lose and gain most, by identifier, of a table by
    :func:`~cleanpark.analysis.comparison.affected.affected_enterprises`."""
    words = Language(language)
    header = [words.gettext(title) for title in LOSER_COLUMNS]
    first = rows.head(most)  # nobody stands among both
    shown = [*first.to_dict("records"), *rows.iloc[len(first) :].tail(most).to_dict("records")]
    sizes = {key: _largest([row.get(key, math.nan) for row in shown], language)
             for key in ("cost", "profit")}  # fmt: skip
    return header, [
        [
            str(row["id"]),
            group_title(f"sector:{row['sector']}", parks, language),
            words.gettext(SIZE_TITLES[row["size"]]),
            changes.change(row["cost"], "CNY", language, sizes["cost"]),
            f"{row['burden']:+,.1f}",
            changes.change(row.get("profit", math.nan), "CNY", language, sizes["profit"]),
            numbers.whole_percent(row["exits"], language),
            words.gettext(row["cause"]) if row["cause"] else "",
        ]
        for row in shown
    ]
