"""What a comparison found, as a table: a row for each scenario and outcome, with what is doubtful.

Columns of :func:`findings`, beside names and units:

- ``mean``, ``reference``, ``difference``, ``low``, ``high``: means over seeds, their paired
  difference and its 95 % interval, in the outcome's unit.
- ``percent``, ``percent_low``, ``percent_high``: the same in percent of the reference, where it is
  positive.
- ``distinguishable``: whether the interval lies on one side of zero; ``p``: of the same test.
- ``p_holm``: ``p`` adjusted by Holm over the headline outcomes of all scenarios; else undefined.
- ``seeds``: pairs in which both are defined; ``differing``: those that are not the same.
- ``differ_at_most``: where none differed, the share of seeds in which they may (rule of three).
- ``seeds_needed``: seeds from which the interval can be believed; 0 where those at hand do.
- ``seed_share``, ``seed``: the largest part that one seed has in the differences, and which.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.statistics.paired import gaps_of, paired
from cleanpark.analysis.statistics.rare import at_most, seeds_needed, share_of_one
from cleanpark.analysis.statistics.ratios import percent_change, percent_interval
from cleanpark.analysis.statistics.several import LEVEL, by_chance, holm
from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

HEADLINES = (
    "pollution_equivalents",
    "carbon_dioxide",
    "water",
    "compliance_true",
    "audit_coverage",
    "enterprise_cost",
    "treasury_net",
)
"""Outcomes that stand first wherever a comparison is shown."""
FAMILY = (*HEADLINES, "energy", "compliance_apparent", "resource_cost", "profit", "society_cost",
          "external_damage")  # fmt: skip
"""Outcomes that are tested together, over all scenarios: those that are shown first anywhere."""


def scenario_findings(
    name: str, here: NDArray[np.float64], base: NDArray[np.float64], seeds: Sequence[int]
) -> pd.DataFrame:
    """The rows of one scenario, from values by (seed, outcome); ``p_holm`` is still undefined."""
    import pandas as pd

    found = paired(here, base)
    gaps = gaps_of(here, base)
    percent_low, percent_high = percent_interval(here, base)
    share, place = share_of_one(gaps)
    return pd.DataFrame(
        {
            "scenario": name,
            "outcome": OUTCOME_NAMES,
            "unit": [one.unit for one in OUTCOMES],
            "mean": found.mean,
            "reference": found.reference,
            "difference": found.difference,
            "low": found.low,
            "high": found.high,
            "percent": percent_change(here, base),
            "percent_low": percent_low,
            "percent_high": percent_high,
            "distinguishable": found.distinguishable,
            "seeds": found.seeds,
            "p": found.p,
            "p_holm": np.nan,
            "differing": found.differing,
            "differ_at_most": np.where(found.differing == 0, at_most(found.seeds), np.nan),
            "seeds_needed": seeds_needed(gaps),
            "seed_share": share,
            "seed": np.where(np.isfinite(share), np.asarray(seeds)[place], -1),
        }
    )


def findings(
    names: Sequence[str], totals: NDArray[np.float64], reference: int, seeds: Sequence[int]
) -> pd.DataFrame:
    """All rows, from values by (scenario, seed, outcome)."""
    import pandas as pd

    base = totals[reference]
    table = pd.concat(
        [scenario_findings(name, totals[place], base, seeds) for place, name in enumerate(names)],
        ignore_index=True,
    )
    tested = together(table, names[reference])
    table.loc[tested, "p_holm"] = holm(table.loc[tested, "p"].to_numpy())
    return table


def together(table: pd.DataFrame, reference: str) -> pd.Series[Any]:
    """Which rows are tested together: headline outcomes of the scenarios that are compared."""
    return table["outcome"].isin(FAMILY) & (table["scenario"] != reference)


def may_be_chance(row: Any) -> bool:
    """Whether a headline difference is distinguishable alone and not among all of them."""
    return bool(row["distinguishable"]) and bool(row["p_holm"] >= LEVEL)


def chance_count(table: pd.DataFrame, reference: str, outcomes: Sequence[str]) -> dict[str, Any]:
    """Of these outcomes of all scenarios: how many differences were tested, how many are
    distinguishable, and how many chance alone would give if there were none."""
    asked = (table["scenario"] != reference) & table["outcome"].isin(outcomes)
    shown = table[asked & table["low"].notna()]
    return {
        "tests": len(shown),
        "found": int(shown["distinguishable"].sum()),
        "chance": by_chance(len(shown)),
    }
