"""Where failures lie: a box by PRIM with the limits that are no chance, and a tree by CART."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.studies.extras import load
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

DENSITY = 0.8
"""The box chosen is the one on the peeling trajectory with the largest F-score (the harmonic mean
of coverage and density) among those of at least this density, else among all. The largest coverage
alone would stop as soon as a box is this dense, with limits looser than where runs fail; the
densest box would be a handful of runs."""
QUASI_P = 0.05
"""A side of a limit with a larger quasi-p (Bryant and Lempert 2010) may be chance: it is opened
again, and the coverage and density of the box are those without it."""
LIMITS = ["box", "parameter", "low", "high", "unit", "p", "choices", "kept"]
IS = "\0is "
"""Between a choice's parameter and its name in the columns of a tree."""


def prim_box(
    table: pd.DataFrame, failed: NDArray[np.bool_], space: Space, peel_alpha: float
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The first box of PRIM as it is said, its limits, and the whole trajectory."""
    import pandas as pd

    box = peeled(table, failed, peel_alpha)
    path = box.peeling_trajectory
    step = chosen_step(path)
    trajectory = path[["id", "coverage", "density", "mass", "res_dim"]].copy()
    trajectory.columns = pd.Index(["step", "coverage", "density", "mass", "restricted"])
    trajectory.insert(0, "box", 1)
    limits = limits_table(box.box_lims[step], box.p_values[step], space)
    inside = inside_limits(table, limits, space)
    bad = int(failed[inside].sum())
    chosen = pd.DataFrame([{"box": 1, "chosen": step, "coverage": bad / failed.sum(),
                            "density": bad / inside.sum(), "mass": inside.mean(),
                            "runs": int(inside.sum())}])  # fmt: skip
    return chosen, limits, trajectory


def peeled(table: pd.DataFrame, failed: NDArray[np.bool_], peel_alpha: float) -> Any:
    """The first box of ema_workbench's PRIM with its trajectory.

    Its errors derive from BaseException, which no caller expects: they become InputError.
    """
    prim = load("ema_workbench.analysis.prim")
    own_error = load("ema_workbench.util").EMAError
    if not 0 < peel_alpha < 1:
        raise InputError(
            "peel_alpha = {peel_alpha}: a share between 0 and 1", peel_alpha=peel_alpha
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return prim.Prim(table, failed, peel_alpha=peel_alpha).find_box()
    except own_error as cause:
        raise InputError("PRIM found no box: {cause}", cause=cause) from cause


def chosen_step(path: pd.DataFrame) -> int:
    """The step of a peeling trajectory that is told of, by the rule at ``DENSITY``."""
    dense = path[path["density"] >= DENSITY]
    used = dense if len(dense) else path
    both = used["coverage"] + used["density"]
    score = 2 * used["coverage"] * used["density"] / both.where(both > 0)
    return int(used.index[int(score.fillna(0.0).to_numpy().argmax())])


def limits_table(lims: pd.DataFrame, quasi_p: Mapping[str, Any], space: Space) -> pd.DataFrame:
    """The restricted parameters, the clearest first; ``kept`` unless all their sides may be chance.

    ``quasi_p`` has the quasi-p of the lower and the upper side, -1 of an open one.
    """
    import pandas as pd

    rows = [limit_row(space.factor(str(name)), lims[name], quasi_p[name]) for name in quasi_p]
    found = pd.DataFrame(rows, columns=LIMITS)
    return found.sort_values("p", kind="stable", ignore_index=True)


def limit_row(factor: Factor, lims: Any, quasi_p: Any) -> dict[str, Any]:
    """One restricted parameter; a side that is open, or may be chance, is the factor's bound."""
    sides = [float(one) for one in quasi_p]
    p = min(one for one in sides if one >= 0)
    row = {"box": 1, "parameter": factor.name, "low": np.nan, "high": np.nan, "unit": factor.unit,
           "p": p, "choices": "", "kept": p <= QUASI_P}  # fmt: skip
    if factor.scale == "choice":
        return row | {"choices": ", ".join(sorted(lims.iloc[0], key=factor.choices.index))}
    worst = QUASI_P if row["kept"] else 1.0
    low, high = float(lims.iloc[0]), float(lims.iloc[1])
    if factor.scale == "integer":
        low, high = float(np.ceil(low)), float(np.floor(high))
    row["low"] = low if 0 <= sides[0] <= worst else factor.low
    row["high"] = high if 0 <= sides[1] <= worst else factor.high
    return row


def inside_limits(table: pd.DataFrame, limits: pd.DataFrame, space: Space) -> NDArray[np.bool_]:
    """Which samples lie within all limits that are kept."""
    inside = np.ones(len(table), dtype=bool)
    for row in limits[limits["kept"].astype(bool)].to_dict("records"):
        column = table[row["parameter"]]
        if space.factor(row["parameter"]).scale == "choice":
            inside &= column.isin(str(row["choices"]).split(", ")).to_numpy()
        else:
            inside &= column.between(row["low"], row["high"]).to_numpy()
    return inside


def cart_leaves(table: pd.DataFrame, failed: NDArray[np.bool_]) -> pd.DataFrame:
    """Leaves of a classification tree, the densest in failures first."""
    import pandas as pd
    from sklearn.tree import DecisionTreeClassifier, _tree

    numeric = pd.get_dummies(table, dtype=float, prefix_sep=IS)
    least = max(5, int(0.05 * len(table)))
    fitted = DecisionTreeClassifier(min_samples_leaf=least, max_depth=4, random_state=0)
    tree = fitted.fit(numeric, failed).tree_
    rows: list[dict[str, Any]] = []

    def walk(node: int, cuts: dict[tuple[str, str], float], inside: NDArray[np.bool_]) -> None:
        if tree.children_left[node] == _tree.TREE_LEAF:
            count, bad = int(inside.sum()), int(failed[inside].sum())
            rows.append({"rule": leaf_rule(cuts), "runs": count, "failures": bad,
                         "density": bad / max(1, count),
                         "coverage": bad / failed.sum()})  # fmt: skip
            return
        name, cut = numeric.columns[tree.feature[node]], float(tree.threshold[node])
        below = (numeric[name] <= cut).to_numpy()
        # A later cut of the same side is the tighter one, and takes the place of the earlier.
        walk(tree.children_left[node], {**cuts, (name, "<="): cut}, inside & below)
        walk(tree.children_right[node], {**cuts, (name, ">"): cut}, inside & ~below)

    walk(0, {}, np.ones(len(table), dtype=bool))
    leaves = pd.DataFrame(rows).sort_values("density", ascending=False, ignore_index=True)
    leaves.insert(0, "leaf", np.arange(1, len(leaves) + 1))
    return leaves


def leaf_rule(cuts: Mapping[tuple[str, str], float]) -> str:
    """The cuts that lead to a leaf: ``fine > 12.5 and audit_mode is not none``."""
    told = []
    for (name, side), cut in cuts.items():
        parameter, found, choice = name.partition(IS)
        word = "is" if side == ">" else "is not"
        told.append(f"{parameter} {word} {choice}" if found else f"{name} {side} {cut:.4g}")
    return " and ".join(told) or "all"
