"""A third language is a catalog, and titles where it has some: no code is touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleanpark as cp
from cleanpark.analysis.pages.study import write_report
from cleanpark.analysis.sensitivity.sensitivity import run_sensitivity
from cleanpark.analysis.studies.space import Factor, Space
from cleanpark.analysis.words import language as words
from cleanpark.analysis.words.language import Language, languages
from tools import messages

CODE = "de"
KNOWN = {
    "English": "Deutsch",
    "The answer": "Die Antwort",
    "How to reproduce": "So wird es wiederholt",
    "undefined": "nicht definiert",
}


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    """A copy of the catalogs with a German one, of which only a few messages are translated."""
    catalogs = tmp_path / "catalogs"
    shutil.copytree(words.CATALOGS, catalogs)
    file = catalogs / CODE / "LC_MESSAGES" / "cleanpark.po"
    file.parent.mkdir(parents=True)
    head = messages.HEADER.format(language=CODE, plurals="nplurals=2; plural=(n != 1);")
    body = "\n".join(f'msgid "{key}"\nmsgstr "{said}"\n' for key, said in KNOWN.items())
    file.write_text(head + body, encoding="utf-8")
    messages.compile_catalog(file)
    monkeypatch.setattr(words, "CATALOGS", catalogs)
    words.languages.cache_clear()
    words._catalog.cache_clear()
    yield Language(CODE)
    words.languages.cache_clear()
    words._catalog.cache_clear()


def test_pages_speak_it_beside_the_others(german: Language, tmp_path: Path) -> None:
    assert languages() == ("en", CODE, "zh")
    found = cp.compare(["tax-only"], cp.park("mixed", enterprises=20), seeds=2, quarters=4)
    found.save(tmp_path / "out", german)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert page.count("<section lang=") == 3
    assert "Die Antwort" in page
    assert "中文 / Deutsch / English" in page
    assert "Pollution equivalents" in page  # a title that has no German yet


def test_a_study_is_told_in_it(german: Language, tmp_path: Path) -> None:
    space = Space((Factor("a", 0.0, 1.0), Factor("b", 0.0, 1.0)))
    run_sensitivity("morris", add, space, "y", samples=32, seeds=2, folder=tmp_path / "study")
    written = write_report(tmp_path / "study", german)
    assert "report.de.md" in [path.name for path in written]
    told = (tmp_path / "study" / "report.de.md").read_text(encoding="utf-8")
    assert "So wird es wiederholt" in told
    assert (tmp_path / "study" / "figures" / "sensitivity_bars.de.png").is_file()


def add(parameters: dict[str, float], seed: int) -> dict[str, float]:
    return {"y": parameters["a"] + 0.1 * parameters["b"] + 0.01 * (seed % 3)}
