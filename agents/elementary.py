"""The natural logarithm from additions, multiplications and divisions alone.

Those are rounded alike on every processor (IEEE 754). The logarithm of a C library is not: its
last bit differs between libraries, and within one between processors with and without fused
multiplication and addition, as NumPy's does with the width of its vectors.
"""

from __future__ import annotations

import math

from cleanpark.agents.behaviour import behaviour

_HALF_ROOT = 0.70710678118654752440
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_ODD = (
    1.479819860511658591e-01,
    1.818357216161805012e-01,
    2.857142874366239149e-01,
    6.666666666666735130e-01,
)
_EVEN = (1.531383769920937332e-01, 2.222219843214978396e-01, 3.999999999940941908e-01)


@behaviour
def logarithm(x: float) -> float:
    """Natural logarithm of a positive, finite number, to one unit of the last place.

    The method and coefficients of FreeBSD's and Sun's e_log.c (fdlibm 5.3, 1993): x = 2**k (1 + f)
    with 1 + f between the roots of a half and of two, and a polynomial in (f / (2 + f))**2.
    """
    mantissa, exponent = math.frexp(x)
    if mantissa < _HALF_ROOT:
        mantissa *= 2.0
        exponent -= 1
    f = mantissa - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = z * (_ODD[3] + w * (_ODD[2] + w * (_ODD[1] + w * _ODD[0])))
    even = w * (_EVEN[2] + w * (_EVEN[1] + w * _EVEN[0]))
    half = 0.5 * f * f
    small = s * (half + (odd + even)) + exponent * _LN2_LOW
    return exponent * _LN2_HIGH - ((half - small) - f)
