"""In which futures a policy fails: boxes by PRIM and a tree by CART, and the same in words."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.criterion import Criterion as Criterion
from cleanpark.analysis.policies.criterion import criterion as criterion
from cleanpark.analysis.sensitivity.sampling import unit_design
from cleanpark.analysis.statistics.means import mean_over_seeds
from cleanpark.analysis.studies.extras import load
from cleanpark.analysis.studies.histories import Histories
from cleanpark.analysis.studies.model_runs import MAIN_OUTCOMES, about_model, model_runs
from cleanpark.analysis.studies.results import write_table
from cleanpark.analysis.studies.runner import Place
from cleanpark.analysis.studies.runs import SCENARIO, ModelRuns
from cleanpark.analysis.studies.space import Factor, Space, space
from cleanpark.analysis.studies.study import Progress, Study
from cleanpark.analysis.words.discovery import dropped_words, limit_words, say
from cleanpark.analysis.words.robustness import NOT_FAILING, better_of, robustness_sentences
from cleanpark.analysis.words.titles import outcome_title
from cleanpark.scenarios.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from cleanpark.scenarios.park import Park
    from cleanpark.scenarios.scenario import Scenario

LEAST_FAILURES = 10
MOST_FAILING = 0.95
"""Fewer failures, or a larger share of them, leave nothing to set apart."""
DENSITY = 0.8
"""The box chosen is the one on the peeling trajectory with the largest F-score (the harmonic mean
of coverage and density) among those of at least this density, else among all. The largest coverage
alone would stop as soon as a box is this dense, with limits looser than where runs fail; the
densest box would be a handful of runs."""
QUASI_P = 0.05
"""A side of a limit with a larger quasi-p (Bryant and Lempert 2010) may be chance: it is opened
again, and the coverage and density of the box are those without it."""


@dataclass(frozen=True)
class Discovery:
    """Where failures lie; the tables are those of the study's folder.

    ``boxes`` has the coverage and density of the box as it is said: within the limits that are
    ``kept``. ``limits`` has every parameter that PRIM restricted, the clearest first.
    ``robustness`` (of all policies) and ``study`` are those of runs of the model.
    """

    runs: int
    failures: int
    undefined: int
    boxes: pd.DataFrame
    limits: pd.DataFrame
    trajectory: pd.DataFrame
    tree: pd.DataFrame
    rule: Criterion | None = None
    bound: float = np.nan
    robustness: pd.DataFrame | None = None
    study: Study | None = None

    def sentence(self, space: Space, language: str, title: str = "") -> str:
        """The box in words; with a scenario's ``title``, the criterion in words too."""
        share = 100 * self.failures / max(1, self.runs)
        whole = say("whole", language, share=share)
        if title and self.rule is not None:
            rule = quoted_outcome(self.rule, self.bound, language)
            whole = say("titled", language, title=title, rule=rule, share=share)
        text = self._where(space, whole, language)
        if self.undefined:
            text += say("undefined", language, count=f"{self.undefined:,}")
        return text

    def _where(self, space: Space, whole: str, language: str) -> str:
        if not self.failures:
            return say("none", language, whole=whole)
        if not len(self.boxes):
            key = "few" if self.failures < LEAST_FAILURES else "many"
            return say(key, language, whole=whole, count=self.failures)
        rows = self.limits.to_dict("records")
        told = [limit_words(space.factor(one["parameter"]), one, language)
                for one in rows if one["kept"]]  # fmt: skip
        if not told:
            return say("nowhere", language, whole=whole)
        box = self.boxes.iloc[0]
        text = say("where", language, whole=whole, where=say("limits", language).join(told),
                   coverage=100 * box["coverage"], density=100 * box["density"])  # fmt: skip
        left = [space.factor(one["parameter"]).titled(language) for one in rows if not one["kept"]]
        return text + dropped_words(left, language)


def quoted_outcome(rule: Criterion, bound: float, language: str) -> str:
    """A criterion in words, its outcome's title in quotes as it stands inside a sentence."""
    words = rule.words(bound, language)
    title = outcome_title(rule.outcome, language)
    return words.replace(title, say("quoted", language, name=title), 1)


LIMITS = ["box", "parameter", "low", "high", "unit", "p", "choices", "kept"]


def discover_box(
    design: pd.DataFrame,
    values: NDArray[np.float64],
    rule: Criterion,
    space: Space,
    peel_alpha: float = 0.05,
    reference: NDArray[np.float64] | None = None,
) -> Discovery:
    """Find the box in which runs fail; ``values`` is the outcome per sample, NaN undefined.

    Undefined samples are left out and counted; of a criterion against the reference, a sample is
    undefined too where ``reference`` (its value per sample) is. PRIM is that of ema_workbench.
    Raises InputError where values and design do not belong together.
    """
    import pandas as pd

    if len(design) != len(values):
        raise InputError(f"{len(values):,} values for {len(design):,} samples: give one per sample")
    fails = rule.failed(values, reference)
    defined = np.isfinite(values)
    if rule.reference and reference is not None:
        defined &= np.isfinite(reference)
    table = design.loc[defined, space.names].reset_index(drop=True)
    failed = fails[defined]
    runs, failures = len(table), int(failed.sum())
    boxes = pd.DataFrame(columns=["box", "chosen", "coverage", "density", "mass", "runs"])
    limits = pd.DataFrame(columns=LIMITS)
    trajectory = pd.DataFrame(columns=["box", "step", "coverage", "density", "mass", "restricted"])
    tree = pd.DataFrame(columns=["leaf", "rule", "runs", "failures", "density", "coverage"])
    if LEAST_FAILURES <= failures <= MOST_FAILING * runs:
        boxes, limits, trajectory = prim_box(table, failed, space, peel_alpha)
        tree = cart_leaves(table, failed)
    bound = np.nan if rule.reference else rule.bound(values)
    return Discovery(runs, failures, int((~defined).sum()), boxes, limits, trajectory, tree,
                     rule, bound)  # fmt: skip


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
        raise InputError(f"peel_alpha = {peel_alpha}: a share between 0 and 1")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return prim.Prim(table, failed, peel_alpha=peel_alpha).find_box()
    except own_error as cause:
        raise InputError(f"PRIM found no box: {cause}") from cause


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


IS = "\0is "
"""Between a choice's parameter and its name in the columns of a tree."""


def leaf_rule(cuts: Mapping[tuple[str, str], float]) -> str:
    """The cuts that lead to a leaf: ``fine > 12.5 and audit_mode is not none``."""
    told = []
    for (name, side), cut in cuts.items():
        parameter, found, choice = name.partition(IS)
        word = "is" if side == ">" else "is not"
        told.append(f"{parameter} {word} {choice}" if found else f"{name} {side} {cut:.4g}")
    return " and ".join(told) or "all"


TITLE = {"en": "In which futures a policy fails", "zh": "政策在何种情形下失效"}


def discovery_study(
    runs: ModelRuns, chosen: Space, samples: int, seeds: int | Sequence[int], fails: str
) -> Study:
    """Every policy of ``runs`` in the same futures: rows by future, then by policy, so that more
    futures can be added at the end.

    ``fails`` is the criterion; one against the reference means the second policy. Raises
    InputError.
    """
    import pandas as pd

    if "reference" in fails and len(runs.scenarios) < 2:
        raise InputError(
            f"criterion '{fails}': name the reference policy too, such as --against voluntary"
        )
    criterion(fails, runs.outcomes)
    names = [one.name for one in runs.scenarios]
    if len(set(names)) < len(names):
        raise InputError(f"a policy is given twice: {', '.join(names)}")

    unit = unit_design("pawn", len(chosen.factors), samples)
    futures = chosen.values(unit)
    parts = [futures.assign(**{SCENARIO: one.name}) for one in runs.scenarios]
    design = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    study = Study(design, runs, seeds=seeds, space=chosen, kind="discover")
    study.settings = {"futures": samples, "policies": names, "criterion": fails}
    study.about = about_model(runs, TITLE)
    return study


def discovered(study: Study) -> Discovery:
    """Boxes of the first policy's failures and robustness of all; written beside the results.

    Robustness is told of the outcomes of which it is said which direction is welcome, the one that
    fails first; not to fail is its target.
    """
    assert study.space is not None
    assert study.folder is not None
    futures, names = study.settings["futures"], study.settings["policies"]
    rule = criterion(study.settings["criterion"], study.runs.outcomes)
    tables = {
        name: mean_over_seeds(study.results.values(name)).reshape(futures, len(names)).T
        for name in study.runs.outcomes
    }
    values = tables[rule.outcome]
    reference = values[1] if rule.reference else None
    design = study.design.iloc[:: len(names)]
    found = discover_box(design, values[0], rule, study.space, reference=reference)
    held = robustness_of_policies(names, tables, rule, found.bound)
    for name in ("boxes", "limits", "trajectory", "tree"):
        write_table(getattr(found, name), study.folder / f"{name}.csv")
    write_table(held, study.folder / "robustness.csv")
    study.settings["sentences"] = {
        tongue: told_sentences(found, study, held, rule, tongue) for tongue in ("en", "zh")
    }
    study.write_record()
    return replace(found, robustness=held, study=study)


def told_sentences(
    found: Discovery, study: Study, held: pd.DataFrame, rule: Criterion, language: str
) -> list[str]:
    """Where the first policy fails, and how all hold up in the outcome that fails."""
    assert study.space is not None
    assert isinstance(study.runs, ModelRuns)
    titles = {one.name: one.title[language] for one in study.runs.scenarios}
    first = found.sentence(study.space, language, next(iter(titles.values())))
    return [first, *robustness_sentences(held, rule, titles, language)]


def robustness_of_policies(
    names: Sequence[str], tables: Mapping[str, NDArray[np.float64]], rule: Criterion, bound: float
) -> pd.DataFrame:
    """robustness.csv, the outcome of the criterion first, with not to fail as its target.

    Of a criterion against the reference there is no single value to be reached.
    """
    from cleanpark.analysis.policies.robustness import robustness

    order = sorted(tables, key=lambda name: name != rule.outcome)
    better = {name: side for name in order if (side := better_of(name, rule))}
    target = None if rule.reference else (NOT_FAILING[rule.operator], bound)
    return robustness(names, {name: tables[name] for name in better}, better,
                      {rule.outcome: target})  # fmt: skip


def discover(
    scenario: Scenario | str | Path,
    fails: str = "pollution_equivalents > p75",
    against: Sequence[Scenario | str | Path] = (),
    parameters: str | Sequence[str] | Space = "behaviour",
    outcomes: str | Sequence[str] = MAIN_OUTCOMES,
    samples: int = 512,
    seeds: int | Sequence[int] = 5,
    park: Park | str | Path | Sequence[Park | str | Path] = "mixed",
    quarters: int = 60,
    *,
    ranges: str | Path | None = None,
    history: Histories | str | Path | None = None,
    workers: int = 1,
    cluster: str | None = None,
    folder: str | Path | None = None,
    replace: bool = False,
    progress: Progress | None = None,
) -> Discovery:
    """In which futures a policy fails, and how robust it and the policies ``against`` are.

    >>> found = discover("voluntary", "compliance_true < p50", parameters="learn_own,moral_cost",
    ...                  samples=32, seeds=1, park=park("mixed", enterprises=10), quarters=2)
    >>> found.runs
    32
    """
    runs = model_runs([scenario, *against], park, quarters, outcomes, history=history)
    study = discovery_study(runs, space(parameters, ranges), samples, seeds, fails)
    study.run(folder, Place(workers, cluster), progress, replace)
    return discovered(study)
