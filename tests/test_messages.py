"""Every message of the sources is in every catalog, whole and sure."""

from __future__ import annotations

import ast
import re
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


HAN = "[\u4e00-\u9fff]"
CODE = re.compile(
    r"\{\{.*?\}\}|__name__ == '__main__':|'[^']*'|\{[^}]*\}(:\{)?|\d{4}-[\dQ-]+|2\*\*63 - 1|"
    r"编号:列"
)
"""What a Chinese sentence quotes as it is typed."""


@pytest.mark.parametrize(
    ("fault", "pattern"),
    [
        ("no space between Chinese and Latin letters or numbers", f"{HAN}[A-Za-z0-9]"),
        ("no space between Latin letters or numbers and Chinese", f"[A-Za-z0-9%]{HAN}"),
        ("half-width punctuation", f"{HAN}[,;:()!?]|[,;:()!?] ?{HAN}"),
        ("bounds are joined by ～", r"\d ?[至到-] ?\d+%?(?![\d-])"),
        ("one word for what cannot be told apart", "不可区分|难以区分|不能区分|区分不出"),
    ],
)
def test_chinese_is_set_in_one_manner(fault: str, pattern: str) -> None:
    path = next(one for one in messages.catalogs() if one.parts[-3] == "zh")
    found = [
        text
        for entry in messages.read(path)
        if entry.id
        for text in messages._texts(entry)
        if re.search(pattern, CODE.sub("", text))
    ]
    assert not found, f"{fault}: {found}"
