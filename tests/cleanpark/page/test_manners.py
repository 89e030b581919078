"""Each place of the page in both languages: every width, a keyboard, a screen reader."""

from pathlib import Path

import pytest

from tests.cleanpark.page.browsing import SMALL, done, must_not_skip

if not must_not_skip():
    pytest.importorskip("nicegui", reason="the page's extra is not installed")
pytestmark = pytest.mark.xdist_group("browser")
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (400, 1280, 1920)
PLACES = ("/", "/explore", "/learn", "/studies")


def open_place(page, server, path, language):
    """Open a place and wait until it shows what it is for."""
    joint = "&" if "?" in path else "?"
    page.goto(f"{server}{path}{joint}{SMALL}&lang={language}")
    if path == "/":
        done(page)
    elif path == "/explore":
        page.wait_for_function(
            "document.querySelector('.cp-film p')?.innerText.includes('2026-Q1')"
        )
    else:
        page.locator("main [data-ready]").first.wait_for()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PLACES)
def test_nothing_scrolls_sideways_and_nothing_bars_a_screen_reader(page, server, path, language):
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    open_place(page, server, path, language)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function("width => innerWidth === width", arg=width)
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        if width == WIDTHS[0] or (width == WIDTHS[1] and language == "zh"):
            assert not serious(page), width
    page.emulate_media(media="print")
    for chart in page.locator("[data-chart] canvas >> visible=true").all():
        assert chart.bounding_box()["height"] > 200
    assert path != "/" or page.locator("[data-chart] canvas >> visible=true").count() > 1


def serious(page):
    """What axe-core finds that is serious: its rule and the elements, in words."""
    page.evaluate(f"() => {{ {AXE} ; window.axe = axe; }}")
    found = page.evaluate("axe.run().then(all => all.violations)")
    return [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def test_the_keyboard_reaches_the_result_first_and_then_everything_else(page, server):
    open_place(page, server, "/", "en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText").strip() == "Skip to the result"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.getAttribute('aria-label') || '')"
                                  " + (document.activeElement.innerText || '')"))  # fmt: skip
    for wanted in ("Explore", "Change a lever", "PNG of this chart"):
        assert any(wanted in one for one in reached), (wanted, reached)
