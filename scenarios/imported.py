"""What the files of a layer were when it was imported.

A session that stays open may outlive them: somebody edits a behaviour, or installs another
version. What is in memory is then not what the files say, and must not be kept under their name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ENDINGS = (".py", ".toml", ".csv")
"""Files that determine what a run gives."""
State = dict[Path, tuple[int, int]]
"""When each file was written (ns) and how long it is."""
_STATES: dict[Path, State] = {}


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a layer that determine what a run gives, in order."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(where, name) for name in sorted(names) if name.endswith(ENDINGS))


def keep_state(package_file: str) -> None:
    """Remember the files of the package that is being imported."""
    folder = Path(package_file).parent
    _STATES.setdefault(folder, _state(folder))


def _state(folder: Path) -> State:
    found = {}
    for file in files_of(folder):
        about = file.stat()
        found[file] = (about.st_mtime_ns, about.st_size)
    return found


def changed_since_import() -> list[Path]:
    """Files of the imported layers that are new, gone or other than they were."""
    changed: set[Path] = set()
    for folder, then in _STATES.items():
        now = _state(folder)
        changed |= {file for file in then.keys() | now.keys() if then.get(file) != now.get(file)}
    return sorted(changed)
