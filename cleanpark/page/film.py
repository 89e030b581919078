"""A park quarter by quarter, as small numbers that a browser draws from."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import cleanpark as cp
from cleanpark.page import engine

Bytes = NDArray[np.uint8]
SHARES = ("technology", "attitude", "belief")
"""What is shown by a colour that rises from 0 to 1."""
EVENTS = ("violating", "inspected", "caught", "audited")
LINES = (*SHARES, "output", "limit_ratio_air", "limit_ratio_water")
"""What an enterprise's own trajectories show."""


@dataclass(frozen=True)
class Film:
    """Every enterprise in every quarter under one policy and seed.

    ``frames`` holds by name arrays (quarter, enterprise): shares and the root of output in 0 to
    255, levels as codes, events as 0 or 1. ``lines`` holds the plain numbers, ``links`` the
    pairs of enterprises that know each other, each pair once (pairs, 2).
    """

    title: str
    names: tuple[str, ...]
    sectors: tuple[str, ...]
    frames: dict[str, Bytes]
    lines: dict[str, NDArray[np.float32]]
    links: NDArray[np.int32]

    def packed(self, sector_order: list[str]) -> dict[str, Any]:
        """As the browser takes it."""
        texts = {
            name: base64.b64encode(np.ascontiguousarray(values)).decode()
            for name, values in self.frames.items()
        }
        places = [sector_order.index(one) for one in self.sectors]
        links = base64.b64encode(np.ascontiguousarray(self.links, dtype="<i4")).decode()
        return {"title": self.title, "sector": places, "values": texts, "links": links}


def film(todo: engine.Plan, place: int, seed: int, title: str) -> Film:
    """Run one policy under one seed and keep what is seen of each enterprise."""
    model = cp.ParkModel(todo.policies[place], todo.park, rng=seed, quarters=todo.quarters)
    tables = []
    while model.running:
        model.step()
        tables.append(model.enterprises())
    stacked = {name: np.stack([one[name].to_numpy() for one in tables])
               for name in {*LINES, *EVENTS, "level"}}  # fmt: skip
    output = np.maximum(stacked["output"].astype(float), 0.0)
    largest = float(output.max()) or 1.0
    frames = {name: _byte(np.clip(stacked[name].astype(float), 0, 1)) for name in SHARES}
    frames |= {name: (stacked[name] != 0).astype(np.uint8) for name in EVENTS}
    frames["level"] = stacked["level"].astype(np.uint8)
    frames["size"] = _byte(np.sqrt(output / largest))
    lines = {name: stacked[name].astype(np.float32) for name in LINES}
    first = tables[0]
    links = pairs(model.world.links)
    return Film(title, tuple(first["id"]), tuple(first["sector"]), frames, lines, links)


def pairs(links: Any) -> NDArray[np.int32]:
    """Each pair of linked enterprises once, the lower number first."""
    first = np.repeat(np.arange(len(links.offsets) - 1), np.diff(links.offsets))
    both = np.sort(np.stack([first, links.linked], axis=1), axis=1)
    return np.unique(both[both[:, 0] < both[:, 1]], axis=0).astype(np.int32)


def _byte(share: Any) -> Bytes:
    return np.asarray(np.round(255 * share), dtype=np.uint8)
