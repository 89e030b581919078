"""The figures of a method of sensitivity analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleanpark.analysis.figures.drawing import draw_each
from cleanpark.analysis.figures.studies import OF_METHODS
from cleanpark.analysis.sensitivity.methods import method_named
from cleanpark.analysis.studies.folder import StudyFolder

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figures_of(method: str, study: StudyFolder, language: str) -> dict[str, Figure]:
    """The figures of a method's report by name."""
    chosen = [OF_METHODS[name] for name in method_named(method).figures]
    return draw_each(chosen, study, language)
