"""What enterprises that know of announced changes reckon with when they invest.

A scenario says by how many quarters changes are announced (lever ``notice``); a share of the
enterprises acts on it (behavioural parameter ``notice_share``). Behind the levers in force, row by
row, stand two blocks more. Those known ahead: taxes, charges, prices and fines, between what is in
force and what the quarter that the notice reaches will bring, by what each counts for over an
option's life. And those of that quarter itself, by which support is seen to begin or to end; their
``notice`` is in how many quarters it does.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleanpark.agents.investment import annuity
from cleanpark.scenarios.levers import behaviour_parameters, levers

ANNOUNCED = tuple(name for name, lever in levers().items() if lever.announced)
"""Levers whose announced values enter what an investment is worth."""
SUPPORT = ("option_subsidy", "investment_credit")
"""Levers by which an option is paid for in part when it is bought."""
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
    with twice as many rows again behind them: what those reckon with that know, and what will be.

    ``policies``, shape (..., quarters and more, rows), may reach :data:`LONGEST_NOTICE` quarters
    further, so that the horizon does not cut off what is announced; what lies beyond them stays as
    in the last.
    """
    now = policies[..., :quarters, :]
    if not np.any(now["notice"]):
        return np.ascontiguousarray(now)
    then = _later(policies, quarters, now["notice"].astype(np.int64))
    ahead, weight = now.copy(), weight_of_later(now["notice"])
    for name in ANNOUNCED:
        ahead[name] = now[name] + weight * (then[name] - now[name])
    then["notice"] = quarters_to_change(policies, quarters)
    return np.concatenate([now, ahead, then], axis=-1)


def _later(policies: Any, quarters: int, after: NDArray[np.int64]) -> Any:
    """The levers so many quarters later, those of the last quarter beyond it."""
    later = np.arange(quarters)[:, None] + after
    later = np.minimum(later, policies.shape[-2] - 1)
    return np.take_along_axis(policies, later, axis=-2)


def quarters_to_change(policies: Any, quarters: int) -> NDArray[np.float64]:
    """In how many quarters support for options changes within the notice; the notice itself where
    none of it does."""
    now = policies[..., :quarters, :]
    notice = now["notice"].astype(np.int64)
    found = notice.copy()
    for after in range(LONGEST_NOTICE, 0, -1):
        then = _later(policies, quarters, np.full_like(notice, after))
        changes = np.any([then[name] != now[name] for name in SUPPORT], axis=0)
        found = np.where(changes & (after <= notice), after, found)
    return found.astype(float)
