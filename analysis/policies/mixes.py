"""The mixes that a search found: their tables, the best by budget, and their scenario files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.pareto import Values, signs, unbeaten
from cleanpark.analysis.statistics.paired import paired
from cleanpark.analysis.statistics.ratios import ratio_interval
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.studies.results import write_text
from cleanpark.analysis.studies.space import Space
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.scenario import scenario as scenario_named

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.policies.optimisation import Search
    from cleanpark.scenarios.scenario import Scenario


MISSED = "target missed"
"""Where differences hold by how much the target is missed; no outcome has such a name."""


def mixes_table(
    one: Search, unit: Values, searched: Values, fresh: dict[str, Values]
) -> pd.DataFrame:
    """pareto.csv: levers, objectives on fresh seeds with intervals, and as the search saw them;
    with a target, the share of fresh seeds in which it is met."""
    table = one.chosen.values(unit).reset_index(drop=True)
    table.insert(0, "mix", [f"mix-{k + 1:02d}" for k in range(len(table))])
    direction = signs(one.objectives)
    for name in one.runs.outcomes:  # the objectives, and the treasury in any case
        found = paired(fresh[name].T, np.zeros_like(fresh[name].T))
        table[name], table[f"{name}_low"] = found.difference, found.low
        table[f"{name}_high"] = found.high
        if name in one.objectives:
            place = one.objectives.index(name)
            table[f"{name}_search"] = searched[:, place] * direction[place]
    columns = [table[name].to_numpy(dtype=float) for name in one.objectives]
    within = fresh["treasury_net"].mean(axis=1) >= -one.budget
    allowed = within
    if one.target is not None:
        met = (fresh[MISSED] <= 0.0).mean(axis=1)
        table["target_met"] = met
        allowed = within & (met >= one.target_share - 1e-9)
    table["efficient"] = unbeaten(np.column_stack(columns) * direction, allowed)
    table["within_budget"] = within
    if one.target is not None:
        table["meets_target"] = met >= one.target_share - 1e-9
    return table


def budget_table(
    table: pd.DataFrame, objective: str, values: Values, steps: int = 6, most: float = np.inf,
    net: Values | None = None,
) -> pd.DataFrame:  # fmt: skip
    """budget.csv: for each budget (CNY) the mix with the best first objective that it allows, and
    what a CNY buys that it costs more than the mix before, with a 95 % interval (Fieller).

    ``values`` and ``net`` (mixes, fresh seeds) are those of the objective and of the treasury:
    gains and costs are paired by seed. No budget exceeds ``most``, the one that was given; without
    a mix within it the table is empty.
    """
    import pandas as pd

    cost = -table["treasury_net"].to_numpy(dtype=float)
    if cost.min() > most:
        return pd.DataFrame(columns=budget_columns(objective))
    budgets = np.unique(np.linspace(cost.min(), min(cost.max(), most), steps))
    spent = -net if net is not None else np.broadcast_to(cost[:, None], values.shape)
    rows, before = [], -1
    for budget in budgets:
        place = best_within(table, objective, cost <= budget + 1e-6)
        bounds = {name: table.iloc[place][name] for name in budget_columns(objective)[1:]
                  if name in table}  # fmt: skip
        row = {"budget": budget, **bounds}
        row |= dict.fromkeys(("gain_per_cny", "gain_low", "gain_high"), np.nan)
        if before not in (-1, place):
            row |= gain_per_cny(*(one[place] - one[before] for one in (values, spent)))
        rows.append(row)
        before = place
    return pd.DataFrame(rows, columns=budget_columns(objective))


def best_within(table: pd.DataFrame, objective: str, allowed: NDArray[np.bool_]) -> int:
    """Row of the mix that is best in an objective among those allowed."""
    values = signs([objective])[0] * table[objective].to_numpy(dtype=float)
    return int(np.where(allowed, values, np.inf).argmin())


def gain_per_cny(gain: Values, more: Values) -> dict[str, float]:
    """What a further CNY buys with its 95 % interval, from gains and costs by seed."""
    low, high = ratio_interval(gain[:, None], more[:, None])
    return {"gain_per_cny": gain.mean() / more.mean(), "gain_low": low[0], "gain_high": high[0]}


def budget_columns(objective: str) -> list[str]:
    """Columns of budget.csv: budgets and amounts in CNY, gains in the objective's unit per CNY."""
    bounds = [f"{objective}_low", f"{objective}_high"]
    found = ["budget", "mix", objective, *bounds, "treasury_net"]
    return list(dict.fromkeys([*found, "gain_per_cny", "gain_low", "gain_high"]))


def scenario_files(table: pd.DataFrame, chosen: Space, base: Scenario, start: int,
                   folder: Path) -> list[Path]:  # fmt: skip
    """Each mix as a scenario file that runs; returns the files."""
    written = []
    for row in table.to_dict("records"):
        changes = {}
        for factor in chosen.factors:
            value = row[factor.name]
            value = value if factor.choices else float(value)
            changes[factor.name] = {quarter_label(start): value} if start else value
        labels = [one for one in map(str, row) if one.startswith("label_")]
        title = {one.removeprefix("label_"): row[one] for one in labels}
        text = base.with_levers(**changes).renamed(row["mix"], title).to_toml()
        path = folder / f"{row['mix']}.toml"
        write_text(path, text)
        written.append(path)
    return written


def best_row(table: pd.DataFrame, objective: str) -> int | None:
    """Row of the mix that is best in an objective among those that hold and keep within the
    budget, both on fresh seeds; None where no mix does."""
    allowed = qualified(table)
    if not allowed.any():
        return None
    sign = 1.0 if outcome(objective).better == "low" else -1.0
    values = sign * table[objective].to_numpy(dtype=float)
    return int(np.where(allowed, values, np.inf).argmin())


def qualified(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Which mixes hold, keep within the budget and meet the target, all on fresh seeds."""
    kept = table["efficient"] & table["within_budget"]
    if "meets_target" in table:
        kept &= table["meets_target"]
    return np.asarray(kept.to_numpy(dtype=bool))


def as_good(table: pd.DataFrame, row: int, values: Values) -> list[int]:
    """Rows of the other mixes that qualify and cannot be distinguished from the one in ``row``.

    ``values`` (mixes, fresh seeds) are those of the objective; differences are paired by seed.
    """
    others = [one for one in np.flatnonzero(qualified(table)).tolist() if one != row]
    gaps = paired(values[others].T, np.repeat(values[[row]], len(others), axis=0).T)
    return [one for one, sure in zip(others, gaps.distinguishable, strict=True) if not sure]


def equals_of(table: pd.DataFrame, objective: str, values: Values) -> list[int]:
    """Rows of the mixes that are as good as the best one; none where there is no best one."""
    row = best_row(table, objective)
    return [] if row is None else as_good(table, row, values)


def base_of(study: StudyFolder, chosen: Space) -> dict[str, Any]:
    """The levers that a search's mixes change, as they are when a mix begins.

    An earlier version did not store them: they are read from the scenario's text, or, where that
    is no longer a scenario, are the levers' defaults.
    """
    if "base" in study.settings:
        return dict(study.settings["base"])
    start = int(study.about["identity"]["runs"]["start"])
    try:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / "base.toml"
            path.write_text(study.about["scenarios"][0]["text"], encoding="utf-8")
            values = scenario_named(path).at(start)
        return {name: values[name] for name in chosen.names}
    except (InputError, KeyError):
        return {one.name: one.choices[int(one.mode)] if one.choices else one.mode
                for one in chosen.factors}  # fmt: skip


def equals_in(study: StudyFolder) -> list[int]:
    """Rows of the mixes that are as good as the best one; of an earlier version's folder counted
    from the fresh runs."""
    if "as_good" in study.settings:
        return [int(one) for one in study.settings["as_good"]]
    first = study.settings["objectives"][0]
    values = study.results("fresh").values(first)
    return equals_of(study.table("pareto"), first, values[1:] - values[:1])
