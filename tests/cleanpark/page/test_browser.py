"""Compare and Explore in a real browser: Chromium, driven by Playwright."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.cleanpark.page.browsing import SMALL, WAIT, done, must_not_skip, series

if not must_not_skip():
    pytest.importorskip("nicegui", reason="the page's extra is not installed")
pytestmark = pytest.mark.xdist_group("browser")  # one browser and one server, on one worker
FOLLOWS = """() => {
  const below = [...document.querySelectorAll(".cp-chart")].pop();
  const told = getElement(+below.id.slice(1)).chart.getOption().title[0].subtext;
  const playing = document.querySelectorAll(".cp-plain")[1].innerText.includes("❚");
  return playing && !told.includes("2026-Q2");
}"""
"""Whether the chart below has followed the park while that plays."""


def wait_for_other_numbers(page, before):
    """Wait until the trajectories are no longer these."""
    page.wait_for_function(
        "before => JSON.stringify(getElement(+document.querySelector("
        "'[data-chart=trajectories]').id.slice(1)).chart.getOption().series.map(one => one.data))"
        " !== before",
        arg=json.dumps(before, separators=(",", ":"), ensure_ascii=False), timeout=WAIT,
    )  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("en", "than under"), ("zh", "自愿审核")])
def test_the_question_is_answered_in_the_language_asked_for(page, server, language, word):
    page.goto(f"{server}/?{SMALL}&lang={language}")
    assert word in done(page) or "not distinguishable" in page.locator(".cp-answer").inner_text()
    assert (
        page.evaluate("document.documentElement.lang") == {"en": "en-US", "zh": "zh-CN"}[language]
    )
    for tab in page.get_by_role("tab").all():
        tab.click()
        page.locator(f".q-tab-panel [data-chart={tab.get_attribute('data-tab')}] canvas").wait_for()


def test_the_browsers_language_is_spoken_and_the_choice_remembered(visitor, server):
    page = visitor(locale="zh-CN")
    page.goto(f"{server}/?{SMALL}")
    page.get_by_text("比较", exact=True).wait_for(timeout=WAIT)
    page.get_by_role("button", name="English").click()
    page.get_by_text("Compare", exact=True).wait_for(timeout=WAIT)
    page.goto(f"{server}/?{SMALL}")
    page.get_by_text("Compare", exact=True).wait_for(timeout=WAIT)


def test_a_lever_that_is_moved_changes_chart_and_address_and_back_undoes_it(page, server):
    page.goto(f"{server}/?{SMALL}&p=voluntary&p=tax-only;fine=10@2027-Q1")
    done(page)
    before = series(page)
    slider = page.locator("[data-lever=fine]")
    slider.locator("[tabindex]").press("PageUp")
    wait_for_other_numbers(page, before)
    assert "fine=10@" not in page.url
    moved = page.url
    done(page)
    changed = series(page)
    page.go_back()
    page.wait_for_url(lambda address: address != moved, timeout=WAIT)
    wait_for_other_numbers(page, changed)


def test_a_lever_is_found_by_search_and_taken_up(page, server):
    page.goto(f"{server}/?{SMALL}")
    done(page)
    page.get_by_role("button", name="Change a lever").last.click()
    page.get_by_label("Search a lever").fill("daily fine")
    page.locator("[data-pick=audit_mode]").wait_for(state="detached")  # the list is the found ones
    page.locator("[data-pick=daily_fine]").click()
    page.locator("[data-lever=daily_fine]").wait_for(timeout=WAIT)
    page.wait_for_function("location.search.includes('daily_fine')", timeout=WAIT)
    done(page)
    page.get_by_role("button", name="About", exact=False).last.click()
    behind = page.locator("[data-behind]")
    behind.get_by_text("In the packaged policies").wait_for()
    assert "Ecological and Environmental Code, Article 1060" in behind.inner_text()
    behind.get_by_text(re.compile("^agents/")).first.wait_for()
    behind.get_by_role("button", name="Close").click()
    behind.wait_for(state="detached")
    page.locator("[data-tab=seeds]").click()
    page.locator("[data-evidence]").click()
    page.get_by_text("cleanpark validate sanctions-deter").wait_for()


def test_the_address_reopens_the_same_answer(page, server):
    page.goto(f"{server}/?{SMALL}&p=voluntary&p=full-mix;fine=33@2028-Q1|Mine&show=water&target=-5")
    sentence = done(page)
    assert "“Mine”" in sentence
    shown = series(page)
    page.goto(page.url)
    assert done(page) == sentence
    assert series(page) == shown


def test_an_address_that_cannot_be_meant_says_so_and_shows_something(page, server):
    page.goto(f"{server}/?p=full-mixx&{SMALL}")
    page.get_by_text("did you mean 'full-mix'?").wait_for(timeout=WAIT)
    page.get_by_text(re.compile("seeds")).first.wait_for(timeout=WAIT)


def upload(page, name, content):
    page.get_by_text("Your own park or a saved question").click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


def test_an_own_park_is_run_with_its_account_and_a_bad_one_refused(page, server):
    page.goto(f"{server}/?{SMALL}")
    done(page)
    upload(page, "bad.csv", "id,sector,output (万元)\nA,nonsense,3000\n".encode())
    page.get_by_text(re.compile("bad.csv.*nonsense")).wait_for(timeout=WAIT)
    rows = "".join(f"<img src=x onerror=alert({k})>,food,{3000 + k}\n" for k in range(8))
    upload_again = page.locator("input[type=file]")
    upload_again.set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv",
         "buffer": f"id,sector,output (万元)\n{rows}".encode()}
    )  # fmt: skip
    page.get_by_text(re.compile("8 enterprises")).first.wait_for(timeout=WAIT)
    page.wait_for_url(re.compile(r"mine\.csv"), timeout=WAIT)


def test_a_policys_name_is_text_wherever_it_stands(page, server):
    hostile = "%253Cimg%2520src%253Dx%2520onerror%253Dwindow.hit%253D1%253E%257B%257B7*7%257D%257D"
    page.goto(f"{server}/?{SMALL}&p=voluntary&p=tax-only|{hostile}")
    assert "<img src=x onerror=window.hit=1>{{7*7}}" in done(page)
    page.locator("[data-chart=trajectories] canvas").hover(position={"x": 300, "y": 200})
    page.evaluate("() => new Promise(end => requestAnimationFrame(() => setTimeout(end)))")
    assert page.evaluate("window.hit === undefined")


@pytest.mark.parametrize(("language", "word"), [("en", "output"), ("zh", "产值")])
def test_the_park_is_stepped_through_and_an_enterprise_tells_its_story(
    page, server, language, word
):
    page.goto(f"{server}/explore?{SMALL}&lang={language}")
    summary = page.locator(".cp-film p").first
    page.wait_for_function("document.querySelector('.cp-film p')?.innerText.includes('2026-Q1')",
                           timeout=WAIT)  # fmt: skip
    before = summary.inner_text()
    page.locator(".cp-plain").nth(2).click()
    assert "2026-Q2" in summary.inner_text()
    assert summary.inner_text() != before
    place = page.evaluate(
        "(() => { const film = getElement(+document.querySelector('.cp-film').id.slice(1));"
        " return film.data[1].placed.marks[0]; })()"
    )
    page.locator(".cp-film canvas").nth(1).click(position={"x": place[0], "y": place[1]})
    page.locator(".cp-story", has_text=word).first.wait_for(timeout=WAIT)
    page.locator(".cp-story", has_text="2026-Q2").first.wait_for()
    page.locator(".cp-plain").nth(1).click()
    page.wait_for_function(FOLLOWS, timeout=WAIT)
    page.wait_for_function(
        "document.querySelector('.cp-film p').innerText.includes('2030-Q4')", timeout=WAIT
    )


def test_foreign_names_and_origins_are_refused(server):
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        asked = urllib.request.Request(server, headers=headers)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=10)
        assert refused.value.code in (403, 421)
        refused.value.close()


def test_a_script_of_another_origin_cannot_open_a_socket(visitor, server):
    page = visitor()
    page.goto("data:text/html,<p>elsewhere</p>")
    socket_address = (
        server.replace("http", "ws") + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    )
    outcome = page.evaluate(
        "address => new Promise(end => { const one = new WebSocket(address);"
        " one.onopen = () => end('open'); one.onerror = () => end('refused'); })",
        socket_address,
    )
    assert outcome == "refused"


def test_where_the_extra_is_missing_serve_says_how_to_get_it():
    code = (
        "import sys; sys.modules['nicegui'] = None; from importlib import util; "
        "find = util.find_spec; util.find_spec = lambda name, *a: None if name == 'nicegui' else "
        "find(name, *a); sys.argv = ['cleanpark', 'serve']; from cleanpark.cli import main; main()"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 2
    assert "pip install 'cleanpark[page]'" in ran.stderr
