"""Messages still to be said, errors that a user's input can cause, and the nearest name.

An error carries a template and what fills it in, so that each door can put it into the words of
its reader; ``str`` of it is the English sentence.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Callable, Iterable, Mapping
from gettext import NullTranslations
from typing import Any, Protocol


def N_(template: str) -> str:
    """Mark a template for translation where it is written; it is said elsewhere."""
    return template


def NN_(singular: str, plural: str) -> tuple[str, str]:
    """The same of a message that depends on a number of things: both its forms."""
    return singular, plural


class Translations(Protocol):
    """Where a message finds its words; English templates are the keys."""

    def gettext(self, message: str, /) -> str:
        """The text in the reader's language."""

    def ngettext(self, singular: str, plural: str, n: int, /) -> str:
        """The text in the reader's language for a number of things."""


ENGLISH: Translations = NullTranslations()
"""What says every template as it is written."""


class Message:
    """A sentence still to be said: an English template and its fields.

    ``template`` is a format string with named fields and the key of the translation. A field may
    itself be a message; an error stands for its message. ``str`` gives the English sentence.
    """

    def __init__(self, template: str, /, **fields: object) -> None:
        """Keep the template and what fills it in."""
        self.template = template
        self.fields: Mapping[str, object] = {
            name: message_of(value) if isinstance(value, BaseException) else value
            for name, value in fields.items()
        }

    def mapped(self, change: Callable[[object], object]) -> Message:
        """The same message with every field that is no message itself put through ``change``."""
        found = copy.copy(self)
        found.fields = {
            name: value.mapped(change) if isinstance(value, Message) else change(value)
            for name, value in self.fields.items()
        }
        return found

    def said(self, translations: Translations) -> str:
        """The sentence in a language; a template without fields is a finished sentence."""
        template = self._template(translations)
        if not self.fields:
            return template
        told = {name: in_words(value, translations) for name, value in self.fields.items()}
        return template.format(**told)

    def _template(self, translations: Translations) -> str:
        # The empty key holds a catalog's own header.
        return translations.gettext(self.template) if self.template else ""

    def __str__(self) -> str:
        """The sentence in English."""
        return self.said(ENGLISH)

    def __eq__(self, other: object) -> bool:
        """Equal where template and fields are."""
        if not isinstance(other, Message):
            return NotImplemented
        return self.template == other.template and self.fields == other.fields

    def __hash__(self) -> int:
        """By the English sentence."""
        return hash(str(self))

    def __repr__(self) -> str:
        """The sentence, marked as a message."""
        return f"Message({str(self)!r})"


class Counted(Message):
    """A sentence that depends on a number of things: ``count`` is a field of both templates.

    >>> str(Counted("{count} run", "{count} runs", 2))
    '2 runs'
    """

    def __init__(self, singular: str, plural: str, count: int, /, **fields: object) -> None:
        """Keep both templates."""
        super().__init__(singular, count=count, **fields)
        self.plural = plural
        self.count = count

    def _template(self, translations: Translations) -> str:
        return translations.ngettext(self.template, self.plural, self.count)


class Listed(Message):
    """Several things, between commas or what else stands between them in a language.

    >>> str(Listed(["air", "water"])), str(Listed(["a", "b"], " and "))
    ('air, water', 'a and b')
    """

    def __init__(self, items: Iterable[object], between: str = ", ") -> None:
        """Keep the things; messages among them are said in the reader's language."""
        self.items = tuple(items)
        super().__init__(between, **{f"item{place}": one for place, one in enumerate(self.items)})

    def said(self, translations: Translations) -> str:
        """The things in a language."""
        told = [str(in_words(one, translations)) for one in self.fields.values()]
        between = self._template(translations)
        after_question = between.lstrip(";；")
        ends = [after_question if one.endswith(("?", "？")) else between for one in told[:-1]]
        return "".join(one + end for one, end in zip(told, [*ends, ""], strict=True))


def in_words(value: object, translations: Translations) -> Any:
    """A message in a language; anything else as it is."""
    return value.said(translations) if isinstance(value, Message) else value


def message_of(problem: BaseException) -> Message:
    """What an error says; the text of a foreign error is a template without fields."""
    if isinstance(problem, InputError):
        return problem.message
    return Message(str(problem))


class InputError(ValueError):
    """Input that cannot be used; the message names the place, the value and what is allowed.

    ``InputError("{file}: is empty", file=path)``: template and fields stay apart in ``message``.
    """

    def __init__(self, template: str | Message, /, **fields: object) -> None:
        """Take a message, or a template and its fields."""
        self.message = template if isinstance(template, Message) else Message(template, **fields)
        super().__init__(str(self.message))

    def __reduce__(self) -> tuple[type[InputError], tuple[Message]]:
        """Errors cross process borders with their template and fields."""
        return type(self), (self.message,)


class ScenarioError(InputError):
    """A scenario, a lever, a sector or a value of the law that cannot be used."""


class ParkError(InputError):
    """A park, or a file of enterprises, that cannot be used."""


def shown(value: object, most: int = 60) -> str:
    """A value as it was given, cut where it is long."""
    try:
        # a table of pandas has lines
        text = " ".join(line.strip() for line in repr(value).splitlines())
    except ValueError:  # a whole number of more digits than Python prints
        return "9999..."
    return text if len(text) <= most else f"{text[: most - 4]} ..."


def nearest(name: object, allowed: Iterable[object]) -> Message:
    """Return `; did you mean 'x'?` for the allowed name closest to `name`, or an empty message."""
    names = {str(candidate).casefold(): str(candidate) for candidate in allowed}
    matches = difflib.get_close_matches(str(name).casefold(), list(names), n=1, cutoff=0.5)
    return Message("; did you mean '{name}'?", name=names[matches[0]]) if matches else NOTHING


NOTHING = Message("")
"""A message that says nothing."""
