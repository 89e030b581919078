"""A published pattern as it is declared: source, set-up, parts with their bands, and the measure.

A pattern is one declaration in a file of its own. Running it, intervals, verdicts, the table, the
figures, the page and the command line follow from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleanpark.scenarios.errors import N_, Message

if TYPE_CHECKING:
    from cleanpark.analysis.validation.trial import Trial

Numbers = Mapping[str, float]
"""Quantities by name."""
Band = tuple[float, float]

SUBJECTS: Mapping[str, str] = {
    "enforcement": N_("Inspection, monitoring and sanctions"),
    "audits": N_("Audits and what they move"),
    "prices": N_("Taxes, charges and prices"),
    "structure": N_("Who pollutes, and what must not change"),
}
"""What patterns are about, in the order of the page."""
CERTAINTY: Mapping[str, str] = {
    "read": N_("figure read in the source or its abstract"),
    "reported": N_("figure read where others report it"),
    "recalled": N_("source checked, figure from memory"),
    "approximate": N_("approximate, from several sources"),
    "definition": N_("follows from definitions or from law"),
}
"""How sure the published figure is."""


@dataclass(frozen=True)
class Source:
    """A publication: authors and title as a reader cites it, an address that opens it, and how
    sure its figures are (a key of ``CERTAINTY``)."""

    text: str
    address: str
    certainty: str


@dataclass(frozen=True)
class Part:
    """One figure of a pattern.

    ``estimate`` makes it of the means over seeds of what the pattern measures; without one it is
    the mean of the quantity ``name``. ``band`` is the published range, infinite where it is open;
    ``reason`` says why this band, where the pattern's own reason does not.
    """

    name: str
    title: Message
    unit: str
    band: Band
    estimate: Callable[[Numbers], float] | None = None
    reason: Message | None = None

    def of(self, means: Numbers) -> float:
        """The figure from means over seeds; NaN where it is undefined."""
        if self.estimate is None:
            return float(means[self.name])
        try:
            return float(self.estimate(means))
        except ZeroDivisionError:
            return math.nan


@dataclass(frozen=True)
class Pattern:
    """A published pattern.

    ``measure`` gives the quantities of one :class:`Trial` (one seed) by name: ``quantities``, the
    names of the parts where none are given. ``missing`` says what of the source cannot be set up;
    a pattern without parts cannot be at all.
    """

    name: str
    subject: str
    title: Message
    sources: tuple[Source, ...]
    setting: Message
    reason: Message
    parts: tuple[Part, ...] = ()
    measure: Callable[[Trial], Numbers] | None = None
    seeds: int = 12
    quantities: tuple[str, ...] = ()
    missing: tuple[Message, ...] = ()

    @property
    def measured(self) -> tuple[str, ...]:
        """Names of the quantities that ``measure`` gives."""
        return self.quantities or tuple(part.name for part in self.parts)
