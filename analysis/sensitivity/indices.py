"""Sensitivity indices with intervals, with the pitfalls of SALib kept away from the reader.

Rules, the same for every outcome:

- Indices are of the outcome's mean over seeds. Where a run is undefined (a failed run is), the
  means of its row and of the others are those of rows and seeds fitted together, so that a row is
  not moved by which of its seeds are defined; a row is undefined when none is.
- Undefined rows are never zero. Sobol drops the whole block of a base point, Morris the whole
  trajectory, the other methods the row; indices are then those of the part that is defined. With
  fewer than half of the blocks, fewer than 8 blocks, or fewer rows than ``LEAST_ROWS``, indices are
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

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.sensitivity.estimators import (
    DUMMY,
    Found,
    delta_estimates,
    distance_estimates,
    fast_estimates,
    jackknife,
    morris_estimates,
    sobol_estimates,
)
from cleanpark.analysis.sensitivity.sampling import SCRAMBLES, block_rows, membership_of
from cleanpark.analysis.statistics.means import Quarters as Quarters
from cleanpark.analysis.statistics.means import mean_over_seeds as mean_over_seeds
from cleanpark.analysis.statistics.means import row_means as row_means
from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]
RELATIVE_WIDTH = 0.10
ABSOLUTE_WIDTH = 0.02
LEAST_BLOCKS = 8
LEAST_ROWS = {"pawn": 32, "regional": 32, "delta": 128, "fast": 128}
"""Rows below which nothing is estimated: fewer do not fill the bins, densities and harmonics that
these methods look at (SALib's RBD-FAST fails or is certain of noise below 44)."""
RESAMPLES = 50
FEW = 10
"""Resamples of delta, whose densities take long, and of what is told by quarter."""
MOST_NAMED = 5
"""Parameters that a warning names; more are counted."""
MAIN = {"sobol": "total", "morris": "mu_star", "pawn": "pawn", "delta": "delta", "fast": "first",
        "regional": "regional"}  # fmt: skip
RULES = {
    "sobol": "blocks of base points with an undefined sample are left out",
    "morris": "trajectories with an undefined sample are left out",
}


def check_design(method: str, unit: Values, y: Values, moved: list[list[int]], rows: int) -> None:
    """Refuse outputs of another length, and rows in another order than the method's."""
    if len(unit) != len(y):
        raise InputError(
            "{count:,} outputs for {samples:,} samples: give one per sample",
            count=len(y),
            samples=len(unit),
        )
    if len(unit) % rows:
        raise InputError(
            "{count:,} samples are no whole number of blocks of {rows}", count=len(unit), rows=rows
        )
    if method not in ("sobol", "morris"):
        return
    blocks = unit.reshape(-1, rows, unit.shape[1])
    for number, columns in enumerate(moved):
        others = [k for k in range(unit.shape[1]) if k not in columns]
        if method == "sobol":
            same = np.array_equal(blocks[:, 1 + number][:, others], blocks[:, 0][:, others])
            if not same or not np.array_equal(
                blocks[:, 1 + number, columns], blocks[:, -1, columns]
            ):
                raise InputError("samples are not in the order of a Sobol design")
    if method == "morris":
        moves = np.abs(np.diff(blocks, axis=1)) > 1e-9
        by_group = np.stack([moves[:, :, columns].any(axis=2) for columns in moved], axis=2)
        if not ((by_group.sum(axis=2) == 1).all() and (by_group.sum(axis=1) == 1).all()):
            raise InputError("samples are not in the order of a Morris design")


@dataclass(frozen=True)
class Design:
    """A method's design, shape (samples, factors) in the unit cube, and how to read it.

    ``names`` are the factors or, where ``groups`` says to which group each belongs, the groups.
    ``moves`` is how far each factor moved from the row before as a share of its range (Morris; a
    switch of a choice is 1); by default as in the unit cube. ``worst`` is the tail of the outcome
    that regional analysis looks at.
    """

    method: str
    unit: Values
    names: Sequence[str]
    second_order: bool = False
    groups: Sequence[str] | None = None
    moves: Values | None = None

    @property
    def moved(self) -> list[list[int]]:
        """Columns that move together."""
        return membership_of(self.unit.shape[1], self.groups)

    @property
    def rows(self) -> int:
        """Rows of a block: of a base point, a trajectory, or one."""
        return block_rows(self.method, len(self.moved), self.second_order)

    def first(self, samples: int) -> Design:
        """The design of the first so many base samples."""
        end = samples * self.rows
        moves = None if self.moves is None else self.moves[:end]
        return Design(
            self.method, self.unit[:end], self.names, self.second_order, self.groups, moves
        )

    def blocks(self, values: Values) -> Values:
        """Values by row as (blocks, rows of a block, ...)."""
        return values.reshape(-1, self.rows, *values.shape[1:])


def analyse(
    method: str,
    unit: Values,
    y: Values,
    names: Sequence[str],
    outcome: str = "y",
    quarter: str = "",
    second_order: bool = False,
    groups: Sequence[str] | None = None,
    seed: int = 0,
    moves: Values | None = None,
    worst: str = "high",
) -> pd.DataFrame:
    """Indices of one outcome: outcome, quarter, parameter, index, value, low, high, converged.

    ``unit`` is the method's design, shape (samples, factors); ``y`` the outcome, (samples, seeds)
    or (samples,); ``names`` the factors, or the groups; ``moves`` as in :class:`Design`; ``worst``
    the tail, "high" or "low", that regional analysis looks at. Raises InputError where outputs and
    design do not belong together.
    """
    design = Design(method, unit, names, second_order, groups, moves)
    return analysed(design, y, outcome, quarter, worst, seed=seed)


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
    check_design(design.method, design.unit, y, design.moved, design.rows)
    mean = mean_over_seeds(y)
    blocks, kept = defined_blocks(mean, design.rows)
    if not enough(design.method, blocks, kept):
        index = MAIN[design.method]
        found = [(name, index, np.nan, np.nan, np.nan) for name in design.names]
    elif design.method in ("sobol", "morris"):
        whole = y.ndim > 1 and bool(np.isfinite(design.blocks(y)[kept]).all())
        table = y if whole else mean[:, None]
        by_seed = [design.blocks(one)[kept][:, :, None] for one in table.T]
        found = structured(design, by_seed, kept)[0]
    else:
        rows = kept.nonzero()[0]
        signed = mean[rows] if worst == "high" or design.method != "regional" else -mean[rows]
        found = given_data(design, design.unit[rows], signed, resamples, seed)
    return table_of(design, found, int(kept.sum()), outcome, quarter)


def defined_blocks(y: Values, rows: int) -> tuple[Values, NDArray[np.bool_]]:
    """Outputs by block, and which blocks are wholly defined."""
    blocks = y.reshape(-1, rows)
    return blocks, np.isfinite(blocks).all(axis=1)


def enough(method: str, blocks: Values, kept: NDArray[np.bool_]) -> bool:
    """Whether what is defined can be analysed, and varies at all."""
    count = int(kept.sum())
    if count < LEAST_ROWS.get(method, LEAST_BLOCKS) or count < 0.5 * len(blocks):
        return False
    used = blocks[kept]
    return bool(np.ptp(used) > 1e-12 * max(1e-300, float(np.abs(used).max())))


def structured(
    design: Design,
    by_seed: Sequence[Values],
    kept: NDArray[np.bool_],
    over_seeds: bool = True,
) -> list[list[Found]]:
    """Indices of Sobol or Morris of several series; blocks (kept blocks, rows, series) by seed."""
    with np.errstate(divide="ignore", invalid="ignore"):
        if design.method == "sobol":
            parts = (np.arange(len(kept)) % SCRAMBLES)[kept]
            return sobol_estimates(by_seed, parts, design.names, design.second_order, over_seeds)
        steps = np.diff(design.blocks(design.unit), axis=1)
        if design.moves is not None:
            steps = design.blocks(design.moves)[:, 1:]
        return morris_estimates(by_seed, steps[kept], design.names, design.moved)


def given_data(design: Design, unit: Values, y: Values, resamples: int, seed: int) -> list[Found]:
    """Indices of methods that need no design of their own: PAWN, delta, RBD-FAST, regional."""
    scaled = (y - y.mean()) / y.std()
    if design.method in ("pawn", "regional"):
        return distance_estimates(design.method, unit, scaled, design.names, resamples, seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if design.method == "fast":
            return fast_estimates(unit, scaled, design.names, resamples, seed)
        return delta_estimates(unit, scaled, design.names, min(resamples, 2 * FEW), seed)


def table_of(
    design: Design, found: Sequence[Found], count: int, outcome: str, quarter: str
) -> pd.DataFrame:
    """The rows as a tidy frame, each with whether its interval is narrow enough."""
    import pandas as pd

    frame = pd.DataFrame(found, columns=["parameter", "index", "value", "low", "high"])
    scale = frame["value"].abs().to_numpy(dtype=float)
    floor = ABSOLUTE_WIDTH
    if design.method == "morris":
        largest = frame.loc[frame["index"] == "mu_star", "value"].max()
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
    if design.method not in ("sobol", "morris") or not np.isfinite(blocks).all():
        frames = [
            analysed(design, mean[:, k], outcome, label, worst, FEW)
            for k, label in enumerate(labels)
        ]
        return pd.concat(frames, ignore_index=True)
    kept = np.ones(len(blocks), dtype=bool)
    by_seed: Any = [blocks]
    if design.method == "sobol":
        by_seed = SeedBlocks(design, quarters)
    found = structured(design, by_seed, kept, over_seeds=False)
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
    least = LEAST_ROWS.get(design.method, LEAST_BLOCKS)
    parts = sorted({samples // k for k in (16, 8, 4, 2, 1) if samples // k >= least})
    frames = []
    for part in parts or [samples]:
        end = part * design.rows
        resamples = FEW if design.method == "delta" and part < samples else RESAMPLES
        found = analysed(design.first(part), y[:end], outcome, "", worst, resamples)
        found = found[found["index"] == MAIN[design.method]]
        found = found.drop(columns=["quarter", "converged"])
        found.insert(3, "samples", part)
        found.insert(4, "runs", end * seeds)
        frames.append(found)
    return pd.concat(frames, ignore_index=True)


def variance_parts(y: Values) -> Values:
    """Variance of single runs from parameters, common to all rows of a seed, and the rest.

    By analysis of variance: under common random numbers samples and seeds cross. Unbiased;
    negative parts are taken as zero. Paired comparisons are rid of the common part alone.
    """
    rows, seeds = y.shape
    by_row, by_seed = y.mean(axis=1), y.mean(axis=0)
    rest = y - by_row[:, None] - by_seed[None, :] + y.mean()
    residual = float((rest**2).sum()) / ((rows - 1) * (seeds - 1))
    parameters = max(0.0, float(by_row.var(ddof=1)) - residual / seeds)
    common = max(0.0, float(by_seed.var(ddof=1)) - residual / rows)
    return np.array([parameters, common, residual])


def complete_rows(y: Values) -> Values:
    """The rows of which every seed is defined, (rows, seeds)."""
    table = y if y.ndim > 1 else y[:, None]
    return table[np.isfinite(table).all(axis=1)]


def chance_share(y: Values) -> tuple[float, float]:
    """Variance of a single run, and the share of it that is chance (common and the rest).

    Undefined (NaN) with one seed. Samples with an undefined run are left out.
    """
    table = complete_rows(y)
    if min(table.shape) < 2:
        return np.nan, np.nan
    parts = variance_parts(table)
    whole = float(parts.sum())
    return whole, float(parts[1:].sum()) / whole if whole > 0 else np.nan


def chance_table(y: Values, outcome: str, method: str = "") -> pd.DataFrame:
    """chance.csv of one outcome: variance, shares of parameters and of chance with an interval.

    ``chance`` is ``common`` to all rows of a seed plus ``residual``. The interval is by jackknife
    over seeds (three at least) and rows. Undefined for Morris, whose grid has a variance of its
    own.
    """
    import pandas as pd

    table = complete_rows(y)
    row: dict[str, Any] = {"outcome": outcome, "quarter": ""}
    names = ("variance", "parameters", "common", "residual", "chance", "low", "high")
    row |= dict.fromkeys(names, np.nan)
    row["seeds"] = table.shape[1]
    variance, share = chance_share(table)
    if method != "morris" and np.isfinite(share):
        parts = variance_parts(table) / variance
        half = chance_half_width(table)
        row |= dict(zip(names, [variance, *parts, share], strict=False))
        row |= {"low": max(0.0, share - half), "high": min(1.0, share + half)}
    return pd.DataFrame([row])


def chance_half_width(table: Values) -> float:
    """Half width of the interval of the share that is chance; NaN with fewer than three seeds."""
    rows, seeds = table.shape
    if seeds < 3 or rows < LEAST_BLOCKS:
        return np.nan
    by_seed = [chance_share(np.delete(table, one, axis=1))[1] for one in range(seeds)]
    part = np.arange(rows) % LEAST_BLOCKS
    by_part = [chance_share(table[part != one])[1] for one in range(LEAST_BLOCKS)]
    return float(np.sqrt(jackknife(np.array(by_seed)) + jackknife(np.array(by_part))))


def undefined_table(
    method: str,
    unit: Values,
    y: Values,
    outcome: str,
    second_order: bool = False,
    groups: Sequence[str] | None = None,
) -> pd.DataFrame:
    """undefined.csv of one outcome: samples, undefined ones, those left out by the rule, and runs
    that are undefined."""
    import pandas as pd

    moved = membership_of(unit.shape[1], groups)
    rows = block_rows(method, len(moved), second_order)
    mean = mean_over_seeds(y)
    _, kept = defined_blocks(mean, rows)
    row = {"outcome": outcome, "quarter": "", "samples": len(mean),
           "undefined": int((~np.isfinite(mean)).sum()), "dropped": int((~kept).sum()) * rows,
           "runs_undefined": int((~np.isfinite(y)).sum()),
           "rule": RULES.get(method, "undefined samples are left out")}  # fmt: skip
    return pd.DataFrame([row])


def ranking(indices: pd.DataFrame) -> pd.DataFrame:
    """Parameters by the method's main index over the horizon, largest first, outcome by outcome.

    ``tied`` where the interval overlaps that of the parameter before; ``stands_out`` where the
    interval lies above what the method says of no influence: zero, the dummy's interval, or what
    chance alone would give (Morris).
    """
    kinds = set(indices["index"])
    main = next(one for one in ("total", "mu_star", "pawn", "delta", "regional", "first")
                if one in kinds)  # fmt: skip
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


def warning_lines(
    indices: pd.DataFrame, language: str = "en", title: Callable[[str, str], str] | None = None
) -> list[str]:
    """What has not converged, in plain words, and how many samples it would take.

    ``title`` gives a parameter's title by name and language where it is not a declared one.
    """
    from cleanpark.analysis.words.studies import parameter_title

    lines = []
    horizon = indices[(indices["quarter"] == "") & (indices["parameter"] != DUMMY)]
    for (outcome, index), part in horizon.groupby(["outcome", "index"], sort=False):
        open_ones = part[~part["converged"].astype(bool)]
        if index not in MAIN.values() or open_ones.empty:
            continue
        half = (open_ones["high"] - open_ones["low"]) / 2.0
        wanted = np.maximum(RELATIVE_WIDTH * open_ones["value"].abs(), ABSOLUTE_WIDTH)
        if index == "mu_star":
            wanted = RELATIVE_WIDTH * part["value"].max()
        factor = float(((half / wanted) ** 2).max())
        names = [(title or parameter_title)(one, language) for one in open_ones["parameter"]]
        lines.append(_warning(str(outcome), str(index), names, len(part), factor, language))
    return lines


def _warning(
    outcome: str, index: str, names: Sequence[str], of: int, factor: float, language: str
) -> str:
    """One sentence on the indices of one kind that have not converged; ``of`` counts them all."""
    from cleanpark.analysis.words.studies import agreed, say
    from cleanpark.analysis.words.titles import outcome_title

    told = {"outcome": outcome_title(outcome, language), "count": len(names), "of": of,
            "indices": say(f"{index}_many", language)}  # fmt: skip
    if not np.isfinite(factor):
        verb = agreed(len(names), "is", "are")
        return say("open_undefined", language, verb=verb, **told)
    return say(
        "open",
        language,
        verb=agreed(len(names), "has", "have"),
        names=_few(names, language),
        times=2 ** int(np.ceil(np.log2(max(2.0, factor)))),
        **told,
    )


def _few(names: Sequence[str], language: str) -> str:
    """Some titles, and how many there are beside them."""
    from cleanpark.analysis.words.studies import listed, say

    if len(names) <= MOST_NAMED:
        return listed(names, language)
    first = list(names[: MOST_NAMED - 1])
    if language == "zh":
        return f"{listed(first, language)}等"
    return listed([*first, say("others", language, count=len(names) - len(first))], language)
