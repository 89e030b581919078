"""Who gains and who loses: by group, and enterprise by enterprise, with those that leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.payments import ENVIRONMENTAL_COSTS, INVESTMENT, ORDINARY_COSTS, SUPPORT
from cleanpark.agents.state import ATTITUDES, SIZES
from cleanpark.analysis.comparison.ledger import PER_OUTPUT
from cleanpark.analysis.comparison.years import groups_of
from cleanpark.analysis.statistics.paired import paired
from cleanpark.model.outcomes import CNY, OUTCOME_NAMES
from cleanpark.model.park_model import ParkModel
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import N_
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.agents.enterprise import Enterprise
    from cleanpark.analysis.comparison.comparison import Comparison

Values = NDArray[np.float64]


def affected_groups(found: Comparison) -> pd.DataFrame:
    """Change of the net environmental cost and of profit by sector, size and commitment.

    Columns: scenario, group, cost and profit in CNY over the horizon, each with its 95 % interval
    (``cost_low`` ... ``profit_high``), and ``burden``: the change of cost in CNY per 10,000 CNY of
    the group's own output under the reference, with ``burden_low`` and ``burden_high``. Groups
    without enterprises are left out.
    """
    import pandas as pd

    names = groups_of(found)
    cost, profit, output = (
        found.ensemble.groups[..., OUTCOME_NAMES.index(name)]
        for name in ("enterprise_cost", "profit", "output")
    )
    base = found.reference_place
    there = output[base].mean(axis=0) > 0
    rows = []
    for place, scenario in enumerate(found.names):
        paid = paired(cost[place], cost[base])
        earned = paired(profit[place], profit[base])
        rate = np.divide(PER_OUTPUT, output[base], out=np.full(output[base].shape, np.nan),
                         where=output[base] > 0)  # fmt: skip
        burden = paired(cost[place] * rate, cost[base] * rate)
        for group in np.flatnonzero(there)[1:]:
            row: dict[str, object] = {"scenario": scenario, "group": names[group]}
            for title, pairs in (("cost", paid), ("profit", earned), ("burden", burden)):
                row[title] = float(pairs.difference[group])
                row[f"{title}_low"] = float(pairs.low[group])
                row[f"{title}_high"] = float(pairs.high[group])
            rows.append(row)
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Sites:
    """Sums of one run by site, over the horizon: net environmental cost, profit and output in CNY,
    and changes of tenant as (site, quarter, cause)."""

    cost: Values
    profit: Values
    output: Values
    exits: list[tuple[int, str, str]]


CLOSED, LOSSES, TURNOVER = N_("ordered to close"), N_("lack of cash"), N_("turnover")
"""Why a tenant leaves its site."""


def run_sites(
    scenario: Scenario,
    parks: Sequence[Park],
    seed: int,
    quarters: int,
    kind: type[Enterprise] | None = None,
) -> Sites:
    """Run quarter by quarter and add up what each site pays, whoever its tenant is."""
    model = ParkModel(scenario, list(parks), rng=seed, quarters=quarters, enterprise_class=kind)
    records = model.world.enterprises
    cost, profit, output = (np.zeros(len(records)) for _ in range(3))
    exits: list[tuple[int, str, str]] = []
    while model.running:
        quarter = model.steps
        causes = _causes(model, quarter)
        model.step()
        paid = records["paid"]
        spent = sum(paid[name] for name in ENVIRONMENTAL_COSTS)
        support = sum(paid[name] for name in SUPPORT)
        cost += spent - support
        # As the outcome `profit`: investment is no cost of the quarter.
        profit += paid["sales"] + support - (spent - sum(paid[name] for name in INVESTMENT))
        profit -= sum(paid[name] for name in ORDINARY_COSTS)
        output += records["output"] * (1.0 - records["restriction"])
        for site in np.flatnonzero(records["founded"] == quarter) if quarter else ():
            exits.append((int(site), quarter_label(quarter), causes[site]))
    return Sites(cost * CNY, profit * CNY, output * CNY, exits)


def _causes(model: ParkModel, quarter: int) -> list[str]:
    """Why each site's tenant would leave in this quarter, if it does: the state before tells."""
    records = model.world.enterprises
    after = np.array([float(one["closure_after"]) for one in model.policies[quarter]])
    limit = after[records["park"]]
    closed = (limit > 0) & (records["record"] + 1 >= limit)
    broke = records["hard_times"] >= float(model.world.behaviour[0]["patience"])
    return [
        LOSSES if short else CLOSED if ordered else TURNOVER
        for short, ordered in zip(broke, closed, strict=True)
    ]


def affected_enterprises(found: Comparison, scenario: str, seeds: int = 5) -> pd.DataFrame:
    """Each enterprise's change of net environmental cost under a scenario, most burdened first.

    Runs scenario and reference again under the first ``seeds`` seeds of the comparison and adds
    up by site. Columns: id, park, sector, size, commitment, cost (CNY over the horizon, mean of
    the paired differences), low, high (95 % interval), profit, profit_low, profit_high (the same
    of profit), burden (CNY per 10,000 CNY of the site's output under the reference), exits and
    reference_exits (share of seeds in which the tenant leaves), cause (the most frequent of those
    exits, empty without one), employees (as the park's file has them, else undefined).
    ``attrs["jobs"]`` has :func:`jobs_at_exits`. In a packaged park
    each seed draws other enterprises: there the rows are sites of the same number, and only in a
    park from a file the same enterprise.
    """
    parks, quarters = found.ensemble.parks, found.ensemble.quarters
    chosen = found.ensemble.scenarios[found.names.index(scenario)]
    base = found.ensemble.scenarios[found.reference_place]
    used = found.ensemble.seeds[:seeds]
    kind, usual = (found.ensemble.kind(name) for name in (scenario, found.reference))
    runs = [run_sites(chosen, parks, seed, quarters, kind) for seed in used]
    before = [run_sites(base, parks, seed, quarters, usual) for seed in used]
    pairs = paired(np.stack([run.cost for run in runs]), np.stack([run.cost for run in before]))
    output = np.stack([run.output for run in before]).mean(axis=0)
    frame = _who(base, parks, used[0])
    frame["cost"], frame["low"], frame["high"] = pairs.difference, pairs.low, pairs.high
    earned = paired(
        np.stack([run.profit for run in runs]), np.stack([run.profit for run in before])
    )
    for title, values in (("profit", earned.difference), ("profit_low", earned.low),
                          ("profit_high", earned.high)):  # fmt: skip
        frame[title] = values
    frame["burden"] = np.divide(
        PER_OUTPUT * pairs.difference, output, out=np.full(len(output), np.nan), where=output > 0
    )
    frame["exits"] = _exit_share(runs, len(frame))
    frame["reference_exits"] = _exit_share(before, len(frame))
    frame["cause"] = [_usual_cause(runs, site) for site in range(len(frame))]
    frame["employees"] = employees_of(parks)
    frame.attrs["jobs"] = jobs_at_exits(runs, before, frame["employees"].to_numpy())
    return frame.sort_values("cost", ascending=False, ignore_index=True)


class Jobs(NamedTuple):
    """Employees of enterprises that lack of cash or an order to close makes leave: how many more
    than under the reference, with the 95 % interval over seeds, of how many in the park's file."""

    known: float
    difference: float
    low: float
    high: float


def employees_of(parks: Sequence[Park]) -> Values:
    """Employees of each site's first tenant as the parks' files have them; undefined elsewhere."""
    return np.concatenate([
        np.full(park.enterprises, np.nan)
        if park.table is None or "employees" not in park.table
        else np.asarray(park.table["employees"], dtype=float)
        for park in parks
    ])  # fmt: skip


def jobs_at_exits(runs: Sequence[Sites], before: Sequence[Sites], employees: Values) -> Jobs | None:
    """Employees of first tenants that are made to leave, paired by seed; None where no file has
    employees. A tenant that leaves for reasons of its own takes nobody's job by the policy, and
    what later tenants employ is not known."""
    known = np.nan_to_num(employees)
    if not known.any():
        return None

    def lost(run: Sites) -> float:
        first: dict[int, str] = {}
        for site, _, cause in run.exits:
            first.setdefault(site, cause)
        return float(sum(known[site] for site, cause in first.items() if cause != TURNOVER))

    pairs = paired(
        np.array([[lost(run)] for run in runs]), np.array([[lost(run)] for run in before])
    )
    return Jobs(
        float(known.sum()), *(float(one[0]) for one in (pairs.difference, pairs.low, pairs.high))
    )


def _who(base: Scenario, parks: Sequence[Park], seed: int) -> pd.DataFrame:
    """Id, park, sector, size and commitment of each site's first tenant."""
    model = ParkModel(base, list(parks), rng=seed, quarters=1)
    frame = model.enterprises()[["id", "park", "sector"]].copy()
    records = model.world.enterprises
    frame["size"] = [SIZES[place] for place in records["size_class"]]
    frame["commitment"] = [ATTITUDES[place] for place in records["attitude_group"]]
    return frame


def _exit_share(runs: Sequence[Sites], sites: int) -> Values:
    """Share of runs in which the site sees at least one change of tenant."""
    seen = np.zeros((len(runs), sites))
    for number, run in enumerate(runs):
        seen[number, [site for site, _, _ in run.exits]] = 1.0
    return np.asarray(seen.mean(axis=0))


def _usual_cause(runs: Sequence[Sites], site: int) -> str:
    """The most frequent cause of a site's exits."""
    causes = [cause for run in runs for at, _, cause in run.exits if at == site]
    return max(sorted(set(causes)), key=causes.count) if causes else ""
