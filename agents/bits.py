"""Sets of options as bits: what plain Python and compiled code each do in one step of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic, overload


def count_options(options: Any) -> int:
    """Number of options in the bit set."""
    return int(options).bit_count()


def first_option(options: Any) -> int:
    """Smallest number of an option in the bit set, which must not be empty."""
    bits = int(options)
    return (bits & -bits).bit_length() - 1


@intrinsic  # type: ignore[untyped-decorator]
def _population(typing_context: Any, bits: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), generate


@intrinsic  # type: ignore[untyped-decorator]
def _trailing_zeros(typing_context: Any, bits: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        zero_is_defined = context.get_constant(types.boolean, False)
        return builder.cttz(arguments[0], zero_is_defined)

    return types.int64(types.uint64), generate


@overload(count_options, strict=False)  # type: ignore[untyped-decorator]
def _count_compiled(options: Any) -> Any:
    return lambda options: _population(np.uint64(options))


@overload(first_option, strict=False)  # type: ignore[untyped-decorator]
def _first_compiled(options: Any) -> Any:
    return lambda options: _trailing_zeros(np.uint64(options))
