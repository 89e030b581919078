"""Shapley values of many instruments, estimated from sampled permutations.

Castro, Gómez and Tejada (2009, DOI 10.1016/j.cor.2008.04.004): walk from the reference to the mix,
adding one instrument after the other in a random order; what each adds, averaged over orders, is
its Shapley value. Each order comes with its reverse (an antithetic pair), so that an instrument
that came early also comes late. All orders meet the same seeds, and in each order the gains sum to
the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.studies.runs import SCENARIO, ModelRuns
from cleanpark.model.outlook import LONGEST_NOTICE
from cleanpark.model.world import levers_in_force
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.records import behaviour_record

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.scenario import Scenario

Values = NDArray[np.float64]
PERMUTATIONS = 64
LEAST = 4
"""Two pairs, the fewest that show how far pairs lie apart."""
SEED = 20090504
"""Of the sequence of permutations, the same for all studies."""
JOIN = " + "


def permutations(count: int, number: int) -> list[list[int]]:
    """So many permutations of ``count`` instruments, in pairs of one and its reverse; of an odd
    number one more. A larger number has the same ones first."""
    if number < LEAST:
        raise InputError("permutations = {number}: at least {least}", number=number, least=LEAST)
    random = np.random.default_rng([SEED, count])
    found: list[list[int]] = []
    while len(found) < number:
        order = random.permutation(count).tolist()
        found += [order, order[::-1]]
    return found


def prefixes(order: Sequence[int]) -> list[int]:
    """The subsets on the way from the reference to the mix; number k holds those of k's bits."""
    found = [0]
    for one in order:
        found.append(found[-1] | 1 << one)
    return found


def subsets_needed(count: int, number: int) -> list[int]:
    """Subsets to be run, each once: reference and mix, each instrument alone and last, then those
    of each permutation; more permutations add theirs at the end."""
    full = 2**count - 1
    found = [0, full, *(1 << k for k in range(count)), *(full ^ 1 << k for k in range(count))]
    for order in permutations(count, number):
        found += prefixes(order)
    return list(dict.fromkeys(found))


def subset_name(subset: int, names: Sequence[str], reference: str) -> str:
    """Name of a subset: that of the reference, or its instruments."""
    return JOIN.join(name for k, name in enumerate(names) if subset >> k & 1) or reference


@dataclass
class SubsetRuns(ModelRuns):
    """The model with a scenario for each subset of instruments, made when it is asked for.

    ``scenarios`` are the mix and the reference. Which subsets there are is no part of what the
    study is, so that permutations can be added.
    """

    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        """As of the model, with the instruments."""
        told = {name: list(one) for name, one in self.parts.items()}
        return {**super().describe(), "instruments": told}

    def check(self, design: pd.DataFrame) -> None:
        """Refuse columns that are no parameters; every subset has a scenario."""
        super().check(design.drop(columns=SCENARIO))

    def _base(self, name: str) -> tuple[Any, Any]:
        """Levers and behaviour of a subset by its name."""
        if name not in self._known:
            mix, reference = self.scenarios
            inside = [] if name == reference.name else name.split(JOIN)
            taken = [lever for part in inside for lever in self.parts[part]]
            one = reference.with_levers_of(mix, taken)
            schedule = levers_in_force(one, self.parks, self.quarters + LONGEST_NOTICE)
            self._known[name] = (schedule, behaviour_record(one.behaviour_values()))
        policy, behaviour = self._known[name]
        return policy, behaviour


def subset_runs(
    runs: ModelRuns, mix: Scenario, reference: Scenario, parts: Mapping[str, tuple[str, ...]]
) -> SubsetRuns:
    """The model of a study as one whose rows are subsets of instruments."""
    return SubsetRuns(
        (mix, reference), runs.parks, runs.quarters, runs.outcomes, runs.over_time, runs.start,
        runs.engine, runs.history, parts=parts,
    )  # fmt: skip


def gains(values: Values, count: int, number: int) -> Values:
    """What each instrument adds, (instruments, pairs of permutations, seeds), from ``values``
    (subsets needed, seeds)."""
    row = {subset: place for place, subset in enumerate(subsets_needed(count, number))}
    orders = permutations(count, number)
    found = np.zeros((count, len(orders), values.shape[1]))
    for place, order in enumerate(orders):
        walk = values[[row[subset] for subset in prefixes(order)]]
        found[order, place] = np.diff(walk, axis=0)
    return found.reshape(count, len(orders) // 2, 2, values.shape[1]).mean(axis=2)


def crossed_interval(values: Values) -> tuple[float, float, float]:
    """Mean of ``values`` (pairs, seeds) with a 95 % interval that holds both chances: which
    permutations were drawn, and which seeds.

    Pairs and seeds are crossed random factors. The squared error is (MSp + MSs) / (pairs x seeds)
    of their mean squares, which counts the interaction of both once too often and so is never too
    small on average; degrees of freedom by Satterthwaite. Undefined with a single pair or seed.
    """
    from scipy.stats import t as student

    pairs, seeds = values.shape
    mean = float(values.mean()) if values.size else np.nan
    if pairs < 2 or seeds < 2:
        return mean, np.nan, np.nan
    squares = (seeds * values.mean(axis=1).var(ddof=1), pairs * values.mean(axis=0).var(ddof=1))
    total = sum(squares)
    below = squares[0] ** 2 / (pairs - 1) + squares[1] ** 2 / (seeds - 1)
    if not below > 0:
        return mean, mean, mean
    half = float(student.ppf(0.975, total**2 / below) * np.sqrt(total / (pairs * seeds)))
    return mean, mean - half, mean + half
