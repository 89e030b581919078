"""Indices that several methods estimate."""

from cleanpark.analysis.sensitivity.method import Index
from cleanpark.scenarios.errors import N_

FIRST = Index(
    "first",
    N_("first-order index (S1)"),
    N_("first-order indices (S1)"),
)
TOTAL = Index(
    "total",
    N_("total-order index (ST)"),
    N_("total-order indices (ST)"),
)
SECOND = Index(
    "second",
    N_("second-order index (S2)"),
    N_("second-order indices (S2)"),
)
