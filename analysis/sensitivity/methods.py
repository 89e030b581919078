"""The methods of sensitivity analysis by name."""

from __future__ import annotations

from collections.abc import Mapping

METHODS = ("sobol", "morris", "pawn", "delta", "fast", "regional")
TITLES: Mapping[str, Mapping[str, str]] = {
    "sobol": {"en": "Variance-based sensitivity (Sobol)", "zh": "基于方差的敏感性分析（Sobol）"},
    "morris": {"en": "Screening (Morris)", "zh": "筛选分析（Morris）"},
    "pawn": {"en": "Density-based sensitivity (PAWN)", "zh": "基于分布的敏感性分析（PAWN）"},
    "delta": {"en": "Density-based sensitivity (delta)", "zh": "基于分布的敏感性分析（delta）"},
    "fast": {
        "en": "Variance-based sensitivity (RBD-FAST)",
        "zh": "基于方差的敏感性分析（RBD-FAST）",
    },
    "regional": {"en": "Regional sensitivity", "zh": "区域敏感性分析"},
}
