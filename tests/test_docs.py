"""What README and docs show runs: Python blocks, commands, and links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cleanpark.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    """Blocks of a language; one that is marked, as in ```python no-run, is left out."""
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^```(?:{language})\n(.*?)^```$", text, re.S | re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_python_blocks_run(page: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks(page, "python"):
        exec(compile(block, str(page), "exec"), names)


COMMANDS = [
    line.removeprefix("$ ")
    for page in PAGES
    for block in blocks(page, "console|bash")
    for line in block.splitlines()
    if line.startswith("$ cleanpark")
]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", shlex.split(command))
    with pytest.raises(SystemExit) as stopped:
        main()
    assert not stopped.value.code
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", text):
        target = "".join(target)
        if not re.match(r"https?://|mailto:", target):
            assert (page.parent / target).exists(), target


def test_readme_names_every_packaged_scenario_count() -> None:
    from cleanpark.scenarios.scenario import packaged_names

    assert len(packaged_names()) == 13
    assert "thirteen scenarios" in (ROOT / "README.md").read_text(encoding="utf-8")
