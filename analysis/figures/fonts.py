"""A font for the language of a figure: Chinese needs one that has its characters."""

from __future__ import annotations

import functools
import warnings
from pathlib import Path

from cleanpark.analysis.words.language import Language
from cleanpark.analysis.words.numbers import is_han

PACKAGED = Path(__file__).with_name("font") / "NotoSansSC-subset.ttf"
"""Noto Sans SC (SIL Open Font License 1.1, beside it), what simplified Chinese needs of it."""
LATIN = ("DejaVu Sans",)
"""What matplotlib brings."""
INSTALLED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "SimHei",
    "PingFang SC",
    "Heiti SC",
    "Hiragino Sans GB",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
)
"""Fonts with simplified Chinese characters that a machine may have, the best first."""


@functools.cache
def chinese_font() -> str | None:
    """Name of a font with Chinese characters, or None after one warning."""
    found = _packaged_font() or _installed_font()
    if found is None:
        warnings.warn(
            "no font with Chinese characters was found: figures are labelled in English "
            "(install one, such as Noto Sans CJK)",
            stacklevel=2,
        )
    return found


def _packaged_font() -> str | None:
    return _added(PACKAGED) if PACKAGED.is_file() else None


@functools.cache
def _added(font: Path) -> str:
    """The name of a font of a file, which matplotlib knows from now on."""
    from matplotlib import font_manager

    font_manager.fontManager.addfont(font)
    return font_manager.FontProperties(fname=font).get_name()


def _installed_font() -> str | None:
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    installed |= _newly_installed(installed)
    return next((name for name in INSTALLED if name in installed), None)


def _newly_installed(known: set[str]) -> set[str]:
    """Fonts that were installed after matplotlib last listed them."""
    from matplotlib import font_manager

    listed = {font.fname for font in font_manager.fontManager.ttflist}
    for path in font_manager.findSystemFonts():
        is_chinese = any(part in path.lower() for part in ("cjk", "wqy", "hei", "song", "han"))
        if path not in listed and is_chinese:
            font_manager.fontManager.addfont(path)
    return {font.name for font in font_manager.fontManager.ttflist} - known


def is_chinese(language: str) -> bool:
    """Whether a language is written in Chinese characters, by what its speakers call it."""
    return any(map(is_han, Language(language).name))


def language_that_shows(language: str) -> str:
    """The language asked for, or English where its characters cannot be shown."""
    return "en" if is_chinese(language) and chinese_font() is None else language


def families(language: str) -> list[str]:
    """Fonts of a language, the first that has a character is taken.

    Names that users give, of a policy or a park, may be Chinese in a figure in English too.
    """
    if not is_chinese(language):
        return [*LATIN, *filter(None, [_packaged_font()])]
    found = chinese_font()
    return [found, *LATIN] if found else list(LATIN)
