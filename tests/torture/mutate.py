"""Mutations of text, bytes and folders; each drawn from the source of chance that it is given."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

HOSTILE = [
    "$a_{$", "<script>alert(1)</script>", "\x1b[2J", "\x9b31m", "\u202e", "\u2028", "=1+1", "'",
    '"',
    '"""', "|", "[x](http://y.example)", "{{7*7}}", "{name}", "{0}", "%s", "\\", "\\u0000", "园区",
    "\U0002cb4e", "\ufeff", "a" * 300, "../x", "~", "CON", "nan", "inf", "-inf", "1e999", "-0.0",
    "9" * 400, "1_000", "0x10", "1,5", "１２", "true", "null", "None", "", " ", "\t", "=", ",", ";",
    "2028-Q1", "2028-Q5", "0000-Q1", "2028-02-30", "[[", "]]", "{", "}", "#",
]  # fmt: skip
"""What users and attackers write."""


def mutated(text: str, chance: random.Random, most: int = 3) -> str:
    """A text after one to so many mutations of its lines or letters."""
    for _ in range(chance.randint(1, most)):
        text = chance.choice(MUTATIONS)(text, chance)
    return text


def _place(text: str, chance: random.Random) -> int:
    return chance.randint(0, len(text))


def _insert(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + chance.choice(HOSTILE) + text[at:]


def _delete(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + text[at + chance.choice((1, 1, 2, 8, 40)) :]


def _letter(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    letter = chr(chance.randrange(chance.choice((0x80, 0x3000))))
    return text[:at] + letter + text[at + 1 :]


def _line_twice(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    return "".join(lines[: at + 1] + lines[at:])


def _line_gone(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


def _lines_swapped(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def _number(text: str, chance: random.Random) -> str:
    """Another number where one stands."""
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + chance.choice(("9", "-1", "0", "1e9", "1e-9", ".5", "nan")) + text[at + 1 :]


MUTATIONS = (_insert, _delete, _letter, _line_twice, _line_gone, _lines_swapped, _number, _number)


def write(path: Path, text: str, chance: random.Random) -> Path:
    """Write a text in one of the encodings in use."""
    encoding = chance.choice(("utf-8",) * 12 + ("utf-8-sig", "utf-16", "gb18030", "latin-1"))
    path.write_bytes(text.encode(encoding, errors="replace"))
    return path


def damage(folder: Path, chance: random.Random) -> str:
    """Damage one file of a folder; says how."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    path = chance.choice(files)
    content = path.read_bytes()
    how = chance.choice(("flip", "flip", "cut", "empty", "gone", "twice", "folder", "text", "text"))
    if how == "flip" and content:
        at = chance.randrange(len(content))
        content = (
            content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :]
        )
        path.write_bytes(content)
    elif how == "cut":
        path.write_bytes(content[: chance.randrange(len(content) + 1)])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "gone":
        path.unlink()
    elif how == "twice":
        shutil.copy(path, path.with_name(f"{path.stem} (1){path.suffix}"))
    elif how == "folder":
        path.unlink()
        path.mkdir()
    else:
        text = content.decode("utf-8", errors="surrogateescape")
        path.write_bytes(mutated(text, chance).encode("utf-8", errors="surrogateescape"))
    return f"{path.relative_to(folder)}: {how}"
