"""Logarithm and exponential from additions, multiplications and tables alone.

Those are rounded alike on every processor (IEEE 754). The functions of a C library are not: their
last bit differs between libraries, and within one between processors with and without fused
multiplication and addition, as NumPy's does with the width of its vectors. A last bit may turn a
decision, and a decision a park; so whatever a run reads comes from here.

Both are table-driven: P. T. P. Tang, Table-driven implementation of the exponential function in
IEEE floating-point arithmetic, ACM Transactions on Mathematical Software 15 (1989) 144-157, and
of the logarithm function, 16 (1990) 378-400. Errors are below 1.5 units of the last place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload
from numpy.typing import ArrayLike, NDArray

from cleanpark.agents.behaviour import behaviour

STEPS = 128
"""Places of the tables between a number and its double."""
_LARGEST = 709.0
_SMALLEST = -708.0
_TINY = 2.0**-1022
_ROUNDS = 6755399441055744.0  # 1.5 * 2**52: what is added to it is rounded to a whole number
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_STEP_HIGH = _LN2_HIGH / STEPS
_STEP_LOW = _LN2_LOW / STEPS
_PER_STEP = 1.44269504088896338700 * STEPS


def _tables() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """2**(i / STEPS), and the logarithm of 0.5 + i / STEPS, each rounded once from 40 digits."""
    with localcontext() as digits:
        digits.prec = 40
        powers = [Decimal(2) ** (Decimal(i) / STEPS) for i in range(STEPS)]
        centres = [Decimal("0.5") + Decimal(i) / STEPS for i in range(STEPS + 1)]
        return tuple(map(float, powers)), tuple(float(one.ln()) for one in centres)


_POWERS, _LOGARITHMS = _tables()
_INVERSES = tuple(STEPS / (STEPS // 2 + i) for i in range(STEPS + 1))


def _compiled_table(name: str, values: tuple[float, ...]) -> Any:
    """A function of compiled code that reads a table as a constant: an array would be counted as
    used and let go at every look."""

    @intrinsic
    def read(_: Any, i: Any) -> Any:
        def generate(__: Any, builder: Any, ___: Any, given: Any) -> Any:
            found = builder.module.globals.get(name)
            if found is None:
                kind = ir.ArrayType(ir.DoubleType(), len(values))
                found = ir.GlobalVariable(builder.module, kind, name)
                found.linkage, found.global_constant = "internal", True
                found.initializer = ir.Constant(kind, list(values))
            zero = ir.Constant(ir.IntType(64), 0)
            return builder.load(builder.gep(found, [zero, given[0]], inbounds=True))

        return types.float64(types.int64), generate

    return read


_power_at = _compiled_table("cleanpark.powers", _POWERS)
_logarithm_at = _compiled_table("cleanpark.logarithms", _LOGARITHMS)
_inverse_at = _compiled_table("cleanpark.inverses", _INVERSES)


@intrinsic
def _bits_of(_: Any, x: Any) -> Any:
    def generate(__: Any, builder: Any, ___: Any, given: Any) -> Any:
        return builder.bitcast(given[0], ir.IntType(64))

    return types.int64(types.float64), generate


@intrinsic
def _float_of(_: Any, bits: Any) -> Any:
    def generate(__: Any, builder: Any, ___: Any, given: Any) -> Any:
        return builder.bitcast(given[0], ir.DoubleType())

    return types.float64(types.int64), generate


def power_of_steps(k: int) -> float:
    """2**(k / STEPS), for results that are normal numbers."""
    return math.ldexp(_POWERS[k % STEPS], k // STEPS)


@overload(power_of_steps)
def _power_of_steps(k: Any) -> Any:
    """The same from the bits of a number: a call of the C library costs more than all else."""

    def compiled(k: Any) -> Any:
        return _power_at(k & (STEPS - 1)) * _float_of(((k >> 7) + 1023) << 52)

    return compiled


def halves(x: float) -> tuple[float, int]:
    """Mantissa from a half to one, and exponent, of a normal positive number."""
    return math.frexp(x)


@overload(halves)
def _halves(x: Any) -> Any:
    def compiled(x: Any) -> Any:
        bits = _bits_of(x)
        mantissa = _float_of((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000)
        return mantissa, (bits >> 52) - 1022

    return compiled


def inverse_and_logarithm(i: int) -> tuple[float, float]:
    """Inverse and logarithm of 0.5 + i / STEPS."""
    return _INVERSES[i], _LOGARITHMS[i]


@overload(inverse_and_logarithm)
def _inverse_and_logarithm(i: Any) -> Any:
    def compiled(i: Any) -> Any:
        return _inverse_at(i), _logarithm_at(i)

    return compiled


@behaviour
def logarithm(x: float) -> float:
    """Natural logarithm of a positive, finite number.

    x = 2**k c (1 + r) with c the nearest of the table's numbers from 0.5 to 1.5, and
    ln (1 + r) by its series.
    """
    exponent = 0
    if x < _TINY:
        x *= 2.0**54
        exponent = -54
    mantissa, more = halves(x)
    if mantissa < 0.75:
        mantissa *= 2.0
        more -= 1
    exponent += more
    i = int((mantissa - 0.5) * STEPS + 0.5)
    inverse, logarithm_there = inverse_and_logarithm(i)
    r = (mantissa - (0.5 + i / STEPS)) * inverse
    square = r * r
    series = (0.3333333333333333 - 0.25 * r) + square * (
        0.2 - r * (0.16666666666666666 - r * 0.14285714285714285)
    )
    small = exponent * _LN2_LOW + (r * square * series - 0.5 * square)
    return (exponent * _LN2_HIGH + logarithm_there) + (r + small)


@behaviour
def exponential(x: float) -> float:
    """Exponential of x; infinity above 709, 0 below -708.

    x = k (ln 2 / STEPS) + r, and e**r by its series.
    """
    if x > _LARGEST:
        return math.inf
    if x < _SMALLEST:
        return 0.0
    whole = (x * _PER_STEP + _ROUNDS) - _ROUNDS
    r = (x - whole * _STEP_HIGH) - whole * _STEP_LOW
    square = r * r
    series = (r + square * (0.5 + r * 0.16666666666666666)) + square * square * (
        0.041666666666666664 + r * 0.008333333333333333
    )
    scale = power_of_steps(int(whole))
    return scale + scale * series


def logarithms(values: ArrayLike) -> NDArray[np.float64]:
    """Natural logarithms of positive numbers, in their shape; what is undefined stays so."""
    return _each(logarithm, values)


def exponentials(values: ArrayLike) -> NDArray[np.float64]:
    """Exponentials of numbers, in their shape; what is undefined stays so."""
    return _each(exponential, values)


def _each(function: Callable[[float], float], values: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(values, dtype=float)
    found = [function(one) if one == one else one for one in given.ravel().tolist()]
    return np.reshape(np.array(found, dtype=float), given.shape)
