"""Exchange of by-products, which the model does not have."""

from __future__ import annotations

from cleanpark.analysis.validation.pattern import Pattern, Source
from cleanpark.scenarios.errors import Message

SYMBIOSIS = Pattern(
    "symbiosis",
    "structure",
    Message("Links of industrial symbiosis grow slowly and are lost with exits"),
    (
        Source(
            "Shi, Chertow and Song (2010), Developing country experience with eco-industrial "
            "parks: a case study of the Tianjin Economic-Technological Development Area, Journal "
            "of Cleaner Production 18(3), 191-199",
            "https://doi.org/10.1016/j.jclepro.2009.10.002",
            "recalled",
        ),
    ),
    Message("A park of some hundred enterprises over sixteen years; new and lost exchanges."),
    Message("81 exchanges in some sixteen years in Tianjin: one to eight new links a year."),
    missing=(Message("exchange of by-products between enterprises: the model has none"),),
)
