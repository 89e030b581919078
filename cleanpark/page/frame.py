"""What every page has: the bar of places, the language switch, style, and who may still come in."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from nicegui import Client, app, ui
from nicegui.language import Language as Tag
from starlette.requests import Request

from cleanpark.analysis.words.language import Language
from cleanpark.page import limits
from cleanpark.page.question import LANGUAGES
from cleanpark.page.texts import say

STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
PLACES = (
    ("/", "Compare"),
    ("/explore", "Explore"),
    ("/learn", "Learn"),
    ("/studies", "Studies"),
)
COOKIE = "cleanpark_language"
TAGS: dict[str, Tag] = {"en": "en-US", "zh": "zh-CN"}
"""Tags of the languages that NiceGUI knows; of another one its own code."""
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" '
    'rx="7" fill="#0B5D4B"/><path d="M6 24V14l6 4v-4l6 4V8h4v16z" fill="#fff"/></svg>'
)


def language_of(request: Request) -> str:
    """The language of the address, else the one chosen before, else the browser's first."""
    asked = request.query_params.get("lang") or request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        return str(asked)
    for one in request.headers.get("accept-language", "").split(","):
        tag = one.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return "en"


def open_page(request: Request, here: str, language: str) -> bool:
    """Lay out the bar; False where no more sessions are taken, which the page then says."""
    ui.add_css(STYLE)
    client = ui.context.client
    client.page = copy.copy(client.page)  # this visitor's alone
    client.page.language = TAGS.get(language, TAGS["en"])
    name = next(word for path, word in PLACES if path == here)
    ui.page_title(f"{say(name, language)} · cleanpark")
    ui.colors(primary="#0B5D4B")
    _bar(request, here, language)
    most = getattr(app.state, "sessions", limits.SESSIONS)
    if len(Client.instances) > most:
        with ui.element("main").classes("cp-main"):
            text = "The server has {most} pages open and takes no more: try again in a few minutes."
            ui.label(say(text, language, most=most)).classes("cp-error")
        return False
    return True


def _bar(request: Request, here: str, language: str) -> None:
    main = say("Skip to the result", language)
    with ui.header().classes("cp-bar"):
        with ui.link(target="#main").classes("cp-skip"):
            ui.label(main)
        ui.label("cleanpark").classes("cp-logo")
        with ui.element("nav").classes("cp-row cp-tight").style("flex-wrap: nowrap; width: auto"):
            for path, word in PLACES:
                link = ui.link(say(word, language), f"{path}?lang={language}")
                if path == here:
                    link.classes("cp-here").props('aria-current="page"')
        ui.element("span").classes("cp-grow")
        for other in LANGUAGES:
            if other != language:
                tag = TAGS.get(other, other)
                button = ui.button(Language(other).name)
                button.props(f'flat no-caps color=primary lang="{tag}"')
                button.on("click", js_handler=_switch(other))


def _switch(other: str) -> str:
    """Choose the other language: remembered in a cookie, and the same question opened in it."""
    return (
        "() => { const u = new URL(location.href);"
        f' u.searchParams.delete("lang"); u.searchParams.append("lang", {json.dumps(other)});'
        f' document.cookie = "{COOKIE}={other}; path=/; max-age=31536000; samesite=strict";'
        " location.href = u.href; }"
    )


def with_language(query: str, language: str) -> str:
    """An address's query in another language."""
    pairs = [(key, value) for key, value in parse_qsl(query) if key != "lang"]
    return urlencode([*pairs, ("lang", language)])
