"""The rooms of analysis/: no circles of files, and few imports inside functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in (ROOT / "analysis").glob("*/**/*.py")
    if path.name != "__init__.py"
}
MOST_LAZY = 17
"""Imports of these files from each other inside functions: thin calls upwards, which the layers
of import-linter allow by name, and what only a page needs. pandas, matplotlib and others that
take long to load are imported so at will."""


def imported(path: Path) -> Iterator[tuple[str, bool]]:
    """Files of the rooms that a file imports, and whether inside a function.

    What is imported for types alone is left out.
    """

    def walk(node: ast.AST, lazy: bool) -> Iterator[tuple[str, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue
            if isinstance(child, ast.ImportFrom):
                home = str(child.module).removeprefix("cleanpark.")
                for name in (home, *(f"{home}.{one.name}" for one in child.names)):
                    if name in ROOMS:
                        yield name, lazy
            yield from walk(child, lazy or isinstance(child, ast.FunctionDef))

    return walk(ast.parse(path.read_text(encoding="utf-8")), False)


def test_files_import_each_other_in_no_circle_even_inside_functions():
    graph = nx.DiGraph((name, other) for name, path in ROOMS.items() for other, _ in imported(path))
    circles = [sorted(one) for one in nx.strongly_connected_components(graph) if len(one) > 1]
    assert len(graph) > 50
    assert not circles


def test_imports_inside_functions_do_not_grow():
    lazy = {
        (name, other) for name, path in ROOMS.items() for other, inside in imported(path) if inside
    }
    assert 0 < len(lazy) <= MOST_LAZY, sorted(lazy)
