"""How policies hold up over uncertain behaviour: regret, satisficing, signal to noise.

Rules, the same for every outcome:

- A value is the mean over seeds, taken before anything else; a future counts only where it is
  defined for every policy.
- Regret is the distance to the best of the policies compared, in the same future.
- Satisficing is the share of futures in which the target is met. Without a target of one's own it
  is the median over futures of the first policy, the reference.
- Signal to noise (Taguchi) is the mean over the standard deviation where more is better, and minus
  their product where less is better, so that higher is always better. It says nothing of values
  that change sign: undefined unless all values of the outcome are at least zero.
- Intervals are 95 %, from bootstrap over futures, the same futures drawn for all policies.
  ``regret_max`` has none: no resample can exceed the largest regret seen, so an interval would end
  there whatever futures were missed.
- A policy's rank is 1 plus the number of policies that are distinguishably better: the interval of
  their paired difference, widened for as many comparisons as there are pairs (Bonferroni), lies on
  one side of zero. Policies that are not share a rank. That of ``regret_max`` is
  rough, since a bootstrap knows no larger regret than was seen.
- Futures are resampled, seeds are not: all is for the seeds that were run. The best of noisy means
  is too good, so regret is a little too large where policies are much alike.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.criterion import Criterion
from cleanpark.scenarios.errors import InputError, Listed, nearest

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]
Target = Criterion | tuple[str, float]
"""A value to be reached: as a criterion (its bound, on the better side), or ``("<=", 1.2e6)``."""
RESAMPLES = 400
SMALL_IS_BEST = ("regret_max", "regret_mean", "regret_p90")
WITHOUT_INTERVAL = ("regret_max",)
MEASURES = ("mean", *SMALL_IS_BEST, "satisficing", "signal_to_noise")
OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
KEYS = ("scenario", "sample", "seed")
COLUMNS = ["scenario", "outcome", "measure", "value", "low", "high", "rank", "target", "futures"]


def regret(values: Values, better: str) -> Values:
    """Distance of each policy to the best in the same future; values (policies, futures)."""
    best = values.min(axis=0) if better == "low" else values.max(axis=0)
    return np.abs(values - best)


def met(values: Values, better: str, target: float, side: str = "") -> NDArray[np.bool_]:
    """Where the target is met: on the better side of it, or as the operator ``side`` says."""
    return np.asarray(OPERATORS[side or ("<=" if better == "low" else ">=")](values, target))


def signal_to_noise(values: Values, better: str) -> Values:
    """Taguchi's ratio over the last axis, higher is better; NaN where there is no spread."""
    mean, spread = values.mean(axis=-1), values.std(axis=-1)
    if better == "low":
        return -mean * spread
    return np.divide(mean, spread, out=np.full(mean.shape, np.nan), where=spread > 0)


def measures(values: Values, better: str, target: float, side: str = "") -> dict[str, Values]:
    """Every measure by policy; values (policies, futures), all defined, at least one future."""
    lost = regret(values, better)
    return {
        "mean": values.mean(axis=1),
        "regret_max": lost.max(axis=1),
        "regret_mean": lost.mean(axis=1),
        "regret_p90": np.percentile(lost, 90, axis=1),
        "satisficing": met(values, better, target, side).mean(axis=1),
        "signal_to_noise": signal_to_noise(values, better),
    }


def resampled(values: Values, better: str, target: float, side: str, seed: int) -> Values:
    """All measures of the futures as they are (first) and of resamples of them.

    Shape (1 + resamples, measures, policies); with a single future there are no resamples.
    """
    count = values.shape[1]
    random = np.random.default_rng([seed, count])
    draws: list[Any] = [np.arange(count)]
    if count > 1:
        draws += [random.integers(0, count, count) for _ in range(RESAMPLES)]
    found = [measures(values[:, one], better, target, side) for one in draws]
    table = np.array([[one[name] for name in MEASURES] for one in found])
    if (values < 0).any():
        table[:, MEASURES.index("signal_to_noise")] = np.nan
    return table


def interval(draws: Values) -> tuple[float, float]:
    """The middle 95 % of resamples; undefined where any of them is, or there are none."""
    if not draws.size or not np.isfinite(draws).all():
        return np.nan, np.nan
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def clearly_above_zero(gap: Values, pairs: int) -> bool:
    """Whether a difference (first) is above zero by its resamples, among so many comparisons."""
    from scipy.stats import norm

    if len(gap) < 3 or not np.isfinite(gap).all():
        return False
    return bool(gap[0] > norm.ppf(1.0 - 0.025 / max(1, pairs)) * gap[1:].std(ddof=1))


def ranks(found: Values, small_is_best: bool) -> list[int | None]:
    """Rank of each policy, ties shared; found (1 + resamples, policies), None where undefined."""
    values = found if small_is_best else -found
    ranked: list[int | None] = []
    pairs = values.shape[1] * (values.shape[1] - 1) // 2
    for place in range(values.shape[1]):
        if not np.isfinite(values[0, place]):
            ranked.append(None)
            continue
        gaps = values[:, [place]] - values
        ranked.append(1 + sum(clearly_above_zero(gap, pairs) for gap in gaps.T))
    return ranked


def robustness(
    names: Sequence[str],
    outcomes: Mapping[str, Values],
    better: Mapping[str, str],
    targets: Mapping[str, Target | None] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """robustness.csv: each measure of each policy with a 95 % interval over futures, and rank.

    ``outcomes`` maps a name to values (policies, futures), means over seeds; ``better`` says
    ``low`` or ``high``. The rules are those of this module. Where no future is defined for every
    policy the measures are NaN. Raises InputError that names the outcome.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for name, table in outcomes.items():
        check(name, table, names, better)
        used = table[:, np.isfinite(table).all(axis=0)]
        given = (targets or {}).get(name)
        rows += rows_of_outcome(name, names, used, better[name], given, seed)
    return pd.DataFrame(rows, columns=COLUMNS).astype({"rank": "Int64"})


def check(name: str, table: Values, names: Sequence[str], better: Mapping[str, str]) -> None:
    """Refuse tables of another shape, and outcomes whose better direction is not known."""
    if table.ndim != 2 or len(table) != len(names):
        raise InputError(
            "outcome '{name}': values of shape {shape} for {count} policies; give "
            "(policies, futures)",
            name=name,
            shape=table.shape,
            count=len(names),
        )
    if better.get(name) not in ("low", "high"):
        raise InputError(
            "outcome '{name}': better = {better!r}; say which is better, 'low' or 'high'",
            name=name,
            better=better.get(name),
        )


def target_of(name: str, used: Values, given: Target | None) -> tuple[float, str]:
    """Value and operator of a target; the operator is empty where the better side is meant."""
    if given is None:
        return float(np.median(used[0])), ""
    if isinstance(given, Criterion):
        return given.bound(used.ravel()), ""
    side, value = given
    if side not in OPERATORS:
        raise InputError(
            "target of '{name}': operator {side!r}; choose one of {operators}",
            name=name,
            side=side,
            operators=Listed(OPERATORS),
        )
    return float(value), side


def rows_of_outcome(
    name: str, names: Sequence[str], used: Values, better: str, given: Target | None, seed: int
) -> list[dict[str, Any]]:
    """Rows of one outcome, measure by measure and policy by policy."""
    count = used.shape[1]
    if not count:
        return [{"scenario": policy, "outcome": name, "measure": measure, "value": np.nan,
                 "low": np.nan, "high": np.nan, "rank": None, "target": np.nan, "futures": 0}
                for measure in MEASURES for policy in names]  # fmt: skip
    target, side = target_of(name, used, given)
    found = resampled(used, better, target, side, seed)
    rows = []
    for number, measure in enumerate(MEASURES):
        small = measure in SMALL_IS_BEST or (measure == "mean" and better == "low")
        ranked = ranks(found[:, number], small)
        for place, policy in enumerate(names):
            low, high = interval(found[1:, number, place])
            if measure in WITHOUT_INTERVAL:
                low, high = np.nan, np.nan
            rows.append({"scenario": policy, "outcome": name, "measure": measure,
                         "value": float(found[0, number, place]), "low": low, "high": high,
                         "rank": ranked[place], "target": target, "futures": count})  # fmt: skip
    return rows


def robustness_of_runs(
    runs: pd.DataFrame,
    better: Mapping[str, str],
    targets: Mapping[str, Target | None] | None = None,
    reference: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """The same from single runs: columns scenario, sample, seed and one per outcome.

    All outcomes of ``better`` are measured. Means are over the seeds that define a sample. The
    first scenario that appears is the reference unless one is named.
    """
    for column in (*KEYS, *better):
        if column not in runs:
            raise InputError(
                "runs: no column '{column}'{hint}",
                column=column,
                hint=nearest(column, runs.columns),
            )
    if runs.duplicated(list(KEYS)).any():
        raise InputError("runs: the same scenario, sample and seed appear twice")
    names = list(dict.fromkeys(runs["scenario"]))
    if reference is not None:
        if reference not in names:
            raise InputError(
                "reference '{reference}' was not run{hint}",
                reference=reference,
                hint=nearest(reference, names),
            )
        names = [reference, *[one for one in names if one != reference]]
    wide = runs.groupby(["scenario", "sample"])[list(better)].mean().unstack("sample")
    tables = {name: wide[name].reindex(names).to_numpy(dtype=float) for name in better}
    return robustness(names, tables, better, targets, seed)
