"""Amounts far from what their sector uses or discharges: most often a wrong unit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from cleanpark.scenarios.errors import Message, ParkError
from cleanpark.scenarios.flows import FLOWS
from cleanpark.scenarios.park_files.account import SHOWN, Far
from cleanpark.scenarios.park_files.dictionary import GENERATED, POLLUTANTS, dictionary
from cleanpark.scenarios.sectors import Sector

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

USUAL_EFFORT = 0.89
"""Treatment effort at which typical removal of the sector tables comes out (assumed)."""
VOC_EFFORT = 0.7
"""The same for volatile organic compounds: the default of `voc_effort`."""
USUAL_LEVEL = 1.0 / 1.4
"""Typical practice to worst practice of pollutants: the pattern of the sector tables."""
MOST = 30.0
"""An amount this many times the typical one, above the sector's own range, is listed."""
LEAST = 1.0 / 30.0
"""A column whose middle enterprise is below this share of the typical amount is listed."""
TINY = 1e-4
"""So is one amount below this share that is not zero."""
MOST_SPREADS = 4.5
"""An output this many spreads of ln above its sector's median is listed; one in 300,000 is."""


def typical(sector: Sector, column: str) -> tuple[float, float]:
    """Typical amount of a column per 10,000 CNY of output, and its range upwards as a factor."""
    flow = column.removeprefix("generated_")
    worst = sector.worst[flow]
    amount = worst.value * USUAL_LEVEL
    if column in POLLUTANTS:
        effort = VOC_EFFORT if flow == "voc" else USUAL_EFFORT
        amount *= 1.0 - sector.removal[flow].value * effort
    return amount, worst.high / worst.value


def far_amounts(
    table: pd.DataFrame, columns: Collection[str], sectors: Sequence[Sector]
) -> list[Far]:
    """Amounts and columns far from the sectors' ranges; `columns` are those of the file.

    Columns come first, as one wrong unit makes every row of its column wrong.
    """
    known = {sector.name: sector for sector in sectors}
    found: list[Far] = []
    for column in (*FLOWS, *GENERATED):
        if column not in columns:
            continue
        found.extend(_far_in_column(table, column, known))
    if "output" in columns:
        found.extend(_far_outputs(table, known))
    return sorted(found, key=lambda far: far.line > 0)


def _far_in_column(table: pd.DataFrame, column: str, known: Mapping[str, Sector]) -> Iterator[Far]:
    unit = dictionary()[column].unit
    amounts = table[column].to_numpy(dtype=float)
    usual = {name: typical(sector, column) for name, sector in known.items()}
    per_output = np.array([usual[name][0] for name in table["sector"]])
    upwards = np.array([usual[name][1] for name in table["sector"]])
    ratios = amounts / table["output"].to_numpy(dtype=float) / per_output
    positive = ratios > 0.0
    if positive.any():
        middle = float(np.median(ratios[positive]))
        if (middle > MOST or middle < LEAST) and positive.sum() > 1:
            yield Far(0, "", column, float("nan"), unit, middle)
            return
    single = positive.sum() == 1
    low = ratios < (LEAST / 10.0 if single else TINY)
    high = ratios > MOST * np.maximum(1.0, upwards / 2.0)
    for place in np.flatnonzero(positive & (high | low)).tolist():
        yield Far(
            int(table.index[place]),
            str(table["id"].iloc[place]),
            column,
            float(amounts[place]),
            unit,
            float(ratios[place]),
        )


def _far_outputs(table: pd.DataFrame, known: Mapping[str, Sector]) -> Iterator[Far]:
    outputs = table["output"].to_numpy(dtype=float)
    median = np.array([4.0 * known[name].economy.output_median.value for name in table["sector"]])
    spread = np.array([known[name].economy.output_spread.value for name in table["sector"]])
    for place in np.flatnonzero(np.log(outputs / median) > MOST_SPREADS * spread).tolist():
        yield Far(
            int(table.index[place]),
            str(table["id"].iloc[place]),
            "output",
            float(outputs[place]),
            dictionary()["output"].unit,
            float(outputs[place] / median[place]),
        )


def refuse_far(found: Sequence[Far], accept: Collection[str], path: Path) -> list[Far]:
    """The amounts that were accepted by column, by id or by `id:column`; others are refused.

    Names in `accept` that name no such amount are refused too: they would hide a mistake.
    """
    accepted = set(accept)
    taken = [far for far in found if _names(far) & accepted]
    left = [far for far in found if not _names(far) & accepted]
    if left:
        raise ParkError(_message(left, path))
    return taken


def _names(far: Far) -> set[str]:
    return {"all", far.column, f"{far.id}:{far.column}", far.id} - {""}


def _message(left: Sequence[Far], path: Path) -> Message:
    lines = [far.message() for far in left[:SHOWN]]
    fields = {f"far{place}": line for place, line in enumerate(lines)}
    template = "\n".join(f"{{far{place}}}" for place in range(len(lines)))
    return Message(
        "{path}: amounts far from the sector's range; check the unit of the column, or say "
        "--accept {columns} if they are right\n{list}{more}",
        path=path,
        columns=",".join(dict.fromkeys(far.column for far in left)),
        list=Message(template, **fields),
        more=more(len(left) - SHOWN),
    )


def more(count: int) -> Message:
    """How many problems are not shown."""
    return Message("\n... and {count} more", count=count) if count > 0 else Message("")
