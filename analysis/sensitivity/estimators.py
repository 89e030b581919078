"""Estimators of sensitivity indices, each with its 95 % interval.

Sobol and Morris read an outcome seed by seed. Under common random numbers a seed's chance is the
same for all rows, so products of different seeds hold what parameters do and nothing of chance:
from two seeds on, variance-based indices are estimated from such products alone, and are not
raised by it. Intervals are by the jackknife (Efron and Stein 1981, DOI 10.1214/aos/1176345462):
over the independent parts of the design and, from three seeds on, over seeds.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.sensitivity.sampling import STEP

Values = NDArray[np.float64]
Found = tuple[str, str, float, float, float]
"""Parameter, index, value, low, high."""
SLICES = 10
"""Intervals into which PAWN cuts a parameter's range."""
TAIL = 0.1
"""Share of samples that regional analysis takes as the worst tail."""
MOST_ALIKE = 0.05
"""Share of samples with one and the same outcome above which there is no density to compare."""
DUMMY = "(dummy)"
"""Name of the row that says what an index is for inputs without influence: methods that read any
data see influence in every finite sample. Only what lies above the upper bound stands out."""
DUMMIES = 10


def student(freedom: int) -> float:
    """Quantile of Student's t for a two-sided 95 % interval."""
    from scipy.stats import t

    return float(t.ppf(0.975, freedom))


def jackknife(deleted: Values) -> Values:
    """Squared half width of the 95 % interval from estimates with one part left out each.

    Shape (parts, ...) to (...).
    """
    parts = len(deleted)
    spread = ((deleted - deleted.mean(axis=0)) ** 2).sum(axis=0)
    return np.asarray(student(parts - 1) ** 2 * (parts - 1) / parts * spread)


def bounds(values: Values) -> tuple[float, float, float]:
    """Value, low and high from the sample's value and those of its resamples."""
    if not np.isfinite(values[0]):
        return np.nan, np.nan, np.nan
    if len(values) < 3:
        return float(values[0]), np.nan, np.nan
    half = 1.959963984540054 * float(np.nanstd(values[1:], ddof=1))
    return float(values[0]), float(values[0] - half), float(values[0] + half)


def tables(labels: Sequence[tuple[str, str]], value: Values, square: Values) -> list[list[Found]]:
    """Rows of each series; ``value`` and squared half widths have shape (labels, series)."""
    half = np.sqrt(square)
    return [
        [
            (name, index, float(value[k, s]), float(value[k, s] - half[k, s]),
             float(value[k, s] + half[k, s]))
            for k, (name, index) in enumerate(labels)
        ]
        for s in range(value.shape[1])
    ]  # fmt: skip


def sobol_products(blocks: Values, moved: int, second_order: bool) -> Values:
    """The products whose means make the indices, (base points, products, series), from blocks
    (base points, rows, series)."""
    a, ab, b = blocks[:, 0], blocks[:, 1 : 1 + moved], blocks[:, -1]
    parts = [
        np.stack([a * a, b * b], axis=1),
        b[:, None] * (ab - a[:, None]),
        0.5 * (a[:, None] - ab) ** 2,
    ]
    if second_order:
        ba = blocks[:, 1 + moved : 1 + 2 * moved]
        pairs = itertools.combinations(range(moved), 2)
        parts += [(ba[:, j] * ab[:, k] - a * b)[:, None] for j, k in pairs]
    return np.concatenate(parts, axis=1)


def sobol_indices(means: Values, centre: Values, moved: int) -> Values:
    """First, total and second order, (indices, series), from mean products (products, series);
    ``centre`` is the squared mean of the outcome.

    First order of Saltelli et al. 2010 (DOI 10.1016/j.cpc.2009.09.018), total of Jansen 1999
    (DOI 10.1016/S0010-4655(98)00154-4), as in SALib. Undefined where parameters explain nothing.
    """
    variance = 0.5 * (means[0] + means[1]) - centre
    scale = np.where(variance > 0.0, variance, np.nan)
    first = means[2 : 2 + moved] / scale
    total = means[2 + moved : 2 + 2 * moved] / scale
    pairs = means[2 + 2 * moved :] / scale
    if len(pairs):
        one, two = np.triu_indices(moved, 1)
        pairs = pairs - first[one] - first[two]
    return np.concatenate([first, total, pairs])


def across(total: Values, squares: Values, seeds: int) -> Values:
    """Mean product of two different seeds, from the product of sums and the sum of products; of
    one seed its own."""
    return (total - squares) / (seeds * (seeds - 1)) if seeds > 1 else squares


class SobolSums:
    """What the indices of a study are made from: sums of products by part of the design."""

    def __init__(self, parts: NDArray[np.int64], moved: int, second_order: bool) -> None:
        """``parts`` numbers the independent part of the design that a base point belongs to."""
        self.numbers = np.unique(parts)
        self.inside = [parts == number for number in self.numbers]
        self.counts = np.array([part.sum() for part in self.inside], dtype=float)
        self.moved, self.second_order = moved, second_order

    def products(self, blocks: Values) -> Values:
        """Sums of products by part, (parts, products, series)."""
        found = sobol_products(blocks, self.moved, self.second_order)
        return np.stack([found[part].sum(axis=0) for part in self.inside])

    def lines(self, blocks: Values) -> Values:
        """Sums of the outcome by part, (parts, series)."""
        middle = 0.5 * (blocks[:, 0] + blocks[:, -1])
        return np.stack([middle[part].sum(axis=0) for part in self.inside])

    def indices(self, products: Values, lines: Values, used: NDArray[np.bool_]) -> Values:
        """Indices from some parts; ``products`` across seeds, ``lines`` (seeds, parts, series)."""
        count = self.counts[used].sum()
        means = lines[:, used].sum(axis=1) / count
        centre = across(means.sum(axis=0) ** 2, (means**2).sum(axis=0), len(means))
        return sobol_indices(products[used].sum(axis=0) / count, centre, self.moved)


def sobol_estimates(
    by_seed: Iterable[Values],
    parts: NDArray[np.int64],
    names: Sequence[str],
    second_order: bool = False,
    over_seeds: bool = True,
) -> list[list[Found]]:
    """Indices of several series at once: a list for each.

    ``by_seed`` gives blocks (base points, rows, series) of each seed, and is gone through again
    where the interval is to hold seeds too.
    """
    moved = len(names)
    sums = SobolSums(parts, moved, second_order)
    whole = np.ones(len(sums.numbers), dtype=bool)
    together: Any = 0.0
    squares: Any = 0.0
    lines = []
    for blocks in map(centred, by_seed):
        together = together + blocks
        squares = squares + sums.products(blocks)
        lines.append(sums.lines(blocks))
    outline = np.stack(lines)
    seeds = len(lines)
    products = across(sums.products(together), squares, seeds)
    value = sums.indices(products, outline, whole)
    left_out = [sums.indices(products, outline, sums.numbers != one) for one in sums.numbers]
    square = jackknife(np.stack(left_out))
    if over_seeds and seeds > 2:
        deleted = []
        for number, blocks in enumerate(map(centred, by_seed)):
            others = across(
                sums.products(together - blocks), squares - sums.products(blocks), seeds - 1
            )
            deleted.append(sums.indices(others, np.delete(outline, number, axis=0), whole))
        square = square + jackknife(np.stack(deleted))
    return tables(sobol_labels(names, second_order), value, square)


def centred(blocks: Values) -> Values:
    """A seed's outcome about its own mean: what is common to all rows is chance."""
    return blocks - blocks.mean(axis=(0, 1))


def sobol_labels(names: Sequence[str], second_order: bool) -> list[tuple[str, str]]:
    """Name and kind of each index, in the order of the estimates."""
    found = [(name, kind) for kind in ("first", "total") for name in names]
    if second_order:
        found += [(f"{one} × {two}", "second") for one, two in itertools.combinations(names, 2)]
    return found


def morris_estimates(
    by_seed: Sequence[Values],
    moves: Values,
    names: Sequence[str],
    moved: Sequence[Sequence[int]],
) -> list[list[Found]]:
    """Elementary effects per whole range: mu_star, of single factors also mu and sigma; and
    ``chance``, the mu_star that chance alone would give (undefined with one seed).

    ``by_seed`` holds blocks (trajectories, rows, series) of each seed; ``moves`` (trajectories,
    steps, factors) how far each factor moved, as a share of its range.
    """
    changes = [np.diff(blocks, axis=1) for blocks in by_seed]
    found: list[list[Found]] = [[] for _ in range(changes[0].shape[2])]
    for name, columns in zip(names, moved, strict=True):
        place = np.abs(moves[:, :, columns[0]]).argmax(axis=1)
        rows = np.arange(len(place))
        size = moves[rows, place, columns[0]] if len(columns) == 1 else np.full(len(place), STEP)
        effects = np.stack([one[rows, place] / size[:, None] for one in changes])
        labels = [(name, index) for index in ("mu_star", "mu", "sigma")[: 3 if len(columns) == 1
                                                                         else 1]]  # fmt: skip
        value = effect_measures(effects.mean(axis=0))[: len(labels)]
        square = effect_squares(effects)[: len(labels)]
        for series, table in enumerate(tables(labels, value, square)):
            chance = float(chance_effect(effects)[series])
            found[series] += [*table, (name, "chance", chance, chance, chance)]
    return found


def effect_measures(effects: Values) -> Values:
    """mu_star, mu and sigma, (3, series), of effects (trajectories, series)."""
    sigma = effects.std(axis=0, ddof=1) if len(effects) > 1 else np.zeros(effects.shape[1])
    return np.stack([np.abs(effects).mean(axis=0), effects.mean(axis=0), sigma])


def effect_squares(effects: Values) -> Values:
    """Squared half widths of the measures; effects (seeds, trajectories, series)."""
    mean, (seeds, count) = effects.mean(axis=0), effects.shape[:2]
    left_out = [effect_measures(np.delete(mean, one, axis=0)) for one in range(count)]
    square = jackknife(np.stack(left_out))
    if seeds > 2:
        others = [effect_measures((seeds * mean - one) / (seeds - 1)) for one in effects]
        square = square + jackknife(np.stack(others))
    return square


def chance_effect(effects: Values) -> Values:
    """Mean absolute effect that chance alone would give: of a normal deviation with the standard
    error between seeds."""
    seeds = len(effects)
    if seeds < 2:
        return np.full(effects.shape[2], np.nan)
    error = effects.std(axis=0, ddof=1) / math.sqrt(seeds)
    return np.asarray(math.sqrt(2.0 / math.pi) * error.mean(axis=0))


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
    """Distance of each parameter's distribution in the outcome's upper tail from the rest (Spear
    and Hornberger 1980, DOI 10.1016/0043-1354(80)90040-8)."""
    bound = np.quantile(y, 1.0 - TAIL)
    tail = y >= bound
    if tail.mean() > 2.0 * TAIL:  # many share the bound, such as a share of 0
        tail = y > bound
    if not tail.any() or tail.all():
        return np.full(unit.shape[1], np.nan)
    return np.array([distance_between(one[tail], np.sort(one[~tail])) for one in unit.T])


def distance_estimates(
    method: str, unit: Values, y: Values, names: Sequence[str], resamples: int, seed: int
) -> list[Found]:
    """PAWN or regional indices with bootstrap intervals, and the dummy's."""
    distance = pawn_distances if method == "pawn" else tail_distances
    random = np.random.default_rng([seed, len(y)])
    dummies = random.random((len(y), DUMMIES))
    draws = [np.arange(len(y))]
    draws += [random.integers(0, len(y), len(y)) for _ in range(resamples)]
    values = np.array([distance(unit[rows], y[rows]) for rows in draws])
    found = [(name, method, *bounds(values[:, k])) for k, name in enumerate(names)]
    return [*found, no_influence(method, distance(dummies, y))]


def no_influence(index: str, values: Values) -> Found:
    """The dummy's row: what the index is for inputs without influence, mean and 95 % of it."""
    return (DUMMY, index, *bounds(np.concatenate([[values.mean()], values])))


def delta_estimates(
    unit: Values, y: Values, names: Sequence[str], resamples: int, seed: int
) -> list[Found]:
    """Delta (Borgonovo 2007, DOI 10.1016/j.ress.2006.04.015) and first order from classes.

    Undefined where many outcomes are equal: there is no density to compare. The estimates are
    SALib's; their bias is taken off by equation 30 of Plischke, Borgonovo and Smith 2013 (DOI
    10.1016/j.ejor.2012.11.047), which SALib 1.6 applies to a resample instead of the sample.
    """
    from SALib.analyze.delta import sobol_first

    labels = [*names, *[DUMMY] * DUMMIES]
    random = np.random.default_rng([seed, len(y)])
    columns = np.column_stack([unit, random.random((len(y), DUMMIES))])
    edges, grid = delta_classes(len(y)), np.linspace(y.min(), y.max(), 100)
    draws = random.integers(0, len(y), (resamples, len(y)))
    found = []
    for index, measure in (
        ("delta", lambda out, one: delta_distance(out, one, edges, grid)),
        ("first", lambda out, one: sobol_first(out, one, edges)),
    ):
        if index == "delta" and has_atoms(y):
            found += [(name, index, np.nan, np.nan, np.nan) for name in [*names, DUMMY]]
            continue
        values = [reduced(measure, y, one, draws) for one in columns.T]
        found += [(name, index, *bounds(one)) for name, one in zip(names, values)]
        idle = [one[0] for name, one in zip(labels, values) if name == DUMMY]
        found.append(no_influence(index, np.array(idle)))
    return found


def delta_classes(rows: int) -> Values:
    """Bounds, in ranks, of the classes into which a parameter's values are put, as in SALib."""
    exponent = 2.0 / (7.0 + math.tanh((1500.0 - rows) / 500.0))
    return np.linspace(0, rows, round(min(math.ceil(rows**exponent), 48)) + 1)


def density(y: Values, grid: Values) -> Values:
    """Kernel estimate of a density, Gaussian with Silverman's width, as scipy's gaussian_kde."""
    width = y.std(ddof=1) * (0.75 * len(y)) ** -0.2
    heights = np.exp(-0.5 * ((grid[:, None] - y) / width) ** 2)
    return np.asarray(heights.sum(axis=1) / (len(y) * width * math.sqrt(2.0 * math.pi)))


def delta_distance(y: Values, column: Values, edges: Values, grid: Values) -> float:
    """Half the area between the outcome's density and that in each class of a parameter, averaged
    over classes (Plischke et al. 2013, equation 26)."""
    ordered = y[np.argsort(column, kind="stable")]
    whole, found = density(y, grid), 0.0
    for first, end in itertools.pairwise(np.floor(edges).astype(int)):
        part = ordered[first:end]
        if len(part) > 1 and np.ptp(part) > 0.0:
            gap = np.abs(whole - density(part, grid))
            found += len(part) / (2.0 * len(y)) * float(np.trapezoid(gap, grid))
    return found


def has_atoms(y: Values) -> bool:
    """Whether too many outcomes are one and the same."""
    return bool(np.unique(y, return_counts=True)[1].max() > MOST_ALIKE * len(y))


def reduced(
    measure: Callable[[Values, Values], float], y: Values, column: Values, draws: NDArray[np.int64]
) -> Values:
    """A measure less its bias by bootstrap, and the same for each resample."""
    value = measure(y, column)
    resampled = np.array([measure(y[rows], column[rows]) for rows in draws])
    return np.concatenate([[2.0 * value - resampled.mean()], 2.0 * value - resampled])


def fast_estimates(
    unit: Values, y: Values, names: Sequence[str], resamples: int, seed: int
) -> list[Found]:
    """First order by random balance designs (RBD-FAST), as SALib computes it."""
    from SALib.analyze import rbd_fast

    random = np.random.default_rng([seed, len(y)])
    columns = np.column_stack([unit, random.random((len(y), DUMMIES))])
    labels = [f"x{k}" for k in range(columns.shape[1])]  # SALib refuses some names
    problem = {"num_vars": len(labels), "names": labels, "bounds": [[0.0, 1.0]] * len(labels)}
    with np.errstate(all="ignore"):
        got = rbd_fast.analyze(problem, columns, y, num_resamples=resamples, seed=seed + 1)
    value = np.array(got["S1"])
    half = np.array(got["S1_conf"]) * math.sqrt(0.5)  # SALib's resamples have half of the rows
    found: list[Found] = [
        (name, "first", float(value[k]), float(value[k] - half[k]), float(value[k] + half[k]))
        for k, name in enumerate(names)
    ]
    return [*found, no_influence("first", value[len(names) :])]
