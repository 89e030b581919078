"""Variance-based indices (Sobol): the design of Saltelli, first and total order, and pairs.

The outcome is read seed by seed. Under common random numbers a seed's chance is the same for all
rows, so products of different seeds hold what parameters do and nothing of chance: from two seeds
on indices are estimated from such products alone, and are not raised by it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.sensitivity.intervals import jackknife, tables
from cleanpark.analysis.sensitivity.method import (
    FIGURES,
    Design,
    Found,
    Method,
    Observed,
    Plan,
    Values,
)
from cleanpark.analysis.sensitivity.methods.shared import FIRST, SECOND, TOTAL
from cleanpark.scenarios.errors import N_, InputError

SCRAMBLES = 8
"""Independent scramblings of the Sobol sequence among which base points take turns: how much their
estimates differ is an honest interval (Owen 1997, DOI 10.1137/S0036142994277468)."""


def sequence(dimensions: int, samples: int, seed: int, number: int = 0) -> Values:
    """A scrambled Sobol sequence; the first rows do not depend on how many are asked for."""
    from scipy.stats import qmc

    random = np.random.default_rng([seed, dimensions, number])
    source = qmc.Sobol(dimensions, scramble=True, rng=random)
    exponent = int(np.ceil(np.log2(max(1, samples))))
    table: Values = source.random_base2(exponent)[:samples]
    return table


def taking_turns(dimensions: int, samples: int, seed: int) -> Values:
    """Points of eight independently scrambled Sobol sequences in turn."""
    each = -(-samples // SCRAMBLES)
    parts = [sequence(dimensions, each, seed, number) for number in range(SCRAMBLES)]
    return np.stack(parts, axis=1).reshape(-1, dimensions)[:samples]


def saltelli(plan: Plan) -> Values:
    """Rows by base point: A, A with each B column, (B with each A column,) B."""
    base = taking_turns(2 * plan.factors, plan.samples, plan.seed)
    first, second = base[:, : plan.factors], base[:, plan.factors :]
    blocks = [first, *[_with(first, second, columns) for columns in plan.moved]]
    if plan.second_order:
        blocks += [_with(second, first, columns) for columns in plan.moved]
    blocks.append(second)
    return np.stack(blocks, axis=1).reshape(-1, plan.factors)


def _with(table: Values, other: Values, columns: list[int]) -> Values:
    changed = table.copy()
    changed[:, columns] = other[:, columns]
    return changed


def block(moved: int, second_order: bool) -> int:
    """Rows around a base point."""
    return 2 * moved + 2 if second_order else moved + 2


def powers_of_two(samples: int) -> None:
    """Refuse other numbers of samples."""
    if samples & (samples - 1):
        below = 1 << (samples.bit_length() - 1)
        raise InputError(
            "samples = {samples}: a Sobol sequence is balanced at powers of two; "
            "choose {below} or {above}",
            samples=samples,
            below=below,
            above=2 * below,
        )


def check_order(design: Design) -> None:
    """Refuse rows in another order than :func:`saltelli` makes them."""
    blocks = design.blocks(design.unit)
    for number, columns in enumerate(design.moved):
        others = [k for k in range(design.unit.shape[1]) if k not in columns]
        same = np.array_equal(blocks[:, 1 + number][:, others], blocks[:, 0][:, others])
        if not same or not np.array_equal(blocks[:, 1 + number, columns], blocks[:, -1, columns]):
            raise InputError("samples are not in the order of a Sobol design")


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


def estimate(seen: Observed) -> list[list[Found]]:
    """Indices from what is defined; the parts of the design are its scramblings."""
    parts = (np.arange(len(seen.kept)) % SCRAMBLES)[seen.kept]
    design = seen.design
    return sobol_estimates(seen.by_seed, parts, design.names, design.second_order, seen.over_seeds)


SOBOL = Method(
    "sobol",
    N_("Variance-based sensitivity (Sobol)"),
    "Variance-based indices: first and total order, with ``second_order=True`` pairs too.\n\n"
    "``samples`` is a power of two; the model runs samples times (parameters + 2) times seeds, or "
    "(2 parameters + 2) with second order (Saltelli et al. 2010, DOI 10.1016/j.cpc.2009.09.018).",
    estimate,
    (TOTAL, FIRST, SECOND),
    ("total", "first"),
    saltelli,
    least=8,
    block=block,
    check_samples=powers_of_two,
    check_order=check_order,
    figures=(*FIGURES, "interactions"),
    rows_told="base_samples",
    undefined="blocks of base points with an undefined sample are left out",
    groups=True,
    pairs=True,
    by_seed=True,
    by_seed_over_time=True,
    at_once=True,
)
