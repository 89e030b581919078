"""Tables of pages in Markdown."""

from __future__ import annotations

from collections.abc import Iterator


def row(*cells: str) -> str:
    """One row of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def head(*cells: str) -> Iterator[str]:
    """The head of a table and the line below it."""
    yield row(*cells)
    yield "|" + "---|" * len(cells)
