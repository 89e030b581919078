"""What README and docs show runs: Python blocks, commands, and links."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cleanpark.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]
QUESTIONS = [page for page in PAGES if page.stem.startswith("questions")]
TWINS = [page for page in PAGES if page.stem.endswith(".zh")]


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
    if page not in QUESTIONS
    for block in blocks(page, "console|bash")
    for line in block.splitlines()
    if line.startswith("$ cleanpark")
]


@pytest.mark.parametrize("command", dict.fromkeys(COMMANDS))
def test_commands_run(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    typed(shlex.split(command), monkeypatch)
    assert capsys.readouterr().out.strip()


def typed(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a command, which must go well."""
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as stopped:
        main()
    assert not stopped.value.code, words


SMALL = {
    "compare": ["--seeds", "2"],
    "optimize": ["--seeds", "2", "--fresh-seeds", "2", "--generations", "1", "--population", "8"],
    "discover": ["--seeds", "2", "--quarters", "12"],
}
"""What makes a question's commands small in tests; of an option given twice the last holds."""


def small(command: str) -> list[str]:
    """A command of the questions, with few enterprises, seeds, quarters."""
    easy = command.replace("-20%", "-1%") if "optimize" in command else command  # few mixes
    words = shlex.split(easy.replace("--samples 128", "--samples 16"))
    words += SMALL.get(words[1], [])
    own = any(word.endswith(".csv") for word in words)
    words += ["--enterprises", "20"] if words[1] in SMALL and not own else []
    short = words[1] == "compare" and "--until" not in words and "--target" not in words
    return words + (["--quarters", "8"] if short else [])


def questions(page: Path) -> list[list[str]]:
    """The commands of each question of a page."""
    return [
        [line.removeprefix("$ ") for line in block.splitlines()]
        for block in blocks(page, "console")
    ]


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("page", QUESTIONS, ids=lambda page: page.stem)
def test_the_eight_questions_run(
    page: Path,
    number: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands = questions(page)[number]
    assert 1 <= len(commands) <= 3
    monkeypatch.chdir(tmp_path)
    for command in commands:
        typed(small(command), monkeypatch)
    told = capsys.readouterr().out
    assert ("“自愿审核" if page in TWINS else "“Voluntary audits") in told


@pytest.mark.parametrize("page", TWINS, ids=lambda page: page.stem)
def test_a_chinese_page_and_its_twin_do_not_drift(page: Path) -> None:
    twin = page.with_name(page.name.replace(".zh", ""))
    here, there = (one.read_text(encoding="utf-8") for one in (page, twin))
    marks = r"^(#+ (?:\d+\.)?|!\[|\| |\d+\. |- )"
    assert re.findall(marks, here, re.M) == re.findall(marks, there, re.M)
    assert blocks(page, "python") == blocks(twin, "python")
    assert bare(page) == bare(twin)


def bare(page: Path) -> list[str]:
    """A page's commands but for what a language changes in them: titles, and the language."""
    lines = "".join(blocks(page, "console")).splitlines()
    return [re.sub(r' --title "[^"]*"| --language zh', "", line) for line in lines]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)|src=\"([^\"]+)\"", text):
        target = "".join(target)
        if not re.match(r"https?://|mailto:", target):
            assert (page.parent / target).exists(), target


def test_every_question_stands_in_both_languages() -> None:
    assert [len(questions(page)) for page in QUESTIONS] == [8, 8]


def test_readme_names_every_packaged_scenario_count() -> None:
    from cleanpark.scenarios.scenario import packaged_names

    assert len(packaged_names()) == 13
    assert "thirteen scenarios" in (ROOT / "README.md").read_text(encoding="utf-8")
