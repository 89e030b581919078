"""One browser and one server for all tests of the page in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cleanpark as cp
from tests.cleanpark.page.browsing import (
    FLAGS,
    WAIT,
    chromium,
    foreign,
    must_not_skip,
    serving,
)


@pytest.fixture(scope="session")
def results_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results; the server fills it while it starts."""
    return tmp_path_factory.mktemp("results")


def fill(root: Path) -> None:
    """Put a finished comparison, a finished screening, and something else into a folder."""
    found = cp.compare(["mandatory", "full-mix"], cp.park("mixed", 12), seeds=3, quarters=12)
    found.save(root / "policies-of-2026", "en")
    cp.sensitivity.morris(
        "mandatory", "learning", ["pollution_equivalents"], samples=32, seeds=2,
        park=cp.park("mixed", 10), quarters=8, folder=root / "screened",
    )  # fmt: skip
    (root / "secret.txt").write_text("not a result", encoding="utf-8")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, results_root: Path) -> Iterator[str]:
    """A server of its own, ready to run, with results to show."""
    folder = tmp_path_factory.mktemp("server")
    options = ("--results", str(results_root))
    with serving(folder, *options, meanwhile=lambda: fill(results_root)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A browser of this machine; where none can be had the tests are skipped and say so."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:  # pragma: no cover
        without("Playwright is not installed")
    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            without("no Chromium on this machine: `python -m playwright install chromium`")
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS, timeout=WAIT)
        yield opened
        opened.close()


def without(reason: str) -> None:
    if must_not_skip():
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def visitor(browser: Any) -> Iterator[Any]:
    """Opens windows of a visitor of one's own: language, width."""
    opened = []

    def new(**options: Any) -> Any:
        context = browser.new_context(**{"locale": "en-US", **options})
        context.set_default_timeout(WAIT)
        context.set_default_navigation_timeout(WAIT)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def page(visitor: Any, server: str) -> Iterator[Any]:
    """A wide window; fails on errors of the page and requests to other hosts."""
    window = visitor(viewport={"width": 1280, "height": 900})
    problems: list[str] = []
    window.on("pageerror", lambda error: problems.append(str(error)))
    window.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    window.on("request", lambda asked: problems.append(asked.url) if foreign(asked.url) else None)
    yield window
    window.context.close()
    assert not problems
