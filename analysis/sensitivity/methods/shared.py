"""Indices that several methods estimate."""

from cleanpark.analysis.sensitivity.method import Index

FIRST = Index(
    "first",
    {"en": "first-order index (S1)", "zh": "一阶指数（S1）"},
    {"en": "first-order indices (S1)", "zh": "一阶指数（S1）"},
)
TOTAL = Index(
    "total",
    {"en": "total-order index (ST)", "zh": "总指数（ST）"},
    {"en": "total-order indices (ST)", "zh": "总指数（ST）"},
)
SECOND = Index(
    "second",
    {"en": "second-order index (S2)", "zh": "二阶指数（S2）"},
    {"en": "second-order indices (S2)", "zh": "二阶指数（S2）"},
)
