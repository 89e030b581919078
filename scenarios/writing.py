"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.foreign import reason_of

MARK = "run.json"
"""A folder that holds this file holds a run's results."""


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


def check_folder(folder: Path, replace: bool, mark: str = MARK) -> None:
    """Refuse a folder that holds something else than the file ``mark`` tells of, or that cannot be
    written."""
    if folder.is_file():
        raise InputError("{folder}: is a file; name a folder for the results", folder=folder)
    if folder.exists() and any(folder.iterdir()):
        if not (folder / mark).is_file():
            raise InputError(
                "{folder}: is not empty and holds no results; name another folder", folder=folder
            )
        if not replace:
            raise InputError(
                "{folder}: already holds the results of another run; name another "
                "folder or say --replace",
                folder=folder,
            )
    parent = folder.resolve().parent
    while not parent.exists():
        parent = parent.parent
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise InputError(
            "{folder}: cannot be written ({parent} is not writable)", folder=folder, parent=parent
        )


@contextlib.contextmanager
def whole_folder(folder: Path, replace: bool, mark: str = MARK) -> Iterator[Path]:
    """A folder to write into that takes its place only when all was written.

    On any failure, Ctrl-C included, what was written is removed and the old folder stays.
    """
    check_folder(folder, replace, mark)
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as cause:
        raise InputError(
            "{folder}: cannot be written ({reason})", folder=folder, reason=reason_of(cause)
        ) from cause
    try:
        yield aside
        aside.chmod(0o755)
        if folder.exists():
            old = aside.with_name(aside.name + "-old")
            folder.rename(old)
            aside.rename(folder)
            shutil.rmtree(old)
        else:
            aside.rename(folder)
    except OSError as cause:
        raise InputError(
            "{folder}: cannot be written ({reason})", folder=folder, reason=reason_of(cause)
        ) from cause
    finally:
        shutil.rmtree(aside, ignore_errors=True)
