"""Which random number decides what: the addresses of the streams, and how one is read.

Every number is addressed by (seed, quarter, enterprise, purpose). The purposes below are the
columns of the quarter's block; adding a purpose at the end leaves all others as they were.
"""

from __future__ import annotations

import math

from cleanpark.agents.behaviour import behaviour

(
    TRAINED,
    JOIN_AUDIT,
    QUEUE,
    TEAM_A,
    TEAM_B,
    LENIENCY,
    FINDINGS,
    BACK_CHECK,
    LAPSE,
    REVIEW,
    SHOCK_AIR,
    SHOCK_WATER,
    SHOCK_WASTE,
    INSPECTION,
    DETECTION,
    FALSEHOOD,
    REFUSAL,
    CONTACT,
    PEER,
    PEER_OPTION,
    ENTRANT_SIZE,
    ENTRANT_TECHNOLOGY,
    ENTRANT_ATTITUDE,
    PUBLISHED,
    READING,  # seven readings, one for each indicator
) = range(25)
N_QUARTER_DRAWS = 32
"""Columns of a quarter's block: uniform on (0, 1), the three shocks as log-odds of one."""

(
    SIZE,
    MIX,
    TECHNOLOGY,
    ATTITUDE,
    HURDLE,
    DATA_QUALITY,
    TREATMENT_COST,
    KNOWLEDGE,
    LISTED,
    CONNECTED,
    MONITORING,
    TAMPER,
    PAST_AUDIT,
    SECTOR,
    RING_A,
    RING_B,
    RING_C,
    CASH,
    BELIEF,
    SPARE,
    OWN,  # ten flows
) = range(21)
OPTION = 32  # sixty-four options: suitability and order of adoption
N_INITIAL_DRAWS = 96
"""Columns of the block of initial differences between enterprises, uniform on (0, 1)."""


@behaviour
def another_draw(uniform: float, number: int) -> float:
    """The ``number``-th further uniform from one: fractional part of a large multiple.

    Two such draws of one uniform are uncorrelated for unequal multipliers; it saves drawing one
    number for each of 64 options in every quarter when few are looked at.
    """
    product = uniform * (1048573.0 + 2741.0 * number)
    return product - math.floor(product)


_CENTRE_ABOVE = (
    2509.0809287301226727,
    33430.575583588128105,
    67265.770927008700853,
    45921.953931549871457,
    13731.693765509461125,
    1971.5909503065514427,
    133.14166789178437745,
    3.387132872796366608,
)
_CENTRE_BELOW = (
    5226.495278852545925,
    28729.085735721942674,
    39307.89580009271061,
    21213.794301586595867,
    5394.1960214247511077,
    687.1870074920579083,
    42.313330701600911252,
    1.0,
)
_TAIL_ABOVE = (
    7.7454501427834140764e-4,
    0.0227238449892691845833,
    0.24178072517745061177,
    1.27045825245236838258,
    3.64784832476320460504,
    5.7694972214606914055,
    4.6303378461565452959,
    1.42343711074968357734,
)
_TAIL_BELOW = (
    1.05075007164441684324e-9,
    5.475938084995344946e-4,
    0.0151986665636164571966,
    0.14810397642748007459,
    0.68976733498510000455,
    1.6763848301838038494,
    2.05319162663775882187,
    1.0,
)


@behaviour
def polynomial(x: float, coefficients: tuple[float, ...]) -> float:
    """Value at x of the polynomial with these coefficients, highest power first (Horner)."""
    total = 0.0
    for coefficient in coefficients:
        total = total * x + coefficient
    return total


@behaviour
def normal(uniform: float) -> float:
    """Standard normal quantile of a uniform on (0, 1): Wichura's AS 241.

    Beyond 7.6 deviations (a uniform below 1e-14) the value stays there.
    """
    q = uniform - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * polynomial(r, _CENTRE_ABOVE) / polynomial(r, _CENTRE_BELOW)
    tail = uniform if q < 0.0 else 1.0 - uniform
    r = math.sqrt(-math.log(max(tail, 1e-14))) - 1.6
    value = polynomial(r, _TAIL_ABOVE) / polynomial(r, _TAIL_BELOW)
    return -value if q < 0.0 else value
