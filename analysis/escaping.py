r"""Text from files as each kind of output may show it: one function for each.

Titles, names, ids, sources and reasons come from files that others wrote. None of it may act where
it is shown: move the terminal's cursor, become a formula of mathematics or of a spreadsheet, a
script, a link or an image, or reverse the order in which a line is read. Characters that would are
shown by their numbers (``\u001b``), as JSON and TOML write them, so that nothing disappears.

======================  =======================================================================
Output                  What makes it safe
======================  =======================================================================
terminal, JSON, SVG     :func:`visible`
figure                  :func:`visible`; its texts are no formulas (:mod:`analysis.figures`)
HTML                    :func:`visible` below Jinja's own escaping (:func:`in_html`)
Markdown                :func:`in_markdown`
CSV                     :func:`in_csv`, undone by :func:`from_csv`; tables by :func:`table_in_csv`
======================  =======================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls but tab and line feed: escape sequences of a terminal
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # order, invisible
    "\U000e0000-\U000e007f"  # tags, invisible too
    "\ud800-\udfff\ufffe\uffff]"  # no characters: halves of pairs of UTF-16, and what XML forbids
)
_MARKED = re.compile(r"[\\`*\[\]<>|~&$@{}]|(?<!\w)_|_(?!\w)|(?<=\w)(?=://)|(?<=www)(?=\.)", re.I)
"""Where Markdown would see a mark, HTML, a table's border, a formula, an address or a link."""
_FIRST = re.compile(r"^(\s*)([#+=-])|^(\s*\d+)([.)])")
"""Where it would see a heading, a list or a rule at the beginning of a line."""
_FORMULA = re.compile(r"'*[\s]*[=+\-@＝＋－＠\t\r\n]")
"""Beginnings of a cell that spreadsheets calculate, also after quotes set by :func:`in_csv`."""


def visible(text: str) -> str:
    r"""A text whose characters are all seen; lines and tabs stay.

    >>> visible("a\x1b[2Jb"), visible("1\u202e2"), visible("园区\n")
    ('a\\u001b[2Jb', '1\\u202e2', '园区\n')
    """
    return _ACTING.sub(_numbered, text)


def _numbered(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def one_line(text: str) -> str:
    """A text in one line, its characters all seen."""
    return visible(" ".join(text.split("\n")).replace("\t", " "))


def in_html(value: Any) -> Any:
    """What a template is about to show: text with its characters seen, all else as it is."""
    return visible(value) if type(value) is str else value


def in_markdown(text: str) -> str:
    r"""A text that Markdown shows letter by letter, in one line.

    Names such as ``fine_rate`` stay as they are, since an underscore within a word marks nothing.

    >>> in_markdown("<b>|fine_rate| [a](http://b)")
    '\\<b\\>\\|fine_rate\\| \\[a\\](http\\://b)'
    >>> in_markdown("# 1"), in_markdown("1. Of"), in_markdown("- x")
    ('\\# 1', '1\\. Of', '\\- x')
    """
    marked = _MARKED.sub(lambda found: "\\" + found[0], one_line(text).strip())
    return _FIRST.sub(lambda found: f"{found[1] or found[3] or ''}\\{found[2] or found[4]}", marked)


def everywhere(content: Any, escape: Callable[[str], str]) -> Any:
    """Nested lists and mappings with every text in them escaped; keys stay."""
    if isinstance(content, str):
        return escape(content)
    if isinstance(content, dict):
        return {key: everywhere(one, escape) for key, one in content.items()}
    if isinstance(content, (list, tuple)):
        return [everywhere(one, escape) for one in content]
    return content


def in_csv(cell: Any) -> Any:
    """A cell that no spreadsheet calculates: text that begins like a formula gets a quote before.

    Numbers stay numbers, also where they are text, and a lone dash stays.

    >>> in_csv("=1+1"), in_csv("'=1"), in_csv("-5.5"), in_csv(-5.5), in_csv("-"), in_csv("a=1")
    ("'=1+1", "''=1", '-5.5', -5.5, '-', 'a=1')
    """
    if not isinstance(cell, str) or not _FORMULA.match(cell) or cell == "-" or _is_number(cell):
        return cell
    return "'" + cell


def from_csv(cell: Any) -> Any:
    """The cell that :func:`in_csv` was given."""
    quoted = isinstance(cell, str) and cell.startswith("'") and _FORMULA.match(cell)
    return cell[1:] if quoted else cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) is not None


def table_in_csv(table: pd.DataFrame, escape: Callable[[Any], Any] = in_csv) -> pd.DataFrame:
    """A table, its headers and cells of text as CSV may hold them (or, by ``from_csv``, as read).

    Columns in which nothing changes stay as they are, with their type.
    """
    changed = table.copy(deep=False)
    for name, column in table.items():
        if column.dtype.kind not in "biufcmM":
            cells = [escape(one) for one in column]
            if any(one is not former for one, former in zip(cells, column, strict=True)):
                changed[name] = cells
    return changed.rename(columns=escape)
