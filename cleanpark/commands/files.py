"""Text files that commands write: whole or not at all, and never over another unasked."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import claimed
from cleanpark.scenarios.foreign import reason_of
from cleanpark.scenarios.writing import whole_file

_held = contextlib.ExitStack()


def hold(folder: str | Path) -> None:
    """Keep other runs out of a folder until the command ends; InputError where one is there."""
    _held.enter_context(claimed(folder))


@contextlib.contextmanager
def letting_go() -> Iterator[None]:
    """At the end of a command, other runs may write again where this one held folders."""
    try:
        yield
    finally:
        _held.close()


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
