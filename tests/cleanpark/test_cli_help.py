"""Help, version and language of the command line."""

from __future__ import annotations

import ast
import importlib.metadata
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from cleanpark.cli import app
from cleanpark.commands.chinese import CHINESE
from cleanpark.commands.shell import _paragraphs
from tests.cleanpark.terminal import alone, typed

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("numba", "pandas", "matplotlib", "mesa", "numpy", "scipy", "pydantic")


def commands(
    group: Any = None, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    group = group or typer.main.get_command(app)
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


PATHS = [path for path, _ in commands()]


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_has_help(path: tuple[str, ...], language: str) -> None:
    result = typed(*path, "--help", env={"CLEANPARK_LANGUAGE": language})
    assert result.exit_code == 0
    assert "--help" in result.stdout
    assert ("显示此帮助并退出" in result.stdout) == (language == "zh")


@pytest.mark.parametrize(("path", "command"), list(commands()), ids=lambda one: str(one)[:40])
def test_every_help_text_has_its_chinese(path: tuple[str, ...], command: Any) -> None:
    texts = [command.help, *(getattr(parameter, "help", None) for parameter in command.params)]
    for text in filter(None, texts):
        assert _paragraphs(text) in CHINESE


def said_in(file: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    return [
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") == "say"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ]


@pytest.mark.parametrize(
    "file", sorted((ROOT / "cleanpark/commands").glob("*.py")), ids=lambda one: one.stem
)
def test_everything_said_has_its_chinese(file: Path) -> None:
    assert [text for text in said_in(file) if text not in CHINESE] == []


def test_placeholders_survive_translation() -> None:
    import string

    def fields(text: str) -> list[str]:
        found = string.Formatter().parse(text)
        return sorted({name for _, name, _, _ in found if name})

    for english, chinese in CHINESE.items():
        if "'fine={" not in english:
            assert fields(english) == fields(chinese), english


def test_the_language_may_stand_before_or_after_help() -> None:
    for words in (("--language", "zh", "tax", "--help"), ("tax", "--help", "--language", "zh")):
        assert "环境保护税" in typed(*words).stdout
    assert "环境保护税" not in typed("tax", "--help").stdout


def test_help_and_import_are_light() -> None:
    code = (
        "import sys; sys.argv = ['cleanpark', '--help']\n"
        "import cleanpark.cli\n"
        "try: cleanpark.cli.main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stderr.strip() == "[]"


def test_the_version_has_one_source(tmp_path: Path) -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        stated = tomllib.load(file)["project"]["version"]
    assert importlib.metadata.version("cleanpark") == stated
    assert alone(tmp_path, "--version").stdout.strip() == f"cleanpark {stated}"


def test_nothing_typed_shows_help() -> None:
    assert "compare" in typed().output
