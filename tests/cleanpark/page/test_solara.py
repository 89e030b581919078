"""The example of Mesa's own interface on a park, in a real browser."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cleanpark.page.browsing import READY, foreign, free_port, must_not_skip

if not must_not_skip():
    pytest.importorskip("solara", reason="the extra `solara` is not installed")
pytestmark = pytest.mark.xdist_group("browser")
PIXELS = """() => [...document.images].filter(one => one.naturalWidth > 100).map(one => {
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [one.naturalWidth, one.naturalHeight];
  copy.getContext("2d").drawImage(one, 0, 0);
  return copy.toDataURL();
})"""
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "park_in_solara.py"


@pytest.fixture
def park(tmp_path, server):
    """The example served as its head says, by which time the model is compiled."""
    port = free_port()
    options = ["--host", "127.0.0.1", "--no-open", "--production", "--no-check-version"]
    command = [sys.executable, "-m", "solara", "run", str(EXAMPLE), "--port", str(port), *options]
    environment = {key: value for key, value in os.environ.items() if "PYTEST" not in key}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log, env=environment)
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + READY
    try:
        while True:
            try:
                urllib.request.urlopen(f"{address}/readyz", timeout=30).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert process.poll() is None, (tmp_path / "log").read_text(encoding="utf-8")
                assert time.monotonic() < end
                time.sleep(0.3)
        yield address
    finally:
        process.terminate()
        process.wait(60)


def test_a_park_is_stepped_and_drawn_without_another_host(visitor, park):
    page = visitor(viewport={"width": 1280, "height": 900})
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(park)
    page.wait_for_function(f"({PIXELS})().length === 2")
    before = page.evaluate(PIXELS)
    for quarter in (1, 2):
        page.get_by_role("button", name="Step").click()
        page.get_by_text(f"Time: {quarter}.0").wait_for()
    page.wait_for_function(
        f"before => ({PIXELS})().every((one, place) => one !== before[place])", arg=before
    )
    assert asked
    assert not [url for url in asked if foreign(url)]
