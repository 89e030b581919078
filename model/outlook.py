"""What enterprises that know of announced changes reckon with when they invest.

A scenario says by how many quarters changes are announced (lever ``notice``); a share of the
enterprises acts on it (behavioural parameter ``notice_share``). Behind the levers in force, row by
row, stand those known ahead: taxes, charges, prices and fines of the quarter that the notice
reaches; all that is paid or granted at the time of buying stays as it is in force.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cleanpark.scenarios.levers import levers

ANNOUNCED = tuple(name for name, lever in levers().items() if lever.announced)
"""Levers whose announced values enter what an investment is worth."""
LONGEST_NOTICE = int(levers()["notice"].high)
"""Quarters by which a change can be announced ahead, at most."""


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
    ahead = now.copy()
    for name in ANNOUNCED:
        ahead[name] = np.take_along_axis(policies[name], later, axis=-2)
    return np.concatenate([now, ahead], axis=-1)
