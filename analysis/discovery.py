"""In which futures a policy fails: boxes by PRIM and a tree by CART, and the same in words."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.extras import load
from cleanpark.analysis.indices import mean_over_seeds
from cleanpark.analysis.runs import SCENARIO, ModelRuns
from cleanpark.analysis.sampling import unit_design
from cleanpark.analysis.sensitivity import about_model, write_table
from cleanpark.analysis.space import Factor, Space
from cleanpark.analysis.study import Study
from cleanpark.model.outcomes import outcome
from cleanpark.scenarios.errors import InputError, nearest

if TYPE_CHECKING:
    import pandas as pd

LEAST_FAILURES = 10
DENSITY = 0.8
"""The box chosen is the largest on the peeling trajectory with at least this density, else the
densest; a limit whose quasi-p is above 0.05 is not spoken of."""
QUASI_P = 0.05
_CRITERION = re.compile(r"^\s*(\w+)\s*(<=|>=|<|>)\s*(p?)([-+0-9.eE]+)\s*$")


@dataclass(frozen=True)
class Criterion:
    """When a run fails: an outcome beyond a value, or beyond a percentile of all runs."""

    outcome: str
    operator: str
    value: float
    percentile: bool

    def failed(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which samples fail; undefined ones do not."""
        bound = self.bound(values)
        with np.errstate(invalid="ignore"):
            found = {"<": values < bound, "<=": values <= bound, ">": values > bound,
                     ">=": values >= bound}[self.operator]  # fmt: skip
        return np.asarray(found & np.isfinite(values), dtype=bool)

    def bound(self, values: NDArray[np.float64]) -> float:
        """The value beyond which a run fails."""
        return float(np.nanpercentile(values, self.value)) if self.percentile else self.value


def criterion(text: str, outcomes: Any) -> Criterion:
    """A criterion as typed: ``compliance_true < 0.7`` or ``pollution_equivalents > p75``."""
    match = _CRITERION.match(text)
    if match is None:
        raise InputError(
            f"criterion '{text}': write OUTCOME < VALUE or OUTCOME > pPERCENTILE, such as "
            "'compliance_true < 0.7' or 'pollution_equivalents > p75'"
        )
    name, operator, percentile, number = match.groups()
    if name not in outcomes:
        raise InputError(f"criterion '{text}': no such outcome{nearest(name, outcomes)}")
    try:
        value = float(number)
    except ValueError as cause:
        raise InputError(f"criterion '{text}': '{number}' is no number") from cause
    if percentile and not 0 < value < 100:
        raise InputError(f"criterion '{text}': a percentile between 0 and 100")
    return Criterion(name, operator, value, bool(percentile))


@dataclass(frozen=True)
class Discovery:
    """Where failures lie; the tables are those of the study's folder."""

    runs: int
    failures: int
    undefined: int
    boxes: pd.DataFrame
    limits: pd.DataFrame
    trajectory: pd.DataFrame
    tree: pd.DataFrame

    def sentence(self, space: Space, language: str) -> str:
        """The box in words."""
        share = 100 * self.failures / max(1, self.runs)
        if not len(self.boxes):
            return {
                "en": f"Fails in {share:.0f} % of futures; too few or too many to say where.",
                "zh": f"在 {share:.0f}% 的情形下失效；数量过少或过多，无法指出位置。",
            }[language]
        box = self.boxes.iloc[0]
        told = [
            limit_words(space.factor(row["parameter"]), row, language)
            for row in self.limits.to_dict("records")
            if row["p"] <= QUASI_P
        ]
        where = {"en": " and ", "zh": "且"}[language].join(told)
        if not where:
            where = {"en": "no parameter stands out", "zh": "没有突出的参数"}[language]
        return {
            "en": f"Fails in {share:.0f} % of futures; {100 * box['coverage']:.0f} % of these lie "
            f"where {where}; there {100 * box['density']:.0f} % of runs fail.",
            "zh": f"在 {share:.0f}% 的情形下失效；其中 {100 * box['coverage']:.0f}% 出现在"
            f"{where}时；此范围内 {100 * box['density']:.0f}% 的运行失效。",
        }[language]


def shown(value: float, unit: str) -> str:
    """A value with its unit; shares in percent."""
    return f"{100 * value:.3g} %" if unit.startswith("share") else f"{value:.3g} {unit}".strip()


def limit_words(factor: Factor, row: Mapping[Any, Any], language: str) -> str:
    """One restricted parameter in words, by the sides that are restricted."""
    title = factor.titled(language)
    if factor.scale == "choice":
        return f"{title} {'is' if language == 'en' else '为'} {row['choices']}"
    low, high = row["low"], row["high"]
    parts = []
    if low > factor.low + 0.02 * (factor.high - factor.low):
        word = {"en": " exceeds ", "zh": "高于 "}[language]
        parts.append(f"{word}{shown(low, factor.unit)}")
    if high < factor.high - 0.02 * (factor.high - factor.low):
        word = {"en": " is below ", "zh": "低于 "}[language]
        parts.append(f"{word}{shown(high, factor.unit)}")
    return title + {"en": " and", "zh": "且"}[language].join(parts)


def discover(
    design: pd.DataFrame,
    values: NDArray[np.float64],
    rule: Criterion,
    space: Space,
    peel_alpha: float = 0.05,
) -> Discovery:
    """Find the box in which runs fail; ``values`` is the outcome per sample, NaN undefined.

    Undefined samples are left out and counted. PRIM and CART are those of ema_workbench.
    """
    import pandas as pd

    defined = np.isfinite(values)
    table = design.loc[defined, space.names].reset_index(drop=True)
    failed = rule.failed(values)[defined]
    runs, failures = len(table), int(failed.sum())
    boxes = pd.DataFrame(columns=["box", "chosen", "coverage", "density", "mass", "runs"])
    limits = pd.DataFrame(columns=["box", "parameter", "low", "high", "unit", "p", "choices"])
    trajectory = pd.DataFrame(columns=["box", "step", "coverage", "density", "mass", "restricted"])
    tree = pd.DataFrame(columns=["leaf", "rule", "runs", "failures", "density", "coverage"])
    if failures >= LEAST_FAILURES and failures <= 0.95 * runs:
        boxes, limits, trajectory = prim_box(table, failed, space, peel_alpha)
        tree = cart_leaves(table, failed)
    return Discovery(runs, failures, int((~defined).sum()), boxes, limits, trajectory, tree)


def prim_box(
    table: pd.DataFrame, failed: NDArray[np.bool_], space: Space, peel_alpha: float
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The first box of PRIM: the chosen step, its limits, and the whole trajectory."""
    import pandas as pd

    prim = load("ema_workbench.analysis.prim")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        box = prim.Prim(table, failed, peel_alpha=peel_alpha).find_box()
        path = box.peeling_trajectory
        dense = path[path["density"] >= DENSITY]
        step = int(dense["coverage"].idxmax() if len(dense) else path["density"].idxmax())
    trajectory = path[["id", "coverage", "density", "mass", "res_dim"]].copy()
    trajectory.columns = pd.Index(["step", "coverage", "density", "mass", "restricted"])
    trajectory.insert(0, "box", 1)
    row = path.loc[step]
    chosen = pd.DataFrame([{"box": 1, "chosen": step, "coverage": row["coverage"],
                            "density": row["density"], "mass": row["mass"],
                            "runs": int(row["n"])}])  # fmt: skip
    return chosen, limits_table(box.box_lims[step], box.p_values[step], space), trajectory


def limits_table(
    lims: pd.DataFrame, quasi_p: Mapping[str, Sequence[float]], space: Space
) -> pd.DataFrame:
    """Limits of the restricted parameters with the smaller quasi-p of their sides; a side that is
    open has a quasi-p of -1."""
    import pandas as pd

    rows = []
    for name, sides in quasi_p.items():
        factor = space.factor(str(name))
        entry: dict[str, Any] = {"box": 1, "parameter": str(name), "unit": factor.unit}
        if factor.scale == "choice":
            entry |= {"low": np.nan, "high": np.nan,
                      "choices": ", ".join(sorted(lims[name].iloc[0]))}  # fmt: skip
        else:
            entry |= {"low": float(lims[name].iloc[0]), "high": float(lims[name].iloc[1]),
                      "choices": ""}  # fmt: skip
        entry["p"] = min((float(one) for one in sides if one >= 0), default=1.0)
        rows.append(entry)
    columns = ["box", "parameter", "low", "high", "unit", "p", "choices"]
    return pd.DataFrame(rows, columns=columns).sort_values("p", kind="stable", ignore_index=True)


def cart_leaves(table: pd.DataFrame, failed: NDArray[np.bool_]) -> pd.DataFrame:
    """Leaves of a classification tree, the densest in failures first."""
    import pandas as pd
    from sklearn.tree import DecisionTreeClassifier, _tree

    numeric = pd.get_dummies(table, dtype=float)
    least = max(5, int(0.05 * len(table)))
    fitted = DecisionTreeClassifier(min_samples_leaf=least, max_depth=4, random_state=0)
    tree = fitted.fit(numeric, failed).tree_
    rows: list[dict[str, Any]] = []

    def walk(node: int, rules: list[str], inside: NDArray[np.bool_]) -> None:
        if tree.children_left[node] == _tree.TREE_LEAF:
            count, bad = int(inside.sum()), int(failed[inside].sum())
            rows.append(
                {
                    "rule": " and ".join(rules) or "all",
                    "runs": count,
                    "failures": bad,
                    "density": bad / max(1, count),
                    "coverage": bad / failed.sum(),
                }
            )
            return
        name, cut = numeric.columns[tree.feature[node]], float(tree.threshold[node])
        below = (numeric[name] <= cut).to_numpy()
        walk(tree.children_left[node], [*rules, f"{name} <= {cut:.4g}"], inside & below)
        walk(tree.children_right[node], [*rules, f"{name} > {cut:.4g}"], inside & ~below)

    walk(0, [], np.ones(len(table), dtype=bool))
    leaves = pd.DataFrame(rows).sort_values("density", ascending=False, ignore_index=True)
    leaves.insert(0, "leaf", np.arange(1, len(leaves) + 1))
    return leaves


TITLE = {"en": "In which futures a policy fails", "zh": "政策在何种情形下失效"}


def discovery_study(runs: ModelRuns, chosen: Space, samples: int, seeds: Any) -> Study:
    """Every policy of ``runs`` in the same futures: rows by future, then by policy."""
    import pandas as pd

    unit = unit_design("pawn", len(chosen.factors), samples)
    futures = chosen.values(unit)
    parts = [futures.assign(**{SCENARIO: one.name}) for one in runs.scenarios]
    design = pd.concat(parts, ignore_index=True)
    study = Study(design, runs, seeds=seeds, space=chosen, kind="discover")
    study.settings = {"futures": samples, "policies": [one.name for one in runs.scenarios]}
    study.about = about_model(runs, TITLE)
    return study


def discovered(study: Study, text: str) -> Discovery:
    """Boxes of the first policy's failures and robustness of all; written beside the results."""
    from cleanpark.analysis.robustness import robustness

    assert study.space is not None
    assert study.folder is not None
    futures, names = study.settings["futures"], study.settings["policies"]
    rule = criterion(text, study.runs.outcomes)
    tables = {
        name: mean_over_seeds(study.results.values(name)).reshape(len(names), futures)
        for name in study.runs.outcomes
    }
    found = discover(study.design.iloc[:futures], tables[rule.outcome][0], rule, study.space)
    better = {name: outcome(name).better or "low" for name in tables}
    held = robustness(names, tables, better)
    for name in ("boxes", "limits", "trajectory", "tree"):
        write_table(getattr(found, name), study.folder / f"{name}.csv")
    write_table(held, study.folder / "robustness.csv")
    study.settings |= {
        "criterion": text,
        "sentences": {tongue: [f"{text}: {found.sentence(study.space, tongue)}"]
                      for tongue in ("en", "zh")},
    }  # fmt: skip
    study.write_record()
    return found
