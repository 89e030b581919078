"""How one behaviour serves both drivers.

A behaviour is a plain function over an enterprise with attribute syntax. Under Python it reads a
Mesa agent; inside the compiled engine the same source reads a record of a NumPy array.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from numba.extending import overload, register_jitable

DECISIONS: dict[str, Callable[..., Any]] = {}
"""Every decision an :class:`~cleanpark.agents.enterprise.Enterprise` may override, by name."""


def behaviour[F: Callable[..., Any]](function: F) -> F:
    """Mark a pure function that runs as Python and inside compiled code alike."""
    register_jitable(forceinline=True)(function)
    return function


def seldom[F: Callable[..., Any]](function: F) -> F:
    """Mark a behaviour that few enterprises reach in a quarter: compiled on its own, so that the
    code which all run through stays short."""
    register_jitable(inline="never")(function)
    return function


def decision[F: Callable[..., Any]](function: F) -> F:
    """Mark a behaviour that a subclass of Enterprise may override under its own name.

    Called from Python with an object that has a method of that name, the method decides; called
    from compiled code, or with a plain record, the function itself does.
    """
    name = function.__name__
    DECISIONS[name] = function

    @functools.wraps(function)
    def decide(enterprise: Any, *arguments: Any) -> Any:
        method = getattr(enterprise, name, None)
        if method is None:
            return function(enterprise, *arguments)
        return method(*arguments)

    @overload(decide, strict=False)
    def compiled(*arguments: Any) -> Any:
        return function

    return decide  # type: ignore[return-value]
