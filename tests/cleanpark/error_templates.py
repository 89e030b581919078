"""The texts of all errors a user can meet, read from the source.

`raise InputError(f"{path}: is full")` gives `{}: is full`. What makes part of a message is
followed: names assigned, parameters (to their callers) and functions of the project. A text passed
through `say` is left out; its Chinese stands in another table.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = tuple(f"analysis/{room.name}" for room in (ROOT / "analysis").iterdir() if room.is_dir())
FOLDERS = ("scenarios", "agents", "model", "analysis", "cleanpark", "cleanpark/commands", *ROOMS)
SPEAKING = frozenset({"ValueError", "BadParameter", "error", "Refusal"})
"""What else becomes part of an InputError: `error` is the class that readers are handed."""
UNFOLLOWED = frozenset({"get", "items", "values", "join", "say", "name", "title", "value"})
"""Names that say too little to be followed to the functions called so; `say` has its own table."""
TEXTS = frozenset({"to_toml", "new_scenario_text", "markdown", "lines"})
"""Functions that return whole files and accounts, which are no errors."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Scope:
    """Where an expression stands."""

    path: Path
    module: ast.Module
    function: Function | None


def sources() -> dict[Path, ast.Module]:
    """All modules of the project."""
    files = [
        file
        for folder in FOLDERS
        for file in sorted((ROOT / folder).glob("*.py"))
        if not file.name.endswith("chinese.py")
    ]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}


def named(node: ast.AST | None) -> str:
    """The last part of what is called or read."""
    if isinstance(node, ast.Call):
        return named(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def template(node: ast.JoinedStr) -> str:
    """An f-string with `{}` for each value in it."""
    parts = [escaped(part) if isinstance(part, ast.Constant) else "{}" for part in node.values]
    return "".join(parts)


def escaped(part: ast.Constant) -> str:
    """A constant text as a template writes it."""
    return str(part.value).replace("{", "{{").replace("}", "}}")


def says_something(text: str) -> bool:
    """Whether there is more than a name of a key or of a file."""
    return bool(re.search("[a-z]{2}", text)) and " " in text


class Messages:
    """Collects templates, each with the place it is written at."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.functions: dict[str, list[Scope]] = {}
        self.calls: dict[str, list[tuple[ast.Call, Scope]]] = {}
        self.speaking = set(SPEAKING)
        self._followed: set[int] = set()
        for path, module in sources().items():
            self._index(module, Scope(path, module, None))
        for call, scope in (one for name in self.speaking for one in self.calls.get(name, ())):
            for argument in call.args:
                self.follow(argument, scope)
        self._returned("__str__")

    def _index(self, node: ast.AST, scope: Scope) -> None:
        """Note functions, calls and classes of errors, each with its scope."""
        for inner in ast.iter_child_nodes(node):
            place = scope
            if isinstance(inner, ast.Call):
                self.calls.setdefault(named(inner), []).append((inner, scope))
            elif isinstance(inner, ast.ClassDef) and inner.name.endswith("Error"):
                self.speaking.add(inner.name)
            elif isinstance(inner, Function):
                place = Scope(scope.path, scope.module, inner)
                self.functions.setdefault(inner.name, []).append(place)
            self._index(inner, place)

    def follow(self, node: ast.expr, scope: Scope) -> None:
        """Collect what this expression says, and what the parts in it say."""
        if id(node) in self._followed:
            return
        self._followed.add(id(node))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self._keep(escaped(node), scope, node)
        elif isinstance(node, ast.JoinedStr):
            self._keep(template(node), scope, node)
        for part in self._parts(node, scope):
            self.follow(part, scope)
        if isinstance(node, ast.Name):
            self._callers(node.id, scope)
        elif isinstance(node, ast.Call | ast.Attribute):
            self._returned(named(node))

    def _parts(self, node: ast.expr, scope: Scope) -> Iterator[ast.expr]:
        """The expressions that give this one its text."""
        if isinstance(node, ast.JoinedStr):
            yield from (one.value for one in node.values if isinstance(one, ast.FormattedValue))
        elif isinstance(node, ast.BinOp):
            yield from (node.left, node.right)
        elif isinstance(node, ast.IfExp):
            yield from (node.body, node.orelse)
        elif isinstance(node, ast.GeneratorExp | ast.ListComp):
            yield node.elt
        elif isinstance(node, ast.List):
            yield from node.elts
        elif isinstance(node, ast.Name):
            yield from assigned(node.id, scope)
        elif isinstance(node, ast.Call) and named(node) in {"join", "get"}:
            yield from node.args
            yield from looked_up(node.func, scope)
        elif isinstance(node, ast.Subscript):
            yield from looked_up(node, scope)

    def _callers(self, name: str, scope: Scope) -> None:
        """Follow what callers give for a parameter of this name."""
        function = scope.function
        names = [one.arg for one in function.args.args] if function else []
        if function is None or name not in names or function.name in UNFOLLOWED:
            return
        place = names.index(name) - (names[0] == "self")
        for call, there in self.calls.get(function.name, ()):
            given = [one.value for one in call.keywords if one.arg == name]
            for argument in [*call.args[place : place + 1], *given]:
                self.follow(argument, there)

    def _returned(self, name: str) -> None:
        """Follow what the project's functions of this name return."""
        for scope in () if name in UNFOLLOWED | TEXTS else self.functions.get(name, ()):
            assert scope.function is not None
            for node in ast.walk(scope.function):
                if isinstance(node, ast.Return) and node.value is not None:
                    self.follow(node.value, scope)

    def _keep(self, text: str, scope: Scope, node: ast.expr) -> None:
        if says_something(text):
            self.found.setdefault(text, f"{scope.path.relative_to(ROOT)}:{node.lineno}")


def looked_up(node: ast.expr, scope: Scope) -> Iterator[ast.expr]:
    """The values of the module's table that is looked into."""
    for value in assigned(named(getattr(node, "value", None)), scope):
        if isinstance(value, ast.Dict):
            yield from value.values


def assigned(name: str, scope: Scope) -> Iterator[ast.expr]:
    """What is assigned to a name, or appended to it, in the function or in the module."""
    places = [ast.walk(scope.function)] if scope.function else []
    for node in (one for place in [*places, iter(scope.module.body)] for one in place):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
            yield from (node.value for one in targets if named(one) == name)
        elif isinstance(node, ast.Call) and named(node) in {"append", "extend"}:
            if isinstance(node.func, ast.Attribute) and named(node.func.value) == name:
                yield from node.args
