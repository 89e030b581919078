"""A figure of studies as it is declared, and how one is drawn in a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.figures import fonts
from cleanpark.analysis.figures.canvas import finished
from cleanpark.analysis.studies.folder import StudyFolder
from cleanpark.analysis.words.studies import say
from cleanpark.analysis.words.titles import Title, in_language

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def always(study: StudyFolder) -> bool:
    """A figure that every study of its kind has."""
    return True


@dataclass(frozen=True)
class StudyFigure:
    """A figure: ``draw`` makes it of a folder in a language where ``applies`` says that the folder
    has what it shows; without a ``title`` its name is looked up among the words of studies."""

    name: str
    draw: Callable[[StudyFolder, str], Any]
    applies: Callable[[StudyFolder], bool] = always
    title: Title = ""

    def titled(self, language: str) -> str:
        """The title above the figure."""
        return in_language(self.title, language) if self.title else say(self.name, language)

    def drawn(self, study: StudyFolder, language: str) -> Figure:
        """The figure under the settings of the language, in English where its font is missing."""
        shown = fonts.language_that_shows(language)
        return finished(self.draw(study, shown))


def draw_each(
    figures: Iterable[StudyFigure], study: StudyFolder, language: str
) -> dict[str, Figure]:
    """Those of the figures that apply to a study, by name."""
    return {one.name: one.drawn(study, language) for one in figures if one.applies(study)}
