"""Pollutants and provinces by any of their names, English or Chinese, and the nearest ones."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from cleanpark.scenarios.errors import Message, ScenarioError
from cleanpark.scenarios.law.dated import Rates
from cleanpark.scenarios.law.statutes import Item, Law, Statutes, law, statutes

if TYPE_CHECKING:
    import pandas as pd

MEDIA = {
    "air": ("air", "大气", "大气污染物", "废气"),
    "water": ("water", "水", "水污染物", "废水", "污水"),
    "waste": ("waste", "solid_waste", "固体废物", "固废"),
    "noise": ("noise", "噪声", "工业噪声"),
}
"""Media of an outlet by every name they are given."""
_PH_BANDS = ("ph_0_1", "ph_1_2", "ph_2_3", "ph_3_4", "ph_4_5", "ph_5_6")
PH_NAMES = ("ph", "ph值")
COLOUR_NAMES = ("colour", "color", "色度")


def plain(name: object) -> str:
    """A name without the differences that mean nothing: case, spaces, hyphens, wide brackets."""
    text = str(name).strip().casefold().replace("（", "(").replace("）", ")")
    return text.replace(" ", "_").replace("-", "_")


def _names(item: Item) -> set[str]:
    titles = (*item.title.values(), item.name, *item.figure.aliases)
    return {plain(name) for name in titles}


@functools.lru_cache(maxsize=8)
def _packaged_index(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return _index(law(), names)


def _index(figures: Law, not_taxed: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every name, with what it may mean: more than one where air and water share it."""
    found: dict[str, tuple[str, ...]] = {plain(name): (name,) for name in not_taxed}
    for item in figures.items:
        for name in _names(item):
            found[name] = (*found.get(name, ()), item.name)
    return found


def index_of(figures: Law) -> Mapping[str, tuple[str, ...]]:
    """What each name may mean under this law."""
    if figures.statutes is statutes():
        return _packaged_index(figures.not_taxed)
    return _index(figures, figures.not_taxed)


def pollutant_name(name: object, figures: Law, medium: str = "", also: Iterable[str] = ()) -> str:
    """The key of a pollutant, waste or noise by any of its names, or one of `also`.

    `medium` decides where air and water share a name, such as 苯; so does a name that begins with
    it, such as `water:苯`. Raises ScenarioError with the nearest names, or with the names that are
    meant where there are several.
    """
    if str(name) in tuple(also):
        return str(name)
    prefix, colon, rest = str(name).partition(":")
    if colon:
        return pollutant_name(rest, figures, medium_name(prefix))
    index = {**{plain(one): (one,) for one in also}, **index_of(figures)}
    exact = name in figures.not_taxed or figures.item(str(name)) is not None
    meant = (str(name),) if exact else index.get(plain(name), ())
    if medium and len(meant) > 1:
        meant = tuple(one for one in meant if _medium(figures, one) == medium) or meant
    if len(meant) > 1:
        raise ScenarioError(
            "'{name}' is both {names}: write one of these names, or give the outlet its medium",
            name=name,
            names=", ".join(meant),
        )
    if not meant:
        hint = nearest_names(name, index, figures)
        raise ScenarioError("unknown pollutant '{name}'{hint}", name=name, hint=hint)
    return meant[0]


def _medium(figures: Law, name: str) -> str:
    item = figures.item(name)
    return "" if item is None else {"small": "water"}.get(item.medium, item.medium)


def nearest_names(
    name: object, index: Mapping[str, tuple[str, ...]], figures: Law
) -> Message | str:
    """The nearest names in both languages, or an empty text."""
    close = difflib.get_close_matches(plain(name), list(index), n=3, cutoff=0.4)
    keys = list(dict.fromkeys(key for match in close for key in index[match]))[:3]
    if not keys:
        return Message("; cleanpark tax --pollutants lists them all")
    shown = ", ".join(f"'{key}'{_in_chinese(figures, key)}" for key in keys)
    return Message("; did you mean {names}?", names=shown)


def _in_chinese(figures: Law, key: str) -> str:
    item = figures.item(key)
    return f" ({item.title['zh']})" if item is not None else ""


def ph_band(value: float) -> str:
    """The row of Schedule 2 for a pH value; empty from 6 to 9, which is not taxed.

    A bound belongs to the band nearer neutral below 7 and above it: 5 to 6 is from 5 on and below
    6, 9 to 10 is above 9 and up to 10 (Schedule 2, table 3).
    """
    if not 0.0 <= value <= 14.0:
        raise ScenarioError("pH {value}: must be a number from 0 to 14", value=f"{value:g}")
    if value < 6.0:
        return _PH_BANDS[int(value)]
    if value <= 9.0:
        return ""
    above = next(step for step in range(5) if value <= 10 + step)
    return _PH_BANDS[max(0, 4 - above)]


def medium_name(name: object) -> str:
    """`air`, `water`, `waste` or `noise` by any of their names."""
    for medium, names in MEDIA.items():
        if plain(name) in names:
            return medium
    raise ScenarioError(
        "unknown medium '{name}': one of air, water, waste, noise, or 大气, 水, 固体废物, 噪声",
        name=name,
    )


def _province_names(figures: Statutes) -> dict[str, str]:
    named = {}
    for name, entry in figures.provinces.items():
        for other in (name, *entry.title.values(), *entry.aliases):
            named[plain(other)] = name
    return named


@functools.cache
def _packaged_provinces() -> dict[str, str]:
    return _province_names(statutes())


def province_name(name: str, figures: Statutes | None = None) -> str:
    """The key of a province by any of its names, such as `guangdong`, `Guangdong` or `广东省`."""
    known = figures or statutes()
    index = _packaged_provinces() if figures is None else _province_names(known)
    found = index.get(plain(name))
    if found is not None:
        return found
    raise ScenarioError(
        "unknown province '{name}'{hint} (provinces: {names})",
        name=name,
        hint=_province_hint(name, index, known),
        names=", ".join(known.provinces),
    )


def _province_hint(name: str, index: Mapping[str, str], figures: Statutes) -> Message | str:
    """The provinces that a name may mean, each in both languages: all parts of one, or the
    nearest name."""
    titles = {key: entry.title["zh"] for key, entry in figures.provinces.items()}
    first = {plain(key).split("_")[0] for key in titles}
    given, chinese = plain(name), plain(name).removesuffix("省")
    meant = difflib.get_close_matches(given.split("_")[0], first, n=1, cutoff=0.75)
    within = [
        key
        for key, title in titles.items()
        if plain(key).split("_")[0] in meant or (chinese and title.startswith(chinese))
    ]
    if not within:
        close = difflib.get_close_matches(given, list(index), n=1, cutoff=0.5)
        within = [index[one] for one in close]
    shown = ", ".join(f"'{key}' ({titles[key]})" for key in within)
    if len(within) > 1:
        return Message("; did you mean one of {names}?", names=shown)
    return Message("; did you mean {names}?", names=shown) if within else ""


def province(name: str, date: str | None = None) -> Rates:
    """Rates of a province on a day; without a date, the newest that the data know."""
    return law(date).provinces[province_name(name)]


def provinces(date: str | None = None) -> pd.DataFrame:
    """Every province with its rates on a day, CNY per pollution equivalent, since when, source."""
    import pandas as pd

    figures = law(date)
    known = figures.statutes
    return pd.DataFrame(
        {
            "name": name,
            "title_en": known.provinces[name].title["en"],
            "title_zh": known.provinces[name].title["zh"],
            "air": rates.air,
            "water": rates.water,
            "pollutants": ", ".join(f"{key} {rate:g}" for key, rate in rates.pollutants.items()),
            "from": rates.from_.isoformat(),
            "source": known.source(rates),
            "source_zh": known.source(rates, "zh"),
            "certainty": rates.certainty,
        }
        for name, rates in figures.provinces.items()
    )
