"""One case: a command with mutated input, and what an independent reader says of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Oracle = Callable[["Answer"], str]


@dataclass(frozen=True)
class Answer:
    """What a command did: its exit code, and what it wrote."""

    code: int
    output: str
    errors: str

    @property
    def accepted(self) -> bool:
        """Whether the command did what it was asked."""
        return self.code == 0


def no_opinion(answer: Answer) -> str:
    """What an oracle says that knows nothing."""
    return ""


@dataclass(frozen=True)
class Case:
    """The words of a command, and the oracle: what was believed or refused wrongly, else ''."""

    words: list[str]
    oracle: Oracle = no_opinion
    environment: dict[str, str] = field(default_factory=dict)


Maker = Callable[[random.Random, Path, Path], Case]
"""Makes a case from a source of chance, its own empty folder, and one that all cases share."""


def must_refuse(why: str) -> Oracle:
    """An oracle of input that has no meaning."""

    def oracle(answer: Answer) -> str:
        return f"believed, although {why}" if answer.accepted else ""

    return oracle


def same(said: Any, done: Any) -> bool:
    """Whether a number, text or mapping of quarters that was said is what was done."""
    if isinstance(said, bool) or isinstance(done, bool):
        return said is done
    if isinstance(said, (int, float)) and isinstance(done, (int, float)):
        return float(said) == float(done)
    return type(said) is type(done) and bool(said == done)
