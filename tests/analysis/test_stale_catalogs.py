"""A catalog that is older than its source never speaks: it is compiled, or refused with words."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleanpark.analysis.words import language as words
from cleanpark.analysis.words.language import Language, languages
from cleanpark.scenarios.errors import InputError

COMPILED = Path("zh", "LC_MESSAGES", "cleanpark.mo")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Catalogs of a checkout of its own, with the tool that compiles them."""
    catalogs = tmp_path / "analysis" / "words" / "catalogs"
    shutil.copytree(words.CATALOGS, catalogs)
    (tmp_path / "tools").mkdir()
    shutil.copy(words._compiler(), tmp_path / "tools")
    monkeypatch.setattr(words, "CATALOGS", catalogs)
    forget()
    yield catalogs
    forget()


def forget() -> None:
    words.languages.cache_clear()
    words._catalog.cache_clear()


def test_a_missing_one_is_compiled(checkout: Path) -> None:
    (checkout / COMPILED).unlink()
    assert languages() == ("en", "zh")
    assert Language("zh").gettext("not distinguishable") == "无法区分"


def test_one_older_than_its_source_is_compiled_anew_and_once(checkout: Path) -> None:
    source = (checkout / COMPILED).with_suffix(".po")
    text = source.read_text(encoding="utf-8").replace('msgstr "无法区分"', 'msgstr "分不清"')
    source.write_text(text, encoding="utf-8")
    os.utime(checkout / COMPILED, (0, 0))
    assert Language("zh").gettext("not distinguishable") == "分不清"
    assert not words._outdated(checkout / COMPILED)


def test_one_that_cannot_be_compiled_is_refused_with_words(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(checkout / COMPILED, (0, 0))
    monkeypatch.setitem(sys.modules, "babel.messages.catalog", None)
    with pytest.raises(InputError, match=r"'zh': its catalog .* is not compiled.*messages.py"):
        Language("zh")
    assert Language("en").gettext("not distinguishable") == "not distinguishable"


def test_an_installed_package_is_not_judged_by_the_times_of_its_files(checkout: Path) -> None:
    (checkout.parents[2] / "tools" / "messages.py").unlink()
    os.utime(checkout / COMPILED, (0, 0))
    assert Language("zh").gettext("not distinguishable") == "无法区分"
