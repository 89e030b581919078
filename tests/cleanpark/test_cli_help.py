"""Help, version and language of the command line."""

from __future__ import annotations

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


def test_the_language_may_stand_before_or_after_help() -> None:
    for words in (("--language", "zh", "tax", "--help"), ("tax", "--help", "--language", "zh")):
        assert "环境保护税" in typed(*words).stdout
    assert "环境保护税" not in typed("tax", "--help").stdout


@pytest.mark.parametrize(
    ("env", "chinese"),
    [
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, False),
        ({"CLEANPARK_LANGUAGE": "en", "LANG": "zh_CN.UTF-8"}, False),
        ({"CLEANPARK_LANGUAGE": "zh", "LC_ALL": "en_GB.UTF-8"}, True),
        ({"LANG": "de_DE.UTF-8"}, False),
    ],
)
def test_the_environment_chooses_the_language(env: dict[str, str], chinese: bool) -> None:
    quiet: dict[str, str | None] = {"LC_ALL": None, "LC_MESSAGES": None, "LANG": None}
    assert ("环境保护税" in typed("tax", "--help", env={**quiet, **env}).stdout) == chinese
    typed_english = typed("--language", "en", "tax", "--help", env={**quiet, **env})
    assert "环境保护税" not in typed_english.stdout


@pytest.mark.parametrize("tag", ["zh_CN", "zh-Hans", "ZH", "zh-Hans-CN", "zh_cn"])
def test_a_language_may_be_asked_for_by_its_region_or_script(tag: str) -> None:
    assert "环境保护税" in typed("--language", tag, "tax", "--help").stdout
    assert "环境保护税" in typed("tax", "--help", env={"CLEANPARK_LANGUAGE": tag}).stdout
    assert "环境保护税" not in typed("--language", "en_GB", "tax", "--help").stdout


def test_another_script_is_not_taken_for_it() -> None:
    result = typed("--language", "zh-Hant", "run")
    assert result.exit_code == 2
    assert "language 'zh-Hant'" in result.stderr


def test_a_language_without_a_catalog_is_refused() -> None:
    for words, env in (
        (("--language", "fr", "run"), {}),
        (("run", "--language", "fr"), {}),
        (("run",), {"CLEANPARK_LANGUAGE": "fr"}),
    ):
        result = typed(*words, env=env)
        assert result.exit_code == 2
        assert "language 'fr': there is no such language (there are en, zh)" in result.stderr


@pytest.mark.parametrize("words", [["--help"], ["--language", "zh", "--help"]])
def test_help_and_import_are_light(words: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['cleanpark', *{words!r}]\n"
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
