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


def focused(page, wanted):
    page.wait_for_function(
        "wanted => document.activeElement && document.activeElement.closest(wanted)", arg=wanted
    )


def test_the_keyboard_alone_takes_up_a_lever_and_undoes_it(page, server):
    page.goto(f"{server}/?{SMALL}&p=voluntary&p=full-mix&lang=en")
    done(page)
    begun = page.url
    assert page.locator("[data-undo]").is_disabled()
    page.locator("[data-choose]").last.focus()
    page.keyboard.press("Enter")
    page.locator("[data-pick]").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("[data-pick]").first.wait_for(state="detached")
    focused(page, "[data-choose]")
    page.keyboard.press("Enter")
    focused(page, ".q-dialog")
    page.keyboard.type("daily fine")
    page.locator("[data-pick=audit_mode]").wait_for(state="detached")
    page.locator("[data-pick=daily_fine]").focus()
    page.keyboard.press("Enter")
    focused(page, "[data-lever=daily_fine]")
    page.wait_for_function("location.search.includes('daily_fine')")
    page.locator("[data-numbers=trajectories]").click()
    page.locator(".cp-numbers tbody tr").nth(39).wait_for()  # two policies in twenty quarters
    page.locator("[data-undo]").press("Enter")
    page.locator("[data-lever=daily_fine]").wait_for(state="detached")
    assert page.url == begun
    page.locator("[data-redo]").press("Enter")
    page.locator("[data-lever=daily_fine]").wait_for()


def test_an_enterprise_is_reached_without_a_mouse(page, server):
    open_place(page, server, "/explore", "en")
    box = page.get_by_label("Enterprise by its name")
    box.fill("nobody")
    box.press("Enter")
    told = page.get_by_text("No enterprise is called “nobody”")
    told.wait_for()
    box.fill(told.inner_text().split("called ")[-1].split(" to ")[0])
    box.press("Enter")
    page.locator(".cp-story", has_text="output").first.wait_for()
