"""One lever as a card shows it: what it is, where it may stand, its value from dates on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nicegui import ui

from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import OF_SHARE, by_ten_thousand, in_percent, money
from cleanpark.analysis.words.wording import source
from cleanpark.page import engine
from cleanpark.page.question import START, Change, Value
from cleanpark.page.texts import say
from cleanpark.scenarios.titles import in_language

FIRST = (
    "audit_mode",
    "standardization",
    "poor_audit_penalty",
    "air_tax_rate",
    "water_tax_rate",
    "inspection_rate",
    "fine",
    "option_subsidy",
    "monitoring_coverage",
)
"""The levers that matter most, in the order in which a list offers them."""
GROUPS = ("audit", "information", "incentives", "penalties", "market")
BEGINS = "2027-Q1"
"""The date from which a lever that is newly taken up is changed."""
MOST_DATES = 4


def ordered() -> Iterator[tuple[str, list[str]]]:
    """Groups with their levers: those that matter most, then the rest by group."""
    declared = engine.lever_table()
    yield "matter most", [name for name in FIRST if name in declared]
    for group in dict.fromkeys([*GROUPS, *(one.group for one in declared.values())]):
        names = [name for name, one in declared.items() if one.group == group]
        if names:
            yield group, names


def matches(name: str, wanted: str, language: str) -> bool:
    """Whether a search finds a lever: by its titles in both languages, name or unit."""
    one = engine.lever_table()[name]
    text = " ".join([name.replace("_", " "), *one.title.values(), one.unit,
                     engine.unit_words(one.unit, language)])  # fmt: skip
    return all(word in text.casefold() for word in wanted.casefold().split())


def begun(base: str, name: str) -> Change:
    """A lever newly taken up: its own value in the packaged policy, from a date on."""
    place = next(k for k in range(40) if engine.label(k) == BEGINS)
    return Change(name, ((BEGINS, engine.lever_now(base, name, place)),))


def told(name: str, value: Value, language: str) -> str:
    """A value with its unit."""
    one = engine.lever_table()[name]
    if isinstance(value, str):
        return engine.choice_words(value, language)
    if one.unit.startswith("share"):
        per = one.unit if one.unit in ("share per quarter", "share per year") else "share"
        percent = in_percent(f"{100 * value:.4g}", language)
        return Language(language).say(OF_SHARE[per], percent=percent)
    if one.unit == "10,000 CNY" and not by_ten_thousand(language):
        return money(1e4 * value, language)
    return f"{value:g} {engine.unit_words(one.unit, language)}"


def facts(name: str, language: str, date: str = BEGINS) -> str:
    """Range, source and certainty of a lever in a line: the law's of a date where it sets one."""
    one = engine.lever_table()[name]
    certainty = engine.certainty_words(one.certainty, language)
    band = None if one.choices else engine.statutory(name, date)
    if band is not None:
        text = "Statutory range {low} to {high}. {source} ({certainty})"
        if band[0] == band[1]:
            text = "Statutory value {low}. {source} ({certainty})"
        low, high = (told(name, edge, language) for edge in band[:2])
        return say(text, language, low=low, high=high, source=in_language(band[2], language),
                   certainty=certainty)  # fmt: skip
    day = date or engine.first_quarter()
    legal = list(dict.fromkeys(source for begin, until, source, _ in engine.law_of(name, language)
                               if holds(day, begin, until)))  # fmt: skip
    if legal:
        texts = ("；" if language == "zh" else "; ").join(legal)
        where = say("Law: {texts} ({certainty})", language, texts=texts, certainty=certainty)
    else:
        told_source = source(one.source, language)
        where = say("Source: {source} ({certainty})", language, source=told_source,
                    certainty=certainty)  # fmt: skip
    if one.choices:
        return where
    low, high = (told(name, edge, language) for edge in one.range)
    span = say("Plausible range {low} to {high}", language, low=low, high=high)
    return say("{span}. {where}", language, span=span, where=where)


def holds(quarter: str, begin: str, until: str | None) -> bool:
    """Whether a period of the law holds on the first day of a quarter.

    >>> holds("2026-Q3", "2012-07-01", "2026-08-14"), holds("2026-Q4", "2012-07-01", "2026-08-14")
    (True, False)
    """
    year, number = quarter.split("-Q")
    day = f"{year}-{3 * int(number) - 2:02d}-01"
    return begin <= day and (until is None or day <= until)


@dataclass(frozen=True)
class Acts:
    """What a lever's card tells of: each move, its end, and the wish to read about the lever."""

    changed: Callable[[Change], None]
    removed: Callable[[], None]
    about: Callable[[], None]


class LeverCard:
    """The controls of one changed lever."""

    def __init__(
        self,
        base: str,
        change: Change,
        dates: list[str],
        language: str,
        acts: Acts,
    ) -> None:
        """Lay the lever out where the caller stands."""
        self.base, self.change, self.language = base, change, language
        self.dates, self.changed = dates, acts.changed
        self.declared = engine.lever_table()[change.lever]
        with ui.element("div").classes("cp-lever"):
            with ui.element("div").classes("cp-row").style("flex-wrap: nowrap"):
                ui.label(Language(language).of(self.declared.title)).classes(
                    "cp-lever-title cp-grow"
                )
                title = Language(language).of(self.declared.title)
                for icon, text, act in (
                    ("info_outline", "About {lever}", acts.about),
                    ("close", "Undo the change of {lever}", acts.removed),
                ):
                    button = ui.button(icon=icon, on_click=act)
                    button.props("flat dense round size=sm color=grey-8")
                    button.props["aria-label"] = say(text, language, lever=title)
            self.rows = ui.element("div").style("width: 100%")
            self._lay_rows()
            ui.label(facts(change.lever, language, change.values[0][0])).classes("cp-note")

    def _lay_rows(self) -> None:
        self.rows.clear()
        with self.rows:
            for place in range(len(self.change.values)):
                self._lay_row(place)
            if len(self.change.values) < MOST_DATES:
                text = say("another date", self.language)
                ui.button(text, icon="add", on_click=self._add_date).props(
                    "flat dense no-caps color=primary"
                )

    def _lay_row(self, place: int) -> None:
        date, value = self.change.values[place]
        language = self.language
        options = {START: say("from the start", language)}
        options |= {one: say("from {date}", language, date=one) for one in self.dates}
        options.setdefault(date, date)
        with ui.element("div").classes("cp-row").style("flex-wrap: nowrap"):
            select = ui.select(
                options, value=date, on_change=lambda event: self._set(place, date=event.value)
            )
            select.props(f'dense options-dense borderless aria-label="{say("Date", language)}"')
            ui.element("span").classes("cp-grow")
            shown = ui.label(told(self.change.lever, value, language)).style("font-weight: 600")
            if len(self.change.values) > 1:
                label = say("Take this date out", language)
                ui.button(icon="remove", on_click=lambda: self._drop(place)).props(
                    f'flat dense round size=xs color=grey-8 aria-label="{label}"'
                )
        if self.declared.choices:
            self._choice(place, value, shown)
        else:
            self._slider(place, float(value), shown)

    def _choice(self, place: int, value: Value, shown: Any) -> None:
        words = {one: engine.choice_words(one, self.language) for one in self.declared.choices}

        def chosen(event: Any) -> None:
            shown.set_text(words[event.value])
            self._set(place, value=event.value)

        title = self.declared.title[self.language]
        select = ui.select(words, value=value, on_change=chosen)
        select.props(f'dense outlined aria-label="{title}"').style("width: 100%")
        select.props(f"data-lever={self.declared.name}")
        shown.set_visibility(False)

    def _slider(self, place: int, value: float, shown: Any) -> None:
        one = self.declared
        step = 1.0 if one.scale == "integer" else (one.high - one.low) / 200.0

        def moved(event: Any) -> None:
            number = float(f"{event.value:.6g}")
            shown.set_text(told(one.name, number, self.language))
            self._set(place, value=number)

        slider = ui.slider(min=one.low, max=one.high, step=step, value=value, on_change=moved)
        slider.props(f'aria-label="{one.title[self.language]}"').mark(f"lever-{one.name}")
        slider.props(f"data-lever={one.name}")
        self._scale()

    def _scale(self) -> None:
        """Under the track: the plausible range as a shade, today's value as a mark."""
        one = self.declared
        width = one.high - one.low
        now = float(engine.lever_now("voluntary", one.name))
        band = engine.statutory(one.name, self.change.values[0][0])
        edges = one.range if band is None else band[:2]
        left, right = ((edge - one.low) / width * 100 for edge in edges)
        text = (
            "shade: plausible range; mark: today’s value, {now}"
            if band is None
            else "shade: statutory range; mark: today’s value, {now}"
        )
        said = say(text, self.language, now=told(one.name, now, self.language))
        with ui.element("div").classes("cp-scale").props('role="img"') as scale:
            scale.props["aria-label"] = said
            shade = ui.element("span").classes("cp-range")
            shade.style(f"left: {left:.1f}%; width: {max(1.0, right - left):.1f}%")
            mark = ui.element("span").classes("cp-now")
            mark.style(f"left: {(now - one.low) / width * 100:.1f}%")
        scale.tooltip(said)

    def _set(self, place: int, date: str | None = None, value: Value | None = None) -> None:
        values = list(self.change.values)
        old_date, old_value = values[place]
        values[place] = (
            old_date if date is None else date,
            old_value if value is None else value,
        )
        again = date is not None and len({one for one, _ in values}) < len(values)
        if again:
            ui.notify(say("Each date once.", self.language))
            self._lay_rows()
            return
        self._take(tuple(values))

    def _drop(self, place: int) -> None:
        values = tuple(one for k, one in enumerate(self.change.values) if k != place)
        self._take(values)
        self._lay_rows()

    def _add_date(self) -> None:
        taken = {date for date, _ in self.change.values}
        free = [date for date in self.dates if date not in taken and date > max(taken)]
        free = free or [date for date in self.dates if date not in taken]
        if free:
            self._take((*self.change.values, (free[0], self.change.values[-1][1])))
            self._lay_rows()

    def _take(self, values: tuple[tuple[str, Value], ...]) -> None:
        self.change = Change(self.change.lever, tuple(sorted(values, key=lambda pair: pair[0])))
        self.changed(self.change)
