"""The best mixes of levers under a budget: a multi-objective search, rechecked on fresh seeds.

The search (NSGA-II of pymoo) works in the unit cube of the levers. Every candidate is compared
with the reference under the same seeds. Generations are studies of their own in the folder, so an
interrupted search replays what is there and goes on to the same end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.statistics.paired import paired
from cleanpark.analysis.statistics.ratios import ratio_interval
from cleanpark.analysis.studies.extras import load
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.identity import differences
from cleanpark.analysis.studies.model_runs import about_model, model_runs, outcomes_of
from cleanpark.analysis.studies.results import write_table, write_text
from cleanpark.analysis.studies.runner import Clock, Place
from cleanpark.analysis.studies.runs import SCENARIO, ModelRuns
from cleanpark.analysis.studies.space import Space, selected, space
from cleanpark.analysis.studies.study import (
    WRITTEN,
    Estimate,
    Progress,
    Study,
    read_record,
    remove_empty,
    remove_study,
)
from cleanpark.analysis.words.mixes import labels, search_sentences
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

Values = NDArray[np.float64]
Evaluate = Callable[[Values], Values]
OBJECTIVES = ("pollution_equivalents", "treasury_net", "enterprise_cost", "burden_dispersion")
"""Emissions, treasury, enterprises' cost, and fairness: that like enterprises get like results."""
MARK = "search.json"
"""A folder that holds this file holds a search: what may not differ when it goes on."""
FRESH = 1_000_000
"""First seed of the recheck, far from those of any search."""
MOST_MIXES = 20
MOST = 100_000
"""Largest number of generations, mixes in one, and seeds."""
TITLE = {"en": "The best mixes under a budget", "zh": "预算约束下的最优政策组合"}
_WORST = 1e30


def signs(names: Sequence[str]) -> Values:
    """1 for what should be low, -1 for what should be high."""
    found = []
    for name in names:
        if name not in OUTCOME_NAMES:
            raise InputError(f"unknown outcome '{name}'{nearest(name, OUTCOME_NAMES)}")
        if not outcome(name).better:
            raise InputError(f"outcome '{name}' has no direction that is better")
        found.append(1.0 if outcome(name).better == "low" else -1.0)
    return np.array(found)


def pareto_set(values: Values) -> NDArray[np.bool_]:
    """Which rows no other row beats in every column; all columns are to be small, NaN never in."""
    keep = np.isfinite(values).all(axis=1)
    for place in np.flatnonzero(keep):
        better = (values <= values[place]).all(axis=1) & (values < values[place]).any(axis=1)
        keep[place] = not (better & np.isfinite(values).all(axis=1)).any()
    return keep


def search(
    evaluate: Evaluate, dimensions: int, generations: int, population: int, seed: int = 0
) -> tuple[Values, Values]:
    """All candidates and their values; ``evaluate`` gives (candidates, objectives + violations).

    The last column of what ``evaluate`` returns is a constraint, met at or below zero; the others
    are to be small. Rows with NaN are never best. The same seed asks for the same candidates in
    the same order.
    """
    nsga = load("pymoo.algorithms.moo.nsga2")
    problems = load("pymoo.core.problem")
    minimize = load("pymoo.optimize").minimize
    seen: list[tuple[Values, Values]] = []

    class Mixes(problems.Problem):  # type: ignore[name-defined]
        """The search's problem: the whole generation at once."""

        def _evaluate(self, x: Values, out: dict[str, Values], *_: Any, **__: Any) -> None:
            found = evaluate(x)
            seen.append((x.copy(), found.copy()))
            usable = np.where(np.isfinite(found).all(axis=1)[:, None], found, _WORST)
            out["F"], out["G"] = usable[:, :-1], usable[:, -1:]

    objectives = evaluate(np.full((1, dimensions), 0.5)).shape[1] - 1
    problem = Mixes(n_var=dimensions, n_obj=objectives, n_ieq_constr=1, xl=0.0, xu=1.0)
    minimize(problem, nsga.NSGA2(pop_size=population), ("n_gen", generations), seed=seed,
             verbose=False)  # fmt: skip
    return np.concatenate([x for x, _ in seen]), np.concatenate([y for _, y in seen])


def spread_out(values: Values, most: int) -> list[int]:
    """At most so many rows, far from each other: the best of each column, then the farthest."""
    if len(values) <= most:
        return list(range(len(values)))
    scaled = (values - values.min(axis=0)) / np.where(np.ptp(values, axis=0) > 0,
                                                      np.ptp(values, axis=0), 1.0)  # fmt: skip
    chosen = list(dict.fromkeys(int(one) for one in scaled.argmin(axis=0)))
    while len(chosen) < most:
        gaps = np.linalg.norm(scaled[:, None] - scaled[chosen][None], axis=2).min(axis=1)
        if gaps.max() <= 0:
            break  # all others are the same as one that is chosen
        chosen.append(int(gaps.argmax()))
    return sorted(chosen)


@dataclass
class Optimum:
    """The best mixes, rechecked on fresh seeds, and the best one by budget."""

    study: Study
    mixes: pd.DataFrame
    budgets: pd.DataFrame
    folder: Path


@dataclass
class Search:
    """One search: what is varied, from which reference, and where its generations are kept.

    ``runs`` holds the scenario that mixes change and the reference; ``budget`` is in CNY.
    """

    runs: ModelRuns
    chosen: Space
    objectives: tuple[str, ...]
    budget: float
    folder: Path
    generations: int = 20
    population: int = 40
    seeds: int = 5
    fresh_seeds: int = 20
    search_seed: int = 0
    place: Place = field(default_factory=Place)
    progress: Progress | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that make no search; nothing has been evaluated yet."""
        least_of = {"generations": 1, "population": 4, "seeds": 1, "fresh_seeds": 1}
        for name, least in least_of.items():
            value = getattr(self, name)
            if not least <= value <= MOST:
                raise InputError(f"{name} = {value}: a whole number from {least} to {MOST:,}")
        if np.isnan(self.budget):
            raise InputError("budget = nan: give an amount in CNY")
        self.runs.check_seeds([*range(self.seeds), *self.fresh])
        self.done = 0
        self.failed = 0
        self.clock = Clock((self.generations * self.population + 1) * self.seeds)

    @property
    def fresh(self) -> range:
        """Seeds of the recheck, none of the search's; of a common history, those that follow."""
        first = FRESH if self.runs.history is None else self.seeds
        return range(first, first + self.fresh_seeds)

    @property
    def base(self) -> dict[str, Any]:
        """The levers that mixes change, as they are when a mix begins."""
        return self.runs.scenarios[0].at(self.runs.start)

    def identity(self) -> dict[str, Any]:
        """What may not differ between two parts of one search; generations may be added."""
        return {
            "runs": self.runs.describe(),
            "parameters": self.chosen.describe(),
            "objectives": list(self.objectives),
            "budget": self.budget,
            "population": self.population,
            "seeds": self.seeds,
            "search_seed": self.search_seed,
        }

    def check_folder(self) -> bool:
        """Whether an earlier part of this search is there; refuses a folder of something else."""
        if self.folder.is_file():
            raise InputError(f"{self.folder}: is a file; name a folder for the results")
        if not self.folder.exists() or not any(self.folder.iterdir()):
            return False
        record = read_record(self.folder, MARK)
        if not record:
            raise InputError(
                f"{self.folder}: is not empty and holds no search; name another folder"
            )
        differs = differences(json.loads(json.dumps(self.identity())), record)
        if differs:
            raise InputError(
                f"{self.folder}: holds another search (it differs in {', '.join(differs)}); name "
                "another folder or say --replace"
            )
        return True

    def estimate(self) -> Estimate:
        """Runs, seconds, memory and disk of the whole search, from a trial of a few runs."""
        middle = np.full((self.population, len(self.chosen.factors)), 0.5)
        study, _ = self.study(middle, "", range(self.seeds))
        one = study.estimate(self.place)
        rechecked = (MOST_MIXES + 1) * self.fresh_seeds
        times = self.generations + rechecked / one.runs
        runs = round(one.runs * times)
        return Estimate(runs, runs, one.seconds * times, one.memory_gb, one.disk_gb * times)

    def run(self, replace: bool = False) -> Optimum:
        """Search, recheck on fresh seeds, and write what was found; goes on where it was cut off.

        Raises InputError where no mix is possible, or the folder holds something else.
        """
        if replace and (self.folder / MARK).is_file():
            self.remove()
        else:
            self.check_folder()
        text = json.dumps(self.identity(), ensure_ascii=False, indent=1)
        write_text(self.folder / MARK, text)
        unit, found = search(
            self.evaluate, len(self.chosen.factors), self.generations, self.population,
            self.search_seed,
        )  # fmt: skip
        if not np.isfinite(found).all(axis=1).any():
            raise InputError(
                "no mix has all objectives defined (was anybody audited?): name other outcomes, "
                "or take a longer horizon or a larger park"
            )
        feasible = np.flatnonzero((found[:, -1] <= 0) & np.isfinite(found).all(axis=1))
        if not len(feasible):
            raise InputError(
                f"no mix keeps within the budget of {self.budget:,.0f} CNY; allow more"
            )
        unique = feasible[np.unique(unit[feasible], axis=0, return_index=True)[1]]
        front = unique[pareto_set(found[unique, :-1])]
        kept = front[spread_out(found[front, :-1], MOST_MIXES)]
        return finished(self, unit[kept], found[kept, :-1])

    def remove(self) -> None:
        """Take an earlier search out of the folder; files of the user's own stay."""
        for part in [*self.folder.glob("search/g*"), self.folder / "fresh"]:
            remove_study(part)
            remove_empty(part)
        remove_empty(self.folder / "search")
        remove_study(self.folder, (*WRITTEN, MARK, "scenarios/mix-*.toml"))

    def study(self, unit: Values, name: str, seeds: Sequence[int]) -> tuple[Study, Path]:
        """The reference (row 0) and candidates under these seeds."""
        import pandas as pd

        design = self.chosen.values(unit)
        design.insert(0, SCENARIO, self.runs.scenarios[0].name)
        base = pd.DataFrame([{SCENARIO: self.runs.scenarios[1].name}])
        table = pd.concat([base, design.astype(object)], ignore_index=True)
        return Study(table, self.runs, seeds=list(seeds), kind="candidates"), self.folder / name

    def differences(self, unit: Values, name: str, seeds: Sequence[int]) -> dict[str, Values]:
        """Paired differences to the reference by outcome, (candidates, seeds)."""
        study, path = self.study(unit, name, seeds)
        results = study.run(path, self.place, replace=not study.continues(path))
        self.failed += len(results.failed())
        found = {}
        for one in self.runs.outcomes:
            values = results.values(one)
            found[one] = values[1:] - values[:1]
        return found

    def evaluate(self, unit: Values) -> Values:
        """Objectives, all to be small, and by how much the budget is exceeded (10,000 CNY)."""
        found = self.differences(unit, f"search/g{self.done:04d}", range(self.seeds))
        self.done += 1
        self.clock.add(len(unit) * self.seeds)
        if self.progress is not None:
            self.progress(self.clock)
        means = [found[name].mean(axis=1) for name in self.objectives]
        over = -found["treasury_net"].mean(axis=1) - self.budget
        return np.column_stack([*(np.array(means) * signs(self.objectives)[:, None]), over])


def mixes_table(
    one: Search, unit: Values, searched: Values, fresh: dict[str, Values]
) -> pd.DataFrame:
    """pareto.csv: levers, objectives on fresh seeds with intervals, and as the search saw them."""
    table = one.chosen.values(unit).reset_index(drop=True)
    table.insert(0, "mix", [f"mix-{k + 1:02d}" for k in range(len(table))])
    for place, tongue in ((1, "en"), (2, "zh")):
        table.insert(place, f"label_{tongue}", labels(table, one.chosen, one.base, tongue))
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
    table["efficient"] = unbeaten(np.column_stack(columns) * direction, within)
    table["within_budget"] = within
    return table


def unbeaten(values: Values, within: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which mixes no other mix beats; one within the budget only another one within it can."""
    rivals = np.where(within[:, None], values, np.nan)
    return np.asarray(pareto_set(values) | pareto_set(rivals))


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

    sign = signs([objective])[0]
    cost = -table["treasury_net"].to_numpy(dtype=float)
    if cost.min() > most:
        return pd.DataFrame(columns=budget_columns(objective))
    budgets = np.unique(np.linspace(cost.min(), min(cost.max(), most), steps))
    spent = -net if net is not None else np.broadcast_to(cost[:, None], values.shape)
    rows = []
    before = -1
    for budget in budgets:
        allowed = np.flatnonzero(cost <= budget + 1e-6)
        place = int(allowed[(sign * table[objective].to_numpy(dtype=float)[allowed]).argmin()])
        best = table.iloc[place]
        row = {"budget": budget, "mix": best["mix"], objective: best[objective],
               f"{objective}_low": best[f"{objective}_low"],
               f"{objective}_high": best[f"{objective}_high"],
               "treasury_net": best["treasury_net"]}  # fmt: skip
        row |= dict.fromkeys(("gain_per_cny", "gain_low", "gain_high"), np.nan)
        if before not in (-1, place):
            gain, more = (one[[place]].T - one[[before]].T for one in (values, spent))
            low, high = ratio_interval(gain, more)
            row |= {"gain_per_cny": gain.mean() / more.mean(), "gain_low": low[0],
                    "gain_high": high[0]}  # fmt: skip
        rows.append(row)
        before = place
    return pd.DataFrame(rows, columns=budget_columns(objective))


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
        title = {"en": row["label_en"], "zh": row["label_zh"]}
        text = base.with_levers(**changes).renamed(row["mix"], title).to_toml()
        path = folder / f"{row['mix']}.toml"
        write_text(path, text)
        written.append(path)
    return written


def planned_search(
    scenario: Scenario | str | Path,
    levers: str | Sequence[str] | Space,
    objectives: str | Sequence[str],
    budget: float,
    reference: Scenario | str | Path,
    park: Park | str | Path,
    quarters: int,
    start: int = 4,
    ranges: str | Path | None = None,
    history: Histories | str | Path | None = None,
    **settings: Any,
) -> Search:
    """The search, everything checked before the first run; ``settings`` are those of Search."""
    names = outcomes_of(objectives)
    signs(names)
    chosen = levers if isinstance(levers, Space) else space(selected(levers, ["levers"]), ranges)
    wrong = [one.name for one in chosen.factors if one.kind != "lever"]
    if wrong:
        raise InputError(f"'{wrong[0]}' is no lever: a policy cannot set it")
    needed = tuple(dict.fromkeys([*names, "treasury_net"]))
    runs = model_runs([scenario, reference], park, quarters, needed, start=start, history=history)
    return Search(runs, chosen, names, min(budget, _WORST), **settings)


def optimize(
    scenario: Scenario | str | Path = "mandatory",
    levers: str | Sequence[str] | Space = "penalties,incentives",
    objectives: str | Sequence[str] = OBJECTIVES,
    budget: float = float("inf"),
    reference: Scenario | str | Path = "voluntary",
    park: Park | str | Path = "mixed",
    quarters: int = 60,
    *,
    folder: str | Path,
    generations: int = 20,
    population: int = 40,
    seeds: int = 5,
    fresh_seeds: int = 20,
    start: int = 4,
    ranges: str | Path | None = None,
    history: Histories | str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    replace: bool = False,
    search_seed: int = 0,
    progress: Progress | None = None,
) -> Optimum:
    """Search the mixes of levers that no other mix beats in every objective.

    ``budget`` is what the treasury may lose against the reference over the horizon, CNY. Mixes
    are changes of ``scenario`` from quarter ``start`` on; all numbers are paired differences to
    ``reference``. Raises InputError.
    """
    one = planned_search(
        scenario, levers, objectives, budget, reference, park, quarters, start, ranges, history,
        folder=Path(folder), generations=generations, population=population, seeds=seeds,
        fresh_seeds=fresh_seeds, search_seed=search_seed, place=Place(workers, cluster),
        progress=progress,
    )  # fmt: skip
    return one.run(replace)


def finished(one: Search, unit: Values, searched: Values) -> Optimum:
    """Recheck on fresh seeds, and write tables, scenario files and the record."""
    fresh = one.differences(unit, "fresh", one.fresh)
    table = mixes_table(one, unit, searched, fresh)
    first = one.objectives[0]
    budgets = budget_table(table, first, fresh[first], most=one.budget, net=fresh["treasury_net"])
    study, _ = one.study(unit, "fresh", one.fresh)
    study.kind, study.space, study.folder = "optimize", one.chosen, one.folder
    study.about = about_model(one.runs, TITLE)
    limited = one.budget < _WORST
    study.settings = {
        "objectives": list(one.objectives), "budget": one.budget if limited else None,
        "sentences": {tongue: search_sentences(table, fresh[first], one.chosen, one.base, first,
                                               one.budget if limited else np.inf, tongue)
                      for tongue in ("en", "zh")},
    }  # fmt: skip
    write_table(table, one.folder / "pareto.csv")
    write_table(budgets, one.folder / "budget.csv")
    folder = one.folder / "scenarios"
    scenario_files(table, one.chosen, one.runs.scenarios[0], one.runs.start, folder)
    study.write_final(one.failed)
    return Optimum(study, table, budgets, one.folder)
