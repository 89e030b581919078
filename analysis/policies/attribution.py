"""Why a mix works: what each instrument contributes, by Shapley values over all its subsets.

Every subset of the instruments is run as a scenario of its own under the same seeds, so that
contributions are paired, sum to the whole, and synergy between instruments shows as a number. Of
more than 12 instruments the subsets are too many: contributions are estimated from sampled
permutations, and synergies are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.policies.cautioned import Cautioned
from cleanpark.analysis.policies.permutations import (
    PERMUTATIONS,
    subset_name,
    subset_runs,
    subsets_needed,
)
from cleanpark.analysis.policies.shapley import ALL as ALL
from cleanpark.analysis.policies.shapley import (
    no_synergy,
    sampled_shapley,
    shapley,
    synergy,
)
from cleanpark.analysis.studies.folder import folder_of, read_study
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.model_runs import MAIN_OUTCOMES, about_model, model_runs
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.runs import SCENARIO, ModelRuns
from cleanpark.analysis.studies.study import Progress, Study
from cleanpark.scenarios.errors import InputError, nearest
from cleanpark.scenarios.levers import behaviour_parameters, levers

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

MOST_INSTRUMENTS = 12


def differing_levers(scenario: Scenario, reference: Scenario) -> set[str]:
    """The levers in which two scenarios differ, everywhere or in a park."""
    places = [None, *scenario.park_levers(), *reference.park_levers()]
    pairs = [(scenario.values(place), reference.values(place)) for place in places]
    return {name for name in levers() if any(here[name] != there[name] for here, there in pairs)}


def instruments(
    scenario: Scenario, reference: Scenario, by: str = "group"
) -> dict[str, tuple[str, ...]]:
    """The levers in which two scenarios differ, everywhere or in a park, and the behavioural
    parameters, by group or one by one.

    Raises InputError where they do not differ.
    """
    if by not in ("group", "lever"):
        raise InputError(
            "by = {by!r}: choose group or lever{hint}", by=by, hint=nearest(by, ("group", "lever"))
        )
    found: dict[str, list[str]] = {}
    differing = differing_levers(scenario, reference)
    for name, lever in levers().items():
        if name in differing:
            found.setdefault(lever.group if by == "group" else name, []).append(name)
    here, there = scenario.behaviour_values(), reference.behaviour_values()
    for name, parameter in behaviour_parameters().items():
        if here.get(name) != there.get(name):
            found.setdefault(parameter.group if by == "group" else name, []).append(name)
    if not found:
        raise InputError(
            "scenarios '{scenario}' and '{reference}' do not differ",
            scenario=scenario.name,
            reference=reference.name,
        )
    return {name: tuple(one) for name, one in found.items()}


def subset_scenarios(
    scenario: Scenario, reference: Scenario, parts: Mapping[str, Sequence[str]]
) -> list[Scenario]:
    """The reference with each subset of the instruments: number k holds those of k's bits.

    Raises InputError of more than 12 instruments (4096 subsets).
    """
    names = list(parts)
    if len(names) > MOST_INSTRUMENTS:
        raise InputError(
            "{count} instruments make {subsets:,} subsets; at most {most} "
            "can be run in full: group them (--by group)",
            count=len(names),
            subsets=2 ** len(names),
            most=MOST_INSTRUMENTS,
        )
    found = []
    for number in range(2 ** len(names)):
        inside = [name for place, name in enumerate(names) if number >> place & 1]
        taken = [lever for name in inside for lever in parts[name]]
        label = " + ".join(inside) or reference.name
        one = reference.with_levers_of(scenario, taken)
        found.append(one.renamed(label, {"en": label, "zh": label}))
    return found


@dataclass
class Attribution(Cautioned):
    """A finished attribution: contributions, synergies, and the runs behind them."""

    study: Study
    contributions: pd.DataFrame
    synergies: pd.DataFrame

    def save(self) -> None:
        """Write the tables beside the results."""
        self.study.write_tables({"attribution": self.contributions, "synergy": self.synergies})
        self.study.write_record()

    def sentences(self, language: str = "en") -> list[str]:
        """Contributions and the strongest synergy of each outcome in words."""
        from cleanpark.analysis.words.attribution import attribution_lines

        return attribution_lines(read_study(folder_of(self.study)), language)


def attribution_study(
    runs: ModelRuns, seeds: int | Sequence[int], scenario: Scenario, reference: Scenario, by: str,
    permutations: int = PERMUTATIONS,
) -> Study:  # fmt: skip
    """The subsets as a design; ``runs`` holds horizon, park and outcomes.

    All subsets of up to 12 instruments; of more, those that ``permutations`` pass through.
    """
    parts = instruments(scenario, reference, by)
    settings: dict[str, Any] = {"instruments": {name: list(one) for name, one in parts.items()},
                                "by": by, "reference": reference.name}  # fmt: skip
    if len(parts) > MOST_INSTRUMENTS:
        settings["permutations"] = permutations + permutations % 2
        every: ModelRuns = subset_runs(runs, scenario, reference, parts)
        rows = [subset_name(one, list(parts), reference.name)
                for one in subsets_needed(len(parts), permutations)]  # fmt: skip
    else:
        chosen = subset_scenarios(scenario, reference, parts)
        every = replace(runs, scenarios=tuple(chosen))
        rows = [one.name for one in chosen]
    design = [{SCENARIO: one} for one in rows]
    study = Study(design, every, seeds=seeds, kind="attribute", settings=settings)
    study.about = about_model(replace(runs, scenarios=(scenario, reference)))
    return study


def attributed(study: Study) -> Attribution:
    """Tables of an attribution whose runs are there, written beside them."""
    import pandas as pd

    names = list(study.settings["instruments"])
    number = study.settings.get("permutations")
    parts, pairs = [], []
    for one in study.runs.outcomes:
        values = study.results.values(one)
        sampled = sampled_shapley(values, names, number, one) if number else None
        parts.append(shapley(values, names, one) if sampled is None else sampled)
        pairs.append(synergy(values, names, one) if sampled is None else no_synergy())
    found = Attribution(study, pd.concat(parts, ignore_index=True),
                        pd.concat(pairs, ignore_index=True))  # fmt: skip
    found.save()
    return found


def attribute(
    scenario: Scenario | str | Path,
    reference: Scenario | str | Path = "voluntary",
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    seeds: int | Sequence[int] = 20,
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    quarters: int = 60,
    *,
    by: str = "group",
    permutations: int = PERMUTATIONS,
    history: Histories | str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    folder: str | Path | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Attribution:
    """What each instrument of a mix contributes against a reference, with intervals.

    More than 12 instruments are estimated from ``permutations``; with a larger number a study goes
    on. With a ``history`` every subset goes on from its date.

    >>> found = attribute("penalty-only", seeds=2, quarters=2, by="group")
    >>> found.contributions["instrument"].iloc[-1]
    '(all)'
    """
    runs = model_runs([scenario, reference], park, quarters, outcomes, history=history)
    study = attribution_study(runs, seeds, runs.scenarios[0], runs.scenarios[1], by, permutations)
    study.run(folder, Place(workers, cluster), progress, replace)
    return attributed(study)
