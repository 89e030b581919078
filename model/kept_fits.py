"""Calibrations kept between processes: of the same park, sectors and sources they are the same.

They lie beside the compiled code. Where nothing can be kept, or a file is damaged, each process
calibrates anew; results are not touched by it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.park import Park
from cleanpark.scenarios.sectors import Sector
from cleanpark.scenarios.writing import whole_file

if TYPE_CHECKING:
    from cleanpark.model.calibration import Calibration

MOST_KEPT = 40
"""Files kept; of more the oldest go."""


def folder() -> Path:
    """Where calibrations are kept: where Numba is told to keep code, else beside the sources."""
    told = os.environ.get("NUMBA_CACHE_DIR")
    return (Path(told) if told else Path(__file__).with_name("__pycache__")) / "calibrations"


def place_of(park: Park, catalogue: Sequence[Sector] | None) -> Path | None:
    """The file of a park's calibration; None where the sources are not what runs."""
    try:
        digest = hashlib.sha256(sources_digest().encode())
    except InputError:
        return None
    digest.update(park.digest.encode())
    for sector in catalogue or ():
        digest.update(sector.digest.encode())
    return folder() / f"{digest.hexdigest()}.npz"


def kept(place: Path) -> Calibration | None:
    """The calibration in a file; None where there is none, or none that can be read."""
    from cleanpark.model.calibration import Calibration, Fitted

    try:
        with open(place, "rb") as stream, np.load(stream, allow_pickle=False) as stored:
            corrections, told = stored["corrections"], stored["told"].tobytes()
            if stored["seal"].tobytes() != _seal(corrections.tobytes(), told):
                return None
        content = json.loads(told)
    except Exception:  # noqa: BLE001 whatever it is, it can be calibrated anew
        return None
    fitted = tuple(Fitted(**one) for one in content["fitted"])
    return Calibration(corrections, fitted, content["seeds"], content["reference"])


def keep(place: Path, found: Calibration) -> None:
    """Keep a calibration for the next process, where that can be done."""
    told = json.dumps(
        {
            "fitted": [asdict(one) for one in found.fitted],
            "seeds": found.seeds,
            "reference": found.reference,
        }
    ).encode()
    seal = _seal(found.corrections.tobytes(), told)
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as aside, open(aside, "wb") as stream:
            np.savez(
                stream,
                corrections=found.corrections,
                told=np.frombuffer(told, dtype=np.uint8),
                seal=np.frombuffer(seal, dtype=np.uint8),
            )
        _leave_newest(place.parent)


def _leave_newest(where: Path) -> None:
    files = sorted(where.glob("*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST_KEPT:]:
        file.unlink(missing_ok=True)


def _seal(corrections: bytes, told: bytes) -> bytes:
    return hashlib.sha256(corrections + told).digest()
