"""The rooms of analysis/: imports inside functions are few, and each is one that is known."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "analysis"
MOST_LAZY = 14
"""Imports of the project's own modules inside functions: thin calls upwards, which the layers
allow by name, and what only a page needs. Heavy libraries (pandas, matplotlib) are not counted."""


def lazy_imports(path: Path) -> list[str]:
    """Modules of analysis/ that a file imports inside its functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            found |= {one.module for one in ast.walk(function)
                      if isinstance(one, ast.ImportFrom) and one.module
                      and one.module.startswith("cleanpark.analysis")}  # fmt: skip
    return sorted(found)


def test_lazy_imports_do_not_grow():
    found = {str(path.relative_to(ROOT)): lazy_imports(path) for path in ROOT.rglob("*.py")}
    assert sum(map(len, found.values())) <= MOST_LAZY, {k: v for k, v in found.items() if v}
