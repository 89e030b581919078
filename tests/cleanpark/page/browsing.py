"""What the tests in a real browser share: which browser, a server of their own, waiting."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SMALL = "n=20&q=20&year=2028&seeds=6"
WAIT = 1000 * int(os.environ.get("CLEANPARK_PATIENCE", "100"))
"""Milliseconds that anything may take: a machine at its limits is slow, and nothing is timed."""
READY = 900
"""Seconds that a server may take to compile the model, which it does once on a machine."""


def chromium(playwright: Any) -> str | None:
    """The system's Chromium or Chrome, else the one that Playwright has fetched; or None."""
    for name in NAMES:
        if found := shutil.which(name):
            return found
    own = playwright.chromium.executable_path
    return own if own and Path(own).exists() else None


def found() -> str | None:
    """The browser that the tests would use."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return chromium(playwright)


def must_not_skip() -> bool:
    """Whether this is where the tests must all run."""
    return bool(os.environ.get("CI"))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(
    folder: Path, *options: str, meanwhile: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """A server in a process of its own, ready to run; what it wrote must hold no traceback.

    ``meanwhile`` is done while it starts.
    """
    port = free_port()
    command = [sys.executable, "-m", "cleanpark.cli", "serve", "--port", str(port), "--no-open"]
    environment = {key: value for key, value in os.environ.items() if "PYTEST" not in key}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, *options], cwd=folder, stdout=log, stderr=log, env=environment
        )
    address = f"http://127.0.0.1:{port}"
    try:
        meanwhile()
        _await(address, process, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(60)
    told = (folder / "log").read_text(encoding="utf-8")
    assert "Traceback" not in told, told


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers and its model is compiled."""
    end = time.monotonic() + READY
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/ready", timeout=30) as answer:
                if json.load(answer)["ready"]:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.3)
    raise AssertionError(f"the server did not come up: {log.read_text(encoding='utf-8')}")


def foreign(url: str) -> bool:
    """Whether a request goes to another host."""
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


def done(page: Any, seeds: int = 6) -> str:
    """Wait for the final answer; returns its sentence."""
    page.locator(f"[data-answer=final][data-seeds='{seeds}']").wait_for(timeout=WAIT)
    return str(page.locator(".cp-answer").inner_text())


def series(page: Any, chart: str = "trajectories") -> Any:
    """The numbers that a chart shows now."""
    code = "id => getElement(+id.slice(1)).chart.getOption().series.map(one => one.data)"
    return page.evaluate(code, page.locator(f"[data-chart={chart}]").get_attribute("id"))
