"""Parks that came in files: read within limits, kept in memory, told in the page's own words."""

from __future__ import annotations

import hashlib
import io
import re
import tempfile
import zipfile
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import cleanpark as cp
from cleanpark.page import limits
from cleanpark.scenarios.errors import N_, InputError, Message
from cleanpark.scenarios.park import FileSettings

FILE = "file:"
"""How the name of a park that came in a file begins."""
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
"""Kinds of files with one enterprise a row; the reader says how an old .xls is saved anew."""
NO_UNITS = (
    "{path}: no unit in the header of {columns}; write it there, as in 'COD (t)', or say "
    "--units {example} with the units that hold"
)
FAR_OFF = (
    "{path}: amounts far from the sector's range; check the unit of the column, or say "
    "--accept {columns} if they are right\n{list}{more}"
)
HERE = {
    NO_UNITS: N_(
        "{path}: no unit in the header of {columns}; write it there, as in 'COD (t)', or give the "
        "units that hold in the box below"
    ),
    FAR_OFF: N_(
        "{path}: amounts far from the sector's range; check the unit of the column, or name the "
        "columns in the box below if the amounts are right\n{list}{more}"
    ),
    "{path}: --units {key}={unit}: no such column in the file{hint}": N_(
        "{path}: unit {key}={unit}: no such column in the file{hint}"
    ),
    "{path}: --units {key}={unit}: must be one of {allowed}": N_(
        "{path}: unit {key}={unit}: must be one of {allowed}"
    ),
    "{path}, line {line}: no column {missing}; found: {found} (cleanpark parks columns "
    "lists what is understood)": N_("{path}, line {line}: no column {missing}; found: {found}"),
    "--units {pair}: write COLUMN=UNIT, such as --units cod=t": N_(
        "{pair}: write COLUMN=UNIT, such as cod=t"
    ),
}
"""What the readers say to somebody at a command line, and what the page says instead."""


def of_the_page(problem: InputError) -> InputError:
    """The same error, where it names an option of the command line: what one does here."""
    told = problem.message
    if told.template not in HERE:
        return problem
    found = InputError(Message(HERE[told.template], **told.fields))
    found.__cause__ = problem
    return found


@dataclass(frozen=True)
class Missing:
    """What a refused file lacks that one can say on the page: units, or amounts to accept.

    ``units`` and ``accept`` are what the boxes begin with: columns to be given a unit, which is
    never guessed, and columns to accept; empty where nothing of the kind was asked for.
    """

    units: str = ""
    accept: str = ""


def missing_in(problem: InputError) -> Missing:
    """What would let the reader go on, by the error it gave."""
    told = problem.__cause__ if isinstance(problem.__cause__, InputError) else problem
    example = str(told.message.fields["example"]) if told.message.template == NO_UNITS else ""
    columns = re.findall(r"([^,=]+)=", example)
    return Missing(
        ", ".join(f"{name}=" for name in columns),
        str(told.message.fields["columns"]) if told.message.template == FAR_OFF else "",
    )


def settings_from(units: str, accept: str) -> FileSettings:
    """What somebody wrote into the boxes: ``cod=t, output=万元`` and ``cod, A17:water``."""
    from cleanpark.commands.options import units_of

    try:
        found = units_of([units] if units.strip() else [])
    except InputError as problem:
        raise of_the_page(problem) from problem
    names = [one.strip() for one in accept.replace("，", ",").split(",")]
    return FileSettings(found, tuple(filter(None, names)))


@dataclass(frozen=True)
class Upload:
    """A park that came in a file, what was read of it, and what was said of its columns."""

    park: cp.Park
    account: list[Message]
    said: FileSettings = field(default_factory=FileSettings)


class Uploads:
    """Parks that came in files, the latest few, by what was in them; never written to disk."""

    def __init__(self) -> None:
        """None yet."""
        self._parks: OrderedDict[str, Upload] = OrderedDict()
        self._lock = Lock()

    def add(self, filename: str, content: bytes, said: FileSettings | None = None) -> str:
        """Read a file of enterprises or of a park; returns the name that a question gives it.

        ``said`` gives units of columns and amounts to accept. Raises InputError that says what is
        wrong with the file, under the name the user gave it.
        """
        name = Path(filename.replace("\\", "/")).name or "park.csv"
        said = said or FileSettings()
        _check_size(name, content)
        found = _read(name, content, said)
        if found.park.enterprises > limits.UPLOAD_ROWS:
            raise InputError(
                "{file}: {rows} enterprises; the page takes at most {most}",
                file=name, rows=found.park.enterprises, most=limits.UPLOAD_ROWS,
            )  # fmt: skip
        key = f"{FILE}{name}#{_digest(content, said)}"
        with self._lock:
            self._parks[key] = found
            self._parks.move_to_end(key)
            while len(self._parks) > limits.UPLOADS_KEPT:
                self._parks.popitem(last=False)
        return key

    def get(self, key: str) -> cp.Park:
        """A park by the name that a question gives it."""
        return self._of(key).park

    def account(self, key: str) -> list[Message]:
        """What was read of the file, filled in and converted; nothing of a park's own file."""
        return self._of(key).account

    def said(self, key: str) -> FileSettings:
        """Units of columns and amounts to accept that came with the file."""
        return self._of(key).said

    def _of(self, key: str) -> Upload:
        with self._lock:
            found = self._parks.get(key)
        if found is None:
            raise InputError(
                "the park of the file {file} is no longer here: drop the file in again",
                file=file_of(key),
            )
        return found


def _digest(content: bytes, said: FileSettings) -> str:
    digest = hashlib.sha256(content)
    if said != FileSettings():
        digest.update(repr((sorted(said.units.items()), said.accept)).encode())
    return digest.hexdigest()[:12]


def file_of(key: str) -> str:
    """The user's file name in the name of an uploaded park."""
    return key.removeprefix(FILE).rpartition("#")[0]


def _check_size(name: str, content: bytes) -> None:
    """Refuse what is larger than the page takes, before it is read at length."""
    if len(content) > limits.UPLOAD_BYTES:
        raise InputError(
            "{file}: larger than the {most} MB that the page takes",
            file=name, most=limits.UPLOAD_BYTES // 1_000_000,
        )  # fmt: skip
    if content.startswith(b"PK"):  # a workbook, whatever its name: the reader looks inside as well
        _check_unpacked(name, content)
        return
    head = content.split(b"\n", 1)[0]
    columns = 1 + max(head.count(mark) for mark in (b",", b";", b"\t"))
    if columns > limits.UPLOAD_COLUMNS:
        raise InputError(
            "{file}: {columns} columns; the page takes at most {most}",
            file=name, columns=columns, most=limits.UPLOAD_COLUMNS,
        )  # fmt: skip


def _check_unpacked(name: str, content: bytes) -> None:
    """Refuse a workbook that unpacks to more than the page takes; a damaged one the reader will."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            size = sum(one.file_size for one in parts.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return
    if size > limits.UPLOAD_UNPACKED:
        raise InputError(
            "{file}: unpacks to {size} MB; the page takes at most {most}",
            file=name, size=size // 1_000_000, most=limits.UPLOAD_UNPACKED // 1_000_000,
        )  # fmt: skip


def _read(name: str, content: bytes, said: FileSettings) -> Upload:
    """The park in a file with its account: readers take paths, so it lies for a moment in a
    folder of its own, of which no message speaks."""
    suffix = Path(name).suffix.lower()
    if suffix not in (*TABLES, ".toml"):
        raise InputError("{file}: a park comes as .xlsx, .csv, .tsv, .txt or .toml", file=name)
    with tempfile.TemporaryDirectory(prefix="cleanpark-") as folder:
        path = Path(folder) / f"park{suffix}"
        path.write_bytes(content)
        try:
            found = cp.park(path, units=said.units, accept=said.accept)
        except InputError as cause:
            own = cause.message.mapped(lambda value: _renamed(value, path, name))
            raise of_the_page(InputError(own)) from cause
        told = found.account.messages() if found.account is not None else []
        return Upload(found, [one.mapped(lambda value: _renamed(value, path, name))
                              for one in told], said)  # fmt: skip


def _renamed(value: object, path: Path, name: str) -> object:
    """A message's field, with the user's file name for the path of the moment, or for its name."""
    if not isinstance(value, str | Path):
        return value
    return name if str(value) == path.name else str(value).replace(str(path), name)


uploads = Uploads()
