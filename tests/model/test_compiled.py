"""Compiled code is kept between processes for as long as its sources and their data stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleanpark.model import compiled
from cleanpark.scenarios import flows


def test_the_stamp_covers_the_data_that_codes_are_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = compiled.source_stamp()
    assert compiled.source_stamp() == before
    for module, name in ((compiled, "LEVER_FILE"), (flows, "FILE")):
        changed = tmp_path / getattr(module, name).name
        changed.write_bytes(getattr(module, name).read_bytes() + b"\n")
        with monkeypatch.context() as patch:
            patch.setattr(module, name, changed)
            assert compiled.source_stamp() != before
