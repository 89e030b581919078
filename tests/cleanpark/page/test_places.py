"""Learn and Studies in a real browser."""

import re

import pytest

from tests.cleanpark.page.browsing import done, must_not_skip

if not must_not_skip():
    pytest.importorskip("nicegui", reason="the page's extra is not installed")
pytestmark = pytest.mark.xdist_group("browser")


@pytest.mark.parametrize(
    ("language", "verdict"),
    [("en", "You guessed 10 percentage points"), ("zh", "您猜的是 10 个百分点")],
)
def test_a_guess_is_kept_and_compared_and_the_lever_moves_the_chart(
    page, server, language, verdict
):
    address = f"{server}/learn?lesson=formality&lang={language}"
    page.goto(address)
    assert not page.locator("[data-chart=lesson]").is_visible()
    page.locator(".q-slider [tabindex]").first.press("PageUp")  # by ten, from none
    page.get_by_text(re.compile("^10 (percentage points|百分点|个百分点)$")).wait_for()
    page.locator("[data-guess]").click()
    page.locator(".cp-answer", has_text=verdict).wait_for()
    rows = page.locator(".cp-lesson .cp-table tbody tr")
    assert rows.count() == 1
    page.locator("[data-lever-of-lesson] button").last.click()
    page.wait_for_function("document.querySelectorAll('.cp-lesson tbody tr').length === 2")
    page.goto(address)
    page.locator(".cp-answer", has_text=verdict).wait_for()


def test_a_lesson_leads_to_the_same_question_in_compare(page, server):
    page.goto(f"{server}/learn?lesson=who-pays&lang=en")
    page.locator("[data-guess]").click()
    page.locator(".cp-lesson .cp-table tbody tr").first.wait_for()
    page.get_by_role("link", name="Go on in Compare").click()
    done(page, 10)
    assert "audit_interval=8.0" in page.url


def test_results_under_the_root_are_listed_and_a_comparison_is_opened(page, server, results_root):
    page.goto(f"{server}/studies?lang=en")
    page.get_by_text("policies-of-2026").wait_for()
    assert "secret" not in page.content()
    page.get_by_role("link", name="Open policies-of-2026").click()
    page.locator(".cp-answer p").first.wait_for()
    assert "Mandatory" in page.locator(".cp-answer").inner_text()
    assert str(results_root) not in page.content()


def test_a_study_is_opened_with_its_sentences_indices_and_convergence(page, server):
    page.goto(f"{server}/studies?lang=zh")
    page.get_by_role("link", name="screened").click()
    page.locator(".cp-finding").first.wait_for()
    for chart in ("indices", "convergence"):
        page.locator(f"[data-chart={chart}] canvas").wait_for()


def test_no_text_from_a_browser_becomes_a_path(page, server):
    for key in ("../../etc", "0000000000000000", "%2Fetc%2Fpasswd"):
        page.goto(f"{server}/studies?open={key}&lang=en")
        page.get_by_text("there is no such result any more").wait_for()


def test_a_study_is_begun_cancelled_gone_on_with_and_found_again(page, server):
    page.goto(f"{server}/studies?lang=en")
    for label, value in (("Enterprises", "60"), ("Trajectories", "40"), ("Seeds", "10")):
        page.get_by_label(label, exact=True).fill(value)
    page.locator("[data-begin]").click()
    running = page.locator("[data-job=running]")
    running.wait_for()
    page.goto(f"{server}/studies?lang=en")
    running.wait_for()
    running.get_by_role("button", name="Cancel").click()
    page.locator("[data-job=cancelled]").wait_for()
    page.goto(f"{server}/studies?lang=en")
    page.get_by_text("Unfinished study").first.wait_for()
    page.get_by_role("button", name="Go on").first.click()
    running.wait_for()
    running.get_by_role("button", name="Cancel").click()
    page.locator("[data-job=cancelled]").wait_for()


@pytest.mark.parametrize("typed", ["9999", "4", "60.5", ""])
def test_a_number_out_of_bounds_is_told_and_stays_as_typed(page, server, typed):
    page.goto(f"{server}/studies?lang=en")
    page.wait_for_function("window.socket && window.socket.connected")
    box = page.get_by_label("Enterprises", exact=True)
    box.fill(typed)
    page.locator("[data-begin]").click()
    page.get_by_text("Enterprises: Whole numbers from 5 to 500 are possible.").wait_for()
    assert box.input_value() == typed
