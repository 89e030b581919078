"""Sensitivity indices with intervals, by SALib, with its pitfalls kept away from the reader.

Rules, the same for every outcome:

- A sample's value is the mean over the seeds that define it; it is undefined when none does. A
  failed run is undefined.
- Undefined values are never zero. Sobol drops the whole block of a base point, Morris the whole
  trajectory, the other methods the row. With fewer than half of the blocks, or fewer than 8,
  indices are undefined (NaN).
- The indices of an outcome that does not vary are undefined.
- Intervals are 95 %, from bootstrap over blocks. An index has converged when its half width is at
  most 10 % of its value (the advice of SALib's maintainers) or 0.02; Morris: 10 % of the largest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.sampling import STEP, block_rows, membership_of
from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Values = NDArray[np.float64]
RELATIVE_WIDTH = 0.10
ABSOLUTE_WIDTH = 0.02
LEAST_BLOCKS = 8
LEAST_ROWS = 32
"""Base samples, and rows of methods that take any rows, below which nothing is estimated: fewer
rows do not fill the bins and harmonics that those methods look at."""
RESAMPLES = 200
SLICES = 10
"""Intervals into which PAWN cuts a parameter's range."""
TAIL = 0.1
"""Share of samples that regional analysis takes as the upper tail."""
DUMMY = "(dummy)"
MOST_NAMED = 5
"""Parameters that a warning names; more are counted."""
MAIN = {"sobol": "total", "morris": "mu_star", "pawn": "pawn", "delta": "delta", "fast": "first",
        "regional": "regional"}  # fmt: skip
RULES = {
    "sobol": "blocks of base points with an undefined sample are left out",
    "morris": "trajectories with an undefined sample are left out",
}


def mean_over_seeds(y: Values) -> Values:
    """Mean over the seeds that define a sample; NaN where none does."""
    table = y[:, None] if y.ndim == 1 else y
    defined = np.isfinite(table)
    count = defined.sum(axis=1)
    total = np.where(defined, table, 0.0).sum(axis=1)
    return np.divide(total, count, out=np.full(len(table), np.nan), where=count > 0)


def check_design(method: str, unit: Values, y: Values, moved: list[list[int]], rows: int) -> None:
    """Refuse outputs of another length, and rows in another order than the method's."""
    if len(unit) != len(y):
        raise InputError(f"{len(y):,} outputs for {len(unit):,} samples: give one per sample")
    if len(unit) % rows:
        raise InputError(f"{len(unit):,} samples are no whole number of blocks of {rows}")
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


def analyse(
    method: str,
    unit: Values,
    y: Values,
    names: Sequence[str],
    outcome: str = "y",
    quarter: str = "",
    second_order: bool = False,
    groups: Sequence[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Indices of one outcome: outcome, quarter, parameter, index, value, low, high, converged.

    ``unit`` is the method's design, shape (samples, factors); ``y`` the outcome, (samples, seeds)
    or (samples,); ``names`` the factors, or the groups. Raises InputError where outputs and design
    do not belong together.
    """
    moved = membership_of(unit.shape[1], groups)
    rows = block_rows(method, len(moved), second_order)
    check_design(method, unit, y, moved, rows)
    blocks, kept = defined_blocks(mean_over_seeds(y), rows)
    found: list[tuple[str, str, float, float, float]] = []
    if enough(blocks, kept):
        parts = unit.reshape(-1, rows, unit.shape[1])[kept]
        found = estimates(method, parts, blocks[kept], names, moved, second_order, resamples, seed)
    else:
        found = [(name, MAIN[method], np.nan, np.nan, np.nan) for name in names]
    return table_of(method, found, outcome, quarter)


def defined_blocks(y: Values, rows: int) -> tuple[Values, NDArray[np.bool_]]:
    """Outputs by block, and which blocks are wholly defined."""
    blocks = y.reshape(-1, rows)
    return blocks, np.isfinite(blocks).all(axis=1)


def enough(blocks: Values, kept: NDArray[np.bool_]) -> bool:
    """Whether what is defined can be analysed, and varies at all."""
    count = int(kept.sum())
    if count < min(LEAST_BLOCKS, len(blocks)) or count < 0.5 * len(blocks):
        return False
    used = blocks[kept]
    return bool(np.ptp(used) > 1e-12 * max(1e-300, float(np.abs(used).max())))


def estimates(
    method: str,
    parts: Values,
    blocks: Values,
    names: Sequence[str],
    moved: list[list[int]],
    second_order: bool,
    resamples: int,
    seed: int,
) -> list[tuple[str, str, float, float, float]]:
    """(parameter, index, value, low, high) of every index of the method."""
    if method == "sobol":
        return sobol_estimates(blocks[:, :, None], names, second_order, resamples, seed)[0]
    if method == "morris":
        return morris_estimates(parts, blocks[:, :, None], names, moved, resamples, seed)[0]
    return given_data(method, parts[:, 0], blocks[:, 0], names, resamples, seed)


def table_of(
    method: str, found: Sequence[tuple[str, str, float, float, float]], outcome: str, quarter: str
) -> pd.DataFrame:
    """The rows as a tidy frame, each with whether its interval is narrow enough."""
    import pandas as pd

    frame = pd.DataFrame(found, columns=["parameter", "index", "value", "low", "high"])
    scale = frame["value"].abs().to_numpy(dtype=float)
    floor = ABSOLUTE_WIDTH
    if method == "morris":
        largest = frame.loc[frame["index"] == "mu_star", "value"].max()
        scale, floor = np.full(len(frame), largest), 0.0
    half = (frame["high"] - frame["low"]).to_numpy(dtype=float) / 2.0
    with np.errstate(invalid="ignore"):
        frame["converged"] = half <= np.maximum(RELATIVE_WIDTH * scale, floor)
    frame.insert(0, "quarter", quarter)
    frame.insert(0, "outcome", outcome)
    return frame


def weights(blocks: int, resamples: int, seed: int) -> Values:
    """How often each block is drawn in each bootstrap resample; the first row is the sample."""
    random = np.random.default_rng([seed, blocks])
    drawn = random.multinomial(blocks, np.full(blocks, 1.0 / blocks), size=resamples)
    return np.concatenate([np.ones((1, blocks)), drawn.astype(float)])


def sobol_estimates(
    blocks: Values, names: Sequence[str], second_order: bool, resamples: int, seed: int
) -> list[list[tuple[str, str, float, float, float]]]:
    """First, total (and second) order of several series at once; blocks (base, rows, series).

    The estimators of SALib: first order of Saltelli et al. 2010 (DOI 10.1016/j.cpc.2009.09.018),
    total of Jansen 1999 (DOI 10.1016/S0010-4655(98)00154-4).
    """
    count, _, series = blocks.shape
    moved = len(names)
    spread = blocks.reshape(-1, series).std(axis=0)
    blocks = (blocks - blocks.reshape(-1, series).mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    a, ab, b = blocks[:, 0], blocks[:, 1 : 1 + moved], blocks[:, -1]
    chosen = weights(count, resamples, seed) / count

    def mean(values: Values) -> Values:
        flat = chosen @ values.reshape(count, -1)
        return flat.reshape(len(chosen), *values.shape[1:])

    centre = 0.5 * (mean(a) + mean(b))
    variance = 0.5 * (mean(a * a) + mean(b * b)) - centre * centre
    with np.errstate(divide="ignore", invalid="ignore"):
        first = mean(b[:, None] * (ab - a[:, None])) / variance[:, None]
        total = 0.5 * mean((a[:, None] - ab) ** 2) / variance[:, None]
        indices = {("first", name): first[:, k] for k, name in enumerate(names)}
        indices |= {("total", name): total[:, k] for k, name in enumerate(names)}
        if second_order:
            ba = blocks[:, 1 + moved : 1 + 2 * moved]
            for j in range(moved):
                for k in range(j + 1, moved):
                    both = mean(ba[:, j] * ab[:, k] - a * b) / variance
                    pair = f"{names[j]} × {names[k]}"
                    indices["second", pair] = both - first[:, j] - first[:, k]
    return [
        [(name, index, *bounds(values[:, place])) for (index, name), values in indices.items()]
        for place in range(series)
    ]


def bounds(values: Values) -> tuple[float, float, float]:
    """Value, low and high from the sample's value and those of the resamples."""
    if not np.isfinite(values[0]):
        return np.nan, np.nan, np.nan
    if len(values) < 3:
        return float(values[0]), np.nan, np.nan
    half = 1.959963984540054 * float(np.nanstd(values[1:], ddof=1))
    return float(values[0]), float(values[0] - half), float(values[0] + half)


def morris_estimates(
    parts: Values,
    blocks: Values,
    names: Sequence[str],
    moved: list[list[int]],
    resamples: int,
    seed: int,
) -> list[list[tuple[str, str, float, float, float]]]:
    """mu_star, mu and sigma of the elementary effects, per whole range of each factor."""
    count, _, series = blocks.shape
    steps = np.diff(parts, axis=1)
    changes = np.diff(blocks, axis=1)
    chosen = weights(count, resamples, seed) / count
    tables: list[list[tuple[str, str, float, float, float]]] = [[] for _ in range(series)]
    for name, columns in zip(names, moved, strict=True):
        place = np.abs(steps[:, :, columns[0]]).argmax(axis=1)
        sign = np.sign(steps[np.arange(count), place, columns[0]])
        effect = changes[np.arange(count), place] / (sign * STEP)[:, None]
        mu, star = chosen @ effect, chosen @ np.abs(effect)
        spread = chosen @ (effect - mu[0]) ** 2 - (mu - mu[0]) ** 2
        sigma = np.sqrt(np.maximum(0.0, spread * count / max(1, count - 1)))
        for number in range(series):
            for index, values in (("mu_star", star), ("mu", mu), ("sigma", sigma)):
                tables[number].append((name, index, *bounds(values[:, number])))
    return tables


def given_data(
    method: str, unit: Values, y: Values, names: Sequence[str], resamples: int, seed: int
) -> list[tuple[str, str, float, float, float]]:
    """Indices of methods that need no design of their own: PAWN, delta, RBD-FAST, regional."""
    scaled = (y - y.mean()) / y.std()
    random = np.random.default_rng([seed, len(y)])
    if method in ("pawn", "regional"):
        distance = pawn_distances if method == "pawn" else tail_distances
        table = np.column_stack([unit, random.random(len(y))]) if method == "pawn" else unit
        labels = [*names, DUMMY] if method == "pawn" else list(names)
        draws = [np.arange(len(y))]
        draws += [random.integers(0, len(y), len(y)) for _ in range(min(resamples, 50))]
        values = np.array([distance(table[rows], scaled[rows]) for rows in draws])
        return [(name, method, *bounds(values[:, k])) for k, name in enumerate(labels)]
    return salib_given_data(method, unit, scaled, names, min(resamples, 50), seed)


def distance_between(inside: Values, everyone: Values) -> float:
    """Kolmogorov-Smirnov distance of two samples; ``everyone`` is sorted."""
    inside = np.sort(inside)
    points = np.concatenate([inside, everyone])
    one = np.searchsorted(inside, points, side="right") / len(inside)
    other = np.searchsorted(everyone, points, side="right") / len(everyone)
    return float(np.abs(one - other).max())


def pawn_distances(unit: Values, y: Values) -> Values:
    """PAWN (Pianosi and Wagener 2015, DOI 10.1016/j.envsoft.2015.01.004): the median over slices
    of a parameter's range of the distance between the outcome's distributions there and overall."""
    everyone = np.sort(y)
    slices = np.minimum((unit * SLICES).astype(int), SLICES - 1)
    found = []
    for column in slices.T:
        parts = [y[column == k] for k in range(SLICES)]
        found.append(np.median([distance_between(one, everyone) for one in parts if len(one)]))
    return np.array(found)


def tail_distances(unit: Values, y: Values) -> Values:
    """Distance of each parameter's distribution in the outcome's upper tail from the rest."""
    bound = np.quantile(y, 1.0 - TAIL)
    tail = y >= bound
    if tail.all():
        return np.full(unit.shape[1], np.nan)
    return np.array([distance_between(one[tail], np.sort(one[~tail])) for one in unit.T])


def salib_given_data(
    method: str, unit: Values, y: Values, names: Sequence[str], resamples: int, seed: int
) -> list[tuple[str, str, float, float, float]]:
    """Delta and RBD-FAST as SALib computes them."""
    import warnings

    from SALib.analyze import delta, rbd_fast

    count = len(names)
    problem = {"num_vars": count, "names": list(names), "bounds": [[0.0, 1.0]] * count}
    resamples = max(2, resamples)
    # A resample of few rows may be constant: its index is undefined, and so is the interval.
    # SALib resets the filters and the format of warnings: recorded, they reach no user.
    formatted = warnings.formatwarning
    with warnings.catch_warnings(record=True), np.errstate(all="ignore"):
        state = np.random.get_state()  # noqa: NPY002 - SALib draws from the global generator
        np.random.seed(seed % 2**32)  # noqa: NPY002
        try:
            pairs: tuple[tuple[str, str], ...] = (("first", "S1"),)
            if method == "delta":
                got: Any = delta.analyze(problem, unit, y, num_resamples=resamples)
                pairs = (("delta", "delta_balanced"), ("first", "S1"))
            else:
                got = rbd_fast.analyze(problem, unit, y, num_resamples=resamples)
        finally:
            np.random.set_state(state)  # noqa: NPY002
            warnings.formatwarning = formatted
    found = []
    for index, key in pairs:
        for k, name in enumerate(names):
            value, half = float(got[key][k]), float(got[f"{key}_conf"][k])
            found.append((name, index, value, value - half, value + half))
    return found


def analyse_over_time(
    method: str,
    unit: Values,
    series: Values,
    names: Sequence[str],
    outcome: str,
    labels: Sequence[str],
    second_order: bool = False,
    groups: Sequence[str] | None = None,
    resamples: int = 100,
) -> pd.DataFrame:
    """Indices of every quarter; ``series`` (samples, quarters), means over seeds."""
    import pandas as pd

    if method not in ("sobol", "morris"):
        few = min(resamples, 10)
        frames = [
            analyse(method, unit, series[:, k], names, outcome, label, resamples=few)
            for k, label in enumerate(labels)
        ]
        return pd.concat(frames, ignore_index=True)
    moved = membership_of(unit.shape[1], groups)
    rows = block_rows(method, len(moved), second_order)
    blocks = series.reshape(-1, rows, len(labels))
    parts = unit.reshape(-1, rows, unit.shape[1])
    whole = np.isfinite(blocks).all(axis=(1, 2))
    if not whole.all():
        frames = [
            analyse(method, unit, series[:, k], names, outcome, label, second_order, groups, 50)
            for k, label in enumerate(labels)
        ]
        return pd.concat(frames, ignore_index=True)
    if method == "sobol":
        found = sobol_estimates(blocks, names, False, resamples, 0)
    else:
        found = morris_estimates(parts, blocks, names, moved, resamples, 0)
    flat = np.ptp(blocks.reshape(-1, len(labels)), axis=0) <= 1e-12
    frames = []
    for place, label in enumerate(labels):
        entries = found[place]
        if flat[place]:
            entries = [(name, index, np.nan, np.nan, np.nan) for name, index, *_ in entries]
        frames.append(table_of(method, entries, outcome, label))
    return pd.concat(frames, ignore_index=True)


def convergence(
    method: str,
    unit: Values,
    y: Values,
    names: Sequence[str],
    outcome: str = "y",
    second_order: bool = False,
    groups: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Indices over growing parts of the design: a sixteenth, an eighth, ... all of it."""
    import pandas as pd

    moved = membership_of(unit.shape[1], groups)
    rows = block_rows(method, len(moved), second_order)
    samples = len(unit) // rows
    seeds = y.shape[1] if y.ndim > 1 else 1
    least = LEAST_BLOCKS if method in ("sobol", "morris") else LEAST_ROWS
    parts = sorted({samples // k for k in (16, 8, 4, 2, 1) if samples // k >= least})
    frames = []
    for part in parts or [samples]:
        end = part * rows
        found = analyse(
            method, unit[:end], y[:end], names, outcome, "", False if second_order and
            method != "sobol" else second_order, groups, 100,
        )  # fmt: skip
        found = found[found["index"] == MAIN[method]].drop(columns=["quarter", "converged"])
        found.insert(3, "samples", part)
        found.insert(4, "runs", end * seeds)
        frames.append(found)
    return pd.concat(frames, ignore_index=True)


def chance_share(y: Values) -> tuple[float, float]:
    """Variance of a single run, and the share of it that is chance, by analysis of variance.

    Under common random numbers samples and seeds cross: parameters' variance is that of the
    sample effect; the seed effect and what is left are chance. Unbiased; negative parts are
    taken as zero. Undefined (NaN) with one seed. Samples with an undefined run are left out.
    """
    table = y[np.isfinite(y).all(axis=1)] if y.ndim > 1 else y[:, None]
    rows, seeds = table.shape
    if seeds < 2 or rows < 2:
        return np.nan, np.nan
    mean = table.mean()
    by_row, by_seed = table.mean(axis=1), table.mean(axis=0)
    rest = table - by_row[:, None] - by_seed[None, :] + mean
    residual = float((rest**2).sum()) / ((rows - 1) * (seeds - 1))
    parameters = max(0.0, float(by_row.var(ddof=1)) - residual / seeds)
    common = max(0.0, float(by_seed.var(ddof=1)) - residual / rows)
    whole = parameters + common + residual
    return whole, (common + residual) / whole if whole > 0 else np.nan


def chance_table(y: Values, outcome: str, resamples: int = 100, seed: int = 0) -> pd.DataFrame:
    """chance.csv of one outcome: variance, shares of parameters and of chance with an interval."""
    import pandas as pd

    table = y if y.ndim > 1 else y[:, None]
    variance, share = chance_share(table)
    random = np.random.default_rng([seed, len(table)])
    found = [share]
    if np.isfinite(share):
        for _ in range(resamples):
            found.append(chance_share(table[random.integers(0, len(table), len(table))])[1])
    value, low, high = bounds(np.array(found))
    row = {"outcome": outcome, "quarter": "", "variance": variance, "parameters": 1.0 - value,
           "chance": value, "low": max(0.0, low), "high": min(1.0, high),
           "seeds": table.shape[1]}  # fmt: skip
    return pd.DataFrame([row])


def undefined_table(
    method: str,
    unit: Values,
    y: Values,
    outcome: str,
    second_order: bool = False,
    groups: Sequence[str] | None = None,
) -> pd.DataFrame:
    """undefined.csv of one outcome: samples, undefined ones, and those left out by the rule."""
    import pandas as pd

    moved = membership_of(unit.shape[1], groups)
    rows = block_rows(method, len(moved), second_order)
    mean = mean_over_seeds(y)
    _, kept = defined_blocks(mean, rows)
    row = {"outcome": outcome, "quarter": "", "samples": len(mean),
           "undefined": int((~np.isfinite(mean)).sum()), "dropped": int((~kept).sum()) * rows,
           "rule": RULES.get(method, "undefined samples are left out")}  # fmt: skip
    return pd.DataFrame([row])


def ranking(indices: pd.DataFrame) -> pd.DataFrame:
    """Parameters by the method's main index over the horizon, largest first, outcome by outcome.

    ``tied`` where the interval overlaps that of the parameter before; ``stands_out`` where the
    interval lies above what the method says of no influence: zero, or the dummy's interval.
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
    ordered["stands_out"] = ordered["low"] > floor
    return ordered.reset_index(drop=True)


def warning_lines(
    indices: pd.DataFrame, language: str = "en", title: Callable[[str, str], str] | None = None
) -> list[str]:
    """What has not converged, in plain words, and how many samples it would take.

    ``title`` gives a parameter's title by name and language where it is not a declared one.
    """
    from cleanpark.analysis.study_wording import parameter_title

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
    from cleanpark.analysis.sensitivity import outcome_title
    from cleanpark.analysis.study_wording import agreed, say

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
    from cleanpark.analysis.study_wording import listed, say

    if len(names) <= MOST_NAMED:
        return listed(names, language)
    first = list(names[: MOST_NAMED - 1])
    if language == "zh":
        return f"{listed(first, language)}等"
    return listed([*first, say("others", language, count=len(names) - len(first))], language)
