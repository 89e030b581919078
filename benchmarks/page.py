"""How fast the page is through a browser, and with many visitors at once; printed as JSON.

    python benchmarks/page.py [--moves 10] [--sessions 20] [--seconds 60]

First page on a warm server, a lever to the redrawn chart (200 enterprises, 60 quarters, two
policies, five seeds), frames a second of the explorer, and sessions that each move a lever every
five seconds over a websocket, as a browser does. Needs the extra `page`, Playwright and Chromium.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.cleanpark.page.browsing import FLAGS, WAIT, chromium, serving

QUESTION = "n=200&q=60&seeds=5&p=voluntary&p=tax-only;fine={fine}"
EVERY = 5.0
"""Seconds between two moves of one session."""
CHART = "document.querySelector('[data-chart=trajectories]')"
NUMBERS = (
    f"JSON.stringify(getElement(+{CHART}.id.slice(1)).chart.getOption().series.map(s => s.data))"
)


def first_page(page: Any, address: str) -> float:
    """Seconds from the request to the first answer shown, on a warm server."""
    begun = time.perf_counter()
    page.goto(f"{address}/?{QUESTION.format(fine=10)}")
    page.locator(".cp-answer", has_text="20").wait_for()
    page.wait_for_function(f"{CHART}?.querySelector('canvas')")
    return time.perf_counter() - begun


def lever(page: Any, moves: int) -> list[float]:
    """Seconds from each move of a lever to the chart that shows other numbers."""
    page.get_by_text(re.compile("^5 seeds")).first.wait_for()
    slider = page.locator("[data-lever=fine] [tabindex]")
    found = []
    for _ in range(moves):
        before = page.evaluate(NUMBERS)
        begun = time.perf_counter()
        slider.press("ArrowRight")
        page.wait_for_function(f"before => {NUMBERS} !== before", arg=before, polling=20)
        found.append(time.perf_counter() - begun)
    return found


def frames(page: Any, address: str, enterprises: int) -> dict[str, float]:
    """Frames a second that the explorer plays at its highest speed, and seconds to draw one."""
    page.goto(f"{address}/explore?n={enterprises}&q=60")
    page.wait_for_function("document.querySelector('.cp-film p')?.innerText.includes('2026-Q1')")
    film = "getElement(+document.querySelector('.cp-film').id.slice(1))"
    drawn = page.evaluate(
        f"() => {{ const f = {film}; const t = performance.now();"
        " for (let k = 0; k < 20; k++) { f.now = k; f.draw(); } f.now = 0;"
        " return (performance.now() - t) / 20000; }"
    )
    played = page.evaluate(
        f"async () => {{ const f = {film}; f.speed = 20; f.now = 0; f.toggle();"
        " const t = performance.now(); await new Promise(end => setTimeout(end, 2000));"
        " const n = f.now; const s = (performance.now() - t) / 1000; f.halt(); return n / s; }"
    )
    return {"played_per_second": round(played, 1), "seconds_a_frame": round(drawn, 4)}


class Session:
    """One visitor without a browser: the page's HTML read, its socket spoken."""

    def __init__(self, address: str, number: int) -> None:
        """Ask for the page."""
        self.number = number
        url = f"{address}/?{QUESTION.format(fine=10 + number)}"
        with urllib.request.urlopen(url, timeout=120) as answer:
            self.html = answer.read().decode()
        self.address = address
        self.waited: list[float] = []
        self.errors = 0
        self.seen = asyncio.Event()

    def options(self) -> dict[str, str]:
        """What the page's own script sends when it connects."""
        found = re.search(r"query: (\{.*?\})", self.html)
        assert found is not None, "NiceGUI's page is laid out otherwise"
        given = {key: str(value) for key, value in ast.literal_eval(found[1]).items()}
        own = {name: str(uuid.uuid4()) for name in ("document_id", "tab_id", "old_tab_id")}
        return {**given, **own, "implicit_handshake": "true"}  # as JavaScript writes it

    def slider(self) -> tuple[int, str]:
        """Element and listener of the lever."""
        elements = json.loads(_unescaped(self.html))
        for number, one in elements.items():
            if one.get("props", {}).get("data-lever") == "fine":
                listeners = {event["type"]: event["listener_id"] for event in one["events"]}
                return int(number), next(iter(listeners.values()))
        raise AssertionError("no lever on the page")

    async def run(self, seconds: float) -> None:
        """Move the lever every five seconds and wait for the chart each time."""
        import socketio

        client = socketio.AsyncClient()
        query = self.options()
        element, listener = self.slider()

        @client.on("update")
        def update(message: Any) -> None:
            if any(
                one and one.get("props", {}).get("data-chart") == "trajectories"
                for key, one in message.items()
                if key != "_id"
            ):
                self.seen.set()

        joined = "&".join(f"{key}={value}" for key, value in query.items())
        await client.connect(f"{self.address}?{joined}", transports=["websocket"],
                             socketio_path="/_nicegui_ws/socket.io")  # fmt: skip
        await asyncio.sleep(EVERY * (self.number % 10) / 10 + 3)
        end = time.monotonic() + seconds
        value = 10.0 + self.number
        while time.monotonic() < end:
            value += 0.5
            self.seen.clear()
            begun = time.monotonic()
            moved = {"id": element, "client_id": query["client_id"], "listener_id": listener,
                     "args": [json.dumps(value)]}  # fmt: skip
            await client.emit("event", moved)
            try:
                await asyncio.wait_for(self.seen.wait(), 60)
                self.waited.append(time.monotonic() - begun)
            except TimeoutError:
                self.errors += 1
            await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - begun)))
        await client.disconnect()


def _unescaped(html: str) -> str:
    """The JSON of a page's elements."""
    begin = html.index("parseElements(String.raw`") + len("parseElements(String.raw`")
    text = html[begin : html.index("`)", begin)]
    for code, letter in (("&#36;", "$"), ("&#96;", "`"), ("&gt;", ">"), ("&lt;", "<"),
                         ("&quot;", '"'), ("&amp;", "&")):  # fmt: skip
        text = text.replace(code, letter)
    return text


async def sessions(address: str, count: int, seconds: float) -> list[Session]:
    """So many visitors at once."""
    all_of_them = [await asyncio.to_thread(Session, address, number) for number in range(count)]
    await asyncio.gather(*(one.run(seconds) for one in all_of_them))
    return all_of_them


def memory() -> float:
    """Gigabytes of the server, a child of this process, with its children."""
    servers = [one for one in psutil.Process().children(recursive=True) if "serve" in one.cmdline()]
    return sum(one.memory_info().rss for one in servers) / 1e9


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=10)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    found: dict[str, Any] = {"load_before": psutil.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address:
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(
                executable_path=chromium(playwright), args=FLAGS, timeout=WAIT
            )
            page = opened.new_page(viewport={"width": 1280, "height": 900})
            page.set_default_timeout(WAIT)
            first_page(page, address)
            found["first_page_s"] = round(first_page(page, address), 2)
            moved = lever(page, given.moves)
            found["lever_to_chart_s"] = {"median": round(statistics.median(moved), 2),
                                         "largest": round(max(moved), 2)}  # fmt: skip
            for count in (200, 5_000):
                found[f"explorer_{count}"] = frames(page, address, count)
            opened.close()
        print(json.dumps(found), file=sys.stderr)
        visitors = asyncio.run(sessions(address, given.sessions, given.seconds))
        waited = [one for visitor in visitors for one in visitor.waited]
        found["sessions"] = {
            "count": given.sessions, "moves": len(waited),
            "median_s": round(statistics.median(waited), 2) if waited else None,
            "p95_s": round(sorted(waited)[int(0.95 * len(waited))], 2) if waited else None,
            "errors": sum(one.errors for one in visitors), "server_gb": round(memory(), 2),
        }  # fmt: skip
    found["load_after"] = psutil.getloadavg()[0]
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
