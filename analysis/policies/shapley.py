"""Shapley values and interactions of instruments, by seed, as tables with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.permutations import crossed_interval, gains
from cleanpark.analysis.statistics.paired import paired

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]
ALL = "(all)"
SYNERGY = ["outcome", "first", "second", "value", "low", "high", "distinguishable"]


def shapley_by_seed(values: Values) -> Values:
    """Shapley value of each instrument in each seed, from values (subset, seed): (k, seeds)."""
    count = round(math.log2(len(values)))
    found = np.zeros((count, values.shape[1]))
    for player in range(count):
        for subset in range(len(values)):
            if not subset >> player & 1:
                size = subset.bit_count()
                weight = math.factorial(size) * math.factorial(count - size - 1)
                gain = values[subset | 1 << player] - values[subset]
                found[player] += weight / math.factorial(count) * gain
    return found


def interaction_by_seed(values: Values, first: int, second: int) -> Values:
    """Shapley interaction index of two instruments (Grabisch and Roubens 1999), by seed."""
    count = round(math.log2(len(values)))
    both = 1 << first | 1 << second
    found = np.zeros(values.shape[1])
    for subset in range(len(values)):
        if not subset & both:
            size = subset.bit_count()
            weight = math.factorial(size) * math.factorial(count - size - 2)
            more = values[subset | both] - values[subset | 1 << first]
            found += (
                weight
                / math.factorial(count - 1)
                * (more - values[subset | 1 << second] + values[subset])
            )
    return found


def defined_seeds(values: Values) -> Values:
    """The seeds in which every subset is defined; the others are left out, never zero."""
    return values[:, np.isfinite(values).all(axis=0)]


def interval(by_seed: Values) -> tuple[float, float, float]:
    """Mean over seeds with its 95 % interval."""
    found = paired(by_seed[:, None], np.zeros((len(by_seed), 1)))
    return float(found.difference[0]), float(found.low[0]), float(found.high[0])


def shapley(values: Values, names: Sequence[str], outcome: str = "y") -> pd.DataFrame:
    """attribution.csv of one outcome: contributions that sum to the last row, ``(all)``.

    ``values`` (2^k subsets, seeds); ``alone`` is the instrument added to the reference, ``last``
    added to all others; ``share`` of the whole is undefined where the whole is not
    distinguishable from zero.
    """
    used = defined_seeds(values)
    full = len(values) - 1
    by_name = [
        (name, interval(gain), used[1 << place] - used[0], used[full] - used[full ^ 1 << place])
        for place, (name, gain) in enumerate(zip(names, shapley_by_seed(used), strict=True))
    ]
    return contributions(outcome, by_name, used[full] - used[0])


def contributions(
    outcome: str, by_name: Sequence[tuple[str, tuple[float, float, float], Values, Values]],
    whole: Values,
) -> pd.DataFrame:  # fmt: skip
    """The table from each instrument's value with its interval, its effect alone and last by seed,
    and the whole effect by seed, which is the last row."""
    import pandas as pd

    total, low, high = interval(whole)
    clear = low > 0 or high < 0
    rows = [
        {"outcome": outcome, "instrument": name, "value": value[0], "low": value[1],
         "high": value[2], "alone": mean_of(alone), "last": mean_of(last),
         "share": value[0] / total if clear else np.nan, "seeds": len(whole)}
        for name, value, alone, last in by_name
    ]  # fmt: skip
    rows.append({"outcome": outcome, "instrument": ALL, "value": total, "low": low, "high": high,
                 "alone": total, "last": total, "share": 1.0 if clear else np.nan,
                 "seeds": len(whole)})  # fmt: skip
    return pd.DataFrame(rows)


def mean_of(values: Values) -> float:
    """A mean; undefined where there is nothing."""
    return float(np.mean(values)) if values.size else np.nan


def synergy(values: Values, names: Sequence[str], outcome: str = "y") -> pd.DataFrame:
    """synergy.csv of one outcome: what two instruments do together beyond what each does."""
    import pandas as pd

    used = defined_seeds(values)
    rows = []
    for j in range(len(names)):
        for k in range(j + 1, len(names)):
            mean, low, high = interval(interaction_by_seed(used, j, k))
            rows.append({"outcome": outcome, "first": names[j], "second": names[k], "value": mean,
                         "low": low, "high": high,
                         "distinguishable": bool(low > 0 or high < 0)})  # fmt: skip
    return pd.DataFrame(rows, columns=SYNERGY)


def no_synergy() -> pd.DataFrame:
    """The same table where synergies are left out."""
    import pandas as pd

    return pd.DataFrame(columns=SYNERGY)


def sampled_shapley(
    values: Values, names: Sequence[str], number: int, outcome: str = "y"
) -> pd.DataFrame:
    """The same table estimated from ``number`` permutations; ``values`` (subsets needed, seeds).

    Intervals of contributions hold the chance of seeds and that of permutations; the last row has
    no chance of permutations, and what each instrument does alone and last is not sampled.
    """
    used, count = defined_seeds(values), len(names)
    by_name = [
        (name, crossed_interval(gain), used[2 + place] - used[0], used[1] - used[2 + count + place])
        for place, (name, gain) in enumerate(zip(names, gains(used, count, number), strict=True))
    ]
    return contributions(outcome, by_name, used[1] - used[0])
