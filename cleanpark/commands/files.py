"""Text files that commands write: whole or not at all, and never over another unasked."""

from __future__ import annotations

from pathlib import Path

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.writing import whole_file


def write_new(path: Path, text: str, replace: bool = False) -> None:
    """Write a text file under a temporary name and move it to its place."""
    if path.is_dir():
        raise InputError("{path}: is a folder; name a file", path=path)
    if path.exists() and not replace:
        raise InputError("{path}: already exists; choose another name or say --replace", path=path)
    try:
        with whole_file(path) as aside:
            aside.write_text(text, encoding="utf-8")
    except OSError as cause:
        raise InputError(
            "{path}: cannot be written ({reason})", path=path, reason=reason_of(cause)
        ) from cause
