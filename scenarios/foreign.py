"""What Python's libraries say of files, tables and data, as messages that can be translated."""

from __future__ import annotations

from cleanpark.scenarios.errors import N_, Message

FILES = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("File too large"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Directory not empty"),
    N_("Too many open files"),
    N_("Input/output error"),
)
"""Reasons of the operating system."""
TOML = (
    N_("Invalid value"),
    N_("Invalid statement"),
    N_("Invalid date or datetime"),
    N_("Invalid hex value"),
    N_("Invalid initial character for a key part"),
    N_("Cannot overwrite a value"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected newline or end of document after a statement"),
    N_("Escaped character is not a Unicode scalar value"),
    N_("Unescaped '\\' in a string"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unterminated string"),
    N_("Cannot declare {value} twice"),
    N_("Cannot mutate immutable namespace {value}"),
    N_("Cannot redefine namespace {value}"),
    N_("Duplicate inline table key {value}"),
    N_("Found invalid character {value}"),
    N_("Illegal character {value}"),
    N_("Expected {value}"),
)
"""What tomllib says, before the place it names."""
CSV = (
    N_("unexpected end of data"),
    N_("line contains NUL"),
    N_("field larger than field limit ({value})"),
    N_("new-line character seen in unquoted field - do you need to open the file with "
            "newline=''?"),
    N_("No columns to parse from file"),
)  # fmt: skip
"""What csv and pandas say."""


def foreign(text: str) -> Message:
    """A library's text as a message; one that is not known stays as it is."""
    for known in (*FILES, *TOML, *CSV):
        before, value, after = known.partition("{value}")
        if not value and text == before:
            return Message(known)
        if value and text.startswith(before) and text.endswith(after):
            inside = text.removeprefix(before).removesuffix(after)
            return Message(known, value=inside)
    return Message(text)


def reason_of(problem: OSError) -> Message:
    """Why a file could not be read or written."""
    return foreign(problem.strerror or str(problem))


def toml_problem(problem: Exception) -> Message:
    """What is wrong with a text that should be TOML, and where."""
    what, _, place = str(problem).rpartition(" (at ")
    if not place.startswith("line "):
        return Message("{what} (at the end of the file)", what=foreign(what))
    line, _, column = place.removeprefix("line ").removesuffix(")").partition(", column ")
    return Message(
        "{what} (at line {line}, column {column})", what=foreign(what), line=line, column=column
    )
