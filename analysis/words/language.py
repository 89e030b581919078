"""A language as a value: it puts messages, numbers of things and titles into words.

English templates are the keys of the catalogs in ``catalogs/``, which gettext reads. Each language
that has a folder there can be asked for; nothing is kept for the process, so that two sessions may
speak two languages.
"""

from __future__ import annotations

import functools
import gettext
import importlib.util
from collections.abc import Mapping
from pathlib import Path

from cleanpark.scenarios.errors import N_, InputError, Listed, Message, message_of, nearest

CATALOGS = Path(__file__).with_name("catalogs")
DOMAIN = "cleanpark"
PSEUDO = "qps"
"""A language for tests: English with every message between marks (⟦…⟧)."""
MARKS = "⟦{}⟧"


class _Marked(gettext.NullTranslations):
    """Says every message in English, between marks."""

    def gettext(self, message: str) -> str:
        """The message between marks; separators of a list stay."""
        return MARKS.format(message) if any(map(str.isalpha, message)) else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """One of both messages between marks."""
        return MARKS.format(msgid1 if n == 1 else msgid2)


@functools.cache
def _catalog(code: str) -> gettext.NullTranslations:
    """The catalog of a language; English needs none."""
    if code == "en":
        return gettext.NullTranslations()
    if code == PSEUDO:
        return _Marked()
    compiled = CATALOGS / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if _outdated(compiled):
        _compile(compiled)
    return gettext.translation(DOMAIN, CATALOGS, [code])


def _compiler() -> Path:
    """What compiles the catalogs in a checkout; an installed package does not have it."""
    return CATALOGS.resolve().parents[2] / "tools" / "messages.py"


def _outdated(compiled: Path) -> bool:
    """Whether a catalog was changed since it was compiled, or never was.

    Only a checkout tells by the times of its files: an installer writes them in any order.
    """
    if not compiled.exists():
        return True
    source = compiled.with_suffix(".po")
    older = source.exists() and compiled.stat().st_mtime_ns < source.stat().st_mtime_ns
    return older and _compiler().exists()


def _compile(compiled: Path) -> None:
    """Compile a checkout's catalog; InputError where it cannot be, since its reader would then
    find English in the middle of sentences."""
    try:
        spec = importlib.util.spec_from_file_location("cleanpark_messages", _compiler())
        assert spec is not None
        assert spec.loader is not None
        messages = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(messages)
        messages.compile_catalog(compiled.with_suffix(".po"))
    except (ImportError, OSError) as cause:
        raise InputError(
            "language '{code}': its catalog {file} is not compiled and cannot be ({cause}): "
            "python -m pip install babel, then python tools/messages.py compile",
            code=compiled.parts[-3],
            file=compiled.with_suffix(".po").name,
            cause=str(cause),
        ) from cause


@functools.cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that can be spoken: English, and every one with a catalog."""
    found = {path.parts[-3] for path in CATALOGS.glob(f"*/LC_MESSAGES/{DOMAIN}.[mp]o")}
    return ("en", *sorted(found))


class Language(str):
    """A language by its code, ``en`` or ``zh``, that says messages.

    >>> Language("en").say("{count} runs", count=3)
    '3 runs'
    """

    __slots__ = ()

    def __new__(cls, code: str = "en") -> Language:
        """Take a code; InputError for a language without a catalog, or with one that is not
        compiled and cannot be."""
        if code not in (*languages(), PSEUDO):
            raise InputError(
                "language '{code}': there is no such language{hint} (there are {codes})",
                code=code,
                hint=nearest(meant(code), languages()),
                codes=Listed(languages()),
            )
        _catalog(str(code))
        return super().__new__(cls, code)

    @property
    def name(self) -> str:
        """What its speakers call it: each catalog says its own name for this message.

        >>> Language("zh").name
        '中文'
        """
        return self.gettext(N_("English"))

    def gettext(self, template: str, /) -> str:
        """A template in this language; as it is where the catalog does not know it."""
        return _catalog(str(self)).gettext(template) if template else ""

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        """The template for a number of things in this language."""
        return _catalog(str(self)).ngettext(singular, plural, n)

    def say(self, what: str | Message | BaseException, /, **fields: object) -> str:
        """A message, an error's message, or a template with its fields, in this language."""
        if isinstance(what, BaseException):
            return message_of(what).said(self)
        return (what if isinstance(what, Message) else Message(what, **fields)).said(self)

    def of(self, titles: Mapping[str, str]) -> str:
        """The title in this language; in English where there is none."""
        return titles.get(str(self)) or titles["en"]

    def __reduce__(self) -> tuple[type[Language], tuple[str]]:
        """By its code."""
        return Language, (str(self),)

    def __str__(self) -> str:
        """The code."""
        return str.__str__(self)


ENGLISH = Language("en")
OTHER_NAMES = {"cn": "zh", "chinese": "zh", "中文": "zh", "汉语": "zh", "english": "en"}
"""What languages are called by those who do not know their codes."""
OTHER_SCRIPTS = {"hant", "tw", "hk", "mo"}
"""Parts of tags of Chinese in traditional characters, which no catalog speaks."""


def code_of(tag: str) -> str:
    """The code that a tag such as ``zh_CN``, ``zh-Hans`` or ``EN`` means; others as they are.

    >>> code_of("zh-Hans-CN"), code_of("EN"), code_of("zh_TW")
    ('zh', 'en', 'zh_TW')
    """
    code, *parts = tag.strip().casefold().replace("_", "-").split("-")
    return tag if code not in languages() or OTHER_SCRIPTS.intersection(parts) else code


def meant(code: object) -> str:
    """The code that a refused name of a language stands for, where that can be told.

    >>> meant("zh-Hans"), meant("cn"), meant("fr")
    ('zh', 'zh', 'fr')
    """
    name = str(code).strip().casefold()
    return OTHER_NAMES.get(name, code_of(str(code)))


def preferred(environment: Mapping[str, str]) -> Language:
    """The language of a place by its POSIX variables, such as LANG=zh_CN.UTF-8; else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if place := environment.get(name):
            code = place.partition(".")[0].partition("_")[0].casefold()
            return Language(code) if code in languages() else ENGLISH
    return ENGLISH
