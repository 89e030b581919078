"""The digest of sources tells any change of content, and no change of place."""

from __future__ import annotations

from pathlib import Path

from cleanpark.model.sources import digest_of, sources_digest


def test_content_and_name_count_and_the_folder_does_not(tmp_path: Path) -> None:
    files = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        files.append(tmp_path / folder / "rule.py")
        files[-1].write_text("x = 1\n")
    assert digest_of(files[:1]) == digest_of(files[1:])
    files[1].write_text("x = 2\n")
    assert digest_of(files[:1]) != digest_of(files[1:])
    assert len(sources_digest()) == 64
