"""What of a sensitivity study has not converged, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cleanpark.analysis.sensitivity.indices import ABSOLUTE_WIDTH, RELATIVE_WIDTH
from cleanpark.analysis.sensitivity.method import DUMMY
from cleanpark.analysis.sensitivity.methods import all_methods
from cleanpark.analysis.words.studies import index_words, listed, parameter_title, say
from cleanpark.analysis.words.titles import outcome_title

if TYPE_CHECKING:
    import pandas as pd

MOST_NAMED = 5
"""Parameters that a warning names; more are counted."""


def warning_lines(
    indices: pd.DataFrame, language: str = "en", title: Callable[[str, str], str] | None = None
) -> list[str]:
    """What has not converged, in plain words, and how many samples it would take.

    ``title`` gives a parameter's title by name and language where it is not a declared one.
    """
    lines = []
    mains = {one.main.name: one.main for one in all_methods()}
    horizon = indices[(indices["quarter"] == "") & (indices["parameter"] != DUMMY)]
    for (outcome, index), part in horizon.groupby(["outcome", "index"], sort=False):
        open_ones = part[~part["converged"].astype(bool)]
        if index not in mains or open_ones.empty:
            continue
        half = (open_ones["high"] - open_ones["low"]) / 2.0
        wanted = np.maximum(RELATIVE_WIDTH * open_ones["value"].abs(), ABSOLUTE_WIDTH)
        if mains[str(index)].in_unit:
            wanted = RELATIVE_WIDTH * part["value"].max()
        factor = float(((half / wanted) ** 2).max())
        names = [(title or parameter_title)(one, language) for one in open_ones["parameter"]]
        lines.append(_warning(str(outcome), str(index), names, len(part), factor, language))
    return lines


def _warning(
    outcome: str, index: str, names: Sequence[str], of: int, factor: float, language: str
) -> str:
    """One sentence on the indices of one kind that have not converged; ``of`` counts them all."""
    told = {"outcome": outcome_title(outcome, language), "count": len(names), "of": of,
            "indices": index_words(index, language, many=True)}  # fmt: skip
    if not np.isfinite(factor):
        return say("open_undefined", language, **told)
    return say(
        "open",
        language,
        names=_few(names, language),
        times=2 ** int(np.ceil(np.log2(max(2.0, factor)))),
        **told,
    )


def _few(names: Sequence[str], language: str) -> str:
    """Some titles, and how many there are beside them."""
    if len(names) <= MOST_NAMED:
        return listed(names, language)
    first = list(names[: MOST_NAMED - 1])
    return listed([*first, say("others", language, count=len(names) - len(first))], language)


def failed_lines(about: Mapping[str, Any], language: str) -> list[str]:
    """How many runs failed, and why, by a study's record; nothing where none did."""
    if not about.get("failed"):
        return []
    lines = [say("failed_line", language, count=about["failed"])]
    for one in about.get("failures", ()):
        told = {"runs": f"{one['runs']:,}", "reason": one["reason"]}
        lines.append(say("failed_reason", language, **told))
    return lines


def undefined_told(table: pd.DataFrame, language: str) -> list[str]:
    """The same of the table itself."""
    lines = []
    for row in table.to_dict("records"):
        count = int(row["undefined"])
        if count:
            lines.append(say("undefined_line", language, samples=f"{row['samples']:,}",
                             outcome=outcome_title(row["outcome"], language), count=count,
                             dropped=f"{row['dropped']:,}"))  # fmt: skip
    return lines
