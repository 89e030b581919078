"""Which candidates no other one beats: the search, the set, a spread-out part of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.studies.extras import load
from cleanpark.model.outcomes import OUTCOME_NAMES, outcome
from cleanpark.scenarios.errors import InputError, nearest

Values = NDArray[np.float64]
Evaluate = Callable[[Values], Values]
WORST = 1e30
"""What an undefined objective counts as in the search."""


def signs(names: Sequence[str]) -> Values:
    """1 for what should be low, -1 for what should be high."""
    found = []
    for name in names:
        if name not in OUTCOME_NAMES:
            raise InputError(
                "unknown outcome '{name}'{hint}", name=name, hint=nearest(name, OUTCOME_NAMES)
            )
        if not outcome(name).better:
            raise InputError("outcome '{name}' has no direction that is better", name=name)
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
    evaluate: Evaluate,
    dimensions: int,
    generations: int,
    population: int,
    seed: int = 0,
    constraints: int = 1,
) -> tuple[Values, Values]:
    """All candidates and their values; ``evaluate`` gives (candidates, objectives + violations).

    The last columns of what ``evaluate`` returns are constraints, met at or below zero; the others
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
            usable = np.where(np.isfinite(found).all(axis=1)[:, None], found, WORST)
            out["F"], out["G"] = usable[:, :-constraints], usable[:, -constraints:]

    objectives = evaluate(np.full((1, dimensions), 0.5)).shape[1] - constraints
    problem = Mixes(n_var=dimensions, n_obj=objectives, n_ieq_constr=constraints, xl=0.0, xu=1.0)
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


def unbeaten(values: Values, within: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which mixes no other mix beats; one within the budget only another one within it can."""
    rivals = np.where(within[:, None], values, np.nan)
    return np.asarray(pareto_set(values) | pareto_set(rivals))
