"""Which random number decides what: the addresses of the streams, and how one is read.

Every number is addressed by (seed, quarter, enterprise, purpose). The purposes below are the
fields of one enterprise's row, in the order of the stream; a purpose that takes the place of
``spare`` leaves all others as they were.
"""

from __future__ import annotations

import math

import numpy as np

from cleanpark.agents.behaviour import behaviour
from cleanpark.agents.elementary import logarithm
from cleanpark.agents.state import MAX_OPTIONS, N_FLOWS, N_MEDIA

QUARTER_DRAWS = np.dtype(
    [
        ("trained", "f8"),
        ("join_audit", "f8"),
        ("queue", "f8"),
        ("team_a", "f8"),
        ("team_b", "f8"),
        ("leniency", "f8"),
        ("findings", "f8"),
        ("back_check", "f8"),
        ("lapse", "f8"),
        ("review", "f8"),
        ("shock", "f8", (N_MEDIA,)),  # as log-odds
        ("inspection", "f8"),
        ("detection", "f8"),
        ("falsehood", "f8"),
        ("refusal", "f8"),
        ("contact", "f8"),
        ("peer", "f8"),
        ("peer_option", "f8"),
        ("entrant_size", "f8"),
        ("entrant_technology", "f8"),
        ("entrant_attitude", "f8"),
        ("chance", "f8"),  # discovery, and leaving for reasons of one's own
        ("reading", "f8"),  # one for all indicators: see another_draw
        ("sanction", "f8"),
        ("discharge", "f8"),  # reading of discharge in an audit
        ("statement", "f8"),  # whether the auditor takes over the enterprise's own report
    ]
)
"""What an enterprise draws each quarter: uniform on (0, 1), but for the shocks of operations."""

INITIAL_DRAWS = np.dtype(
    [
        ("size", "f8"),
        ("mix", "f8"),
        ("technology", "f8"),
        ("attitude", "f8"),
        ("hurdle", "f8"),
        ("data_quality", "f8"),
        ("treatment_cost", "f8"),
        ("knowledge", "f8"),
        ("listed", "f8"),
        ("connected", "f8"),
        ("monitoring", "f8"),
        ("tamper", "f8"),
        ("past_audit", "f8"),
        ("sector", "f8"),
        ("rings", "f8", (3,)),  # order in the three rings of the network
        ("cash", "f8"),
        ("belief", "f8"),
        ("adoption", "f8"),  # where its order of adopting options begins
        ("own", "f8", (N_FLOWS,)),
        ("taste", "f8"),  # of which options an enterprise likes
        ("option", "f8", (MAX_OPTIONS,)),  # suitability
    ]
)
"""What makes enterprises differ at the start: uniform on (0, 1)."""


@behaviour
def another_draw(uniform: float, number: int) -> float:
    """The ``number``-th further uniform from one: fractional part of a large multiple.

    Two such draws of one uniform are uncorrelated for unequal multipliers; it saves drawing one
    number for each of 64 options in every quarter when few are looked at.
    """
    product = uniform * (1048573.0 + 2741.0 * number)
    return product - int(product)


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
    r = math.sqrt(-logarithm(max(tail, 1e-14))) - 1.6
    value = polynomial(r, _TAIL_ABOVE) / polynomial(r, _TAIL_BELOW)
    return -value if q < 0.0 else value
