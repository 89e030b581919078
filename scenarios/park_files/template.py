"""An example of a park's file, that loads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cleanpark.scenarios.errors import ParkError
from cleanpark.scenarios.flows import FLOWS
from cleanpark.scenarios.folders import user_path
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.park_files.dictionary import SHARES, dictionary
from cleanpark.scenarios.park_files.named import UNITS
from cleanpark.scenarios.sectors import sectors
from cleanpark.scenarios.titles import in_language
from cleanpark.scenarios.writing import whole_file

COLUMNS = (
    "id", "sector", "output", *FLOWS, "generated_cod", *SHARES, "last_audit", "monitored",
)  # fmt: skip
EXAMPLE: tuple[Mapping[str, str], ...] = (
    {
        "id": "E001", "sector": "chemicals", "output": "12500", "energy": "7800", "water": "96000",
        "sulfur_dioxide": "5200", "nitrogen_oxides": "4700", "particulates": "2900",
        "cod": "4100", "ammonia_nitrogen": "330", "solid_waste": "3600", "hazardous_waste": "240",
        "voc": "15000", "generated_cod": "19000", "removal_air": "0.82", "last_audit": "2023-06-15",
        "monitored": "yes",
    },
    {"id": "E002", "sector": "textile_dyeing", "output": "6400", "water": "175,000",
     "energy": "2950", "cod": "9800", "removal_water": "81%", "last_audit": "2021-Q4"},
    {"id": "E003", "sector": "metal_finishing", "output": "2300", "water": "38000",
     "cod": "1900", "ammonia_nitrogen": "140", "hazardous_waste": "71", "monitored": "yes"},
    {"id": "E004", "sector": "metals", "output": "21000", "energy": "19600",
     "sulfur_dioxide": "14500", "nitrogen_oxides": "19000", "particulates": "26000"},
    {"id": "E005", "sector": "food", "output": "8800", "energy": "800", "water": "43000"},
    {"id": "E006", "sector": "electronics", "output": "32000", "technology": "0.6"},
    {"id": "E007", "sector": "pharmaceuticals", "output": "9700", "cod": "2800",
     "last_audit": "2024", "attitude": "0.7", "monitored": "no"},
    {"id": "E008", "sector": "machinery", "output": "5200"},
)  # fmt: skip
"""Enterprises of the template: much is known of the first, little of the last."""
YES_NO = {"en": {"yes": "yes", "no": "no"}, "zh": {"yes": "是", "no": "否"}}


def header_of(column: str, language: str) -> str:
    """A column's header with its unit, in `zh`, or by the column's name."""
    found = dictionary()[column]
    bare = not found.unit or found.kind == "share"
    if language == "zh":
        return found.title["zh"] + ("" if bare else f"（{UNITS[found.unit]}）")
    return column if bare else f"{column} ({found.unit})"


def write_template(path: str | Path, language: str = "en") -> Path:
    """Write an example park that loads, with headers in `en` or `zh`; never over a file."""
    if language not in YES_NO:
        raise ParkError("language '{language}': must be en or zh", language=language)
    titles = {sector.name: sector.title["zh"] for sector in sectors()}
    rows = []
    for example in EXAMPLE:
        shown = dict(example)
        if language == "zh":
            shown["sector"] = titles[example["sector"]]
        if "monitored" in example:
            shown["monitored"] = in_language(YES_NO, language)[example["monitored"]]
        rows.append([shown.get(name, "") for name in COLUMNS])
    return write_new(
        user_path(path), write_rows([header_of(name, language) for name in COLUMNS], rows)
    )


def write_rows(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Headers and rows as the text of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return text.getvalue()


def write_new(target: Path, text: str) -> Path:
    """Write a file that is not there yet, with the byte-order mark that spreadsheets need."""
    if target.exists():
        raise ParkError("{path}: already exists; choose another name", path=target)
    try:
        with whole_file(target) as aside:
            aside.write_bytes(text.encode("utf-8-sig"))
    except OSError as cause:
        raise ParkError(
            "{path}: cannot be written ({reason})", path=target, reason=reason_of(cause)
        ) from cause
    return target
