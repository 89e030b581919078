"""What enterprises that know of announced changes reckon with when they invest.

A scenario says by how many quarters changes are announced (lever ``notice``); a share of the
enterprises acts on it (behavioural parameter ``notice_share``). Behind the levers in force, row by
row, stand those known ahead: taxes, charges, prices and fines, between what is in force and what
the quarter that the notice reaches will bring, by what each counts for over an option's life; all
that is paid or granted at the time of buying stays as it is in force.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.investment import annuity
from cleanpark.scenarios.levers import behaviour_parameters, levers

ANNOUNCED = tuple(name for name, lever in levers().items() if lever.announced)
"""Levers whose announced values enter what an investment is worth."""
LONGEST_NOTICE = int(levers()["notice"].high)
"""Quarters by which a change can be announced ahead, at most."""
USUAL_HURDLE = float(behaviour_parameters()["hurdle_median"].default)
USUAL_LIFE = 8.0
"""Years over which an ordinary option saves (assumed)."""


def weight_of_later(quarters: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share in what an investment is worth of all that comes after so many quarters, for an
    ordinary option at the median hurdle rate: the sooner counts for more."""
    whole = annuity(USUAL_HURDLE, USUAL_LIFE)
    before = [annuity(USUAL_HURDLE, number / 4.0) / whole for number in range(LONGEST_NOTICE + 1)]
    return 1.0 - np.array(before)[quarters.astype(np.int64)]


def known_ahead(policies: Any, quarters: int) -> Any:
    """The levers of so many quarters, shape (..., quarters, rows); where changes are announced,
    with as many rows again behind them: what those reckon with that know.

    ``policies``, shape (..., quarters and more, rows), may reach :data:`LONGEST_NOTICE` quarters
    further, so that the horizon does not cut off what is announced; what lies beyond them stays as
    in the last.
    """
    now = policies[..., :quarters, :]
    if not np.any(now["notice"]):
        return np.ascontiguousarray(now)
    last = policies.shape[-2] - 1
    later = np.arange(quarters)[:, None] + now["notice"].astype(np.int64)
    later = np.minimum(later, last)
    ahead, weight = now.copy(), weight_of_later(now["notice"])
    for name in ANNOUNCED:
        changed = np.take_along_axis(policies[name], later, axis=-2) - now[name]
        ahead[name] = now[name] + weight * changed
    return np.concatenate([now, ahead], axis=-1)
