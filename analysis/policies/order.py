"""Whether the order of two policies turns over the assumptions' ranges, and what moves their gap.

Both policies meet the same futures, drawn over the plausible ranges of the behavioural parameters,
under the same seeds. An assumption is named where its rank correlation with the gap is
distinguishable from zero at 5 % after as many tests as there are assumptions (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.discovery import discovery_study
from cleanpark.analysis.statistics.means import mean_over_seeds
from cleanpark.analysis.studies.model_runs import model_runs
from cleanpark.analysis.studies.space import Space, space
from cleanpark.analysis.studies.study import Progress
from cleanpark.model.outcomes import outcome as declared
from cleanpark.scenarios.dates import FIRST_YEAR
from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

Values = NDArray[np.float64]
LEVEL = 0.05
"""Chance of naming an assumption that moves nothing."""


@dataclass(frozen=True)
class Order:
    """The gap of a policy to the reference in a year, future by future.

    ``gaps`` is the mean over seeds in the outcome's unit, one for each defined future;
    ``movers`` has a row for each assumption, the strongest first: parameter, correlation
    (Spearman's), p (of one test), told (distinguishable after all tests).
    """

    outcome: str
    year: int
    gaps: Values
    seeds: int
    movers: pd.DataFrame

    @property
    def below(self) -> int:
        """Futures in which the policy has less of the outcome than the reference."""
        return int((self.gaps < 0).sum())

    @property
    def above(self) -> int:
        """Futures in which it has more."""
        return int((self.gaps > 0).sum())

    @property
    def turns(self) -> bool:
        """Whether there are futures on either side."""
        return self.below > 0 and self.above > 0


def order_of(
    policy: Scenario,
    reference: Scenario,
    park: Park,
    outcome: str,
    year: int,
    futures: int = 128,
    seeds: int | Sequence[int] = 2,
    parameters: str | Sequence[str] | Space = "behaviour",
    progress: Progress | None = None,
) -> Order:
    """Run both policies in the same futures up to a year, and compare them in it.

    Raises InputError where the year or a name is unknown, or no future is defined.
    """
    if year < FIRST_YEAR:
        raise InputError("year {year}: begins before {first}", year=year, first=FIRST_YEAR)
    quarters = 4 * (year - FIRST_YEAR + 1)
    runs = model_runs([policy, reference], park, quarters, [outcome], over_time=True)
    study = discovery_study(runs, space(parameters), futures, seeds, f"{outcome} > reference")
    study.run(progress=progress)
    names = study.settings["policies"]
    series = study.results.series
    found = np.stack([_of_last_year(series(outcome, quarters, one), outcome) for one in
                      study.numbers], axis=1)  # fmt: skip
    values = mean_over_seeds(found).reshape(futures, len(names))
    gaps = values[:, 0] - values[:, 1]
    used = np.isfinite(gaps)
    if not used.any():
        raise InputError("outcome '{outcome}': undefined in every future", outcome=outcome)
    design = study.design.iloc[:: len(names)].loc[used]
    assert study.space is not None
    movers = movers_of(design[study.space.names], gaps[used])
    return Order(outcome, year, gaps[used], len(study.numbers), movers)


def _of_last_year(values: Values, outcome: str) -> Values:
    """The last four quarters of (samples, quarters): totals added, levels averaged."""
    last = values[:, -4:]
    if declared(outcome).kind == "total":
        return np.asarray(last.sum(axis=1))
    there = np.isfinite(last)
    total, count = np.where(there, last, 0.0).sum(axis=1), there.sum(axis=1)
    return np.divide(total, count, out=np.full(len(last), np.nan), where=count > 0)


def movers_of(design: pd.DataFrame, gaps: Values) -> pd.DataFrame:
    """Each assumption's rank correlation with the gap, the strongest first."""
    import pandas as pd
    from scipy.stats import spearmanr

    rows = []
    for name in design.columns:
        values = design[name].to_numpy()
        varies = values.dtype.kind in "fiu" and np.ptp(values) > 0 and np.ptp(gaps) > 0
        rho, p = spearmanr(values, gaps) if varies and len(gaps) > 2 else (0.0, 1.0)
        rows.append({"parameter": str(name), "correlation": float(rho), "p": float(p)})
    table = pd.DataFrame(rows)
    table["told"] = table["p"] < LEVEL / max(1, len(table))
    return table.sort_values("correlation", key=abs, ascending=False, ignore_index=True)
