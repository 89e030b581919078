"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A path beside a file to write to; it takes the file's place only when all was written.

    On any failure, Ctrl-C included, what was written is removed and the old file stays. Raises
    OSError as the writing does; the caller says what that means for the user.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield aside
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def is_unfinished(path: Path) -> bool:
    """Whether a file is one that :func:`whole_file` has not renamed yet."""
    return re.fullmatch(r"\..+\.\d+", path.name) is not None


def is_left_over(path: Path) -> bool:
    """Whether a file is what a kill left of :func:`whole_file`: no process writes it any more."""
    import psutil

    return is_unfinished(path) and not psutil.pid_exists(int(path.name.rpartition(".")[2]))
