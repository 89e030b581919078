"""What every command shares to speak: language, tables, JSON and progress.

Text from files reaches the terminal through here alone, its control characters made visible.

Tables are drawn to a terminal's width; piped, they are plain columns that never wrap. Progress and
notes go to standard error, so that standard output holds results alone.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleanpark.analysis.escaping import visible
from cleanpark.analysis.words.language import ENGLISH, Language, code_of
from cleanpark.scenarios.errors import Message

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_PIPED_WIDTH = 100_000
"""So wide that nothing wraps."""
_spoken: ContextVar[Language] = ContextVar("language", default=ENGLISH)
"""The language of the command that is running here; each thread has its own."""


def choose_language(chosen: str) -> None:
    """Speak a language, by its code or a tag of it; InputError for one that is not there."""
    _spoken.set(Language(code_of(chosen)))


def language() -> Language:
    """The language spoken."""
    return _spoken.get()


def say(template: str | Message | BaseException, /, **fields: object) -> str:
    """A template with its fields, a message or an error, in the language spoken."""
    return visible(language().say(template, **fields))


def title_of(entry: Any, key: str = "title") -> str:
    """The title of a row that has `title_en` and `title_zh`."""
    return str(entry.get(f"{key}_{language()}", entry[f"{key}_en"]))


def console(stderr: bool = False) -> Console:
    """The terminal, or the pipe, that results or notes go to."""
    from rich.console import Console

    found = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if not found.is_terminal and "COLUMNS" not in os.environ:
        found = Console(
            stderr=stderr, highlight=False, emoji=False, markup=False, width=_PIPED_WIDTH
        )
    return found


def tell(text: str = "", style: str = "") -> None:
    """Print a line of results; a terminal wraps it between words."""
    console().print(_text(text, style))


def tell_exactly(text: str) -> None:
    """Print lines of results that nothing wraps."""
    sys.stdout.write(visible(text) + "\n")


def note(text: str) -> None:
    """Print a remark beside the results, to standard error."""
    console(stderr=True).print(_text(text))


def _text(text: object, style: str = "") -> Text:
    """Text as a terminal may show it."""
    from rich.text import Text

    return Text(visible(str(text)), style=style)


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, and where numbers stand to the right."""

    header: str
    right: bool = False
    wrap: bool = True
    width: int | None = None
    """Least width: what a terminal must not squeeze."""


def table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    title: str = "",
    styles: Callable[[int, int], str] | None = None,
    wide: int = 0,
) -> None:
    """Print a table; `styles` gives the colour of a cell by its row and column.

    Where fewer than `wide` columns of text are there, each row becomes a paragraph.
    """
    from rich import box
    from rich.table import Table

    terminal = console()
    if terminal.width < wide:
        _paragraphs(columns, rows)
        return
    fancy = terminal.is_terminal
    drawn = Table(
        title=None,
        box=box.SIMPLE_HEAD if fancy else None,
        padding=(0, 1) if fancy else (0, 2, 0, 0),
        pad_edge=not fancy,
        header_style="bold",
    )
    for column in columns:
        drawn.add_column(
            _text(column.header),
            justify="right" if column.right else "left",
            no_wrap=not column.wrap,
            overflow="fold",
            min_width=column.width,
        )
    for number, row in enumerate(rows):
        cells = [
            _text(cell, styles(number, place) if styles else "") for place, cell in enumerate(row)
        ]
        drawn.add_row(*cells)
    if title:
        terminal.print(_text(title, "bold"))
    terminal.print(drawn)
    if not fancy:
        terminal.print()


def _paragraphs(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """Each row as its first cell and, indented, the others with their headers."""
    from rich.padding import Padding

    terminal = console()
    for row in rows:
        terminal.print(_text(row[0], "bold"))
        said = [
            f"{column.header}: {cell}" for column, cell in zip(columns[1:], row[1:]) if str(cell)
        ]
        terminal.print(Padding(_text("; ".join(said)), (0, 0, 0, 4)))


def plain(value: Any) -> Any:
    """The value as JSON has it: NaN and infinity become null, numpy's numbers plain ones."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Path):
        return str(value)
    return value


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """The rows of a data frame, ready for JSON."""
    return [plain(row) for row in frame.to_dict("records")]


def print_json(content: Any) -> None:
    """Print JSON and nothing else."""
    readable = (sys.stdout.encoding or "").casefold().startswith("utf")
    text = json.dumps(plain(content), ensure_ascii=not readable, allow_nan=False, indent=1)
    sys.stdout.write(visible(text) + "\n")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error where that is a terminal; else None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeRemainingColumn())  # fmt: skip
    with Progress(*columns, console=console(stderr=True), transient=True) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total)
