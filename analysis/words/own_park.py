"""What is said of a user's own park: its account, and its file against the model's first year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.titles import capital
from cleanpark.model.calibration import LARGEST, SMALLEST, Calibration, Fitted, calibration
from cleanpark.scenarios.errors import N_, Message
from cleanpark.scenarios.park import Park, catalogue_of
from cleanpark.scenarios.park_files.dictionary import dictionary
from cleanpark.scenarios.park_files.named import Titled, column_named, unit_named

if TYPE_CHECKING:
    import pandas as pd

TOLERATED = 0.01
"""Distance of a park's column from its file up to which it counts as reproduced."""
HEADS = (
    N_("Column"),
    N_("Unit"),
    N_("Your file"),
    N_("First year of the model"),
    N_("Model over file"),
    N_("Between seeds, ±"),
    N_("Enterprises given"),
    N_("Of these within a tenth"),
    N_("Correction, middle"),
    N_("Others, drawn by the model"),
)
"""Heads of the table of :func:`first_year_rows`."""


CORRECTION_NOTE = N_(
    "Correction, middle: by what the model multiplies the usual load of an enterprise's sector so "
    "that the file's amount comes out, for the middle enterprise. 1 means as usual in the sector; "
    "6 that these enterprises use or discharge six times as much for their output. Far from 1, "
    "check the unit, the sector and the output first; if they are right, the park is like that."
)
"""What stands under the table of :func:`first_year_rows`."""


@dataclass(frozen=True)
class OwnPark:
    """A user's park as it is told: its account line by line, and how it was calibrated."""

    park: Park
    fit: Calibration | None

    @property
    def titles(self) -> dict[str, str]:
        """Title of the park by language."""
        return dict(self.park.title)

    def messages(self) -> list[Message]:
        """The account, then what is to be said of the first year."""
        account = self.park.account
        return [*(account.messages() if account is not None else []), *first_year_notes(self)]


def own_park(park: Park) -> OwnPark | None:
    """What is to be told of a park that came from a file of enterprises; None for others."""
    if park.account is None:
        return None
    return OwnPark(park, calibration(park, catalogue_of([park])))


def own_parks(parks: Sequence[Park]) -> list[OwnPark]:
    """The same of several parks."""
    return [told for told in map(own_park, parks) if told is not None]


NOTHING_AS_GOOD = 1e-6
"""Amounts below are shown as none: what a file says is none keeps a trace in the model."""


def amount(value: float) -> str:
    """An amount with four significant digits, or whole with thousands set apart.

    >>> amount(1234567.8), amount(12.3456), amount(float("nan")), amount(4.8e-8)
    ('1,234,568', '12.35', '–', '0')
    """
    if not math.isfinite(value):
        return "–"
    if abs(value) < NOTHING_AS_GOOD:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 1e4 else f"{value:,.4g}"


def first_year_rows(told: OwnPark, language: Language) -> list[list[str]]:
    """A row a column: file, first year of the model, ratio, and how close enterprises come."""
    return [_row(one, language) for one in (told.fit.fitted if told.fit else ())]


def _row(one: Fitted, language: Language) -> list[str]:
    unit = dictionary()[one.column].unit
    spread = 100.0 * one.spread / one.model if one.model > 0.0 else math.nan
    return [
        capital(column_named(one.column).said(language)),
        unit_named(unit).said(language),
        amount(one.file),
        amount(one.model),
        f"{one.ratio:.3f}" if math.isfinite(one.ratio) else "–",
        f"{spread:.1f}%" if math.isfinite(spread) else "–",
        str(one.enterprises),
        f"{one.near:.0%}",
        f"{one.correction:.3g}",
        amount(one.others),
    ]


def first_year_table(told: OwnPark, language: Language) -> pd.DataFrame:
    """The same as a table with all digits; heads and names of columns in a language."""
    import pandas as pd

    rows = [
        [column_named(one.column).said(language),
         unit_named(dictionary()[one.column].unit).said(language), one.file, one.model, one.ratio,
         one.spread, one.enterprises, one.near, one.correction, one.others]
        for one in (told.fit.fitted if told.fit else ())
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[language.gettext(head) for head in HEADS])


def first_year_notes(told: OwnPark) -> list[Message]:
    """By what rule the first year was fitted, and what is not reproduced, with its ratio."""
    if told.fit is None:
        return []
    lines = [
        Message(
            "first year: loads and removal on site are set so that energy, water, waste and "
            "reported discharge are those of the file under '{scenario}' (mean of {seeds} seeds); "
            "what goes to the park's works is counted behind it; no rule of law is touched",
            scenario=_titled(told.fit.reference),
            seeds=told.fit.seeds,
        ),
        Message(
            "first year: other seeds than these {seeds} differ by chance, the more so the fewer "
            "and the more unequal the enterprises are (spread between seeds: in the table)",
            seeds=told.fit.seeds,
        ),
    ]
    return lines + [_missed(one) for one in told.fit.fitted if missed(one)]


def _titled(name: str) -> Titled:
    from cleanpark.scenarios.scenario import scenario

    return Titled(name, scenario(name).title)


def missed(one: Fitted) -> bool:
    """Whether a column does not come out as the file says."""
    return math.isfinite(one.ratio) and abs(one.ratio - 1.0) > TOLERATED


def _missed(one: Fitted) -> Message:
    fields: dict[str, object] = {"column": column_named(one.column), "ratio": f"{one.ratio:.3g}"}
    if SMALLEST < one.correction < LARGEST:
        return Message(
            "first year: {column} cannot be reproduced: the model has {ratio} times what the file "
            "says; a few large enterprises whose choices jump decide it",
            **fields,
        )
    return Message(
        "first year: {column} cannot be reproduced: the model has {ratio} times what the file "
        "says, whatever loads and removal; check the amounts and the sectors",
        **fields,
    )
