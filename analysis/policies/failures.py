"""What a finished discovery says of failures: how many there are, and the box they lie in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.analysis.policies.criterion import Criterion, criterion
from cleanpark.analysis.statistics.means import mean_over_seeds
from cleanpark.analysis.studies.folder import StudyFolder

if TYPE_CHECKING:
    import pandas as pd

LEAST_FAILURES = 10
MOST_FAILING = 0.95
"""Fewer failures, or a larger share of them, leave nothing to set apart."""


@dataclass(frozen=True)
class Failures:
    """Failures of the first policy by a criterion, with the tables of the box they lie in."""

    runs: int
    failures: int
    undefined: int
    boxes: pd.DataFrame
    limits: pd.DataFrame
    rule: Criterion
    bound: float


def read_failures(study: StudyFolder) -> Failures:
    """The failures that a folder tells of; what an earlier version did not store is counted."""
    rule = criterion(study.settings["criterion"], study.about["outcomes"])
    found = study.settings.get("found") or counted(study, rule)
    bound = np.nan if found["bound"] is None else float(found["bound"])
    return Failures(
        found["runs"], found["failures"], found["undefined"], study.table("boxes"),
        study.table("limits"), rule, bound,
    )  # fmt: skip


def counted(study: StudyFolder, rule: Criterion) -> dict[str, Any]:
    """Futures, failures and undefined futures of the first policy, from the runs themselves."""
    futures, names = study.settings["futures"], study.settings["policies"]
    values = mean_over_seeds(study.results().values(rule.outcome)).reshape(futures, len(names)).T
    reference = values[1] if rule.reference else None
    failed, defined = failures_of(values[0], rule, reference)
    bound = None if rule.reference else rule.bound(values[0])
    return {"runs": int(defined.sum()), "failures": int(failed[defined].sum()),
            "undefined": int((~defined).sum()), "bound": bound}  # fmt: skip


def failures_of(
    values: NDArray[np.float64], rule: Criterion, reference: NDArray[np.float64] | None
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which samples fail, and which are defined, of a rule against the reference in both."""
    defined = np.isfinite(values)
    if rule.reference and reference is not None:
        defined &= np.isfinite(reference)
    return rule.failed(values, reference), defined
