"""How policies hold up over uncertain behaviour: regret, satisficing, signal to noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.discovery import Criterion
from cleanpark.analysis.indices import bounds

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]
RESAMPLES = 200
SMALL_IS_BEST = ("regret_max", "regret_mean", "regret_p90")


def regret(values: Values, better: str) -> Values:
    """Distance of each policy to the best in the same future; values (policies, futures)."""
    best = values.min(axis=0) if better == "low" else values.max(axis=0)
    return np.abs(values - best)


def measures(values: Values, better: str, target: float) -> dict[str, Values]:
    """Every measure by policy; values (policies, futures), all defined.

    ``satisficing`` is the share of futures in which the target is met; ``signal_to_noise`` the
    mean over the standard deviation, or for what should be low, minus their product's sign: mean
    times standard deviation, so that higher is always better.
    """
    lost = regret(values, better)
    met = values <= target if better == "low" else values >= target
    mean, spread = values.mean(axis=1), values.std(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        signal = -mean * spread if better == "low" else mean / np.where(spread > 0, spread, np.nan)
    return {
        "mean": mean,
        "regret_max": lost.max(axis=1),
        "regret_mean": lost.mean(axis=1),
        "regret_p90": np.percentile(lost, 90, axis=1),
        "satisficing": met.mean(axis=1),
        "signal_to_noise": signal,
    }


def robustness(
    names: Sequence[str],
    outcomes: Mapping[str, Values],
    better: Mapping[str, str],
    targets: Mapping[str, Criterion] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """robustness.csv: each measure of each policy with a 95 % interval over futures, and rank.

    ``outcomes`` maps a name to values (policies, futures), means over seeds. A future counts where
    every policy is defined. Without a target of one's own it is the median of the first policy.
    """
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for name, table in outcomes.items():
        used = table[:, np.isfinite(table).all(axis=0)]
        given = (targets or {}).get(name)
        target = given.bound(used.ravel()) if given else float(np.median(used[0]))
        random = np.random.default_rng([seed, used.shape[1]])
        draws: list[Any] = [np.arange(used.shape[1])]
        draws += [random.integers(0, used.shape[1], used.shape[1]) for _ in range(RESAMPLES)]
        found = [measures(used[:, one], better[name], target) for one in draws]
        for measure in found[0]:
            stacked = np.array([one[measure] for one in found])
            low_first = measure in SMALL_IS_BEST or (measure == "mean" and better[name] == "low")
            order = np.argsort(stacked[0] if low_first else -stacked[0], kind="stable")
            rank = np.empty(len(names), dtype=int)
            rank[order] = np.arange(1, len(names) + 1)
            for place, policy in enumerate(names):
                value, low, high = bounds(stacked[:, place])
                rows.append({"scenario": policy, "outcome": name, "measure": measure,
                             "value": value, "low": low, "high": high, "rank": rank[place],
                             "target": target, "futures": used.shape[1]})  # fmt: skip
    return pd.DataFrame(rows)
