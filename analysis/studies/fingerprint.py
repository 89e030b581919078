"""What tells a function of one's own from another: a digest of all that its results hang on.

Code, constants, defaults, closures, the globals that the code reads and the helpers behind them,
state of bound objects and arrays by their bytes are followed. Installed libraries count by name and
version. What cannot be followed is told, so that nobody takes results of another function for those
of this one.
"""

from __future__ import annotations

import copyreg
import dis
import functools
import hashlib
import importlib
import sys
import sysconfig
import types
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from cleanpark.model.sources import sources_digest

PLAIN = (type(None), bool, int, float, complex, str, bytes, type(...), type(NotImplemented), range)
LEFT_OUT = frozenset({
    "__dict__", "__weakref__", "__doc__", "__module__", "__qualname__", "__annotations__",
    "__annotate_func__", "__annotations_cache__", "__conditional_annotations__",
    "__firstlineno__", "__static_attributes__", "_abc_impl", "__builtins__", "__file__",
    "__cached__", "__loader__", "__spec__", "__path__", "__type_params__",
})  # fmt: skip
"""What classes and modules have beside what their authors wrote."""
READS = frozenset({"LOAD_GLOBAL", "LOAD_NAME"})
WITHIN = frozenset({"LOAD_ATTR", "LOAD_METHOD"})
IMPORTS = "IMPORT_NAME"
LAYOUT = ("co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_flags", "co_varnames",
          "co_freevars", "co_cellvars", "co_names")  # fmt: skip


class Unfollowed(Exception):
    """Something whose content cannot be read; the text names it."""


def fingerprint(function: Any) -> str:
    """Digest of all that a function's results hang on; Unfollowed names what cannot be read."""
    try:
        return _Walk().of(function).hex()
    except RecursionError as cause:
        raise Unfollowed("RecursionError") from cause


def _joined(kind: str, parts: Iterable[bytes]) -> bytes:
    found = hashlib.sha256(kind.encode())
    for part in parts:
        found.update(len(part).to_bytes(8, "little") + part)
    return found.digest()


def _named(thing: Any) -> str:
    return f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', repr(thing))}"


@functools.lru_cache(maxsize=512)
def _origin(module: str) -> str | None:
    """Name and version of the installed library that a module belongs to; None of a user's own."""
    root = module.partition(".")[0]
    if root == "cleanpark":
        return f"cleanpark {sources_digest()}"
    if root == "__main__":
        return None
    if root in sys.stdlib_module_names:
        return f"python {sys.version_info[:2]}"
    file = getattr(sys.modules.get(root), "__file__", None)
    if file is None or not any(Path(file).is_relative_to(one) for one in _libraries()):
        return None
    try:
        return f"{root} {version(root)}"
    except PackageNotFoundError:
        return f"{root} {getattr(sys.modules[root], '__version__', '')}"


@functools.cache
def _libraries() -> tuple[Path, ...]:
    return tuple({Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")})


class _Walk:
    """One walk over everything that an object holds; each part is read once."""

    def __init__(self) -> None:
        self.known: dict[int, bytes] = {}
        self.under_way: dict[int, int] = {}
        self.alive: list[Any] = []

    def of(self, thing: Any) -> bytes:
        """Digest of anything."""
        if isinstance(thing, PLAIN) and type(thing).__module__ == "builtins":
            return _joined(type(thing).__name__, [repr(thing).encode("utf-8", "surrogatepass")])
        key = id(thing)
        if key in self.known:
            return self.known[key]
        if key in self.under_way:
            return _joined("again", [str(self.under_way[key]).encode()])
        self.under_way[key] = len(self.under_way)
        self.alive.append(thing)  # so that its id is not given to another
        found = self._read(thing)
        del self.under_way[key]
        self.known[key] = found
        return found

    def all(self, kind: str, things: Iterable[Any]) -> bytes:
        """Digest of things in their order."""
        return _joined(kind, [self.of(one) for one in things])

    def _read(self, thing: Any) -> bytes:
        for kinds, read in READERS:
            if isinstance(thing, kinds):
                found: bytes = read(self, thing)
                return found
        if _library_value(thing):
            return _joined("library", [_named(thing).encode()])
        return self._object(thing)

    def mapping(self, thing: Mapping[Any, Any]) -> bytes:
        """Keys and values in their order; of a class derived from dict, its attributes too."""
        parts = [self.of(one) for item in thing.items() for one in item]
        return _joined("mapping", [*parts, *self._more(thing)])

    def sequence(self, thing: Any) -> bytes:
        """Items in their order."""
        return _joined("sequence", [*(self.of(one) for one in thing), *self._more(thing)])

    def unordered(self, thing: Iterable[Any]) -> bytes:
        """Items in no order."""
        return _joined("set", sorted(self.of(one) for one in thing))

    def _more(self, thing: Any) -> list[bytes]:
        """Class and attributes where it is not one of the language's own kinds."""
        own = type(thing)
        if own.__module__ == "builtins":
            return [own.__name__.encode()]
        return [self.of(own), self.of(getattr(thing, "__dict__", None))]

    def array(self, thing: Any) -> bytes:
        """An array by its bytes; of one of objects, by each."""
        if thing.dtype.hasobject:
            return self.all("objects", [thing.shape, thing.tolist()])
        content = np.ascontiguousarray(thing).view(np.uint8) if thing.ndim else thing.tobytes()
        about = f"{thing.dtype.descr} {thing.shape}".encode()
        return _joined("array", [about, *self._more(thing)[:1], bytes(content)])

    def frame(self, thing: Any) -> bytes:
        """A table, a column or an index of pandas."""
        if thing.ndim == 2:
            columns = [thing.iloc[:, place] for place in range(thing.shape[1])]
            return self.all("frame", [thing.columns, thing.index, *columns])
        index = getattr(thing, "index", None)
        values = thing.to_numpy()
        return self.all("column", [str(thing.dtype), str(thing.name), index, values])

    def function(self, thing: types.FunctionType) -> bytes:
        """Code with all it reads; a library's by name."""
        origin = _origin(thing.__module__ or "")
        if origin is not None:
            inner = thing.__closure__ or thing.__dict__
            if not inner:
                return _joined("library", [origin.encode(), _named(thing).encode()])
        cells = [self._cell(cell) for cell in thing.__closure__ or ()]
        held = [thing.__defaults__, thing.__kwdefaults__, thing.__dict__]
        read = b"" if origin is not None else self._globals(thing.__code__, thing.__globals__)
        return _joined(
            "function", [self.code(thing.__code__), *cells, self.all("held", held), read]
        )

    def _cell(self, cell: Any) -> bytes:
        try:
            return self.of(cell.cell_contents)
        except ValueError:
            return b"empty"

    def code(self, thing: types.CodeType) -> bytes:
        """What a code does, without where it stands."""
        layout = [getattr(thing, name) for name in LAYOUT]
        table = getattr(thing, "co_exceptiontable", b"")
        consts = [("code", self.code(one)) if isinstance(one, types.CodeType) else one
                  for one in thing.co_consts]  # fmt: skip
        return self.all("code", [thing.co_code, table, *layout, *consts])

    def _globals(self, code: types.CodeType, known: Mapping[str, Any]) -> bytes:
        """What the code reads by name: values, helpers, what is taken from modules."""
        parts, steps = [], list(dis.get_instructions(code))
        for place, step in enumerate(steps):
            if step.opname == IMPORTS:
                parts.append(self._imported(str(step.argval)))
            elif step.opname in READS and step.argval in known:
                parts.append(self._taken(known[step.argval], steps[place + 1 :]))
        inner = [one for one in code.co_consts if isinstance(one, types.CodeType)]
        return _joined("globals", [*parts, *(self._globals(one, known) for one in inner)])

    def _taken(self, thing: Any, steps: list[Any]) -> bytes:
        """A global; of a user's module, the part that is read from it."""
        for step in steps:
            own = isinstance(thing, types.ModuleType) and _origin(thing.__name__) is None
            if not own or step.opname not in WITHIN or not hasattr(thing, str(step.argval)):
                break
            thing = getattr(thing, str(step.argval))
        return self.of(thing)

    def _imported(self, name: str) -> bytes:
        """A module that the code imports itself."""
        if not name or (_origin(name) is None and name not in sys.modules):
            try:
                importlib.import_module(name)
            except (ImportError, ValueError) as cause:
                raise Unfollowed(name) from cause
        return self.of(sys.modules.get(name, name))

    def module(self, thing: types.ModuleType) -> bytes:
        """A library by name and version; a user's own by all that stands in it."""
        origin = _origin(thing.__name__)
        if origin is not None:
            return _joined("library", [origin.encode(), thing.__name__.encode()])
        return self._names(vars(thing))

    def klass(self, thing: type) -> bytes:
        """A library's class by name; a user's by its bases and all that stands in it."""
        origin = "python" if thing.__module__ == "builtins" else _origin(thing.__module__)
        if origin is not None:
            return _joined("library", [origin.encode(), _named(thing).encode()])
        return _joined("class", [self.all("bases", thing.__bases__), self._names(vars(thing))])

    def _names(self, names: Mapping[str, Any]) -> bytes:
        told = sorted(name for name in names if name not in LEFT_OUT)
        return self.all("names", [one for name in told for one in (name, names[name])])

    def _object(self, thing: Any) -> bytes:
        """Anything else by its class and what pickle would keep of it."""
        inner = getattr(thing, "py_func", None) or getattr(thing, "__wrapped__", None)
        if inner is not None and callable(thing):  # compiled, or with its results kept
            return self.all("wrapped", [inner])
        try:
            reduce = copyreg.dispatch_table.get(type(thing))
            parts: Any = reduce(thing) if reduce is not None else thing.__reduce_ex__(4)
        except Exception as cause:
            raise Unfollowed(_named(type(thing))) from cause
        if isinstance(parts, str):
            return _joined("named", [_named(thing).encode(), parts.encode()])
        state = [list(one) if isinstance(one, Iterator) else one for one in parts]
        if state and isinstance(state[0], types.BuiltinFunctionType):
            state[0] = _named(state[0])
        return self.all("object", [type(thing), *state, getattr(thing, "__dict__", None)])


def _library_value(thing: Any) -> bool:
    """Whether it is a function or descriptor that a library has compiled, without state."""
    kinds = (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType,
             types.GetSetDescriptorType, types.MemberDescriptorType, np.ufunc)  # fmt: skip
    if not isinstance(thing, kinds):
        return False
    bound = getattr(thing, "__self__", None)
    return bound is None or isinstance(bound, (types.ModuleType, type))


def _pandas() -> tuple[type, ...]:
    import pandas as pd

    return (pd.DataFrame, pd.Series, pd.Index)


READERS: tuple[tuple[Any, Any], ...] = (
    (np.ndarray, _Walk.array),
    (np.generic, lambda walk, one: walk.array(np.asarray(one))),
    (types.FunctionType, _Walk.function),
    (types.CodeType, _Walk.code),
    (types.ModuleType, _Walk.module),
    (type, _Walk.klass),
    (types.MethodType, lambda walk, one: walk.all("bound", [one.__func__, one.__self__])),
    (functools.partial, lambda walk, one: walk.all("partial", [one.func, one.args, one.keywords])),
    ((staticmethod, classmethod), lambda walk, one: walk.all("method", [one.__func__])),
    (property, lambda walk, one: walk.all("property", [one.fget, one.fset, one.fdel])),
    ((dict, types.MappingProxyType), _Walk.mapping),
    ((tuple, list), _Walk.sequence),
    ((set, frozenset), _Walk.unordered),
    (bytearray, lambda walk, one: walk.all("bytes", [bytes(one)])),
    (Path, lambda walk, one: walk.all("path", [str(one)])),
    (_pandas(), _Walk.frame),
)
"""How each kind of thing is read; the first that fits."""
