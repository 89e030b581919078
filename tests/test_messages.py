"""Every message of the sources is in every catalog, whole and sure."""

from __future__ import annotations

import ast
from pathlib import Path

import messages
import pytest


@pytest.mark.parametrize("path", messages.catalogs(), ids=lambda path: path.parts[-3])
def test_every_message_is_in_the_catalog(path: Path) -> None:
    problems = messages.problems(path, messages.template())
    assert not problems, "run `make messages` and fill in:\n" + "\n".join(problems)


def test_messages_are_collected_from_every_kind_of_place() -> None:
    known = messages.template()
    for text in (
        "{place}: unknown lever{hint} (cleanpark parameters lists all)",  # an error
        "; did you mean '{name}'?",  # a message within one
        "Number of random seeds.",  # help of an option
        "Work out the environmental protection tax of a discharge, to the fen.",  # of a command
        "CNY per equivalent",  # a marked table
    ):
        assert known.get(text) is not None, text


def test_no_error_is_raised_with_a_finished_sentence() -> None:
    errors = {"InputError", "ScenarioError", "ParkError", "CellError", "Message", "N_"}
    found = [
        f"{path.relative_to(messages.ROOT)}:{node.lineno}"
        for layer in messages.LAYERS
        for path in sorted((messages.ROOT / layer).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in errors
        and any(isinstance(one, ast.JoinedStr) for one in node.args)
    ]
    assert not found, "give a template with named fields: " + ", ".join(found)


def test_missing_fuzzy_and_misfitting_entries_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file = folder / "cleanpark.po"
    file.write_text(
        'msgid "{a} b"\nmsgstr "{c}"\n\n#, fuzzy\nmsgid "d"\nmsgstr "d"\n\n'
        'msgid "old"\nmsgstr "old"\n',
        encoding="utf-8",
    )
    known = messages.Catalog()
    for text in ("{a} b", "d", "e"):
        known.add(text)
    found = messages.problems(file, known)
    assert found == ["other fields: '{a} b'", "fuzzy: 'd'", "missing: 'e'", "not used: 'old'"]


def test_a_new_language_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file = folder / "cleanpark.po"
    file.touch()
    known = messages.template()
    messages.update(file, known)
    first = file.read_bytes()
    messages.update(file, known)
    assert file.read_bytes() == first
    assert len(messages.problems(file, known)) == len(known)
    assert messages.compile_catalog(file).exists()
