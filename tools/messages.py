"""Collect the messages of the sources into the catalogs, and compile them.

    python tools/messages.py            collect, bring the catalogs up to date, compile
    python tools/messages.py compile    compile alone (what builds and tests need)
    python tools/messages.py check      name the entries that are missing, fuzzy or broken

A catalog is a file `analysis/words/catalogs/LANGUAGE/LC_MESSAGES/cleanpark.po`. A new language is
a new folder there, with an empty file of that name, and this command.
"""

import string
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGS = ROOT / "analysis" / "words" / "catalogs"
LAYERS = ("scenarios", "agents", "model", "analysis", "cleanpark")
KEYWORDS = {
    "Message": None,
    "Counted": (1, 2),
    "Listed": (2,),
    "N_": None,
    "InputError": None,
    "ScenarioError": None,
    "ParkError": None,
    "CellError": None,
    "say": None,
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
"""Calls whose first argument is a message (or, with numbers, the arguments that are)."""
TEMPLATE_KEYWORDS = ("help", "metavar")


def catalogs() -> list[Path]:
    """The catalogs that are there."""
    return sorted(CATALOGS.glob("*/LC_MESSAGES/cleanpark.po"))


def found_messages() -> Iterator[tuple[str, int, str | tuple[str, ...]]]:
    """File, line and text of every message in the sources."""
    methods = [("**.py", "python"), ("**.html", "jinja2")]
    for layer in LAYERS:
        folder = ROOT / layer
        found = extract_from_dir(folder, methods, keywords=KEYWORDS, directory_filter=_own)
        for name, line, text, _comments, _context in found:
            yield f"{layer}/{name}", line, text


def _own(folder: str) -> bool:
    """Whether a folder is a source's own: `cleanpark` holds links to the others."""
    return not Path(folder).is_symlink() and Path(folder).name != "__pycache__"


def template() -> Catalog:
    """Every message of the sources."""
    found = Catalog(project="cleanpark", charset="utf-8")
    for name, _line, text in found_messages():
        if text and text != ("",):
            found.add(text, locations=[(name, 0)])
    return found


def read(path: Path) -> Catalog:
    """A catalog as it is on disk; of entries that stand twice the last one with a text counts."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3], charset="utf-8", ignore_obsolete=True)


def update(path: Path, known: Catalog) -> None:
    """Bring a catalog up to date: new messages without a text, old ones left out, sorted."""
    catalog = read(path)
    catalog.update(known, no_fuzzy_matching=False, update_creation_date=False)
    catalog.obsolete.clear()
    for message in catalog:
        message.locations = sorted({(name, 0) for name, _line in message.locations})
        message.previous_id = []
    text = BytesIO()
    write_po(text, catalog, width=96, sort_output=True, include_lineno=False, omit_header=False)
    path.write_bytes(text.getvalue())


def compile_catalog(path: Path) -> Path:
    """Compile a catalog beside its file."""
    target = path.with_suffix(".mo")
    text = BytesIO()
    write_mo(text, read(path))
    if not target.exists() or target.read_bytes() != text.getvalue():
        target.write_bytes(text.getvalue())
    return target


def compile_all() -> list[Path]:
    """Compile every catalog; what was written."""
    return [compile_catalog(path) for path in catalogs()]


def fields(text: str) -> set[str]:
    """Names of the fields of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


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
