"""Calibrations are kept between processes, and never trusted where they are damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import cleanpark as cp
from cleanpark.model import calibration as calibration_module
from cleanpark.model import kept_fits
from cleanpark.scenarios.sectors import sectors
from tests.model.test_calibration import written


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> cp.Park:
    """A park of a user, and an empty folder for what is kept."""
    monkeypatch.setattr(kept_fits, "folder", lambda: tmp_path / "kept")
    return cp.park(written(tmp_path / "small.csv", 6, 3))


def test_a_calibration_is_kept_for_the_next_process(
    small: cp.Park, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = calibration_module._calibrated.__wrapped__(small, None)
    monkeypatch.setattr(calibration_module, "_Fit", None)  # nothing can be fitted any more
    again = calibration_module._calibrated.__wrapped__(small, None)
    assert np.array_equal(found.corrections, again.corrections)
    assert (again.fitted, again.seeds, again.reference) == (
        found.fitted,
        found.seeds,
        found.reference,
    )


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04nonsense", None])
def test_a_damaged_or_altered_calibration_is_made_anew(
    small: cp.Park, damage: bytes | None
) -> None:
    found = calibration_module._calibrated.__wrapped__(small, None)
    place = kept_fits.place_of(small, None)
    assert place is not None
    if damage is None:
        with np.load(place) as stored:
            parts = dict(stored)
        np.savez(place, **{**parts, "corrections": 2.0 * parts["corrections"]})
    else:
        place.write_bytes(damage)
    assert kept_fits.kept(place) is None
    again = calibration_module._calibrated.__wrapped__(small, None)
    assert np.array_equal(found.corrections, again.corrections)
    assert kept_fits.kept(place) is not None


def test_another_park_or_other_sectors_have_another_calibration(
    small: cp.Park, tmp_path: Path
) -> None:
    other = cp.park(written(tmp_path / "other.csv", 6, 4))
    places = {kept_fits.place_of(small, None), kept_fits.place_of(other, None),
              kept_fits.place_of(small, sectors())}  # fmt: skip
    assert len(places) == 3


def test_where_nothing_can_be_kept_it_is_calibrated_all_the_same(
    small: cp.Park, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(kept_fits, "folder", lambda: tmp_path / "file" / "kept")
    assert calibration_module._calibrated.__wrapped__(small, None).fitted
