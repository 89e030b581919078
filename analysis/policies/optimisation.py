"""The best mixes of levers under a budget: a multi-objective search, rechecked on fresh seeds.

The search (NSGA-II of pymoo) works in the unit cube of the levers. Every candidate is compared
with the reference under the same seeds. Generations are studies of their own in the folder, so an
interrupted search replays what is there and goes on to the same end.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.comparison.targets import Target, shortfall, target
from cleanpark.analysis.comparison.years import place_of_year, yearly
from cleanpark.analysis.policies.cautioned import Cautioned
from cleanpark.analysis.policies.mixes import (
    MISSED,
    budget_table,
    equals_of,
    mixes_table,
    scenario_files,
)
from cleanpark.analysis.policies.pareto import (
    WORST,
    Values,
    pareto_set,
    search,
    signs,
    spread_out,
)
from cleanpark.analysis.studies.files import WRITTEN, read_record, remove_empty, remove_study
from cleanpark.analysis.studies.folder import folder_of, read_study
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.identity import differences
from cleanpark.analysis.studies.model_runs import about_model, model_runs, outcomes_of
from cleanpark.analysis.studies.results import Results, write_text
from cleanpark.analysis.studies.runner import Clock, Place
from cleanpark.analysis.studies.runs import SCENARIO, ModelRuns
from cleanpark.analysis.studies.space import Space, selected, space
from cleanpark.analysis.studies.study import Progress, Study
from cleanpark.analysis.studies.task import Estimate
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import InputError, Listed, Message
from cleanpark.scenarios.folders import results_folder, user_path

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

OBJECTIVES = ("pollution_equivalents", "treasury_net", "enterprise_cost", "burden_dispersion")
"""Emissions, treasury, enterprises' cost, and fairness: that like enterprises get like results."""
MARK = "search.json"
"""A folder that holds this file holds a search: what may not differ when it goes on."""
FRESH = 1_000_000
"""First seed of the recheck, far from those of any search."""
MOST_MIXES = 20
MOST = 100_000
"""Largest number of generations, mixes in one, and seeds."""


@dataclass
class Optimum(Cautioned):
    """The best mixes, rechecked on fresh seeds, and the best one by budget."""

    study: Study
    mixes: pd.DataFrame
    budgets: pd.DataFrame
    folder: Path

    def sentences(self, language: str = "en") -> list[str]:
        """How many mixes held on fresh seeds, what the budget does, and the best within it."""
        from cleanpark.analysis.words.mixes import search_lines

        return search_lines(read_study(folder_of(self.study)), language)


@dataclass
class Search:
    """One search: what is varied, from which reference, and where its generations are kept.

    ``runs`` holds the scenario that mixes change and the reference; ``budget`` is in CNY. A
    ``target`` must be met in ``target_share`` of the seeds, each against its own base year.
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
    target: Target | None = None
    target_share: float = 0.5
    place: Place = field(default_factory=Place)
    progress: Progress | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that make no search; nothing has been evaluated yet."""
        least_of = {"generations": 1, "population": 4, "seeds": 1, "fresh_seeds": 1}
        for name, least in least_of.items():
            value = getattr(self, name)
            if not least <= value <= MOST:
                raise InputError(
                    "{name} = {value}: a whole number from {least} to {most:,}",
                    name=name,
                    value=value,
                    least=least,
                    most=MOST,
                )
        if np.isnan(self.budget):
            raise InputError("budget = nan: give an amount in CNY")
        if not 0.0 < self.target_share <= 1.0:
            raise InputError(
                "target_share = {share}: a share of seeds above 0, at most 1",
                share=self.target_share,
            )
        if self.target is not None:
            place_of_year(self.target.year, self.runs.quarters)
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
            **({} if self.target is None else {"target": asdict(self.target),
                                               "target_share": self.target_share}),
        }  # fmt: skip

    @property
    def constraints(self) -> int:
        """Number of constraints: the budget, and the target where there is one."""
        return 1 if self.target is None else 2

    def check_folder(self) -> bool:
        """Whether an earlier part of this search is there; refuses a folder of something else."""
        results_folder(self.folder)
        if not self.folder.exists() or not any(self.folder.iterdir()):
            return False
        record = read_record(self.folder, MARK)
        if not record:
            raise InputError(
                "{folder}: is not empty and holds no search; name another folder",
                folder=self.folder,
            )
        differs = differences(json.loads(json.dumps(self.identity())), record)
        if differs:
            raise InputError(
                "{folder}: holds another search (it differs in {differs}); name "
                "another folder or say --replace",
                folder=self.folder,
                differs=Listed(map(Message, differs)),
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
            self.search_seed, self.constraints,
        )  # fmt: skip
        if not np.isfinite(found).all(axis=1).any():
            raise InputError(
                "no mix has all objectives defined (was anybody audited?): name other outcomes, "
                "or take a longer horizon or a larger park"
            )
        feasible = self.feasible(found)
        unique = feasible[np.unique(unit[feasible], axis=0, return_index=True)[1]]
        goals = found[:, : -self.constraints]
        front = unique[pareto_set(goals[unique])]
        kept = front[spread_out(goals[front], MOST_MIXES)]
        return finished(self, unit[kept], goals[kept])

    def feasible(self, found: Values) -> NDArray[np.intp]:
        """Rows that keep every constraint; InputError says which one no mix keeps."""
        limits = found[:, -self.constraints :]
        defined = np.isfinite(found).all(axis=1)
        kept = np.flatnonzero((limits <= 0).all(axis=1) & defined)
        if len(kept):
            return kept
        if not (limits[defined, 0] <= 0).any():
            raise InputError(
                "no mix keeps within the budget of {budget:,.0f} CNY; allow more",
                budget=self.budget,
            )
        best = limits[defined & (limits[:, 0] <= 0), -1].min()
        raise InputError(
            "no mix within the budget meets the target in {share} of the seeds: the nearest misses "
            "it by {miss} of the base; ask for less, allow more, or add levers",
            share=f"{100 * self.target_share:.0f} %",
            miss=f"{100 * best:.1f} %",
        )

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
        """Paired differences to the reference by outcome, (candidates, seeds); under ``target``
        by how much each misses the target, as a share of its base."""
        study, path = self.study(unit, name, seeds)
        results = study.run(path, self.place, replace=not study.continues(path))
        self.failed += len(results.failed())
        found = {}
        for one in self.runs.outcomes:
            values = results.values(one)
            found[one] = values[1:] - values[:1]
        if self.target is not None:
            found[MISSED] = self.missed(results, self.target)
        return found

    def missed(self, results: Results, wanted: Target) -> Values:
        """By how much each candidate misses the target under each seed, (candidates, seeds)."""
        quarters = self.runs.quarters
        kind = outcome(wanted.outcome).kind
        by_seed = results.by_quarter(wanted.outcome, quarters)
        missed = []
        for seed in range(by_seed.seeds):
            levels = yearly(by_seed.of(seed), kind)
            base = levels[0, place_of_year(wanted.base_year, quarters)]
            missed.append(shortfall(wanted, levels[1:, place_of_year(wanted.year, quarters)], base))
        return np.column_stack(missed)

    def evaluate(self, unit: Values) -> Values:
        """Objectives, all to be small, by how much the budget is exceeded (CNY), and by how much
        the target is missed in the share of seeds asked for."""
        found = self.differences(unit, f"search/g{self.done:04d}", range(self.seeds))
        self.done += 1
        self.clock.add(len(unit) * self.seeds)
        if self.progress is not None:
            self.progress(self.clock)
        means = [found[name].mean(axis=1) for name in self.objectives]
        over = [-found["treasury_net"].mean(axis=1) - self.budget]
        if self.target is not None:
            over.append(missed_in(found[MISSED], self.target_share))
        return np.column_stack([*(np.array(means) * signs(self.objectives)[:, None]), *over])


def missed_in(missed: Values, share: float) -> Values:
    """The least miss that so large a share of seeds keeps, by candidate: at or below zero where
    that share meets the target; NaN where a seed is undefined.

    >>> missed_in(np.array([[-0.1, 0.2, -0.3, 0.4]]), 0.5), missed_in(np.array([[-0.1, 0.2]]), 1.0)
    (array([-0.1]), array([0.2]))
    """
    place = max(0, math.ceil(share * missed.shape[1] - 1e-9) - 1)
    return np.asarray(np.sort(missed, axis=1)[:, place])


def lever_space(
    levers: str | Sequence[str] | Mapping[str, Any] | Space, ranges: str | Path | None = None
) -> Space:
    """The levers that a search sets; InputError of what a policy cannot set."""
    named = levers if isinstance(levers, Mapping | Space) else selected(levers, ["levers"])
    chosen = space(named, ranges, own=False)
    wrong = [one.name for one in chosen.factors if one.kind != "lever"]
    if wrong:
        raise InputError("'{wrong}' is no lever: a policy cannot set it", wrong=wrong[0])
    return chosen


def planned_search(
    scenario: Scenario | str | Path,
    chosen: Space,
    objectives: str | Sequence[str],
    budget: float,
    reference: Scenario | str | Path,
    park: Park | str | Path,
    quarters: int,
    start: int = 4,
    history: Histories | str | Path | None = None,
    **settings: Any,
) -> Search:
    """The search, everything checked before the first run; ``settings`` are those of Search."""
    names = outcomes_of(objectives)
    signs(names)
    wanted = settings.pop("target", None)
    wanted = target(wanted) if isinstance(wanted, str) else wanted
    asked = [] if wanted is None else [wanted.outcome]
    needed = tuple(dict.fromkeys([*names, "treasury_net", *asked]))
    runs = model_runs([scenario, reference], park, quarters, needed, wanted is not None, start,
                      history=history)  # fmt: skip
    return Search(runs, chosen, names, min(budget, WORST), target=wanted, **settings)


def optimize(
    scenario: Scenario | str | Path = "mandatory",
    levers: str | Sequence[str] | Mapping[str, Any] | Space = "penalties,incentives",
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
    target: str | Target | None = None,
    target_share: float = 0.5,
    progress: Progress | None = None,
) -> Optimum:
    """Search the mixes of levers that no other mix beats in every objective.

    ``budget`` is what the treasury may lose against the reference over the horizon, CNY. Mixes
    are changes of ``scenario`` from quarter ``start`` on; all numbers are paired differences to
    ``reference``. With a ``target`` ("cod -20% by 2030") only mixes count that meet it in
    ``target_share`` of the seeds, which fresh seeds check. Raises InputError.
    """
    one = planned_search(
        scenario, lever_space(levers, ranges), objectives, budget, reference, park, quarters,
        start, history,
        folder=user_path(folder), generations=generations, population=population, seeds=seeds,
        fresh_seeds=fresh_seeds, search_seed=search_seed, target=target,
        target_share=target_share, place=Place(workers, cluster), progress=progress,
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
    study.about = about_model(one.runs)
    study.settings = {
        "objectives": list(one.objectives), "budget": one.budget if one.budget < WORST else None,
        "base": {name: one.base[name] for name in one.chosen.names},
        "as_good": equals_of(table, first, fresh[first]),
        **{key: getattr(one, key)
           for key in ("generations", "population", "seeds", "fresh_seeds", "search_seed")},
        **({} if one.target is None else {"target": asdict(one.target),
                                          "target_share": one.target_share}),
    }  # fmt: skip
    name_mixes(study, table)
    study.write_tables({"pareto": table, "budget": budgets})
    folder = one.folder / "scenarios"
    scenario_files(table, one.chosen, one.runs.scenarios[0], one.runs.start, folder)
    study.write_final(one.failed)
    return Optimum(study, table, budgets, one.folder)


def name_mixes(study: Study, table: pd.DataFrame) -> None:
    """Put what each mix sets into the table in words, for who opens the file itself."""
    from cleanpark.analysis.words.mixes import labels

    assert study.space is not None
    base = study.settings["base"]
    for place, language in enumerate(("en", "zh"), start=1):
        table.insert(place, f"label_{language}", labels(table, study.space, base, language))
