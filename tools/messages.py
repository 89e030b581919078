"""Collect the messages of the sources into the catalogs, and compile them.

    python tools/messages.py            collect, bring the catalogs up to date, compile
    python tools/messages.py compile    compile alone (what builds and tests need)
    python tools/messages.py check      name the entries that are missing, fuzzy or broken

A catalog is a file `analysis/words/catalogs/LANGUAGE/LC_MESSAGES/cleanpark.po`. A new language is
a new folder there, with an empty file of that name, and this command.
"""

import ast
import os
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = ROOT / "analysis" / "words" / "catalogs"
LAYERS = ("scenarios", "agents", "model", "analysis", "cleanpark")
FIRST = {
    "Message",
    "N_",
    "InputError",
    "ScenarioError",
    "ParkError",
    "CellError",
    "DesignError",
    "_",
    "gettext",
}
"""Calls whose first argument is a message."""
PLURALS = {"Counted", "ngettext", "NN_"}
"""Calls whose first two arguments are one message."""


HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plurals}\\n"

"""
"""Head of a catalog: without a date, so that it changes only where messages do."""


def catalogs() -> list[Path]:
    """The catalogs that are there."""
    return sorted(CATALOGS.glob("*/LC_MESSAGES/cleanpark.po"))


def found_messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """File and text of every message in the sources."""
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and (text := message_in(node, layer)):
                    yield name, text
    for text in help_texts():
        yield "cleanpark/cli.py", text
    for text in lever_sources():
        yield "scenarios/levers.toml", text


def message_in(call: ast.Call, layer: str) -> str | tuple[str, ...] | None:
    """The message that a call holds, if it holds one."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    said = name == "say" and (layer == "cleanpark" or isinstance(call.func, ast.Attribute))
    texts = [one.value if isinstance(one, ast.Constant) else None for one in call.args[:2]]
    if name == "Listed":
        return texts[1] if len(texts) == 2 and isinstance(texts[1], str) else None
    if name in PLURALS:
        found = tuple(one for one in texts if isinstance(one, str))
        return found if len(found) == 2 else None
    if (name in FIRST or said) and texts and isinstance(texts[0], str):
        return texts[0]
    return None


def help_texts() -> Iterator[str]:
    """Help and names of values of every command and option."""
    from typer.main import get_command

    from cleanpark.analysis.words.language import languages
    from cleanpark.cli import app
    from cleanpark.commands.help import paragraphs

    waiting: list[Any] = [get_command(app)]
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        yield "Show this message and exit."
        for one in (command, *command.params):
            for text in (getattr(one, "help", None), getattr(one, "metavar", None)):
                if text and text != "|".join(languages()):
                    yield from paragraphs(text)


def lever_sources() -> Iterator[str]:
    """Where the values of levers come from that no law sets; of the others the law is named."""
    declared = tomllib.loads((ROOT / "scenarios" / "levers.toml").read_text(encoding="utf-8"))
    for one in declared.values():
        if "law" not in one and "source" in one:
            yield one["source"]


def template() -> Catalog:
    """Every message of the sources."""
    found = Catalog(project="cleanpark", charset="utf-8")
    found.add(", ", locations=[("scenarios/errors.py", 0)])
    for name, text in found_messages():
        found.add(text, locations=[(name, 0)])
    return found


def read(path: Path) -> Catalog:
    """A catalog as it is on disk; of entries that stand twice the last one with a text counts."""
    blocks: dict[str, str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        key, _, said = block.strip().partition("\nmsgstr")
        key = key[key.find("msgid") :]
        if key not in blocks or re.search('"[^"]', said):
            blocks[key] = block.strip()
    text = BytesIO("\n\n".join(blocks.values()).encode())
    return read_po(text, locale=path.parts[-3], charset="utf-8", ignore_obsolete=True)


def update(path: Path, known: Catalog) -> None:
    """Bring a catalog up to date: new messages without a text, old ones left out, sorted."""
    catalog = read(path)
    catalog.update(known, no_fuzzy_matching=False, update_creation_date=False)
    catalog.obsolete.clear()
    for message in catalog:
        message.locations = sorted({(name, 0) for name, _line in message.locations})
        message.previous_id = []
    text = BytesIO()
    write_po(text, catalog, width=96, sort_output=True, include_lineno=False, omit_header=True)
    header = HEADER.format(language=path.parts[-3], plurals=catalog.plural_forms)
    path.write_bytes(header.encode() + text.getvalue())


def compile_catalog(path: Path) -> Path:
    """Compile a catalog beside its file, which then is the older of both."""
    target = path.with_suffix(".mo")
    text = BytesIO()
    write_mo(text, read(path))
    if not target.exists() or target.read_bytes() != text.getvalue():
        aside = target.with_suffix(f".{os.getpid()}")
        aside.write_bytes(text.getvalue())
        os.replace(aside, target)
    else:
        os.utime(target)
    return target


def compile_all() -> list[Path]:
    """Compile every catalog; what was written."""
    return [compile_catalog(path) for path in catalogs()]


def fields(text: str) -> set[str]:
    """Names of the fields of a template; braces of a finished sentence are none."""
    names = (name for _, name, _, _ in string.Formatter().parse(text) if name)
    return {name for name in names if name.isidentifier()}


def problems(path: Path, known: Catalog) -> list[str]:
    """Entries of a catalog that are missing, fuzzy, not used, or have other fields."""
    catalog = read(path)
    found = []
    for message in known:
        entry = catalog.get(message.id) if message.id else None
        if message.id and (entry is None or not all(_texts(entry))):
            found.append(f"missing: {message.id!r}")
        elif entry is not None and entry.fuzzy:
            found.append(f"fuzzy: {message.id!r}")
        elif entry is not None and _other_fields(message, entry):
            found.append(f"other fields: {message.id!r}")
    unused = [entry for entry in catalog if entry.id and known.get(entry.id) is None]
    return found + [f"not used: {entry.id!r}" for entry in unused]


def _texts(entry: Message) -> list[str]:
    """The translations of an entry, one for each plural form."""
    return list(entry.string) if isinstance(entry.string, (tuple, list)) else [entry.string]


def _other_fields(message: Message, entry: Message) -> bool:
    """Whether a translation names a field that its message does not have."""
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    try:
        allowed = set().union(*map(fields, ids))
    except ValueError:  # a sentence without fields may hold braces
        return False
    return any(fields(text) - allowed for text in _texts(entry))


def main() -> None:
    """Do what the verb says."""
    verb = sys.argv[1] if len(sys.argv) > 1 else "update"
    known = template() if verb != "compile" else Catalog()
    if verb == "update":
        for path in catalogs():
            update(path, known)
    compile_all()
    if verb == "compile":
        return
    found = [f"{path.parts[-3]}: {one}" for path in catalogs() for one in problems(path, known)]
    print("\n".join(found) or f"{len(known)} messages, all of them in every language")
    if found:
        sys.exit(1)


if __name__ == "__main__":
    main()
