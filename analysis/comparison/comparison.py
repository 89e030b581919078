"""The comparison: scenarios against a reference, paired by seed, with intervals."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.comparison.experiments import Ensemble, Progress, run_ensemble
from cleanpark.analysis.comparison.findings import findings
from cleanpark.analysis.comparison.given import Given, given_scenarios
from cleanpark.analysis.comparison.idle import idle_messages
from cleanpark.analysis.comparison.own_class import (
    about_class,
    both,
    checked_class,
    class_messages,
    one_policy,
)
from cleanpark.analysis.comparison.tidy import outcomes_frame
from cleanpark.analysis.statistics.means import first_lasting, over_parks
from cleanpark.analysis.statistics.ratios import ratio_interval
from cleanpark.analysis.studies.histories import Histories, histories
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.seeds import check_settings as check_settings
from cleanpark.analysis.studies.seeds import seeds_of as seeds_of
from cleanpark.model.given import as_parks, as_scenario
from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES
from cleanpark.model.world import policy_records
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.errors import N_, InputError, Listed, Message, ScenarioError, nearest
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.scenario import Scenario, packaged_names

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from cleanpark.agents.enterprise import Enterprise


EVERY_PACKAGED = "all packaged"
"""What the settings say of the policies where none was named."""


@dataclass(frozen=True)
class Comparison:
    """What a comparison found; ``table`` and ``outcomes`` are tidy frames."""

    ensemble: Ensemble
    reference: str
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Names of the scenarios, in the order given."""
        return [one.name for one in self.ensemble.scenarios]

    @property
    def named(self) -> bool:
        """Whether its policies were asked for by name; else they are all that are packaged."""
        return self.settings.get("policies") != EVERY_PACKAGED

    @property
    def reference_place(self) -> int:
        """Position of the reference among the scenarios."""
        return self.names.index(self.reference)

    def title(self, name: str, language: str) -> str:
        """A scenario's title in a language."""
        title = self.ensemble.scenarios[self.names.index(name)].title
        return title.get(language, title["en"])

    @functools.cached_property
    def totals(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Horizon values over all parks: (scenario, seed, outcome)."""
        return self.ensemble.groups[:, :, 0, :]

    @functools.cached_property
    def table(self) -> pd.DataFrame:
        """One row per scenario and outcome, with the columns that
        :mod:`cleanpark.analysis.comparison.findings` describes: mean, reference, paired difference
        with its 95 % interval (``low``, ``high``), the same in percent, whether the difference is
        distinguishable from zero, and what is doubtful about it."""
        return findings(self.names, self.totals, self.reference_place, self.ensemble.seeds)

    @functools.cached_property
    def idle(self) -> list[Message]:
        """What of the scenarios does nothing in this run, or acts otherwise than it looks."""
        base = self.ensemble.scenarios[self.reference_place]
        own = [one for one in self.ensemble.kinds if one is not None]
        return [
            *idle_messages(self.ensemble, base),
            *(told for one in own for told in class_messages(one)),
        ]

    def warnings(self, language: str = "en") -> list[str]:
        """What a reader must know: what does nothing in the run, what is undefined or never
        varies, intervals that few seeds do not carry, and how much chance alone would find."""
        from cleanpark.analysis.words.cautions import caution_lines

        return caution_lines(self, language)

    def row(self, scenario: str, outcome: str) -> Any:
        """One row of the table; InputError of a name that it does not have."""
        known_name("scenario", scenario, self.names)
        known_name("outcome", outcome, OUTCOME_NAMES)
        table = self.table
        return table[(table["scenario"] == scenario) & (table["outcome"] == outcome)].iloc[0]

    @functools.cached_property
    def outcomes(self) -> pd.DataFrame:
        """Tidy values: scenario, park, seed, quarter, group, outcome, unit, value.

        Every quarter by park for group ``all``; and for each group the value over the horizon
        and all parks, with ``quarter`` empty. Undefined values are NaN.
        """
        return outcomes_frame(self.ensemble)

    def cost_per_equivalent(self, scenario: str, payer: str = "society") -> dict[str, float]:
        """CNY per pollution equivalent avoided against the reference, with a 95 % interval.

        ``payer`` is ``society``, ``treasury`` or ``enterprises``. The ratio of means, its
        interval by Fieller's theorem with Student's t over seeds; undefined (NaN) unless a
        reduction is distinguishable from zero by the rule of :attr:`table`, since a cost of
        nothing avoided has no meaning.
        """
        columns = {"society": ("society_cost", 1.0), "treasury": ("treasury_net", -1.0),
                   "enterprises": ("enterprise_cost", 1.0)}  # fmt: skip
        known_name("payer", payer, columns)
        outcome, sign = columns[payer]
        pollution = self.row(scenario, "pollution_equivalents")
        if not (pollution["distinguishable"] and pollution["difference"] < 0):
            return {"value": np.nan, "low": np.nan, "high": np.nan}
        gap = self.totals[self.names.index(scenario)] - self.totals[self.reference_place]
        cost = sign * gap[:, [OUTCOME_NAMES.index(outcome)]]
        avoided = -gap[:, [OUTCOME_NAMES.index("pollution_equivalents")]]
        low, high = ratio_interval(cost, avoided)
        value = cost.mean() / avoided.mean()
        return {"value": float(value), "low": float(low[0]), "high": float(high[0])}

    def when_met(self, outcome: str, target: float, below: bool = True) -> pd.DataFrame:
        """First quarter in which the mean of an outcome meets a target for good, by scenario.

        ``below``: the target is met at or below it, else at or above; empty where never.
        """
        import pandas as pd

        rows = []
        for number, name in enumerate(self.names):
            mean = self.series(number, outcome).mean(axis=0)
            met = mean <= target if below else mean >= target
            first = first_lasting(met)
            rows.append(
                {"scenario": name, "quarter": "" if first is None else quarter_label(first)}
            )
        return pd.DataFrame(rows)

    def series(self, scenario: int, outcome: str) -> NDArray[np.float64]:
        """An outcome by (seed, quarter) over all parks: totals added, levels averaged over parks by
        their enterprises."""
        place = OUTCOME_NAMES.index(outcome)
        parks = [park.enterprises for park in self.ensemble.parks]
        values = self.ensemble.quarterly[scenario, :, :, :, place]
        return over_parks(values, parks, OUTCOMES[place].kind)

    def __repr__(self) -> str:
        """In one line."""
        names = ", ".join(self.names)
        return f"Comparison({names}; {len(self.ensemble.seeds)} seeds, reference {self.reference})"

    def _repr_html_(self) -> str:
        """The table, as notebooks show it."""
        return str(self.table.to_html(index=False, max_rows=60))

    def summary(self, language: str = "en", targets: str | Sequence[str] = ()) -> str:
        """The answer in a few sentences and a table of seven rows; a target such as
        ``"cod -20% by 2030"`` adds how each scenario stands to it."""
        from cleanpark.analysis.words.answer import summary

        several = isinstance(targets, Iterable) and not isinstance(targets, str)
        return summary(self, language, list(targets) if several else [targets])  # type: ignore[list-item]

    def save(self, folder: str | Path, language: str = "en", replace: bool = False) -> Path:
        """Write tables, figures, report and provenance into a folder; returns it."""
        from cleanpark.analysis.pages.store import save_comparison

        return save_comparison(self, user_path(folder), language, replace)

    def plot_trajectories(self, language: str = "en") -> Figure:
        """Main outcomes over time: difference to the reference with 95 % bands, and its level."""
        from cleanpark.analysis.figures import comparison as plots

        return plots.trajectories(self, language)

    def plot_cost_reduction(self, language: str = "en") -> Figure:
        """Cost to society against pollution avoided, each with its 95 % interval."""
        from cleanpark.analysis.figures import comparison as plots

        return plots.cost_reduction(self, language)

    def plot_who_pays(self, language: str = "en") -> Figure:
        """Change of enterprises' cost by size and by commitment to compliance."""
        from cleanpark.analysis.figures import comparison as plots

        return plots.who_pays(self, language)

    def plot_levels(self, language: str = "en") -> Figure:
        """Audit levels over time."""
        from cleanpark.analysis.figures import comparison as plots

        return plots.levels(self, language)

    def plot_compliance(self, language: str = "en") -> Figure:
        """True against apparent compliance."""
        from cleanpark.analysis.figures import comparison as plots

        return plots.compliance(self, language)


def known_name(what: str, name: str, known: Iterable[str]) -> None:
    """Refuse a name that is none of those known, with what may be meant."""
    names = list(known)
    if name not in names:
        raise InputError(
            "{what} '{name}': is not there{hint} (there are {known})",
            what=Message(what), name=name, hint=nearest(name, names), known=Listed(names),
        )  # fmt: skip


NAMED = (N_("scenario"), N_("outcome"), N_("payer"))
"""What a table of a comparison is asked for by name."""


def with_reference(
    scenarios: Given | Iterable[Given] | Mapping[str, Given] | None, reference: Given
) -> tuple[list[Scenario], str]:
    """The scenarios with the reference among them, first when it was not named.

    ``reference`` may be a label of the mapping. Raises ScenarioError where two share a name: two
    that differ cannot be told apart, and none becomes its own reference.
    """
    chosen = given_scenarios(scenarios)
    by_label = isinstance(scenarios, Mapping) and reference in scenarios
    by_label = by_label and reference not in packaged_names()
    base = next(one for one in chosen if one.name == reference) if by_label else (
        as_scenario(reference))  # fmt: skip
    if base not in [one for one in chosen if one.name == base.name]:
        chosen.insert(0, base)
    by_name: dict[str, Scenario] = {}
    for one in chosen:
        if one.name in by_name:
            refuse_name(one, by_name[one.name])
        by_name[one.name] = one
    return chosen, base.name


def refuse_name(one: Scenario, other: Scenario) -> None:
    """Raise ScenarioError: two scenarios of a comparison have one name."""
    if one == other:
        raise ScenarioError(
            "scenario '{name}' is given twice: give each its own name", name=one.name
        )
    raise ScenarioError(
        "two scenarios are named '{name}' and differ: give one another name "
        '(in its file, with renamed("..."), or by a label: {{"...": scenario}})',
        name=one.name,
    )


class Asked(NamedTuple):
    """What a comparison was asked for, all of it checked."""

    scenarios: list[Scenario]
    reference: str
    parks: list[Park]
    seeds: list[int]
    history: Histories | None


def asked(
    scenarios: Given | Iterable[Given] | Mapping[str, Given] | None,
    park: Park | str | Path | Sequence[Park | str | Path],
    seeds: int | Sequence[int],
    quarters: int,
    reference: Given,
    engine: str,
    workers: int,
    history: Histories | str | Path | None,
) -> Asked:
    """Check all that :func:`compare` is given, before anything is run or a park fitted to its
    file; InputError says what cannot be compared."""
    check_settings(quarters, engine, workers)
    chosen, base = with_reference(scenarios, reference)
    places = as_parks(park)
    numbers = seeds_of(seeds)
    for one in chosen:
        policy_records(one, places, quarters)
    begun = histories(history) if history is not None else None
    if begun is not None:
        begun.check(numbers, places, quarters)
    return Asked(chosen, base, list(places), list(numbers), begun)


def compare(
    scenarios: Given | Iterable[Given] | Mapping[str, Given] | None = None,
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    seeds: int | Sequence[int] = 20,
    quarters: int = 60,
    reference: Given = "voluntary",
    engine: str = "auto",
    workers: int = 1,
    progress: Progress | None = None,
    cluster: str | None = None,
    history: Histories | str | Path | None = None,
    enterprise_class: type[Enterprise] | None = None,
) -> Comparison:
    """Compare scenarios with a reference on a park, under common random numbers.

    By default all packaged scenarios against ``voluntary``; a mapping ``{label: scenario}`` names
    each, and two that share a name are refused. ``seeds`` is a count or a list; ``workers`` splits
    the seeds over processes, ``cluster`` over a Dask cluster; neither changes anything in the
    result. With a ``history`` (a folder made by ``keep_histories``) all go on from its date, so
    that its quarters count for all alike.

    With an ``enterprise_class``, a subclass of ``Enterprise``, its enterprises are compared with
    the default ones under one policy, the scenario named (else the reference): the scenarios of
    the result are then called by their classes, and the reference is ``Enterprise``. They run
    with agents, so a class must depend on its arguments and ``self`` alone.

    >>> found = compare(["tax-only"], seeds=2, quarters=4)
    >>> found.names
    ['voluntary', 'tax-only']
    """
    check_settings(quarters, engine, workers)
    kinds: list[type[Enterprise] | None] = []
    if enterprise_class is not None:
        own = checked_class(enterprise_class, engine)
        named = given_scenarios(scenarios) if scenarios is not None else []
        policy = one_policy(named, as_scenario(reference), scenarios is not None)
        scenarios, kinds = both(policy, own), [None, own]
        reference = scenarios[0]
    question = asked(scenarios, park, seeds, quarters, reference, engine, workers, history)
    begun = question.history
    ensemble = run_ensemble(
        question.scenarios, question.parks, question.seeds, quarters, engine,
        Place(workers, cluster), progress, begun, kinds,
    )  # fmt: skip
    settings: dict[str, Any] = {"engine": engine, "workers": workers}
    if scenarios is None:
        settings["policies"] = EVERY_PACKAGED
    if enterprise_class is not None:
        settings["enterprise_class"] = about_class(enterprise_class, policy)
    if begun is not None:
        settings["history"] = {
            "quarters": begun.quarters,
            "until": quarter_label(begun.quarters - 1),
            "sha256": begun.digest,
            "folder": str(begun.folder),
        }
    return Comparison(ensemble, question.reference, settings)
