"""Values of an ensemble as tidy tables: one value a row, with what it is of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.model.outcomes import OUTCOME_NAMES, OUTCOMES, group_names
from cleanpark.scenarios.dates import quarter_label
from cleanpark.scenarios.park import catalogue_of

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.analysis.comparison.experiments import Ensemble

COLUMNS = ["scenario", "park", "seed", "quarter", "group", "outcome", "unit", "value"]


def outcomes_frame(ensemble: Ensemble) -> pd.DataFrame:
    """Every quarter by park for group ``all``; and for each group the value over the horizon and
    all parks, with ``quarter`` empty. Columns as in ``COLUMNS``; undefined values are NaN."""
    import pandas as pd

    labels = [quarter_label(number) for number in range(ensemble.quarters)]
    groups = group_names([sector.name for sector in catalogue_of(ensemble.parks)])
    parks = [one.name for one in ensemble.parks]
    by_quarter = _frame(ensemble, ensemble.quarterly, {"quarter": labels, "park": parks})
    by_group = _frame(ensemble, ensemble.groups, {"group": groups})
    return pd.concat(
        [
            _with_constant(by_quarter, group="all"),
            _with_constant(by_group, quarter="", park="all"),
        ],
        ignore_index=True,
    )


def parks_frame(ensemble: Ensemble) -> pd.DataFrame:
    """Each park's values over the horizon for group ``all``, with ``quarter`` empty."""
    parks = [one.name for one in ensemble.parks]
    frame = _frame(ensemble, ensemble.horizon, {"park": parks})
    return _with_constant(frame, quarter="", group="all")


def _frame(ensemble: Ensemble, values: Any, between: dict[str, Sequence[Any]]) -> pd.DataFrame:
    """Values by scenario, seed, the axes ``between``, and outcome, one a row."""
    import pandas as pd

    names = [one.name for one in ensemble.scenarios]
    axes: dict[str, Sequence[Any]] = {
        "scenario": names, "seed": ensemble.seeds, **between, "outcome": OUTCOME_NAMES,
    }  # fmt: skip
    shape = values.shape
    columns: dict[str, Any] = {}
    for axis, (name, labels) in enumerate(axes.items()):
        codes = np.broadcast_to(
            np.arange(shape[axis]).reshape([-1 if k == axis else 1 for k in range(len(shape))]),
            shape,
        ).reshape(-1)
        if name == "seed":
            columns[name] = np.asarray(labels, dtype=np.int64)[codes]
        else:
            columns[name] = pd.Categorical.from_codes(codes, categories=pd.Index(list(labels)))
    columns["value"] = values.reshape(-1)
    frame = pd.DataFrame(columns)
    units = pd.Index(sorted({one.unit for one in OUTCOMES}))
    by_outcome = units.get_indexer(pd.Index([one.unit for one in OUTCOMES]))
    frame["unit"] = pd.Categorical.from_codes(
        by_outcome[frame["outcome"].cat.codes], categories=units
    )
    return frame


def _with_constant(frame: pd.DataFrame, **constants: str) -> pd.DataFrame:
    import pandas as pd

    zeros = np.zeros(len(frame), dtype=np.int8)
    for name, value in constants.items():
        frame[name] = pd.Categorical.from_codes(zeros, categories=pd.Index([value]))
    return frame[COLUMNS]
