"""Size classes of industrial enterprises by the national statistical standard."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

REVENUE = (300.0, 2_000.0, 40_000.0)
"""Operating revenue, 10,000 CNY a year, from which an enterprise is small, medium, large."""
EMPLOYEES = (20.0, 300.0, 1_000.0)
"""Persons employed from which it is small, medium, large."""
SOURCE = (
    "Statistical classification of large, medium, small and micro enterprises (2017), National "
    "Bureau of Statistics, Guotongzi [2017] 213: industry"
)


def size_classes(
    revenue: NDArray[np.float64] | Any, employees: NDArray[np.float64] | Any | None = None
) -> NDArray[np.int8]:
    """0 small and micro, 1 medium, 2 large, by yearly revenue (10,000 CNY) and persons employed.

    A class needs both lower bounds; an enterprise below one of them falls into the class of the
    lower. Where the number employed is not known (NaN), revenue alone decides. Of industry.
    """
    of_revenue = np.digitize(np.asarray(revenue, dtype=float), REVENUE[1:])
    if employees is None:
        return of_revenue.astype(np.int8)
    persons = np.asarray(employees, dtype=float)
    of_employees = np.digitize(np.where(np.isnan(persons), np.inf, persons), EMPLOYEES[1:])
    return np.minimum(of_revenue, of_employees).astype(np.int8)
