"""A box for a number: what lies outside its bounds is told beside it and does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from cleanpark.page.texts import say
from cleanpark.scenarios.errors import InputError

Act = Callable[[Any], None]
"""What a number does; None stands for an emptied box, an int for a whole number."""


class NumberBox(ui.number):
    """A number between ``low`` and ``high``.

    NiceGUI's own box moves a number to the nearest bound when one leaves it, without a word.
    Here the number stays as typed, the bounds are said under it, and ``act`` is not called.
    """

    def __init__(
        self, label: str, value: float | None, bounds: tuple[float, float | None], language: str,
        *, whole: bool = True, optional: bool = False, act: Act | None = None,
    ) -> None:  # fmt: skip
        """Draw it; ``optional`` allows an empty box, ``bounds`` may have no upper end."""
        self.bounds, self.language = bounds, language
        self.whole, self.optional, self.act = whole, optional, act
        super().__init__(label, value=value, step=1 if whole else None,
                         validation=self.refusal, on_change=self._changed)  # fmt: skip
        low, high = bounds
        self.props(f"min={low:g}" + ("" if high is None else f" max={high:g}"))

    def refusal(self, value: float | None) -> str | None:
        """Why a number cannot be meant, in the visitor's language; None where it can."""
        low, high = self.bounds
        if value is None:
            fits = self.optional
        else:
            fits = low <= value and (high is None or value <= high)
            fits = fits and not (self.whole and value != int(value))
        if fits:
            return None
        if high is None:
            return say("{low} or more is possible.", self.language, low=f"{low:g}")
        if self.whole:
            return say("Whole numbers from {low} to {high} are possible.", self.language,
                       low=f"{low:g}", high=f"{high:g}")  # fmt: skip
        return say("{low} to {high} are possible.", self.language, low=f"{low:g}", high=f"{high:g}")

    def number(self) -> Any:
        """The number typed; InputError where it cannot be meant."""
        problem = self.refusal(self.value)
        if problem is not None:
            raise InputError("{label}: {problem}", label=self.props["label"], problem=problem)
        return self._typed(self.value)

    def sanitize(self) -> None:
        """Leave what was typed as it is."""

    def _typed(self, value: float | None) -> Any:
        return int(value) if self.whole and value is not None else value

    def _changed(self, event: Any) -> None:
        if self.act is not None and self.refusal(event.value) is None:
            self.act(self._typed(event.value))
