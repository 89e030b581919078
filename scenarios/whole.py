"""Whole numbers as Python code gives them."""

from __future__ import annotations

from numbers import Integral
from typing import Any


def whole(value: Any) -> int | None:
    """A whole number of Python or NumPy as Python has it; None where it is none, True included."""
    return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else None
