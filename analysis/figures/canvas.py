"""Figures that are drawn without pyplot and change no setting of matplotlib.

Settings are one for the whole process: a figure that set them while it is drawn would lend its
fonts to every other figure that is drawn at that time, in another thread or session. So the style
stands on the artists: :func:`new_figure` gives a figure of matplotlib whose axes, texts and legends
take the fonts of its language. Texts are shown as they are: a title from a file is no formula,
whatever ``$`` it has, and no LaTeX, whatever matplotlib's own settings say.
"""

from __future__ import annotations

import io
import re
from functools import partial
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import ScalarFormatter

from cleanpark.analysis.escaping import visible
from cleanpark.analysis.figures import fonts

SIZE = 9.0
"""Type, in points; titles of panels are a point larger."""
TITLE_SIZE = 10.0
DPI = 100.0
_DRAWN_ID = re.compile(r'(?<=[#"])([a-zA-Z]*)([0-9a-f]{10})(?=[")])')
"""What matplotlib calls a part of a drawing in SVG: by a hash that is another each time."""


def as_written(text: Text) -> Text:
    """A text that is shown letter by letter."""
    shown = visible(text.get_text())
    if shown != text.get_text():
        text.set_text(shown)
    text.set_usetex(False)
    text.set_parse_math(False)
    return text


class PlainNumbers(ScalarFormatter):
    """Numbers of an axis, whatever matplotlib's own settings say."""

    def __init__(self) -> None:
        """Without formulas."""
        super().__init__(useMathText=False, usetex=False)

    @staticmethod
    def fix_minus(s: str) -> str:
        """The number with a true minus, as wide as the digits."""
        return s.replace("-", "\N{MINUS SIGN}")


def tick_space(axes: Axes, side: str) -> int:
    """Ticks for which an axis has room, so that their labels do not touch."""
    points = getattr(axes.bbox, side) * 72.0 / axes.figure.dpi
    return int(points / (TITLE_SIZE * (3.0 if side == "width" else 2.0)))


class StyledAxes(Axes):
    """Axes in the fonts of their figure, with the left and the lower spine alone."""

    def clear(self) -> None:
        """Empty the axes, and set what is not written yet."""
        super().clear()
        for side in ("top", "right"):
            self.spines[side].set_visible(False)
        family = family_of(self)
        self.tick_params(which="both", labelsize=SIZE, labelfontfamily=family)
        for axis, side in ((self.xaxis, "width"), (self.yaxis, "height")):
            if isinstance(axis.get_major_formatter(), ScalarFormatter):
                axis.set_major_formatter(PlainNumbers())
                axis.isDefault_majfmt = True
            vars(axis)["get_tick_space"] = partial(tick_space, self, side)
            for text in (axis.label, axis.get_offset_text()):
                text.set(fontfamily=family, fontsize=SIZE)

    def set_title(self, label: str, *others: Any, **more: Any) -> Text:
        """The title of a panel."""
        more.setdefault("fontsize", TITLE_SIZE)
        more.setdefault("fontfamily", family_of(self))
        return as_written(super().set_title(label, *others, **more))

    def text(self, *others: Any, **more: Any) -> Text:
        """A text at a place."""
        return as_written(super().text(*others, **_in_style(self, more)))

    def annotate(self, *others: Any, **more: Any) -> Any:
        """A text that belongs to a point."""
        return as_written(super().annotate(*others, **_in_style(self, more)))

    def legend(self, *others: Any, **more: Any) -> Any:
        """The legend of one panel."""
        return super().legend(*others, **_legend_style(self, more))

    def inset_axes(self, *others: Any, **more: Any) -> Axes:
        """Axes inside these."""
        more.setdefault("axes_class", StyledAxes)
        return super().inset_axes(*others, **more)


class StyledFigure(Figure):
    """A figure in the fonts of a language; a notebook shows it."""

    def __init__(self, language: str, **more: Any) -> None:
        """An empty figure; ``more`` as matplotlib's figure takes it."""
        self.family = fonts.families(language)
        super().__init__(dpi=DPI, **more)
        FigureCanvasAgg(self)

    def add_subplot(self, *others: Any, **more: Any) -> Any:
        """Axes on a grid."""
        more.setdefault("axes_class", StyledAxes)
        return super().add_subplot(*others, **more)

    def add_axes(self, *others: Any, **more: Any) -> Any:
        """Axes at a place."""
        if not (others and isinstance(others[0], Axes)):
            more.setdefault("axes_class", StyledAxes)
        return super().add_axes(*others, **more)

    def text(self, *others: Any, **more: Any) -> Text:
        """A text at a place of the figure."""
        return as_written(super().text(*others, **_in_style(self, more)))

    def legend(self, *others: Any, **more: Any) -> Any:
        """The legend of all panels."""
        return super().legend(*others, **_legend_style(self, more))

    def draw(self, renderer: Any) -> None:
        """Draw, every text as it is written."""
        for text in self.findobj(Text):
            as_written(text)
        super().draw(renderer)

    def _repr_png_(self) -> bytes:
        """What a notebook shows."""
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=DPI)
        return buffer.getvalue()


def family_of(artist: Any) -> list[str]:
    """Fonts of the figure that an artist stands in."""
    figure = artist if isinstance(artist, Figure) else artist.figure
    return list(getattr(figure, "family", fonts.LATIN))


def _in_style(artist: Any, more: dict[str, Any]) -> dict[str, Any]:
    """Size and fonts of a text where nothing else is asked for."""
    if not {"size", "fontsize"} & set(more):
        more["fontsize"] = SIZE
    more.setdefault("fontfamily", family_of(artist))
    return more


def _legend_style(artist: Any, more: dict[str, Any]) -> dict[str, Any]:
    """Size and fonts of a legend."""
    size = more.pop("fontsize", SIZE)
    more.setdefault("prop", {"family": family_of(artist), "size": size})
    return more


def new_figure(
    language: str, figsize: tuple[float, float], layout: str | None = None
) -> StyledFigure:
    """An empty figure in the fonts of a language; ``figsize`` in inches."""
    return StyledFigure(language, figsize=figsize, layout=layout)


def finished(figure: Figure) -> Figure:
    """The figure, laid out."""
    figure.canvas.draw()
    return figure


def svg_text(figure: Figure) -> str:
    """A figure as SVG, the same to the byte each time it is made."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        kind = found[1]
        return names.setdefault(found[0], f"{kind}{len(names) + 1:010d}")

    return _DRAWN_ID.sub(named, buffer.getvalue())


def one_panel(language: str, figsize: tuple[float, float]) -> tuple[StyledFigure, Axes]:
    """A figure of one panel, laid out around its labels."""
    figure = new_figure(language, figsize, "constrained")
    return figure, figure.add_subplot()
