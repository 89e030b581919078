"""Errors that a user's input can cause, and the suggestion of a nearest name.

An error carries a template and what fills it in, so that each door can put it into the words of
its reader; ``str`` of it is the English sentence.
"""

import difflib
from collections.abc import Iterable, Mapping


class Message:
    """A sentence still to be said: an English template and its fields.

    ``template`` is a format string with named fields and the key of the translation; a field may
    itself be a message. ``str`` gives the English sentence.
    """

    def __init__(self, template: str, /, **fields: object) -> None:
        """Keep the template and what fills it in."""
        self.template = template
        self.fields: Mapping[str, object] = fields

    def __str__(self) -> str:
        """The sentence in English; a template without fields is a finished sentence."""
        return self.template.format(**self.fields) if self.fields else self.template

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


class InputError(ValueError):
    """Input that cannot be used; the message names the place, the value and what is allowed.

    ``InputError("{file}: is empty", file=path)``: template and fields stay apart in ``message``.
    """

    def __init__(self, template: "str | Message", /, **fields: object) -> None:
        """Take a finished message, or a template and its fields."""
        self.message = template if isinstance(template, Message) else Message(template, **fields)
        super().__init__(str(self.message))

    def __reduce__(self) -> "tuple[type[InputError], tuple[Message]]":
        """Errors cross process borders with their template and fields."""
        return type(self), (self.message,)


class ScenarioError(InputError):
    """A scenario, a lever, a sector or a value of the law that cannot be used."""


class ParkError(InputError):
    """A park, or a file of enterprises, that cannot be used."""


def shown(value: object, most: int = 60) -> str:
    """A value as it was given, cut where it is long."""
    try:
        text = repr(value)
    except ValueError:  # a whole number of more digits than Python prints
        return "a number of very many digits"
    return text if len(text) <= most else f"{text[: most - 4]} ..."


def reason_of(cause: ValueError) -> "Message | str":
    """What went wrong, as a field of the message that says where."""
    return cause.message if isinstance(cause, InputError) else str(cause)


def nearest(name: object, allowed: Iterable[object]) -> str:
    """Return `; did you mean 'x'?` for the allowed name closest to `name`, or an empty string."""
    names = {str(candidate).casefold(): str(candidate) for candidate in allowed}
    matches = difflib.get_close_matches(str(name).casefold(), list(names), n=1, cutoff=0.5)
    return f"; did you mean '{names[matches[0]]}'?" if matches else ""
