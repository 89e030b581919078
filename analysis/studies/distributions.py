"""Distributions that scipy does not have, in its form."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import rv_continuous, triang

from cleanpark.agents.elementary import exponentials, logarithms


class LogTriangular(rv_continuous):
    """A variable whose logarithm is triangular between ln low and ln high.

    Shapes: ``peak``, where the mode lies between the two on the log scale (0 to 1), ``low``,
    ``high``.

    >>> round(float(LogTriangular()(0.5, 1.0, 100.0).ppf(0.5)), 6)
    10.0
    """

    def _argcheck(self, peak: Any, low: Any, high: Any) -> Any:
        return (peak >= 0) & (peak <= 1) & (low > 0) & (high > low)

    def _get_support(self, peak: Any, low: Any, high: Any) -> Any:
        return low, high

    def _place(self, x: Any, low: Any, high: Any) -> Any:
        return np.log(x / low) / np.log(high / low)

    def _pdf(self, x: Any, peak: Any, low: Any, high: Any) -> Any:
        return triang.pdf(self._place(x, low, high), peak) / (x * np.log(high / low))

    def _cdf(self, x: Any, peak: Any, low: Any, high: Any) -> Any:
        return triang.cdf(self._place(x, low, high), peak)

    def _ppf(self, q: Any, peak: Any, low: Any, high: Any) -> Any:
        return low * exponentials(triang.ppf(q, peak) * logarithms(high / low))
