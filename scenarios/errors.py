"""Errors that a user's input can cause, and the suggestion of a nearest name."""

import difflib
from collections.abc import Iterable


class InputError(ValueError):
    """Input that cannot be used; the message names the place, the value and what is allowed."""


class ScenarioError(InputError):
    """A scenario, a lever, a sector or a value of the law that cannot be used."""


class ParkError(InputError):
    """A park, or a file of enterprises, that cannot be used."""


def nearest(name: object, allowed: Iterable[object]) -> str:
    """Return `; did you mean 'x'?` for the allowed name closest to `name`, or an empty string."""
    names = {str(candidate).casefold(): str(candidate) for candidate in allowed}
    matches = difflib.get_close_matches(str(name).casefold(), list(names), n=1, cutoff=0.5)
    return f"; did you mean '{names[matches[0]]}'?" if matches else ""
