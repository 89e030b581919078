"""Typing a command as a user would, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from typer.testing import CliRunner, Result

from cleanpark.cli import app

SHORT = ("--seeds", "2", "--quarters", "4")


def typed(*words: str, env: Mapping[str, str | None] | None = None) -> Result:
    """Run a command in this process."""
    quiet = {"CLEANPARK_LANGUAGE": None, "COLUMNS": None, "LC_ALL": "C", **(env or {})}
    result = CliRunner().invoke(app, list(words), env=quiet)
    stopped = result.exception
    if stopped is not None and not isinstance(stopped, SystemExit):
        raise stopped
    return result


def refused(*words: str) -> str:
    """Run a command that must be refused; what it says."""
    result = typed(*words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.count("\n") == 1
    return result.stderr


def command(*words: str) -> list[str]:
    """The command for a process of its own."""
    return [sys.executable, "-m", "cleanpark.cli", *words]


def alone(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, in a folder."""
    return subprocess.run(
        command(*words),
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
