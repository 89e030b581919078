"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.folders import (
    LOCK,
    NEW,
    aside_of,
    claimed,
    free_name,
    is_cut_off,
    recover,
    results_folder,
    seal,
    strangers,
    swap,
    unwritable,
    user_path,
    written_by_runs,
)

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
    written; what a killed run left of its swap is put back first."""
    folder = results_folder(folder)
    if is_cut_off(folder):
        with claimed(folder):
            recover(folder.resolve())
    if any(others_in(folder)):
        if not (folder / mark).is_file():
            raise InputError(
                "{folder}: is not empty and holds no results; name another folder", folder=folder
            )
        if not replace:
            raise InputError(
                "{folder}: already holds the results of another run; name another folder or say "
                "--replace", folder=folder,
            )  # fmt: skip
    _, changed = written_by_runs(folder, mark)
    if changed:
        raise InputError(
            "{file}: was changed since the run that wrote it; move it away or name another folder",
            file=folder / changed[0],
        )
    check_writable(folder)


def others_in(folder: Path) -> Iterator[Path]:
    """What stands in a folder, without what a killed run left aside."""
    if folder.is_dir():
        yield from (one for one in folder.iterdir() if one.name not in (NEW, LOCK))


def check_writable(folder: Path) -> None:
    """Refuse a folder, or the place it is to be made in, that cannot be written."""
    place = folder.resolve()
    while not place.exists():
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise InputError(
            "{folder}: cannot be written ({place} is not writable)", folder=folder, place=place
        )


@contextlib.contextmanager
def whole_folder(folder: Path, replace: bool, mark: str = MARK) -> Iterator[Path]:
    """A folder to write into; its files take their places only when all was written.

    The file ``mark`` must be among them: it is given the format's number and a digest of each
    file. On any failure, Ctrl-C included, what was written is removed and the folder is as it was.
    With ``replace`` the files of the earlier run are taken out, and nothing else. Raises
    InputError where another run writes there, or the folder changed meanwhile so that a file that
    no run wrote would be lost; the new results are then kept beside it.
    """
    check_folder(folder, replace, mark)
    folder = user_path(folder).resolve()
    with claimed(folder):
        try:
            aside = aside_of(folder)
        except OSError as cause:
            raise unwritable(folder, cause) from cause
        try:
            yield aside
            seal(aside, mark)
            _take_place(folder, aside, replace, mark)
        except OSError as cause:
            raise unwritable(folder, cause) from cause
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _take_place(folder: Path, aside: Path, replace: bool, mark: str) -> None:
    """Put the new files into the folder, after a second look at what stands there."""
    earlier, _ = written_by_runs(folder, mark)
    lost = strangers(folder, aside, earlier if replace else ())
    if lost:
        other = free_name(folder)
        aside.rename(other)
        raise InputError(
            "{file}: came there during the run and would be lost; the results are in {other}",
            file=folder / lost[0], other=other,
        )  # fmt: skip
    try:
        if not folder.exists():
            aside.rename(folder)
            return
    except OSError:  # it came in this very moment
        if not folder.is_dir():
            raise
    swap(folder, aside, earlier)
