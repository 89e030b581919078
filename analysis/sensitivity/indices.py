"""Sensitivity indices with intervals, with the pitfalls of SALib kept away from the reader.

Rules, the same for every outcome:

- Indices are of the outcome's mean over seeds. Where a run is undefined (a failed run is), the
  means of its row and of the others are those of rows and seeds fitted together, so that a row is
  not moved by which of its seeds are defined; a row is undefined when none is.
- Undefined rows are never zero. Sobol drops the whole block of a base point, Morris the whole
  trajectory, the other methods the row; indices are then those of the part that is defined. With
  fewer than half of the blocks, or fewer blocks than the method's least, indices are
  undefined (NaN).
- The indices of an outcome that does not vary, or of which chance is all, are undefined.
- Variance-based indices hold nothing of chance from two seeds on. Of Morris, ``chance`` says what
  mu_star chance alone would give.
- Intervals are 95 %: of Sobol and Morris over the design and, from three seeds on, over seeds; of
  the other methods over rows for the seeds that were run.
- An index has converged when its half width is at most 10 % of its value (the advice of SALib's
  maintainers) or 0.02; Morris: 10 % of the largest. One that is the same in every part of the
  design has converged from 150 base points on: an effect in fewer than 2 % of the space is then
  excluded (the rule of three).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.sensitivity.method import (
    DUMMY,
    FEW,
    RESAMPLES,
    Design,
    Found,
    Method,
    Observed,
    Values,
)
from cleanpark.analysis.sensitivity.methods import all_methods, method_named
from cleanpark.analysis.statistics.means import Quarters as Quarters
from cleanpark.analysis.statistics.means import mean_over_seeds as mean_over_seeds
from cleanpark.analysis.statistics.means import row_means as row_means
from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

RELATIVE_WIDTH = 0.10
ABSOLUTE_WIDTH = 0.02


def check_design(design: Design, y: Values) -> None:
    """Refuse outputs of another length, and rows in another order than the method's."""
    if len(design.unit) != len(y):
        raise InputError(
            "{count:,} outputs for {samples:,} samples: give one per sample",
            count=len(y),
            samples=len(design.unit),
        )
    if len(design.unit) % design.rows:
        raise InputError(
            "{count:,} samples are no whole number of blocks of {rows}",
            count=len(design.unit),
            rows=design.rows,
        )
    design.method.check_order(design)


def analyse(
    method: str | Method,
    unit: Values,
    y: Values,
    names: Sequence[str],
    outcome: str = "y",
    second_order: bool = False,
    groups: Sequence[str] | None = None,
    seed: int = 0,
    worst: str = "high",
) -> pd.DataFrame:
    """Indices of one outcome: outcome, quarter, parameter, index, value, low, high, converged.

    ``unit`` is the method's design, shape (samples, factors); ``y`` the outcome, (samples, seeds)
    or (samples,); ``names`` the factors, or the groups; ``worst`` the tail, "high" or "low", that
    regional analysis looks at. Raises InputError where outputs and design do not belong together.
    """
    design = Design(method_named(method), unit, names, second_order, groups)
    return analysed(design, y, outcome, worst=worst, seed=seed)


def analysed(
    design: Design,
    y: Values,
    outcome: str = "y",
    quarter: str = "",
    worst: str = "high",
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Indices of one outcome under a design, as :func:`analyse` gives them."""
    check_design(design, y)
    mean = mean_over_seeds(y)
    blocks, kept = defined_blocks(mean, design.rows)
    if enough(design.method, blocks, kept):
        whole = y.ndim > 1 and bool(np.isfinite(design.blocks(y)[kept]).all())
        table = y if whole and design.method.by_seed else mean[:, None]
        by_seed = [design.blocks(one)[kept][:, :, None] for one in table.T]
        most = 2 * FEW if design.method.slow else RESAMPLES
        seen = Observed(design, by_seed, kept, True, worst, min(resamples, most), seed)
        found = estimated(seen)[0]
    else:
        index = design.method.main.name
        found = [(name, index, np.nan, np.nan, np.nan) for name in design.names]
    return table_of(design, found, int(kept.sum()), outcome, quarter)


def estimated(seen: Observed) -> list[list[Found]]:
    """What the method estimates of each series."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return seen.design.method.estimate(seen)


def defined_blocks(y: Values, rows: int) -> tuple[Values, NDArray[np.bool_]]:
    """Outputs by block, and which blocks are wholly defined."""
    blocks = y.reshape(-1, rows)
    return blocks, np.isfinite(blocks).all(axis=1)


def enough(method: Method, blocks: Values, kept: NDArray[np.bool_]) -> bool:
    """Whether what is defined can be analysed, and varies at all."""
    count = int(kept.sum())
    if count < method.least or count < 0.5 * len(blocks):
        return False
    used = blocks[kept]
    return bool(np.ptp(used) > 1e-12 * max(1e-300, float(np.abs(used).max())))


def table_of(
    design: Design, found: Sequence[Found], count: int, outcome: str, quarter: str
) -> pd.DataFrame:
    """The rows as a tidy frame, each with whether its interval is narrow enough."""
    import pandas as pd

    frame = pd.DataFrame(found, columns=["parameter", "index", "value", "low", "high"])
    scale = frame["value"].abs().to_numpy(dtype=float)
    floor = ABSOLUTE_WIDTH
    main = design.method.main
    if main.in_unit:
        largest = frame.loc[frame["index"] == main.name, "value"].max()
        scale, floor = np.full(len(frame), largest), 0.0
    half = (frame["high"] - frame["low"]).to_numpy(dtype=float) / 2.0
    with np.errstate(invalid="ignore"):
        narrow = half <= np.maximum(RELATIVE_WIDTH * scale, floor)
        frame["converged"] = narrow & ((half > 0.0) | (3.0 / max(1, count) <= ABSOLUTE_WIDTH))
    frame.insert(0, "quarter", quarter)
    frame.insert(0, "outcome", outcome)
    return frame


@dataclass(frozen=True)
class SeedBlocks:
    """Blocks of each seed in turn, (blocks, rows, quarters): a seed in memory at a time."""

    design: Design
    quarters: Quarters

    def __iter__(self) -> Iterator[Values]:
        """Read the seeds one after the other."""
        for seed in range(self.quarters.seeds):
            yield self.design.blocks(self.quarters.of(seed))


def analyse_over_time(
    design: Design,
    quarters: Quarters,
    outcome: str,
    labels: Sequence[str],
    worst: str = "high",
) -> pd.DataFrame:
    """Indices of every quarter; intervals hold the design alone."""
    import pandas as pd

    mean = quarters.mean()
    blocks = design.blocks(mean)
    if not design.method.at_once or not np.isfinite(blocks).all():
        frames = [
            analysed(design, mean[:, k], outcome, label, worst, FEW)
            for k, label in enumerate(labels)
        ]
        return pd.concat(frames, ignore_index=True)
    kept = np.ones(len(blocks), dtype=bool)
    by_seed: Any = SeedBlocks(design, quarters) if design.method.by_seed_over_time else [blocks]
    found = estimated(Observed(design, by_seed, kept, False, worst, FEW))
    flat = np.ptp(blocks.reshape(-1, len(labels)), axis=0) <= 1e-12
    frames = []
    for place, label in enumerate(labels):
        entries = found[place]
        if flat[place]:
            entries = [(name, index, np.nan, np.nan, np.nan) for name, index, *_ in entries]
        frames.append(table_of(design, entries, len(kept), outcome, label))
    return pd.concat(frames, ignore_index=True)


def convergence(design: Design, y: Values, outcome: str = "y", worst: str = "high") -> pd.DataFrame:
    """Indices over growing parts of the design: a sixteenth, an eighth, ... all of it."""
    import pandas as pd

    samples = len(design.unit) // design.rows
    seeds = y.shape[1] if y.ndim > 1 else 1
    parts = sorted({samples // k for k in (16, 8, 4, 2, 1) if samples // k >= design.method.least})
    frames = []
    for part in parts or [samples]:
        end = part * design.rows
        resamples = FEW if design.method.slow and part < samples else RESAMPLES
        found = analysed(design.first(part), y[:end], outcome, "", worst, resamples)
        found = found[found["index"] == design.method.main.name]
        found = found.drop(columns=["quarter", "converged"])
        found.insert(3, "samples", part)
        found.insert(4, "runs", end * seeds)
        frames.append(found)
    return pd.concat(frames, ignore_index=True)


def ranking(indices: pd.DataFrame, method: str | Method | None = None) -> pd.DataFrame:
    """Parameters by the method's main index over the horizon, largest first, outcome by outcome.

    ``tied`` where the interval overlaps that of the parameter before; ``stands_out`` where the
    interval lies above what the method says of no influence: zero, the dummy's interval, or what
    chance alone would give (Morris). Without a ``method`` it is told by the indices of the table.
    """
    main = (method_of(indices) if method is None else method_named(method)).main.name
    every = indices[(indices["index"] == main) & (indices["quarter"] == "")]
    is_dummy = every["parameter"] == DUMMY
    rows, dummy = every[~is_dummy], every[is_dummy].set_index("outcome")["high"]
    place = {name: number for number, name in enumerate(dict.fromkeys(rows["outcome"]))}
    ordered = rows.sort_values("value", ascending=False, kind="stable")
    ordered = ordered.sort_values("outcome", key=lambda names: names.map(place), kind="stable")
    before = ordered.groupby("outcome")["low"].shift()
    ordered["tied"] = ordered["high"] >= before
    floor = ordered["outcome"].map(dummy).astype(float).fillna(0.0).clip(lower=0.0)
    chance = indices[(indices["index"] == "chance") & (indices["quarter"] == "")]
    keys = ["outcome", "parameter"]
    alone = ordered[keys].merge(chance[[*keys, "value"]], how="left", on=keys)["value"]
    floor = np.maximum(floor.to_numpy(), alone.fillna(0.0).to_numpy())
    ordered["stands_out"] = ordered["low"] > floor
    return ordered.reset_index(drop=True)


def method_of(indices: pd.DataFrame) -> Method:
    """The method whose main index a table has."""
    kinds = set(indices["index"])
    return next(one for one in all_methods() if one.main.name in kinds)
