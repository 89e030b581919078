"""What Compare runs on request, and what one takes along of it, in a real browser."""

import re
import urllib.request

import pandas as pd
import pytest

from tests.cleanpark.page.browsing import done, must_not_skip, serving

if not must_not_skip():
    pytest.importorskip("nicegui", reason="the page's extra is not installed")
pytestmark = pytest.mark.xdist_group("browser")
TINY = "n=8&q=8&year=2027&seeds=2"


def test_whether_the_order_turns_is_said_with_the_assumptions_that_move_it(page, server):
    page.goto(f"{server}/?{TINY}&lang=en")
    done(page, 2)
    page.locator("[data-tab=seeds]").click()
    page.locator("[data-ask=howsure]").click()
    page.locator(".cp-finding", has_text=re.compile("the order (does not turn|turns)")).wait_for()
    page.locator("[data-chart=movers] canvas").wait_for()


def test_who_pays_is_named_and_taken_along(page, server, tmp_path):
    page.goto(f"{server}/?{TINY}&lang=zh")
    done(page, 2)
    page.locator("[data-tab=payers]").click()
    page.locator("[data-ask=whopays]").click()
    page.locator("[data-affected] tbody tr").first.wait_for()
    assert page.locator("[data-affected] tbody tr").count() == 8
    with page.expect_download() as taken:
        page.locator(".q-tab-panel").get_by_role("button", name="本表的 CSV 文件").click()
    taken.value.save_as(tmp_path / "who.csv")
    assert len(pd.read_csv(tmp_path / "who.csv")) == 8


def test_a_mix_that_meets_the_target_is_found_and_taken_over(page, server):
    page.goto(f"{server}/?n=30&q=8&year=2027&seeds=2&show=inspections&target=1&lang=en")
    done(page, 2)
    page.locator("[data-ask=findmix]").click()
    page.locator("[data-mixes] tbody tr").first.wait_for()
    page.get_by_role("button", name="Take over").first.click()
    page.locator(".cp-policy").nth(2).wait_for()
    page.locator("[data-answer=final] >> visible=true").wait_for()
    page.locator(".cp-answer", has_text="Mix 1").wait_for()
    assert "Mix%25201" in page.url or "Mix%201" in page.url
    page.get_by_role("button", name="Take over").first.click()  # there already: changes nothing
    if page.get_by_role("button", name="Take over: Mix 2").count():
        page.get_by_role("button", name="Take over: Mix 2").click()
        page.locator(".cp-policy").nth(3).wait_for()


def test_a_search_is_cancelled_and_begun_again(page, server):
    page.goto(f"{server}/?n=300&q=40&year=2030&seeds=2&target=-20&lang=en")
    done(page, 2)
    button = page.locator("[data-ask=findmix]")
    button.click()
    page.get_by_text("runs done").first.wait_for()
    button.click()
    page.locator("[data-ask=findmix]", has_text="Find a mix").wait_for()
    assert page.locator("[data-mixes]").count() == 0


def test_more_visitors_than_allowed_are_told_so(tmp_path):
    with serving(tmp_path, "--sessions", "3") as address:
        for _ in range(3):
            urllib.request.urlopen(f"{address}/studies?lang=en", timeout=60).close()
        with urllib.request.urlopen(f"{address}/?lang=en", timeout=60) as answer:
            assert "3 pages open and takes no more" in answer.read().decode()
