"""Compiled code kept between processes, as far as the disk allows it.

Numba keeps machine code beside the source, and trusts what it finds there. Here each file carries
the digest of all sources that are compiled in and of its own content; a damaged one is thrown
away, and where nothing can be kept, every start compiles anew. Both are said once.
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import pickle
import warnings
from pathlib import Path
from typing import Any

from numba.core.caching import FunctionCache, IndexDataCacheFile

from cleanpark.scenarios.errors import Message
from cleanpark.scenarios.imported import changed_since_import

SEAL = 32
"""Bytes of a digest."""


class CompiledCodeWarning(RuntimeWarning):
    """Compiled code that is not kept, or was thrown away; results are not touched by it."""


class _Damaged(Exception):
    """A file whose content is not what was written."""


class _Files(IndexDataCacheFile):  # type: ignore[misc]
    """The index of a function's compiled code and its data, each sealed."""

    def _seal(self, content: bytes) -> bytes:
        return hashlib.sha256(content).digest()

    def _dump(self, obj: Any) -> bytes:
        content: bytes = super()._dump(obj)
        return self._stamp + self._seal(self._stamp + content) + content

    @property
    def _stamp(self) -> bytes:
        return hashlib.sha256(self._source_stamp.encode()).digest()

    def _opened(self, sealed: bytes) -> Any:
        """What was dumped; None where it is of other sources."""
        stamp, seal, content = sealed[:SEAL], sealed[SEAL : 2 * SEAL], sealed[2 * SEAL :]
        if seal != self._seal(stamp + content):
            raise _Damaged
        return pickle.loads(content) if stamp == self._stamp else None

    def _load_data(self, name: str) -> Any:
        return self._opened(Path(self._data_path(name)).read_bytes())

    def _load_index(self) -> dict[Any, str]:
        try:
            with open(self._index_path, "rb") as file:
                version = pickle.load(file)
                sealed = file.read()
        except FileNotFoundError:
            return {}
        opened = self._opened(sealed) if version == self._version else None
        return {} if opened is None else opened[1]

    def throw_away(self) -> None:
        """Remove the index and every file of data, as far as that is allowed."""
        folder, base = Path(self._cache_path), Path(self._index_path).stem
        for file in folder.glob(f"{base}.*nb[ci]*"):
            with contextlib.suppress(OSError):
                file.unlink()


class KeptCode(FunctionCache):  # type: ignore[misc]
    """Numba's cache of one function, which never stands in the way of compiling it."""

    def __init__(self, function: Any, stamp: str) -> None:
        """Keep beside the function's file, or in the user's own folder of caches."""
        super().__init__(function)
        self._cache_file: Any = _Files(self.cache_path, self._impl.filename_base, stamp)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """The kept code; None where there is none, or none that can be read."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # noqa: BLE001 whatever it is, code can be compiled anew
            self._cache_file.throw_away()
            _tell(
                Message(
                    "the compiled code kept in {folder} was damaged; it was thrown away, and is "
                    "made anew (half a minute)",
                    folder=self.cache_path,
                )
            )
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep code for the next process, where that can be done."""
        if changed_since_import():
            return  # the files do not say any more what was compiled
        try:
            super().save_overload(sig, data)
        except Exception:  # noqa: BLE001 keeping is a convenience
            _tell(_not_kept(self.cache_path))


def keep_compiled(dispatcher: Any, stamp: str) -> None:
    """Let what a function compiles to be kept and found again, by the digest of its sources.

    Where a source was changed after its import, nothing is read or kept: what is in memory and
    what is in the files are not the same. What is compiled then is lost with the process.
    """
    if changed := changed_since_import():
        _tell(
            Message(
                "{file} was changed after Python had imported it: what was imported runs, and "
                "its compiled code is not kept; start Python again to run the change",
                file=changed[0],
            )
        )
        return
    try:
        dispatcher._cache = KeptCode(dispatcher.py_func, stamp)
    except Exception:  # noqa: BLE001 a folder that cannot be written, or another Numba
        _tell(_not_kept(Path(__file__).parent))


def _not_kept(folder: str | Path) -> Message:
    return Message(
        "compiled code cannot be kept in {folder}, so that every start compiles anew (half a "
        "minute); name a folder that can be written in NUMBA_CACHE_DIR",
        folder=folder,
    )


class _Told:
    """What has been said by this process."""

    said: set[str] = set()  # noqa: RUF012


def _tell(message: Message) -> None:
    """Warn once, and only in the process that the user has started."""
    kind = message.template
    if kind in _Told.said or multiprocessing.parent_process() is not None:
        return
    _Told.said.add(kind)
    warnings.warn(CompiledCodeWarning(message), stacklevel=2)
