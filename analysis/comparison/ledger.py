"""Money under a policy, account by account: what enterprises, the treasury and society gain or
lose against the reference, each side by side, so that no one sum is taken for the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.statistics.paired import paired
from cleanpark.model.outcomes import OUTCOME_NAMES

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison.comparison import Comparison

Values = NDArray[np.float64]
PER_OUTPUT = 1e4
"""CNY of output to which sums are related."""


@dataclass(frozen=True)
class Line:
    """One line of an account: a sum of outcomes in CNY, each with its sign.

    ``better`` tells whether more (``high``) or less (``low``) of it is welcome to whom the account
    belongs.
    """

    name: str
    account: str
    better: str
    parts: Mapping[str, float]


LINES: tuple[Line, ...] = (
    Line("environmental_cost", "enterprises", "low", {"enterprise_cost": 1.0}),
    Line("resource_cost", "enterprises", "low", {"resource_cost": 1.0}),
    Line("profit", "enterprises", "high", {"profit": 1.0}),
    Line("treasury_net", "treasury", "high", {"treasury_net": 1.0}),
    Line("treasury_without_income_tax", "treasury", "high",
         {"treasury_net": 1.0, "income_tax": -1.0}),
    Line("control_cost", "society", "low", {"society_cost": 1.0}),
    Line("external_damage", "society", "low", {"external_damage": 1.0}),
    Line("society_total", "society", "low", {"society_cost": 1.0, "external_damage": 1.0}),
)  # fmt: skip
"""Enterprises: environmental cost net of support; energy and water; profit, in which both and all
else of the quarter's costs stand. Treasury: with and without enterprise income tax. Society: what
energy, water, treatment, options, audits and oversight use up, whoever pays; damage to health and
environment; their sum, which is society's account (transfers between its members cancel)."""


def line_values(found: Comparison, scenario: int, line: Line) -> Values:
    """A line over the horizon and all parks by seed, CNY."""
    totals = found.totals[scenario]
    return np.asarray(
        sum(sign * totals[:, OUTCOME_NAMES.index(name)] for name, sign in line.parts.items())
    )


def ledger(found: Comparison) -> pd.DataFrame:
    """Every line of every scenario against the reference, paired by seed, in CNY.

    Columns: scenario, account, line, better, reference (its mean), difference, low, high (95 %
    interval), distinguishable, per_enterprise_and_year (CNY), per_output (CNY per 10,000 CNY of
    the reference's output); the last two of the mean difference.
    """
    import pandas as pd

    years = found.ensemble.quarters / 4.0
    enterprises = sum(park.enterprises for park in found.ensemble.parks)
    output = found.totals[found.reference_place][:, OUTCOME_NAMES.index("output")].mean()
    rows = []
    for place, name in enumerate(found.names):
        for line in LINES:
            base = line_values(found, found.reference_place, line)[:, None]
            pairs = paired(line_values(found, place, line)[:, None], base)
            gap = float(pairs.difference[0])
            rows.append(
                {
                    "scenario": name,
                    "account": line.account,
                    "line": line.name,
                    "better": line.better,
                    "reference": float(pairs.reference[0]),
                    "difference": gap,
                    "low": float(pairs.low[0]),
                    "high": float(pairs.high[0]),
                    "distinguishable": bool(pairs.distinguishable[0]),
                    "per_enterprise_and_year": gap / enterprises / years,
                    "per_output": PER_OUTPUT * gap / output if output > 0 else np.nan,
                }
            )
    return pd.DataFrame(rows)
