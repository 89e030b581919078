"""Folders of results: one run at a time writes into one, and takes out only what a run wrote.

A run writes aside. When all is there, the files of the earlier run leave the folder and the new
ones take their places; a journal beside them says what is under way, so that an exception, and the
next run after a kill, put back what was there. Whatever else lies in the folder stays.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from cleanpark.scenarios.errors import InputError
from cleanpark.scenarios.foreign import reason_of

FORMAT = 2
"""Of folders of results. 1, which had no number, is read too: its files have no digests."""
NEW, AWAY, GONE = ".cleanpark-new", ".cleanpark-away", ".cleanpark-gone"
"""Folders aside: what a run writes, what leaves until all is in place, what may be thrown away."""
SIGNED = "record_sha256"
"""Key under which a record tells the digest of all else that it says."""
LOCK = ".cleanpark-lock"
JOURNAL = "journal.json"
MACHINE = (".npz", ".parquet")
"""Endings of files that nobody edits: where they differ from what was written, they are damaged."""
WAIT = 0.2
"""Seconds in which a run that is just ending may let a folder go."""
KNOWN = {
    "run.json": ("run.json", "outcomes.parquet", "comparison.csv", "report.html", "outcomes.csv",
                 "enterprises.csv", *(f"{name}.{kind}" for kind in ("png", "svg") for name in (
                     "trajectories", "cost_reduction", "who_pays", "levels", "compliance"))),
    "history.json": ("history.json", "seed-[0-9]*.npz"),
}  # fmt: skip
"""What runs wrote into folders of format 1, by the file that tells of them."""


def user_path(given: str | Path) -> Path:
    """A path as a user means it: ``~`` is the home folder wherever a path can be given."""
    if not isinstance(given, (str, os.PathLike)):
        raise InputError("{path}: a path is a text or a Path", path=repr(given))
    if not str(given).strip():
        raise InputError("an empty path names no file or folder: name one, such as results")
    if "\0" in str(given):
        raise InputError("{path}: a path holds no null character", path=repr(str(given)))
    try:
        return Path(given).expanduser()
    except RuntimeError as cause:
        raise InputError("{path}: there is no such home folder", path=given) from cause


def results_folder(given: str | Path) -> Path:
    """The folder that results are to go into; InputError where a file stands there or on the
    way."""
    folder = user_path(given)
    for place in (folder, *folder.parents):
        if os.path.lexists(place) and not place.is_dir():
            free = place.with_name(f"{place.stem}-results")
            raise InputError(
                "{place}: is a file; name a folder for the results, such as {free}",
                place=place, free=free_name(free) if os.path.lexists(free) else free,
            )  # fmt: skip
    return folder


def check_format(place: Path, record: Mapping[str, Any]) -> None:
    """Refuse a record that a later version wrote; :data:`FORMAT` and 1 are read."""
    told = record.get("format", 1)
    if type(told) is not int or not 1 <= told <= FORMAT:
        raise InputError(
            "{place}: has format {format}; this version of cleanpark reads the formats 1 to "
            "{known}: use the version that wrote it, or run it again",
            place=place, format=repr(told), known=FORMAT,
        )  # fmt: skip


def signed(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with a digest of what it says, by which :func:`is_as_written` knows it again."""
    plain = {key: value for key, value in record.items() if key != SIGNED}
    return {**plain, SIGNED: _said(plain)}


def is_as_written(record: Mapping[str, Any]) -> bool:
    """Whether a record says what it said when it was written; True where it has no digest, as
    those of earlier versions and of later formats."""
    if SIGNED not in record or record.get("format", 1) != FORMAT:
        return True
    return bool(record[SIGNED] == signed(record)[SIGNED])


def _said(record: Mapping[str, Any]) -> str:
    text = json.dumps(record, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextlib.contextmanager
def claimed(folder: str | Path | None) -> Iterator[None]:
    """Hold a folder while a run writes into it; InputError where another run does.

    The same thread may claim it again inside. None claims nothing.
    """
    if folder is None:
        yield
        return
    place = results_folder(folder).resolve()
    with _made(place), _locked(lock_file(place), place):
        yield


def lock_file(folder: Path) -> Path:
    """Beside the folder, which may not be there yet; inside where that cannot be written."""
    beside = folder.parent
    if folder.is_dir() and not os.access(beside, os.W_OK):
        return folder / LOCK
    return beside / f".{folder.name}{LOCK}"


@contextlib.contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder's parents are there; those that stayed empty are taken away again."""
    lacking = [one for one in folder.parents if not one.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise unwritable(folder, cause) from cause
    try:
        yield
    finally:
        for one in lacking:
            with contextlib.suppress(OSError):
                one.rmdir()


@contextlib.contextmanager
def _locked(path: Path, folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(path, timeout=WAIT, is_singleton=True)
        lock.acquire()
    except Timeout as cause:
        if not path.exists():  # no file can be made there, which filelock waits for in vain
            raise unwritable(folder, OSError(errno.ENOENT, os.strerror(errno.ENOENT))) from cause
        raise InputError(
            "{folder}: another run is writing there; wait for it, or name another folder",
            folder=folder,
        ) from cause
    except OSError as cause:
        raise unwritable(folder, cause) from cause
    try:
        yield
    finally:
        if lock.lock_counter == 1:  # taken away while it is held, so that nobody's else is
            with contextlib.suppress(OSError):
                path.unlink()
        lock.release()


def unwritable(folder: Path, cause: OSError) -> InputError:
    """That a folder cannot be written, and why."""
    return InputError(
        "{folder}: cannot be written ({reason})", folder=folder, reason=reason_of(cause)
    )


def aside_of(folder: Path) -> Path:
    """An empty folder to write into, on the same disk as the place it is for."""
    inside, beside = folder / NEW, folder.with_name(f".{folder.name}{NEW}")
    for left in (inside, beside):
        shutil.rmtree(left, ignore_errors=True)  # of a run that was killed
    aside = inside if folder.is_dir() else beside
    aside.mkdir()
    return aside


def seal(aside: Path, mark: str) -> None:
    """Write the folder's format, and a digest of each file, into its record."""
    record = json.loads((aside / mark).read_text(encoding="utf-8"))
    record["format"] = FORMAT
    record["files"] = {name: file_digest(aside / name) for name in names_in(aside) if name != mark}
    text = json.dumps(signed(record), ensure_ascii=False, indent=1)
    (aside / mark).write_text(text, encoding="utf-8")


def names_in(folder: Path) -> list[str]:
    """Files below a folder, by their names from there."""
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def written_by_runs(folder: Path, mark: str) -> tuple[list[str], list[str]]:
    """Files that an earlier run wrote into a folder: those as it left them, and those changed
    since."""
    record = _record(folder / mark)
    if record is None:
        return [], []
    told = record.get("files")
    if not isinstance(told, Mapping):
        known = KNOWN.get(mark, (mark,))
        found = {path.name for pattern in known for path in folder.glob(pattern) if path.is_file()}
        return sorted(found), []
    there = {
        name: digest for name, digest in told.items() if _inside(name) and _is_file(folder / name)
    }
    edited = {name: digest for name, digest in there.items() if not name.endswith(MACHINE)}
    changed = [name for name, digest in edited.items() if file_digest(folder / name) != digest]
    return [*(name for name in there if name not in changed), mark], changed


def _inside(name: str) -> bool:
    """Whether a name from a record stays within its folder."""
    place = PurePosixPath(name)
    return not place.is_absolute() and ".." not in place.parts and "\\" not in name


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _record(path: Path) -> dict[str, Any] | None:
    """A record as it stands; None where there is none, empty where it is no record."""
    if not path.is_file():
        return None
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def strangers(folder: Path, aside: Path, earlier: Iterable[str]) -> list[str]:
    """Files that stand where new ones go and that no run wrote."""
    own = set(earlier)
    return [name for name in names_in(aside) if name not in own and os.path.lexists(folder / name)]


def swap(folder: Path, aside: Path, earlier: Iterable[str]) -> None:
    """Put the files aside into the folder in place of ``earlier`` ones; all of it, or nothing."""
    away = folder / AWAY
    away.mkdir()
    try:
        leaving = [name for name in earlier if (folder / name).is_file()]
        coming = {name: file_digest(aside / name) for name in names_in(aside)}
        text = json.dumps({"leaving": leaving, "coming": coming})
        (away / JOURNAL).write_text(text, encoding="utf-8")
        for name in leaving:
            _move(folder / name, away / "files" / name)
        for name in coming:
            _move(aside / name, folder / name)
        away.rename(folder / GONE)
    except BaseException:
        recover(folder)
        raise
    shutil.rmtree(folder / GONE, ignore_errors=True)
    _remove_empty(folder, leaving)


def is_cut_off(folder: Path) -> bool:
    """Whether a run was killed while its files took their places."""
    return (folder / AWAY).is_dir() or (folder / GONE).is_dir()


def recover(folder: Path) -> None:
    """Put back what left the folder for files that did not all come; idempotent."""
    shutil.rmtree(folder / GONE, ignore_errors=True)
    away = folder / AWAY
    journal = _record(away / JOURNAL) or {}
    kept = away / "files"
    for name, digest in dict(journal.get("coming", {})).items():
        stays = name in journal.get("leaving", ()) and not (kept / name).exists()
        if not stays and _is_file(folder / name) and file_digest(folder / name) == digest:
            (folder / name).unlink()
    for name in names_in(kept) if kept.is_dir() else ():
        _move(kept / name, folder / name)
    shutil.rmtree(away, ignore_errors=True)
    _remove_empty(folder, journal.get("coming", {}))


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(source, target)


def _remove_empty(folder: Path, names: Iterable[str]) -> None:
    """Take away folders that held nothing but files that left."""
    for part in {(folder / name).parent for name in names} - {folder}:
        with contextlib.suppress(OSError):
            part.rmdir()


def free_name(folder: Path) -> Path:
    """A folder of a like name that is not there yet."""
    number = 2
    while os.path.lexists(found := folder.with_name(f"{folder.name}-{number}")):
        number += 1
    return found
