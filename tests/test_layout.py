"""What the house promises of its rooms: a test file beside each module, short files and functions,
few parameters."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("scenarios", "agents", "model", "analysis", "cleanpark")
FRONT = {"optimize", "discover", "attribute", "compare", "run_sensitivity", "workbench_model"}
"""Functions of ``cp``: a caller names what is meant, so they may take more."""
CONSTRUCTED = {("scenarios/resolved.py", "__init__")}
"""A record by hand, made by one caller."""
WRITTEN = "Written by ``make "
"""What a file says that a tool writes: nobody reads it from end to end."""


def modules(folder: str) -> list[Path]:
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        inside = path.relative_to(ROOT).parts
        if not (inside[0] == "cleanpark" and inside[1] in LAYERS):  # links for editors
            found.append(path)
    return found


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    count = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        count -= (first.end_lineno or 0) - first.lineno + 1
    return count


@pytest.mark.parametrize("layer", ["agents", "model"])
def test_every_module_has_its_own_tests(layer: str) -> None:
    names = {path.stem for path in (ROOT / layer).glob("*.py")} - {"__init__"}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / layer).glob("test_*")}
    assert names - tested == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_files_and_functions_are_short(layer: str) -> None:
    long = {}
    sizes = []
    for path in modules(layer):
        text = path.read_text(encoding="utf-8")
        count = len(text.splitlines())
        if count > 450 and WRITTEN not in text:
            long[str(path.relative_to(ROOT))] = count
        for function in functions(path):
            sizes.append(lines(function))
            if lines(function) > 60:
                long[f"{path.relative_to(ROOT)}:{function.name}"] = lines(function)
    assert long == {}
    assert statistics.median(sizes) <= 9


@pytest.mark.parametrize("layer", LAYERS)
def test_functions_take_at_most_nine_parameters(layer: str) -> None:
    many = {}
    for path in modules(layer):
        inside = path.relative_to(ROOT)
        if inside.parts[:2] == ("cleanpark", "commands"):
            continue
        for function in functions(path):
            taken = function.args
            count = len(taken.posonlyargs) + len(taken.args) + len(taken.kwonlyargs)
            excused = function.name in FRONT or (str(inside), function.name) in CONSTRUCTED
            if count > 9 and not excused:
                many[f"{inside}:{function.name}"] = count
    assert many == {}
