"""Screening by elementary effects (Morris 1991, DOI 10.1080/00401706.1991.10484804)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from cleanpark.analysis.sensitivity.intervals import jackknife, tables
from cleanpark.analysis.sensitivity.method import (
    FIGURES,
    Design,
    Found,
    Index,
    Method,
    Observed,
    Plan,
    Values,
)
from cleanpark.scenarios.errors import N_, InputError

LEVELS = 4
"""Levels of Morris's grid; a step is two thirds of the range (Morris 1991)."""
STEP = LEVELS / (2.0 * (LEVELS - 1))


def trajectories(plan: Plan) -> Values:
    """Walks over the grid, each of them its own, whatever their number."""
    return np.concatenate([_trajectory(plan, number) for number in range(plan.samples)])


def _trajectory(plan: Plan, number: int) -> Values:
    """A walk over the grid that moves each group once, in an order of its own: a choice moves
    from any of what it chooses from to any other."""
    choices = plan.choices
    random = np.random.default_rng([plan.seed, number])
    point = random.integers(0, LEVELS, len(choices)) / (LEVELS - 1)
    some = np.flatnonzero(choices)
    point[some] = (random.integers(0, choices[some]) + 0.5) / choices[some]
    rows = [point]
    for group in random.permutation(len(plan.moved)):
        point = point.copy()
        columns = np.asarray(plan.moved[group])
        up = point[columns] + STEP <= 1.0 + 1e-9
        stepped = np.where(up, point[columns] + STEP, point[columns] - STEP)
        count = choices[columns]
        other = random.integers(1, np.maximum(2, count)) / np.maximum(1, count)
        point[columns] = np.where(count > 0, (point[columns] + other) % 1.0, stepped)
        rows.append(point)
    return np.clip(np.array(rows), 0.0, 1.0)


def block(moved: int, second_order: bool) -> int:
    """Rows of a trajectory."""
    return moved + 1


def check_order(design: Design) -> None:
    """Refuse rows of which not each moves one group, each group once."""
    moves = np.abs(np.diff(design.blocks(design.unit), axis=1)) > 1e-9
    by_group = np.stack([moves[:, :, columns].any(axis=2) for columns in design.moved], axis=2)
    if not ((by_group.sum(axis=2) == 1).all() and (by_group.sum(axis=1) == 1).all()):
        raise InputError("samples are not in the order of a Morris design")


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


def estimate(seen: Observed) -> list[list[Found]]:
    """Effects from the trajectories that are defined."""
    design = seen.design
    steps = np.diff(design.blocks(design.unit), axis=1)
    if design.moves is not None:
        steps = design.blocks(design.moves)[:, 1:]
    return morris_estimates(list(seen.by_seed), steps[seen.kept], design.names, design.moved)


MORRIS = Method(
    "morris",
    N_("Screening (Morris)"),
    "Screening by elementary effects: samples trajectories of (parameters + 1) runs.",
    estimate,
    (
        Index(
            "mu_star",
            N_("mean absolute effect (μ*)"),
            N_("mean absolute effects (μ*)"),
            in_unit=True,
        ),
        Index(
            "mu",
            N_("mean effect (μ)"),
            N_("mean effects (μ)"),
            in_unit=True,
        ),
        Index(
            "sigma",
            N_("spread of effects (σ)"),
            N_("spreads of effects (σ)"),
            in_unit=True,
        ),
    ),
    ("mu_star",),
    trajectories,
    least=8,
    block=block,
    check_order=check_order,
    figures=("morris_plane", *FIGURES),
    rows_told="trajectories",
    undefined="trajectories with an undefined sample are left out",
    groups=True,
    by_seed=True,
    at_once=True,
    own_variance=True,
)
